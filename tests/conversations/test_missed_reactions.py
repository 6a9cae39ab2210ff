"""Reactions made, and taken back, while no bot was online."""

import aiohttp
import discord

from bot.client import create_bot
from bot.rules.takes import State


async def unreachable(*_args):
    raise aiohttp.ClientError("Discord is away")


async def looked_through(stage):
    """Let the new bot look at what it missed."""
    missed = stage.services.missed_reactions
    await stage.eventually(lambda: not missed._due and not missed._left)
    await stage.env.advance_time(1)


async def test_what_was_asked_by_emoji_while_the_bot_was_away_is_heard_once(idle_stage):
    stage = idle_stage
    clip = await stage.posed_clip()
    await stage.bob.react(clip, "🐢")
    await stage.env.bot.close()
    await stage.alice.react(clip, "🐇")
    await stage.bob.react(clip, "🙂")
    await stage.bob.unreact(clip, "🐢")
    for _ in range(2):  # the second start finds nothing new
        await stage.env.restart_bot(create_bot(stage.settings))
        await looked_through(stage)
        family = await stage.family(clip)
        assert sorted(each.wish for each in family) == [
            "",
            "nudge:faster",
            "nudge:slightly smiling face",
            "nudge:slower",
        ]
        slower = next(each for each in family if each.wish == "nudge:slower")
        assert slower.state in {State.FAILING, State.EXPLAINED}  # withdrawn
        await stage.env.bot.close()
    await stage.env.restart_bot(create_bot(stage.settings))


async def test_where_discord_is_away_missed_reactions_are_looked_for_later(idle_stage, monkeypatch):
    stage = idle_stage
    clip = await stage.posed_clip()
    await stage.env.bot.close()
    await stage.bob.react(clip, "🐢")
    with monkeypatch.context() as away:
        away.setattr(discord.PartialMessageable, "fetch_message", unreachable)
        await stage.env.restart_bot(create_bot(stage.settings))
        missed = stage.services.missed_reactions
        await stage.eventually(lambda: missed._not_before)
    assert [each.message_id for each in missed._left] == [clip.id]
    missed._not_before = 0.0
    await looked_through(stage)
    assert [each.wish for each in await stage.family(clip)] == ["", "nudge:slower"]
    await stage.services.forgetting.grant(stage.bob.id)  # whose emoji still stands there
    await stage.env.bot.close()
    await stage.env.restart_bot(create_bot(stage.settings))
    await looked_through(stage)
    assert [each.wish for each in await stage.family(clip)] == [""]
