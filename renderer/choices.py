"""What an operator has chosen, as the values that engines are opened with."""

from pathlib import Path

from renderer.contract.job import WITH_MODELS
from renderer.engines import Models, Tuning
from renderer.settings import Settings


def models_of(settings: Settings, engine: str, video: str) -> Models:
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


def lasting(setting: str) -> str:
    """The setting of a model as it holds in any working folder: a folder by its whole path, a row as it is."""
    from renderer.engines.diffusion.checkpoints.finding import split  # noqa: PLC0415
    from renderer.engines.diffusion.checkpoints.rows import MODELS  # noqa: PLC0415

    name, _ = split(setting)
    folder = Path(name).expanduser()
    return setting if not name or name in MODELS or not folder.is_dir() else f"{folder.resolve()}{setting[len(name) :]}"
