"""Weather: in depth, hidden behind what is near, in step with the camera, round in a loop, and the same each time."""

from dataclasses import fields

import numpy as np
import pytest

from renderer.contract.direction import Reading, Side, Weather
from renderer.scene.air.splat import Canvas, Specks, Streaks
from renderer.scene.air.swarm import Span, framed, lived, places, swarm
from renderer.scene.air.weather import Air
from renderer.scene.lattice import Lattice
from renderer.scene.layers import Layer
from renderer.scene.motion.camera import Pose
from renderer.scene.motion.clock import Clock
from renderer.scene.seen import Seen
from renderer.scene.state import State

HEIGHT, WIDTH = 180, 270
LEVELS = (-0.4, 0.0, 0.4)
KINDS = tuple(field.name for field in fields(Weather))


def reading(**known):
    palette = ("#7d93ad", "#c3ccd6", "#23303a")
    return Reading(**{"brightness": 0.45, "warmth": 0.0, "palette": palette, "aspect": 1.5, **known})


def air(seed=4, known=None):
    return Air(LEVELS, HEIGHT, WIDTH, seed, known or reading())


def seen(offset=-0.4, height=HEIGHT, width=WIDTH):
    """All of it far, so that nothing is hidden, or at another offset."""
    lattice = Lattice(height, width)
    y, x = (np.ascontiguousarray(np.broadcast_to(part, lattice.shape)) for part in (lattice.y, lattice.x))
    return Seen(x=x, y=y, offset=np.full(lattice.shape, offset, np.float32))


def state(*, story=2.3, around=0.0, period=0.0, pose=None, **amounts):
    clock = Clock(story=story, around=around, period=period)
    return State(air=Weather(**amounts), clock=clock, pose=pose or Pose())


def blank():
    return np.zeros((HEIGHT, WIDTH, 4), np.float32)


def backdrop(level=60.0):
    out = np.full((HEIGHT, WIDTH, 4), level, np.float32)
    out[..., 3] = 1
    return out


def filled(this, moment, *, out=None, gaps=(0, 1, 2), looks=None):
    out = blank() if out is None else out
    for gap in gaps:
        this.fill(out, gap, looks or seen(), moment)
    return out


def test_clear_air_changes_nothing():
    out = backdrop()
    assert np.array_equal(filled(air(), state(), out=out), backdrop())


@pytest.mark.parametrize("kind", KINDS)
def test_it_grows_with_its_amount(kind):
    amounts = [filled(air(), state(**{kind: amount}))[..., :3].sum() for amount in (0.001, 0.3, 0.6, 1.0)]
    assert amounts == sorted(amounts)
    assert amounts[3] > 1.5 * amounts[1] > 30 * amounts[0]


@pytest.mark.parametrize("kind", KINDS)
def test_over_nothing_and_then_over_the_picture_is_the_same_as_over_the_picture(kind):
    moment = state(**{kind: 1.0})
    apart = blank()
    for gap in range(3):
        layer = filled(air(), moment, gaps=(gap,))
        apart = layer + (1 - layer[..., 3:]) * apart
    over = apart + (1 - apart[..., 3:]) * backdrop()
    assert np.abs(over - filled(air(), moment, out=backdrop())).max() < 0.02  # float32, and the blend's guard


@pytest.mark.parametrize("kind", KINDS)
def test_a_photograph_stays_one(kind):
    drawn = filled(air(), state(**{kind: 0.5}), out=backdrop(110.0))
    assert np.median(np.abs(drawn[..., :3] - 110)) < 45
    assert drawn[..., 3] == pytest.approx(1, abs=1e-4)
    assert drawn.min() >= 0


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_and_state_give_the_same_air(kind):
    moment = state(**{kind: 0.8})
    used = air()
    filled(used, state(story=9.1, **{kind: 1.0}))
    assert np.array_equal(filled(used, moment), filled(air(), moment))
    assert not np.array_equal(filled(air(seed=5), moment), filled(air(), moment))


@pytest.mark.parametrize("kind", KINDS)
def test_it_moves(kind):
    one, other = (filled(air(), state(story=story, **{kind: 1.0})) for story in (2.0, 2.5))
    assert np.abs(one - other).max() > 4


@pytest.mark.parametrize("kind", KINDS)
def test_a_loop_comes_round_and_begins_as_the_story_stands(kind):
    told, begun, ended, between = (
        filled(air(), state(story=2.3, around=around, period=period, **{kind: 1.0}))
        for around, period in ((0.0, 0.0), (0.0, 4.0), (4.0, 4.0), (1.7, 4.0))
    )
    assert np.abs(told - begun).max() < 0.01
    assert np.abs(begun - ended).max() < 0.01
    assert np.abs(begun - between).max() > 4


