"""From a model's name to its pipeline, on the CPU: placing it is `placement`'s."""

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import diffusers
import torch
import transformers
from diffusers.schedulers.scheduling_flow_match_euler_discrete import FlowMatchEulerDiscreteScheduler
from peft.tuners.tuners_utils import BaseTunerLayer
from safetensors import SafetensorError

from renderer.contract.abilities import model_name
from renderer.contract.errors import BadModelError
from renderer.engines.diffusion.checkpoints.checkpoint import has_variant
from renderer.engines.diffusion.checkpoints.finding import Found, find
from renderer.engines.diffusion.checkpoints.layers import check_layers
from renderer.engines.diffusion.checkpoints.schedule import check_schedule
from renderer.engines.diffusion.checkpoints.spec import Component, Lora, ModelSpec, Option, Profile
from renderer.engines.diffusion.fitting.placement import dtypes, free_gb, plan
from renderer.engines.engine import Tuning
from renderer.models.networks import first_line

_library = cast("Any", diffusers)  # it exports its classes lazily
# By name, since an index may name a sibling, and other classes are not called as ours are.
PIPELINES: dict[str, Any] = {
    "WanImageToVideoPipeline": _library.WanImageToVideoPipeline,
    "WanVACEPipeline": _library.WanVACEPipeline,
    "LTXConditionPipeline": _library.LTXConditionPipeline,
    "LTX2ConditionPipeline": _library.LTX2ConditionPipeline,
    "StableVideoDiffusionPipeline": _library.StableVideoDiffusionPipeline,
}
MADE_UP = "newly initialized"  # both libraries go on with random weights, and say so


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A pipeline with all that is known of it."""

    name: str  # as shots and queues call it
    spec: ModelSpec
    profile_name: str
    pipe: Any  # a pipeline of diffusers, its components on the CPU
    device: str  # where it is to run: "cuda" or "cpu"
    tuning: Tuning
    maker: str  # libraries and device

    @property
    def profile(self) -> Profile:
        return self.spec.profiles[self.profile_name]

    @property
    def options(self) -> dict[str, Option]:
        """More arguments of the pipeline's call: the row's, and over them the profile's."""
        return {**self.spec.options, **self.profile.options}

    @property
    def experts(self) -> tuple[Any, ...]:
        """The networks that take turns denoising."""
        return tuple(getattr(self.pipe, expert) for expert in self.spec.experts)


def load(setting: str, tuning: Tuning) -> Loaded:
    """Load what `find` finds. Raises `BadModelError` where its files make no pipeline."""
    found = find(setting)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    plan(found.spec, found.profile, free_gb(device), tuning)  # refuses a card too small before tens of GB are read
    quieten()
    pipe = _pipeline(found, setting, device)
    check_layers(pipe, found.folder, found.spec.variant, setting)
    _reschedule(pipe, found, setting)
    for lora, file in found.loras:
        _fuse(pipe, lora, file, setting)
    return Loaded(
        name=model_name("diffusion", setting),
        spec=found.spec,
        profile_name=found.profile_name,
        pipe=pipe,
        device=device,
        tuning=tuning,
        maker=_maker(device),
    )


def quieten() -> None:
    """Have the libraries say only warnings, and in our log; their bars are for people."""
    for library in (_library.utils.logging, cast("Any", transformers).utils.logging):
        library.set_verbosity_warning()
        library.disable_default_handler()
        library.enable_propagation()
        library.disable_progress_bar()
    # LTX-Video's pipeline gives it timesteps alone, on purpose, and it would say at each call that this is odd.
    logging.getLogger(FlowMatchEulerDiscreteScheduler.__module__).setLevel(logging.ERROR)


class _Listener(logging.Handler):
    """Keeps what the libraries say while they load."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record.getMessage())


def _pipeline(found: Found, setting: str, device: str) -> Any:
    variant = found.spec.variant if has_variant(found.folder, found.spec.variant) else None
    listener = _Listener()
    libraries = [logging.getLogger(name) for name in ("diffusers", "transformers")]
    for library in libraries:
        library.addHandler(listener)
    try:
        pipe = PIPELINES[found.spec.pipeline].from_pretrained(
            found.folder,
            dtype=dtypes(found.spec, device),
            variant=variant,
            use_safetensors=True,
            local_files_only=True,
        )
    except (OSError, ValueError, KeyError, TypeError, RuntimeError, SafetensorError) as error:
        why = f"its files make no {found.spec.pipeline}: {first_line(error)}"
        raise BadModelError(name=setting, why=why) from error
    finally:
        for library in libraries:
            library.removeHandler(listener)
    if any(MADE_UP in said for said in listener.heard):
        raise BadModelError(name=setting, why="its weights are not those of the networks in its config.json files")
    pipe.set_progress_bar_config(disable=True)
    return pipe


def _reschedule(pipe: Any, found: Found, setting: str) -> None:
    """Set the scheduler as the profile says. A setting that it would ignore is refused, and times that do not fall."""
    settings = found.profile.scheduler
    scheduler = pipe.scheduler
    if unknown := sorted(set(settings) - set(scheduler.config)):
        raise BadModelError(name=setting, why=f"its scheduler, {scheduler.__class__.__name__}, knows no {unknown[0]}")
    if settings:
        pipe.scheduler = scheduler.from_config(scheduler.config, **settings)
    options = found.spec.options | found.profile.options
    check_schedule(pipe.scheduler, found.spec.family, found.profile.steps, options, setting)


def _fuse(pipe: Any, lora: Lora, file: Path, setting: str) -> None:
    """Add low-rank weights to a component's own, for good: nothing is left to be computed beside it."""
    second = {"load_into_transformer_2": True} if lora.component == "transformer_2" else {}
    try:
        pipe.load_lora_weights(
            str(file.parent), weight_name=file.name, use_safetensors=True, local_files_only=True, **second
        )
    except (OSError, ValueError, KeyError, TypeError, RuntimeError, SafetensorError) as error:
        raise BadModelError(name=setting, why=f"{lora.file} does not fit: {first_line(error)}") from error
    adapted = _adapted(pipe)
    if lora.component not in adapted:
        raise BadModelError(name=setting, why=f"{lora.file} has nothing for its {lora.component}")
    pipe.fuse_lora(components=adapted)  # LTX-2's may have something for the connectors, too
    pipe.unload_lora_weights()


def _adapted(pipe: Any) -> list[Component]:
    """The components that low-rank weights stand beside."""
    networks = {name: part for name, part in pipe.components.items() if isinstance(part, torch.nn.Module)}
    return [name for name, part in networks.items() if any(isinstance(m, BaseTunerLayer) for m in part.modules())]


def _maker(device: str) -> str:
    card = torch.cuda.get_device_name() if device == "cuda" else "CPU"
    return f"diffusers {diffusers.__version__}, torch {torch.__version__}, {card}"
