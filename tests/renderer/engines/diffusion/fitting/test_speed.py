"""What makes a pipeline quick: chosen by trying, with its effect counted. Kernels for cards are played by stand-ins."""

import json
import logging
from dataclasses import replace

import pytest
import torch
from diffusers.pipelines.ltx.pipeline_ltx_condition import LTXVideoCondition
from PIL import Image
from torch._dynamo.exc import BackendCompilerFailed

from renderer.contract.errors import BadModelError, CancelledError
from renderer.engines.diffusion.checkpoints.rows import MODELS
from renderer.engines.diffusion.fitting import caching, speed
from renderer.engines.diffusion.fitting.placement import Placement, Spread, place
from renderer.engines.engine import Tuning
from tests.renderer.tiny import ltx, ltx2, svd, wan

pytestmark = pytest.mark.usefixtures("one_thread")

EXPERTS, ONE = MODELS["wan2.2-i2v-a14b"], MODELS["wan2.2-ti2v-5b"]
CACHED = Tuning(cache="first_block:0.2")
WHOLE, PLAIN = Placement(), Tuning()
STEPS = 20


def built(make):
    with torch.random.fork_rng():
        torch.manual_seed(0)
        pipe = make()
    pipe.set_progress_bar_config(disable=True)
    return pipe


@pytest.fixture
def pipe():
    return built(wan.two_experts)


def hasten(pipe, spec, tuning=PLAIN, placement=WHOLE, steps=STEPS):
    return speed.hasten(pipe, spec, tuning, placement, "cpu", steps)


def bare_clip(pipe, steps=STEPS, on_step=None):
    return pipe(
        image=torch.full((1, 3, 32, 48), 0.5),
        prompt="waves",
        height=32,
        width=48,
        num_frames=5,
        num_inference_steps=steps,
        generator=torch.Generator().manual_seed(1),
        output_type="pt",
        callback_on_step_end=on_step,
    ).frames


def clip(pipe, steps=STEPS, on_step=None):
    """A clip made as the engine makes it: hooks freed however the call ends."""
    try:
        return bare_clip(pipe, steps, on_step)
    finally:
        pipe.maybe_free_model_hooks()


def call_off(step):
    def on_step(_pipe, index, _time, _tensors):
        if index == step:
            raise CancelledError
        return {}

    return on_step


def passes(expert):
    """Count what truly runs of the expert's last block."""
    ran = []
    expert.blocks[-1].ffn.register_forward_pre_hook(lambda *_: ran.append(True))
    return ran


def curves(folder, names=EXPERTS.experts, ratio=1.001):
    path = folder / "curves.json"
    path.write_text(json.dumps({name: [1.0] + [ratio] * 9 for name in names}))
    return path


# Caches


@pytest.mark.parametrize("kind", ["first_block", "mag"])
def test_a_cache_reuses_steps_of_both_experts_and_says_how_many(pipe, kind, tmp_path, caplog):
    caplog.set_level(logging.INFO)
    plain = clip(pipe)
    haste = hasten(pipe, EXPERTS, CACHED if kind == "first_block" else Tuning(cache=f"mag:{curves(tmp_path)}"))
    ran = [passes(pipe.transformer), passes(pipe.transformer_2)]
    made = haste.call(lambda: clip(pipe))
    asked = [2 * share for share in caching.shares(pipe, 2, STEPS)]  # with words and without
    assert all(0 < len(done) < most for done, most in zip(ran, asked, strict=True))
    assert haste.meter.asked == sum(asked)
    assert haste.meter.computed == len(ran[0]) + len(ran[1])
    assert f"reused {haste.meter.reused} of {sum(asked)} passes" in caplog.text
    assert not torch.equal(made, plain)
    assert (made - plain).abs().max() < 0.2


@pytest.mark.parametrize("kind", ["first_block", "mag"])
@pytest.mark.parametrize("step", [2, 12], ids=["noisy", "clean"])  # in the turn of either expert
def test_the_clip_after_one_that_was_called_off_is_that_of_a_fresh_pipeline(pipe, kind, step, tmp_path):
    tuning = CACHED if kind == "first_block" else Tuning(cache=f"mag:{curves(tmp_path)}")
    fresh = built(wan.two_experts)
    expected = hasten(fresh, EXPERTS, tuning).call(lambda: clip(fresh))
    haste = hasten(pipe, EXPERTS, tuning)
    with pytest.raises(CancelledError):
        haste.call(lambda: clip(pipe, on_step=call_off(step)))
    assert torch.equal(haste.call(lambda: clip(pipe)), expected)
    assert haste.meter.asked == 2 * STEPS, "what was called off is not counted"


