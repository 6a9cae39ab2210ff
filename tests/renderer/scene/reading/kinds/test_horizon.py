"""A sea below a sky."""

import numpy as np

from renderer.scene.reading.kinds.horizon import part_sea
from tests.renderer.scene.reading.kinds.pictures import view


def seaside():
    image = view()
    image[90:] = (120, 150, 190)
    return image


ALL = np.ones((180, 270), np.bool_)


def test_a_sky_ends_at_the_seas_horizon_and_the_rest_is_sea():
    sky, sea = part_sea(seaside(), ALL)
    assert sky[:86].all()
    assert sea[94:].all()
    assert not (sky & sea).any()


def test_a_bank_of_clouds_that_is_not_level_is_no_sea():
    image = view()
    foot = (90 + 22 * np.sin(np.arange(270) / 20)).astype(int)
    image[np.arange(180)[:, None] > foot] = (120, 150, 190)
    assert not part_sea(image, ALL)[1].any()


def test_a_clear_sky_that_grows_paler_has_no_sea():
    image = view(360)[:180]
    assert not part_sea(image, ALL)[1].any()


def test_what_grows_brighter_below_is_no_sea():
    assert not part_sea(seaside()[::-1].copy(), ALL)[1].any()
