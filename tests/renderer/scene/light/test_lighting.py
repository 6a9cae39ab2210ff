"""Light: nothing at the still, a drift everywhere else, and skin, white and the picture's edges keep their own."""

from dataclasses import fields

import numpy as np
import pytest
from skimage import data

from renderer.contract.direction import Lamp, Life, Reading, Side
from renderer.scene.lattice import Lattice
from renderer.scene.light import flicker, tone
from renderer.scene.light.lighting import Lighting
from renderer.scene.light.look import NEUTRAL, Look
from renderer.scene.motion.clock import Clock
from renderer.scene.motion.matter import Matter
from renderer.scene.seen import Seen
from renderer.scene.state import State

HEIGHT, WIDTH = 202, 300  # no multiple of the lattice's step, nor of a band
NOTHING = np.zeros((45, 67), np.float32)


def reading(**known):
    return Reading(**{"brightness": 0.45, "warmth": 0.1, "palette": ("#8090a0",), "aspect": WIDTH / HEIGHT, **known})


def matter(**masks):
    return Matter(**{field.name: masks.get(field.name, NOTHING) for field in fields(Matter)})


def spot(x, y, radius=0.12):
    """A mask with a disc in it, at shares of the picture."""
    rows, columns = np.mgrid[0 : NOTHING.shape[0], 0 : NOTHING.shape[1]]
    away = np.hypot(columns / (NOTHING.shape[1] - 1) - x, rows / (NOTHING.shape[0] - 1) - y)
    return np.clip((radius - away) / 0.03 + 0.5, 0, 1).astype(np.float32)


def seen_from(lattice, aside=0.0):
    y, x = (np.ascontiguousarray(np.broadcast_to(part, lattice.shape)) for part in (lattice.y, lattice.x))
    return Seen(x=x + np.float32(aside), y=y, offset=(0.3 * y).astype(np.float32))


def whole(image):
    return np.dstack([image.astype(np.float32), np.ones(image.shape[:2], np.float32)])


def photo():
    return np.ascontiguousarray(data.astronaut()[:HEIGHT, :WIDTH])


def plain(level):
    return np.full((HEIGHT, WIDTH, 3), level, np.uint8)


def lit(image, state, *, aside=0.0, known=None, masks=None):
    lattice = Lattice(*image.shape[:2])
    lighting = Lighting(reading(**(known or {})), matter(**(masks or {})), lattice)
    return lighting.shine(whole(image), seen_from(lattice, aside), state)


def with_look(*, story=1.3, passing=0.5, **look):
    return State(look=Look(**look), clock=Clock(story=story), passing=passing)


FULL = {"warmth": 0.6, "brightness": -0.5, "saturation": 0.5, "contrast": 0.5, "vignette": 0.7, "grain": 0.6}
LIVELY = {"glow": 0.6, "candle": 0.7, "neon": 0.7, "sweep": 0.7, "shadow": 0.7}


def test_the_still_comes_out_byte_for_byte():
    image = photo()
    known = {"lamps": (Lamp(x=0.3, y=0.3, size=0.05, warmth=0.5),), "sun": (0.7, 0.2)}
    masks = {"lamps": spot(0.3, 0.3), "skin": spot(0.5, 0.5)}
    assert np.array_equal(lit(image, State(), known=known, masks=masks), image)


def test_what_flickers_and_passes_is_nothing_at_the_still():
    image = photo()
    look = Look(candle=1, neon=1, sweep=1, shadow=1)
    state = State(look=look, life=Life(flicker=1))
    assert np.array_equal(lit(image, state, masks={"lamps": spot(0.3, 0.3)}), image)


@pytest.mark.parametrize("name", [*FULL, *LIVELY])
def test_every_part_of_a_look_shows(name):
    bright = np.clip(photo().astype(int) + 40, 0, 255).astype(np.uint8)
    changed = lit(bright, with_look(story=2.2, **{name: 1.0})).astype(int) - bright
    assert np.abs(changed).mean() > (0.2 if name == "neon" else 0.8)  # a tube hums more than it drops out


@pytest.mark.parametrize("name", [*FULL, "glow", "candle", "neon"])
def test_a_little_of_a_look_changes_little(name):
    image = photo()
    changed = lit(image, with_look(**{name: 0.02})).astype(int) - image
    assert np.abs(changed).max() <= 7  # the steepest, a grey that draws colours in, takes 1/50 of 255, and rounds