def test_what_a_cache_remembers_would_spoil_the_next_clip(pipe):
    """Why hooks are freed however a call ends: without that, this is what happens."""
    haste = hasten(pipe, EXPERTS, Tuning(cache="first_block:0.9"))
    expected = haste.call(lambda: clip(pipe))
    with pytest.raises(CancelledError):
        bare_clip(pipe, on_step=call_off(12))
    assert not torch.equal(haste.call(lambda: clip(pipe)), expected)


def test_ltx_video_takes_a_cache_too():
    pipe, spec = built(ltx.condition), MODELS["ltx-video"]

    def call():
        return pipe(
            conditions=[LTXVideoCondition(image=Image.new("RGB", (32, 32), "grey"), frame_index=0)],
            prompt="waves",
            height=32,
            width=32,
            num_frames=9,
            num_inference_steps=STEPS,
            generator=torch.Generator().manual_seed(1),
            output_type="latent",
        ).frames

    plain = call()
    haste = hasten(pipe, spec, Tuning(cache="first_block:0.3"))
    assert not torch.equal(haste.call(call), plain)
    assert haste.meter.asked == STEPS  # with words and without at once
    assert haste.meter.reused > 0


def test_a_cache_without_effect_is_told(pipe, caplog):
    haste = hasten(pipe, EXPERTS, Tuning(cache="first_block:0.000001"))
    haste.call(lambda: clip(pipe))
    assert haste.meter.reused == 0
    assert "without effect" in caplog.text


def test_few_steps_are_not_cached_and_the_log_says_so(pipe, caplog):
    caplog.set_level(logging.INFO)
    haste = hasten(pipe, EXPERTS, CACHED, steps=19)
    assert haste.meter is None
    assert not pipe.transformer.is_cache_enabled
    assert "19 steps are fewer than 20" in caplog.text
    assert haste.maker == "native"


@pytest.mark.parametrize("row", ["svd-xt", "wan2.1-vace-1.3b", "ltx-2"])
@pytest.mark.parametrize("cache", ["first_block", "mag:file"])
def test_a_cache_is_refused_where_it_does_not_work(row, cache):
    with pytest.raises(BadModelError, match=f"{row}.*does not work with its network"):
        caching.read_wish(cache, MODELS[row])


def test_ltx_2_is_refused_since_diffusers_cannot_skip_its_blocks():
    """If this fails, diffusers has learnt it: then LTX-2 may have a cache."""
    pipe = built(ltx2.condition)
    with pytest.raises(ValueError, match="not registered"):
        pipe.transformer.enable_cache(caching.FirstBlockCacheConfig())


def test_vace_is_refused_since_a_reused_step_gets_its_hints_twice():
    """If this fails, diffusers has mended it: then VACE may have a cache."""
    network = built(wan.vace).transformer.eval()
    seen = {
        "hidden_states": torch.randn(1, 4, 2, 4, 6, generator=torch.Generator().manual_seed(5)),
        "timestep": torch.tensor([500.0]),
        "encoder_hidden_states": torch.ones(1, 8, 32),
        "control_hidden_states": torch.randn(1, 72, 2, 4, 6, generator=torch.Generator().manual_seed(6)),
    }
    network.enable_cache(caching.FirstBlockCacheConfig(threshold=0.5))
    with torch.no_grad(), network.cache_context("cond"):
        first, again = network(**seen).sample, network(**seen).sample
    assert (again - first).abs().max() > 0.01  # of the same input


@pytest.mark.parametrize(
    ("cache", "why"),
    [
        ("taylor", "there is no cache taylor; choose first_block"),
        ("mag", "needs curves that were measured"),
        ("first_block:2", "between 0 and 1"),
        ("first_block:much", "between 0 and 1"),
    ],
)
def test_a_setting_that_says_nothing_clear_is_refused_with_a_reason(cache, why):
    with pytest.raises(BadModelError, match=why):
        caching.read_wish(cache, EXPERTS)


def test_no_cache_is_the_usual():
    assert caching.read_wish(Tuning().cache, EXPERTS) is None


def test_curves_must_be_there_for_each_expert(tmp_path):
    with pytest.raises(BadModelError, match="no curve for transformer_2"):
        caching.read_curves(curves(tmp_path, names=("transformer",)), EXPERTS)
    with pytest.raises(BadModelError, match="cannot be read"):
        caching.read_curves(tmp_path / "none.json", EXPERTS)
    (tmp_path / "text.json").write_text('{"transformer": ["one"]}')
    with pytest.raises(BadModelError, match="cannot be read"):
        caching.read_curves(tmp_path / "text.json", EXPERTS)


