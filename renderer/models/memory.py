"""How much RAM is free for this process: of the machine's, and within what its container or service may take.

A control group's limit ends a process that goes beyond it (exit status 137), and is no part of what the system tells of
its memory.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import psutil

GB = 1e9
ROOT = Path("/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """What one version of control groups calls its files."""

    limit: str
    used: str
    reclaimable: str  # in memory.stat: file pages that make room when room is needed


V1 = Files(limit="memory.limit_in_bytes", used="memory.usage_in_bytes", reclaimable="total_inactive_file")
V2 = Files(limit="memory.max", used="memory.current", reclaimable="inactive_file")


def free_ram_gb(root: Path = ROOT) -> float:
    """RAM that may be taken now, in GB of 10^9 bytes."""
    return min((psutil.virtual_memory().available, *_left(root))) / GB


def _left(root: Path) -> Iterator[int]:
    """Bytes that each control group that this process is in, and each above it, has left."""
    for files, folder in _groups(root):
        limit = _number(folder / files.limit)
        if limit is not None:
            yield max(0, limit - (_number(folder / files.used) or 0) + _reclaimable(folder, files))


def _groups(root: Path) -> Iterator[tuple[Files, Path]]:
    """The folders of the process's groups. In a container the path may be the host's, and only its root be there."""
    mounted = root / "sys/fs/cgroup"
    for line in _lines(root / "proc/self/cgroup"):
        number, kinds, path = line.split(":", 2)
        if number == "0":
            yield from ((V2, mounted / place) for place in _upward(path))
        elif "memory" in kinds.split(","):
            yield from ((V1, mounted / "memory" / place) for place in _upward(path))


def _upward(path: str) -> Iterator[PurePosixPath]:
    inside = PurePosixPath(path.lstrip("/"))
    yield from (place for place in (inside, *inside.parents) if ".." not in place.parts)


def _number(file: Path) -> int | None:
    """The file's number; None where there is none ("max" is no limit, too)."""
    text = "".join(_lines(file))
    return int(text) if text.isdecimal() else None


def _reclaimable(folder: Path, files: Files) -> int:
    pairs = (line.split(" ", 1) for line in _lines(folder / "memory.stat") if " " in line)
    return next((int(value) for name, value in pairs if name == files.reclaimable and value.isdecimal()), 0)


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text().splitlines()
    except OSError:
        return []
