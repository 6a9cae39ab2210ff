"""Lamps in the dark, and how they are drawn."""

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
import skimage.data

from renderer.scene.reading.lights.lamps import drawn, find_lamps
from renderer.scene.reading.sighting import Named, unseen

PHOTOGRAPHS = Path(skimage.data.__file__).parent
NOWHERE = np.zeros((200, 300), np.bool_)
NOTHING = unseen(200, 300)


def night(lamps, dark=18):
    """A dark street; each lamp as (x, y, radius, colour) glows."""
    image = np.full((200, 300, 3), dark, np.float32)
    y, x = np.mgrid[:200, :300]
    for left, top, radius, colour in lamps:
        away = np.hypot(x - left, y - top)
        image += np.exp(-np.maximum(away - radius, 0) / 9)[..., None] * np.array(colour) * 0.9
        image[away < radius] = 255
    return np.clip(image, 0, 255).astype(np.uint8)


def test_lamps_in_the_dark_are_found_with_their_colour():
    lamps = find_lamps(night([(70, 60, 7, (250, 150, 40)), (220, 90, 4, (60, 130, 250))]), NOWHERE, NOTHING)
    assert [(round(lamp.x, 1), round(lamp.y, 1)) for lamp in lamps] == [(0.2, 0.3), (0.7, 0.5)]
    assert lamps[0].size > lamps[1].size
    assert lamps[0].warmth > 0.3 > -0.3 > lamps[1].warmth


def test_a_white_thing_with_a_hard_edge_is_no_lamp():
    street = night([])
    cv2.circle(street, (80, 80), 8, (255, 255, 255), -1)
    assert find_lamps(street, NOWHERE, NOTHING) == ()


@pytest.mark.parametrize("name", ["astronaut.png", "coffee.png", "page.png", "chelsea.png"])
def test_by_day_bright_things_are_no_lamps(name):
    still = cv2.resize(cv2.imread(str(PHOTOGRAPHS / name)), (300, 200), interpolation=cv2.INTER_AREA)[..., ::-1]
    assert find_lamps(np.ascontiguousarray(still), NOWHERE, NOTHING) == ()


def test_in_half_light_lamps_are_found_where_one_is_named_or_told():
    dusk = night([(70, 60, 7, (120, 80, 20))], dark=110)
    named = replace(NOTHING, names=(Named(word="lamp", probability=0.8),))
    assert find_lamps(dusk, NOWHERE, NOTHING) == ()
    assert len(find_lamps(dusk, NOWHERE, named)) == len(find_lamps(dusk, NOWHERE, NOTHING, told=True)) == 1


def test_lamps_are_drawn_with_a_soft_rim():
    lamps = find_lamps(night([(70, 60, 7, (250, 150, 40))]), NOWHERE, NOTHING)
    mask = drawn(lamps, (200, 300))
    assert mask[60, 70] == 1
    assert 0 < mask[60, 70 + 20] < 1
    assert mask[60, 150] == 0