def test_each_expert_is_given_its_own_number_of_steps(pipe):
    noisy, clean = caching.shares(pipe, 2, STEPS)
    turns = []
    pipe.transformer.register_forward_pre_hook(lambda *_: turns.append("noisy"))
    pipe.transformer_2.register_forward_pre_hook(lambda *_: turns.append("clean"))
    clip(pipe)
    assert (turns.count("noisy"), turns.count("clean")) == (2 * noisy, 2 * clean)


# Attention


def sample(masked=False):
    query, key, value = torch.randn(3, 1, 16, 2, 8, generator=torch.Generator().manual_seed(0))
    mask = torch.zeros(1, 2, 1, 16) if masked else None
    return speed.Sample(query=query, key=key, value=value, attn_mask=mask)


def plain_attention(small):
    heads_first = (each.transpose(1, 2) for each in (small.query, small.key, small.value))
    return torch.nn.functional.scaled_dot_product_attention(*heads_first).transpose(1, 2)


@pytest.fixture
def kernels(monkeypatch):
    """Stand-ins by name; other names go to diffusers."""
    made, real = {}, speed._attend
    monkeypatch.setattr(speed, "_attend", lambda name, small: made[name](small) if name in made else real(name, small))
    return made


def test_cards_are_given_their_quickest_kernels_first_and_torchs_own_last():
    for capability in ((8, 0), (8, 9), (9, 0), (10, 0), (12, 0)):
        names = speed.candidates("", capability)
        assert names[-1] == "native"
        assert len(names) > 1
    assert "_flash_3" in speed.candidates("", (9, 0))
    assert "_flash_3" not in speed.candidates("", (8, 9))
    assert speed.candidates("", (7, 5)) == speed.candidates("", None) == ("native",)


def test_what_would_download_code_is_tried_only_when_it_is_named():
    for names in (speed.HOPPER, speed.BLACKWELL, speed.AMPERE):
        assert not any("hub" in name for name in names)
    assert speed.candidates("flash_hub", (8, 0)) == ("flash_hub",)


def test_a_missing_package_leads_to_the_next_kernel():
    name, failed = speed.first_working(("sage", "flash", "native"), sample())
    assert name == "native"
    assert "sageattention" in failed["sage"]
    assert "flash-attn" in failed["flash"]


def test_a_kernel_that_breaks_or_lies_is_passed_over(kernels):
    def broken(small):
        raise TypeError("no kernel image")

    kernels.update(broken=broken, liar=lambda small: small.value.flip(1), right=plain_attention)
    name, failed = speed.first_working(("broken", "liar", "right", "native"), sample())
    assert name == "right"
    assert failed["broken"] == "no kernel image"
    assert "off by" in failed["liar"]


def test_a_kernel_that_breaks_the_card_is_named_and_nothing_else_is_tried(kernels, caplog):
    """A card says the same at each call from then on; one that only lacks the kernel goes on working."""
    broken = RuntimeError("CUDA error: an illegal memory access was encountered")

    def breaks(_small):
        kernels.update(native=fails)
        raise broken

    def fails(_small):
        raise broken

    kernels.update(breaks=breaks)
    with pytest.raises(RuntimeError) as caught:
        speed.first_working(("breaks", "right"), sample())
    assert caught.value is broken
    assert "attention breaks broke the card; set UNSTILL_ATTENTION" in caplog.text


def test_kernels_are_tried_with_the_mask_that_the_family_uses():
    pipe = built(ltx.condition)
    assert speed.draw_sample(pipe.transformer, MODELS["ltx-video"].family, "cpu").attn_mask is not None
    assert speed.draw_sample(built(wan.ti2v).transformer, ONE.family, "cpu").attn_mask is None
    assert speed.why_broken("native", sample(masked=True)) == ""


def test_one_line_says_what_is_used_and_what_is_not_there(pipe, caplog, monkeypatch):
    caplog.set_level(logging.INFO, logger="renderer")
    monkeypatch.setattr(speed, "_capability", lambda _device: (8, 9))
    assert hasten(pipe, EXPERTS).maker == "native"
    (line,) = [
        record.message for record in caplog.records if "attention" in record.message and record.name == speed.__name__
    ]
    assert line.startswith("attention: native; sage does not work here: ")
    assert "flash does not work here: " in line


