"""What the assistant answers, one topic per module. Actions compute no figure."""
