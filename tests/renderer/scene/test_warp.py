"""Where frames look in the still, and the two stages that follow: exact at the still, smooth, and agreeing."""

import cv2
import numpy as np
import pytest
import torch

from renderer.contract.direction import Life, Weather
from renderer.scene.crisp import crisp, crisp_share
from renderer.scene.lattice import Lattice
from renderer.scene.light.look import Look
from renderer.scene.motion.camera import WHOLE, Pose, points_seen
from renderer.scene.motion.clock import Clock
from renderer.scene.scenery import Scenery
from renderer.scene.seen import look_up
from renderer.scene.stage_opencv import OpenCvStage
from renderer.scene.stage_torch import TorchStage, enlarged
from renderer.scene.state import State
from renderer.scene.tiles import DRIFTING, OPEN, SHOWN, SIDE, Tiles
from renderer.scene.warp import aim, in_pixels
from tests.renderer.scenery import READING, clear_air, layer, layers, matter, texture

POSES = [
    WHOLE,
    Pose(scale=0.8),
    Pose(scale=0.9, dolly=0.1, shift_x=0.05, shift_y=-0.03),
    Pose(scale=0.85, slide_x=0.07, slide_y=-0.04, roll=0.01),
]
LIVELY = State(
    pose=POSES[3],
    life=Life(water=1, clouds=1, sway=1, breath=1),
    focus=0.6,
    clock=Clock(story=2.3),
    air=Weather(mist=0.5, snow=0.5),
    look=Look(warmth=0.3, glow=0.2),
    passing=0.4,
)
MATTER = matter(
    sky=lambda x, y: y < 0.45,
    clouds=lambda x, y: (y < 0.4) & (x > 0.2),
    water=lambda x, y: y > 0.55,
    bodies=lambda x, y: np.hypot(x - 0.5, y - 0.5) < 0.2,
)


def scenery(height=120, width=160):
    parts, still = layers(height, width)
    return Scenery(parts, MATTER, READING), still


@pytest.mark.parametrize("size", [(120, 160), (121, 97), (64, 64), (64, 200), (540, 720)])
def test_the_pose_of_the_still_is_the_still(size):
    built, still = scenery(*size)
    frame = OpenCvStage(built).frame(State(life=LIVELY.life), clear_air(built.layers))
    np.testing.assert_array_equal(frame, still)


@pytest.mark.parametrize("state", [*(State(pose=pose) for pose in POSES), LIVELY], ids=[*"0123", "all"])
@pytest.mark.parametrize("size", [(120, 160), (450, 400)])
def test_the_stages_agree(state, size):
    built, _ = scenery(*size)
    air = clear_air(built.layers)
    ours, clear = OpenCvStage(built).frame(state, air), TorchStage(built, "cpu").frame(state, air)
    # Weights are rounded in another order: now and then a byte falls to the other side.
    apart = np.abs(ours.astype(int) - clear)
    assert apart.max() <= 1
    assert apart.mean() < 0.02


def test_a_stage_makes_each_frame_anew():
    """What a frame before left in the buffers does not show."""
    built, _ = scenery()
    air = clear_air(built.layers)
    stage = OpenCvStage(built)
    first = stage.frame(State(pose=POSES[2]), air)
    stage.frame(LIVELY, air)
    np.testing.assert_array_equal(stage.frame(State(pose=POSES[2]), air), first)


@pytest.mark.parametrize("pose", POSES)
def test_the_aim_solves_the_formula_with_the_depth_of_what_is_seen(pose):
    lattice = Lattice(120, 160)
    offset = np.linspace(-0.5, 0.5, 80, dtype=np.float32)[None] * np.ones((60, 1), np.float32)
    seen = aim(pose, offset, lattice.x, lattice.y)
    x, y = points_seen(pose, lattice.x, lattice.y, look_up(offset, seen.x, seen.y))
    inside = np.s_[2:-2, 2:-2]
    # A twentieth of a pixel here: what another round would still change.
    np.testing.assert_allclose(seen.x[inside], x[inside], atol=0.05 / 60)
    np.testing.assert_allclose(seen.y[inside], y[inside], atol=0.05 / 60)


