"""What the renderer read in the still and what it decided, as values: the report's words, before they are sentences."""

from enum import StrEnum

from pydantic.dataclasses import dataclass

from renderer.values import VALUE


class Move(StrEnum):
    """What the camera does."""

    STILL = "still"
    PUSH_IN = "push_in"
    PULL_OUT = "pull_out"
    PAN_LEFT = "pan_left"
    PAN_RIGHT = "pan_right"
    TILT_UP = "tilt_up"
    TILT_DOWN = "tilt_down"
    ARC_LEFT = "arc_left"
    ARC_RIGHT = "arc_right"
    DOLLY_ZOOM = "dolly_zoom"


class Easing(StrEnum):
    """How a move is spread over its time."""

    SMOOTH = "smooth"  # slow, faster, slow
    SETTLE = "settle"  # goes soon, comes to rest gently
    HOLD = "hold"  # waits, then goes
    ABRUPT = "abrupt"  # all at once


@dataclass(frozen=True, slots=True, kw_only=True, config=VALUE)
class Camera:
    move: Move
    amount: float  # 0 = none, 1 = the most this picture bears
    handheld: float = 0.0  # 0 = on rails, 1 = in a restless hand
    lean_x: float = 0.0  # what goes with the move, to the side: -1 = left, 1 = right
    lean_y: float = 0.0  # -1 = up, 1 = down


@dataclass(frozen=True, slots=True, kw_only=True, config=VALUE)
class Pace:
    easing: Easing
    speed: float  # 0 = barely, 0.5 = unhurried, 1 = hasty


@dataclass(frozen=True, slots=True, kw_only=True, config=VALUE)
class Light:
    """Where the light drifts to by the end of the clip."""

    warmth: float = 0.0  # -1 = moonlit blue, 1 = candle
    brightness: float = 0.0  # -1 = dusk, 1 = glare


@dataclass(frozen=True, slots=True, kw_only=True, config=VALUE)
class Grade:
    """How the colours end up."""

    saturation: float = 0.0  # -1 = grey, 1 = vivid
    contrast: float = 0.0  # -1 = faded, 1 = hard
    vignette: float = 0.0  # 0 = none, 1 = dark corners


@dataclass(frozen=True, slots=True, kw_only=True, config=VALUE)
class Direction:
    """The structured reading of mood and picture."""

    camera: Camera
    pace: Pace
    light: Light = Light()
    grade: Grade = Grade()
    loop: bool = False


class Side(StrEnum):
    LEFT = "left"
    RIGHT = "right"
    ABOVE = "above"
    BELOW = "below"


@dataclass(frozen=True, slots=True, kw_only=True, config=VALUE)
class Reading:
    """What was read in the still. Shares and positions are in [0, 1] of the picture; y runs down."""

    brightness: float  # mean luma
    warmth: float  # -1 = blue, 1 = orange
    palette: tuple[str, ...]  # hex colours, the commonest first
    light_from: Side | None = None  # None where no side is clearly brighter
    horizon: float | None = None  # y
    sky: float = 0.0  # share
    subject: tuple[float, float] | None = None  # (x, y) of the near thing that stands out
    confidence: float = 0.0  # in the depth; bounds the camera's move
    aspect: float = 1.0  # width / height
