"""Measure understanding: ``python -m nlu.evaluation``."""
