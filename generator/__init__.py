"""Records in, pages of the knowledge base out."""
