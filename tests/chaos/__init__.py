"""Faults of every kind, while members play: `python -m tests.chaos`."""
