"""Networks of transformers that operators name: found whole in a folder or in the local cache, loaded strictly.

What `renderer fetch` has brought is in the cache. Nothing here downloads.
"""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, cast

from renderer.contract.errors import BadModelError

NEEDED = ("config.json", "preprocessor_config.json", "model.safetensors")  # weights as pickles are not opened


class Network(NamedTuple):
    """What transformers loaded; untyped, as it picks the classes by the folder's own config."""

    processor: Any
    model: Any


def find_network(name: str) -> Path:
    """Find the folder of a network by its path or Hugging Face id.

    Raises `BadModelError` where it is not there whole.
    """
    folder = Path(name).expanduser()
    if not folder.is_dir():
        folder = fetched(name)
    if folder is None:
        raise BadModelError(name=name, why="it is no folder, and no model that `python -m renderer fetch` brought")
    for part in NEEDED:
        if not (folder / part).is_file():
            raise BadModelError(name=name, why=f"it has no {part}")
    return folder


def fetched(name: str) -> Path | None:
    """Look into the local cache. What is not there whole does not count."""
    paths = [path for part in NEEDED if (path := cached(name, part))]
    return paths[0].parent if len(paths) == len(NEEDED) else None


def cached(repo: str, file: str) -> Path | None:
    """A file of a repository in the local cache, if it is there; none of what is no name of a repository."""
    from huggingface_hub import try_to_load_from_cache  # noqa: PLC0415  a quarter of a second
    from huggingface_hub.errors import HFValidationError  # noqa: PLC0415

    try:
        path = try_to_load_from_cache(repo, file)
    except HFValidationError:
        return None
    return Path(path) if isinstance(path, str) else None


def load_network(folder: Path, kind: str) -> Network:
    """Load the network in `folder` with transformers' automatic class `kind`, on the CPU, ready to be asked.

    Raises `BadModelError` where the folder's files make no such network.
    """
    import torch  # noqa: PLC0415  seconds, and only where there is a model
    import transformers  # noqa: PLC0415
    from safetensors import SafetensorError  # noqa: PLC0415

    library = cast("Any", transformers)
    try:
        with _no_bars(library):
            processor = library.AutoImageProcessor.from_pretrained(folder, local_files_only=True)
            model, loading = getattr(library, kind).from_pretrained(
                folder, local_files_only=True, use_safetensors=True, dtype=torch.float32, output_loading_info=True
            )
    except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
        raise BadModelError(name=str(folder), why=first_line(error)) from error
    if loading["missing_keys"]:  # transformers would go on with random ones
        raise BadModelError(name=str(folder), why="its weights are not those of the network in its config.json")
    model.eval()
    return Network(processor, model)


def first_line(error: Exception) -> str:
    """What a library's error says, without the pages that follow."""
    return str(error).strip().partition("\n")[0]


@contextmanager
def _no_bars(library: Any) -> Generator[None]:
    """Load without bars: they would stand on stderr even where that is no terminal."""
    logging = library.utils.logging
    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        if shown:
            logging.enable_progress_bar()