def test_relief_stays_with_its_picture_under_a_zoom():
    """A step of depth at the right of the still is farther right in the frame when that is magnified."""
    lattice = Lattice(120, 160)
    offset = np.zeros((60, 80), np.float32)
    offset[:, 60:] = 0.4
    seen = aim(Pose(scale=0.75), offset, lattice.x, lattice.y)
    edge = lattice.x[0][np.argmax(seen.offset[60] > 0.2)]
    assert edge == pytest.approx((60 - 39.5) / 30 / 0.75, abs=0.05)


@pytest.mark.parametrize("size", [(120, 160), (360, 400), (721, 900)])
def test_a_patch_of_the_lattice_is_enlarged_as_the_whole_is(size):
    lattice = Lattice(*size)
    values = np.random.default_rng(3).uniform(0, 9, (*lattice.shape, 2)).astype(np.float32)
    for patch in patches(lattice, lambda x, y: (x > 0.3) & (y > 0.5)):
        part = lattice.enlarged_in(values, patch.window, lattice.buffer(2))
        np.testing.assert_allclose(part, lattice.enlarged(values)[patch.window.pixels], atol=1e-4)


def patches(lattice, shown):
    tiles = Tiles(lattice)
    height, width = lattice.shape
    y, x = np.mgrid[0 : 1 : height * 1j, 0 : 1 : width * 1j]
    return tiles.patches(tiles.gathered(shown(x, y) * (SHOWN | OPEN * (x < 0.6) | DRIFTING * (y > 0.8))))


@pytest.mark.parametrize("size", [(64, 64), (121, 97), (360, 400), (721, 900)])
def test_patches_cover_a_frame_once(size):
    lattice = Lattice(*size)
    count = np.zeros(size, int)
    for patch in patches(lattice, lambda x, y: x >= 0):
        count[patch.window.pixels] += 1
    assert (count == 1).all()


def test_patches_reach_all_pixels_that_a_node_has_a_part_in():
    lattice = Lattice(360, 480)
    for row in (0, 1, 77, lattice.shape[0] - 1):
        nodes = np.zeros(lattice.shape, np.uint8)
        nodes[row, 100] = SHOWN
        tiles = Tiles(lattice)
        covered = np.zeros((360, 480), np.bool_)
        for patch in tiles.patches(tiles.gathered(nodes)):
            covered[patch.window.pixels] = True
        assert covered[lattice.enlarged(nodes.astype(np.float32)) > 0].all()


def test_what_shows_nothing_has_no_patch_and_no_window():
    lattice = Lattice(360, 480)
    assert not patches(lattice, lambda x, y: x > 2)
    tiles = Tiles(lattice)
    assert tiles.around(np.zeros(tiles.shape, np.bool_)) is None


def test_the_window_around_tiles_is_no_larger_than_it_must_be():
    lattice = Lattice(360, 480)
    tiles = Tiles(lattice)
    flags = np.zeros(tiles.shape, np.bool_)
    flags[2, 3] = flags[4, 7] = True
    side = SIDE * lattice.step
    assert tiles.around(flags).pixels == (slice(2 * side, 5 * side), slice(3 * side, 8 * side))


def test_torch_enlarges_as_opencv_does():
    lattice = Lattice(361, 480)
    seen = aim(POSES[3], np.full((90, 120), 0.2, np.float32), lattice.x, lattice.y)
    places = in_pixels(seen, lattice, np.empty((*lattice.shape, 2), np.float32))
    large = enlarged(places, lattice, "cpu")
    assert isinstance(large, torch.Tensor)
    np.testing.assert_allclose(large.numpy(), lattice.enlarged(places), atol=1e-3)


def shown(image, pose, offset=0.0):
    height, width = image.shape[:2]
    part = layer(image.astype(np.float32), np.ones((height, width), np.float32), offset)
    built = Scenery((part,), matter(), READING)
    return OpenCvStage(built).frame(State(pose=pose), clear_air((part,))).astype(float)


def soft_texture():
    """So smooth that reading it crisp, as a moving camera does, changes it by less than a level."""
    return cv2.GaussianBlur(texture(), (0, 0), 3)


