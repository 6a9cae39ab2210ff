"""Who may read what the bot keeps: its own user alone, in files (0600) and folders (0700), also in those of before."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path
from stat import S_ISDIR, S_ISLNK

log = logging.getLogger(__name__)

OTHERS = 0o077  # what they may not


def keep_to_oneself() -> None:
    """Have all that this process and its children write from now on be for its own user alone.

    This one call covers what libraries write as well: SQLite's log beside its file, the embedded Redis, a worker.
    """
    os.umask(OTHERS)


def close_to_others(folder: Path) -> None:
    """Make the bot's folder where there is none, and close it with all that is in it to everybody else.

    What is another user's stays as it is: in a volume that was handed over, its owner decides. The log says so.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    foreign = [path for path in (folder, *_all_in(folder)) if not _close(path)]
    if foreign:
        log.warning("%s and %d more are another user's, who decides who reads them", foreign[0], len(foreign) - 1)


def _all_in(folder: Path) -> Iterator[Path]:
    """Whatever is in a folder and its folders; what stands behind links is elsewhere."""
    for found in os.scandir(folder):
        yield Path(found.path)
        if found.is_dir(follow_symlinks=False):
            yield from _all_in(Path(found.path))


def _close(path: Path) -> bool:
    """Take other users' rights to a file, socket or folder away; False where it is another user's."""
    try:
        status = path.lstat()
        if S_ISLNK(status.st_mode) or not status.st_mode & OTHERS:
            return True
        path.chmod(0o700 if S_ISDIR(status.st_mode) else 0o600)
    except FileNotFoundError:  # gone since: a part of a file that was being written
        return True
    except PermissionError:
        return False
    return True
