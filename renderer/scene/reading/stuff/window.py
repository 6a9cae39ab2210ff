"""The part of a picture around a head, brought to one size, and where on that head each of its places is."""

from dataclasses import dataclass

import cv2
import numpy as np

from renderer.arrays import Floats
from renderer.scene.reading.sighting import Face

ASIDE = 1.7  # face widths to each side of the face's middle
ABOVE, BELOW = 1.4, 2.4  # face heights from its middle
FINEST = 30  # pixels that a face is wide at most: a close-up costs no more than a portrait


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A box of the picture, and each of its places in widths and heights of the face from the face's middle."""

    top: int
    left: int
    bottom: int
    right: int
    face: Face
    shape: tuple[int, int]  # of the whole picture
    across: Floats  # [n, m], face widths to either side
    down: Floats  # [n, m], face heights, below 0 above the middle

    @property
    def oval(self) -> Floats:  # [n, m]
        """1 on the rim of the face, 0 in its middle."""
        return np.hypot(2 * self.across, 1.9 * self.down).astype(np.float32)

    def oval_of(self, face: Face) -> Floats:
        """The same for another's face."""
        y, x = self._places()
        wide, high = face.width / 2, face.height / 1.9
        return np.hypot((x - face.x - face.width / 2) / wide, (y - face.y - face.height / 2) / high).astype(np.float32)

    def cut(self, picture: Floats) -> Floats:
        """Cut the box out of a picture, at the window's own size."""
        part = np.ascontiguousarray(picture[self.top : self.bottom, self.left : self.right])
        rows, columns = self.across.shape
        return np.asarray(cv2.resize(part, (columns, rows), interpolation=cv2.INTER_AREA), np.float32)

    def paste(self, found: Floats, whole: Floats) -> None:
        """Put a mask of the window into that of the picture, where it is more than what is there."""
        part = whole[self.top : self.bottom, self.left : self.right]
        rows, columns = part.shape
        np.maximum(part, cv2.resize(found, (columns, rows), interpolation=cv2.INTER_LINEAR), out=part)

    def _places(self) -> tuple[Floats, Floats]:
        """Give the places' shares of the whole picture."""
        rows, columns = self.across.shape
        y = (self.top + (np.arange(rows, dtype=np.float32) + 0.5) / rows * (self.bottom - self.top)) / self.shape[0]
        x = (self.left + (np.arange(columns, dtype=np.float32) + 0.5) / columns * (self.right - self.left)) / (
            self.shape[1]
        )
        return y[:, None], x[None]


def head_of(face: Face, shape: tuple[int, int]) -> Window:
    """Give the window around a face."""
    height, width = shape
    y, x = face.y + face.height / 2, face.x + face.width / 2
    top, bottom = _within(y - ABOVE * face.height, y + BELOW * face.height, height)
    left, right = _within(x - ASIDE * face.width, x + ASIDE * face.width, width)
    shrink = min(1.0, FINEST / max(face.width * width, 0.7 * face.height * height, 1))
    rows, columns = (max(1, round(shrink * side)) for side in (bottom - top, right - left))
    down = ((top + (np.arange(rows) + 0.5) / rows * (bottom - top)) / height - y) / face.height
    across = np.abs((left + (np.arange(columns) + 0.5) / columns * (right - left)) / width - x) / face.width
    grid = np.zeros((rows, columns), np.float32)
    return Window(
        top=top,
        left=left,
        bottom=bottom,
        right=right,
        face=face,
        shape=shape,
        across=(grid + across[None]).astype(np.float32),
        down=(grid + down[:, None]).astype(np.float32),
    )


def _within(low: float, high: float, side: int) -> tuple[int, int]:
    """Give the pixels between two shares of a side, at least one."""
    first = min(max(0, int(low * side)), side - 1)
    return first, max(first + 1, min(side, int(np.ceil(high * side))))
