"""People at risk: recognised by rules before any classifier reads the message."""
