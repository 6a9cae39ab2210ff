"""Plain text as words: lower case, verbs in their plain form, little words set aside, emoji by their names.

What tables of words are made with (`bag`, `table`) reads their rows the same way.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from renderer.mood.words.emoji import spelled


def bag(words: str) -> frozenset[str]:
    """Hold words written with blanks between."""
    return frozenset(words.split())


FILLERS = bag(
    "the a an to towards toward of it its it's please pls me my so too any some at all be is are was were am "
    "been make makes let lets let's us from this that which shot would could should i'd i want like do does "
    "did"
)
PLAIN_FORMS = {
    form: word
    for word, forms in {
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
        "freeze": "freezes",
        "recede": "recedes receding",
        "retreat": "retreats retreating",
        "crane": "cranes craning",
        "rack": "racks racking",
        "boom": "booms booming",
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
        "fall": "falls falling",
        "flow": "flows flowing",
        "ripple": "ripples rippling",
        "sway": "sways swaying",
        "flicker": "flickers flickering",
        "breathe": "breathes breathing",
        "blow": "blows blowing",
        "rain": "rains raining",
        "snow": "snows snowing",
        "wave": "waves",
        "cloud": "clouds",
        "tree": "trees",
        "ember": "embers",
        "spark": "sparks",
        "petal": "petals",
        "snowflake": "snowflakes",
        "raindrop": "raindrops",
        "shadow": "shadows",
        "flame": "flames",
        "candle": "candles",
        "light": "lights",
        "lamp": "lamps",
        "ray": "rays",
        "leaf": "leaves",
        "pulse": "pulses pulsing",
        "blur": "blurs blurred blurring",
        "colour": "color colors colours",
        "colourful": "colorful",
        "grey": "gray",
    }.items()
    for form in forms.split()
}
MARKS = ",.;:!?\n"

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word or mark as the tables know it, and as it was said, with the little words before it."""

    plain: str
    said: str


def words(said: str) -> list[Word]:
    """Take text apart into words and the marks that end a clause."""
    found: list[Word] = []
    aside: list[str] = []
    pieces: list[str] = re.findall(rf"[a-z0-9&']+|[{MARKS}]", _even(said))
    for word in pieces:
        aside.append(word)
        if word not in FILLERS:
            found.append(Word(plain=PLAIN_FORMS.get(word, word), said=" ".join(aside)))
            aside = []
    return found


def tokens(said: str) -> list[str]:
    """Give only what the tables know them by."""
    return [word.plain for word in words(said)]


def table(rows: Iterable[tuple[str, Value]]) -> dict[str, Value]:
    """Make a look-up of rows, each some phrases with commas between and what they stand for."""
    return {" ".join(tokens(phrase)): value for phrases, value in rows for phrase in phrases.split(",")}


def _even(said: str) -> str:
    """Bring case, apostrophes, dashes and emoji to one form; an ellipsis ends a clause as a full stop does."""
    plain = said.lower().replace("\u2019", "'").replace("\u2026", ".")
    return spelled(plain).replace("-", " ").replace("\u2013", ",").replace("\u2014", ",")
