"""Where each heading of the templates is kept and shown: one module for each template."""
