"""Still water mirrors the shapes beyond its shore; rippled water, and what is no water, mirrors nothing."""

import cv2
import numpy as np

from renderer.arrays import blurred
from renderer.scene.reading.stuff.reflections import find_reflections
from tests.renderer.scene.reading.stuff.drawn import HEIGHT, WIDTH, grainy, part

SHORE = 100
WATER = np.zeros((HEIGHT, WIDTH), np.float32)
WATER[SHORE:] = 1


def skyline(seed=3):
    """Houses of many heights before a pale sky."""
    rng = np.random.default_rng(seed)
    image = np.full((SHORE, WIDTH, 3), (190, 200, 215), np.uint8)
    for x in range(0, WIDTH, 12):
        image[int(rng.integers(35, 85)) :, x : x + 12] = rng.integers(40, 130)
    return image


def lake(below):
    return grainy(np.vstack([skyline(), below]), 3)


def mirrored():
    return cv2.GaussianBlur((0.8 * skyline()[::-1]).astype(np.uint8), (0, 0), 1.2)


def test_a_mirrored_skyline_is_found_below_the_shore_only():
    found = find_reflections(lake(mirrored()), WATER)
    assert part(found, 20, 105, 180, 150) > 0.7
    assert not found[: SHORE - 1].any()


def test_only_the_columns_that_mirror_are_claimed():
    below = mirrored()
    waves = 20 * np.sin(np.arange(SHORE) / 3)[:, None, None] + 110
    below[:, WIDTH // 2 :] = waves
    found = find_reflections(lake(below), WATER)
    assert part(found, 15, 105, 85, 145) > 0.6
    assert part(found, 120, 105, 190, 145) < 0.15


def test_other_shapes_and_plain_water_mirror_nothing():
    other = blurred(np.random.default_rng(8).normal(0, 1, (SHORE, WIDTH)), 6)
    rough = np.clip(120 + 300 * other[..., None] * np.ones(3), 0, 255).astype(np.uint8)
    for below in (rough, np.full((SHORE, WIDTH, 3), (120, 140, 160), np.uint8)):
        assert find_reflections(lake(below), WATER).mean() < 0.06


def test_without_water_there_are_none():
    image = lake(mirrored())
    assert not find_reflections(image, np.zeros_like(WATER)).any()
    assert not find_reflections(image, np.ones_like(WATER)).any()  # no shore in view
