"""What happens when memory runs out, played by attempts that raise what torch does."""

import gc
import weakref
from dataclasses import replace
from itertools import pairwise

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from renderer.contract.errors import CancelledError, OutOfMemoryError
from renderer.contract.job import Eased
from renderer.engines.diffusion.checkpoints.rows import MODELS
from renderer.engines.diffusion.fitting.rescue import Rescue, Rungs, Way

WAN = MODELS["wan2.2-i2v-a14b"]
WHOLE = Way(tiling=False, frames=81, height=720, width=1280)
TILED = replace(WHOLE, tiling=True)


def gone():
    return torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB.")


def rescue(*, tiles=True, freed=None):
    return Rescue(Rungs(spec=WAN, tiles=tiles), (lambda: None) if freed is None else lambda: freed.append(True))


class Card:
    """Holds only what is smaller than `room`, and remembers what it was asked."""

    def __init__(self, fits):
        self.fits = fits
        self.asked = []

    def __call__(self, way):
        self.asked.append(way)
        if not self.fits(way):
            raise gone()
        return "clip"


def ladder(way, spec=WAN, *, tiles=True):
    rungs, ways = Rungs(spec=spec, tiles=tiles), [way]
    while (lower := rungs.below(ways[-1])) is not None:
        ways.append(lower)
    return ways


def test_the_ladder_goes_from_tiles_to_frames_to_size():
    assert ladder(WHOLE)[1:] == [
        replace(TILED, eased=(Eased.TILING,)),
        replace(TILED, frames=41, eased=(Eased.TILING, Eased.FRAMES)),
        replace(TILED, frames=41, height=480, width=848, eased=(Eased.TILING, Eased.FRAMES, Eased.SIZE)),
    ]


def test_a_pipeline_that_works_in_tiles_or_cannot_begins_with_fewer_frames():
    assert ladder(TILED)[1].eased == (Eased.FRAMES,)
    assert ladder(WHOLE, tiles=False)[1] == replace(WHOLE, frames=41, eased=(Eased.FRAMES,))


def test_below_the_smallest_trained_size_the_area_is_halved():
    way = ladder(replace(TILED, height=480, width=832))[-1]
    assert (way.height, way.width) == (336, 592)


@given(row=st.sampled_from(sorted(MODELS)), k=st.integers(1, 40), height=st.integers(1, 60), width=st.integers(1, 60))
def test_each_rung_obeys_the_rules_of_the_row_and_takes_less(row, k, height, width):
    spec = MODELS[row]
    frames = min(spec.frames.most, spec.frames.step * k + 1)
    ways = ladder(Way(tiling=True, frames=frames, height=height * spec.multiple, width=width * spec.multiple), spec)
    for above, below in pairwise(ways):
        assert below.volume < above.volume
        assert (below.frames - 1) % spec.frames.step == 0
        assert below.frames > 1
        assert below.height % spec.multiple == below.width % spec.multiple == 0
        assert below.eased[:-1] == above.eased


def test_what_fits_is_asked_once_and_as_it_is():
    card = Card(lambda way: True)
    assert rescue().run(card, WHOLE) == ("clip", WHOLE)
    assert card.asked == [WHOLE]


def test_memory_that_ran_out_is_given_back_before_one_smaller_try():
    freed, held = [], []

    def attempt(way):
        assert all(tensor() is None for tensor in held), "the failed try's tensors are still there"
        latents = torch.zeros(8)
        held.append(weakref.ref(latents))
        if not way.tiling:
            cycle = [latents]
            cycle.append(cycle)
            raise gone()
        assert freed == [True]
        return "clip"

    gc.disable()  # no lucky collection
    try:
        clip, way = rescue(freed=freed).run(attempt, WHOLE)
    finally:
        gc.enable()
    assert clip == "clip"
    assert way.eased == (Eased.TILING,)
    assert len(held) == 2


def test_a_second_failure_ends_the_take():
    card = Card(lambda way: False)
    with pytest.raises(OutOfMemoryError) as caught:
        rescue().run(card, WHOLE)
    assert len(card.asked) == 2
    assert caught.value.__context__ is None, "the error holds on to the failed call"


def test_at_the_foot_of_the_ladder_there_is_no_second_try():
    card = Card(lambda way: False)
    with pytest.raises(OutOfMemoryError):
        rescue().run(card, ladder(WHOLE)[-1])
    assert len(card.asked) == 1


def test_the_next_take_of_that_size_begins_with_what_worked():
    card, helper = Card(lambda way: way.tiling), rescue()
    helper.run(card, WHOLE)
    card.asked.clear()
    assert helper.run(card, WHOLE)[1].eased == (Eased.TILING,)
    assert helper.run(card, replace(WHOLE, height=768))[1].tiling, "a larger one"
    assert not any(way for way in card.asked if not way.tiling)


def test_a_smaller_take_is_made_as_it_was_asked():
    card, helper = Card(lambda way: way.tiling or way.frames < 50), rescue()
    helper.run(card, WHOLE)
    assert helper.run(card, replace(WHOLE, frames=41))[1].eased == ()


def test_a_take_after_a_lost_one_begins_below_both_its_tries():
    card, helper = Card(lambda way: way.frames < 50), rescue()
    with pytest.raises(OutOfMemoryError):
        helper.run(card, WHOLE)
    assert helper.run(card, WHOLE)[1].eased == (Eased.TILING, Eased.FRAMES)
    assert len(card.asked) == 3


def test_two_lost_takes_in_a_row_wear_the_process_out():
    helper, nothing, all_of_it = rescue(), Card(lambda way: False), Card(lambda way: True)
    for take in range(2):
        assert not helper.worn_out
        with pytest.raises(OutOfMemoryError):
            helper.run(nothing, WHOLE)
        assert helper.worn_out == (take == 1)
    helper.run(all_of_it, WHOLE)
    assert not helper.worn_out


def test_a_rescued_take_between_two_lost_ones_breaks_the_row():
    helper = rescue()
    for fits in (False, True, False):
        if fits:
            helper.run(Card(lambda way: True), WHOLE)
        else:
            with pytest.raises(OutOfMemoryError):
                helper.run(Card(lambda way: False), WHOLE)
    assert not helper.worn_out


@pytest.mark.parametrize("error", [CancelledError(), RuntimeError("shapes do not match"), ValueError("out of memory")])
def test_other_errors_pass_and_teach_nothing(error):
    helper = rescue()

    def attempt(way):
        raise error

    with pytest.raises(type(error)):
        helper.run(attempt, WHOLE)
    card = Card(lambda way: True)
    helper.run(card, WHOLE)
    assert card.asked == [WHOLE]
