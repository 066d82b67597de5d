"""Tools for those who write training data."""
