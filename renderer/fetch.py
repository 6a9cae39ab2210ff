"""Bring a model from the Hugging Face Hub into the local cache, because somebody asked: nothing else downloads."""

from pathlib import Path
from typing import Any, cast

from renderer.networks import NEEDED


class FetchError(Exception):
    """The model could not be brought; the message says why."""


def fetch(name: str, files: tuple[str, ...] = NEEDED) -> Path:
    """Download these files of a model, with progress on stderr, and give the folder that now has them.

    Raises `FetchError`. What has arrived until then waits for the next try, and is not used before all is there.
    """
    import huggingface_hub  # noqa: PLC0415  a quarter of a second

    download = cast("Any", huggingface_hub).snapshot_download  # partly untyped
    try:
        folder = Path(download(name, allow_patterns=list(files)))
    except Exception as error:  # each release of the hub's client brings another HTTP library's errors
        raise FetchError(f"{name} cannot be fetched: {error}") from error
    lacking = [part for part in files if not (folder / part).is_file()]
    if lacking:
        raise FetchError(f"{name} has no {', '.join(lacking)}")
    return folder
