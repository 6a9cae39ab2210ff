import asyncio

import pytest

from bot.record.ballots import Ballots
from bot.record.reaction_log import NOWHERE, Mark, ReactionLog

TAKE = "0" * 20


@pytest.fixture
def ballots(database):
    return Ballots(database)


async def test_a_member_has_one_ballot_a_round(ballots):
    for member in (1, 1, 2):
        standing = await ballots.cast(TAKE, "reroll", member, need=3)
    assert (standing.have, standing.complete) == (2, False)


async def test_a_ballot_can_be_taken_back(ballots):
    await ballots.cast(TAKE, "reroll", 1, need=2)
    standing = await ballots.withdraw(TAKE, "reroll", 0, 1, need=2)
    assert standing.have == 0


async def test_a_hundred_ballots_at_once_are_counted_exactly(ballots):
    standings = await asyncio.gather(*(ballots.cast(TAKE, "reroll", member, need=100) for member in range(100)))
    assert [each.have for each in standings if each.complete] == [100]
    assert (await ballots.standing(TAKE, "reroll", need=100)).have == 100
    assert await ballots.open_counts(TAKE) == {"reroll": 100}


async def test_a_closed_round_is_followed_by_an_empty_one(ballots):
    await ballots.cast(TAKE, "reroll", 1, need=1)
    await ballots.close(TAKE, "reroll", 0)
    await ballots.close(TAKE, "reroll", 0)
    assert await ballots.open_counts(TAKE) == {}
    standing = await ballots.cast(TAKE, "reroll", 1, need=1)
    assert (standing.number, standing.have) == (1, 1)


async def test_wishes_are_counted_apart(ballots):
    await ballots.cast(TAKE, "reroll", 1, need=2)
    await ballots.cast(TAKE, "subtle", 1, need=2)
    assert await ballots.open_counts(TAKE) == {"reroll": 1, "subtle": 1}


async def test_a_tally_is_remembered_until_it_is_taken_down(ballots):
    await ballots.cast(TAKE, "nudge:slower", 1, need=2)
    await ballots.write_tally(TAKE, "nudge:slower", 7)
    await ballots.close(TAKE, "nudge:slower", 0)
    assert await ballots.tallies(TAKE) == {"nudge:slower": 7}
    await ballots.write_tally(TAKE, "nudge:slower", None)
    assert await ballots.tallies(TAKE) == {}


async def test_a_reaction_that_is_told_twice_is_new_once(database):
    log, mark = ReactionLog(database), Mark(message_id=1, emoji="🐢", member_id=2)
    assert [await log.add(mark), await log.add(mark)] == [NOWHERE, None]
    assert await log.take_back(mark) is None  # it counted nowhere
    assert await log.add(mark) == NOWHERE
    await log.count_in(mark, 3)
    assert await log.standing(1) == {mark}
    assert [await log.take_back(mark), await log.take_back(mark)] == [3, None]
    assert await log.standing(1) == set()
    assert [await log.add(mark), await log.add(mark)] == [3, None]  # the same request as before
    assert await log.standing(1) == {mark}
