"""RQ, kept on a short leash: a job class that can run one function only, and a worker that outlives its Redis.

Redis is not trusted: jobs are JSON, never pickle, and of what RQ stores with a job (callbacks, webhooks, retries,
dependencies, meta) nothing is read but what `KEPT` names.
"""

import logging
import zlib
from collections.abc import Mapping, Sequence
from time import sleep
from typing import Any, cast

from redis import Redis, RedisError
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError
from rq import Queue, SimpleWorker
from rq.exceptions import DequeueTimeout, NoSuchJobError, StopRequested
from rq.job import Job as RqJob
from rq.registry import BaseRegistry, FailedJobRegistry, FinishedJobRegistry, StartedJobRegistry
from rq.serializers import JSONSerializer
from rq.utils import now

from renderer.contract.abilities import MOST_PATIENCE
from renderer.contract.errors import BadJobError
from renderer.contract.redis_keys import RENDER
from renderer.worker.attempt import Desk, render

POP_SECONDS = 1  # an idle worker stops within this
WORKER_TTL = 16  # RQ makes its shortest wait of it, 1 s, and with that the socket's time-out, 11 s
DATA_BYTES = 4 * 2**20  # of a job's call, unpacked: the longest shot stays far below
FIELD_BYTES = 1000  # of all else that is kept of a job
KEPT = frozenset(
    {
        b"created_at", b"data", b"ended_at", b"enqueued_at", b"failure_ttl", b"last_heartbeat", b"origin",
        b"result_ttl", b"started_at", b"status", b"timeout", b"ttl", b"worker_name",
    }
)  # fmt: skip

log = logging.getLogger(__name__)


class Stop:
    """Whether this process has been told to stop. Set from a signal handler, so it holds no lock."""

    requested = False


class RenderJob(RqJob):
    """An RQ job by the one name that is admitted (`RENDER`): one attempt with one string, or a failure."""

    desk: Desk  # given by the worker that runs it

    @classmethod
    def fetch(cls, id: str, connection: Redis | None = None, serializer: Any = None) -> RqJob:  # noqa: A002  RQ's name
        """The job, or `NoSuchJobError` for one that cannot be read: RQ drops it and takes the next."""
        try:
            return super().fetch(id, connection=connection, serializer=serializer)
        except (NoSuchJobError, RedisConnectionError, RedisTimeoutError):
            raise
        except Exception as error:
            log.warning("an unreadable job was dropped: %r", error)
            raise NoSuchJobError(id) from error

    def refresh(self) -> None:
        """Ask for the few fields that an honest job has, and for their sizes before: RQ reads whatever there is."""
        with self.connection.pipeline(transaction=False) as pipeline:
            for name in sorted(KEPT):
                pipeline.hstrlen(self.key, name.decode())
            sizes = dict(zip(sorted(KEPT), cast("list[int]", pipeline.execute()), strict=True))
        if not sizes[b"data"]:
            raise NoSuchJobError(self.key)
        if any(size > (DATA_BYTES if name == b"data" else FIELD_BYTES) for name, size in sizes.items()):
            raise BadJobError(what="RQ job", where="size", why=f"{sum(sizes.values())} bytes")
        names = [name for name, size in sizes.items() if size]
        values = cast("list[bytes | None]", self.connection.hmget(self.key, [name.decode() for name in names]))
        self.restore({name: value for name, value in zip(names, values, strict=True) if value is not None})

    def restore(self, raw_data: Mapping[bytes, bytes]) -> None:
        """Read the few fields that an honest job has."""
        kept = {name: value for name, value in raw_data.items() if name in KEPT}
        kept[b"data"] = _unpacked(raw_data.get(b"data", b""))
        super().restore(kept)
        in_bounds = self.timeout is not None and 0 < self.timeout <= MOST_PATIENCE
        self.timeout = self.timeout if in_bounds else MOST_PATIENCE

    def _execute(self) -> str:
        return render(self._job_json(), self.id, self.desk)

    def _job_json(self) -> str:
        call: list[object] = [self.func_name, self.instance, self.args, self.kwargs]
        match call:
            case [str(name), None, [str(job_json)], {}] if name == RENDER and not self.kwargs:
                return job_json
            case _:
                raise BadJobError(what="RQ job", where="call", why=str(self.func_name)[:80])


def _unpacked(data: bytes) -> bytes:
    """RQ's zlib, undone with a limit. A call in JSON begins with a bracket; RQ would unpack anything else once more."""
    call = data if data.startswith(b"[") else zlib.decompressobj().decompress(data, DATA_BYTES)
    if len(call) >= DATA_BYTES or not call.startswith(b"["):
        raise BadJobError(what="RQ job", where="data", why="not a call in JSON")
    return call


