"""The colours of a thing, as a smooth histogram in Lab that says how likely each colour is on it."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from renderer.arrays import Floats

CELLS = (16, 24, 24)  # of L, a, b
NEAR = (1.0, 0.9, 0.9)  # cells over which a colour speaks for its neighbours
SPAN = ((0.0, 256.0), (68.0, 188.0), (68.0, 188.0))  # of L, a and b; what is beyond counts as on the rim


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    chances: Floats  # CELLS, sums to 1

    @staticmethod
    def of(
        lab: Floats,  # [h, w, 3] as OpenCV scales it, 0 to 255
        weights: Floats,  # [h, w]
    ) -> "Palette":
        """Learn the colours of what the weights are on."""
        cells = np.bincount(_cells(lab), weights.ravel(), minlength=int(np.prod(CELLS))).reshape(CELLS)
        smooth = cells.astype(np.float32)
        for axis, sigma in enumerate(NEAR):
            smooth = _smoothed(smooth, axis, sigma)
        return Palette(chances=(smooth / max(float(smooth.sum()), 1e-6)).astype(np.float32))

    def at(self, lab: Floats) -> Floats:  # [h, w]
        """Say how likely each colour is."""
        return self.chances.ravel()[_cells(lab)].reshape(lab.shape[:2])


def _cells(lab: Floats) -> NDArray[np.intp]:
    number = np.zeros(lab.shape[:2], np.intp)
    for axis, (count, (low, high)) in enumerate(zip(CELLS, SPAN, strict=True)):
        step = ((lab[..., axis] - low) * (count / (high - low))).astype(np.intp)
        number = number * count + np.clip(step, 0, count - 1)
    return number.ravel()


def _smoothed(cells: Floats, axis: int, sigma: float) -> Floats:
    turned = np.moveaxis(cells, axis, 0)
    rows = np.ascontiguousarray(turned.reshape(turned.shape[0], -1))
    smooth = cv2.GaussianBlur(rows, (1, 7), sigmaX=0.1, sigmaY=sigma, borderType=cv2.BORDER_REPLICATE)
    return np.moveaxis(np.asarray(smooth, np.float32).reshape(turned.shape), 0, axis)
