"""All tables of explicit words together."""

from renderer.mood import words_air, words_camera, words_light
from renderer.mood.kindred import KINDRED
from renderer.mood.words_air import NAMES
from renderer.mood.words_camera import ALL_MOTION, EASINGS, FROZEN, LOOPS, MOTION, MOVES, MOVING
from renderer.mood.words_light import UNTOUCHED

__all__ = [
    "ABSOLUTE",
    "ALL_MOTION",
    "EASINGS",
    "FROZEN",
    "KNOWN",
    "LOOPS",
    "MOTION",
    "MOVES",
    "MOVING",
    "NAMES",
    "RELATIVE",
    "UNTOUCHED",
]

_PARTS = (words_camera, words_light, words_air)
ABSOLUTE = {
    text: {name: value for part in _PARTS for name, value in part.ABSOLUTE.get(text, {}).items()}
    for text in (text for part in _PARTS for text in part.ABSOLUTE)
}
RELATIVE = {text: steps for part in _PARTS for text, steps in part.RELATIVE.items()}
KNOWN = frozenset[str]().union(MOVES, MOTION, FROZEN, EASINGS, ABSOLUTE, UNTOUCHED, RELATIVE, LOOPS, KINDRED, NAMES)
