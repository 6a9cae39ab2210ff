"""Stable Video Diffusion: no words, two numbers.

`motion_bucket_id` says how much moves. It was trained on 1 to 255 and is 127 by default; clips below about 30 hardly
move and those above about 200 tear, as its users report, so we stay within 40 to 200. `noise_aug_strength` is the noise
on the given frame: the more, the less the clip keeps to it, and the more it may change. 0.02 is the default; light,
weather and motion take it to 0.12 at most, since the still must be recognised.
"""

from dataclasses import astuple

from renderer.contract.direction import Direction, Move, Reading
from renderer.contract.shot import Beat
from renderer.engines.diffusion.language.life import liveliest
from renderer.engines.diffusion.language.said import Said

LEAST_MOTION, MOST_MOTION = 40, 200
LEAST_NOISE, MOST_NOISE = 0.02, 0.12


def say_svd(direction: Direction, _reading: Reading, _beat: Beat, *, loop: bool, backwards: bool) -> Said:
    """Neither its direction in time nor a loop can be told it: both are refused before, or need no telling."""
    del loop, backwards
    drive, change = motion_of(direction), change_of(direction)
    return Said(
        numbers={
            "motion_bucket_id": float(round(LEAST_MOTION + (MOST_MOTION - LEAST_MOTION) * drive)),
            "noise_aug_strength": round(LEAST_NOISE + (MOST_NOISE - LEAST_NOISE) * (0.6 * drive + 0.4 * change), 4),
        }
    )


def motion_of(direction: Direction) -> float:
    """How much moves, 0 to 1: half of it the camera's, the rest what lives and what is in the air."""
    camera, speed = direction.camera, direction.pace.speed
    moved = 0.0 if camera.move is Move.STILL else camera.amount * (0.4 + 0.6 * speed)
    moved = min(1.0, moved + 0.3 * camera.handheld)
    life = liveliest(direction.life) * (0.5 + 0.5 * speed)
    return min(1.0, max(0.0, 0.5 * moved + 0.3 * life + 0.2 * max(astuple(direction.weather))))


def change_of(direction: Direction) -> float:
    """How far the picture is to leave the given frame in light and air, 0 to 1."""
    drifts = (*astuple(direction.light), *astuple(direction.weather))
    return min(1.0, max(abs(drift) for drift in drifts))
