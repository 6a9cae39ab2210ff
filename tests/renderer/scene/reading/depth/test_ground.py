"""The ground: where it begins, where it is parted, how water lies in it, and what stands on it."""

from dataclasses import replace

import numpy as np
import pytest

from renderer.scene.reading.depth.ground import find_horizon, lie_flat, stretches_of
from renderer.scene.reading.depth.slabs import Slab
from renderer.scene.reading.kinds.kinds import none_of

HEIGHT, WIDTH = 200, 300
NOWHERE = np.zeros((HEIGHT, WIDTH), bool)
ROWS = np.linspace(0, 1, HEIGHT, dtype=np.float32)[:, None] + np.zeros((1, WIDTH), np.float32)
COLUMNS = np.linspace(0, 1, WIDTH, dtype=np.float32)[None] + np.zeros((HEIGHT, 1), np.float32)
SKY, HILLS, GRASS = ROWS < 0.3, (ROWS >= 0.3) & (ROWS < 0.6), ROWS >= 0.6
BLUE, GREY, GREEN, BLACK = (150, 190, 240), (150, 150, 150), (70, 120, 40), (20, 20, 25)


def painted():
    """Paint a sky over hills over grass."""
    image = np.empty((HEIGHT, WIDTH, 3), np.uint8)
    for place, colour in ((SKY, BLUE), (HILLS, GREY), (GRASS, GREEN)):
        image[place] = colour
    return image


def soft(mask):
    return mask.astype(np.float32)


def seen(sky=SKY, **kinds):
    return replace(none_of((HEIGHT, WIDTH)), sky=soft(sky), **{kind: soft(mask) for kind, mask in kinds.items()})


def nearness(**levels):
    """Say how near sky, hills and grass are."""
    return np.select([SKY, HILLS], [0.0, levels.get("hills", 0.2)], levels.get("grass", 0.7)).astype(np.float32)


def stretches(image, kinds, near, horizon=0.3):
    return [slab for slab in stretches_of(image, kinds, NOWHERE, horizon, near) if slab.mask.any()]


def test_the_ground_is_parted_at_a_ridge_that_a_map_bears_out():
    sky, hills, grass = stretches(painted(), seen(), nearness())
    np.testing.assert_array_equal(sky.mask, SKY)
    assert (hills.mask ^ HILLS).mean() < 0.04
    assert (grass.mask ^ GRASS).mean() < 0.04
    assert len(stretches(painted(), seen(), None)) == 3


def test_where_a_map_says_that_both_sides_are_as_near_there_is_no_ridge():
    """The balcony of a temple is as clear a line as the foot of a mountain."""
    assert len(stretches(painted(), seen(), nearness(hills=0.66))) == 2


def test_without_a_sky_only_a_map_makes_a_line_a_ridge():
    room = seen(sky=NOWHERE)
    assert len(stretches(painted(), room, None, None)) == 1
    assert len(stretches(painted(), room, np.full_like(ROWS, 0.6), None)) == 1
    assert len(stretches(painted(), room, nearness(), None)) == 3


def test_who_stands_before_a_ridge_is_not_cut_by_it_and_is_as_near_as_their_feet():
    image, near = painted(), nearness()
    person = (abs(COLUMNS - 0.5) < 0.045) & (ROWS > 0.12)
    image[person], near[person] = BLACK, 0.75
    _, hills, grass = stretches(image, seen(sky=SKY & ~person), near)
    assert grass.mask[person].mean() > 0.95
    head = person & (ROWS < 0.3)
    assert grass.disparity[head].mean() > hills.disparity[HILLS].mean() + 0.1
    assert abs(grass.disparity[head].mean() - grass.disparity[119:122].mean()) < 0.05


def test_a_water_lies_in_one_stretch():
    """A jetty's edge runs down: half of a lake would go with the planks."""
    lake = (ROWS >= 0.3) & (ROWS < 0.6 + 0.2 * (COLUMNS - 0.5))
    _, water, planks = stretches(painted(), seen(water=lake), nearness())
    assert water.mask[lake].mean() == 1
    assert planks.mask[(ROWS > 0.75)].mean() == 1


def test_a_water_lies_flat_and_comes_nearer_from_its_far_bank():
    wavy = (0.2 + 0.3 * ROWS + 0.1 * np.sin(20 * COLUMNS)).astype(np.float32)
    lake = soft(ROWS > 0.4)
    land = Slab(mask=~NOWHERE, disparity=wavy)
    (flat,) = lie_flat([land], lake)
    assert np.ptp(flat.disparity[150]) < 0.02
    assert flat.disparity[-1].mean() - flat.disparity[100].mean() == pytest.approx(0.15, abs=0.02)
    np.testing.assert_allclose(flat.disparity[:40], wavy[:40], atol=0.01)
    np.testing.assert_array_equal(lie_flat([land], soft(NOWHERE))[0].disparity, wavy)


def test_stems_belong_to_what_they_are_rooted_in_and_what_is_behind_them_is_whole():
    stem = (abs(COLUMNS - 0.3) < 0.004) & (ROWS > 0.15) & (ROWS < 0.6)
    kinds = seen(sky=SKY & ((abs(COLUMNS - 0.3) > 0.012) | (ROWS < 0.14)), plants=GRASS | stem, stems=stem)
    sky, hills, grass = stretches(painted(), kinds, nearness())
    assert grass.thin[stem].mean() == 1
    assert grass.thin[~stem].max() == 0
    assert hills.thin is None
    np.testing.assert_array_equal(sky.mask, SKY)
    assert (hills.mask ^ HILLS).mean() < 0.04
    tip = stem & (ROWS < 0.2)
    assert abs(grass.disparity[tip].mean() - grass.disparity[119:122].mean()) < 0.05


def test_the_horizon_is_the_skys_level_edge_or_else_a_waters_far_bank():
    ragged = ROWS < 0.1 + 0.8 * COLUMNS
    lake = ROWS > 0.75
    assert find_horizon(SKY, NOWHERE) == pytest.approx(0.3, abs=0.01)
    assert find_horizon(ragged, NOWHERE) is None
    assert find_horizon(ragged, lake) == pytest.approx(0.75, abs=0.01)
    assert find_horizon(ragged, lake & (COLUMNS < 0.3)) is None
    assert find_horizon(NOWHERE, lake) is None
