"""Bring a model from the Hugging Face Hub into the local cache, because somebody asked: nothing else downloads."""

from pathlib import Path
from typing import Any, cast

from renderer.cli.refusals import RefusedError
from renderer.contract.errors import BadModelError
from renderer.engines.diffusion.checkpoints.checkpoint import INDEX, components, lacking, read_json
from renderer.engines.diffusion.checkpoints.spec import ModelSpec
from renderer.models.networks import NEEDED

TEXTS = ("*.json", "*.txt", "*.model", "*.jinja")  # configs and tokenizers


def fetch(name: str, files: tuple[str, ...] = NEEDED) -> Path:
    """Download these files of a model, with progress on stderr, and give the folder that now has them.

    Raises `RefusedError`. What has arrived until then waits for the next try, and is not used before all is there.
    """
    folder = _download(name, files)
    absent = [part for part in files if not (folder / part).is_file()]
    if absent:
        raise RefusedError(f"{name} has no {', '.join(absent)}")
    return folder


def fetch_row(spec: ModelSpec, profile_name: str) -> Path:
    """Download the weights of a row's profile as `fetch` does, and give their folder.

    Of a repository only the parts that its index names, and of those no pickles. Raises `RefusedError`.
    """
    if profile_name not in spec.profiles:
        raise RefusedError(f"{spec.id} has no {profile_name} profile")
    profile = spec.profiles[profile_name]
    repo = profile.repo or spec.repo
    try:
        index = read_json(_download(repo, (INDEX,)) / INDEX, repo)
        folder = _download(repo, (INDEX, "LICENSE*", *_patterns(list(components(index)), spec.variant)))
        lack = lacking(folder, repo, spec.variant)
    except BadModelError as error:
        raise RefusedError(f"{repo} cannot be used: {error.data['why']}") from error
    if lack:
        raise RefusedError(f"{repo} cannot be used: {lack}")
    for lora in profile.loras:
        fetch(lora.repo, (lora.file,))
    return folder


def _patterns(parts: list[str], variant: str) -> list[str]:
    weights = f"*.{variant}*.safetensors" if variant else "*.safetensors"
    return [f"{part}/{kind}" for part in parts for kind in (*TEXTS, weights)]


def _download(repo: str, patterns: tuple[str, ...]) -> Path:
    import huggingface_hub  # noqa: PLC0415  a quarter of a second
    from huggingface_hub.errors import GatedRepoError  # noqa: PLC0415

    download = cast("Any", huggingface_hub).snapshot_download  # partly untyped
    try:
        return Path(download(repo, allow_patterns=list(patterns)))
    except GatedRepoError as error:
        page = f"https://huggingface.co/{repo}"
        raise RefusedError(
            f"{repo} is gated: accept its licence on {page} and set HF_TOKEN to a token of yours"
        ) from error
    except Exception as error:  # each release of the hub's client brings another HTTP library's errors
        raise RefusedError(f"{repo} cannot be fetched: {error}") from error
