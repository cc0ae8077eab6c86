"""Pure: records in, Block Kit out."""
