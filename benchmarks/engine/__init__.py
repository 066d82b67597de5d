"""Benchmarks of the account engine; each module prints what it measured and on what."""
