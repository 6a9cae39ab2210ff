"""Words, seed and picture become a direction.

Explicit words come first and are never contradicted; then what the words mean; the seed, and the nudges after it,
choose the rest from what fits the mood and the picture. Each number has a noise of its own, so that a word changes what
it names and nothing else.
"""

from renderer.mood.directing import direct, distance

__all__ = ["direct", "distance"]
