"""What the renderer read in the still and what it decided, as values: the report's words, before they are sentences."""

from enum import StrEnum
from typing import Annotated

from pydantic import PlainSerializer
from pydantic.dataclasses import dataclass

from renderer.contract.values import VALUE


class Move(StrEnum):
    """What the camera does."""

    STILL = "still"
    PUSH_IN = "push_in"
    PULL_OUT = "pull_out"
    PAN_LEFT = "pan_left"
    PAN_RIGHT = "pan_right"
    TILT_UP = "tilt_up"
    TILT_DOWN = "tilt_down"
    CRANE_UP = "crane_up"
    CRANE_DOWN = "crane_down"
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
    focus: float = 0.0  # racked from the still's own: 1 = the far blurs by the end, -1 = the near does


@dataclass(frozen=True, slots=True, kw_only=True, config=VALUE)
class Pace:
    easing: Easing
    speed: float  # 0 = barely, 0.5 = unhurried, 1 = hasty


@dataclass(frozen=True, slots=True, kw_only=True, config=VALUE)
class Light:
    """Where the light drifts to by the end of the clip, and what it does on the way. 0 = nothing."""

    warmth: float = 0.0  # -1 = moonlit blue, 1 = candle
    brightness: float = 0.0  # -1 = dusk, 1 = glare
    day: float = 0.0  # 1 = hours pass: the light swells and sinks again, from dawn to dusk
    sweep: float = 0.0  # 1 = a beam passes over, from the side of the light
    shadow: float = 0.0  # 1 = a cloud passes before the sun
    glow: float = 0.0  # 1 = the lights in view bloom
    candle: float = 0.0  # 1 = the light flickers like a flame
    neon: float = 0.0  # 1 = it stutters like a faulty tube


@dataclass(frozen=True, slots=True, kw_only=True, config=VALUE)
class Life:
    """How much of what may move in the picture does. 0 = none, 0.5 = a breath of it, 1 = all that looks natural."""

    water: float = 0.0
    clouds: float = 0.0
    sway: float = 0.0  # foliage, grass, hair, cloth
    flicker: float = 0.0  # flames and lights in view
    breath: float = 0.0  # people and animals


@dataclass(frozen=True, slots=True, kw_only=True, config=VALUE)
class Weather:
    """What is in the air at the end of the clip. 0 = none, 1 = thick."""

    mist: float = 0.0
    dust: float = 0.0
    rain: float = 0.0
    snow: float = 0.0
    embers: float = 0.0
    petals: float = 0.0
    bokeh: float = 0.0  # soft discs of light


@dataclass(frozen=True, slots=True, kw_only=True, config=VALUE)
class Grade:
    """How the colours end up."""

    saturation: float = 0.0  # -1 = grey, 1 = vivid
    contrast: float = 0.0  # -1 = faded, 1 = hard
    vignette: float = 0.0  # 0 = none, 1 = dark corners
    grain: float = 0.0  # 0 = none, 1 = of a fast old film


@dataclass(frozen=True, slots=True, kw_only=True, config=VALUE)
class Direction:
    """The structured reading of mood and picture."""

    camera: Camera
    pace: Pace
    life: Life = Life()
    light: Light = Light()
    weather: Weather = Weather()
    grade: Grade = Grade()
    loop: bool = False


class Side(StrEnum):
    LEFT = "left"
    RIGHT = "right"
    ABOVE = "above"
    BELOW = "below"


class DepthSource(StrEnum):
    """What told near from far."""

    CUES = "cues"  # sky, haze, focus, outlines, height in the picture
    MODEL = "model"  # a depth network


@dataclass(frozen=True, slots=True, kw_only=True, config=VALUE)
class Lamp:
    """A light in view."""

    x: float
    y: float
    size: float  # its width, as a share of the picture's
    warmth: float  # -1 = blue, 1 = orange


@dataclass(frozen=True, slots=True, kw_only=True, config=VALUE)
class Reading:
    """What was read in the still. Shares and positions are in [0, 1] of the picture; y runs down."""

    brightness: float  # mean luma
    warmth: float  # -1 = blue, 1 = orange
    palette: tuple[str, ...]  # hex colours, the commonest first
    light_from: Side | None = None  # None where no side is clearly brighter
    sun: tuple[float, float] | None = None  # (x, y) where it is in view
    lamps: tuple[Lamp, ...] = ()  # the largest first
    horizon: float | None = None  # y
    sky: float = 0.0  # share
    water: float = 0.0  # share
    plants: float = 0.0  # share of foliage and grass
    lettering: float = 0.0  # share
    faces: int = 0
    people: int = 0
    shows: tuple[str, ...] = ()  # what it shows, in plain English words, the surest first; empty where unsure
    subject: tuple[float, float] | None = None  # (x, y) of the near thing that stands out
    confidence: float = 0.0  # in the depth; bounds the camera's move
    depth: DepthSource = DepthSource.CUES
    layers: int = 1  # that move against each other
    aspect: float = 1.0  # width / height
    drawing: bool = False  # flat, and nothing in it lives: a comic, a plan, a page, pixel art
    unsure: tuple[str, ...] = ()  # of `FEATURES`: found, but not surely; the least sure first


Names = Annotated[frozenset[str], PlainSerializer(sorted, when_used="json")]  # the same JSON always


@dataclass(frozen=True, slots=True, kw_only=True, config=VALUE)
class Corrections:
    """What a member said against the reading."""

    absent: Names = frozenset()  # of `FEATURES`: "that is not water"
    present: Names = frozenset()  # of `FEATURES`: "this is water", or spoken of as in view: "the waves"
    nearer: Names = frozenset()  # of `PLACES`, or what the picture shows: "the dog is closer"
    farther: Names = frozenset()


FEATURES = ("sky", "water", "plants", "people", "lettering", "lamps", "sun", "drawing")
PLACES = ("subject", "sky", "water", "plants", "people", "top", "bottom", "left", "right", "middle")
