"""`make chaos`: hundreds of takes under faults; exit status 1 where anything was lost or came twice."""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path

from tests.acceptance.fake_discord import FakeDiscord, Spec, issue
from tests.chaos.run import run, table
from tests.chaos.town import Town


async def main(takes: int, seed: int, keep: bool) -> int:
    began = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="unstill-chaos-"))
    described = os.environ.get("UNSTILL_DISCORD_SPEC")
    spec = Spec(Path(described)) if described and Path(described).is_file() else None
    async with FakeDiscord(issue(folder), spec=spec) as fake:
        town = Town(fake, folder)
        try:
            found, counts = await run(town, takes=takes, seed=seed)
        finally:
            town.close()
    print(table(counts, began))
    print(f"{found.unheard} commands were asked while no bot lived to acknowledge them; nothing was promised")
    for name in ("lost", "twice"):
        for take in getattr(found, name):
            print(f"{name}: {take}")
    print(f"logs in {folder}" if keep or not found.good else f"seed {seed}")
    for said in fake.violations[:5]:
        print(f"malformed: {said}")
    print(found.line("chaos"))
    return 0 if found.good and not fake.violations else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.chaos")
    parser.add_argument("--takes", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true")
    arguments = parser.parse_args()
    sys.exit(asyncio.run(main(arguments.takes, arguments.seed, arguments.keep)))
