"""Thin stems before sky and water."""

import cv2
import numpy as np

from renderer.scene.reading.kinds.stems import find_stems
from tests.renderer.scene.reading.kinds.pictures import view

STRAW, IRON = (170, 120, 40), (60, 62, 66)


def meadow(*, colour=STRAW, foot=120, count=6):
    """Blades that rise from a meadow before the sky, or stand in the air where their foot is above it."""
    image = view()
    for x in range(40, 40 + 32 * count, 32):
        cv2.line(image, (x, foot), (x + 9, 20), colour, 2, cv2.LINE_AA)
    plants = np.zeros((180, 270), np.bool_)
    plants[90:] = True
    return image, plants


def test_blades_before_the_sky_belong_to_their_meadow():
    image, plants = meadow()
    stems = find_stems(image, plants, ~plants)
    assert all(stems[row, 30:250].sum() >= 6 for row in range(30, 88, 8))
    assert stems.mean() < 0.05
    assert not (stems & plants).any()


def test_iron_is_no_stem():
    image, plants = meadow(colour=IRON)
    assert find_stems(image, plants, ~plants).mean() < 0.002


def test_what_hangs_in_the_air_is_no_stem():
    image, plants = meadow(foot=70)
    assert not find_stems(image, plants, ~plants).any()


def test_a_thicket_of_thin_things_is_left_alone():
    image, plants = meadow()
    image[:90, ::4] = STRAW
    assert not find_stems(image, plants, ~plants).any()


def test_without_plants_there_are_no_stems():
    image, plants = meadow()
    assert not find_stems(image, np.zeros_like(plants), ~plants).any()
