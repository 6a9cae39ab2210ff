"""The diffusion engine on each row's tiny pipeline: random weights show what changes what, not how it looks."""

from dataclasses import replace
from itertools import islice

import numpy as np
import pytest
import torch

from renderer.contract.abilities import NEIGHBOUR_FRAMES
from renderer.contract.errors import (
    BadModelError,
    BrokenSoundError,
    CancelledError,
    CannotError,
    MediaMissingError,
    OutOfMemoryError,
)
from renderer.contract.job import Eased, Phase
from renderer.contract.lineage import animate, reroll, strong, subtle
from renderer.contract.shot import Anchor, Beat, Shot
from renderer.engines.diffusion.checkpoints.loading import load
from renderer.engines.diffusion.checkpoints.rows import MODELS
from renderer.engines.diffusion.checkpoints.spec import DRAFT, Given
from renderer.engines.diffusion.engine import open_diffusion
from renderer.engines.diffusion.fitting.placement import Spread
from renderer.engines.diffusion.imagining import Imagination
from renderer.engines.engine import CallSheet, Models, Tuning
from renderer.engines.scaling import scale_still
from tests.pictures import quarters
from tests.renderer import tiny

pytestmark = pytest.mark.usefixtures("one_thread")

SIZE = 64
STILL = np.asarray(quarters())
OTHER = np.ascontiguousarray(STILL[::-1])
ROWS = sorted(MODELS)
FIRST = [row for row in ROWS if Given.FIRST in MODELS[row].given]
LAST = [row for row in ROWS if Given.LAST in MODELS[row].given]
BOTH = [row for row in ROWS if Given.BOTH in MODELS[row].given]


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    """Each row's engine, opened once."""
    opened = {}

    def get(row):
        if row not in opened:
            opened[row] = open_diffusion(Models(video=str(tiny.save(row, tmp_path_factory.mktemp("models") / row))))
        return opened[row]

    return get


def shot(row, *, anchor=Anchor.FIRST, mood="push in", seconds=2.0, beats=1, **fields):
    line = (Beat(mood=mood, seed=1, seconds=seconds, anchor=anchor),) * beats
    return Shot(still="0" * 64, line=line, engine="diffusion", model=row, size=SIZE, **fields)


def filmed(engine, a_shot, still=STILL, **sheet):
    film = engine.film(a_shot, still, CallSheet(**sheet))
    return np.stack(list(film.frames)), film


@pytest.mark.parametrize("row", FIRST)
def test_a_clip_begins_with_the_very_still_and_lasts_as_long_as_asked(engine, row):
    frames, film = filmed(engine(row), shot(row))
    np.testing.assert_array_equal(frames[0], scale_still(STILL, SIZE))
    assert len(frames) == 48
    assert np.abs(frames[-1].astype(int) - frames[0]).mean() > 1  # of 255: something was imagined
    assert bool(film.figures.prompt) == MODELS[row].prompt
    assert film.figures.maker.startswith("diffusers ")


@pytest.mark.parametrize("row", LAST)
def test_a_clip_anchored_last_ends_with_the_very_still(engine, row):
    frames, _ = filmed(engine(row), shot(row, anchor=Anchor.LAST))
    np.testing.assert_array_equal(frames[-1], scale_still(STILL, SIZE))


@pytest.mark.parametrize("row", BOTH)
def test_a_loop_has_the_still_at_its_beginning_and_would_have_it_next(engine, row):
    frames, _ = filmed(engine(row), shot(row, loop=True))
    np.testing.assert_array_equal(frames[0], scale_still(STILL, SIZE))
    assert len(frames) == 48
    steps = np.abs(np.diff(frames.astype(int), axis=0)).mean(axis=(1, 2, 3))
    back = np.abs(frames[0].astype(int) - frames[-1]).mean()
    assert back < 3 * max(np.median(steps), 1)


@pytest.mark.parametrize("row", ROWS)
def test_what_a_model_would_ignore_is_refused(engine, row):
    given = MODELS[row].given
    for needed, asked in (
        (Given.FIRST, {}),
        (Given.LAST, {"anchor": Anchor.LAST}),
        (Given.BOTH, {"loop": True}),
        (Given.BOTH, {"mood": "loop"}),
    ):
        if needed not in given:
            with pytest.raises(CannotError):
                engine(row).film(shot(row, **asked), STILL)


def made(engine, a_shot, still, neighbour=()):
    """What the model itself makes, before the joint is put in."""
    imagination = engine._imagination
    kept = []
    real = imagination._call

    def listening(*args, **kwargs):
        kept.append(real(*args, **kwargs))
        return kept[-1]

    imagination._call = listening
    try:
        list(engine.film(a_shot, still, CallSheet(neighbour=neighbour)).frames)
    finally:
        del imagination._call
    return kept[-1].pixels


