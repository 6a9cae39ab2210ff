"""What of a frame the still does not explain, estimated from the pixels alone, as for a clip of any maker.

The parallax engine's report has the exact shares, from its own maps. These estimates follow optical flow from a frame
back to the still. They see what is larger than some 8 pixels at a short side of 360, and nothing where there is no
texture. Rain, mist and flowing water are not explained by the still either, and count as holes where they are thick.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from renderer.arrays import Bytes, Floats, Mask, blurred
from renderer.measures.motion import Flow, places

STRETCHED = 0.5  # one pixel of the still spread over more than two of the frame
LEAST_TEXTURE = 1.5  # grey levels a pixel: below this flow follows the encoder's noise
SEEN_MISMATCH = 12.0  # grey levels: less would not be noticed, and flat areas have no flow to speak of


@dataclass(frozen=True, slots=True, kw_only=True)
class Tears:
    """One frame against the still. Shares of the frame."""

    stretch: float
    hole: float
    travel: float  # how far the farthest-moved twentieth has come, as a share of the width


def tears(flow: Flow, still: Bytes, frame: Bytes) -> Tears:
    """Compare two shrunk lumas.

    Stretch: where the smaller singular value of the backward map's Jacobian is below a half. Hole: where the way to
    the still and back does not return (Sundaram et al. 2010) and the still looks different there, or where the way
    leads out of the still.
    """
    away = flow.between(frame, still)
    back = flow.between(still, frame)
    seen_x, seen_y = places(away)
    stretched = _stretched(*places(blurred(away, 1.5))) & (_texture(frame) > LEAST_TEXTURE)
    lost = _unreturned(away, back, seen_x, seen_y) & (_mismatch(still, frame, seen_x, seen_y) > SEEN_MISMATCH)
    length = np.linalg.norm(away, axis=-1)
    return Tears(
        stretch=float(stretched.mean()),
        hole=float((lost | _outside(seen_x, seen_y)).mean()),
        travel=float(np.percentile(length, 95)) / frame.shape[1],
    )


def _stretched(seen_x: Floats, seen_y: Floats) -> Mask:
    xx, xy = np.gradient(seen_x, axis=1), np.gradient(seen_x, axis=0)
    yx, yy = np.gradient(seen_y, axis=1), np.gradient(seen_y, axis=0)
    total = xx**2 + xy**2 + yx**2 + yy**2
    area = xx * yy - xy * yx
    smallest = (total - np.sqrt(np.maximum(total**2 - 4 * area**2, 0))) / 2
    return (np.sqrt(np.maximum(smallest, 0)) < STRETCHED) | (area < 0)


def _unreturned(away: Floats, back: Floats, seen_x: Floats, seen_y: Floats) -> Mask:
    returned = np.asarray(cv2.remap(back, seen_x, seen_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE))
    lengths = (away**2).sum(axis=-1) + (returned**2).sum(axis=-1)
    return ((away + returned) ** 2).sum(axis=-1) > 0.01 * lengths + 0.5


def _mismatch(still: Bytes, frame: Bytes, seen_x: Floats, seen_y: Floats) -> Floats:
    """Say how unlike the frame the still is, in grey levels over a small neighbourhood, whatever the light does."""
    found = np.asarray(cv2.remap(still, seen_x, seen_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE))
    apart = _detail(frame) - _detail(np.asarray(found, np.uint8))
    return blurred(np.abs(apart), 1.5)


def _texture(luma: Bytes) -> Floats:
    steep = cv2.magnitude(cv2.Sobel(luma, cv2.CV_32F, 1, 0), cv2.Sobel(luma, cv2.CV_32F, 0, 1)) / 8
    return blurred(np.asarray(steep, np.float32), 3)


def _detail(luma: Bytes) -> Floats:
    values = luma.astype(np.float32)
    return values - blurred(values, 12)


def _outside(seen_x: Floats, seen_y: Floats) -> Mask:
    """Tell what lies beyond the still's edge by more than flow can err there."""
    height, width = seen_x.shape
    slack = 1.5
    across = (seen_x < -slack) | (seen_x > width - 1 + slack)
    return across | (seen_y < -slack) | (seen_y > height - 1 + slack)
