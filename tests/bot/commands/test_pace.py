"""How often something may happen for one key."""

from bot.commands.notices import Pace


def test_so_many_times_in_so_many_seconds_and_each_key_by_itself():
    now = [0.0]
    pace = Pace(2, 45.0, clock=lambda: now[0])
    assert [pace.allows("a") for _ in range(3)] == [True, True, False]
    assert pace.allows("b")
    now[0] = 44.0
    assert not pace.allows("a")
    now[0] = 45.0
    assert [pace.allows("a") for _ in range(3)] == [True, True, False]


def test_a_key_is_not_remembered_for_longer():
    now = [0.0]
    pace = Pace(1, 45.0, clock=lambda: now[0])
    for number in range(1000):
        now[0] += 1.0
        pace.allows(number)
    assert len(pace._times) <= 45
