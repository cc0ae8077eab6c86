"""Pure: records in, what a page shows out."""
