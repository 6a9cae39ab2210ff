"""What is asked for: a shot, the beats that lead to it, and a take, which is a shot with its place in the family.

A `Shot` is the intent and decides the pixels: the same shot gives the same clip. The limits of what may be asked stand
here, too.
"""

from enum import StrEnum
from typing import Annotated

from annotated_types import Interval, MaxLen
from pydantic import Field, StringConstraints
from pydantic.dataclasses import dataclass

from renderer.contract.direction import Corrections, Direction
from renderer.contract.values import VALUE, Json

FPS = 24
SECONDS = (2.0, 8.0)
SHORT_SIDES = (64, 1080)
MOOD_LIMIT = 300
NUDGE_LIMIT = 32  # words and steps a beat remembers; the oldest go first
LINE_LIMIT = 64  # beats from the still to the shown one
SCENES = (2, 24)  # takes that a reel may join
STEER_LIMIT = 6  # directions to lean to, and as many to stay away from
FILE_LIMITS = {"bytes": 25 * 2**20, "pixels": 64_000_000}  # of the file a member attaches
STILL_LIMITS = {"side": 1920, "shortest": 64, "aspect": 4}  # of a canonical still, in pixels and times
CLIP_LIMITS = {"side": 4096, "rows": 2304}  # most hardware decodes no longer side, and Windows' decoder no more rows
WATCHABLE = 360  # short side to which smaller stills are enlarged: air and light are drawn at the clip's own size
STILL_BYTES = 16 * 2**20  # a canonical still as PNG: 1920 x 1920 of pure noise stays below

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
TakeId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{20}$")]
Seed = Annotated[int, Interval(ge=0, lt=2**48)]
Words = Annotated[str, MaxLen(MOOD_LIMIT)]


class Action(StrEnum):
    """What made a take."""

    ANIMATE = "animate"
    REROLL = "reroll"
    SUBTLE = "subtle"
    STRONG = "strong"
    NUDGE = "nudge"
    AFTER = "after"
    BEFORE = "before"
    REEL = "reel"  # kept takes, joined to one clip


class Join(StrEnum):
    """How a scene of a reel follows the one before it."""

    CUT = "cut"
    DISSOLVE = "dissolve"
    DIP = "dip"  # down to black and up again


class Anchor(StrEnum):
    """Which end of a beat is given: the joint with the still, or with the beat it continues."""

    FIRST = "first"
    LAST = "last"


@dataclass(frozen=True, slots=True, kw_only=True, config=VALUE)
class Nudge:
    """A step away from a beat's own noise."""

    seed: Seed
    strength: Annotated[float, Interval(gt=0, le=1)]  # 1 = all new noise


@dataclass(frozen=True, slots=True, kw_only=True, config=VALUE)
class Steer:
    """What the community has kept and tossed of a family, for a new reading to lean to and to stay away from."""

    toward: Annotated[tuple[Direction, ...], MaxLen(STEER_LIMIT)] = ()
    away: Annotated[tuple[Direction, ...], MaxLen(STEER_LIMIT)] = ()


@dataclass(frozen=True, slots=True, kw_only=True, config=VALUE)
class Beat:
    """One stretch of the story."""

    mood: Words
    seed: Seed
    words: Annotated[
        tuple[Words, ...], MaxLen(NUDGE_LIMIT)
    ] = ()  # said after the mood, in order; the latest weighs most
    nudges: Annotated[tuple[Nudge, ...], MaxLen(NUDGE_LIMIT)] = ()
    seconds: Annotated[float, Interval(ge=SECONDS[0], le=SECONDS[1])] = 4.0
    anchor: Anchor = Anchor.FIRST
    steer: Steer | None = None


@dataclass(frozen=True, slots=True, kw_only=True, config=VALUE)
class Scene:
    """One take's clip in a reel."""

    take: TakeId
    join: Join = Join.CUT  # to the scene before; the first has none


@dataclass(frozen=True, slots=True, kw_only=True, config=VALUE)
class Shot(Json):
    """Everything that decides the pixels. Same shot, same clip.

    The last beat of `line` is shown. Those before it lead from the still to its joint, each forward in story time
    (anchor first) or back (anchor last). A shot with `scenes` is a reel: nothing is filmed, finished clips are joined
    by the workers of its engine and model.
    """

    still: Sha256  # of the canonical still
    line: Annotated[tuple[Beat, ...], Field(min_length=1, max_length=LINE_LIMIT)]
    engine: Annotated[str, MaxLen(40)] = "parallax"
    model: Annotated[str, MaxLen(200)] = ""
    size: Annotated[int, Interval(ge=SHORT_SIDES[0], le=SHORT_SIDES[1])] = 720
    loop: bool = False
    neighbour: TakeId | None = None  # the take whose clip meets this one at the joint
    scenes: Annotated[tuple[Scene, ...], MaxLen(SCENES[1])] = ()
    # What the family says against the reading, later than the line does; where it is silent, older versions read this.
    corrections: Annotated[Corrections, Field(exclude_if=lambda said: said == Corrections())] = Corrections()

    @property
    def kind(self) -> str:
        return kind_of(self.engine, self.model)

    @property
    def beat(self) -> Beat:
        return self.line[-1]

    @property
    def frame_count(self) -> int:
        return round(self.beat.seconds * FPS)


@dataclass(frozen=True, slots=True, kw_only=True, config=VALUE)
class Take(Json):
    """A shot and its place in the family."""

    id: TakeId
    root: TakeId
    parent: TakeId | None
    action: Action
    shot: Shot


def kind_of(engine: str, model: str) -> str:
    """The kind of worker that a shot needs: its engine, and the model where the engine has several."""
    return f"{engine}:{model}" if model else engine


def clip_size(still_height: int, still_width: int, short_side: int) -> tuple[int, int]:
    """Height and width of the clip: the still's aspect, both even, the short side as asked.

    Less than was asked where the still holds less (but for stills below `WATCHABLE`), or where decoders would refuse.
    """
    shortest = min(still_height, still_width)
    asked = min(short_side, max(shortest, WATCHABLE)) / shortest
    scale = min(asked, CLIP_LIMITS["side"] / max(still_height, still_width), CLIP_LIMITS["rows"] / still_height)

    def even(side: int) -> int:
        return max(2, 2 * round(side * scale / 2))

    return even(still_height), even(still_width)
