"""How a clip moves from frame to frame: optical flow (DIS, Kroeger et al. 2016), and the camera's part in it.

Flow is read at a short side of 360. What is faster than some 10 pixels a frame there, thinner than 8, or without any
texture is read poorly.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from renderer.arrays import Bytes, Floats

FLOW_SIDE = 360
BLOCK = 16  # pixels at that size over which the camera's motion is gathered
TEXTURE = 4.0  # grey levels a pixel: below this slope a block says less and less about motion


def shrunk(luma: Bytes, side: int = FLOW_SIDE) -> tuple[Bytes, float]:
    """Shrink to the size at which flow is read; also give the scale."""
    scale = min(1.0, side / min(luma.shape))
    small = cv2.resize(luma, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8), scale


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What happened between two frames. Lengths in pixels of the clip."""

    motion: float  # mean length
    motion_top: float  # of the fastest twentieth of the picture
    unexplained: float  # grey levels that following the motion leaves over
    blocks: Floats  # [h, w, 2] mean motion of each
    texture: Floats  # [h, w, 2] how far each is to be trusted, across and down, 0 to 1


class Flow:
    """Reads motion; holds the buffers of one size."""

    def __init__(self, preset: int = cv2.DISOPTICAL_FLOW_PRESET_MEDIUM) -> None:
        self._dis = cv2.DISOpticalFlow.create(preset)

    def between(self, one: Bytes, other: Bytes, guess: Floats | None = None) -> Floats:
        """Give [H, W, 2]: for each pixel of `one`, how far away `other` shows the same; looked for around a guess."""
        start = np.zeros((*one.shape, 2), np.float32) if guess is None else guess.copy()
        return np.asarray(self._dis.calc(one, other, start), np.float32)

    def step(self, before: Bytes, now: Bytes, scale: float) -> Step:
        """Measure the step between two shrunk frames."""
        flow = self.between(before, now)
        length = np.linalg.norm(flow, axis=-1) / scale
        fast = length[length >= np.percentile(length, 95)]
        size = (max(2, before.shape[1] // BLOCK), max(2, before.shape[0] // BLOCK))
        return Step(
            motion=float(length.mean()),
            motion_top=float(fast.mean()),
            unexplained=_unexplained(before, now, flow),
            blocks=np.asarray(cv2.resize(flow, size, interpolation=cv2.INTER_AREA) / scale, np.float32),
            texture=_texture(before, size),
        )


def camera_shake(steps: list[Step]) -> float:
    """Give the mean length of the camera's change of motion, in pixels a frame squared.

    How each block's motion changes from one step to the next is fitted by one similarity for the whole frame (shift,
    zoom and roll), which heeds a block the less the more it strays: rain, ripples and leaves change their motion each
    in their own way, and what the frame does as a whole is left. Where more than half of it moves alike by itself, it
    counts as camera.
    """
    if len(steps) < 2:
        return 0.0
    changes = np.diff(np.stack([step.blocks for step in steps]), axis=0)
    texture = np.mean([step.texture for step in steps], axis=0)
    basis = _similarity(*texture.shape[:2])
    flat = changes.reshape(len(changes), -1)  # x and y of each block, in turn
    fitted = _fit(basis, flat, texture.ravel()) @ basis.T
    return float(np.linalg.norm(fitted.reshape(len(flat), -1, 2), axis=-1).mean())


def _similarity(height: int, width: int) -> NDArray[np.float64]:
    """Give [2 h w, 4]: what a shift right, a shift down, a zoom and a roll do to each block's x and y."""
    y, x = np.mgrid[-1 : 1 : height * 1j, -width / height : width / height : width * 1j]
    one, none = np.ones(x.size), np.zeros(x.size)
    across = np.stack([one, none, x.ravel(), -y.ravel()], axis=-1)
    down = np.stack([none, one, y.ravel(), x.ravel()], axis=-1)
    return np.stack([across, down], axis=1).reshape(-1, 4)


def _fit(basis: NDArray[np.float64], values: Floats, trust: Floats, rounds: int = 10) -> NDArray[np.float64]:
    """Fit each row of `values`, from their median on: least squares weighted anew each round by Cauchy's function."""
    found = np.zeros((len(values), basis.shape[1]))
    found[:, 0], found[:, 1] = np.median(values[:, 0::2], axis=1), np.median(values[:, 1::2], axis=1)
    sure = trust >= np.median(trust)
    for _ in range(rounds):
        apart = np.abs(values - found @ basis.T)
        usual = np.maximum(1.5 * np.median(apart[:, sure], axis=1, keepdims=True), 0.02)
        weights = (trust + 1e-3) / (1 + (apart / usual) ** 2)
        normal: NDArray[np.float64] = np.einsum("ni,tn,nj->tij", basis, weights, basis, optimize=True)
        sums: NDArray[np.float64] = np.einsum("ni,tn->ti", basis, weights * values)
        found = np.asarray(np.linalg.solve(normal, sums[..., None]), np.float64)[..., 0]
    return found


def _texture(luma: Bytes, size: tuple[int, int]) -> Floats:
    """Say how far motion can be read in each block: as the square of the slope along it, for a wall tells no height."""
    slopes = (cv2.Sobel(luma, cv2.CV_32F, 1, 0) / 8, cv2.Sobel(luma, cv2.CV_32F, 0, 1) / 8)
    power = [cv2.resize(slope * slope, size, interpolation=cv2.INTER_AREA) for slope in slopes]
    return np.minimum(np.stack(power, axis=-1).astype(np.float32) / TEXTURE**2, 1)


def _unexplained(before: Bytes, now: Bytes, flow: Floats) -> float:
    """Follow the motion back from now and see what differs, away from the rim."""
    height, width = now.shape
    back = cv2.remap(now, *places(flow), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    inner = np.s_[height // 20 : -height // 20, width // 20 : -width // 20]
    return float(np.mean(cv2.absdiff(np.asarray(back), before)[inner]))


def places(flow: Floats) -> tuple[Floats, Floats]:
    """Give the x and y where each pixel's motion leads."""
    height, width = flow.shape[:2]
    across, down = np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32)[:, None]
    return flow[..., 0] + across, flow[..., 1] + down
