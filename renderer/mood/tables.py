"""All tables of explicit words together."""

from renderer.mood.kindred import KINDRED
from renderer.mood.phrases import bag
from renderer.mood.spans import AIR
from renderer.mood.words import air, camera, light
from renderer.mood.words.air import NAMES
from renderer.mood.words.camera import ALL_MOTION, EASINGS, FROZEN, LOOPS, MOTION, MOVES, MOVING
from renderer.mood.words.light import UNTOUCHED

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
    "is_done_by",
]

_PARTS = (camera, light, air)
ABSOLUTE = {
    text: {name: value for part in _PARTS for name, value in part.ABSOLUTE.get(text, {}).items()}
    for text in (text for part in _PARTS for text in part.ABSOLUTE)
}
RELATIVE = {text: steps for part in _PARTS for text, steps in part.RELATIVE.items()}
KNOWN = frozenset[str]().union(MOVES, MOTION, FROZEN, EASINGS, ABSOLUTE, UNTOUCHED, RELATIVE, LOOPS, KINDRED, NAMES)

# What things do by themselves, and a camera as well.
DOINGS = bag(
    "rise ascend sink descend drift fly lift take creep slide swing circle approach recede retreat move come go"
)


def is_done_by(subject: str, text: str) -> bool:
    """Tell whether a move is what the phrase before it does, not the camera: "steam rises", "clouds drift left"."""
    if text not in MOVES or text.split(maxsplit=1)[0] not in DOINGS:
        return False
    return bool(NAMES.get(subject)) or any(name in AIR for name in ABSOLUTE.get(subject, ()))
