"""What makes a pipeline quick on the machine at hand: kernels for attention, compiled blocks, reuse between steps.

Each is tried out, and what does not work here is left out with a line in the log; what an operator named and does not
work is an error. What was chosen goes into the clip's `maker`: the same shot has other pixels with other kernels.
No kernel for a card could be run here; the choice among them was, with kernels that fail and kernels that lie.
"""

import logging
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from textwrap import shorten
from typing import Any, TypeVar

import torch
from diffusers.models.attention_dispatch import attention_backend, dispatch_attention_fn
from diffusers.utils import logging as diffusers_logging

# How torch reports what it could not compile: at the first call, whatever the compiler underneath raised.
from torch._dynamo.exc import TorchDynamoException

from renderer.contract.errors import BadModelError
from renderer.engines.diffusion.checkpoints.spec import Family, ModelSpec
from renderer.engines.diffusion.fitting import caching
from renderer.engines.diffusion.fitting.placement import Placement, Spread
from renderer.engines.engine import Tuning
from renderer.models.faults import card_failed, ran_out

T = TypeVar("T")
log = logging.getLogger(__name__)

NATIVE = "native"  # torch's own choice of its kernels
# By the card's compute capability, the quickest first. Those that would be downloaded as code are used only when named.
HOPPER = ("_flash_3", "sage", "_native_cudnn", "flash", NATIVE)
BLACKWELL = ("sage", "_native_cudnn", "flash", NATIVE)
AMPERE = ("sage", "flash", NATIVE)  # and Ada
MASKED = frozenset({Family.LTX, Family.LTX2})  # they hide the padding of the prompt, which some kernels cannot
TOLERANCE = 0.05  # mean difference over mean size; kernels in 8 bits have 0.01 to 0.02, wrong ones about 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A small attention as the model has it."""

    query: torch.Tensor  # [1, tokens, heads, width]
    key: torch.Tensor
    value: torch.Tensor
    attn_mask: torch.Tensor | None  # [1, heads, 1, tokens], added to the scores


class Haste:
    """What makes one pipeline quick, and what came of it in its calls."""

    def __init__(self, pipe: Any, spec: ModelSpec, attention: str) -> None:
        self._experts = [getattr(pipe, name) for name in spec.experts]
        self._attention = attention
        self.compiled = False
        self.cache = ""
        self.meter: caching.Meter | None = None

    @property
    def maker(self) -> str:
        """What was chosen, for the clip's fingerprint. It changes where compiling fails."""
        return ", ".join(filter(None, (self._attention, "compiled" if self.compiled else "", self.cache)))

    def compile(self) -> None:
        """Have the blocks that repeat compiled when they are first called: one of them stands for all."""
        for expert in self._experts:
            expert.compile_repeated_blocks()
        self.compiled = True

    def call(self, attempt: Callable[[], T]) -> T:
        """Call the pipeline by `attempt`, and once more where its blocks turn out not to compile; log what was reused.

        So a second attempt must draw its noise anew.
        """
        try:
            return self._metered(attempt)
        except TorchDynamoException as error:
            if not self.compiled or ran_out(error) or card_failed(error):
                raise
            reason = _in_short(error)
        log.warning("not compiled from now on: %s", reason)
        self.uncompile()
        return self._metered(attempt)

    def _metered(self, attempt: Callable[[], T]) -> T:
        if self.meter is None:
            return attempt()
        self.meter.restart()
        result = attempt()
        _log_reuse(self.cache, self.meter)
        return result

    def uncompile(self) -> None:
        """Run the blocks as they are from now on."""
        for expert in self._experts:
            for module in expert.modules():
                module._compiled_call_impl = None  # noqa: SLF001  `Module.compile` sets it, and torch has no way back
        self.compiled = False


def hasten(pipe: Any, spec: ModelSpec, tuning: Tuning, placement: Placement, device: str, steps: int) -> Haste:
    """Make a placed pipeline as quick as it gets here. `steps` are those of its calls.

    Raises `BadModelError` where an operator named what does not work.
    """
    wish = caching.read_wish(tuning.cache, spec)
    haste = Haste(pipe, spec, choose_attention(pipe, spec, tuning, device))
    if torch.device(device).type == "cuda":
        torch.set_float32_matmul_precision("high")  # TF32, for the parts that are kept in 32 bits
    reason = "" if wish is None else caching.why_off(wish, steps)
    if reason:
        log.info("%s", reason)
    elif wish is not None:
        haste.meter, haste.cache = caching.enable(pipe, spec, wish, steps), tuning.cache
    reason = why_not_compiled(pipe, spec, tuning, placement, device)
    if not reason:
        haste.compile()
    elif tuning.compile:
        log.warning("not compiled: %s", reason)
    return haste


