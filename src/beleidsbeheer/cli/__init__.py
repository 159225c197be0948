"""The `beleid` command: the group, its one error boundary, and one file a command."""
