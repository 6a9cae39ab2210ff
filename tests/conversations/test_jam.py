"""A jam on the stage: rounds, votes, winners, a reel."""

import asyncio

from bot.record.tables import jams
from bot.rules.jam import Phase
from bot.rules.takes import Fate, State
from bot.takes.asker import Asker
from tests.stage import PHOTO, buttons


async def begin(stage, **options):
    short = {"rounds": 2, "minutes": 1, "takes": 2, "seconds": 2.0, "size": 480}
    return await stage.alice.slash(stage.channel, "jam", mood="calm", **({"image": PHOTO} | short | options))


async def vote(stage, number=1):
    """The open vote's message."""
    start = f"**Round {number} of"
    (message,) = await stage.eventually(lambda: stage.said(stage.thread, start))
    return message


async def tally(stage, message, label):
    return await stage.eventually(lambda: label in buttons(stage.reread(message)))


async def close_vote(stage):
    """Let the minute pass."""
    open_ones = stage.services.jams
    clock = open_ones._clock
    open_ones._clock = lambda: clock() + 120
    await stage.eventually(lambda: not stage.said(stage.thread, "The vote closes"))
    open_ones._clock = clock


async def phase(stage):
    async with stage.services.database.reading() as connection:
        return await connection.scalar(jams.select().with_only_columns(jams.c.phase))


async def test_a_whole_jam(stage):
    answer = await begin(stage)
    assert answer.ephemeral
    first = await vote(stage)
    assert buttons(first) == ["Take 1 · 0", "Take 2 · 0", "End the jam"]
    assert first.content.count("https://discord.com/channels/") == 2
    said = await stage.bob.click(first, label="Take 2 · 0")
    assert said.followups[0].content.startswith("Your vote: take 2.")
    await tally(stage, first, "Take 2 · 1")
    await stage.alice.click(stage.reread(first), label="Take 2 · 1")
    await tally(stage, first, "Take 2 · 2")
    await close_vote(stage)
    assert "goes on, with 2 votes" in stage.reread(first).content
    second = await vote(stage, 2)
    family = await stage.services.store.family((await stage.services.store.newest_in(stage.thread.id)).take.root)
    won = next(each for each in family if each.fate is Fate.KEPT)
    assert [each.take.parent for each in family[2:]] == [won.id] * 2
    await stage.bob.click(second, label="Take 1 · 0")
    await close_vote(stage)
    *_, reel = await stage.clips(stage.thread, 5)
    assert reel.content.startswith(f"2 takes, one story. With takes by <@{stage.alice.id}>.")
    (last,) = stage.said(stage.thread, "🎉")
    assert f"<@{stage.alice.id}>'s jam" in last.content
    assert f"With the votes of <@{stage.alice.id}> and <@{stage.bob.id}>." in last.content
    assert await phase(stage) == Phase.ENDED


async def test_it_goes_on_after_a_restart_in_every_phase(stage):
    await begin(stage)
    await stage.restart()  # while takes render
    first = await vote(stage)
    await stage.bob.click(first, label="Take 1 · 0")
    await stage.restart()  # while the vote is open
    await tally(stage, first, "Take 1 · 1")
    await stage.alice.click(stage.reread(first), label="Take 1 · 1")
    await close_vote(stage)
    await stage.restart()  # while the next round renders
    await vote(stage, 2)
    await close_vote(stage)
    await stage.restart()  # while the reel is made
    assert len(await stage.clips(stage.thread, 5)) == 5
    assert len(stage.said(stage.thread, "🎉")) == 1
    assert len(stage.said(stage.thread, "**Round 1 of")) == 0


async def test_a_round_without_votes_goes_on_with_the_seeds_choice(stage):
    await begin(stage, rounds=1)
    first = await vote(stage)
    await close_vote(stage)
    assert stage.reread(first).content.startswith("🎲 **Round 1**: nobody voted")
    await stage.eventually(lambda: stage.said(stage.thread, "🎉"))
    assert len(await stage.clips(stage.thread, 2)) == 2  # one winner makes no reel


