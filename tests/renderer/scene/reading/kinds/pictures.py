"""Small pictures whose kinds are known, and what a head that knows them would say."""

import cv2
import numpy as np

from renderer.scene.reading.kinds.kinds import KINDS


def grained(height, width, colour, seed=1, strength=6.0):
    """A surface of one colour with grain."""
    grain = np.random.default_rng(seed).normal(0, strength, (height, width, 1))
    return np.array(colour, np.float32) + cv2.GaussianBlur(grain.astype(np.float32), (0, 0), 0.8)[..., None] * 2


def view(height=180, width=270, *, low=(70, 110, 50)):
    """A smooth blue sky that grows paler downwards, over ground of one colour."""
    image = np.empty((height, width, 3), np.float32)
    rows = np.linspace(0, 1, height // 2)[:, None, None]
    image[: height // 2] = np.array([90, 140, 225]) * (1 - rows) + np.array([150, 185, 235]) * rows
    image[height // 2 :] = grained(height - height // 2, width, low)
    return np.clip(image, 0, 255).astype(np.uint8)


def said(rows, columns, **places):
    """Chances as a head gives them: each kind is likely within its rows, given as shares from and to."""
    chances = np.full((rows, columns, len(KINDS)), 0.002, np.float32)
    chances[..., 0] = 0.2
    for kind, (top, foot) in places.items():
        chances[round(top * rows) : round(foot * rows), :, KINDS.index(kind)] = 0.8
    return chances / chances.sum(axis=-1, keepdims=True)
