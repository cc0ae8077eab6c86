"""Records and answers as Slack messages: pure functions from our values to Block Kit."""
