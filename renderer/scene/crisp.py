"""Undo the blur of reading between pixels.

A linear read at a place between two pixels is their mean, weighted: over all places it blurs, on average, like a
Gaussian with a variance of 1/6 pixel along each axis, which to first order adds 1/12 of the Laplacian. A picture with
that taken away beforehand comes out of the read as sharp as it was. The still's own pose reads no place between
pixels and must give the still, so the crisp picture comes in as the camera leaves it.
"""

import cv2
import numpy as np

from renderer.arrays import Floats
from renderer.scene.motion.camera import WHOLE, Pose
from renderer.scene.motion.pacing import smooth

UNBLURRED = np.array([[0, -1, 0], [-1, 16, -1], [0, -1, 0]], np.float32) / 12
WHOLLY = 1.5  # pixels of the camera's way, from which on only the crisp picture is read


def crisp(colour: Floats) -> Floats:  # both [H, W, 4], premultiplied; RGB to 255, alpha to 1
    """Sharpen by as much as reading will blur. What is clear stays clear, and what is solid solid."""
    sharper = cv2.filter2D(colour, cv2.CV_32F, UNBLURRED, borderType=cv2.BORDER_REPLICATE)
    return np.clip(sharper, 0, np.array([255, 255, 255, 1], np.float32), out=np.asarray(sharper, np.float32))


def crisp_share(pose: Pose, half: float) -> float:
    """Say how much of the crisp picture is to be read, 0 to 1. `half` is half the short side in pixels."""
    way = abs(pose.scale - WHOLE.scale) + abs(pose.dolly) + abs(pose.roll)
    aside = np.hypot(pose.shift_x, pose.shift_y) + np.hypot(pose.slide_x, pose.slide_y)
    return smooth(half * float(way / 2 + aside) / WHOLLY)
