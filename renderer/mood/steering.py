"""What a community has kept and tossed leads a new reading: among a few, the one that is most like the kept."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import sha256

from renderer.contract.direction import Direction
from renderer.contract.shot import Beat, Steer

READINGS = 8  # that are compared
TOSSED = 1.5  # weight of staying away from the nearest tossed one …
KEPT = 0.7  # … and of coming near to the nearest kept one
FAR = 0.3  # farther from a tossed one than this is far enough


def led(beat: Beat, direct: Callable[[Beat], Direction], distance: Callable[[Direction, Direction], float]) -> Beat:
    """Give the beat the seed whose reading is best led; without `steer` it keeps its own.

    The readings are those of the bare beat: what is said to it later, and a step away from its noise, change what they
    name and not the choice.
    """
    if beat.steer is None:
        return beat
    bare = replace(beat, words=(), nudges=(), steer=None)
    seeds = [beat.seed, *(_another(beat.seed, number) for number in range(1, READINGS))]
    readings = [direct(replace(bare, seed=seed)) for seed in seeds]
    return replace(beat, seed=seeds[best(readings, beat.steer, distance)], steer=None)


def best(readings: Sequence[Direction], steer: Steer, distance: Callable[[Direction, Direction], float]) -> int:
    """The index of the reading farthest from what was tossed and nearest to what was kept; the first among equals."""

    def worth(reading: Direction) -> float:
        away = min((min(FAR, distance(reading, each)) for each in steer.away), default=0.0)
        near = min((distance(reading, each) for each in steer.toward), default=0.0)
        return TOSSED * away - KEPT * near

    return max(range(len(readings)), key=lambda index: worth(readings[index]))


def _another(seed: int, number: int) -> int:
    return int.from_bytes(sha256(f"{seed}\0reading {number}".encode()).digest()[:6])
