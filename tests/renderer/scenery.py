"""Drawn scenery for the parallax tests: an upright red post on textured ground under a blue sky."""

import cv2
import numpy as np

from renderer.job import Anchor, Beat, Shot

STILL = "a" * 64


def landscape(height=240, width=360, *, post=True, seed=3):
    """Sky above the middle, grass below, and a post that stands out."""
    rng = np.random.default_rng(seed)
    grain = cv2.GaussianBlur(rng.normal(0, 1, (height, width)), (0, 0), 1.2) * 40
    image = np.empty((height, width, 3))
    image[:] = (70, 110, 50)
    image += grain[..., None]
    horizon = height // 2
    rows = np.linspace(0, 1, horizon)[:, None, None]
    image[:horizon] = np.array([120, 165, 235]) * (1 - rows) + np.array([190, 210, 240]) * rows
    if post:
        x, top, foot = width // 2, height // 4, int(height * 0.85)
        cv2.rectangle(image, (x - width // 12, top), (x + width // 12, foot), (200, 40, 30), -1)
        image[top:foot, x - width // 12 : x + width // 12] += (
            0.4 * grain[top:foot, x - width // 12 : x + width // 12, None]
        )
    return np.clip(image, 0, 255).astype(np.uint8)


def texture(height=120, width=160, seed=5):
    """Coloured detail everywhere, for warps."""
    noise = np.random.default_rng(seed).uniform(0, 255, (height, width, 3))
    return np.clip(cv2.GaussianBlur(noise, (0, 0), 1.5) * 2 - 128, 0, 255).astype(np.uint8)


def beat(mood="", *, seed=7, seconds=2.0, anchor=Anchor.FIRST, words=(), nudges=()):
    return Beat(mood=mood, seed=seed, seconds=seconds, anchor=anchor, words=tuple(words), nudges=tuple(nudges))


def shot(*line, size=120, loop=False, still=STILL):
    return Shot(still=still, line=line, size=size, loop=loop)
