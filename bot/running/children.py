"""Child processes that outlive a crash of the bot and are known again afterwards.

Each is remembered in a file by process id and time of birth, so that a process which merely got the same id later is
never touched. Every call is plain and quick; the caller asks `ensure` about once a second.
"""

import json
import logging
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from io import SEEK_END
from pathlib import Path
from typing import BinaryIO

import psutil

log = logging.getLogger(__name__)

GOOD_LIFE = 60.0  # seconds; a child that dies sooner waits longer for its next start
LONGEST_PAUSE = 30.0
SAME_BIRTH = 2.0  # seconds; the system counts births from its boot, whose own time is rounded
LOG_LIMIT = 5 * 2**20  # bytes, then the next start begins a new file
LAST_WORDS = 2000  # bytes of its log that are told when a child has died


def pause(early_deaths: int) -> float:
    """Seconds to wait before the next start: none after a good life, then 1, 2, 4 … 30."""
    return min(LONGEST_PAUSE, 2.0 ** (early_deaths - 1)) if early_deaths else 0.0


def end(process: psutil.Process, grace: float) -> None:
    """End a process: politely, then, after `grace` seconds, by force."""
    with suppress(psutil.NoSuchProcess):
        process.terminate()
        if not _goes_within(process, grace):
            log.warning("process %d does not end within %.0f s and is killed", process.pid, grace)
            process.kill()
            _goes_within(process, 5)  # the kernel takes a moment to free what it held


class Child:
    """One process that shall always run. Its record and its log stand in `folder`, under its name."""

    def __init__(
        self,
        name: str,
        argv: Sequence[str],
        *,
        folder: Path,
        environment: Mapping[str, str] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.log_path = folder / f"{name}.log"
        self._record = folder / f"{name}.pid"
        self._name = name
        self._argv = list(argv)
        self._environment = environment
        self._clock = clock
        self._process: psutil.Process | None = None
        self._born = 0.0
        self._log_start = 0
        self._early_deaths = 0
        self._start_at: float | None = None  # set while it is dead and waits for its next start

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    @property
    def alive(self) -> bool:
        return self._process is not None and not _gone(self._process)

    def leftover(self) -> psutil.Process | None:
        """What the last run of the bot left running under this name."""
        try:
            known = json.loads(self._record.read_bytes())
            process = psutil.Process(known["pid"])
            return process if abs(process.create_time() - known["born"]) < SAME_BIRTH else None
        except (FileNotFoundError, psutil.NoSuchProcess):
            return None
        except (ValueError, KeyError, TypeError) as error:
            log.warning("%s cannot be read (%r): what it named is left alone", self._record, error)
            return None

    def adopt(self, process: psutil.Process) -> None:
        """Look after a process that already runs."""
        self._hold(process)
        log.info("%s: the last run left process %d, which goes on", self._name, process.pid)

    def start(self) -> None:
        """Start it in a session of its own: a Ctrl-C at the terminal is for the bot, which then ends its children."""
        with self._open_log() as output:
            process = psutil.Popen(
                self._argv,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=self._environment,
                start_new_session=True,
            )
        self._hold(process)
        log.info("%s: process %d, its log is %s", self._name, process.pid, self.log_path)

    def ensure(self) -> None:
        """Start it again where it has died: at once after a good life, else after a growing pause."""
        if self._process is None or self.alive:
            return
        if self._start_at is None:
            self._mourn(self._process)
        if self._start_at is not None and self._clock() >= self._start_at:
            self._restart()

    def stop(self, grace: float) -> None:
        """End it: politely, then, after `grace` seconds, by force."""
        process, self._process = self._process, None
        if process is not None:
            end(process, grace)
            self._record.unlink(missing_ok=True)

    def last_words(self) -> str:
        """The end of what it wrote to its log in this life."""
        with suppress(FileNotFoundError), self.log_path.open("rb") as file:  # somebody may have tidied up
            file.seek(max(self._log_start, file.seek(0, SEEK_END) - LAST_WORDS))
            return file.read().decode(errors="replace").strip()
        return ""

    def _mourn(self, process: psutil.Process) -> None:
        status = _exit_status(process)
        log.error("%s: process %d has ended (%s)\n%s", self._name, process.pid, status, self.last_words())
        self._postpone()

    def _postpone(self) -> None:
        now = self._clock()
        self._early_deaths = self._early_deaths + 1 if now - self._born < GOOD_LIFE else 0
        self._start_at = now + pause(self._early_deaths)

    def _restart(self) -> None:
        self._start_at = None
        self._born = self._clock()
        try:
            self.start()
        except OSError:  # no memory, no room on the disk: such things pass
            log.exception("%s cannot be started", self._name)
            self._postpone()

    def _hold(self, process: psutil.Process) -> None:
        self._process = process
        self._born = self._clock()
        new = self._record.with_suffix(".new")
        new.write_text(json.dumps({"pid": process.pid, "born": process.create_time()}))
        new.replace(self._record)

    def _open_log(self) -> BinaryIO:
        if self.log_path.exists() and self.log_path.stat().st_size > LOG_LIMIT:
            self.log_path.replace(self.log_path.with_suffix(".old.log"))
        file = self.log_path.open("ab")
        self._log_start = file.tell()
        return file


def _gone(process: psutil.Process) -> bool:
    """Say whether it has ended; a child of ours is taken off the system's list with that."""
    if not process.is_running():
        return True
    try:
        process.wait(0)
    except psutil.TimeoutExpired:
        return not isinstance(process, psutil.Popen) and _is_zombie(process)
    return True


def _is_zombie(process: psutil.Process) -> bool:
    """Tell an ended process whose new parent does not ask for it: in a container it may stay listed for ever."""
    try:
        return process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def _goes_within(process: psutil.Process, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not _gone(process):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def _exit_status(process: psutil.Process) -> str:
    """For the log; -9 without last words is often the kernel's, for want of memory."""
    try:
        status = process.wait(0)
    except psutil.TimeoutExpired:
        status = None
    return "exit status unknown" if status is None else f"exit status {int(status)}"
