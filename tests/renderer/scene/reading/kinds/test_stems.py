"""What is thin before the sky and grows out of plants is of the plants; masts and wires are not."""

import time

import cv2
import numpy as np
import pytest

from renderer.scene.reading.kinds.stems import find_stems
from tests.renderer.scene.reading.kinds.skies import HEIGHT, SKY, WIDTH, clear, noisy, painted

GREEN, STRAW, GREY, WHITE = (70, 120, 40), (190, 140, 70), (90, 90, 95), (240, 240, 245)


def line(start, end, width):
    drawn = np.zeros((HEIGHT, WIDTH), np.uint8)
    cv2.line(drawn, start, end, 1, width)
    return drawn > 0


def meadow(*things):
    """Draw a meadow of grass and straw below the sky, and things before the sky."""
    grass = np.where(np.arange(WIDTH)[None, :, None] // 6 % 3 == 0, np.array(STRAW), np.array(GREEN))
    picture = np.where(SKY[..., None], clear(), grass)
    for mask, colour in things:
        picture = painted(picture, mask & SKY, colour, soft=0.6)
    return noisy(picture)


REED = line((200, 165), (220, 60), 3)


@pytest.mark.parametrize("colour", [GREEN, STRAW])
def test_a_reed_before_the_sky_joins_its_meadow(colour):
    stems = find_stems(meadow((REED, colour)), ~SKY, SKY)
    assert (stems & REED).sum() > 0.8 * (REED & SKY).sum()
    assert not stems[~SKY].any()
    assert stems.sum() < 2.5 * REED.sum()


def test_a_reed_is_followed_to_its_tip_through_which_the_sky_shines():
    y = np.arange(HEIGHT)[:, None]
    firm, fine = REED & (y > 110), REED & (y <= 110)
    pale = 0.55 * np.array(STRAW) + 0.45 * np.array((120, 160, 212))
    stems = find_stems(meadow((firm, STRAW), (fine, pale)), ~SKY, SKY)
    assert (stems & fine).sum() > 0.7 * fine.sum()


def test_a_blade_that_leans_far():
    blade = line((120, 170), (220, 90), 3)
    stems = find_stems(meadow((blade, GREEN)), ~SKY, SKY)
    assert (stems & blade).sum() > 0.8 * (blade & SKY).sum()


def test_a_reed_behind_a_gap_of_haze():
    stems = find_stems(meadow((REED & (np.arange(HEIGHT)[:, None] < 155), STRAW)), ~SKY, SKY)
    assert (stems & REED).sum() > 0.7 * (REED & SKY).sum()


@pytest.mark.parametrize(
    "thing",
    [
        (line((100, 165), (100, 30), 3), GREY),
        (line((100, 165), (100, 30), 3), WHITE),
        (line((100, 165), (100, 30), 3), (200, 40, 60)),
        (line((0, 60), (399, 80), 2), (30, 30, 30)),
        (line((300, 60), (320, 20), 3), STRAW),
        (line((0, 140), (399, 120), 4), WHITE),
        (line((60, 160), (60, 40), 24), STRAW),
    ],
    ids=["mast", "flagpole", "red pole", "wire", "straw in the air", "streak of cloud", "a wide post"],
)
def test_what_is_no_stem(thing):
    stems = find_stems(meadow(thing), ~SKY, SKY)
    assert stems.sum() < 0.05 * thing[0].sum()


def test_a_mast_does_not_join_by_the_soft_edge_of_the_meadow():
    mast = line((100, 165), (100, 30), 3)
    picture = cv2.GaussianBlur(meadow((mast, GREY)), (0, 0), sigmaX=0.6, sigmaY=2)
    assert not (find_stems(picture, ~SKY, SKY) & mast)[:140].any()


def test_dry_reeds_before_a_sky_as_warm_as_they_are():
    brown = np.array((100, 60, 25))
    dusk = np.where(SKY[..., None], np.array((225, 180, 150)), brown)
    stems = find_stems(noisy(painted(dusk, REED & SKY, brown, soft=0.6)), ~SKY, SKY)
    assert (stems & REED).sum() > 0.8 * (REED & SKY).sum()


def test_the_edge_of_the_meadow_is_none():
    assert not find_stems(meadow(), ~SKY, SKY).any()


def test_ripples_that_mirror_the_bank_are_none():
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    ripples = (y > 100) & (y % 8 < 2) & ((x + 17 * (y // 10)) % 60 < 40)
    assert not find_stems(meadow((ripples, STRAW)), ~SKY, SKY)[:150].any()


def test_a_thicket_of_fine_upright_lines_is_left_alone():
    lines = np.zeros_like(SKY) | (np.arange(WIDTH) % 4 == 0)
    picture = meadow()
    picture[lines & SKY] = STRAW
    assert not find_stems(picture, ~SKY, SKY).any()


def test_so_many_are_a_net():
    net = [(line((x, 165), (x + 60, 0), 3), STRAW) for x in range(-60, 400, 8)]
    assert not find_stems(meadow(*net), ~SKY, SKY).any()


def test_nothing_grows_without_plants():
    assert not find_stems(meadow((REED, STRAW)), np.zeros_like(SKY), SKY).any()


@pytest.mark.parametrize("shape", [(360, 1440), (1440, 360), (8, 8), (1, 1)])
def test_hostile_stills_are_quick(shape):
    noise = np.random.default_rng(1).integers(0, 256, (*shape, 3), dtype=np.uint8)
    within = noise[..., 0] > 127
    started = time.process_time()
    for image in (noise, np.full_like(noise, 128)):
        assert not (find_stems(image, ~within, within) & ~within).any()
    assert time.process_time() - started < 1
