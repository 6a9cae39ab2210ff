"""The built-in model of meaning, loaded once for all tests."""

from functools import cache

from renderer.meaning import open_meaning

english = cache(open_meaning)
