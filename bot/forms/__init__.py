"""Pure: modal views out, submitted values in."""
