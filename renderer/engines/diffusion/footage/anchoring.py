"""The joint is the still itself, to the pixel, and nobody sees where it is put in.

A model's own picture of the joint has been through its coder: softer, and a little off in colour. The difference is
carried into the frames beside it. What it has of colour and brightness fades slowly; its detail fades soon, and moves
along with what it belongs to, so that none stays behind as a ghost: where a frame no longer shows what the joint does,
it gets none. Some models only come close to the picture they were given (SVD does not copy it into its first frame).
Where theirs has slipped beside the still, the frames are moved by as much, and glide to where the model has them.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from math import cos, pi

import cv2
import numpy as np

from renderer.arrays import Bytes, Floats, blurred
from renderer.engines.diffusion.footage.tracking import enlarged, look, moved, small_luma, tracker
from renderer.engines.engine import Rgb

TONE_FRAMES = 24  # over which colour and brightness fade: slower than the eye notices
DETAIL_FRAMES = 10  # over which detail does: flow is read well enough for as long
BROAD = 1 / 24  # of the short side: differences wider than this are tone, finer ones detail
SLIP = (0.3, 0.8)  # small pixels: less is how flow reads a softer picture, more has slipped
SLIP_SMOOTH = 6.0
CHANGED = 12.0  # grey levels: what differs so from the joint is not what was there


def anchored(frames: Iterable[Rgb], joints: tuple[int, ...], exact: Rgb) -> Iterator[Rgb]:
    """Put the exact picture at each joint and fade the difference out beside it. Frames, of its size, in story order.

    From joint 0 it fades into the frames that follow, from any other into those before. At most `TONE_FRAMES` frames
    are held, and none for joint 0.
    """
    passing = iter(frames)
    for joint in joints:
        passing = _after(passing, exact) if joint == 0 else _before(passing, joint, exact)
    return passing


def _after(frames: Iterator[Rgb], exact: Rgb) -> Iterator[Rgb]:
    correction = _Correction(next(frames), exact)
    yield exact
    for distance, frame in enumerate(frames, start=1):
        yield correction.carried(frame, distance) if distance < TONE_FRAMES else frame


def _before(frames: Iterator[Rgb], joint: int, exact: Rgb) -> Iterator[Rgb]:
    held = deque[Rgb]()
    for index, frame in enumerate(frames):
        if index == joint:
            correction = _Correction(frame, exact)
            nearest_first = [correction.carried(held.pop(), distance) for distance in range(1, len(held) + 1)]
            yield from reversed(nearest_first)
            yield exact
        elif index > joint - TONE_FRAMES:
            held.append(frame)
        else:
            yield frame


class _Correction:
    """What a model's picture of the joint lacks, taken along from frame to frame away from it."""

    def __init__(self, made: Rgb, exact: Rgb) -> None:
        self._tracker = tracker()
        self._made = small_luma(made)
        self._flow: Floats | None = None  # from the last frame to the joint
        self._slip = _beyond_doubt(self._tracker.between(small_luma(exact), self._made))
        lacking = exact - moved(made, self._slip).astype(np.float32)
        height, width = self._made.shape
        coarse = np.asarray(cv2.resize(lacking, (width, height), interpolation=cv2.INTER_AREA), np.float32)
        self._tone = blurred(coarse, BROAD * min(height, width))
        self._detail = lacking - enlarged(self._tone, *made.shape[:2])

    def carried(self, frame: Rgb, distance: int) -> Rgb:
        """Give a frame at a distance from the joint, corrected. Distances ascend by 1 from 1."""
        luma = small_luma(frame)
        self._flow = self._tracker.between(luma, self._made, self._flow)
        sure = self._sure(luma, self._flow)
        frame, flow = self._put_back(frame, self._flow, _fade(distance, TONE_FRAMES))
        tone = look(self._tone, flow) * _fade(distance, TONE_FRAMES)
        whole = frame + enlarged(tone, *frame.shape[:2])
        if distance < DETAIL_FRAMES:
            weight = enlarged(sure * _fade(distance, DETAIL_FRAMES), *frame.shape[:2])
            whole += moved(self._detail, flow) * weight[..., None]
        return np.clip(np.rint(whole), 0, 255).astype(np.uint8)

    def _put_back(self, frame: Rgb, flow: Floats, share: float) -> tuple[Rgb, Floats]:
        """Undo a share of the slip in a frame; also give the flow from there to the exact picture."""
        if not self._slip.any():
            return frame, flow
        own = look(self._slip, flow) * share
        there = own + look(flow, own)
        return moved(frame, own), there - look(self._slip, there)

    def _sure(self, luma: Bytes, flow: Floats) -> Floats:
        """From 0 to 1: how far each pixel still shows what the joint does, where the flow says."""
        apart = blurred(np.abs(luma - look(self._made, flow)), 2.0)
        return blurred(np.clip(1.5 - apart / CHANGED, 0, 1), 2.0)


def _beyond_doubt(slip: Floats) -> Floats:
    """Keep of a flow what a coder's softness alone does not explain."""
    smooth = blurred(slip, SLIP_SMOOTH)
    length = np.linalg.norm(smooth, axis=-1, keepdims=True)
    return np.asarray(smooth * np.clip((length - SLIP[0]) / (SLIP[1] - SLIP[0]), 0, 1), np.float32)


def _fade(distance: int, length: int) -> float:
    """Give a smooth way from 1 at the joint to 0."""
    return 0.5 + 0.5 * cos(pi * min(1.0, distance / length))
