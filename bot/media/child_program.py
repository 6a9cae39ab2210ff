"""Programs of ours that handle bytes which are not trusted, each in a process that may die and knows no secret."""

import os
import subprocess
import sys

KEPT = ("PATH", "PYTHONPATH", "LANG", "LD_LIBRARY_PATH", "SYSTEMROOT")  # what the child may know


class ChildError(Exception):
    """The child died, or took too long."""


def run_child(module: str, data: bytes, seconds: float) -> bytes:
    """Run `python -m module` with `data` on its standard input; what it wrote. Blocks: call it in a thread."""
    environment = {name: os.environ[name] for name in KEPT if name in os.environ}
    try:
        child = subprocess.run(
            [sys.executable, "-m", module],
            input=data,
            capture_output=True,
            timeout=seconds,
            check=True,
            env=environment,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise ChildError(module) from error
    return child.stdout
