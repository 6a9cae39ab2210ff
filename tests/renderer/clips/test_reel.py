"""Clips joined to a reel."""

from itertools import islice, pairwise

import numpy as np
import pytest

from renderer.clips.encode import encode
from renderer.clips.neighbour import clip_frames
from renderer.clips.reel import (
    DIPPED,
    DISSOLVED,
    SAME,
    blended,
    film,
    joined,
    look_through,
    overlaps,
    reel_size,
    same,
    sound,
)
from renderer.clips.soundtrack import A_FRAME, RATE
from renderer.contract.errors import BadJobError
from renderer.contract.shot import Beat, Join, Scene, Shot
from renderer.engines.engine import CallSheet, Sound

HEIGHT, WIDTH, COUNT = 96, 128, 48
BEATS = (Beat(mood="", seed=1),)


def plain(level, height=HEIGHT, width=WIDTH):
    return np.full((height, width, 3), level, np.uint8)


def ramp(first, last, count=COUNT):
    """Frames that grow evenly brighter or darker."""
    return [plain(round(first + (last - first) * step / (count - 1))) for step in range(count)]


def clip(frames, tmp_path, heard=None):
    path = tmp_path / f"{len(list(tmp_path.iterdir()))}.mp4"
    encode(iter(frames), path, sound=lambda: heard)
    return path.read_bytes()


def reel(clips, *joins):
    scenes = tuple(Scene(take=f"{number:020}", join=join) for number, join in enumerate((Join.CUT, *joins)))
    return film(Shot(still="0" * 64, line=BEATS, scenes=scenes), CallSheet(clips=tuple(clips)))


def levels(made):
    return [float(frame.mean()) for frame in made.frames]


def test_the_frame_at_a_joint_is_shown_once(tmp_path):
    made = reel([clip(ramp(15, 125), tmp_path), clip(ramp(125, 235), tmp_path)], Join.CUT)
    shown = levels(made)
    assert len(shown) == made.count == 2 * COUNT - 1
    steps = np.diff(shown)[COUNT - 3 : COUNT + 2]
    assert steps.min() > 0  # none stands still
    assert steps.max() < 3 * steps.mean()


def test_clips_that_do_not_meet_are_cut_hard_and_whole(tmp_path):
    made = reel([clip(ramp(40, 120), tmp_path), clip(ramp(20, 60), tmp_path)], Join.CUT)
    assert len(levels(made)) == made.count == 2 * COUNT


def test_a_dissolve_leads_evenly_from_one_to_the_other(tmp_path):
    made = reel([clip(ramp(60, 60), tmp_path), clip(ramp(200, 200), tmp_path)], Join.DISSOLVE)
    shown = levels(made)
    assert len(shown) == made.count == 2 * COUNT - DISSOLVED
    middle = shown[COUNT - DISSOLVED : COUNT]
    assert all(one < other for one, other in pairwise(middle))
    assert 60 < middle[0] < 80
    assert 190 < middle[-1] < 200


def test_a_dip_goes_down_to_black_and_up_again(tmp_path):
    made = reel([clip(ramp(150, 150), tmp_path), clip(ramp(150, 150), tmp_path)], Join.DIP)
    shown = levels(made)
    assert len(shown) == made.count == 2 * COUNT
    assert shown[COUNT - 1] < 2
    assert min(shown[: COUNT - DIPPED]) > 145
    assert min(shown[COUNT + DIPPED :]) > 145


def test_light_is_mixed_not_code_values():
    """The middle of white and black is as bright to a lens as half the light: 180 of 255, not 127."""
    assert blended(plain(0), plain(255), 0.5).mean() == pytest.approx(180, abs=1)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_the_ends_of_a_dissolve_are_the_frames_themselves(share):
    old, new = plain(33), plain(201)
    assert np.array_equal(blended(old, new, share), new if share else old)


def test_frames_are_pulled_one_at_a_time():
    """However long the scenes are, no more is read than is shown and held back for the next join."""
    pulled = 0

    def endless():
        nonlocal pulled
        while True:
            pulled += 1
            yield plain(9)

    list(islice(joined([endless()], [], []), 100))
    assert pulled <= 100 + DISSOLVED + 1


def test_scenes_take_the_size_of_the_first(tmp_path):
    small = [plain(90, HEIGHT // 2, WIDTH // 2)] * COUNT
    made = reel([clip(ramp(40, 60), tmp_path), clip(small, tmp_path)], Join.CUT)
    assert {frame.shape for frame in made.frames} == {(HEIGHT, WIDTH, 3)}


def test_a_reel_of_clips_too_large_for_players_is_smaller():
    """Earlier versions enlarged stills of four to one to 4320 pixels."""
    assert reel_size(plain(0, 1080, 4320)) == (1024, 4096)
    assert reel_size(plain(0, 4320, 1080)) == (2304, 576)
    assert reel_size(plain(0, HEIGHT, WIDTH)) == (HEIGHT, WIDTH)


def test_one_frame_encoded_twice_is_known_again(tmp_path):
    rng = np.random.default_rng(1)
    texture = np.kron(rng.integers(40, 200, (HEIGHT // 8, WIDTH // 8, 3)), np.ones((8, 8, 1))).astype(np.uint8)
    one, other = (look_through(clip(frames, tmp_path)) for frames in ([texture] * 4, [texture, *ramp(0, 9, 3)]))
    assert same(one.last, other.first)
    assert overlaps([one, other], [Join.CUT]) == [1]
    assert not same(texture, np.roll(texture, 4, axis=1))
    assert 0 < SAME < 20


def test_each_scene_keeps_its_sound_in_its_place(tmp_path):
    beep = np.sin(np.arange(COUNT * A_FRAME) * 2 * np.pi * 440 / RATE).astype(np.float32)[None]
    loud, quiet = clip(ramp(40, 60), tmp_path, Sound(samples=0.5 * beep, rate=RATE)), clip(ramp(20, 30), tmp_path)
    footage = [look_through(each) for each in (quiet, loud)]
    heard = sound(footage, [0])
    assert heard.samples.shape == (2, 2 * COUNT * A_FRAME)
    half = COUNT * A_FRAME
    assert np.abs(heard.samples[:, :half]).max() == 0
    assert np.abs(heard.samples[:, half + RATE // 4 : -RATE // 4]).max() > 0.3
    assert sound([footage[0], footage[0]], [0]) is None


def test_what_is_no_clip_of_ours_is_refused(tmp_path):
    good = clip(ramp(40, 60), tmp_path)
    for bad in (b"", b"no clip", good[: len(good) // 2]):
        with pytest.raises(BadJobError):
            list(reel([good, bad], Join.CUT).frames)
    with pytest.raises(BadJobError):
        reel([good], Join.CUT)


def test_all_frames_of_a_clip_are_given(tmp_path):
    assert sum(1 for _ in clip_frames(clip(ramp(40, 60), tmp_path))) == COUNT
