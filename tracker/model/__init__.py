"""The bug record and its parts: pure values, no input or output."""
