"""Lights in view: the sun, lamps in the dark, and lights told by their company."""
