"""When a take has to wait for want of room."""

import pytest

from bot.rules.allowances import DAY, Usage, refusal
from bot.rules.house import House

HOUSE = House(member_at_once=2, server_at_once=4, member_seconds=20, server_seconds=40, cooldown=30)


@pytest.mark.parametrize(
    ("usage", "code", "at"),
    [
        (Usage(), None, None),
        (Usage(member_open=2), "too_many_at_once", None),
        (Usage(member_latest=980), "cooling_down", 1010),
        (Usage(member_latest=1000 + 3600), None, None),  # by a clock that was an hour ahead
        (Usage(member_seconds=17, member_oldest=500), "spent", 500 + DAY),
        (Usage(member_seconds=16), None, None),
        (Usage(server_open=4), "server_full", None),
        (Usage(server_seconds=37, server_oldest=7), "server_spent", 7 + DAY),
    ],
)
def test_a_take_is_admitted_where_there_is_room(usage, code, at):
    refused = refusal(usage, HOUSE, 4.0, 1000.0, lifted=False)
    assert (refused and refused.code, refused and refused.at) == (code, at)


def test_who_is_lifted_is_bound_by_the_server_only():
    busy = Usage(member_open=9, member_latest=999, member_seconds=900)
    assert refusal(busy, HOUSE, 4.0, 1000.0, lifted=True) is None
    assert refusal(Usage(server_open=9), HOUSE, 4.0, 1000.0, lifted=True).code == "server_full"
