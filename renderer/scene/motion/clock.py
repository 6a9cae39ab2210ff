"""The time of what goes on by itself: water, clouds, rain. Closed forms of it, that a loop makes come round.

In a story time runs on from beat to beat, backwards before the still. In a loop the story's time stands, and what
moves goes round a whole number of times instead.
"""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """All in seconds."""

    story: float = 0.0  # since the still; below 0 before it
    around: float = 0.0  # into the loop
    period: float = 0.0  # of the loop; 0 = there is none


def travel(clock: Clock, speed: float, lap: float) -> float:
    """Say how far something has gone that repeats every `lap`, at a speed in the same unit a second.

    0 at the still. A loop's length is a whole number of laps, the nearest to what the speed would make, at least one
    for what moves at all.
    """
    gone = speed * clock.story
    if not clock.period or not speed:
        return gone
    laps = max(1, round(abs(speed) * clock.period / lap))
    return gone + math.copysign(laps * lap * clock.around / clock.period, speed)


def swing(clock: Clock, rate: float, phase: float = 0.0) -> float:
    """Swing between -1 and 1, `rate` times a second, `phase` radians ahead. Not 0 at the still: see `swung`."""
    return math.sin(2 * math.pi * travel(clock, rate, 1.0) + phase)


def swung(clock: Clock, rate: float, phase: float = 0.0) -> float:
    """Say how far a swing is from where it was at the still: there 0, but already moving."""
    return swing(clock, rate, phase) - math.sin(phase)
