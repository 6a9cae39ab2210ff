"""Light that does not stand still: a flame, a faulty tube, the lamps in view. Closed forms of the clock."""

import math

from renderer.scene.motion.clock import Clock, swing, swung

# Swings a second and their share of a flame's unrest: no period is a multiple of another.
FLAME = ((0.43, 0.30), (1.1, 0.26), (2.3, 0.2), (3.7, 0.14), (6.1, 0.10))
# Of a tube's, whose peaks are its drop-outs. At the still it is far from one.
TUBE = ((0.31, -1.2), (0.83, -0.7), (2.1, -1.6), (4.7, -0.4))
BUZZ = 9.3  # a second


def flame(clock: Clock, phase: float = 0.0) -> float:
    """Say how much brighter a flame burns than at the still: about -1 to 1, and 0 at the still."""
    parts = (share * swung(clock, rate, phase * (1 + index)) for index, (rate, share) in enumerate(FLAME))
    return sum(parts)


def drop_out(clock: Clock) -> float:
    """Say how far a faulty tube is out: 0 = it is lit, as at the still, 1 = it is dark."""
    unrest = sum(swing(clock, rate, phase) for rate, phase in TUBE)
    depth = min(1.0, max(0.0, (unrest - 1.0) / 0.7))
    return depth * depth * (3 - 2 * depth)


def buzz(clock: Clock) -> float:
    """Say where a tube's hum is: -1 to 1, 0 at the still."""
    return math.sin(math.pi / 2 * swung(clock, BUZZ))
