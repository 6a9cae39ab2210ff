"""The test pattern: colour bars wipe over the still while they run sideways. No torch, so processes start fast.

Every beat ends (anchor first) or begins (anchor last) as its own full field of bars, and the next beat's joint is that
field, so continued clips meet exactly. A looped clip wipes on and off again.
"""

from collections.abc import Iterator
from hashlib import sha256

import cv2
import numpy as np
from PIL import Image

from renderer.contract.abilities import ABILITIES
from renderer.contract.direction import Camera, Direction, Easing, Move, Pace, Reading
from renderer.contract.shot import Anchor, Beat, Shot
from renderer.engines.engine import ALONE, CallSheet, Film, Rgb
from renderer.engines.scaling import scale_still

# 75 % bars: white, yellow, cyan, green, magenta, red, blue.
COLOURS = np.array(
    [(191, 191, 191), (191, 191, 0), (0, 191, 191), (0, 191, 0), (191, 0, 191), (191, 0, 0), (0, 0, 191)],
    dtype=np.uint8,
)
DIRECTION = Direction(camera=Camera(move=Move.STILL, amount=0.0), pace=Pace(easing=Easing.SMOOTH, speed=0.5))


class Bars:
    """The engine `bars`."""

    abilities = ABILITIES["bars"]
    worn_out = False

    def warm_up(self) -> None:
        """Do nothing: there is nothing to load."""

    def film(self, shot: Shot, still: Rgb, _sheet: CallSheet = ALONE, /) -> Film:
        scaled = scale_still(still, shot.size)
        return Film(
            direction=Direction(camera=DIRECTION.camera, pace=DIRECTION.pace, loop=shot.loop),
            reading=read(scaled),
            frames=frames(shot, scaled),
        )


def frames(shot: Shot, scaled: Rgb) -> Iterator[Rgb]:
    """The shown beat's frames; frame 0 is its joint, or the last frame where it is anchored last."""
    height, width = scaled.shape[:2]
    joint = scaled if len(shot.line) == 1 else bars(shot.line[-2], height, width, 1.0)
    for index in range(shot.frame_count):
        share = wiped(index, shot)
        frame = joint.copy()
        edge = round(share * width)
        frame[:, :edge] = bars(shot.beat, height, width, share)[:, :edge]
        yield frame


def wiped(index: int, shot: Shot) -> float:
    """How much of frame `index` the bars cover: 0 at the joint, 1 at the open end."""
    last = shot.frame_count - 1
    if shot.loop:
        share = 1 - abs(1 - 2 * index / (last + 1))
        return share if shot.beat.anchor is Anchor.FIRST else 1 - abs(1 - 2 * (last - index) / (last + 1))
    return (index if shot.beat.anchor is Anchor.FIRST else last - index) / last


def bars(beat: Beat, height: int, width: int, share: float) -> Rgb:
    """The beat's field of bars at `share` of its run.

    The seed orders the colours, the words set how far the bars run, and each nudge shifts them by a part of one bar.
    """
    colours = np.random.default_rng(beat.seed).permutation(COLOURS)
    run = 1 + _fraction(beat.mood, *beat.words)
    shift = sum(nudge.strength * (0.5 + 0.5 * _fraction(str(nudge.seed))) for nudge in beat.nudges)
    positions = np.arange(width) / width * len(COLOURS) + shift - run * share
    row = colours[np.floor(positions).astype(np.int64) % len(COLOURS)]
    return np.broadcast_to(row, (height, width, 3))


def read(scaled: Rgb) -> Reading:
    """What takes no model to read: mean colours and the palette."""
    red, green, blue = (float(mean) for mean in cv2.mean(scaled)[:3])
    return Reading(
        brightness=(0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255,
        warmth=(red - blue) / 255,
        palette=_palette(scaled),
    )


def _palette(scaled: Rgb) -> tuple[str, ...]:
    small = Image.fromarray(cv2.resize(scaled, (64, 64), interpolation=cv2.INTER_AREA)).quantize(5)
    colours = np.array(small.getpalette(), dtype=np.uint8).reshape(-1, 3)
    by_share = sorted(small.getcolors() or (), reverse=True)
    return tuple("#" + colours[index].tobytes().hex() for _, index in by_share if isinstance(index, int))


def _fraction(*words: str) -> float:
    """A number in [0, 1) that the words decide."""
    return int(sha256("\0".join(words).encode()).hexdigest()[:8], 16) / 2**32
