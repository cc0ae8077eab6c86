"""What is asked of a record, one question a file; each yields the problems that it finds."""
