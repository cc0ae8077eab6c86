"""One module for each thing a person does in Slack, with all its listeners."""
