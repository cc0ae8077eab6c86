"""How fast the product is, and how fast the nearest thing to do without it."""
