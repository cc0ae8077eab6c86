"""What a bug is, what may happen to it, how it is kept and how it is checked."""
