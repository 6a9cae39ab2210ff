"""Where a pipeline's parts are kept. What needs a card is decided by pure functions; the means run on the processor."""

from contextlib import nullcontext
from dataclasses import replace

import numpy as np
import pytest
import torch
from PIL import Image

from renderer.contract.errors import BadModelError
from renderer.engines.diffusion.calling import call
from renderer.engines.diffusion.checkpoints.rows import MODELS
from renderer.engines.diffusion.checkpoints.spec import Family, FrameRule, Given, ModelSpec, Profile
from renderer.engines.diffusion.families import Ask
from renderer.engines.diffusion.fitting import placement
from renderer.engines.diffusion.fitting.placement import Placement, Spread
from renderer.engines.diffusion.language import Said
from renderer.engines.engine import Tuning, unheard
from tests.renderer import tiny
from tests.renderer.tiny import svd, wan

pytestmark = pytest.mark.usefixtures("one_thread")

PROFILE = Profile(steps=2, guidance=(3.0, 3.0), vram_gb=80, least_vram_gb=12)
SPEC = ModelSpec(
    id="two",
    family=Family.WAN,
    repo="nobody/two",
    pipeline="WanImageToVideoPipeline",
    licence="none",
    duty="",
    sizes=((32, 48),),
    multiple=16,
    fps=8,
    frames=FrameRule(step=4, most=17),
    profiles={"finish": PROFILE, "draft": replace(PROFILE, least_vram_gb=8)},
    given=frozenset({Given.FIRST}),
    experts=("transformer", "transformer_2"),
    keep_float32=("vae",),
)
WEIGHTS = {"transformer": 28.0, "transformer_2": 28.0, "text_encoder": 11.4, "vae": 0.5}  # Wan 2.2 A14B
STREAMED = Placement(spread=Spread.STREAMED, tiling=True)


@pytest.fixture
def pipe():
    with torch.random.fork_rng():
        torch.manual_seed(0)
        pipe = wan.two_experts()
    pipe.set_progress_bar_config(disable=True)
    return pipe


def clip(pipe):
    return pipe(
        image=torch.full((1, 3, 32, 48), 0.5),
        prompt="waves",
        height=32,
        width=48,
        num_frames=5,
        num_inference_steps=3,
        generator=torch.Generator().manual_seed(1),
        output_type="pt",
    ).frames


def row_clip(pipe, spec):
    """A clip of any row, asked as the engine asks."""
    small = tiny.TINY[spec.id]
    height, width = small.sides
    still = (Image.linear_gradient("L").convert("RGB").resize((width, height)),)
    ask = Ask(
        height=height,
        width=width,
        frames=small.frames["step"] + 1,
        fps=small.fps,
        first=still,
        last=still if spec.given == {Given.BOTH} else (),
        said=Said(),
        steps=2,
        guidance=spec.profiles["finish"].guidance,
        generator=torch.Generator().manual_seed(1),
        options=dict(spec.options),
    )
    return call(pipe, spec.family, ask, nullcontext(), unheard).pixels


@pytest.mark.parametrize(
    ("memory", "expected"),
    [
        (None, Placement()),
        (96, Placement()),
        (80, Placement()),
        (79, Placement(spread=Spread.READER_OFF, tiling=True)),
        (60, Placement(spread=Spread.TURNS, tiling=True)),
        (40, Placement(spread=Spread.TURNS, tiling=True)),
        (39, STREAMED),
        (13, STREAMED),
        (12, replace(STREAMED, fp8=True)),
    ],
)
def test_the_quickest_placement_that_fits_is_planned(memory, expected):
    assert placement.plan(SPEC, PROFILE, memory, Tuning(), WEIGHTS) == expected


def test_where_only_decoding_does_not_fit_the_pipeline_stays_whole_and_decodes_in_tiles():
    profile = replace(PROFILE, vram_gb=90)
    assert placement.plan(SPEC, profile, 85, Tuning(), WEIGHTS) == Placement(tiling=True)


def test_published_memory_is_not_believed_where_the_weights_alone_take_more():
    profile = replace(PROFILE, vram_gb=24)  # as published with parts of it offloaded
    assert placement.plan(SPEC, profile, 60, Tuning(), WEIGHTS).spread is Spread.TURNS


