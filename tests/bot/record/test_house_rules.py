"""The rules of houses, kept in the record."""

import pytest
from pydantic import ValidationError

from bot.record.house_rules import Houses
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
