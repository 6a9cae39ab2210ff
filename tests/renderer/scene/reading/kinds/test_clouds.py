"""Clouds are found in a sky; what is no cloud must not drift."""

import time

import cv2
import numpy as np
import pytest

from renderer.scene.reading.kinds.clouds import find_clouds
from tests.renderer.scene.reading.kinds.skies import (
    HEIGHT,
    SKY,
    WIDTH,
    blended,
    clear,
    cumulus,
    dusk,
    over_ground,
    overcast,
    painted,
)


def found_in(picture, sky=SKY):
    return find_clouds(over_ground(picture), sky)


def likeness(found, drawn):
    return (found & drawn).sum() / (found | drawn).sum()


@pytest.mark.parametrize("x", [60, 200, 350])
def test_a_cumulus_in_the_blue(x):
    cloud = cumulus(x)
    found = found_in(painted(clear(), cloud, (248, 248, 250), soft=1.5)) > 0.5
    assert likeness(found, cloud) > 0.75


def test_white_clouds_in_a_haze_that_pales_the_blue_more_than_they_do():
    cloud = cumulus(120, 60)
    hazy = blended((40, 90, 190), (215, 225, 235))
    found = found_in(painted(hazy, cloud, (235, 238, 242), soft=1.5)) > 0.5
    assert likeness(found, cloud) > 0.7


def test_clouds_over_most_of_the_blue_are_not_taken_for_the_sky():
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    bank = SKY & (x > 130 + 12 * np.sin(y / 9))
    found = found_in(painted(clear(), bank, (238, 240, 244), soft=1.5)) > 0.5
    assert likeness(found, bank) > 0.85


def test_an_overcast_sky_is_one_cloud_with_its_calm_places():
    calm = np.arange(HEIGHT)[:, None, None] > 110
    assert (found_in(np.where(calm, 170, overcast())) > 0.5)[SKY].mean() > 0.95


def banded():
    """Level bands of haze, which nobody would see drift."""
    return clear() + 6 * np.sin(np.arange(HEIGHT) / 6)[:, None, None]


def hill():
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    return y > 95 + 50 * ((x - 250) / 140.0) ** 2


@pytest.mark.parametrize(
    "picture",
    [
        clear(),
        dusk(),
        blended((128, 128, 128), (225, 225, 225)),
        np.full((HEIGHT, WIDTH, 3), 255.0),
        banded(),
        painted(clear(), hill(), (96, 104, 118), soft=0.6),
    ],
    ids=["clear", "dusk", "grey, clear", "white", "bands of haze", "a hill in the haze"],
)
def test_no_cloud(picture):
    assert found_in(picture).mean() < 0.005


def mast(x=200):
    lines = np.zeros((HEIGHT, WIDTH), np.uint8)
    cv2.line(lines, (x, 20), (x, 160), 1, 3)
    cv2.line(lines, (x, 30), (x - 70, 160), 1, 1)
    return lines > 0


def test_a_mast_is_no_cloud():
    assert found_in(painted(clear(), mast(), (60, 55, 50))).mean() < 0.005


def test_a_mast_before_a_cloud_does_not_drift_along():
    cloud = cumulus()
    found = found_in(painted(painted(clear(), cloud, (248, 248, 250), soft=1.5), mast(), (60, 55, 50)))
    assert found[mast()].max() < 0.2
    assert found[cloud].mean() > 0.4


def test_nothing_drifts_outside_the_sky():
    sky = SKY & (np.arange(WIDTH) > 200)
    found = found_in(painted(clear(), cumulus(), (248, 248, 250), soft=1.5), sky)
    assert found[~sky].max() == 0
    assert found.max() > 0.5


@pytest.mark.parametrize("shape", [(360, 1440), (1440, 360), (360, 640), (8, 8), (3, 40), (1, 1)])
def test_hostile_skies_are_quick(shape):
    still = np.random.default_rng(1).integers(0, 256, (*shape, 3), dtype=np.uint8)
    started = time.process_time()
    for image in (still, np.full_like(still, 128)):
        for sky in (np.ones(shape, np.bool_), still[..., 0] > 127, np.zeros(shape, np.bool_)):
            found = find_clouds(image, sky)
            assert found.shape == shape
            assert found.dtype == np.float32
    assert time.process_time() - started < 2
