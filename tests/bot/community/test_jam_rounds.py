"""How much of the record jams read each second, and what becomes of the others when one fails."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from bot.community.jam_rounds import ROOTLESS, Jams
from bot.posts.discord_calls import NobodyThereError
from bot.record.jam_store import JamStore
from bot.rules.jam import Jam, Phase, Terms, jam_id
from bot.rules.takes import Fate, State
from bot.takes.asker import Asker
from tests.bot.record.rows import counts
from tests.bot.record.test_store import record
from tests.statements import on, statements_to

NOW = 1000.0


class Posts:
    """What stands in Discord for jams; it fails for one of them."""

    def __init__(self):
        self.votes = {}
        self.failing = None
        self.while_opening = None
        self.closed, self.dropped, self.last = [], [], []

    async def open_vote(self, jam, takes):
        if jam.id == self.failing:
            raise RuntimeError("nobody thought of that")
        self.votes[jam.id] = [each.id for each in takes]
        if self.while_opening:
            await self.while_opening(jam)
        return 7

    async def close_vote(self, jam, takes, chosen, votes):
        self.closed.append((jam.number, chosen))

    async def drop_vote(self, jam, root):
        self.dropped.append(jam.message_id)

    async def last_word(self, jam, root, won, voters, *, left):
        if jam.id == self.failing:
            raise NobodyThereError("gone")
        self.last.append(([each.id for each in won], list(voters), left))


@pytest.fixture
def posts():
    return Posts()


@pytest.fixture
def jams(store, database, posts):
    return Jams(
        store=store,
        jams=JamStore(database),
        admission=None,
        backlog=SimpleNamespace(wake=lambda: None),
        renewals=SimpleNamespace(renew=lambda _: None),
        posts=posts,
        animations=None,
        houses=None,
        engine=("bars", ""),
        clock=lambda: NOW,
    )


async def begun(jams, store, press="1", state=State.QUEUED, **changes):
    """A jam with a family of five takes, of which two are its round's."""
    root = record(press)
    jam = Jam(id=jam_id(press), guild_id=1, root=root.id, host_id=2, terms=Terms(mood="calm", takes=2), **changes)
    await jams._jams.add(jam)
    await store.add(replace(root, wish=f"{jam.wish}:1", state=state))
    for number, wish in enumerate((f"{jam.wish}:2", "reroll", "reroll", "reroll")):
        child = record(f"{press}.{number}")
        await store.add(replace(child, take=replace(child.take, root=root.id), wish=wish, state=state))
    return jam


async def test_while_a_vote_is_open_no_take_is_read(jams, store, database):
    await begun(jams, store, state=State.SHOWN, phase=Phase.VOTING, closes_at=NOW + 60, message_id=7)
    with statements_to(database) as said:
        await jams.tick()
    assert on(said, "jams")
    assert not on(said, "takes")


async def test_while_a_round_renders_its_takes_are_only_counted(jams, store, database, posts):
    await begun(jams, store)
    with statements_to(database) as said:
        await jams.tick()
    (asked,) = on(said, "takes")
    assert asked.startswith("SELECT count(")
    assert not posts.votes


async def test_a_round_that_is_done_is_voted_on_and_nothing_else_of_its_family_is_read(jams, store, database, posts):
    jam = await begun(jams, store, state=State.SHOWN)
    with statements_to(database) as said:
        await jams.tick()
    _, read = on(said, "takes")
    assert "wish LIKE" in read.replace("takes.", "")
    assert len(posts.votes[jam.id]) == 2
    now = await jams.get(jam.id)
    assert (now.phase, now.message_id, now.closes_at) == (Phase.VOTING, 7, NOW + 300)


async def test_a_vote_that_nobody_was_told_of_is_told(jams, store, posts):
    jam = await begun(jams, store, state=State.SHOWN, phase=Phase.VOTING, closes_at=NOW + 60)
    await jams.tick()
    assert jam.id in posts.votes
    assert (await jams.get(jam.id)).message_id == 7


async def test_a_jam_that_fails_holds_up_no_other(jams, store, posts, caplog):
    each = [await begun(jams, store, press, state=State.SHOWN) for press in ("1", "2", "3")]
    posts.failing = each[1].id
    await jams.tick()
    assert set(posts.votes) == {each[0].id, each[2].id}
    assert f"jam {each[1].id} is seen to again" in caplog.text
    posts.failing = None
    await jams.tick()
    assert each[1].id in posts.votes


HOST = Asker(member_id=2, guild=None, press="9", locale="en-US")


async def stopped(jams, jam):
    """End the jam as its host, and let it come to its end."""
    await jams.stop(HOST, jam)
    for _ in range(3):
        await jams.tick()
    return await jams.get(jam.id)


async def test_a_jam_stopped_in_a_vote_goes_by_how_it_stands(jams, store, posts):
    jam = await begun(jams, store, state=State.SHOWN, phase=Phase.VOTING, closes_at=NOW + 60, message_id=7)
    first, second = await jams.candidates(jam)
    await jams._jams.cast(jam, 4, second.id)
    now = await stopped(jams, jam)
    assert (now.phase, now.winners) == (Phase.ENDED, (second.id,))
    assert posts.closed == [(1, second.id)]
    assert posts.last == [([second.id], [4], True)]
    assert [(await store.get(each.id)).fate for each in (first, second)] == [Fate.UNDECIDED, Fate.KEPT]


async def test_a_jam_stopped_in_a_vote_that_nobody_cast_says_that_its_takes_stay(jams, store, posts):
    jam = await begun(jams, store, state=State.SHOWN, phase=Phase.VOTING, closes_at=NOW + 60, message_id=7)
    now = await stopped(jams, jam)
    assert (now.phase, now.winners, now.message_id) == (Phase.ENDED, (), None)
    assert (posts.dropped, posts.last) == ([7], [([], [], True)])


async def test_a_jam_stopped_while_its_vote_is_being_posted_leaves_no_buttons(jams, store, posts):
    async def stop(jam):
        await jams.stop(HOST, jam)

    posts.while_opening = stop
    jam = await begun(jams, store, state=State.SHOWN)
    for _ in range(3):
        await jams.tick()
    assert 7 in posts.dropped
    assert (await jams.get(jam.id)).phase is Phase.ENDED
    assert posts.last == [([], [], True)]


async def test_a_jam_stopped_while_its_takes_render_says_that_they_still_come(jams, store, posts):
    assert (await stopped(jams, await begun(jams, store))).phase is Phase.ENDED
    assert posts.last == [([], [], True)]


async def test_a_jam_without_any_take_says_that_none_came_through(jams, store, posts):
    assert (await stopped(jams, await begun(jams, store, state=State.EXPLAINED))).phase is Phase.ENDED
    assert posts.last == [([], [], False)]


async def test_a_jam_whose_conversation_is_gone_is_over_all_the_same(jams, store, posts):
    jam = await begun(jams, store)
    posts.failing = jam.id
    assert (await stopped(jams, jam)).phase is Phase.ENDED


async def test_a_jam_whose_first_take_never_came_is_dropped_and_looked_at_no_more(jams, database):
    """The bot was killed between the two: its host and its words do not stay. One that is beginning is waited for."""
    now = NOW
    jams._clock = lambda: now
    await jams._jams.add(Jam(id=jam_id("1"), guild_id=1, root="0" * 20, host_id=2, terms=Terms(mood="calm")))
    await jams.tick()
    now += ROOTLESS
    await jams.tick()
    assert await jams._jams.open_ones()
    now += 1
    await jams.tick()
    assert await counts(database, "jams") == [0]
