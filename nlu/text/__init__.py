"""Text handling that every stage of understanding shares."""