async def test_only_its_host_or_a_moderator_ends_it(stage):
    await begin(stage)
    first = await vote(stage)
    refused = await stage.bob.click(first, label="End the jam")
    assert refused.followups[0].content == "Only its host or a moderator can end the jam."
    await stage.alice.click(first, label="End the jam")
    await stage.eventually(lambda: stage.said(stage.thread, "ended before a take was chosen. Its takes stay"))
    assert len(await stage.clips(stage.thread, 2)) == 2
    late = await stage.services.jams.get(jam_id_of(first))
    assert late.phase is Phase.ENDED
    assert stage.reread(first) is None


def jam_id_of(message):
    return message.components[0].children[0].custom_id.split(":")[2]


async def test_a_hundred_votes_at_once_are_counted_once_each(stage):
    await begin(stage)
    first = await vote(stage)
    own = stage.services.jams
    jam = await own.get(jam_id_of(first))
    takes = [each.id for each in await own.candidates(jam)]

    def vote_of(member, take_id):
        asker = Asker(member_id=member, guild=None, press=str(member), locale="en-US")
        return own.vote(asker, jam, jam.number, take_id)

    await asyncio.gather(*(vote_of(member, takes[member % 2]) for member in range(100)))
    await asyncio.gather(*(vote_of(member, takes[0]) for member in range(1, 100, 2)))
    assert list((await own._jams.votes(jam)).values()) == [takes[0]] * 100
    await tally(stage, first, "Take 1 · 100")
    assert not (await vote_of(7, takes[0])).stands
    await tally(stage, first, "Take 1 · 99")


async def test_a_round_whose_takes_all_fail_ends_it_with_a_word(idle_stage):
    stage = idle_stage
    await begin(stage)
    store = stage.services.store
    await stage.eventually(lambda: len(stage.said(stage.thread, "⏳")) == 2)
    for each in await store.unfinished():
        await store.move(each, [State.WAITING, State.QUEUED], state=State.EXPLAINED)
    await stage.eventually(lambda: stage.said(stage.thread, "No take came through"))


async def test_a_jam_that_is_too_long_or_not_allowed_is_refused(idle_stage):
    stage = idle_stage
    await stage.rule(server_seconds=8)
    answer = await begin(stage, rounds=6, takes=4)
    assert answer.response.content.startswith("That jam needs more seconds")
    await stage.rule(jam="moderators", server_seconds=3600)
    answer = await begin(stage)
    assert answer.response.content.startswith("On this server others begin jams")
    assert stage.channel.history() == []


async def test_a_refused_picture_leaves_no_jam_behind(idle_stage):
    answer = await begin(idle_stage, image=("notes.png", b"hello" * 40))
    assert answer.ephemeral
    assert await phase(idle_stage) is None


async def test_a_round_that_the_server_has_no_room_for_waits_and_says_so_once(stage):
    await begin(stage)
    first = await vote(stage)
    await stage.rule(server_at_once=1, server_seconds=8)
    await stage.alice.click(first, label="Take 1 · 0")
    await close_vote(stage)
    await stage.eventually(lambda: stage.said(stage.thread, "⏸️ Round 2 has to wait."))
    await stage.env.advance_time(5)
    assert len(stage.said(stage.thread, "⏸️ Round 2 has to wait.")) == 1
    await stage.rule(server_at_once=24, server_seconds=3600)
    await vote(stage, 2)


async def test_a_take_that_is_tossed_while_the_vote_is_open_cannot_win(stage):
    await begin(stage, rounds=1)
    first = await vote(stage)
    await stage.bob.click(first, label="Take 1 · 0")
    await tally(stage, first, "Take 1 · 1")
    clips = [message for message in stage.thread.history() if message.attachments]
    jam = await stage.services.jams.get(jam_id_of(first))
    one, two = await stage.services.jams.candidates(jam)
    await stage.alice.click(next(each for each in clips if each.id == one.message_id), label="Toss")
    refused = await stage.bob.click(first, custom_id=f"unstill:jam-vote:{jam.id}:1:{one.id}")
    assert refused.followups[0].content == "That vote is closed."
    await close_vote(stage)
    assert "[take 2]" in stage.reread(first).content
    assert (await stage.services.store.get(two.id)).fate is Fate.KEPT