def test_less_memory_never_means_a_quicker_placement():
    ladder = list(dict.fromkeys(placement.plan(SPEC, PROFILE, gb / 2, Tuning(), WEIGHTS) for gb in range(200, 23, -1)))
    assert [step.spread for step in ladder] == sorted((step.spread for step in ladder), key=list(Spread).index)
    assert not any(step.fp8 for step in ladder[:-1])


def test_a_card_that_is_too_small_is_refused_before_loading_with_what_would_fit():
    with pytest.raises(BadModelError) as caught:
        placement.plan(SPEC, PROFILE, 11.5, Tuning())
    why = str(caught.value.data["why"])
    assert why.startswith("it needs 12 GB of the card's memory, of which 11.5 are free; what fits: ")
    assert "svd-xt" in why
    assert "ltx-2" not in why


@pytest.mark.parametrize(
    "error", [torch.OutOfMemoryError("CUDA out of memory."), torch.AcceleratorError("CUDA error: out of memory")]
)
def test_a_card_that_is_full_while_a_pipeline_is_placed_is_told_plainly(pipe, monkeypatch, error):
    def full(_device):
        raise error

    monkeypatch.setattr(pipe, "to", full)
    with pytest.raises(BadModelError, match=r"ran out while it was placed \(whole\); set UNSTILL_VRAM"):
        placement.place(pipe, SPEC, Placement(), "cuda")


def test_the_operator_may_plan_for_less_memory_than_is_free():
    assert placement.plan(SPEC, PROFILE, 96, Tuning(vram_gb=24), WEIGHTS) == STREAMED


def test_models_that_fit_a_card_go_by_the_names_that_a_worker_takes():
    assert placement.fitting([SPEC], 12) == ("two", "two:draft")
    assert placement.fitting([SPEC], 11) == ("two:draft",)
    assert placement.fitting([SPEC], 4) == ()


def test_a_processor_computes_in_32_bits():
    assert placement.dtypes(SPEC, "cpu") == {"default": torch.float32}


def test_a_card_computes_in_bfloat16_but_for_the_parts_that_it_spoils(monkeypatch):
    monkeypatch.setattr(torch.cuda, "get_device_capability", lambda _device: (8, 9))
    assert placement.dtypes(SPEC, "cuda:0") == {"default": torch.bfloat16, "vae": torch.float32}


def test_an_old_card_runs_only_what_bears_float16():
    assert placement.half_precision(replace(SPEC, family=Family.SVD), (7, 5)) is torch.float16
    with pytest.raises(BadModelError, match="bfloat16"):
        placement.half_precision(SPEC, (7, 5))


def test_parts_are_weighed_in_the_format_they_are_in(pipe):
    before = placement.weights_gb(pipe)
    pipe.text_encoder.to(torch.bfloat16)
    after = placement.weights_gb(pipe)
    assert set(after) == {"transformer", "transformer_2", "text_encoder", "vae"}
    assert after["text_encoder"] == pytest.approx(before["text_encoder"] / 2)
    assert after["vae"] == before["vae"] > 0


@pytest.mark.parametrize("spread", Spread)
def test_the_clip_is_the_same_wherever_its_parts_are_kept(pipe, spread):
    plain = clip(pipe)
    placement.place(pipe, SPEC, Placement(spread=spread), "cpu")
    assert torch.equal(clip(pipe), plain)
    assert torch.equal(clip(pipe), plain), "the second clip"


@pytest.mark.parametrize("row", sorted(MODELS))
def test_each_row_makes_the_same_clip_layer_by_layer(row):
    spec, pipe = MODELS[row], tiny.build(row)
    pipe.set_progress_bar_config(disable=True)
    plain = row_clip(pipe, spec)
    placement.place(pipe, spec, STREAMED, "cpu")
    np.testing.assert_array_equal(row_clip(pipe, spec), plain)
    np.testing.assert_array_equal(row_clip(pipe, spec), plain, "the second clip")


def test_each_spread_moves_just_its_parts(pipe):
    def streamed():
        return {name for name in placement.weights_gb(pipe) if _has_offloading(getattr(pipe, name))}

    placement.place(pipe, SPEC, Placement(spread=Spread.READER_OFF), "cpu")
    assert streamed() == {"text_encoder"}


def test_streaming_moves_the_experts_too(pipe):
    placement.place(pipe, SPEC, STREAMED, "cpu")
    assert _has_offloading(pipe.transformer)
    assert _has_offloading(pipe.transformer_2)
    assert not _has_offloading(pipe.vae)
    assert pipe.vae.use_tiling


