"""Bad input of every kind: `python -m tests.fuzz`. Each is taken or clearly refused, and nothing is lost."""
