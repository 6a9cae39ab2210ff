"""`make fuzz`: exit status 1 where any input was lost, unclear, or did harm."""

import argparse
import asyncio
import os
import random
import sys
import tempfile
import traceback
from pathlib import Path

from tests.acceptance.fake_discord import Spec, issue
from tests.conftest import running_redis
from tests.fuzz.run import all_doors_at_length, report, strangers
from tests.processes import WorkerProcess


def main(examples: int, seed: int) -> int:
    described = os.environ.get("UNSTILL_DISCORD_SPEC")
    spec = Spec(Path(described)) if described and Path(described).is_file() else None
    folder = Path(tempfile.mkdtemp(prefix="unstill-fuzz-"))
    try:
        total = all_doors_at_length(examples, seed, print)
        with running_redis() as server:
            worker = WorkerProcess(server.url, folder / "worker.log")
            forged = asyncio.run(strangers(issue(folder), folder / "data", server.url, examples // 5, seed, spec))
            worker.kill()
        total += report("forged interactions", forged, print)
    except Exception:  # noqa: BLE001  whatever it is, it is a finding
        traceback.print_exc()
        print(f"fuzz: seed {seed}: an input was lost or unclear")
        return 1
    print(
        f"fuzz: {total.total()} inputs, {total['taken']} taken, {total['refused']} refused clearly, 0 lost, 0 unclear"
    )
    return 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--examples", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    arguments = parser.parse_args()
    sys.exit(main(arguments.examples, arguments.seed))
