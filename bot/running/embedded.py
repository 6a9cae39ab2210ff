"""What `make run` needs on one machine where no `REDIS_URL` is set: a Redis server and one worker, run by the bot.

After a crash of the bot the server goes on and is adopted with all it holds; the worker is asked to end, which it does
after the take in hand, and a new one is started beside it.
"""

import atexit
import logging
import os
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from io import TextIOWrapper
from pathlib import Path

from bot.running.children import Child
from bot.running.embedded_redis import MEGABYTES, EmbeddedError, EmbeddedRedis

log = logging.getLogger(__name__)

WORKER = (sys.executable, "-m", "renderer", "worker")
SECRETS = {"DISCORD_TOKEN", "DATABASE_URL"}  # not the worker's business
GRACE = 10.0  # seconds for a worker to end; a take cut off renders again at the next start


class FolderInUseError(EmbeddedError):
    """Another bot runs on the same data folder."""


class EmbeddedWorker:
    """One worker at `redis_url`, its record and its log in `folder`."""

    def __init__(
        self,
        redis_url: str,
        folder: Path,
        *,
        argv: Sequence[str] = WORKER,
        environment: Mapping[str, str] = os.environ,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._child = Child(
            "worker", argv, folder=folder, environment=worker_environment(environment, redis_url), clock=clock
        )

    @property
    def pid(self) -> int | None:
        return self._child.pid

    def start(self) -> None:
        """Start one. That of the last run is asked to end and not waited for: it may have a take in hand."""
        leftover = self._child.leftover()
        if leftover is not None:
            log.info("worker: the last run left process %d, which ends after its take", leftover.pid)
            leftover.terminate()
        self._child.start()

    def ensure(self) -> None:
        """Start it again where it has died."""
        self._child.ensure()

    def stop(self, grace: float = GRACE) -> None:
        self._child.stop(grace)


class Embedded:
    """Redis and a worker in the data folder. Nothing runs before `start`."""

    def __init__(
        self,
        data_dir: Path,
        *,
        worker: Sequence[str] = WORKER,
        environment: Mapping[str, str] = os.environ,
        megabytes: int = MEGABYTES,
    ) -> None:
        self._data_dir = data_dir.resolve()
        self._megabytes = megabytes
        self._environment = environment
        self._worker_argv = worker
        self._claim: TextIOWrapper | None = None
        self._redis: EmbeddedRedis | None = None
        self._worker: EmbeddedWorker | None = None
        self._turn = threading.RLock()  # who stops while another thread still starts waits for it

    def start(self) -> str:
        """Start both and return the URL of Redis, which answers by then. Blocks for a moment: call it in a thread.

        Raises `EmbeddedError`, with nothing left running.
        """
        with self._turn:
            atexit.register(self.stop)  # a process that ends without closing its bot still leaves nothing behind
            try:
                return self._start_both()
            except BaseException:
                self.stop(grace=1)
                raise

    def ensure(self) -> None:
        """Start again what has died. Quick: call it once a second."""
        if self._turn.acquire(blocking=False):
            try:
                self._ensure_both()
            finally:
                self._turn.release()

    def stop(self, grace: float = GRACE) -> None:
        """End the worker, then Redis. Blocks for up to `grace` seconds and some: call it in a thread."""
        with self._turn:
            if self._worker is not None:
                self._worker.stop(grace)
            if self._redis is not None:
                self._redis.stop()
            if self._claim is not None:
                self._claim.close()
            self._worker = self._redis = self._claim = None
            atexit.unregister(self.stop)

    def _start_both(self) -> str:
        folder = self._data_dir / "redis"
        redis = EmbeddedRedis(folder, megabytes=self._megabytes)
        self._data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._claim = claim(self._data_dir)
        self._redis = redis
        redis.start()
        self._worker = EmbeddedWorker(redis.url, folder, argv=self._worker_argv, environment=self._environment)
        self._worker.start()
        return redis.url

    def _ensure_both(self) -> None:
        if self._redis is not None and self._worker is not None:
            self._redis.ensure()
            self._worker.ensure()


def claim(data_dir: Path) -> TextIOWrapper:
    """Lock the data folder for as long as the returned file is open. Raises `FolderInUseError`.

    The system drops the lock when the process ends, however it ends; children do not inherit it.
    """
    import fcntl  # noqa: PLC0415  absent on Windows

    file = (data_dir / "bot.lock").open("a+", encoding="utf-8")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        file.seek(0)
        holder = file.read().strip()
        if holder == str(os.getpid()):  # a bot of this very process that was dropped without being closed
            return file
        file.close()
        raise FolderInUseError(
            f"Another bot (process {holder}) runs on {data_dir}. Stop it, or set UNSTILL_DATA_DIR to another folder."
        ) from error
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
    return file


def worker_environment(environment: Mapping[str, str], redis_url: str) -> dict[str, str]:
    """The bot's own, without its secrets (settings are read whatever the case of their names), at the given Redis."""
    ours = {*SECRETS, "REDIS_URL"}
    return {**{name: value for name, value in environment.items() if name.upper() not in ours}, "REDIS_URL": redis_url}
