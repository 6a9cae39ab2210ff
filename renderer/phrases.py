"""Plain text as tokens: lower case, verbs in their plain form, little words gone, emoji by their names."""

import re
import unicodedata
from collections.abc import Iterable
from typing import TypeVar

FILLERS = frozenset(
    [
        "the",
        "a",
        "an",
        "to",
        "towards",
        "toward",
        "of",
        "it",
        "its",
        "please",
        "me",
        "my",
        "so",
        "too",
        "any",
        "some",
        "at",
        "all",
        "be",
        "is",
        "are",
        "make",
        "let",
        "us",
        "from",
        "this",
        "that",
        "which",
        "shot",
    ]
)
PLAIN_FORMS = {
    form: verb
    for verb, forms in {
        "zoom": "zooms zooming zoomed",
        "pan": "pans panning panned",
        "tilt": "tilts tilting tilted",
        "push": "pushes pushing pushed",
        "pull": "pulls pulling pulled",
        "move": "moves moving moved",
        "arc": "arcs arcing",
        "orbit": "orbits orbiting",
        "circle": "circles circling",
        "rotate": "rotates rotating",
        "dolly": "dollies dollying",
        "slide": "slides sliding",
        "drift": "drifts drifting",
        "rise": "rises rising rose",
        "sink": "sinks sinking",
        "descend": "descends descending",
        "approach": "approaches approaching",
        "loop": "loops looping looped",
        "creep": "creeps creeping",
        "settle": "settles settling settled",
        "hold": "holds holding",
        "wait": "waits waiting",
        "shake": "shakes shaking",
        "swing": "swings swinging",
        "freeze": "freezes freezing",
        "recede": "recedes receding",
        "retreat": "retreats retreating",
        "crane": "cranes craning",
        "movement": "movements",
        "motion": "motions",
        "effect": "effects",
        "filter": "filters",
        "go": "goes going",
        "change": "changes changing changed",
        "keep": "keeps keeping",
        "come": "comes coming",
        "get": "gets getting",
        "look": "looks looking",
        "step": "steps stepping",
        "fly": "flies flying",
        "stay": "stays staying",
        "track": "tracks tracking",
        "pause": "pauses pausing",
        "snap": "snaps snapping",
        "colour": "color colors colours",
        "colourful": "colorful",
        "grey": "gray",
    }.items()
    for form in forms.split()
}

Value = TypeVar("Value")


def tokens(said: str) -> list[str]:
    """Take text apart into words and the marks that end a clause."""
    spelled = "".join(_spelled(char) for char in said.lower().replace("\u2019", "'"))
    words: list[str] = re.findall(r"[a-z0-9&']+|[,.;:!?\n]", spelled.replace("-", " "))
    plain = [PLAIN_FORMS.get(word, word) for word in words]
    return [word for word in plain if word not in FILLERS]


def table(rows: Iterable[tuple[str, Value]]) -> dict[str, Value]:
    """Make a look-up of rows, each some phrases with commas between and what they stand for."""
    return {" ".join(tokens(phrase)): value for phrases, value in rows for phrase in phrases.split(",")}


def _spelled(char: str) -> str:
    """Spell an emoji by its name."""
    return f" {unicodedata.name(char, '').lower()} " if unicodedata.category(char) == "So" else char
