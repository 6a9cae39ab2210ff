"""Many inputs through every door, and what became of them."""

import logging
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.bot.takes.test_machine import Machine
from tests.fuzz.forged import SECRET, forgers
from tests.fuzz.pictures import CORPUS
from tests.fuzz.targets import Door, answering, doors, take_in, told

UNCLEAR = ("Something went wrong", "problem-")


def through(door: Door, examples: int, *, derandomize: bool) -> Counter[str]:
    """So many inputs; how many were taken, and how many refused."""
    counts: Counter[str] = Counter()

    @settings(
        max_examples=max(5, round(examples * door.share)),
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
    """The whole corpus of files, once."""
    return Counter("taken" if take_in(data) else "refused" for data in CORPUS.values())


def all_doors(examples: int, *, derandomize: bool, say: Callable[[str], None]) -> Counter[str]:
    """Every door that can be tried in this process."""
    total: Counter[str] = Counter()
    with ExitStack() as stack:
        answers = stack.enter_context(answering())
        redis = Door(comes=told(), check=lambda given: answers(*given), share=0.3)
        total += report("corpus of files", every_file(), say)
        for name, door in {**doors(), "Redis replies": redis}.items():
            total += report(name, through(door, examples, derandomize=derandomize), say)
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
    logging.disable(logging.ERROR)  # thousands of faults on order
    try:
        run_state_machine_as_test(Machine, settings=chosen)
    finally:
        logging.disable(logging.NOTSET)
    return Counter(taken=count)


def report(name: str, counts: Counter[str], say: Callable[[str], None]) -> Counter[str]:
    say(f"{counts.total():6d} {name}: {counts['taken']} taken, {counts['refused']} refused")
    return counts
