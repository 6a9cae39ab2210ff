"""The measures tell good clips from bad ones that are made so on purpose."""

import cv2
import numpy as np
import pytest

from renderer.cli.judge import judge
from renderer.clips.encode import encode
from renderer.measures.likeness import psnr, ssim
from tests.renderer.scenery import texture

HEIGHT, WIDTH, COUNT = 120, 160, 24
WIDE = cv2.GaussianBlur(texture(160, 320), (0, 0), 2)


def panned(places):
    """Frames of a picture that stands `places` pixels to the left."""
    for place in places:
        moved = np.array([[1, 0, -place - 40], [0, 1, -20]], np.float32)
        yield cv2.warpAffine(WIDE, moved, (WIDTH, HEIGHT), flags=cv2.INTER_LINEAR)


def judged(tmp_path, frames, still=None):
    path = tmp_path / "clip.mp4"
    encode(frames, path)
    return judge(path, still)


def test_a_pan_of_a_pixel_a_frame_has_that_motion_and_no_shake(tmp_path):
    figures = judged(tmp_path, panned(np.arange(COUNT)))
    assert figures["frames"] == COUNT
    assert figures["motion"] == pytest.approx(1, abs=0.15)
    assert figures["shake"] < 0.1
    assert figures["jump"] < 1.5
    assert figures["frozen_share"] == 0


def test_a_trembling_pan_shakes(tmp_path):
    steady = judged(tmp_path, panned(np.arange(COUNT)))
    trembling = judged(tmp_path, panned(np.arange(COUNT) + np.resize([0, 1.5], COUNT)))
    assert trembling["shake"] > 1 > 5 * steady["shake"]


def test_rain_is_not_a_shake(tmp_path):
    steady = judged(tmp_path, panned(np.arange(COUNT)))
    rainy = judged(tmp_path, rained(panned(np.arange(COUNT))))
    assert rainy["motion_top"] > 2 * steady["motion_top"]
    assert rainy["shake"] < 0.1


def test_a_hand_shakes_in_the_rain_too(tmp_path):
    assert judged(tmp_path, rained(panned(np.arange(COUNT) + np.resize([0, 1.5], COUNT))))["shake"] > 1


def rained(frames):
    """A third of each frame hidden by something that runs to and fro by itself."""
    rng = np.random.default_rng(2)
    curtain = cv2.GaussianBlur(texture(HEIGHT, WIDTH, seed=9), (0, 0), 2)
    for frame in frames:
        wet = frame.copy()
        wet[:, : WIDTH // 3] = np.roll(curtain, rng.integers(-6, 7, 2), (0, 1))[:, : WIDTH // 3]
        yield wet


def test_a_picture_that_stands_is_frozen(tmp_path):
    figures = judged(tmp_path, panned(np.zeros(COUNT)))
    assert figures["motion"] < 0.1
    assert figures["frozen_share"] > 0.6


def test_a_cut_is_a_jump(tmp_path):
    assert judged(tmp_path, panned([*range(12), *range(24, 36)]))["jump"] > 4


def test_a_closed_loop_has_a_small_gap_and_an_open_one_a_large(tmp_path):
    there_and_back = 10 - 10 * np.cos(2 * np.pi * np.arange(COUNT) / COUNT)
    assert judged(tmp_path, panned(there_and_back))["loop_gap"] < 1.5
    assert judged(tmp_path, panned(np.arange(COUNT)))["loop_gap"] > 3


def test_a_flicker_shows_in_the_luma_steps(tmp_path):
    frames = list(panned(np.arange(COUNT)))
    frames[12] = np.clip(frames[12].astype(int) + 12, 0, 255).astype(np.uint8)
    assert judged(tmp_path, frames)["luma_step"] > 5


def test_a_blur_at_the_end_shows_in_the_sharpness(tmp_path):
    frames = list(panned(np.zeros(COUNT)))
    frames[-1] = cv2.GaussianBlur(frames[-1], (0, 0), 4)
    assert judged(tmp_path, frames)["sharpness"] < 0.7


def test_the_ends_are_compared_with_the_still(tmp_path):
    frames = list(panned(np.arange(COUNT) * 2))
    figures = judged(tmp_path, frames, frames[0])
    assert figures["first_psnr"] > 30 > figures["last_psnr"]
    assert figures["first_ssim"] > 0.9 > figures["last_ssim"]


def test_an_anchor_is_as_good_as_the_still_encoded_alone(tmp_path):
    frames = list(panned(np.arange(COUNT)))
    assert judged(tmp_path, frames, frames[0])["anchor_loss_db"] == pytest.approx(0, abs=0.3)
    assert judged(tmp_path, frames[::-1], frames[0])["anchor_loss_db"] < 3
    assert judged(tmp_path, frames[4:], frames[0])["anchor_loss_db"] > 3


def test_a_push_in_tears_nothing_and_its_way_is_known(tmp_path):
    frames = [closer(1 + 0.1 * index / COUNT) for index in range(COUNT)]
    figures = judged(tmp_path, frames, frames[0])
    assert figures["stretch_share"] + figures["hole_share"] < 0.01
    assert figures["travel"] == pytest.approx(0.05, abs=0.012)  # at the rim


def test_a_pan_beyond_the_still_shows_holes(tmp_path):
    frames = list(panned(np.arange(COUNT) / 2))
    figures = judged(tmp_path, frames, frames[0])
    assert figures["travel"] == pytest.approx(COUNT / 2 / WIDTH, rel=0.25)
    assert figures["hole_share"] > 0.7 * figures["travel"]


def closer(times):
    """The still, `times` as large."""
    still = next(panned([0]))
    about = cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), 0, times)
    return cv2.warpAffine(still, about, (WIDTH, HEIGHT), flags=cv2.INTER_LINEAR)


