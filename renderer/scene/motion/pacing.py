"""How a move is spread over its time: from 0 to 1, at rest at both ends, so that clips join without a jerk."""

import math
from collections.abc import Callable

from renderer.contract.direction import Easing


def smooth(time: float) -> float:
    """Slow, faster, slow."""
    time = min(1.0, max(0.0, time))
    return time**3 * (10 + time * (6 * time - 15))


def even(time: float) -> float:
    """Start gently, go on evenly, stop gently: a fifth of the time goes to each end."""
    ramp = 0.22
    time = min(1.0, max(0.0, time))
    return 1 - _rise(1 - time, ramp) if time > 0.5 else _rise(time, ramp)


def _rise(time: float, ramp: float) -> float:
    """Integrate a speed that rises along a cosine until `ramp` and stays."""
    top = 1 / (1 - ramp)
    if time < ramp:
        return top / 2 * (time - ramp / math.pi * math.sin(math.pi * time / ramp))
    return top * (time - ramp / 2)


def settle(time: float) -> float:
    """Go soon, then come to rest for a long while."""
    return 1 - (1 - time) ** 3 * (1 + 3 * time)


def hold(time: float) -> float:
    """Wait, hardly moving, then go."""
    return 0.12 * even(time) + 0.88 * smooth((time - 0.38) / 0.58)


def abrupt(time: float) -> float:
    """Hardly anything, then all at once, then creep on."""
    return 0.3 * even(time) + 0.7 * smooth((time - 0.22) / 0.22)


EASINGS: dict[Easing, Callable[[float], float]] = {
    Easing.SMOOTH: even,
    Easing.SETTLE: settle,
    Easing.HOLD: hold,
    Easing.ABRUPT: abrupt,
}


def wave(time: float) -> float:
    """Go there and back once, at rest at the ends and at the turn."""
    return (1 - math.cos(2 * math.pi * time)) / 2


def plateau(time: float, ramp: float) -> float:
    """Rise from rest within `ramp` of the time, stay at 1, and sink again at the end."""
    return smooth(time / ramp) * smooth((1 - time) / ramp)