@pytest.mark.parametrize("kind", ["rain", "snow", "embers", "petals", "dust", "bokeh"])
def test_what_is_behind_near_things_is_drawn_before_them_and_nowhere_else(kind):
    """Each thing is in one gap; what is far goes under where the frame shows something nearer."""
    moment = state(**{kind: 1.0})
    behind, before = (np.count_nonzero(filled(air(), moment, gaps=gaps)) for gaps in ((0, 1), (2,)))
    assert behind
    assert before
    near = seen(offset=0.4)
    assert np.count_nonzero(filled(air(), moment, gaps=(0,), looks=near)) == 0
    assert np.count_nonzero(filled(air(), moment, gaps=(2,), looks=near)) > 0.7 * before


def test_mist_is_thicker_before_what_is_far():
    far, near = (filled(air(), state(mist=1.0), looks=seen(offset=offset))[..., 3] for offset in (-0.4, 0.4))
    assert far.mean() > 2 * near.mean()
    assert far.mean() > 0.4


def test_rain_and_snow_veil_the_distance():
    rainy = filled(air(), state(rain=1.0), gaps=(1,))
    assert np.median(rainy[:, :, 3]) > 0.1


def test_dust_is_brightest_in_the_light_that_falls_in():
    """The beam from the left runs down to the right: its other corners are dim."""
    left, right = (
        filled(air(known=reading(light_from=side)), state(dust=1.0))[..., 0] for side in (Side.LEFT, Side.RIGHT)
    )
    corner = (slice(0, HEIGHT // 2), slice(0, WIDTH // 2))
    assert left[corner].sum() > 1.2 * right[corner].sum()


def test_things_are_where_the_camera_sees_them():
    """`framed` is `conventions.md`'s formula the other way round."""
    rng = np.random.default_rng(2)
    x, y, offset = rng.uniform(-1.5, 1.5, (3, 50))
    pose = Pose(scale=0.9, dolly=0.08, shift_x=0.03, shift_y=-0.02, slide_x=0.05, slide_y=0.04, roll=0.02)
    to_x, to_y, _ = framed(pose, x, y, offset)
    zoom = pose.scale - pose.dolly * offset
    assert zoom * to_x + pose.shift_x + pose.slide_x * offset - pose.roll * to_y == pytest.approx(x)
    assert zoom * to_y + pose.shift_y + pose.slide_y * offset + pose.roll * to_x == pytest.approx(y)


def test_near_things_move_more_as_the_camera_steps_aside():
    offset = np.array([-0.4, 0.9])
    to_x, _, _ = framed(Pose(slide_x=0.1), np.zeros(2), np.zeros(2), offset)
    assert to_x[0] > 0 > to_x[1]
    assert abs(to_x[1]) > abs(to_x[0])


def drawn(x, y, **shape):
    one = {"along": 2.0, "across": 2.0, "alpha": 0.8, **shape}
    canvas, out = Canvas(40, 60), np.zeros((40, 60, 4), np.float32)
    specks = Specks(x=np.float32([x]), y=np.float32([y]), **{name: np.float32([value]) for name, value in one.items()})
    canvas.specks(out, specks, np.float32([200, 150, 100]))
    return out


@pytest.mark.parametrize("aside", [0.0, 0.13, 0.5, 0.87])
def test_a_speck_is_centred_between_the_pixels(aside):
    alpha = drawn(30 + aside, 20 - aside)[..., 3]
    rows, columns = np.mgrid[0:40, 0:60]
    assert (alpha * columns).sum() / alpha.sum() == pytest.approx(30 + aside, abs=0.02)
    assert (alpha * rows).sum() / alpha.sum() == pytest.approx(20 - aside, abs=0.02)


def test_a_speck_at_the_edge_is_cut_there():
    whole, cut = drawn(30, 20)[..., 3], drawn(59.5, 20)[..., 3]
    assert 0.3 < cut.sum() / whole.sum() < 0.7
    assert not cut[:, :40].any()


def test_specks_over_each_other_never_cover_more_than_all():
    canvas, out = Canvas(40, 60), np.zeros((40, 60, 4), np.float32)
    many = np.full(9, 2.0, np.float32)
    specks = Specks(x=many * 15, y=many * 10, along=many, across=many, alpha=many / 4)
    canvas.specks(out, specks, np.float32([200, 150, 100]))
    assert out[20, 30] == pytest.approx([200, 150, 100, 1], rel=1e-4)
    assert out[..., 3].max() <= 1


def test_a_streak_leans_and_is_as_tall_as_asked():
    canvas, out = Canvas(60, 60), np.zeros((60, 60, 4), np.float32)
    one = {"x": 30, "y": 30, "tall": 30, "slope": 0.3, "across": 0.8, "alpha": 0.9}
    canvas.streaks(
        out, Streaks(**{name: np.float32([value]) for name, value in one.items()}), np.float32([255, 255, 255])
    )
    rows = np.flatnonzero(out[..., 3].any(axis=1))
    tops = out[[20, 40], :, 3].argmax(axis=1)
    assert 24 <= np.ptp(rows) <= 30
    assert tops[1] - tops[0] == pytest.approx(6, abs=1)


def test_each_life_begins_where_no_neighbour_did():
    rng = np.random.default_rng(1)
    things = swarm(rng, rng.uniform(0, 1, 40), (np.zeros(40), np.full(40, 0.2)), Span(far=0, near=1), reach=(1.5, 1.0))
    share = np.full(40, 0.5)
    first, second = (places(things, share, np.full(40, life)) for life in (3.0, 4.0))
    assert (np.hypot(first[0] - second[0], first[1] - second[1]) > 0.2).all()


def test_a_loop_is_whole_lives():
    rng = np.random.default_rng(1)
    things = swarm(
        rng, rng.uniform(0, 1, 40), (np.zeros(40), rng.uniform(0.1, 6, 40)), Span(far=0, near=1), reach=(1.5, 1.0)
    )
    begun, ended = (lived(things, Clock(story=1.7, around=around, period=3.0)) for around in (0.0, 3.0))
    assert ended[0] == pytest.approx(begun[0])
    assert np.array_equal(begun[1], ended[1])


@pytest.mark.parametrize("kind", KINDS)
def test_an_upright_picture_has_weather_from_top_to_bottom(kind):
    upright = Air(LEVELS, 320, HEIGHT, 4, reading())
    out = np.zeros((320, HEIGHT, 4), np.float32)
    for gap in range(3):
        upright.fill(out, gap, seen(height=320, width=HEIGHT), state(**{kind: 1.0}))
    thirds = [out[top : top + 107, :, :3].sum() for top in (0, 107, 213)]
    assert min(thirds) > 0.2 * max(thirds)


@pytest.mark.parametrize("disc", [False, True])
def test_a_turned_speck_is_an_upright_one_turned(disc):
    shape = {"along": np.float32([5.0]), "across": np.float32([2.5]), "alpha": np.float32([0.8])}
    x, y = np.float32([20.0]), np.float32([20.0])
    outs = []
    for turn in (None, np.float32([np.pi / 2])):
        out = np.zeros((41, 41, 4), np.float32)
        Canvas(41, 41).specks(out, Specks(x=x, y=y, turn=turn, disc=disc, **shape), np.float32([200, 150, 100]))
        outs.append(out)
    assert np.abs(outs[0] - outs[1]).max() < 0.1
    assert outs[0][..., 3].any(axis=1).sum() > 1.5 * outs[0][..., 3].any(axis=0).sum()


def night(*, lamp=True):
    """A dark picture, with a lamp on its left."""
    colour = np.full((HEIGHT, WIDTH, 4), 14, np.float32)
    if lamp:
        colour[80:100, 40:60, :3] = (255, 220, 150)
    colour[..., 3] = 1
    flat = np.zeros((HEIGHT // 4, WIDTH // 4), np.float32)
    return Layer(colour=colour, offset=flat, level=-0.4)


def at_night(moment, *, lamp=True):
    known = reading(brightness=0.08)
    layer = night(lamp=lamp)
    return filled(Air(LEVELS, HEIGHT, WIDTH, 4, known, (layer,)), moment, out=layer.colour.copy())


def test_mist_at_night_is_dark_but_around_lamps():
    misty, unlit = (at_night(state(mist=0.6), lamp=lamp) for lamp in (True, False))
    assert unlit[..., :3].max() < 60
    assert unlit[..., 2].mean() > unlit[..., 0].mean()
    near, far = misty[60:75, 40:60, 0].mean(), misty[60:75, 200:220, 0].mean()
    assert near > 1.5 * far
    assert far < 40


def test_rain_at_night_is_lit_by_lamps():
    rainy = at_night(state(rain=1.0))[..., 1] - night().colour[..., 1]
    dim = at_night(state(rain=1.0), lamp=False)[..., 1] - night(lamp=False).colour[..., 1]
    around = (slice(40, 75), slice(30, 70))
    assert np.percentile(rainy[around], 95) > 1.3 * np.percentile(dim[around], 95)


def test_bokeh_keeps_off_what_is_bright():
    def added(level):
        layer = night(lamp=False)
        layer.colour[..., :3] = level
        this = Air(LEVELS, HEIGHT, WIDTH, 4, reading(), (layer,))
        return filled(this, state(bokeh=1.0))[..., 3].sum()

    assert added(240) < 0.1 * added(90)


def test_a_pale_sky_goes_dark_enough_for_flakes_to_show():
    sky = filled(air(known=reading(brightness=0.65)), state(snow=0.5), out=backdrop(240.0))[..., 0]
    assert np.median(sky) < 225
    assert sky.max() - np.median(sky) > 20
    assert (sky > np.median(sky) + 8).mean() > 0.02
