"""Vapour is a soft grey plume over what steams; a wall, a cup without steam and mist are none."""

import numpy as np
import pytest

from renderer.arrays import blurred
from renderer.scene.reading.stuff.vapour import find_vapour
from tests.renderer.scene.reading.stuff.drawn import HEIGHT, WIDTH, ellipse, grainy, part, seen

NO_SKY = np.zeros((HEIGHT, WIDTH), np.bool_)
DARK, BRIGHT = (48, 40, 36), (215, 212, 205)


def on_the_cup():
    attention = np.zeros((HEIGHT, WIDTH), np.float32)
    attention[120:190, 60:140] = 1
    return attention


def steaming(behind=DARK, strength=0.4):
    """A cup with a plume that widens and thins as it rises."""
    image = np.full((HEIGHT, WIDTH, 3), behind, np.float32)
    plume = np.zeros((HEIGHT, WIDTH), np.float32)
    for y in range(30, 140):
        up = (140 - y) / 110
        middle = 100 + 8 * np.sin(y / 14)
        spread = 5 + 8 * up
        plume[y] = (1 - 0.7 * up) * np.exp(-((np.arange(WIDTH) - middle) ** 2) / (2 * spread**2))
    image += strength * blurred(plume, 2)[..., None] * (225 - image)
    ellipse(image, 100, 160, 34, 24, (190, 185, 180))
    return grainy(image, 1.5)


def test_a_plume_over_a_cup_is_found():
    vapour = find_vapour(steaming(), seen("coffee", attention=on_the_cup()), NO_SKY)
    assert part(vapour, 92, 85, 108, 125) > 0.5
    assert part(vapour, 10, 20, 60, 180) == 0
    assert part(vapour, 80, 155, 120, 180) < 0.1  # the cup itself


@pytest.mark.parametrize("names", [(), ("mountains",), ("lamp",)])
def test_what_nobody_named_is_no_steam(names):
    assert not find_vapour(steaming(), seen(*names, attention=on_the_cup()), NO_SKY).any()


def white_wall():
    image = np.full((HEIGHT, WIDTH, 3), DARK, np.uint8)
    image[:, 70:130] = (220, 218, 214)
    ellipse(image, 100, 160, 34, 24, (190, 185, 180))
    return image


def white_post():
    image = np.full((HEIGHT, WIDTH, 3), DARK, np.uint8)
    image[20:140, 90:110] = (120, 118, 114)
    ellipse(image, 100, 160, 34, 24, (190, 185, 180))
    return image


def lit_wall():
    """A wall with the soft light of a window on it."""
    across = np.abs(np.linspace(-1, 1, WIDTH))[None, :, None]
    image = np.broadcast_to(200 - 60 * across, (HEIGHT, WIDTH, 3)).astype(np.uint8).copy()
    ellipse(image, 100, 160, 34, 24, (90, 60, 40))
    return image


@pytest.mark.parametrize(
    "draw", [white_wall, white_post, lit_wall, lambda: steaming(strength=0), lambda: steaming(behind=BRIGHT)]
)
def test_walls_and_cups_without_steam_have_none(draw):
    image = grainy(draw(), 1.5)
    assert not find_vapour(image, seen("coffee", attention=on_the_cup()), NO_SKY).any()


def test_the_sky_is_none():
    assert not find_vapour(steaming(), seen("coffee", attention=on_the_cup()), ~NO_SKY).any()
