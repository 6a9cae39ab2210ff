"""A soft map of near and far: it says how near a slab lies, and never where one ends."""

from dataclasses import replace

import numpy as np
import pytest

from renderer.contract.direction import Corrections, DepthSource
from renderer.scene.reading.cues import plain_cues
from renderer.scene.reading.depth.nearness import lean, sureness
from renderer.scene.reading.depth.ordering import order, subject_disparity
from renderer.scene.reading.depth.slabs import Slab
from renderer.scene.reading.kinds.kinds import none_of
from renderer.scene.reading.sighting import unseen

HEIGHT, WIDTH = 120, 180
ROWS = np.linspace(0, 1, HEIGHT, dtype=np.float32)[:, None] + np.zeros((1, WIDTH), np.float32)
COLUMNS = np.linspace(0, 1, WIDTH, dtype=np.float32) + np.zeros((HEIGHT, 1), np.float32)


def slab(mask, disparity):
    return Slab(mask=mask, disparity=np.broadcast_to(np.float32(disparity), mask.shape).copy())


def meadow():
    """Sky down to a third, hills down to two thirds, and a meadow before them."""
    return (slab(ROWS < 1 / 3, 0), slab((ROWS >= 1 / 3) & (ROWS < 2 / 3), 0.4), slab(ROWS >= 2 / 3, 0.6))


def post():
    """A tilted wall and what stands before it, rooted at its foot."""
    mask = (np.abs(COLUMNS - 0.5) < 0.1) & (ROWS > 0.3) & (ROWS < 0.8)
    ground = 0.25 + 0.5 * ROWS
    return mask, (slab(~mask, ground), slab(mask, subject_disparity(mask, ground)))


def mean(shown, mask=None):
    return float(shown.disparity[shown.mask if mask is None else mask].mean())


def test_a_wall_comes_nearer_where_the_map_is_near():
    before = (slab(ROWS >= 0, 0.5),)
    (wall,) = lean(before, 1 - COLUMNS, None)
    assert mean(wall, COLUMNS < 0.1) > 0.65
    assert mean(wall, COLUMNS > 0.9) < 0.35


def test_no_outline_is_moved_and_the_sky_stays_behind_all():
    slabs = meadow()
    leant = lean(slabs, ROWS[::-1].copy(), None)
    for before, after in zip(slabs, leant, strict=True):
        np.testing.assert_array_equal(after.mask, before.mask)
    assert not leant[0].disparity.any()
    assert min(shown.disparity.min() for shown in leant[1:]) > 0


def test_blotches_of_the_map_are_not_printed_into_the_depth():
    blotches = np.random.default_rng(1).uniform(0, 1, (HEIGHT // 3, WIDTH // 3)).astype(np.float32)
    (wall,) = lean((slab(ROWS >= 0, 0.5),), blotches, None)
    assert max(np.abs(np.diff(wall.disparity, axis=axis)).max() for axis in (0, 1)) < 0.012


def test_what_a_ridge_hides_stays_behind_it_whatever_the_map_says():
    _, hills, ground = lean(meadow(), np.float32(0.9) * (ROWS < 2 / 3), None)
    assert (hills.disparity <= np.maximum(0.041, ground.disparity - 0.05)).all()


def test_a_stretch_takes_nothing_of_the_map_from_its_neighbours():
    """Seen through one blur, the sky beside hills would draw them back along their crest."""
    hills = lean(meadow(), np.where(ROWS < 1 / 3, 0, 0.4).astype(np.float32), None)[1]
    assert hills.disparity[HEIGHT // 3 + 1].min() == pytest.approx(0.4, abs=0.01)


@pytest.mark.parametrize(("said", "more"), [(1.0, True), (0.1, False)])
def test_a_subject_stands_out_as_the_map_says_and_keeps_its_foot_on_the_ground(said, more):
    mask, slabs = post()
    nearness = np.where(mask, np.float32(said), slabs[0].disparity + 0.2)
    ground, stood = lean(slabs, nearness, mask)
    before, after = ((slabs[1].disparity - slabs[0].disparity)[mask], (stood.disparity - ground.disparity)[mask])
    assert (after.mean() > before.mean() + 0.05) == more
    assert after.mean() > 0.05
    foot = np.nonzero(mask.any(axis=1))[0][-1]
    assert abs((stood.disparity - ground.disparity)[foot][mask[foot]]).max() < 0.05


def test_what_hides_the_ground_does_not_draw_it_near():
    mask, slabs = post()
    nearness = np.where(mask, np.float32(1), slabs[0].disparity)
    ground = lean(slabs, nearness, mask)[0]
    np.testing.assert_allclose(ground.disparity[mask], slabs[0].disparity[mask], atol=0.04)


@pytest.mark.parametrize(("nearness", "gained"), [(ROWS, True), (ROWS[::-1].copy(), False), (0.5 + ROWS / 50, False)])
def test_a_map_that_agrees_makes_surer_and_a_flat_one_or_another_opinion_does_not(nearness, gained):
    halves = (ROWS < 0.5, ROWS >= 0.5)
    slabs = tuple(slab(half, 0.25 + 0.5 * ROWS) for half in halves)
    sure = sureness(slabs, nearness, 0.25)
    assert sure > 0.5 if gained else sure == 0.25


def test_where_there_is_one_slab_the_map_is_taken_nearly_as_it_is():
    """A cat's face that fills the picture: that pictures tilt is all that the cues know of it."""
    whole = (slab(ROWS >= 0, 0.25 + 0.5 * ROWS),)
    face = np.clip(1.2 - 2 * np.hypot(ROWS - 0.5, COLUMNS - 0.3), 0, 1).astype(np.float32)
    (leant,) = lean(whole, face, None)
    assert np.corrcoef(leant.disparity.ravel(), face.ravel())[0, 1] > 0.9
    assert sureness(whole, face, 0.25) > 0.5
    assert sureness(whole, np.full_like(face, 0.4), 0.25) == 0.25


def test_the_order_of_a_picture_leans_on_a_map_of_any_size():
    cues = plain_cues(np.full((HEIGHT, WIDTH, 3), 128, np.uint8))
    nothing = unseen(HEIGHT, WIDTH)
    leaning = replace(nothing, nearness=np.ascontiguousarray((1 - COLUMNS)[::4, ::4]))
    before, after = (
        order(cues, sighting, none_of((HEIGHT, WIDTH)), None, Corrections()) for sighting in (nothing, leaning)
    )
    assert after.source is DepthSource.CUES
    assert mean(after.slabs[0], COLUMNS < 0.2) > mean(before.slabs[0], COLUMNS < 0.2) + 0.1
    assert mean(after.slabs[0], COLUMNS > 0.8) < mean(before.slabs[0], COLUMNS > 0.8) - 0.1
