"""Drawn scenery for the parallax tests: an upright red post on textured ground under a blue sky."""

from dataclasses import fields, replace

import cv2
import numpy as np

from renderer.contract.direction import Reading
from renderer.contract.shot import Anchor, Beat, Shot
from renderer.scene.air.weather import Air
from renderer.scene.layers import Layer
from renderer.scene.motion.matter import Matter

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


def disc(height=120, width=160, radius=0.45):
    """1 in a soft-edged disc in the middle, 0 around it. [H, W]"""
    y, x = np.mgrid[0:height, 0:width]
    away = np.hypot(y - (height - 1) / 2, x - (width - 1) / 2)
    return np.clip(radius * height / 2 - away + 0.5, 0, 1).astype(np.float32)


def layers(height=120, width=160):
    """Three and their still: a back far off, a ground that comes closer below, a disc in front. One over the other they
    are the still exactly, since each holds what the one behind it does not explain."""
    still = texture(height, width)
    rows = np.linspace(0, 1, height, dtype=np.float32)[:, None] * np.ones((1, width), np.float32)
    plate, cut = still.astype(np.float32), []
    for seed, alpha, offset in (
        (12, disc(height, width), 0.4),
        (11, np.clip((rows - 0.5) * height, 0, 1), 0.5 * rows - 0.2),
    ):
        hidden = cv2.dilate(alpha, np.ones((5, 5), np.uint8))[..., None] > 0
        behind = np.where(hidden, texture(height, width, seed), plate).astype(np.float32)
        cut.append(layer(plate - (1 - alpha[..., None]) * behind, alpha, offset))
        plate = behind
    return (layer(plate, np.ones_like(rows), -0.5), *reversed(cut)), still


def layer(colour, alpha, offset):
    """A layer by hand from its premultiplied colour; its offset is made small."""
    colour = np.concatenate([colour, alpha[..., None]], axis=-1).astype(np.float32)
    height, width = alpha.shape
    whole = np.broadcast_to(np.asarray(offset, np.float32), alpha.shape)
    small = np.ascontiguousarray(cv2.resize(whole, (max(2, width // 2), max(2, height // 2))))
    return Layer(colour=colour, offset=small, level=float(small.mean()))


def matter(height=90, width=120, **masks):
    """All that is not named is nowhere. Masks are given as functions of x and y in [0, 1]."""
    y, x = np.mgrid[0 : 1 : height * 1j, 0 : 1 : width * 1j]
    nothing = np.zeros((height, width), np.float32)
    found = Matter(**{field.name: nothing for field in fields(Matter)})
    return replace(found, **{name: np.asarray(mask(x, y), np.float32) for name, mask in masks.items()})


def clear_air(parts):
    height, width = parts[0].colour.shape[:2]
    return Air(tuple(part.level for part in parts), height, width, 1)


READING = Reading(brightness=0.5, warmth=0.0, palette=("#808080",), horizon=0.4, confidence=1.0)


def beat(mood="", *, seed=7, seconds=2.0, anchor=Anchor.FIRST, words=(), nudges=()):
    return Beat(mood=mood, seed=seed, seconds=seconds, anchor=anchor, words=tuple(words), nudges=tuple(nudges))


def shot(*line, size=120, loop=False, still=STILL):
    return Shot(still=still, line=line, size=size, loop=loop)