def test_a_camera_that_looks_right_moves_the_picture_left():
    image = soft_texture()
    moved = shown(image, Pose(shift_x=10 / 60))  # ten pixels: half the short side is sixty
    np.testing.assert_allclose(moved[:, :140], image[:, 10:150], atol=1)


def test_a_camera_that_steps_right_moves_near_things_left_and_far_ones_right():
    image, step = soft_texture(), Pose(slide_x=20 / 60)
    np.testing.assert_allclose(shown(image, step, 0.5)[:, :140], image[:, 10:150], atol=1)
    np.testing.assert_allclose(shown(image, step, -0.5)[:, 20:], image[:, 10:150], atol=1)


def test_moving_in_magnifies_near_things_more():
    x = np.linspace(-1, 1, 9, dtype=np.float32)[None]
    y = np.zeros((9, 1), np.float32)

    def magnified(offset):
        seen, _ = points_seen(Pose(scale=0.9, dolly=0.1), x, y, np.float32(offset))
        return 2 / float(seen.max() - seen.min())

    assert magnified(0.5) > magnified(-0.5) > 1


def test_steps_between_pixels_are_smooth():
    """A bright dot moved by a tenth of a pixel at a time moves by a tenth of a pixel."""
    image = np.zeros((64, 64, 3), np.float32)
    cv2.circle(image, (32, 32), 6, (255, 255, 255), -1)
    image = cv2.GaussianBlur(image, (0, 0), 2)
    columns = np.arange(64)
    places = []
    for step in range(11):
        out = shown(image, Pose(shift_x=step / 10 / 32))
        places.append((out[..., 0].sum(axis=0) * columns).sum() / out[..., 0].sum())
    np.testing.assert_allclose(np.diff(places), -0.1, atol=0.01)  # bytes round each pixel


def test_focus_blurs_the_far_or_the_near_and_leaves_the_other_sharp():
    built, still = scenery(180, 240)
    air = clear_air(built.layers)
    stage = OpenCvStage(built)
    near, far = np.s_[80:100, 110:130], np.s_[10:36, 20:220]

    def sharpness(frame, place):
        return cv2.Laplacian(cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY).astype(np.float32), cv2.CV_32F)[place].std()

    for focus, blurred, kept in ((1, far, near), (-1, near, far)):
        racked, half = (stage.frame(State(focus=turn * focus), air) for turn in (1, 0.5))
        assert sharpness(racked, blurred) < sharpness(half, blurred) < 0.95 * sharpness(still, blurred)
        assert sharpness(racked, kept) == pytest.approx(sharpness(still, kept), rel=0.02)


def test_reading_between_pixels_keeps_the_picture_sharp():
    """A smooth shape, drawn half a pixel aside, is what a crisp read between pixels gives; a plain one flattens it."""
    x = np.arange(64, dtype=np.float32)

    def bump(middle):
        row = 200 * np.exp(-((x - middle) ** 2) / 4.5)
        return np.repeat(np.repeat(row[None, :, None], 64, axis=0), 4, axis=2).astype(np.float32)

    def read(colour):
        return (colour[:, :-1] + colour[:, 1:]) / 2

    colour = bump(32)
    colour[..., 3] = 1
    truth = bump(31.5)[:, :-1]
    plain, sharp = (np.abs(read(each) - truth)[..., 0].max() for each in (colour, crisp(colour)))
    assert sharp < 0.5 * plain  # half way between pixels the blur is half as large again as on average


def test_crisp_leaves_the_clear_clear_and_the_solid_solid():
    alpha = np.zeros((40, 40), np.float32)
    alpha[10:30, 10:30] = 1
    alpha[20:, 20:] *= 0.5
    colour = np.dstack([alpha * 180] * 3 + [alpha])
    sharper = crisp(colour)
    assert not sharper[alpha == 0].any()
    np.testing.assert_array_equal(sharper[..., 3][alpha == 1], 1)
    assert sharper[..., :3].max() <= 255


def test_a_camera_at_the_still_reads_the_still_itself():
    assert crisp_share(Pose(), 360) == 0
    assert 0 < crisp_share(Pose(shift_x=0.5 / 360), 360) < 1
    assert crisp_share(Pose(scale=0.98), 360) == 1
