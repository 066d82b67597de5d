"""Starts, watches and stops the processes that together are the assistant."""