def _has_offloading(network):
    registries = (getattr(module, "_diffusers_hook", None) for module in network.modules())
    return any(registry is not None and "group_offloading" in registry.hooks for registry in registries)


def test_experts_kept_in_8_bits_weigh_less_and_still_make_a_clip_much_alike(pipe):
    plain, before = clip(pipe), placement.weights_gb(pipe)
    placement.place(pipe, SPEC, replace(STREAMED, fp8=True), "cpu")
    after = placement.weights_gb(pipe)
    for name in SPEC.experts:
        assert after[name] < 0.6 * before[name]  # norms and embeddings keep their bits
    squeezed = clip(pipe)
    assert not torch.equal(squeezed, plain), "8 bits were not used"
    assert (squeezed - plain).abs().max() < 0.1  # e4m3 keeps 3 bits after the point


def test_a_vae_that_has_no_tiles_is_left_as_it_is():
    pipe = svd.first_frame()
    assert not placement.tile(pipe)
    placement.place(pipe, replace(SPEC, experts=("unet",)), Placement(tiling=True), "cpu")


def test_weights_are_pinned_only_where_ram_holds_them_twice():
    assert placement.pins(30, 40)
    assert not placement.pins(60, 40)


def test_pinned_weights_are_counted_as_torch_takes_them_each_rounded_up_to_a_power_of_two():
    """68.6 GB of Wan 2.2 A14B are 102.6 once pinned."""
    network = torch.nn.Linear(3, 5, bias=False)
    network.register_buffer("place", torch.zeros(16))
    network.register_buffer("nothing", torch.zeros(0))
    assert placement.pinned_gb([network, torch.nn.Linear(4, 4, bias=False)]) == (64 + 64 + 64) / 1e9
    weights = torch.nn.Linear(5120, 13824, bias=False, device="meta", dtype=torch.bfloat16)
    assert placement.pinned_gb([weights]) == 2**28 / 1e9


def test_what_cannot_be_pinned_streams_all_the_same(pipe, monkeypatch, caplog):
    """Played on the processor: pinning fails once the first network is hooked."""
    plain, asked, real = clip(pipe), [], pipe.enable_group_offload

    def enable(*, low_cpu_mem_usage, use_stream, non_blocking, exclude_modules, **given):
        asked.append((use_stream, non_blocking, low_cpu_mem_usage))
        if low_cpu_mem_usage:
            real(exclude_modules=exclude_modules, **given)
            return
        real(exclude_modules=[*exclude_modules, "transformer_2"], **given)
        raise RuntimeError("CUDA error: OS call failed or operation not supported on this OS")

    monkeypatch.setattr(placement, "_is_card", lambda _device: True)
    monkeypatch.setattr(pipe, "enable_group_offload", enable)
    placement.place(pipe, SPEC, replace(STREAMED, tiling=False), "cpu")
    assert asked == [(True, True, False), (True, True, True)]
    assert "weights cannot be pinned in RAM, so they will travel slower: CUDA error: OS call failed" in caplog.text
    assert _has_offloading(pipe.transformer_2)
    assert torch.equal(clip(pipe), plain)


def test_weights_that_a_container_has_no_room_for_are_not_pinned(pipe, monkeypatch):
    asked = []
    monkeypatch.setattr(placement, "_is_card", lambda _device: True)
    monkeypatch.setattr(placement, "free_ram_gb", lambda: placement.pinned_gb([pipe.text_encoder]))
    monkeypatch.setattr(pipe, "enable_group_offload", lambda **given: asked.append(given["low_cpu_mem_usage"]))
    placement.place(pipe, SPEC, Placement(spread=Spread.READER_OFF), "cuda")
    assert asked == [True]


def test_a_placed_pipeline_is_moved_from_spread_to_spread_and_makes_the_same_clip(pipe):
    plain, placed = clip(pipe), Placement()
    placement.place(pipe, SPEC, placed, "cpu")
    seen = [placed.spread]
    while (lower := placement.below(SPEC, PROFILE, placed, WEIGHTS)) is not None:
        placed = replace(lower, tiling=False)
        placement.move(pipe, SPEC, placed, "cpu")
        assert torch.equal(clip(pipe), plain)
        placed = lower
        seen.append(placed.spread)
    assert seen == list(Spread)


def test_no_card_has_no_free_memory_to_plan_with():
    assert placement.free_gb("cpu") is None
