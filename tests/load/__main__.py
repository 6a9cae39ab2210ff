"""`make load`: 2,000 takes of 200 members in 20 servers; exit status 1 where a bar is missed.

`--grow` runs smaller crowds of several sizes beside it, and draws docs/images/load.png.
"""

import argparse
import asyncio
import socket
import sys
import tempfile
from pathlib import Path

from tests.acceptance.fake_discord import FakeDiscord, issue
from tests.chaos.town import Town
from tests.load.crowd import Crowd, Figures
from tests.load.plot import plot
from tests.processes import ROOT

SMALL = 100  # takes of the runs that show how cost grows


async def crowd(takes: int, members: int, servers: int) -> Figures:
    folder = Path(tempfile.mkdtemp(prefix="unstill-load-"))
    port = free_port()
    async with FakeDiscord(issue(folder)) as fake:
        town = Town(
            fake, folder, servers=servers, members=members, UNSTILL_METRICS_PORT=str(port), UNSTILL_LOG="WARNING"
        )
        try:
            return await Crowd(town, takes, port).run()
        finally:
            town.close()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def say(figures: Figures) -> bool:
    """Print a run; whether it met every bar."""
    print(
        f"{figures.takes} takes, {figures.members} members, {figures.servers} servers: {figures.seconds:.0f} s, "
        f"{figures.takes / figures.seconds:.1f} takes a second, bot CPU {figures.cpu:.0f} ms a take, "
        f"{figures.memory_mb[-1]:.0f} MB"
    )
    for line, met in figures.bars().items():
        print(f"  {'met   ' if met else 'MISSED'} {line}")
    return all(figures.bars().values())


async def main(takes: int, members: int, servers: int, grow: bool) -> int:
    whole = await crowd(takes, members, servers)
    good = say(whole)
    if grow:
        by_members = [await crowd(SMALL, count, 10) for count in (10, 50, 100)]
        by_servers = [await crowd(SMALL, 50, count) for count in (2, 10, 20)]
        for each in (*by_members, *by_servers):
            say(each)
        plot(whole, by_members, by_servers, ROOT / "docs" / "images" / "load.png")
    print(whole.found.line("load"))
    return 0 if good else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.load")
    parser.add_argument("--takes", type=int, default=2000)
    parser.add_argument("--members", type=int, default=200)
    parser.add_argument("--servers", type=int, default=20)
    parser.add_argument("--grow", action="store_true")
    arguments = parser.parse_args()
    sys.exit(asyncio.run(main(arguments.takes, arguments.members, arguments.servers, arguments.grow)))
