"""Everything that a person may do to a bug, by phase: data, effect, what the timeline says."""
