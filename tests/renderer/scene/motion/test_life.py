"""What moves by itself: from the still on, in closed form, where it may and nowhere else, and round in a loop."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renderer.contract.direction import Life
from renderer.scene.layers import Layers
from renderer.scene.motion.clock import Clock
from renderer.scene.motion.life import LAP, drifts
from renderer.scene.motion.stirring import stir
from renderer.scene.scenery import Scenery
from renderer.scene.stage_opencv import OpenCvStage
from renderer.scene.state import State
from tests.renderer.scenery import READING, clear_air, disc, layers, matter

ALL = Life(water=1, clouds=1, sway=1, flicker=1, breath=1)
MATTER = matter(
    180,
    240,
    sky=lambda x, y: y < 0.45,
    clouds=lambda x, y: (y < 0.4) & (x > 0.2),
    water=lambda x, y: (y > 0.5) & (x < 0.6),
    plants=lambda x, y: (y > 0.3) & (x > 0.65),
    hair=lambda x, y: (y > 0.05) & (y < 0.25) & (x > 0.1) & (x < 0.3),
    cloth=lambda x, y: (y > 0.6) & (y < 0.95) & (x > 0.05) & (x < 0.25),
    bodies=lambda x, y: np.hypot(x - 0.3, y - 0.7) < 0.2,
    flames=lambda x, y: (y > 0.55) & (y < 0.75) & (np.abs(x - 0.45) < 0.05 * (1 - (0.75 - y) / 0.25)),
    vapour=lambda x, y: (y > 0.45) & (y < 0.9) & (np.abs(x - 0.5) < 0.1),
)
KINDS = ("water", "sway", "breath", "flicker")
stories = st.floats(-90, 90)


def living(found=MATTER, horizon=0.5):
    return stir(found, (np.ones((90, 120), np.float32),), horizon)[0]


ONE = living()


def jacobian(field):
    """The area that a displacement makes of each place, [h, w]."""
    unit = 2 / min(field.shape[:2])
    xx, xy = np.gradient(field[..., 0], unit, axis=1), np.gradient(field[..., 0], unit, axis=0)
    yx, yy = np.gradient(field[..., 1], unit, axis=1), np.gradient(field[..., 1], unit, axis=0)
    return (1 + xx) * (1 + yy) - xy * yx


def test_at_the_still_nothing_has_moved_and_everything_moves():
    now, soon = (ONE.swayed(ALL, Clock(story=story)) for story in (0, 1 / 24))
    assert not now.any()
    assert np.abs(soon).max() * 360 > 0.05  # pixels of 720


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_moves_a_few_pixels_and_only_its_own(kind):
    swaying = MATTER.plants + MATTER.hair + MATTER.cloth
    masks = {"water": MATTER.water, "sway": swaying, "breath": MATTER.bodies, "flicker": MATTER.flames}
    at = (ONE.swayed(Life(**{kind: 1.0}), Clock(story=story)) for story in (0.7, 1.9, 3.1))
    reach = np.maximum.reduce([np.abs(field).max(axis=-1) for field in at])
    assert reach[masks[kind] == 0].max() == 0
    assert 1 < reach.max() * 360 < 12


def test_life_off_moves_nothing():
    assert ONE.swayed(Life(clouds=1), Clock(story=2)) is None


def swayed_most(**masks):
    """How far each place comes at some times, in pixels of 720, with one mask alone."""
    alone = living(matter(180, 240, **masks))
    return (
        np.max([np.abs(alone.swayed(ALL, Clock(story=story))).max(axis=-1) for story in (0.7, 1.9, 3.1)], axis=0) * 360
    )


def box(x, y):
    return (np.abs(x - 0.5) < 0.2) & (np.abs(y - 0.5) < 0.3)


def test_hair_sways_less_than_plants_and_cloth_least():
    plants, hair, cloth = (swayed_most(**{name: box}).max() for name in ("plants", "hair", "cloth"))
    assert plants > 1.5 * hair > 1.5 * 1.5 * cloth > 1


def test_plants_give_most_above_and_what_hangs_gives_most_below():
    upper, lower = slice(38, 46), slice(134, 142)
    plants, hair = swayed_most(plants=box), swayed_most(hair=box)
    assert plants[upper].max() > 1.2 * plants[lower].max()
    assert hair[lower].max() > 1.2 * hair[upper].max()


def test_water_ripples_more_where_it_mirrors():
    left, right = slice(10, 110), slice(130, 230)
    field = swayed_most(water=lambda x, y: y > 0.5, reflections=lambda x, y: (y > 0.5) & (x < 0.5))
    assert field[:, left].mean() > 1.15 * field[:, right].mean()


def test_a_flames_tip_moves_most_and_its_root_stands():
    flame = swayed_most(flames=box)
    assert flame[40:60, 100:140].max() > 1
    assert flame[40:60, 100:140].max() > 10 * flame[135:, 100:140].max()


def test_flames_lick_upwards():
    """A later moment looks like an earlier one farther down."""
    (one, *_) = living(matter(180, 240, flames=box)).waves
    angle = np.unwrap(np.arctan2(one.aside[60:120, 120, 0], one.ahead[60:120, 120, 0]))
    assert angle[-1] - angle[0] > 1  # the phase runs ahead below: its crests come up


def test_vapour_rises_where_it_is_and_stands_at_the_rim():
    """Each place is read from below itself, so that what is there comes up."""
    stream = living(matter(180, 240, vapour=box)).stream
    assert stream[90, 120, 1] > 0.002
    assert not stream[..., 0].any()
    assert not stream[:, :60].any()


def test_no_matter_no_life():
    still = living(matter(90, 120))
    assert still.waves == ()
    assert still.stream is None


@given(story=stories)
@settings(max_examples=40)
def test_life_never_folds_the_picture(story):
    assert jacobian(ONE.swayed(ALL, Clock(story=story))).min() > 0.1


@given(story=stories)
@settings(max_examples=40)
def test_clouds_never_fold_and_have_always_a_copy_in_view(story):
    found = drifts(Clock(story=story))
    assert sum(drift.share for drift in found) == pytest.approx(1)
    for drift in found:
        assert jacobian(ONE.stream * np.float32(drift.seconds)).min() > 0.1


def test_clouds_are_in_their_place_at_the_still_and_go_on_evenly():
    (now,) = drifts(Clock())
    assert (now.seconds, now.share) == (0, 1)
    later = max(drifts(Clock(story=1)), key=lambda drift: drift.share)
    assert later.seconds == pytest.approx(1)


def test_a_copy_is_out_of_view_when_it_starts_anew():
    for story in (LAP / 2 - 1e-4, LAP / 2 + 1e-4, LAP - 1e-4, LAP + 1e-4):
        for drift in drifts(Clock(story=story)):
            assert abs(drift.seconds) < LAP / 2 - 0.1 or drift.share < 1e-6


@pytest.mark.parametrize("period", [2.0, 3.7, 8.0, 20.0])
def test_a_loop_comes_round(period):
    first, last = Clock(story=1.3, period=period), Clock(story=1.3, around=period, period=period)
    np.testing.assert_allclose(ONE.swayed(ALL, last), ONE.swayed(ALL, first), atol=1e-6)
    for ours, theirs in zip(drifts(first), drifts(last), strict=True):
        assert (ours.seconds, ours.share) == pytest.approx((theirs.seconds, theirs.share), abs=1e-9)


def test_the_rim_of_the_picture_keeps_its_place():
    """Each direction fades out towards the sides it leads to: there is nothing beyond them."""
    field = ONE.swayed(ALL, Clock(story=1.7))
    assert np.abs(field[:, [0, -1], 0]).max() == 0
    assert np.abs(field[[0, -1], :, 1]).max() == 0
    assert np.abs(ONE.stream[:, [0, -1], 0]).max() == 0


def test_what_is_hidden_by_a_nearer_layer_moves_along_with_what_is_around_it():
    """A disc before water hides a part of it; that part is not left standing, or the water would halt at its edge."""
    found = matter(90, 120, water=lambda x, y: (y > 0.2) & (disc(90, 120) < 0.5))
    behind, front = stir(found, (np.ones((90, 120), np.float32), disc(90, 120)), 0.1)
    assert front.waves == ()
    moved = np.sqrt(sum(wave.ahead[..., 1] ** 2 + wave.aside[..., 1] ** 2 for wave in behind.waves))
    assert moved[45, 60] > 0.3 * moved[45, 15:30].mean()


def frames(parts: Layers, found, life, times):
    stage = OpenCvStage(Scenery(parts, found, READING))
    return [stage.frame(State(life=life, clock=Clock(story=time)), clear_air(parts)).astype(int) for time in times]


def test_frames_move_where_the_matter_is_and_stand_elsewhere():
    parts, still = layers(180, 240)
    found = matter(180, 240, water=lambda x, y: (y > 0.55) & (disc(180, 240) < 0.1))
    now, later = frames(parts, found, ALL, (0, 1.3))
    np.testing.assert_array_equal(now, still)
    changed = np.abs(later - still).max(axis=-1)
    assert changed[120:170, 5:40].mean() > 3
    assert changed[:90].max() == 0  # above the water
    assert changed[disc(180, 240) == 1].max() == 0  # the disc in front, water to its left and right


def test_clouds_drift_in_the_frame():
    parts, still = layers(180, 240)
    found = matter(180, 240, sky=lambda x, y: y < 0.5, clouds=lambda x, y: y < 0.45)
    for frame in frames(parts, found, Life(clouds=1), (2.0, 3.9, 4.1, 9.0)):
        changed = np.abs(frame - still).max(axis=-1)
        assert changed[10:40, 60:180].mean() > 2.5  # levels; the texture itself varies by 28
        assert changed[100:].max() == 0
