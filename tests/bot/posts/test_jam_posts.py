"""Where the votes of a jam stand: in its thread, or in the channel where that is closed."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from bot.posts.jam_posts import JamPosts, stop_id
from bot.posts.side_posts import SidePosts
from bot.rules.jam import Jam, Phase, Terms, jam_id
from tests.bot.record.test_store import record
from tests.bot.takes.playground import CHANNEL, GUILD, Places, World

THREAD = 50
PLACED = {"guild_id": GUILD, "channel_id": CHANNEL, "place_id": THREAD, "message_id": 60}
TAKES = [replace(record(str(number)), **PLACED, wish=f"jam:{jam_id('1')}:1:{number}") for number in (1, 2)]
JAM = Jam(id=jam_id("1"), guild_id=GUILD, root=TAKES[0].id, host_id=7, terms=Terms(mood="calm"), phase=Phase.VOTING)


@pytest.fixture
def world():
    world = World()
    world.threads = {THREAD}
    return world


@pytest.fixture
def posts(world):
    return JamPosts(SidePosts(Places(world), SimpleNamespace()))


@pytest.mark.parametrize("locked", [False, True], ids=["open", "locked"])
async def test_a_vote_is_opened_once_told_and_closed_where_words_may_be_said(world, posts, locked):
    world.locked = {THREAD} if locked else set()
    message_id = await posts.open_vote(JAM, TAKES)
    vote = world.messages[message_id]
    assert vote.channel_id == (CHANNEL if locked else THREAD)
    world.clock.now += 600  # Discord has forgotten its nonce
    assert await posts.open_vote(JAM, TAKES) == message_id
    jam = replace(JAM, message_id=message_id)
    await posts.tell_tally(jam, TAKES, {7: TAKES[1].id})
    assert stop_id(JAM) in vote.buttons
    await posts.close_vote(jam, TAKES, TAKES[1].id, {7: TAKES[1].id})
    assert (vote.buttons, "goes on, with 1 vote" in vote.content) == ((), True)
    assert world.standing() == [vote]


@pytest.mark.parametrize("known", [True, False], ids=["known", "receipt lost"])
async def test_a_vote_in_the_channel_is_taken_down_also_once_the_thread_is_open_again(world, posts, known):
    world.locked = {THREAD}
    message_id = await posts.open_vote(JAM, TAKES)
    world.locked = set()
    await posts.drop_vote(replace(JAM, message_id=message_id if known else None), TAKES[0])
    assert world.standing() == []


async def test_a_jam_that_has_to_wait_says_so_in_the_channel_where_its_thread_is_gone(world, posts):
    world.threads = set()
    await posts.say_waiting(JAM, TAKES[0], SimpleNamespace(code="server_full", data={"limit": 3}))
    (said,) = world.standing()
    assert said.channel_id == CHANNEL
    assert said.content.startswith("⏸️")
