"""One run: members play, faults happen, everything heals, all is counted."""

import asyncio
import random
import time
from collections import Counter
from contextlib import suppress

from tests.chaos.audit import Audit, audit
from tests.chaos.faults import FAULTS
from tests.chaos.town import Town

PLAY = 0.5  # seconds between two requests of members
PAUSE = 0.5  # seconds between two faults
MOST_AHEAD = 12  # takes under way at which members wait
HEALING = 240.0  # seconds that all may take, once faults are over


async def play(town: Town, chance: random.Random, takes: int) -> None:
    """Members ask for so many takes in all."""
    while len(town.rows("id")) < takes:
        await asyncio.sleep(PLAY)
        if not town.fake.gateway.online or town.unfinished() >= MOST_AHEAD:
            continue
        with suppress(AssertionError):  # the command is not registered yet, or the button has just gone
            await chance.choices((town.animate, town.reroll, town.cancel), (6, 3, 1))[0](chance)


async def harm(town: Town, chance: random.Random, counts: Counter[str], over: asyncio.Event) -> None:
    """One fault after the other, each kind as often as any other, until it is over."""
    while not over.is_set():
        for name in chance.sample(sorted(FAULTS), len(FAULTS)):
            if not over.is_set():
                await FAULTS[name](town, chance)
                counts[name] += 1
                await asyncio.sleep(PAUSE)


async def run(town: Town, *, takes: int, seed: int) -> tuple[Audit, Counter[str]]:
    """Play until there are so many takes; what became of them, and how often each fault happened."""
    counts: Counter[str] = Counter()
    over = asyncio.Event()
    await town.start_bot()
    harming = asyncio.create_task(harm(town, random.Random(seed + 1), counts, over))
    playing = asyncio.create_task(play(town, random.Random(seed), takes))
    try:
        done, _ = await asyncio.wait({playing, harming}, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        over.set()  # a fault is not broken off: it heals what it harmed
        playing.cancel()
        await asyncio.gather(playing, harming, return_exceptions=True)
    await heal(town)
    await town.settled(HEALING)
    await asyncio.sleep(2)
    return audit(town), counts


async def heal(town: Town) -> None:
    """Nothing is wrong any more: whatever was stopped in the middle of a fault goes on."""
    town.fake.mishaps._waiting.clear()
    with suppress(Exception):
        await asyncio.to_thread(town.redis.kill)
    await asyncio.to_thread(town.redis.start)
    for worker in town.workers:
        worker.kill()
    for _ in range(2):
        town.hire()
    town.bot.kill()
    await town.start_bot()


def table(counts: Counter[str], began: float) -> str:
    lines = [f"{count:5d}  {name}" for name, count in sorted(counts.items(), key=lambda each: -each[1])]
    return "\n".join([*lines, f"{time.monotonic() - began:.0f} s"])
