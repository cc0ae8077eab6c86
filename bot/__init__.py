"""The conversation in Slack."""
