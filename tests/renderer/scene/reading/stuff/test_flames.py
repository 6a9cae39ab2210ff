"""Flames have a white-yellow heart in a warm rim, end in a point, and burn in the dark or were named."""

import cv2
import numpy as np
import pytest

from renderer.scene.reading.stuff.flames import find_flames
from tests.renderer.scene.reading.stuff.drawn import HEIGHT, WIDTH, ellipse, grainy, part, seen

NO_SKY = np.zeros((HEIGHT, WIDTH), np.bool_)


def drop(canvas, x, foot, high, wide, colour):
    """A drop that ends in a point above."""
    outline = [
        (x, foot - high),
        (x + wide, foot - high // 3),
        (x + wide // 2, foot),
        (x - wide // 2, foot),
        (x - wide, foot - high // 3),
    ]
    cv2.fillPoly(canvas, [np.array(outline, np.int32)], colour, cv2.LINE_AA)


def candle(around=(22, 16, 12), heart=(255, 248, 190)):
    image = np.full((HEIGHT, WIDTH, 3), around, np.uint8)
    image[130:190, 90:110] = (120, 90, 60)
    drop(image, 100, 128, 46, 12, (245, 140, 30))
    drop(image, 100, 124, 34, 8, (255, 205, 90))
    drop(image, 100, 122, 30, 7, heart)
    return grainy(cv2.GaussianBlur(image, (0, 0), 1), 2)


@pytest.mark.parametrize("heart", [(255, 248, 190), (255, 255, 255)])
def test_a_flame_in_the_dark_is_found_and_the_candle_is_not(heart):
    flames = find_flames(candle(heart=heart), seen(), NO_SKY)
    assert part(flames, 96, 100, 104, 122) > 0.8
    assert part(flames, 90, 140, 110, 190) < 0.05
    assert flames.mean() < 0.03


def test_by_day_a_flame_is_one_only_where_a_candle_was_named():
    day = candle(around=(110, 108, 100))
    assert not find_flames(day, seen(), NO_SKY).any()
    assert part(find_flames(day, seen("candle"), NO_SKY), 96, 100, 104, 122) > 0.8


def sunset():
    """Late, when the sky is as dark as a room with a candle in it."""
    down = np.linspace(0, 1, HEIGHT)[:, None, None]
    image = (1 - down) * np.array([30, 25, 50]) + down * np.array([120, 60, 25])
    image = np.broadcast_to(image, (HEIGHT, WIDTH, 3)).astype(np.uint8).copy()
    for radius, colour in ((16, (250, 140, 40)), (9, (255, 250, 200))):
        ellipse(image, 100, 145, radius, radius, colour)
    image[165:] = (12, 8, 8)
    return image


def lamp_shade():
    image = np.full((HEIGHT, WIDTH, 3), (30, 22, 18), np.uint8)
    outline = np.array([(85, 60), (115, 60), (130, 105), (70, 105)], np.int32)
    cv2.fillPoly(image, [outline], (250, 170, 70), cv2.LINE_AA)
    return image


def autumn():
    """Leaves in the sun before dark wood."""
    image = np.full((HEIGHT, WIDTH, 3), (35, 28, 20), np.uint8)
    rng = np.random.default_rng(4)
    for x, y in rng.integers(10, 190, (60, 2)):
        drop(image, int(x), int(y), 12, 5, (235, int(rng.integers(90, 160)), 30))
    return image


def lemon():
    """Yellow, with a white gloss."""
    image = np.full((HEIGHT, WIDTH, 3), (20, 18, 16), np.uint8)
    ellipse(image, 100, 100, 16, 24, (255, 240, 90))
    ellipse(image, 100, 104, 9, 12, (255, 255, 250))
    return image


def red_shirt():
    image = np.full((HEIGHT, WIDTH, 3), (25, 25, 30), np.uint8)
    ellipse(image, 100, 170, 50, 70, (225, 40, 30))
    return image


@pytest.mark.parametrize("draw", [sunset, lamp_shade, autumn, lemon, red_shirt])
@pytest.mark.parametrize("names", [(), ("candle",)])
def test_what_is_warm_and_bright_is_no_flame(draw, names):
    image = grainy(draw(), 2)
    sky = np.zeros_like(NO_SKY)
    sky[:165] = draw is sunset
    assert not find_flames(image, seen(*names), sky).any()


def test_a_round_lamp_is_no_flame_unless_named():
    image = np.full((HEIGHT, WIDTH, 3), (20, 16, 14), np.uint8)
    for radius, colour in ((16, (245, 150, 60)), (12, (255, 215, 120)), (8, (255, 250, 210))):
        ellipse(image, 100, 90, radius, radius, colour)
    assert not find_flames(grainy(image, 2), seen(), NO_SKY).any()
