"""Pure rules: which action is allowed when, and what it changes."""
