"""One clause of a member's text: what of it a model is told, what is a mood, and what is not wanted."""

from dataclasses import dataclass, field
from itertools import pairwise

from renderer.contract.direction import Direction
from renderer.engines.diffusion.language.plain import Unit
from renderer.mood.clauses import LONGEST
from renderer.mood.grammar import (
    ALTERNATIVES,
    CLAUSE_ENDS,
    DEGREES,
    EXCEPTIONS,
    NEGATORS,
    NOTHING,
    ONLY,
    PLAIN,
    TELLING,
)
from renderer.mood.kindred import KINDRED
from renderer.mood.phrases import bag
from renderer.mood.spans import AIR
from renderer.mood.tables import ABSOLUTE, ALL_MOTION, EASINGS, KNOWN, LOOPS, MOTION, MOVES, NAMES, is_done_by

# What says that a phrase means the camera, where the same words might mean what is before it: "steam rises".
CAMERA = bag(
    "camera zoom pan tilt dolly crane push pull truck track jib boom pedestal orbit arc vertigo static tripod "
    "shot drone aerial locked fixed"
)
VESSELS = bag("scene mood feel feeling feels style vibe vibes picture photo image video clip moment")
OPENING = ALTERNATIVES | bag("but then just also instead now please pls can could you")  # says nothing at the start
# Nor do these at an edge where something was taken away: "slow zoom on the girl" without the zoom is "the girl".
LOOSE = OPENING | CLAUSE_ENDS | bag("on in into onto over under by for to towards at of around near behind from")
LITTLE = bag("the a an so very it")  # nor these at the end
# What does not move, where a name stands for several.
MOVING_WORDS = {
    "water": "moving water",
    "clouds": "moving clouds",
    "sway": "wind",
    "flicker": "flickering",
    "breath": "moving people",
}


