"""The whole product played on one machine, from report to published post-mortem."""
