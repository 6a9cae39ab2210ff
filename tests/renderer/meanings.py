"""The built-in model of meaning, loaded once for all tests."""

from functools import cache

from renderer.meaning.placing import open_meaning

english = cache(open_meaning)
