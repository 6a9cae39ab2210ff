"""Real worker processes without the seconds that importing diffusers takes: forked from one that has imported it."""

import multiprocessing
import os
import sys
from functools import cache
from multiprocessing.context import ForkServerContext
from pathlib import Path

# Imported, not used: no thread has started when the workers are forked.
IMPORTED = ("renderer.worker.serve", "renderer.engines.diffusion.engine", "torch._dynamo")


class ForkedWorker:
    """`python -m renderer worker` in a process of its own, as `tests.processes.WorkerProcess` starts one."""

    def __init__(self, redis_url: str, log: Path, **environment: str) -> None:
        self._log = log
        self.process = _nursery().Process(target=_work, args=({"REDIS_URL": redis_url} | environment, log))
        self.process.start()

    @property
    def log(self) -> str:
        return self._log.read_text()

    def stop(self) -> int | None:
        """End it as a supervisor would; its exit status."""
        self.process.terminate()
        self.process.join(60)
        return self.process.exitcode

    def kill(self) -> None:
        self.process.kill()
        self.process.join()


@cache
def _nursery() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([*IMPORTED])
    return context


def _work(environment: dict[str, str], log: Path) -> None:
    os.environ.update(environment)
    with log.open("wb") as out:
        for descriptor in (1, 2):
            os.dup2(out.fileno(), descriptor)
    from renderer.__main__ import main  # noqa: PLC0415  with the environment in place

    sys.argv = ["renderer", "worker"]
    main()
