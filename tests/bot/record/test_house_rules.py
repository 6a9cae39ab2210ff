"""The rules of houses, kept in the record."""

import json

import pytest
from pydantic import ValidationError

from bot.record.blocks import Blocks
from bot.record.house_rules import Houses
from bot.record.tables import blocks, houses
from bot.rules.blocks import Block, Kind
from bot.rules.house import HOME, House, Who


@pytest.mark.parametrize("wrong", [{"reroll_votes": 0}, {"zone": "Middle/Earth"}, {"quiet_from": 24}])
async def test_rules_out_of_range_are_refused_and_change_nothing(database, wrong):
    houses = Houses(database)
    await houses.change(1, reroll_votes=2)
    with pytest.raises(ValidationError):
        await houses.change(1, **wrong)
    assert await Houses(database).of(1) == House(reroll_votes=2)


async def test_each_server_has_rules_of_its_own_and_private_talk_the_usual_ones(database):
    houses = Houses(database)
    await houses.change(1, reroll_votes=2, toss="anyone")
    await houses.change(1, reroll_votes=3)
    assert await houses.of(1) == House(reroll_votes=3, toss=Who.ANYONE)
    assert await houses.of(2) == HOME == await houses.of(None)


async def test_a_value_that_only_a_later_version_knows_is_as_usual(database):
    """The other rules of the house hold."""
    async with database.writing() as connection:
        rules = json.dumps({"keep": "the moon", "reroll_votes": 3, "gravity": 0.5})
        await connection.execute(houses.insert().values(guild_id=1, rules=rules))
    assert await Houses(database).of(1) == House(reroll_votes=3)
    assert (await Houses(database).change(1, cooldown=5)).reroll_votes == 3


async def test_a_block_that_only_a_later_version_knows_opens_no_door(database):
    for_now = Block(kind=Kind.MEMBER, subject="7")
    async with database.writing() as connection:
        row = {"guild_id": 1, "kind": "smell", "subject": "x", "likeness": "", "by": 2, "at": 0.0}
        await connection.execute(blocks.insert().values(row))
    await Blocks(database).add(1, for_now, 2)
    assert await Blocks(database).of(1) == (for_now,)