def why_not_compiled(pipe: Any, spec: ModelSpec, tuning: Tuning, placement: Placement, device: str) -> str:
    """Say why blocks are not compiled; "" where they are."""
    if tuning.compile is False or (tuning.compile is None and torch.device(device).type != "cuda"):
        return "nobody asked for it"
    # Where weights come and go or change their bits within a block, each of its layers would be a graph of its own.
    if placement.fp8 or placement.spread is Spread.STREAMED:
        return "the layers come to the card one by one"
    if tuning.cache.startswith(caching.Kind.MAG):
        return "diffusers keeps the compiler out of blocks that the mag cache may skip"
    if not all(getattr(getattr(pipe, name), "_repeated_blocks", None) for name in spec.experts):
        return "the network has no blocks that repeat"
    return ""


def choose_attention(pipe: Any, spec: ModelSpec, tuning: Tuning, device: str) -> str:
    """Set the quickest attention that works for this model on this card, and give its name.

    Raises `BadModelError` where the operator named one that does not.
    """
    experts = [getattr(pipe, name) for name in spec.experts]
    if not all(_has_choice(expert) for expert in experts):
        if tuning.attention:
            raise BadModelError(name=spec.id, why="its network has one attention only; name none")
        return NATIVE
    sample = draw_sample(experts[0], spec.family, device)
    chosen, failed = first_working(candidates(tuning.attention, _capability(device)), sample)
    if tuning.attention and failed:
        raise BadModelError(name=spec.id, why=f"attention {tuning.attention} does not work: {failed[chosen]}")
    told = "".join(f"; {name} does not work here: {reason}" for name, reason in failed.items())
    log.info("attention: %s%s", chosen, told)
    with _without_warnings():  # each call would say that it is experimental
        for expert in experts:
            expert.set_attention_backend(chosen)
    return chosen


def candidates(named: str, capability: tuple[int, int] | None) -> tuple[str, ...]:
    """The attentions to try, the quickest first: just the one that was named, or those for a card of `capability`."""
    if named:
        return (named,)
    if capability is None or capability[0] < 8:
        return (NATIVE,)
    return {8: AMPERE, 9: HOPPER}.get(capability[0], BLACKWELL)


def first_working(names: tuple[str, ...], sample: Sample) -> tuple[str, dict[str, str]]:
    """Try attentions in turn: the first that works (or the last), and for each that failed why."""
    failed: dict[str, str] = {}
    for name in names:
        reason = why_broken(name, sample)
        if not reason:
            return name, failed
        failed[name] = reason
    return names[-1], failed


def why_broken(name: str, sample: Sample) -> str:
    """Say why an attention does not work for the sample; "" where it does.

    Raises what torch's own raises where the other broke the card: nothing works there in this process any more.
    """
    plain = _attend(NATIVE, sample).float()
    try:
        # Work on a card fails where its result is read, which is in here.
        off = float((_attend(name, sample).float() - plain).abs().mean() / plain.abs().mean())
    except Exception as error:  # noqa: BLE001  foreign kernels raise what they like, and any of it means no
        reason = _in_short(error)
        _check_card_after(name, sample)
        return reason
    return "" if off < TOLERANCE else f"its numbers are off by {off:.0%}"


def _check_card_after(name: str, sample: Sample) -> None:
    """Compute once more with torch's own attention, after that of `name` failed."""
    try:
        float(_attend(NATIVE, sample).float().mean())
    except Exception:
        log.warning("attention %s broke the card; set UNSTILL_ATTENTION to another, such as %s", name, NATIVE)
        raise


def draw_sample(expert: Any, family: Family, device: str) -> Sample:
    """Draw a small attention of the expert's width and number format, with a mask where the family uses them."""
    tokens, heads = 256, 2
    noise = torch.randn(
        3, 1, tokens, heads, expert.config.attention_head_dim, generator=torch.Generator().manual_seed(0)
    )
    query, key, value = noise.to(device, expert.dtype)
    mask = None
    if family in MASKED:
        mask = torch.zeros(1, heads, 1, tokens, dtype=query.dtype, device=device)
        mask[..., tokens // 2 :] = -10000.0  # as LTX hides what is no word
    return Sample(query=query, key=key, value=value, attn_mask=mask)


def _attend(name: str, sample: Sample) -> torch.Tensor:
    with torch.inference_mode(), attention_backend(name):
        return dispatch_attention_fn(sample.query, sample.key, sample.value, attn_mask=sample.attn_mask)


def _has_choice(expert: Any) -> bool:
    processors = (getattr(module, "processor", None) for module in expert.modules())
    return any(hasattr(processor, "_attention_backend") for processor in processors)


def _capability(device: str) -> tuple[int, int] | None:
    return torch.cuda.get_device_capability(device) if torch.device(device).type == "cuda" else None


def _log_reuse(cache: str, meter: caching.Meter) -> None:
    if meter.reused:
        log.info("the %s cache reused %d of %d passes", cache, meter.reused, meter.asked)
    else:
        log.warning("the %s cache is without effect: all of %d passes were computed", cache, meter.asked)


@contextmanager
def _without_warnings() -> Generator[None]:
    verbosity = diffusers_logging.get_verbosity()
    diffusers_logging.set_verbosity_error()
    try:
        yield
    finally:
        diffusers_logging.set_verbosity(verbosity)


def _in_short(error: BaseException) -> str:
    return shorten(str(error).strip() or type(error).__name__, 200, placeholder=" …")
