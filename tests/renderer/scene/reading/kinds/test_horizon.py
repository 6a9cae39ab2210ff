"""A sea that was taken for sky is water; banks of clouds, snow, sand and hills are left as they are."""

import time

import cv2
import numpy as np
import pytest

from renderer.scene.reading.kinds.horizon import part_sea
from tests.renderer.scene.reading.kinds.skies import HEIGHT, WIDTH, blended, clear, dusk, noisy, painted

Y, X = np.mgrid[:HEIGHT, :WIDTH]
TAKEN = Y < 200  # for sky; below it is a beach
LINE = 110.0
SEA = (60, 120, 160)


def parted(picture, sky=TAKEN):
    return part_sea(noisy(np.where(TAKEN[..., None], picture, np.array((180, 160, 120)))), sky)


def likeness(found, drawn):
    return (found & drawn).sum() / (found | drawn).sum()


@pytest.mark.parametrize(
    ("picture", "sea", "soft"),
    [
        (clear(), SEA, 1.0),
        (clear(), SEA, 4.0),
        (dusk(), (120, 90, 110), 1.0),
        (blended((150, 150, 150), (190, 190, 190)), (135, 140, 140), 1.0),
    ],
    ids=["in the sun", "out of focus", "at dusk", "in the rain"],
)
@pytest.mark.parametrize("tilt", [-0.02, 0, 0.02])
def test_a_sea_below_a_level_line_is_water(picture, sea, soft, tilt):
    below = LINE + tilt * (X - WIDTH / 2) < Y
    sky, found = parted(painted(picture, below, sea, soft))
    assert likeness(found, below & TAKEN) > 0.95
    assert not (sky & found).any()
    assert ((sky | found) == TAKEN).all()


def test_a_sea_behind_stalks_and_a_tower():
    picture = painted(clear(), LINE < Y, SEA, 1.0)
    tower = (abs(X - 210) < 30) & (Y > 60)
    stalks = ((X - 0.3 * Y) % 40 < 3) & (Y > 80)
    sky, found = parted(painted(picture, tower | stalks, (90, 70, 40)), TAKEN & ~tower)
    assert likeness(found, (LINE < Y) & TAKEN & ~tower) > 0.93
    assert not sky[int(LINE) + 4 :].any()


def test_a_sea_of_which_a_part_was_seen_as_such():
    sky, found = parted(painted(clear(), LINE < Y, SEA, 1.0), TAKEN & ~((LINE < Y) & (X < 200)))
    assert not sky[int(LINE) + 3 :].any()
    assert found.any()


def wandering(reach):
    line = cv2.GaussianBlur(np.random.default_rng(5).normal(0, 1, (1, WIDTH)), (0, 0), 9)
    return LINE + reach * line / line.std() < Y


def hills():
    return 130 - 30 * np.sin(X / 45.0) < Y


@pytest.mark.parametrize(
    "picture",
    [
        clear(),
        dusk(),
        painted(clear(), wandering(4), (150, 150, 165), 1.5),
        painted(clear(), wandering(2.5), (60, 90, 150), 4.0),
        painted(clear(), (LINE < Y) & (Y < LINE + 30), (120, 130, 150), 3.0),
        painted(clear(), (LINE < Y) & (Y < LINE + 8), (60, 80, 120), 1.0),
        painted(clear(), hills(), (110, 130, 160), 1.0),
        painted(clear(), LINE < Y, (240, 242, 248), 1.0),
        painted(clear(), LINE < Y, (190, 150, 90), 1.0),
        painted(clear(), (LINE < Y) & (X < 220), (90, 90, 100), 1.0),
        painted(clear(), abs(Y - LINE) < 2, (40, 40, 40)),
        painted(clear(), LINE + 0.12 * (X - WIDTH / 2) < Y, SEA, 1.0),
    ],
    ids=[
        *("clear", "dusk", "bank", "a smooth bank", "band", "a thin band", "hills", "snow", "sand"),
        *("a roof to the middle", "a wire", "a slope"),
    ],
)
def test_no_sea(picture):
    sky, sea = parted(picture)
    assert not sea.any()
    assert (sky == TAKEN).all()


def test_a_line_between_two_towers_is_no_horizon():
    gap = TAKEN & (abs(X - 200) < 100)
    assert not parted(painted(clear(), LINE < Y, SEA, 1.0), gap)[1].any()


def test_a_sea_as_light_as_the_sky_is_bluer():
    _, sea = parted(painted(blended((215, 170, 140), (215, 170, 140)), LINE < Y, (150, 185, 205), 1.0))
    assert likeness(sea, (LINE < Y) & TAKEN) > 0.95


def test_a_sky_that_ends_at_the_sea_is_left():
    sky, sea = parted(painted(clear(), LINE < Y, SEA, 1.0), LINE > Y)
    assert not sea.any()
    assert (sky == (LINE > Y)).all()


@pytest.mark.parametrize("shape", [(360, 1440), (1440, 360), (61, 70), (8, 8), (3, 400), (1, 1)])
def test_hostile_skies_are_quick(shape):
    noise = np.random.default_rng(1).integers(0, 256, (*shape, 3), dtype=np.uint8)
    started = time.process_time()
    for image in (noise, np.full_like(noise, 128)):
        for sky in (np.ones(shape, np.bool_), noise[..., 0] > 127, np.zeros(shape, np.bool_)):
            assert not part_sea(image, sky)[1].any()
    assert time.process_time() - started < 1.5
