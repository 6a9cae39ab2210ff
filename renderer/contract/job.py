"""The contract between bot and renderer: frozen values, JSON in and out.

A `Shot` is the intent and decides the pixels; a `Take` is a shot with its place in the family; a `Job` is one attempt
to render a take; a `Report` says what became of it. This module is light on purpose: the bot imports it.
"""

from enum import StrEnum
from typing import Annotated

from annotated_types import Ge, Interval, Le, MaxLen
from pydantic import Field, StringConstraints
from pydantic.dataclasses import dataclass

from renderer.contract.direction import Direction, Reading
from renderer.contract.errors import CannotError, UnknownEngineError
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
STILL_BYTES = 16 * 2**20  # a canonical still as PNG: 1920 x 1920 of pure noise stays below

# Where things stand in Redis. Media and results are bounded by their time to live, in seconds.
RENDER = "renderer.worker.render"  # the one function a worker runs: Job as JSON in, Result as JSON out
EVENTS = "unstill:events"  # pub/sub channel of `Event`
MEDIA_TTL = 3600
RESULT_TTL = 3600
CANCEL_TTL = 24 * 3600
ALIVE_TTL = 8  # a worker renews it every 2 s while it has the job in hand
OFFER_TTL = 20  # a worker renews it every 5 s while it lives
CLIP_BYTES = 64 * 2**20  # a neighbour's clip; the largest we make stays far below
POSTER_BYTES = 128 * 2**10  # one frame of a clip as a small JPEG
NEIGHBOUR_FRAMES = 16  # of the clip beside a joint that an engine is shown

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


class Phase(StrEnum):
    """What a worker is doing, in order."""

    LOADING = "loading"
    READING = "reading"
    STEPS = "steps"  # of a model that imagines all frames at once
    DECODING = "decoding"
    FRAMES = "frames"
    ENCODING = "encoding"


class Policy(StrEnum):
    """What becomes of a picture that the safety model flags."""

    ALLOW = "allow"
    SPOILER = "spoiler"  # shown behind a cover
    REFUSE = "refuse"


class Place(StrEnum):
    """Where the safety model looked."""

    STILL = "still"
    CLIP = "clip"


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


@dataclass(frozen=True, slots=True, kw_only=True, config=VALUE)
class Job(Json):
    """One attempt to render a take. A result counts only for the attempt that SQL expects."""

    take: TakeId
    attempt: Annotated[int, Ge(1), Le(1000)]
    shot: Shot
    byte_limit: Annotated[int, Ge(16 * 1024), Le(500 * 2**20)]  # of the finished clip
    neighbour: Sha256 | None = None  # of the clip of `shot.neighbour`, for engines that look at it
    scenes: Annotated[tuple[Sha256, ...], MaxLen(SCENES[1])] = ()  # of the clips that a reel joins, in its order
    policy: Policy = Policy.REFUSE

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
class Safety:
    """What the safety model found, and what the bot had said becomes of it."""

    flagged: bool
    score: float  # 0 to 1: the worst of the still and the frames that were looked at
    where: Place  # the worst one
    policy: Policy


class Eased(StrEnum):
    """What was made smaller because the card's memory ran out."""

    TILING = "tiling"  # decoded in tiles: the clip is as it was asked
    FRAMES = "frames"  # fewer were imagined, and those between made from them
    SIZE = "size"  # imagined smaller, and enlarged


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
    prompt: str = ""  # what a model was told
    eased: tuple[Eased, ...] = ()
    sound: bool = False
    safety: Safety | None = None
    maker: str = ""  # libraries, device and kernels: another maker may make other pixels of the same shot
    unheard: tuple[str, ...] = ()  # parts of the latest words that changed nothing

    @property
    def covered(self) -> bool:
        """Whether the clip is shown behind a cover."""
        return self.safety is not None and self.safety.flagged and self.safety.policy is Policy.SPOILER


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


