"""Faults put into small pipelines: what is no picture and no sound is never shown, and a card that breaks is told."""

from contextlib import contextmanager

import numpy as np
import pytest
import torch

from renderer.contract.errors import BrokenFramesError
from renderer.contract.job import Phase
from renderer.contract.shot import Beat, Shot
from renderer.engines.diffusion.decoding import second_look
from renderer.engines.diffusion.engine import open_diffusion
from renderer.engines.engine import CallSheet, Models
from renderer.models.faults import card_failed
from tests.pictures import quarters
from tests.renderer import tiny
from tests.renderer.tiny import ltx2, wan

pytestmark = pytest.mark.usefixtures("one_thread")

STILL = np.asarray(quarters())
SHOT = Shot(still="0" * 64, line=(Beat(mood="push in", seed=1, seconds=2.0),), engine="diffusion", model="wan", size=64)
TI2V = "wan2.2-ti2v-5b"
TOO_MUCH = 3e5  # by which weights still fit 16 bits, and what they make does not


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    return open_diffusion(Models(video=str(tiny.save(TI2V, tmp_path_factory.mktemp("models") / TI2V))))


def pipe_of(engine):
    return engine._imagination._loaded.pipe


def filmed(engine, still=STILL, **sheet):
    return list(engine.film(SHOT, still, CallSheet(**sheet)).frames)


@contextmanager
def spoilt(part, spoil):
    """While entered, what a network makes is spoilt."""
    hook = part.register_forward_hook(lambda _part, _given, made: spoil(made))
    try:
        yield
    finally:
        hook.remove()


def from_the_middle_on(value):
    def spoil(frames):  # [B, C, T, H, W]
        frames = frames.clone()
        frames[:, :, frames.shape[2] // 2 :] = value
        return frames

    return spoil


def not_a_number(made):
    return torch.full_like(made, torch.nan)


def test_weights_that_are_no_numbers_end_the_take_and_not_in_black_frames(engine):
    weight = pipe_of(engine).transformer.proj_out.weight
    whole = weight.data.clone()
    weight.data[0, 0] = torch.nan
    with pytest.raises(BrokenFramesError):
        filmed(engine)
    weight.data.copy_(whole)
    assert len(filmed(engine)) == 48


@pytest.mark.parametrize("value", [torch.nan, torch.inf, -1.0], ids=["nan", "inf", "black"])
def test_a_clip_that_turns_black_halfway_is_not_shown(engine, monkeypatch, value):
    """Inf, too: the pipeline clips it to white before anybody sees it."""
    vae = pipe_of(engine).vae
    plain = vae.decode
    monkeypatch.setattr(vae, "decode", lambda *given, **named: (from_the_middle_on(value)(plain(*given, **named)[0]),))
    with pytest.raises(BrokenFramesError):
        filmed(engine)


def test_a_decoder_that_makes_one_colour_of_all_is_broken_unless_the_still_is_one_too(engine, monkeypatch):
    vae = pipe_of(engine).vae
    plain = vae.decode
    monkeypatch.setattr(vae, "decode", lambda *given, **named: (torch.full_like(plain(*given, **named)[0], 0.2),))
    with pytest.raises(BrokenFramesError):
        filmed(engine)
    assert len(filmed(engine, np.full_like(STILL, 7))) == 48


def test_a_decoder_that_overflows_in_16_bits_decodes_once_more_in_32_within_the_take(engine, monkeypatch, caplog):
    """In 16 bits its first layer makes infinities, and the norm after it numbers that are none."""
    vae = pipe_of(engine).vae
    with monkeypatch.context() as patch:
        patch.setattr(vae.decoder.conv_in.weight, "data", vae.decoder.conv_in.weight.data * TOO_MUCH)
        right = np.stack(filmed(engine))
        told = []
        vae.to(torch.float16)
        made = np.stack(filmed(engine, tell=lambda *news: told.append(news)))
        assert {tensor.dtype for tensor in vae.state_dict().values()} == {torch.float16}
        vae.to(torch.float32)
    assert caplog.text.count("AutoencoderKLWan went wrong in torch.float16; once more in 32 bits") == 1
    assert told == [(Phase.STEPS, 0, 2), (Phase.STEPS, 1, 2), (Phase.STEPS, 2, 2), (Phase.DECODING, 0, 1)]
    assert np.abs(made.astype(int) - right).mean() < 8  # of 255: the still was encoded in 16 bits; others are 50 away


def test_what_is_broken_before_it_is_decoded_is_decoded_once(engine, caplog):
    vae = pipe_of(engine).vae.to(torch.float16)
    transformer = pipe_of(engine).transformer
    with spoilt(transformer, lambda made: tuple(map(not_a_number, made))), pytest.raises(BrokenFramesError):
        filmed(engine)
    vae.to(torch.float32)
    assert "once more" not in caplog.text


@pytest.mark.parametrize("spoil", [not_a_number, torch.zeros_like], ids=["nan", "one colour"])
def test_a_second_look_gives_what_32_bits_make_and_leaves_all_as_it_was(spoil):
    pipe = wan.ti2v()
    latents = torch.randn(1, wan.LATENT, 2, 2, 3, generator=torch.Generator().manual_seed(1))
    plain = pipe.vae.decode
    with torch.inference_mode():
        right = plain(latents).sample

        def narrow(latents):
            made = plain(latents)
            if latents.dtype is torch.float16:
                made.sample = spoil(made.sample)
            return made

        pipe.vae.decode = narrow
        pipe.vae.to(torch.float16)
        with second_look(pipe):
            found = pipe.vae.decode(latents.half()).sample
    assert pipe.vae.decode is narrow
    assert (found.dtype, pipe.vae.dtype) == (torch.float16, torch.float16)
    torch.testing.assert_close(found.float(), right, atol=0.02, rtol=0.02)  # the weights were rounded to 16 bits


def test_sound_gets_a_second_look_at_each_of_its_stages(caplog):
    pipe = ltx2.condition()
    mels = torch.rand(1, 2, 8, ltx2.MELS).bfloat16()
    pipe.vocoder.to(torch.bfloat16)
    heard = []

    def narrow(_part, _given, made):
        heard.append(made.dtype)
        return made if made.dtype is torch.float32 else not_a_number(made)

    hook = pipe.vocoder.conv_out.register_forward_hook(narrow)
    with torch.inference_mode(), second_look(pipe):
        found = pipe.vocoder(mels)
    hook.remove()
    assert found.isfinite().all()
    assert heard == [torch.bfloat16, torch.float32]
    assert "forward" not in vars(pipe.vocoder)


def test_a_card_that_breaks_in_the_middle_of_a_take_is_told_as_that(engine):
    def breaks(phase, done, _total):
        if (phase, done) == (Phase.STEPS, 1):
            raise torch.AcceleratorError("CUDA error: an illegal memory access was encountered")

    with pytest.raises(torch.AcceleratorError) as caught:
        filmed(engine, tell=breaks)
    assert card_failed(caught.value)


def test_a_warm_up_that_makes_no_picture_is_logged_and_leaves_it_to_the_takes_to_tell(engine, caplog):
    with spoilt(pipe_of(engine).transformer, lambda made: tuple(map(not_a_number, made))):
        engine.warm_up()
    assert "the warm-up made no picture" in caplog.text
