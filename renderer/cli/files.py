"""Files that are named on the command line: stills that are read, and what is written whole or not at all."""

import os
from collections.abc import Mapping
from pathlib import Path

from renderer.cli.refusals import RefusedError
from renderer.contract.shot import FILE_LIMITS
from renderer.programs.canonical import Still, canonical


def read_file(path: Path) -> Still:
    """The canonical still of a file."""
    try:
        with path.open("rb") as file:
            return canonical(file.read(FILE_LIMITS["bytes"] + 1))
    except OSError as error:
        raise RefusedError(f"cannot read {path}: {error.strerror}") from error


def check_writable(path: Path | None) -> None:
    """Refuse before the work what could not be written after it."""
    if path is not None and (path.is_dir() or not os.access(path.parent, os.W_OK)):
        raise RefusedError(f"cannot write {path}")


def write_whole(path: Path, data: bytes) -> None:
    """Write all of the file or nothing of it. Raises `RefusedError` where the disk does not take it."""
    write_all({path: data})


def write_all(files: Mapping[Path, bytes]) -> None:
    """Write all of these files or none. Raises `RefusedError` where the disk does not take them."""
    parts = {path: path.with_name(f".{path.name}.{os.getpid()}.part") for path in files}
    try:
        for path, data in files.items():
            parts[path].write_bytes(data)
        for path, part in parts.items():
            part.replace(path)
    except OSError as error:
        raise RefusedError(f"cannot write {' and '.join(map(str, files))}: {error.strerror}") from error
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)