def test_a_band_drawn_out_fourfold_is_stretched(tmp_path):
    still, moved = drawn_out(4)
    figures = judged(tmp_path, [still] * 6 + [moved] * 6, still)
    assert 0.1 < figures["stretch_share"] < 0.4
    assert judged(tmp_path, [still] * 6 + [drawn_out(1.2)[1]] * 6, still)["stretch_share"] < 0.02


def drawn_out(times):
    """A still, and the same with the middle's 10 pixels spread over `times` as many."""
    still = cv2.GaussianBlur(texture(HEIGHT, WIDTH, seed=5), (0, 0), 1)
    x = np.arange(WIDTH, dtype=np.float32) - WIDTH / 2
    half = 5 * times
    seen = np.where(np.abs(x) < half, x / times, x - np.sign(x) * (half - 5)) + WIDTH / 2
    map_x, map_y = np.meshgrid(seen.astype(np.float32), np.arange(HEIGHT, dtype=np.float32))
    return still, cv2.remap(still, map_x, map_y, cv2.INTER_LINEAR)


def test_what_the_still_does_not_hold_is_a_hole(tmp_path):
    still = next(panned([0]))
    other = still.copy()
    other[40:80, 60:100] = texture(40, 40, seed=11)
    assert 0.02 < judged(tmp_path, [still] * 6 + [other] * 6, still)["hole_share"] < 0.15
    lit = np.clip(still * 0.7, 0, 255).astype(np.uint8)
    assert judged(tmp_path, [still] * 6 + [lit] * 6, still)["hole_share"] < 0.01


@pytest.mark.parametrize("count", [1, 2, 3])
def test_the_shortest_clips_are_judged_too(tmp_path, count):
    still = next(panned([0]))
    figures = judged(tmp_path, [still] * count, still)
    assert (figures["frames"], figures["shake"]) == pytest.approx((count, 0), abs=0.01)
    assert np.isfinite([*figures.values()]).all()


def test_equal_pictures_are_equal():
    assert (psnr(texture(), texture()), ssim(texture(), texture())) == pytest.approx((100, 1))


def test_noise_of_one_level_is_forty_eight_decibels():
    assert psnr(np.full((8, 8, 3), 100, np.uint8), np.full((8, 8, 3), 101, np.uint8)) == pytest.approx(48.13, abs=0.01)
