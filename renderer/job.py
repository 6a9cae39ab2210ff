"""The contract between bot and renderer: frozen values, JSON in and out.

A `Shot` is the intent and decides the pixels; a `Take` is a shot with its place in the family; a `Job` is one attempt
to render a take; a `Report` says what became of it. This module is light on purpose: the bot imports it.
"""

from enum import StrEnum
from typing import Annotated

from annotated_types import Ge, Interval, Le, MaxLen
from pydantic import Field, StringConstraints
from pydantic.dataclasses import dataclass

from renderer.direction import Direction, Reading
from renderer.errors import CannotError, UnknownEngineError
from renderer.values import VALUE, Json

FPS = 24
SECONDS = (2.0, 8.0)
SHORT_SIDES = (64, 1080)
MOOD_LIMIT = 300
NUDGE_LIMIT = 32  # words and steps a beat remembers; the oldest go first
LINE_LIMIT = 64  # beats from the still to the shown one
FILE_LIMITS = {"bytes": 25 * 2**20, "pixels": 64_000_000}  # of the file a member attaches
STILL_LIMITS = {"side": 1920, "shortest": 64, "aspect": 4}  # of a canonical still, in pixels and times
STILL_BYTES = 16 * 2**20  # a canonical still as PNG: 1920 x 1920 of pure noise stays below

# Where things stand in Redis. Media and results are bounded by their time to live, in seconds.
QUEUE = "unstill"
RENDER = "renderer.worker.render"  # the one function a worker runs: Job as JSON in, Result as JSON out
EVENTS = "unstill:events"  # pub/sub channel of `Event`
MEDIA_TTL = 3600
RESULT_TTL = 3600
CANCEL_TTL = 24 * 3600
ALIVE_TTL = 8  # a worker renews it every 2 s while it has the job in hand
JOB_TIMEOUT = 600

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


class Anchor(StrEnum):
    """Which end of a beat is given: the joint with the still, or with the beat it continues."""

    FIRST = "first"
    LAST = "last"


class Phase(StrEnum):
    """What a worker is doing, in order."""

    LOADING = "loading"
    READING = "reading"
    FRAMES = "frames"
    ENCODING = "encoding"


@dataclass(frozen=True, slots=True, kw_only=True, config=VALUE)
class Nudge:
    """A step away from a beat's own noise."""

    seed: Seed
    strength: Annotated[float, Interval(gt=0, le=1)]  # 1 = all new noise


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


@dataclass(frozen=True, slots=True, kw_only=True, config=VALUE)
class Shot(Json):
    """Everything that decides the pixels. Same shot, same clip.

    The last beat of `line` is shown. Those before it lead from the still to its joint, each forward in story time
    (anchor first) or back (anchor last).
    """

    still: Sha256  # of the canonical still
    line: Annotated[tuple[Beat, ...], Field(min_length=1, max_length=LINE_LIMIT)]
    engine: Annotated[str, MaxLen(40)] = "parallax"
    model: Annotated[str, MaxLen(200)] = ""
    size: Annotated[int, Interval(ge=SHORT_SIDES[0], le=SHORT_SIDES[1])] = 720
    loop: bool = False

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


@dataclass(frozen=True, slots=True, kw_only=True, config=VALUE)
class Job(Json):
    """One attempt to render a take. A result counts only for the attempt that SQL expects."""

    take: TakeId
    attempt: Annotated[int, Ge(1), Le(1000)]
    shot: Shot
    byte_limit: Annotated[int, Ge(64 * 1024), Le(500 * 2**20)]  # of the finished clip

    @property
    def id(self) -> str:
        """The RQ job id: never used twice."""
        return f"{self.take}-{self.attempt}"


@dataclass(frozen=True, slots=True, kw_only=True, config=VALUE)
class Timings:
    """Seconds of wall time; `total` is all but `start`."""

    start: float  # imports and loading
    read: float
    frames: float
    encode: float
    total: float


@dataclass(frozen=True, slots=True, kw_only=True, config=VALUE)
class Joint:
    """How a continued clip meets its neighbour: jumps at the seam, against the clip's median step."""

    position: float
    speed: float


@dataclass(frozen=True, slots=True, kw_only=True, config=VALUE)
class Report(Json):
    """What was rendered, and enough to render it again."""

    shot: Shot
    direction: Direction
    picture: Reading
    frames: int
    fps: int
    width: int
    height: int
    seed: Seed
    engine: str
    version: str
    seconds: Timings
    peak_mb: float
    stretch_share: float = 0.0  # pixels a warp stretched to more than twice their size
    hole_share: float = 0.0  # pixels that showed what the still does not hold, before filling
    joint: Joint | None = None


@dataclass(frozen=True, slots=True, kw_only=True, config=VALUE)
class Problem(Json):
    """Why there is no clip: an error's code and data."""

    code: Annotated[str, MaxLen(40)]
    data: dict[str, str | float] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True, config=VALUE)
class Result(Json):
    """How an attempt ended: a clip (its bytes wait in Redis under `clip`) with its report, or a problem."""

    take: TakeId
    attempt: int
    clip: Sha256 | None = None
    report: Report | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True, kw_only=True, config=VALUE)
class Event(Json):
    """News of an attempt. Lost ones do no harm: the result's own key is the truth."""

    take: TakeId
    attempt: int
    phase: Phase | None = None  # None: it has ended
    done: int = 0
    total: int = 0


def still_key(sha256: str) -> str:
    """PNG bytes of a canonical still."""
    return f"unstill:still:{sha256}"


def clip_key(sha256: str) -> str:
    """MP4 bytes of a finished clip."""
    return f"unstill:clip:{sha256}"


def result_key(job_id: str) -> str:
    """A `Result`: how the attempt ended."""
    return f"unstill:result:{job_id}"


def alive_key(job_id: str) -> str:
    """Stands while a worker has the attempt in hand."""
    return f"unstill:alive:{job_id}"


def cancel_key(job_id: str) -> str:
    """Set by the bot when the attempt is no longer wanted."""
    return f"unstill:cancel:{job_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Abilities:
    """What an engine can do."""

    anchors: frozenset[Anchor] = frozenset({Anchor.FIRST})
    loop: bool = False


ABILITIES = {
    "parallax": Abilities(anchors=frozenset(Anchor), loop=True),
    "bars": Abilities(anchors=frozenset(Anchor), loop=True),
}


def check_possible(shot: Shot) -> None:
    """Raise `UnknownEngineError` or `CannotError` where no engine could make this shot."""
    abilities = ABILITIES.get(shot.engine)
    if abilities is None:
        raise UnknownEngineError(name=shot.engine, choices=", ".join(ABILITIES))
    if shot.loop and not abilities.loop:
        raise CannotError(engine=shot.engine, what="loop")
    if not {beat.anchor for beat in shot.line} <= abilities.anchors:
        raise CannotError(engine=shot.engine, what="anchor")


def clip_size(still_height: int, still_width: int, short_side: int) -> tuple[int, int]:
    """Height and width of the clip: the still's aspect, the short side as asked, both even."""
    scale = short_side / min(still_height, still_width)

    def even(side: int) -> int:
        return max(2, 2 * round(side * scale / 2))

    return even(still_height), even(still_width)
