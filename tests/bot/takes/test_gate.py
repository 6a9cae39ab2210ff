"""How often a member may try."""

import asyncio

import pytest

from bot.errors import RefusedError
from bot.record.attempts import Attempts
from bot.record.likenesses import Likenesses
from bot.takes.gate import MOST_ATTEMPTS, Gate


def opened_gate(settings, database):
    return Gate(settings, None, Attempts(database), Likenesses(database))


async def test_tries_are_counted_across_restarts(database, settings):
    """Each picture costs a process: a member may have some read, not any number."""
    for number in range(MOST_ATTEMPTS):
        gate = opened_gate(settings, database)  # each time anew, as after a restart
        await gate.let_try(str(number), 7)
    with pytest.raises(RefusedError, match="too_many_tries") as refused:
        await opened_gate(settings, database).let_try("more", 7)
    assert refused.value.data["limit"] == MOST_ATTEMPTS
    await gate.let_try("another member's", 8)


async def test_tries_at_once_are_counted_too(database, settings):
    gate = opened_gate(settings, database)
    asked = [gate.let_try(str(number), 7) for number in range(MOST_ATTEMPTS + 10)]
    answers = await asyncio.gather(*asked, return_exceptions=True)
    assert answers.count(None) <= MOST_ATTEMPTS
    assert all(answer is None or isinstance(answer, RefusedError) for answer in answers)