def poster_key(sha256: str) -> str:
    """JPEG bytes: one frame of the finished clip with this hash."""
    return f"unstill:poster:{sha256}"


def result_key(job_id: str) -> str:
    """A `Result`: how the attempt ended."""
    return f"unstill:result:{job_id}"


def alive_key(job_id: str) -> str:
    """Stands while a worker has the attempt in hand."""
    return f"unstill:alive:{job_id}"


def cancel_key(job_id: str) -> str:
    """Set by the bot when the attempt is no longer wanted."""
    return f"unstill:cancel:{job_id}"


@dataclass(frozen=True, slots=True, kw_only=True, config=VALUE)
class Abilities:
    """What an engine can do with the model that it has."""

    anchors: frozenset[Anchor] = frozenset({Anchor.FIRST})
    loop: bool = False
    sound: bool = False
    neighbour: bool = False  # it looks at the clip beside the joint


ABILITIES = {
    "parallax": Abilities(anchors=frozenset(Anchor), loop=True),
    "bars": Abilities(anchors=frozenset(Anchor), loop=True),
    "diffusion": Abilities(anchors=frozenset(Anchor), loop=True, sound=True, neighbour=True),  # the best of its models
}
WITH_MODELS = frozenset({"diffusion"})  # engines of which a worker has one model
PATIENCE = {"diffusion": 3600}  # seconds that a render may take
USUAL_PATIENCE = 600
MOST_PATIENCE = max(USUAL_PATIENCE, *PATIENCE.values())


@dataclass(frozen=True, slots=True, kw_only=True, config=VALUE)
class Offer(Json):
    """What a living worker can do. It stands in Redis while the worker lives."""

    engine: Annotated[str, MaxLen(40)]
    model: Annotated[str, MaxLen(200)] = ""
    abilities: Abilities
    ready: bool = True  # False while it loads

    @property
    def kind(self) -> str:
        return kind_of(self.engine, self.model)


def offer_key(worker: str) -> str:
    """An `Offer`: stands while the worker lives."""
    return f"{OFFERS}{worker}"


OFFERS = "unstill:offer:"


def kind_of(engine: str, model: str) -> str:
    """The kind of worker that a shot needs: its engine, and the model where the engine has several."""
    return f"{engine}:{model}" if model else engine


def queue_of(kind: str) -> str:
    """The RQ queue of one kind of worker."""
    return f"unstill:{kind}"


def model_name(engine: str, model: str) -> str:
    """What a model is called in shots and queues: its row, or its folder's own name; with `:draft` where it is that.

    A bot and a worker may have the same model in different places. Engines without models have none.
    """
    return model.rstrip("/\\").replace("\\", "/").rpartition("/")[2] if engine in WITH_MODELS else ""


def patience(engine: str) -> int:
    """How many seconds a render may take."""
    return PATIENCE.get(engine, USUAL_PATIENCE)


def check_possible(shot: Shot, abilities: Abilities | None = None) -> None:
    """Raise `UnknownEngineError`, or `CannotError` where the engine (with these abilities) cannot make this shot."""
    known = ABILITIES.get(shot.engine)
    if known is None:
        raise UnknownEngineError(name=shot.engine, choices=", ".join(ABILITIES))
    abilities = abilities or known
    if shot.loop and not abilities.loop:
        raise CannotError(engine=shot.kind, what="loop")
    if not shot.loop and not {beat.anchor for beat in shot.line} <= abilities.anchors:  # a loop has both ends given
        raise CannotError(engine=shot.kind, what="anchor")


def clip_size(still_height: int, still_width: int, short_side: int) -> tuple[int, int]:
    """Height and width of the clip: the still's aspect, the short side as asked, both even."""
    scale = short_side / min(still_height, still_width)

    def even(side: int) -> int:
        return max(2, 2 * round(side * scale / 2))

    return even(still_height), even(still_width)
