"""What is said to a clip is a nudge."""

import pytest

from bot import client
from bot.rules.takes import Fate


def test_no_privileged_intent_is_asked_for():
    asked = {name for name, on in client.intents() if on}
    assert asked == {"guilds", "guild_messages", "dm_messages", "guild_reactions", "dm_reactions"}


async def test_a_reply_nudges_the_clip(stage):
    clip = await stage.first_clip()
    await stage.bob.send(stage.thread, f"<@{stage.env.bot.user.id}> slower, and let it snow", reply_to=clip)
    _, child = await stage.clips(stage.thread, 2)
    assert f"nudged by <@{stage.bob.id}>: *slower, and let it snow*" in child.content


async def test_a_reply_in_private_needs_no_ping(stage):
    carol = stage.env.create_user("carol")
    await carol.slash("animate", image=stage.photo, mood="calm", seconds=2.0, size=480)
    (clip,) = await stage.clips(carol.dm_channel, 1)
    await stage.reply_in_private(carol, clip, "warmer")
    _, child = await stage.clips(carol.dm_channel, 2)
    assert "*warmer*" in child.content


async def test_talk_that_is_no_reply_to_a_clip_is_left_alone(stage):
    clip = await stage.first_clip()
    said = await stage.bob.send(stage.thread, f"<@{stage.env.bot.user.id}> what is this?")
    await stage.bob.send(stage.thread, f"<@{stage.env.bot.user.id}> slower", reply_to=said)
    await stage.env.advance_time(3)
    assert len(await stage.family(clip)) == 1


async def test_an_empty_or_too_long_reply_is_answered(stage):
    clip = await stage.first_clip()
    ping = f"<@{stage.env.bot.user.id}>"
    await stage.bob.send(stage.thread, ping, reply_to=clip)
    await stage.eventually(lambda: stage.said(stage.thread, "Say at least a word"))
    for member in (stage.alice, stage.bob, stage.alice):  # one answer for each, while it stands there
        await member.send(stage.thread, f"{ping} {'m' * 301}", reply_to=clip)
    (said,) = await stage.eventually(lambda: stage.said(stage.thread, "more than 300 characters"))
    assert said.content.startswith(f"<@{stage.alice.id}>")


@pytest.mark.parametrize("fate", [Fate.UNDECIDED, Fate.KEPT])
async def test_after_and_before_begin_where_a_clip_ends_and_end_where_it_begins(stage, fate):
    clip = await stage.first_clip()
    for label, words in (("After…", "night falls"), ("Before…", "")):
        form = await stage.bob.click(clip, label=label)
        await stage.bob.submit_modal(form, {"words": words})
    await stage.clips(stage.thread, 3)
    root, *children = await stage.family(clip)
    after = next(each for each in children if each.take.action == "after")
    assert after.take.shot.neighbour == root.id
    assert after.take.shot.beat.words == ("night falls",)
