"""How a take begets another: pure functions. Ids and seeds are hashes of parent, action and press.

A press is what asked for the take: an interaction's id, a ballot round's. There is no clock and no `random` here, so a
press seen twice makes the same take.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import sha256

from renderer.contract.corrections import heard, merged
from renderer.contract.direction import Corrections, Direction
from renderer.contract.errors import CannotError
from renderer.contract.shot import (
    LINE_LIMIT,
    NUDGE_LIMIT,
    STEER_LIMIT,
    Action,
    Anchor,
    Beat,
    Nudge,
    Scene,
    Shot,
    Steer,
    Take,
)

SUBTLE = 0.25
STRONG = 0.6


def animate(shot: Shot, press: str) -> Take:
    """The first take of a family."""
    take_id = animated(press)
    return Take(id=take_id, root=take_id, parent=None, action=Action.ANIMATE, shot=shot)


def animated(press: str) -> str:
    """The id of the first take of a family."""
    return _hash("take", Action.ANIMATE, press)[:20]


def first_seed(press: str) -> int:
    """The seed of a first take."""
    return _seed(Action.ANIMATE, press)


def seed_of_mood(still: str, mood: str) -> int:
    """The seed of a first take that nobody pressed for: the same still and mood always have the same one."""
    return first_seed(still + mood)


def reroll(take: Take, press: str, words: str = "") -> Take:
    """New seed, same words."""
    seed = _seed(take.id, Action.REROLL, press)
    return _child(take, Action.REROLL, press, replace(take.shot.beat, seed=seed, nudges=()), words)


def subtle(take: Take, press: str, words: str = "") -> Take:
    """A close relative: the same noise, nudged a little."""
    return _vary(take, Action.SUBTLE, press, words, SUBTLE)


def strong(take: Take, press: str, words: str = "") -> Take:
    """A far relative: the same noise, nudged a lot, yet nearer than a reroll."""
    return _vary(take, Action.STRONG, press, words, STRONG)


def nudge(take: Take, press: str, words: str = "") -> Take:
    """The same seed, words added."""
    return _child(take, Action.NUDGE, press, take.shot.beat, words)


def after(take: Take, press: str, words: str = "") -> Take:
    """What happens next: begins where the parent ends."""
    return _continue(take, Action.AFTER, press, words, Anchor.FIRST)


def before(take: Take, press: str, words: str = "") -> Take:
    """What led here: ends where the parent begins."""
    return _continue(take, Action.BEFORE, press, words, Anchor.LAST)


def reel(take: Take, press: str, scenes: tuple[Scene, ...], *, engine: str, model: str) -> Take:
    """The takes of a line joined to one clip; `take` is the one whose line it is, `engine` that of who joins them."""
    shot = replace(take.shot, scenes=scenes, loop=False, neighbour=None, engine=engine, model=model)
    return _relative(take, Action.REEL, press, shot)


def steer_of(kept: Sequence[Direction], tossed: Sequence[Direction]) -> Steer | None:
    """What the newest of the kept and tossed directions, given oldest first, ask of a new reading."""
    if not kept and not tossed:
        return None
    return Steer(toward=tuple(kept[-STEER_LIMIT:]), away=tuple(tossed[-STEER_LIMIT:]))


def steered(take: Take, steer: Steer) -> Take:
    """The same take, its reading led by what was kept and tossed before. It stays so in its children."""
    return replace(take, shot=_with_beat(take.shot, replace(take.shot.beat, steer=steer)))


def corrected(take: Take, said: Corrections) -> Take:
    """The same take, its still read as is said in its family. It stays so in its children."""
    return replace(take, shot=replace(take.shot, corrections=said))


ACTIONS: dict[Action, Callable[[Take, str, str], Take]] = {
    Action.REROLL: reroll,
    Action.SUBTLE: subtle,
    Action.STRONG: strong,
    Action.NUDGE: nudge,
    Action.AFTER: after,
    Action.BEFORE: before,
}


def _vary(take: Take, action: Action, press: str, words: str, strength: float) -> Take:
    step = Nudge(seed=_seed(take.id, action, press), strength=strength)
    beat = take.shot.beat
    return _child(take, action, press, replace(beat, nudges=(*beat.nudges, step)[-NUDGE_LIMIT:]), words)


def _continue(take: Take, action: Action, press: str, words: str, anchor: Anchor) -> Take:
    """A neighbour in story time: from the parent's open end, or across the parent's own joint."""
    beat = take.shot.beat
    lead = take.shot.line if beat.anchor is anchor else take.shot.line[:-1]
    if len(lead) == LINE_LIMIT:
        raise CannotError(engine=take.shot.engine, what="line")
    new = Beat(
        mood=beat.mood,
        words=beat.words,
        seed=_seed(take.id, action, press),
        seconds=beat.seconds,
        anchor=anchor,
    )
    shot = replace(take.shot, line=(*lead, new), loop=False, neighbour=take.id)
    return _relative(take, action, press, _said(shot, words))


def _child(take: Take, action: Action, press: str, beat: Beat, words: str) -> Take:
    return _relative(take, action, press, _said(_with_beat(take.shot, beat), words))


def _relative(take: Take, action: Action, press: str, shot: Shot) -> Take:
    return replace(take, id=_hash("take", take.id, action, press)[:20], parent=take.id, action=action, shot=shot)


def _with_beat(shot: Shot, beat: Beat) -> Shot:
    return replace(shot, line=(*shot.line[:-1], beat))


def _said(shot: Shot, words: str) -> Shot:
    """Say words to the shown beat. What they correct counts more than what was said in the family before."""
    if not words:
        return shot
    said = _with_beat(shot, replace(shot.beat, words=(*shot.beat.words, words)[-NUDGE_LIMIT:]))
    return replace(said, corrections=merged(shot.corrections, heard([words])))


def _seed(*parts: str) -> int:
    return int(_hash("seed", *parts)[:12], 16)


def _hash(*parts: str) -> str:
    return sha256("\0".join(parts).encode()).hexdigest()
