"""What diffusers does without saying so, and our rows are built around. Where it changes, these tell."""

import numpy as np
import pytest
import torch
from PIL import Image

from renderer.contract.errors import RenderFailedError
from renderer.contract.shot import Beat
from renderer.engines.diffusion.calling import call
from renderer.engines.diffusion.checkpoints.loading import load
from renderer.engines.diffusion.families import ARGUMENTS, Ask
from renderer.engines.diffusion.language import Said
from renderer.engines.diffusion.noise import noise_of, seeded
from renderer.engines.engine import Tuning, unheard
from tests.renderer import tiny

pytestmark = pytest.mark.usefixtures("one_thread")


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """Each row's pipeline, loaded once."""
    known = {}

    def get(row):
        if row not in known:
            known[row] = load(str(tiny.save(row, tmp_path_factory.mktemp("models") / row)), Tuning())
        return known[row]

    return get


def picture(loaded, seed):
    short, long = loaded.spec.sizes[0]
    return Image.fromarray(np.random.default_rng(seed).integers(0, 256, (short, long, 3), np.uint8))


def ask(loaded, *, frames=5, **fields):
    short, long = loaded.spec.sizes[0]
    usual = {"first": (picture(loaded, 1),), "said": Said(prompt="waves"), "generator": seeded(1)}
    return Ask(
        height=short,
        width=long,
        frames=frames,
        fps=loaded.spec.fps,
        steps=2,
        guidance=loaded.profile.guidance,
        **usual | fields,
    )


def pixels(loaded, **fields):
    """What the bare pipeline makes of an ask, and of arguments that it would not have given."""
    more = fields.pop("more", {})
    return loaded.pipe(**ARGUMENTS[loaded.spec.family](ask(loaded, **fields)) | more).frames[0]


@pytest.mark.parametrize("row", ["wan2.2-ti2v-5b", "wan2.2-i2v-a14b"])
def test_a_last_image_is_ignored_by_the_small_wan_alone(loaded, row):
    model = loaded(row)
    ignored = np.array_equal(pixels(model), pixels(model, more={"last_image": picture(model, 2)}))
    assert ignored is (row == "wan2.2-ti2v-5b")


def test_the_model_for_both_ends_breaks_without_its_last(loaded):
    with pytest.raises(RuntimeError, match="invalid for input of size"):
        pixels(loaded("wan2.1-flf2v-14b"))


@pytest.mark.parametrize(("row", "asked", "made"), [("wan2.2-i2v-a14b", 16, 17), ("ltx-video", 16, 9)])
def test_a_count_that_a_pipeline_would_round_is_never_taken_for_what_was_asked(loaded, row, asked, made):
    model = loaded(row)
    assert len(pixels(model, frames=asked)) == made
    generator, noise = noise_of(Beat(mood="", seed=1))
    with pytest.raises(RenderFailedError):
        call(model.pipe, model.spec.family, ask(model, frames=asked, generator=generator), noise, unheard)


def test_ltx_draws_its_own_noise_whatever_it_is_handed(loaded):
    """Hence `noise.py`, which turns noise where it is drawn."""
    model = loaded("ltx-video")
    channels = model.pipe.transformer.config.in_channels
    ratio = model.pipe.vae_spatial_compression_ratio
    short, long = model.spec.sizes[0]
    shape = (1, channels, (9 - 1) // model.pipe.vae_temporal_compression_ratio + 1, short // ratio, long // ratio)
    handed = torch.zeros(shape)
    np.testing.assert_array_equal(pixels(model, frames=9), pixels(model, frames=9, more={"latents": handed}))
