"""The table of engines, which turn a shot into frames, and how one is opened with what an operator has chosen.

A new engine is a loader and a row here, its abilities and patience in `renderer.contract.abilities`, and its origin in
`renderer.contract.origin`.
"""

from collections.abc import Callable
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, cast

from renderer.contract.abilities import WITH_MODELS
from renderer.contract.errors import MissingPackageError, UnknownEngineError
from renderer.engines.engine import BUILT_IN, Engine, Models, Tuning

if TYPE_CHECKING:
    from renderer.settings import Settings

# Some pipelines would miss them only when they are called.
DIFFUSION_PACKAGES = ("diffusers", "accelerate", "ftfy", "peft")


def load_parallax(models: Models) -> Engine:
    from renderer.engines.parallax.engine import Parallax  # noqa: PLC0415  torch takes seconds to import

    return Parallax(models=models)


def load_diffusion(models: Models) -> Engine:
    for package in DIFFUSION_PACKAGES:
        if find_spec(package) is None:
            raise MissingPackageError(engine="diffusion", package=package)
    from transformers.utils import logging  # noqa: PLC0415

    cast("Any", logging).set_verbosity_error()  # at diffusers' import it would say that torchvision is not installed
    from renderer.engines.diffusion.engine import open_diffusion  # noqa: PLC0415

    return open_diffusion(models)


def load_bars(_models: Models) -> Engine:
    from renderer.engines.bars import Bars  # noqa: PLC0415

    return Bars()


ENGINES: dict[str, Callable[[Models], Engine]] = {
    "parallax": load_parallax,
    "diffusion": load_diffusion,
    "bars": load_bars,
}


def open_engine(name: str, models: Models = BUILT_IN) -> Engine:
    """Load the engine `name`, ready to render. Raises `UnknownEngineError`, or `BadModelError`."""
    if name not in ENGINES:
        raise UnknownEngineError(name=name, choices=", ".join(ENGINES))
    return ENGINES[name](models)


def models_of(settings: "Settings", engine: str, video: str) -> Models:
    """The networks for an engine, `video` being the setting of its model where it has several.

    Raises `BadModelError` where that model is not here whole, before anything is loaded.
    """
    if engine in WITH_MODELS:
        from renderer.engines.diffusion.checkpoints.finding import find  # noqa: PLC0415  not for every engine

        find(video)
    return Models(
        depth=settings.depth_model,
        mood=settings.mood_model,
        video=video,
        safety=settings.safety_model,
        tuning=Tuning(
            vram_gb=settings.vram,
            attention=settings.attention,
            compile=settings.compile_,
            cache=settings.cache,
        ),
    )
