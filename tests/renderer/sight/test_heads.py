"""What the heads that ship say of drawn pictures, and that they are read as they were written."""

from pathlib import Path

import cv2
import numpy as np
import pytest
import skimage.data
import torch

from renderer.scene.reading.kinds.kinds import KINDS
from renderer.sight.features import STRIDE, places
from renderer.sight.heads import GroundReader, Head, chances_by, nearness_by, read_head, write_head
from renderer.sight.trunk import Trunk
from tests.renderer.scenery import landscape


@pytest.fixture(scope="module")
def trunk():
    return Trunk()


@pytest.fixture(scope="module")
def ground(trunk):
    """A man in a meadow under a sky: the heads know photographs."""
    file = Path(skimage.data.__file__).parent / "camera.png"
    return GroundReader(trunk).read(np.asarray(cv2.imread(str(file)), np.uint8))


def test_the_sky_is_seen_and_what_lies_below_is_not(ground):
    sky = ground.chances[..., KINDS.index("sky")]
    rows = len(sky)
    assert sky[: rows // 3, : rows // 4].mean() > 0.8
    assert sky[-rows // 4 :].mean() < 0.2
    np.testing.assert_allclose(ground.chances.sum(axis=-1), 1, atol=1e-5)


def test_the_ground_is_nearer_than_the_sky(ground):
    rows = len(ground.nearness)
    assert ground.nearness[: rows // 3].mean() + 0.3 < ground.nearness[-rows // 4 :].mean()


def test_a_place_is_a_square_of_the_picture_as_the_network_sees_it(trunk):
    features = places(trunk, landscape(240, 480))
    assert features.shape == (320 // STRIDE, 640 // STRIDE, 788)
    assert places(trunk, np.zeros((64, 640, 3), np.uint8)).shape[:2] == (320 // STRIDE, 640 // STRIDE)


def head(answers, seed):
    torch.manual_seed(seed)
    drawn = [((torch.randn(4, 6), torch.randn(4)), (torch.randn(answers, 4), torch.randn(answers))) for _ in range(2)]
    inner, outer = zip(*drawn, strict=True)
    return Head(mean=torch.randn(6), spread=torch.rand(6) + 0.5, inner=inner, outer=outer)


def test_a_head_is_read_as_it_was_written(tmp_path):
    written, features = head(4, 1), np.random.default_rng(1).normal(size=(3, 5, 6)).astype(np.float32)
    write_head(written, tmp_path / "head.npz")
    again = read_head((tmp_path / "head.npz").read_bytes())
    np.testing.assert_allclose(chances_by(again, features), chances_by(written, features), atol=5e-3)


def test_nearness_is_a_share(tmp_path):
    features = 100 * np.random.default_rng(1).normal(size=(3, 5, 6)).astype(np.float32)
    near = nearness_by(head(1, 2), features)
    assert near.shape == (3, 5)
    assert near.min() >= 0
    assert near.max() <= 1
