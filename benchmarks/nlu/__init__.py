"""Comparison of classifiers and feature families; speed of the trained model."""
