"""Clips of any length lie over the frames that a model can make, exactly at the joint."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renderer.contract.abilities import NEIGHBOUR_FRAMES
from renderer.contract.errors import RenderFailedError
from renderer.contract.shot import FPS, Anchor
from renderer.engines.diffusion.checkpoints.spec import Family, FrameRule, Given, ModelSpec, Profile
from renderer.engines.diffusion.footage.framing import model_size, resized, scaled
from renderer.engines.diffusion.footage.length import Length, check_made, span

WAN, LTX, SVD = FrameRule(step=4, most=81), FrameRule(step=8, most=257), FrameRule(step=24, most=25)
MODELS = {"wan": (WAN, 16), "wan 24": (FrameRule(step=4, most=121), 24), "ltx": (LTX, 25), "svd": (SVD, 7)}

lengths = st.builds(
    lambda model, count, anchor, loop, context, there: Length(
        rule=MODELS[model][0], fps=MODELS[model][1], count=count, anchor=anchor, loop=loop, context=context, there=there
    ),
    st.sampled_from(sorted(MODELS)), st.integers(2, 192), st.sampled_from(Anchor), st.booleans(), st.integers(1, 9),
    st.integers(1, NEIGHBOUR_FRAMES),
)  # fmt: skip


@given(lengths)
@settings(max_examples=300, deadline=None)
def test_every_clip_frame_lies_evenly_within_the_models(length):
    found = span(length)
    assert found.frames % length.rule.step == 1
    assert found.frames <= length.rule.most
    assert len(found.positions) == length.count + length.loop
    assert found.positions[0] >= 0
    assert found.positions[-1] <= found.frames - 1
    steps = [after - before for before, after in pairwise(found.positions)]
    assert max(steps) - min(steps) < 1e-5
    assert min(steps) > 0


@given(lengths)
@settings(max_examples=300, deadline=None)
def test_the_joint_lies_on_the_given_frame_that_is_its_own(length):
    found = span(length)
    ends = {Anchor.FIRST: (found.given - 1,), Anchor.LAST: (found.frames - found.given,)}[length.anchor]
    expected = (0, found.frames - 1) if length.loop else ends
    assert tuple(found.positions[joint] for joint in found.joints) == expected


@given(lengths)
@settings(max_examples=300, deadline=None)
def test_the_neighbours_frames_end_or_begin_with_the_joint_and_are_there(length):
    found = span(length)
    assert len(found.neighbour) == found.given
    assert 0 <= found.neighbour[0] <= found.neighbour[-1] <= length.there - 1
    if length.anchor is Anchor.FIRST:
        assert found.neighbour[-1] == length.there - 1
    else:
        assert found.neighbour[0] == 0


@given(lengths.filter(lambda length: not length.loop))
@settings(max_examples=200, deadline=None)
def test_the_given_motion_and_the_imagined_play_equally_fast(length):
    found = span(length)
    pace = found.positions[1] - found.positions[0]
    assert all((after - before) * pace == pytest.approx(1, abs=1e-4) for before, after in pairwise(found.neighbour))


def asked(model, count, anchor=Anchor.FIRST, **more):
    rule, fps = MODELS[model]
    return span(Length(rule=rule, fps=fps, count=count, anchor=anchor, **more))


def test_a_model_of_our_rate_gives_its_frames_as_they_are():
    found = asked("wan 24", 96)
    assert found.frames == 97
    assert found.positions == tuple(range(96))


def test_a_slower_rate_falls_between_frames_and_the_surplus_is_cut_at_the_open_end():
    first, last = asked("wan", 72), asked("wan", 72, Anchor.LAST)
    assert first.frames == last.frames == 49
    assert first.positions[:4] == pytest.approx((0, 2 / 3, 4 / 3, 2))
    assert first.positions[-1] == pytest.approx(71 * 2 / 3)
    assert last.positions[0] == pytest.approx(48 - 71 * 2 / 3)
    assert last.positions[-1] == 48


def test_a_model_that_cannot_make_enough_plays_slower():
    found = asked("svd", 96)
    assert found.frames == 25
    assert found.positions[-1] == 24
    assert found.positions[1] < 7 / FPS


def test_whole_groups_of_the_neighbours_frames_are_given():
    assert asked("ltx", 48, context=9, there=16).given == 9
    assert asked("ltx", 48, context=8, there=16).given == 1
    assert asked("wan", 48, context=9, there=16).given == 9
    assert asked("wan", 48, context=9, there=12).given == 5  # nine at 16 a second need 13 at 24
    assert asked("svd", 48, context=1, there=16).given == 1


def test_a_loops_end_would_be_its_beginning():
    found = asked("wan", 48, loop=True)
    assert found.frames == 33
    assert found.positions[0] == 0
    assert found.positions[48] == 32


def test_fewer_frames_than_asked_for_are_not_passed_off_as_all():
    check_made(17, 17)
    with pytest.raises(RenderFailedError):
        check_made(16, 17)


def spec(sizes, multiple):
    return ModelSpec(
        id="drawn", family=Family.WAN, repo="", pipeline="", licence="", duty="", sizes=sizes, multiple=multiple,
        fps=16, frames=WAN, profiles={"finish": Profile(steps=1, guidance=(1.0,), vram_gb=1, least_vram_gb=1)},
        given=frozenset({Given.FIRST}),
    )  # fmt: skip


@given(st.integers(64, 1080), st.floats(0.25, 4), st.sampled_from([16, 32, 64]))
@settings(max_examples=200, deadline=None)
def test_sizes_keep_the_aspect_at_a_trained_area(short, aspect, multiple):
    height, width = (short, round(short * aspect)) if aspect >= 1 else (round(short / aspect), short)
    high, wide = model_size(spec(((480, 832), (720, 1280)), multiple), height, width)
    assert high % multiple == wide % multiple == 0
    assert 0.78 * 480 * 832 < high * wide <= 720 * 1280
    assert abs(np.log(wide / high * height / width)) < np.log(1 + multiple / min(high, wide))


def test_the_smallest_trained_size_that_is_enough_is_taken():
    model = spec(((480, 832), (720, 1280)), 16)
    assert model_size(model, 480, 832) == (480, 832)
    assert model_size(model, 832, 480) == (832, 480)
    assert model_size(model, 64, 112) == (480, 832)
    assert model_size(model, 720, 1280) == (720, 1280)
    assert model_size(model, 1080, 1920) == (720, 1280)


def test_a_side_has_at_least_one_multiple():
    assert model_size(spec(((16, 32),), 32), 64, 64) == (32, 32)
    assert model_size(spec(((32, 48),), 32), 64, 256) == (32, 64)


def test_frames_are_scaled_whole():
    ramp = np.repeat(np.linspace(0, 255, 64).astype(np.uint8)[None, :, None], 32, 0).repeat(3, 2)
    (larger,) = resized(iter([ramp]), 48, 128)
    assert larger.shape == (48, 128, 3)
    assert np.abs(scaled(larger, 32, 64).astype(int) - ramp).mean() < 1.5
    assert scaled(ramp, 32, 64) is ramp
