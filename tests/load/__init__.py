"""Crowds: `python -m tests.load`."""
