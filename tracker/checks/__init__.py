"""Validation of records before they are merged; a check never writes."""