@pytest.mark.parametrize(
    ("row", "asked"),
    [
        *((row, {}) for row in FIRST),
        *((row, {"anchor": Anchor.LAST}) for row in LAST),
        *((row, {"loop": True}) for row in BOTH),
    ],
)
def test_what_a_model_is_given_changes_what_it_makes(engine, row, asked):
    one, other = (made(engine(row), shot(row, **asked), still) for still in (STILL, OTHER))
    assert not np.array_equal(one, other)


@pytest.mark.parametrize("row", [row for row in BOTH if row in FIRST])
def test_a_loop_is_given_its_last_frame_too(engine, row):
    assert not np.array_equal(made(engine(row), shot(row), STILL), made(engine(row), shot(row, loop=True), STILL))


@pytest.mark.parametrize(
    ("row", "anchor"),
    [
        ("wan2.1-vace-1.3b", Anchor.FIRST),
        ("wan2.1-vace-1.3b", Anchor.LAST),
        ("ltx-video", Anchor.FIRST),
        ("ltx-video", Anchor.LAST),
        ("ltx-2", Anchor.FIRST),
    ],
)
def test_models_that_can_are_shown_how_the_neighbour_moves(tmp_path, row, anchor):
    """Two neighbours that meet the clip in the same frame and came there, or go on from there, in different ways."""
    folder = tiny.save(row, tmp_path / row)
    tiny.retune(folder, fps=24, frames={"step": MODELS[row].frames.step, "most": 57})
    engine = open_diffusion(Models(video=str(folder)))
    joint = scale_still(STILL, SIZE)
    stands = [joint] * NEIGHBOUR_FRAMES
    comes = [np.roll(joint, 2 * step, axis=1) for step in range(NEIGHBOUR_FRAMES)]
    moves = comes[::-1] if anchor is Anchor.FIRST else comes
    asked = shot(row, anchor=anchor, beats=2)
    assert not np.array_equal(made(engine, asked, STILL, tuple(moves)), made(engine, asked, STILL, tuple(stands)))


def test_a_continued_clip_begins_with_its_neighbours_frame_and_says_how_they_meet(engine):
    row = "wan2.2-i2v-a14b"
    parent, _ = filmed(engine(row), shot(row))
    neighbour = tuple(parent[-NEIGHBOUR_FRAMES:])
    frames, film = filmed(engine(row), shot(row, beats=2), neighbour=neighbour)
    np.testing.assert_array_equal(frames[0], parent[-1])
    assert film.figures.joint.position == 0
    with pytest.raises(MediaMissingError):
        filmed(engine(row), shot(row, beats=2))


def test_the_same_shot_has_the_same_frames_and_relatives_have_their_own(engine):
    row = "ltx-video"
    parent = animate(shot(row), "press")
    first = made(engine(row), parent.shot, STILL)
    np.testing.assert_array_equal(first, made(engine(row), parent.shot, STILL))
    apart = [np.abs(made(engine(row), act(parent, "press").shot, STILL) - first).mean() for act in (subtle, strong)]
    assert 0 < apart[0] < apart[1]
    assert not np.array_equal(first, made(engine(row), reroll(parent, "press").shot, STILL))


def test_a_variation_says_the_same_and_a_nudge_other_words(engine):
    row = "wan2.2-ti2v-5b"
    parent = animate(shot(row), "press")
    told = [engine(row).film(take.shot, STILL).figures.prompt for take in (parent, strong(parent, "press"))]
    assert told[0] == told[1]


def test_sound_comes_with_the_frames(engine):
    _, film = filmed(engine("ltx-2"), shot("ltx-2"))
    assert film.figures.sound.samples.shape[0] == 2
    assert film.figures.sound.samples.shape[1] / film.figures.sound.rate > 1
    _, silent = filmed(engine("svd-xt"), shot("svd-xt"))
    assert silent.figures.sound is None


def test_sound_of_numbers_that_are_none_ends_the_take_and_silence_does_not(engine, monkeypatch):
    vocoder = engine("ltx-2")._imagination._loaded.pipe.vocoder
    heard = vocoder.forward
    monkeypatch.setattr(vocoder, "forward", lambda mels: torch.zeros_like(heard(mels)))
    assert not filmed(engine("ltx-2"), shot("ltx-2"))[1].figures.sound.samples.any()
    monkeypatch.setattr(vocoder, "forward", lambda mels: torch.full_like(heard(mels), torch.nan))
    with pytest.raises(BrokenSoundError):
        filmed(engine("ltx-2"), shot("ltx-2"))


def test_progress_counts_the_steps_and_then_decodes(engine):
    told = []
    filmed(engine("svd-xt"), shot("svd-xt"), tell=lambda *news: told.append(news))
    assert told == [(Phase.STEPS, 0, 2), (Phase.STEPS, 1, 2), (Phase.STEPS, 2, 2), (Phase.DECODING, 0, 1)]


