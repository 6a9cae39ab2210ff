"""What the seed chooses, and the nudges after it: every draw has a name, and a noise of its own."""

from collections.abc import Mapping
from hashlib import sha256
from typing import TypeVar

from renderer.contract.shot import Beat, Nudge

REDRAWN = 0.3  # a nudge weaker than this leaves choices as they were

Choice = TypeVar("Choice", bound=str)


def drawn(weights: Mapping[Choice, float], beat: Beat, what: str) -> Choice:
    """Draw one by weight, with the seed or the last nudge strong enough to draw anew."""
    total = sum(weights.values())
    if total <= 0:
        return next(iter(weights))
    mark = _uniform(_seed_in_force(beat, what), what) * total
    for choice, weight in weights.items():
        mark -= weight
        if mark < 0:
            return choice
    return max(weights, key=lambda choice: weights[choice])


def noise(beat: Beat, what: str) -> float:
    """Draw from [-1, 1]. A nudge goes its strength of the way to a draw of its own, so that distances grow with it."""
    value = 2 * _uniform(beat.seed, what) - 1
    for nudge in beat.nudges:
        value = _nudged(value, nudge, what)
    return value


def _seed_in_force(beat: Beat, what: str) -> int:
    seed = beat.seed
    for nudge in beat.nudges:
        if nudge.strength > REDRAWN and _uniform(nudge.seed, f"redraw {what}") < nudge.strength:
            seed = nudge.seed
    return seed


def _nudged(value: float, nudge: Nudge, what: str) -> float:
    return (1 - nudge.strength) * value + nudge.strength * (2 * _uniform(nudge.seed, what) - 1)


def _uniform(seed: int, what: str) -> float:
    return int.from_bytes(sha256(f"{seed}\0{what}".encode()).digest()[:6]) / 2**48