class RenderQueue(Queue):
    """An RQ queue that goes on behind an entry which is no text: RQ's own breaks off at it."""

    @classmethod
    def lmove(cls, connection: Redis, queue_key: str, timeout: int | None) -> tuple[str, str] | None:
        """Take the next entry; one that is no UTF-8 as an id that no job has, which RQ passes over."""
        taken = super().lmove(connection, queue_key, timeout)
        return taken and (queue_key, taken[1].decode(errors="replace"))

    @classmethod
    def lpop(cls, queue_keys: Sequence[str], timeout: int | None, connection: Redis | None = None) -> Any:
        """The same at a Redis before 6.2."""
        taken = super().lpop(queue_keys, timeout, connection)
        return taken and (taken[0], cast("bytes", taken[1]).decode(errors="replace"))


class RenderWorker(SimpleWorker):
    """Runs jobs in this process, where the engine is warm. Lives as long as its connection; `work` starts the next."""

    def __init__(self, queue: str, desk: Desk, stop: Stop) -> None:
        super().__init__(
            [queue],
            connection=desk.redis,
            serializer=JSONSerializer,
            job_class=RenderJob,
            queue_class=RenderQueue,
            worker_ttl=WORKER_TTL,
            maintenance_interval=60,
            default_result_ttl=60,
            log_job_description=False,
        )
        self.desk = desk
        self.stop = stop

    def execute_job(self, job: RqJob, queue: Queue) -> None:
        if isinstance(job, RenderJob):
            job.desk = self.desk
        super().execute_job(job, queue)

    def dequeue_job_and_maintain_ttl(
        self,
        timeout: int | None,  # noqa: ARG002  RQ's signature
        max_idle_time: int | None = None,  # noqa: ARG002
    ) -> tuple[RqJob, Queue] | None:
        """Wait in short turns and stop between them: RQ stops in the middle, and loses a job that was just taken."""
        try:
            while not is_over(self.desk, self.stop):
                self._reintroduce()
                self.heartbeat()
                if self.should_run_maintenance_tasks:
                    self.run_maintenance_tasks()
                if taken := self._pop():
                    return taken
        except (RedisConnectionError, RedisTimeoutError) as error:
            raise StopRequested from error
        return None

    def _reintroduce(self) -> None:
        """Say again who this is where Redis has been flushed: RQ says it once, at birth."""
        if not self.connection.hexists(self.key, "birth"):
            self.connection.delete(self.key)
            self.register_birth()

    def _pop(self) -> tuple[RqJob, Queue] | None:
        try:
            return self.queue_class.dequeue_any(
                self.queues,
                POP_SECONDS,
                connection=self.connection,
                job_class=self.job_class,
                serializer=self.serializer,
                death_penalty_class=self.death_penalty_class,
            )
        except DequeueTimeout:
            return None

    def run_maintenance_tasks(self) -> None:
        """Only what our jobs need; RQ's groups and rate limits would be read with pickle."""
        for kind in (StartedJobRegistry, FinishedJobRegistry, FailedJobRegistry):
            for queue in self.queue_names():
                _clean(kind(queue, self.connection, job_class=self.job_class, serializer=self.serializer))
        self.last_cleaned_at = now()

    def subscribe(self) -> None:
        """Take no commands from Redis: a take is called off by its cancel key."""

    def check_for_suspension(self, burst: bool) -> None:
        """Never be suspended from Redis."""

    def _install_signal_handlers(self) -> None:
        """Leave the signals to `__main__`, which outlives this worker."""


def _clean(registry: BaseRegistry) -> None:
    """Drop what is over in one of RQ's registries; all of it where it cannot be read. Nothing of ours depends on it."""
    try:
        registry.cleanup()
    except RedisError:
        raise
    except Exception as error:  # noqa: BLE001  whatever RQ makes of an entry that is none
        log.warning("a registry that cannot be read is dropped: %s: %r", registry.key, error)
        registry.connection.delete(registry.key)


def work(queue: str, desk: Desk, stop: Stop) -> None:
    """Take jobs from `queue` until told to stop, or until an engine is worn out.

    When Redis goes away, wait for it with the engine warm.
    """
    reachable = True
    while not is_over(desk, stop):
        try:
            RenderWorker(queue, desk, stop).work(logging_level="WARNING")
            reachable = True
        except RedisError as error:
            if reachable:
                log.warning("waiting for Redis: %s", error)
            reachable = False
        if not is_over(desk, stop):
            sleep(1)


def is_over(desk: Desk, stop: Stop) -> bool:
    """Whether this process takes no more jobs."""
    return stop.requested or desk.studio.worn_out
