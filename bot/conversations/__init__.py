"""What people do in Slack, one file each: the typed command, the buttons and the forms of it."""
