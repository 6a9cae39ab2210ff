"""Many inputs through every door, and what became of them."""

import logging
import os
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from contextlib import nullcontext
from multiprocessing import get_context
from pathlib import Path

import hypothesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.bot.takes.test_machine import Machine
from tests.fuzz.forged import SECRET, forgers
from tests.fuzz.pictures import CORPUS
from tests.fuzz.targets import Door, doors, outcome, redis_replies

FILES, REDIS, HISTORIES = "corpus of files", "Redis replies", "histories of takes, with crashes at every step"
UNCLEAR = ("Something went wrong", "problem-")


def through(door: Door, inputs: float, *, derandomize: bool) -> Counter[str]:
    """So many inputs; how many were taken, and how many refused."""
    counts: Counter[str] = Counter()

    @settings(
        max_examples=max(5, round(inputs)),
        database=None,
        deadline=None,
        derandomize=derandomize,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(door.comes)
    def enter(value) -> None:
        counts["taken" if door.check(value) else "refused"] += 1

    enter()
    return counts


def every_file() -> Counter[str]:
    """The whole corpus of files, once: each becomes what it should."""
    wanted = [(code, name, data) for code, files in CORPUS.items() for name, data in files.items()]
    with ThreadPoolExecutor(os.cpu_count()) as threads:  # each waits for a process of its own
        found = threads.map(outcome, [data for *_, data in wanted])
        became = list(zip(wanted, found, strict=True))
    wrong = {name: found for (code, name, _), found in became if found != code}
    assert not wrong, wrong
    return Counter("taken" if found == "still" else "refused" for _, found in became)


def all_doors(examples: int, *, derandomize: bool, say: Callable[[str], None]) -> Counter[str]:
    """Every door that can be tried in this process, for a short while."""
    total: Counter[str] = report(FILES, every_file(), say)
    with redis_replies() as redis:
        for name, door in {**doors(), REDIS: redis}.items():
            total += report(name, through(door, examples * door.share, derandomize=derandomize), say)
    return total


def at_length(name: str, examples: int, seed: int) -> Counter[str]:
    """One door for a long while, by its name: in a process of its own."""
    hypothesis.seed(seed)
    logging.disable(logging.ERROR)  # thousands of refusals on order
    if name == FILES:
        return every_file()
    if name == HISTORIES:
        return histories(examples // 20)
    with redis_replies() if name == REDIS else nullcontext(doors().get(name)) as door:
        return through(door, examples * door.many, derandomize=False)


def all_doors_at_length(examples: int, seed: int, say: Callable[[str], None]) -> Counter[str]:
    """Every door but the wire's, as many at once as there are processors."""
    total: Counter[str] = Counter()
    names = [
        HISTORIES,
        "events",
        FILES,
        "stills",
        *(name for name in doors() if name not in {"events", "stills"}),
        REDIS,
    ]
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as processes:
        runs = {processes.submit(at_length, name, examples, seed): name for name in names}
        for run in as_completed(runs):
            total += report(runs[run], run.result(), say)
    return total


async def strangers(certificates, folder: Path, redis_url: str, examples: int, seed: int, spec=None) -> Counter[str]:
    """So many forged interactions; none may be taken."""
    counts: Counter[str] = Counter()
    async with forgers(certificates, folder, redis_url, seed, spec) as both:
        for number in range(examples):
            forger = both[number % 2]
            said = await (forger.command() if number % 10 < 2 else forger.forge())
            if number % 10 == 4:
                await forger.answer()
            assert not (forger.is_stranger and SECRET in said)
            assert not any(each in said for each in UNCLEAR), said
            counts["refused"] += 1
    return counts


def histories(count: int) -> Counter[str]:
    """So many lives of the bot against its model, with deaths at any step (`tests/bot/takes/test_machine.py`)."""
    chosen = settings(
        max_examples=count,
        stateful_step_count=50,
        database=None,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Machine, settings=chosen)
    return Counter(taken=count)


def report(name: str, counts: Counter[str], say: Callable[[str], None]) -> Counter[str]:
    say(f"{counts.total():6d} {name}: {counts['taken']} taken, {counts['refused']} refused")
    return counts
