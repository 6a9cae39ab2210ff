"""What a mood asks for."""

from dataclasses import dataclass, field

from renderer.contract.direction import Easing, Move


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """How likely each move and easing is, where the numbers lie, and what may be added, each as likely as its weight.

    Of `air`, `lights` and `lens` the seed adds one or none each, as far as the picture allows; none weighs 1.
    """

    moves: dict[Move, float] = field(default_factory=dict[Move, float])  # 1 where it is not named
    easings: dict[Easing, float] = field(default_factory=dict[Easing, float])
    numbers: dict[str, float] = field(default_factory=dict[str, float])
    life: float = 1.0  # how lively what moves by itself is
    air: dict[str, float] = field(default_factory=dict[str, float])
    lights: dict[str, float] = field(default_factory=dict[str, float])
    lens: dict[str, float] = field(default_factory=dict[str, float])  # which end blurs: `far` or `near`


GENTLE = {Easing.SMOOTH: 2.0, Easing.SETTLE: 2.0}
EVEN = {Easing.SMOOTH: 2.0, Easing.SETTLE: 1.0}
TENSE = {Easing.SMOOTH: 1.5, Easing.HOLD: 2.0}
SHARP = {Easing.SMOOTH: 0.3, Easing.SETTLE: 1.0, Easing.HOLD: 0.5, Easing.ABRUPT: 2.5}


def likely(
    *,
    still: float = 1.0,
    push: float = 1.0,
    pull: float = 1.0,
    pan: float = 1.0,
    up: float = 1.0,
    down: float = 1.0,
    arc: float = 1.0,
    vertigo: float = 0.0,
) -> dict[Move, float]:
    """Weigh moves by their kinds; a dolly zoom only where it is named."""
    return {
        Move.STILL: still,
        Move.PUSH_IN: push,
        Move.PULL_OUT: pull,
        Move.PAN_LEFT: pan,
        Move.PAN_RIGHT: pan,
        Move.TILT_UP: up,
        Move.CRANE_UP: up,
        Move.TILT_DOWN: down,
        Move.CRANE_DOWN: down,
        Move.ARC_LEFT: arc,
        Move.ARC_RIGHT: arc,
        Move.DOLLY_ZOOM: vertigo,
    }


def numbers(**values: float) -> dict[str, float]:
    return values
