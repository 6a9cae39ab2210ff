"""A take at the workers: a `Job` is one attempt to render it, an `Event` says how far it is, a `Result` how it ended.

With a clip comes a `Report`, without one a `Problem`. All are frozen values, JSON in and out, and light on purpose: the
bot imports them.
"""

from enum import StrEnum
from typing import Annotated

from annotated_types import Ge, Le, MaxLen
from pydantic import Field
from pydantic.dataclasses import dataclass

from renderer.contract.direction import Direction, Reading
from renderer.contract.shot import SCENES, Seed, Sha256, Shot, TakeId
from renderer.contract.values import VALUE, Json, News, those_known

MOST_STEPS = 10**6  # of a phase


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
class Report(News):
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
    eased: Annotated[tuple[Eased, ...], those_known(tuple(Eased))] = ()
    sound: bool = False
    safety: Safety | None = None
    maker: str = ""  # libraries, device and kernels: another maker may make other pixels of the same shot
    unheard: tuple[str, ...] = ()  # parts of the latest words that changed nothing

    @property
    def covered(self) -> bool:
        """Whether the clip is shown behind a cover."""
        return self.safety is not None and self.safety.flagged and self.safety.policy is Policy.SPOILER


@dataclass(frozen=True, slots=True, kw_only=True, config=VALUE)
class Problem(News):
    """Why there is no clip: an error's code and data."""

    code: Annotated[str, MaxLen(40)]
    data: dict[str, str | float] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True, config=VALUE)
class Result(News):
    """How an attempt ended: a clip (its bytes wait in Redis under `clip`) with its report, or a problem."""

    take: TakeId
    attempt: int
    clip: Sha256 | None = None
    report: Report | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True, kw_only=True, config=VALUE)
class Event(News):
    """News of an attempt. Lost ones do no harm: the result's own key is the truth."""

    take: TakeId
    attempt: int
    phase: Phase | None = None  # None: it has ended
    done: Annotated[int, Ge(0), Le(MOST_STEPS)] = 0
    total: Annotated[int, Ge(0), Le(MOST_STEPS)] = 0