@dataclass(slots=True)
class Listened:
    """What goes for all clauses of a text, and what they come to."""

    denied: frozenset[str]  # phrases that the tables' own reading of the text finds denied
    compounds: frozenset[str]
    shown: frozenset[str]  # words for what the still shows
    direction: Direction
    moods: list[str] = field(default_factory=list[str])
    unwanted: list[str] = field(default_factory=list[str])
    open: bool = False  # the clause before ended within what a "no" denies


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A phrase of the tables, or one word."""

    text: str  # as the tables know it; "" for a word that none knows
    said: str
    bare: str
    content: bool  # says something that the direction does not


def listen(clause: list[Unit], listened: Listened) -> str:
    """Give what a model is told of a clause; "" where the direction says it all. Note moods and what is not wanted."""
    pieces = _Walk(clause, listened).walk()
    if any(piece.content for piece in pieces) or _acts(pieces):
        return _trimmed([piece for piece in pieces if not _stale(piece, listened.direction)], clause)
    moods = [piece for piece in pieces if piece.text in KINDRED and piece.text not in ABSOLUTE]
    if not moods:
        return ""
    if all(_belongs_to_mood(piece) for piece in pieces):
        listened.moods += _named(pieces)
        return ""
    return _trimmed(pieces, clause)


def _acts(pieces: list[Piece]) -> bool:
    """Whether something does what a camera might: "steam rises" is more than some mist and a rising camera."""
    return any(is_done_by(one.text, other.text) for one, other in pairwise(piece for piece in pieces if piece.text))


@dataclass(slots=True)
class _Walk:
    """Goes through a clause and keeps what no "no" reaches."""

    units: list[Unit]
    listened: Listened
    kept: list[Piece] = field(default_factory=list[Piece])
    refused: list[str] = field(default_factory=list[str])  # words so far of what the "no" in force denies
    denying: bool = False
    skipping: bool = False  # what belongs to a denied phrase: "no snow on the roof"

    def walk(self) -> list[Piece]:
        self.denying = self.listened.open and bool(self.units) and self.units[0].plain in ALTERNATIVES
        at = 0
        while at < len(self.units):
            at += self._step(at)
        self.listened.open = self.denying or self.skipping
        self._refuse()
        return self.kept

    def _step(self, at: int) -> int:
        compound = self._length(at, self.listened.compounds)
        known = 0 if compound else self._length(at, KNOWN)
        length = compound or known or 1
        units = self.units[at : at + length]
        if known:
            self._phrase(units)
        elif not compound and units[0].plain in CLAUSE_ENDS:
            self._join(units[0])
        elif not compound and self._denies(at):
            self.denying, self.skipping = True, False
        else:
            self._word(units)
        return length

    def _phrase(self, units: list[Unit]) -> None:
        text = " ".join(unit.plain for unit in units)
        if text in self.listened.denied or self.denying:
            self.refused.append(_unwanted(text, " ".join(unit.bare for unit in units)))
            self._refuse()
            self.denying, self.skipping = False, True
        else:
            self.skipping = False
            self._keep(units, text, content=False)

    def _word(self, units: list[Unit]) -> None:
        plain = units[0].plain
        if plain in ALTERNATIVES and (self.denying or self.skipping):
            self._refuse()
            self.denying = True
        elif self.denying:
            self.refused.append(" ".join(unit.bare for unit in units))
        elif not self.skipping:
            shown = all(unit.plain in self.listened.shown for unit in units)
            little = plain in PLAIN or plain in DEGREES or plain == ONLY or plain in NOTHING
            self._keep(units, "", content=not shown and (len(units) > 1 or not little))

    def _join(self, unit: Unit) -> None:
        self._refuse()
        self.denying = self.skipping = False
        self._keep([unit], "", content=False)

    def _keep(self, units: list[Unit], text: str, *, content: bool) -> None:
        said = " ".join(unit.said for unit in units)
        self.kept.append(Piece(text=text, said=said, bare=" ".join(unit.bare for unit in units), content=content))

    def _refuse(self) -> None:
        refused = " ".join(filter(None, self.refused))
        self.listened.unwanted += [refused] if refused else []
        self.refused = []

    def _denies(self, at: int) -> bool:
        """Whether a "no" begins: not in "no one", nor in "nothing moves but the water", which says what does."""
        plain, following = self.units[at].plain, [unit.plain for unit in self.units[at + 1 :]]
        if plain in NOTHING and (following[:1] == ["else"] or not EXCEPTIONS.isdisjoint(following)):
            return False
        tells = bool(TELLING.intersection(following[:1])) and (following[0] != "more" or len(following) == 1)
        return plain in NEGATORS and not tells

    def _length(self, at: int, known: frozenset[str]) -> int:
        longest = min(LONGEST, len(self.units) - at)
        plain = [unit.plain for unit in self.units[at : at + longest]]
        return next((size for size in range(longest, 0, -1) if " ".join(plain[:size]) in known), 0)


def _trimmed(pieces: list[Piece], clause: list[Unit]) -> str:
    """Put the pieces together again, without what hangs loose at the edges."""
    said = " ".join(piece.said for piece in pieces)
    whole = " ".join(unit.said for unit in clause)
    words, cut = said.split(), not (pieces and whole.endswith(pieces[-1].said))
    opening = OPENING if said.startswith(clause[0].said) else LOOSE
    while words and words[0].lower() in opening:
        del words[0]
    while words and cut and words[-1].lower() in LOOSE | LITTLE:
        del words[-1]
    return " ".join(words)


def _stale(piece: Piece, direction: Direction) -> bool:
    """Whether a phrase asks for what something said later has overruled."""
    words = piece.text.split()
    if piece.text in MOVES and CAMERA.intersection(words):
        return direction.camera.move not in MOVES[piece.text]
    air = [name for name in ABSOLUTE.get(piece.text, ()) if name in AIR]
    return bool(air) and all(getattr(direction.weather, name) < 0.05 for name in air)


def _belongs_to_mood(piece: Piece) -> bool:
    """Whether it says nothing beside moods: "a calm and very lonely scene". Longer sayings stand for themselves."""
    if piece.text:
        return piece.text in KINDRED and " " not in piece.text
    plain = piece.bare.lower()
    return plain in DEGREES or plain in CLAUSE_ENDS or plain in VESSELS


def _named(pieces: list[Piece]) -> list[str]:
    """The moods, each with the words beside it: "very calm", "chaotic neon"; apart where "and" parts them."""
    found = [""]
    for piece in pieces:
        plain = piece.bare.lower()
        if plain in CLAUSE_ENDS:
            found.append("")
        elif piece.text or plain in DEGREES:
            found[-1] = f"{found[-1]} {plain}".strip()
    return [mood for mood in found if mood]


def _unwanted(text: str, bare: str) -> str:
    """Say what is not wanted so that it fits a list of faults; "" where that has no words of its own."""
    bare = bare.removeprefix("more ")
    names = [name for name in NAMES.get(text, ()) if name in MOVING_WORDS]
    if text in ALL_MOTION or text in MOTION:
        return "motion" if text in ALL_MOTION else "camera movement"
    if text in MOVES:
        return bare if "camera" in bare else f"camera {bare}"
    if names and text not in KINDRED:
        return ", ".join(dict.fromkeys(f"moving {bare}" if len(names) == 1 else MOVING_WORDS[name] for name in names))
    if "speed" in ABSOLUTE.get(text, ()):
        return f"{bare} motion"
    return "" if text in LOOPS or text in EASINGS else bare
