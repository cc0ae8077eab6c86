"""Feed the readers of hostile text with bytes that nobody thought of."""
