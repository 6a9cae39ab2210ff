"""Clouds in a sky that is known."""

import cv2
import numpy as np
import pytest

from renderer.scene.reading.kinds.clouds import find_clouds
from tests.renderer.scene.reading.kinds.pictures import view

SKY = np.arange(180)[:, None] + np.zeros((1, 270)) < 90


def clouded(spread=2.0, colour=(250, 250, 250)):
    image = view().astype(np.float32)
    share = np.zeros((180, 270), np.float32)
    for x, y, wide, high in ((70, 40, 40, 12), (95, 32, 22, 12), (50, 34, 20, 9)):
        cv2.ellipse(share, (x, y), (wide, high), 0, 0, 360, 1, -1)
    share = cv2.GaussianBlur(share, (0, 0), spread)[..., None] * 0.9
    return np.clip(image * (1 - share) + np.array(colour) * share, 0, 255).astype(np.uint8)


def test_a_white_cloud_in_the_blue_is_found_where_it_is():
    clouds = find_clouds(clouded(), SKY)
    assert clouds[32:46, 45:95].mean() > 0.9
    assert clouds[5:85, 150:].mean() < 0.02


def test_a_clear_sky_has_none():
    assert find_clouds(view(), SKY).max() < 0.05


def test_a_glow_goes_over_into_the_blue_and_is_no_cloud():
    low = (np.linspace(0, 1, 90) ** 2)[:, None, None]
    image = view()
    image[:90] = np.rint(image[:90] * (1 - low) + np.array([250, 170, 90]) * low)
    assert find_clouds(image, SKY).mean() < 0.02


def test_a_grey_sky_with_shapes_is_clouded():
    shapes = cv2.GaussianBlur(np.random.default_rng(2).normal(0, 1, (180, 270)).astype(np.float32), (0, 0), 9)
    image = np.clip(150 + 25 * (shapes / shapes.std())[..., None] + np.zeros(3), 0, 255).astype(np.uint8)
    assert find_clouds(image, SKY)[10:80, 20:250].mean() > 0.7


def test_nothing_drifts_where_a_mast_or_a_bird_is_seen():
    image = clouded()
    cv2.line(image, (75, 88), (75, 10), (40, 30, 30), 3, cv2.LINE_AA)
    cv2.line(image, (200, 40), (204, 42), (30, 30, 30), 2)
    clouds = find_clouds(image, SKY)
    assert clouds[30:50, 73:78].max() < 0.2
    assert clouds[38:44, 198:206].max() < 0.05
    assert clouds[34:44, 45:60].mean() > 0.8


@pytest.mark.parametrize("sky", [np.zeros((180, 270), np.bool_), SKY & (np.arange(270) < 3)])
def test_without_a_sky_there_are_none(sky):
    assert find_clouds(clouded(), sky).max() == 0