def test_each_frame_is_a_new_array():
    lattice = Lattice(HEIGHT, WIDTH)
    lighting = Lighting(reading(), matter(), lattice)
    first = lighting.shine(whole(photo()), seen_from(lattice), State())
    kept = first.copy()
    lighting.shine(whole(photo()), seen_from(lattice), with_look(brightness=-1.0))
    assert np.array_equal(first, kept)


@pytest.mark.parametrize("look", [Look(brightness=1), Look(brightness=-1), Look(contrast=1), NEUTRAL])
def test_tones_keep_their_order_and_their_ends(look):
    values = tone.curve(look, swell=0.0)
    assert (np.diff(values) >= 0).all()
    assert values[0] == 0
    assert values[int(255 * tone.STEPS)] == pytest.approx(1, abs=1e-6)


def test_light_that_swells_rolls_off_before_white():
    values = tone.curve(NEUTRAL, swell=0.8)
    steps = np.diff(values[: int(2 * 255 * tone.STEPS)])
    assert (steps[steps.size // 3 :] >= 0).all()
    assert values[int(230 * tone.STEPS)] < values[int(255 * tone.STEPS)] < values[int(300 * tone.STEPS)] < 1


def test_warm_and_cool_tint_without_clipping():
    warm, cool = lit(plain(150), with_look(warmth=1.0)), lit(plain(150), with_look(warmth=-1.0))
    red, _, blue = warm.reshape(-1, 3).mean(axis=0)
    cool_red, _, cool_blue = cool.reshape(-1, 3).mean(axis=0)
    assert red - blue > 30
    assert cool_blue - cool_red > 30
    assert max(warm.max(), cool.max()) < 200


def test_a_vignette_darkens_corners_and_spares_the_middle():
    image = lit(plain(180), with_look(vignette=1.0))
    assert image[0, 0, 0] < 100
    assert image[HEIGHT // 2, WIDTH // 2, 0] == 180


def test_bands_leave_no_seam():
    column = lit(plain(180), with_look(vignette=1.0))[:, WIDTH // 6, 0].astype(int)
    assert np.abs(np.diff(column)).max() <= 2


@pytest.mark.parametrize("look", [{"warmth": 1.0}, {"warmth": -1.0}, {"saturation": 0.9}, {"saturation": -0.5}])
def test_skin_keeps_more_of_its_colour_than_the_rest(look):
    image = plain(0)
    image[:] = (205, 150, 125)
    changed = lit(image, with_look(**look), masks={"skin": spot(0.3, 0.5)}).astype(int)
    hue = changed - changed.mean(axis=-1, keepdims=True)
    own = image[0, 0] - image[0, 0].mean()
    face, wall = hue[HEIGHT // 2, int(0.3 * WIDTH)], hue[HEIGHT // 2, int(0.8 * WIDTH)]
    assert np.abs(face - own).sum() < 0.75 * np.abs(wall - own).sum()


def test_no_face_stays_in_colour_on_grey():
    image = plain(0)
    image[:] = (205, 150, 125)
    changed = lit(image, with_look(saturation=-1.0), masks={"skin": spot(0.3, 0.5)}).astype(int)
    assert np.ptp(changed, axis=-1).max() <= 1


def lamp_at_night():
    image = plain(20)
    image[70:80, 100:110] = 250
    masks = {"lamps": spot(105 / WIDTH, 75 / HEIGHT, 0.04)}
    return image, masks, {"lamps": (Lamp(x=0.35, y=0.37, size=0.04, warmth=0.6),), "brightness": 0.1}


def test_a_lamp_spills_its_light_on_what_is_near_it():
    image, masks, known = lamp_at_night()
    spilled = lit(image, with_look(glow=1.0), known=known, masks=masks).astype(int) - image
    assert spilled[75, 115].mean() > 4 * max(1, spilled[75, 250].mean())
    assert (spilled[75, 100:110] >= -1).all()


def test_a_lamp_flickers_with_its_surroundings_and_not_with_what_is_far():
    image, masks, known = lamp_at_night()
    image[image == 20] = 90
    frames = np.stack(
        [
            lit(image, State(life=Life(flicker=1), clock=Clock(story=time)), known=known, masks=masks)
            for time in (0.4, 0.9, 1.5, 2.3, 3.1)
        ]
    ).astype(int)
    unrest = np.ptp(frames, axis=0).mean(axis=-1)
    assert unrest[75, 116] > 5
    assert unrest[190, 290] <= 2


@pytest.mark.parametrize("side", [None, *Side])
@pytest.mark.parametrize("name", ["sweep", "shadow"])
def test_what_passes_comes_from_outside_and_leaves(name, side):
    image = plain(120)
    ends = [lit(image, with_look(passing=passing, **{name: 1.0}), known={"light_from": side}) for passing in (0, 1)]
    assert all(np.array_equal(end, image) for end in ends)
    middle = lit(image, with_look(**{name: 1.0}), known={"light_from": side})[HEIGHT // 2, WIDTH // 2].mean()
    assert middle > 130 if name == "sweep" else middle < 100


@pytest.mark.parametrize(("side", "first"), [(Side.LEFT, (100, 0)), (Side.RIGHT, (100, 299)), (Side.ABOVE, (0, 150))])
def test_a_beam_comes_from_the_side_of_the_light(side, first):
    early = lit(plain(120), with_look(sweep=1.0, passing=0.3), known={"light_from": side}).mean(axis=-1)
    row, column = first
    assert early[row, column] > early[HEIGHT - 1 - row, WIDTH - 1 - column] + 5


def test_a_clouds_shadow_spares_the_sky():
    sky = np.zeros_like(NOTHING)
    sky[: sky.shape[0] // 2] = 1
    shaded = lit(plain(150), with_look(shadow=1.0), masks={"sky": sky}).mean(axis=-1)
    assert shaded[20].min() > shaded[180].min() + 15


def test_light_follows_what_the_camera_sees():
    image, masks, known = lamp_at_night()
    image[:] = 90
    state = State(life=Life(flicker=1), clock=Clock(story=0.9))
    there, aside = (lit(image, state, aside=move, known=known, masks=masks).astype(int) for move in (0.0, 0.4))
    peak, moved = (np.abs(frame[75, :, 0] - 90).argmax() for frame in (there, aside))
    assert peak - moved == pytest.approx(0.4 * HEIGHT / 2, abs=6)


def test_grain_is_another_in_every_frame_and_the_same_in_the_same():
    one, again, other = (lit(plain(128), with_look(grain=1.0, story=story)) for story in (1.0, 1.0, 1.0 + 1 / 24))
    assert np.array_equal(one, again)
    assert np.abs(one.astype(int) - other).mean() > 2


def test_grain_keeps_the_brightness_and_is_strongest_in_the_midtones():
    spread = {level: lit(plain(level), with_look(grain=1.0)).astype(float) for level in (8, 128, 247)}
    assert spread[128].mean() == pytest.approx(128, abs=0.6)
    assert spread[128].std() > 1.5 * max(spread[8].std(), spread[247].std())


def test_a_loop_comes_round():
    image, masks, known = lamp_at_night()
    look = Look(**FULL, **LIVELY)
    begin, end = (
        State(look=look, life=Life(flicker=1), clock=Clock(story=2.0, around=around, period=4.0), passing=passing)
        for around, passing in ((0.0, 0.0), (4.0, 1.0))
    )
    first, last = (lit(image, state, known=known, masks=masks).astype(int) for state in (begin, end))
    assert np.abs(first - last).max() <= 1


def test_a_flame_is_never_still_and_a_tube_is_lit_most_of_the_time():
    times = np.arange(0, 20, 1 / 24)
    flames = [flicker.flame(Clock(story=time)) for time in times]
    outs = np.array([flicker.drop_out(Clock(story=time)) for time in times])
    assert 0.15 < np.std(flames) < 0.6
    assert flicker.flame(Clock()) == 0
    assert flicker.drop_out(Clock()) == 0
    assert 0.03 < (outs > 0.5).mean() < 0.3


def test_a_day_made_dark_and_cold_is_a_night():
    """Its sky goes as dark as what stands before it, and blue; in a night it is a light that went dark."""
    sky, wall = (
        [lit(plain(level), with_look(brightness=-0.7, warmth=warmth))[90, 150] for warmth in (0.0, -0.5)]
        for level in (235, 90)
    )
    assert sky[1].max() < 0.78 * sky[0].max()
    assert sky[1][2] > 1.5 * sky[1][0]
    assert sky[1].mean() / wall[1].mean() < sky[0].mean() / wall[0].mean()
    dark = {"brightness": 0.1}
    assert lit(plain(235), with_look(brightness=-0.7, warmth=-0.5), known=dark)[90, 150].max() > 1.2 * sky[1].max()


def test_a_night_made_of_a_day_spares_skin():
    look = with_look(brightness=-0.7, warmth=-0.5)
    face, wall = (lit(plain(160), look, masks=masks)[101, 150].astype(int) for masks in ({"skin": spot(0.5, 0.5)}, {}))
    assert face.mean() > 1.25 * wall.mean()