def test_a_named_attention_that_does_not_work_is_an_error(pipe):
    with pytest.raises(BadModelError, match=r"attention flash does not work: .*flash-attn"):
        hasten(pipe, EXPERTS, Tuning(attention="flash"))
    with pytest.raises(BadModelError, match="attention fast does not work"):
        hasten(pipe, EXPERTS, Tuning(attention="fast"))


def test_a_named_attention_is_set_on_every_expert(pipe):
    haste = hasten(pipe, EXPERTS, Tuning(attention="_native_math"))
    assert haste.maker == "_native_math"
    for expert in (pipe.transformer, pipe.transformer_2):
        assert {block.attn1.processor._attention_backend.value for block in expert.blocks} == {"_native_math"}
        expert.set_attention_backend("native")


def test_svd_has_no_choice_of_attention():
    pipe, spec = built(svd.first_frame), MODELS["svd-xt"]
    assert hasten(pipe, spec, Tuning(compile=True)).maker == "native"
    with pytest.raises(BadModelError, match="one attention only"):
        hasten(pipe, spec, Tuning(attention="flash"))


def test_experts_kept_in_8_bits_are_tried_in_the_bits_they_compute_in(pipe):
    place(pipe, EXPERTS, Placement(spread=Spread.STREAMED, tiling=True, fp8=True), "cpu")
    assert hasten(pipe, EXPERTS).maker == "native"
    assert speed.draw_sample(pipe.transformer, EXPERTS.family, "cpu").query.dtype is torch.float32


# Compiling


@pytest.mark.parametrize(
    ("tuning", "placement", "device", "compiled"),
    [
        (Tuning(), WHOLE, "cpu", False),
        (Tuning(), WHOLE, "cuda", True),
        (Tuning(compile=True), WHOLE, "cpu", True),
        (Tuning(compile=False), WHOLE, "cuda", False),
        (Tuning(), Placement(spread=Spread.TURNS), "cuda", True),
        (Tuning(), Placement(spread=Spread.STREAMED), "cuda", False),
        (Tuning(compile=True), Placement(fp8=True), "cuda", False),
        (Tuning(cache="first_block"), WHOLE, "cuda", True),
        (Tuning(cache="mag:file"), WHOLE, "cuda", False),
    ],
)
def test_blocks_are_compiled_on_a_card_where_they_stay_as_they_are(pipe, tuning, placement, device, compiled):
    assert (not speed.why_not_compiled(pipe, EXPERTS, tuning, placement, device)) == compiled


def failing_compile(monkeypatch, error):
    """As torch does it: compiling is put off to the first call, and fails there."""

    def compile_later(self, *_args, **_kwargs):
        def fail(*_a, **_k):
            raise BackendCompilerFailed("inductor", error, None)

        self._compiled_call_impl = fail

    monkeypatch.setattr(torch.nn.Module, "compile", compile_later)


def test_blocks_that_do_not_compile_are_run_as_they_are_with_one_line(pipe, monkeypatch, caplog):
    expected = clip(pipe, steps=2)
    failing_compile(monkeypatch, OSError("no C++ compiler"))
    haste = hasten(pipe, EXPERTS, Tuning(compile=True), steps=2)
    assert haste.maker == "native, compiled"
    assert torch.equal(haste.call(lambda: clip(pipe, steps=2)), expected)
    assert haste.maker == "native"
    assert torch.equal(haste.call(lambda: clip(pipe, steps=2)), expected)
    (line,) = [record.message for record in caplog.records if "not compiled" in record.message]
    assert "no C++ compiler" in line


@pytest.mark.parametrize(
    "error", [torch.OutOfMemoryError("CUDA out of memory."), torch.AcceleratorError("CUDA error: misaligned address")]
)
def test_a_card_that_fails_while_blocks_are_compiled_is_left_to_others(pipe, monkeypatch, error):
    failing_compile(monkeypatch, error)
    haste = hasten(pipe, EXPERTS, Tuning(compile=True), steps=2)
    with pytest.raises(BackendCompilerFailed):
        haste.call(lambda: clip(pipe, steps=2))
    assert haste.compiled


def test_all_that_is_chosen_goes_into_the_fingerprint(pipe, monkeypatch):
    monkeypatch.setattr(torch.nn.Module, "compile", lambda self: None)
    assert hasten(pipe, EXPERTS, replace(CACHED, compile=True)).maker == "native, compiled, first_block:0.2"
