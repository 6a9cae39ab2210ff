"""Reactions made, and taken back, while no bot was online."""

import aiohttp
import discord

from bot.client import create_bot
from bot.record.farewells import Farewells
from bot.rules.takes import Fate, State


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


async def unheard(_event):
    """As while no bot is there."""


async def test_what_ends_meanwhile_is_no_fault_of_what_is_heard_or_looked_for(idle_stage, caplog, monkeypatch):
    """Nobody is told who is being forgotten, or who takes back what a clip that goes was asked by."""
    stage, services = idle_stage, idle_stage.services
    clip = await stage.posed_clip()
    with services.gate.presence.leaving(stage.alice.id):
        await stage.alice.react(clip, "🐢")
        await stage.alice.send(stage.thread, f"<@{stage.env.bot.user.id}> slower", reply_to=clip)
        services.missed_reactions.look_again()
        await looked_through(stage)
    assert await services.missed_reactions._known.standing(clip.id) == set()
    assert len(await stage.family(clip)) == 1
    await stage.alice.unreact(clip, "🐢")
    await stage.bob.react(clip, "⭐")
    with monkeypatch.context() as away:
        away.setattr(services.reactions, "removed", unheard)
        await stage.bob.unreact(clip, "⭐")
    (record,) = await stage.family(clip)
    assert record.fate is Fate.KEPT
    decide = services.store.decide

    async def decide_too_late(take_id, *decision):
        await decide(take_id, *decision)
        await Farewells(services.database).retire([take_id])

    monkeypatch.setattr(services.store, "decide", decide_too_late)
    services.missed_reactions.look_again()
    await looked_through(stage)
    assert (await services.store.remains(record.id))[0].state == State.FORGOTTEN
    told = (f"<@{stage.alice.id}>", f"<@{stage.bob.id}>")
    assert not [each for each in stage.thread.history() if each.content.startswith(told)]
    assert not [each for each in caplog.records if each.exc_info]
