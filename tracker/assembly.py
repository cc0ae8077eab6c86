"""The only place that picks real parts."""