@pytest.mark.parametrize("row", [row for row in ROWS if DRAFT in MODELS[row].profiles])
def test_a_draft_is_done_in_its_own_few_steps(tmp_path, row):
    folder = tiny.save(row, tmp_path / row)
    tiny.save_lora(row, folder)
    tiny.retune(folder, profiles={})  # the row's own
    told = []
    asked = replace(shot(row), model=f"{row}:draft")
    filmed(open_diffusion(Models(video=f"{folder}:draft")), asked, tell=lambda *news: told.append(news))
    steps = MODELS[row].profiles[DRAFT].steps
    assert (Phase.STEPS, steps, steps) in told


@pytest.mark.parametrize("cache", ["", "first_block"])
def test_a_clip_after_one_that_was_called_off_is_right(tmp_path, cache):
    """A cache that remembers half a clip would spoil the next one, on either expert."""
    row, steps = "wan2.2-i2v-a14b", 20  # fewer are not cached
    folder = tiny.save(row, tmp_path / row)
    tiny.retune(folder, frames={"step": 4, "most": 5}, profiles={"finish": {"steps": steps}})
    models = Models(video=str(folder), tuning=Tuning(cache=cache))
    right, _ = filmed(open_diffusion(models), shot(row))
    engine = open_diffusion(models)
    for last in (2, steps - 1):  # in the first expert's turn, and in the second's
        told = []

        def call_off(phase, done, _total, last=last, told=told):
            told.append((phase, done))
            if (phase, done) == (Phase.STEPS, last):
                raise CancelledError

        with pytest.raises(CancelledError):
            filmed(engine, replace(shot(row, mood="quick pan left"), still="1" * 64), OTHER, tell=call_off)
        assert told[-1] == (Phase.STEPS, last)  # not one step more
    np.testing.assert_array_equal(filmed(engine, shot(row))[0], right)


class Full:
    """A pipeline whose card is full for its first `times` calls."""

    def __init__(self, pipe, times):
        self._pipe, self.times = pipe, times

    def __getattr__(self, name):
        return getattr(self._pipe, name)

    def __call__(self, **arguments):
        if self.times:
            self.times -= 1
            raise torch.OutOfMemoryError("CUDA out of memory.")
        return self._pipe(**arguments)


@pytest.fixture
def full(tmp_path):
    """An engine of its own on a card that is full for so many calls."""

    def get(times):
        row = "wan2.2-ti2v-5b"
        engine = open_diffusion(Models(video=str(tiny.save(row, tmp_path / row))))
        loaded = engine._imagination._loaded
        engine._imagination._loaded = replace(loaded, pipe=Full(loaded.pipe, times))
        return engine, shot(row)

    return get


def test_out_of_memory_is_tried_once_more_in_tiles_and_said(full):
    engine, asked = full(1)
    frames, film = filmed(engine, asked)
    assert len(frames) == 48
    assert film.figures.eased == (Eased.TILING,)
    assert engine._imagination._loaded.pipe.vae.use_tiling
    assert filmed(engine, asked)[1].figures.eased == ()  # now it fits as it is
    assert not engine.worn_out


def test_a_take_that_does_not_fit_even_smaller_is_given_up_and_two_wear_the_engine_out(full):
    engine, asked = full(4)
    for worn_out in (False, True):
        with pytest.raises(OutOfMemoryError):
            filmed(engine, asked)
        assert engine.worn_out is worn_out
    assert len(filmed(engine, asked)[0]) == 48


def test_a_warm_up_that_does_not_fit_is_made_smaller_then_placed_lower_and_at_last_refused_plainly(tmp_path):
    loaded = load(str(tiny.save("wan2.2-ti2v-5b", tmp_path / "mine")), Tuning())
    pipe = Full(loaded.pipe, 3)  # whole, then in tiles, then with its text encoder off the card
    imagination = Imagination(replace(loaded, pipe=pipe))
    imagination.warm_up()
    assert imagination._placed.spread is Spread.READER_OFF
    assert pipe.vae.use_tiling
    assert not imagination.worn_out
    pipe.times = 99
    with pytest.raises(BadModelError, match="the card's memory does not hold even the warm-up"):
        imagination.warm_up()


def test_frames_come_as_they_are_pulled_once_all_are_made(engine):
    film = engine("ltx-video").film(shot("ltx-video"), STILL)
    assert len(list(islice(film.frames, 3))) == 3


@pytest.mark.parametrize("row", ROWS)
def test_warming_up_calls_the_model(engine, row):
    engine(row).warm_up()


def test_warming_up_sees_to_all_that_would_be_compiled_at_a_take(engine, monkeypatch):
    """At two lengths, with nudges and without: by hand, with a compiler, the first takes then waited for nothing."""
    imagination = engine("wan2.2-ti2v-5b")._imagination
    rehearsed = []
    monkeypatch.setattr(imagination._haste, "compiled", True)
    monkeypatch.setattr(imagination, "_rehearse", lambda beat, frames: rehearsed.append((bool(beat.nudges), frames)))
    imagination.warm_up()
    assert rehearsed == [(False, 5), (False, 9), (True, 5), (True, 9)]
