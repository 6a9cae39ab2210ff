"""The command line's own work: render, judge and direct by hand, list and fetch models."""
