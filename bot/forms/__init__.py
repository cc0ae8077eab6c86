"""What a command asks for, as a Slack modal; what was entered, as an action."""
