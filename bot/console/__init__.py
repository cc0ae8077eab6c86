"""Work on bugs in a terminal when Slack is down: the same verbs, forms and sentences."""
