"""Stills and clips on disk: decoded in a child process, signed, swept."""
