"""Backward maps and the two ways to follow them."""

import cv2
import numpy as np
import pytest
import torch

from renderer.scene.camera import WHOLE, Pose, points_seen
from renderer.scene.warp import Grid, backward_map, warp_opencv, warp_torch
from tests.renderer.scenery import texture

CPU = torch.device("cpu")
POSES = [
    WHOLE,
    Pose(scale=0.8),
    Pose(scale=0.9, dolly=0.1, shift_x=0.05, shift_y=-0.03),
    Pose(scale=0.85, slide_x=0.07, slide_y=-0.04, roll=0.01),
]


def maps_of(pose, offset):
    maps = (torch.empty(offset.shape), torch.empty(offset.shape))
    backward_map(pose, torch.from_numpy(offset), Grid(*offset.shape, CPU), maps)
    return maps


def relief(height=120, width=160):
    return np.linspace(-0.5, 0.5, height * width, dtype=np.float32).reshape(height, width)


@pytest.mark.parametrize("pose", POSES)
def test_opencv_and_torch_read_the_same(pose):
    image = np.concatenate([texture(), np.full((120, 160, 1), 1)], axis=-1).astype(np.float32)
    maps = maps_of(pose, relief())
    out = np.empty_like(image)
    warp_opencv(image, maps[0].numpy(), maps[1].numpy(), out)
    # 0.01 of 255 levels: weights are rounded in another order; a wrong pixel centre would be off by whole levels.
    np.testing.assert_allclose(out, warp_torch(torch.from_numpy(image), *maps).numpy(), atol=0.01)


def test_the_whole_pose_reads_every_pixel_where_it_is():
    image = texture().astype(np.float32)
    maps = maps_of(WHOLE, relief())
    out = np.empty_like(image)
    warp_opencv(image, maps[0].numpy(), maps[1].numpy(), out)
    np.testing.assert_array_equal(out, image)


@pytest.mark.parametrize("pose", POSES)
def test_the_map_is_the_clear_formula_in_pixels(pose):
    height, width = relief().shape
    seen_x, seen_y = points_seen(pose, relief())
    map_x, map_y = maps_of(pose, relief())
    np.testing.assert_allclose(map_x.numpy(), seen_x * height / 2 + (width - 1) / 2, atol=1e-3)
    np.testing.assert_allclose(map_y.numpy(), seen_y * height / 2 + (height - 1) / 2, atol=1e-3)


def test_a_camera_that_looks_right_moves_the_picture_left():
    image = texture().astype(np.float32)
    maps = maps_of(Pose(shift_x=10 / 60), np.zeros((120, 160), np.float32))  # ten pixels: half the short side is sixty
    out = np.empty_like(image)
    warp_opencv(image, maps[0].numpy(), maps[1].numpy(), out)
    np.testing.assert_allclose(out[:, :140], image[:, 10:150], atol=0.01)


def test_a_camera_that_steps_right_moves_near_things_left_and_far_ones_right():
    near, far = np.full((120, 160), 0.5, np.float32), np.full((120, 160), -0.5, np.float32)
    pose = Pose(slide_x=0.1)
    assert (points_seen(pose, near)[0] > points_seen(WHOLE, near)[0]).all()
    assert (points_seen(pose, far)[0] < points_seen(WHOLE, far)[0]).all()


def test_moving_in_magnifies_near_things_more():
    def magnified(offset):
        seen, _ = points_seen(Pose(scale=0.9, dolly=0.1), np.full((120, 160), offset, np.float32))
        return 160 / 60 / float(seen.max() - seen.min())

    assert magnified(0.5) > magnified(-0.5) > 1


def test_steps_between_pixels_are_smooth():
    """A bright dot moved by a tenth of a pixel at a time moves by a tenth of a pixel."""
    image = np.zeros((64, 64, 4), np.float32)
    cv2.circle(image, (32, 32), 6, (255, 255, 255, 255), -1)
    image = cv2.GaussianBlur(image, (0, 0), 2)
    columns = np.arange(64)
    places = []
    for step in range(11):
        maps = maps_of(Pose(shift_x=step / 10 / 32), np.zeros((64, 64), np.float32))
        out = np.empty_like(image)
        warp_opencv(image, maps[0].numpy(), maps[1].numpy(), out)
        places.append((out[..., 0].sum(axis=0) * columns).sum() / out[..., 0].sum())
    np.testing.assert_allclose(np.diff(places), -0.1, atol=0.002)
