"""Presses on messages that an earlier version posted: their ids stand here in full, as version 0.1 wrote them.

What the ids of now are is held by `tests/bot/commands/test_custom_ids.py`; here those of then are pressed.
"""

import discord
from discord import ui

from bot.language.fluent import language
from bot.rules.takes import Fate
from tests.stage import buttons

ENGLISH = language("en")
JAM = "b" * 20


async def old_message(stage, *items):
    """A message in the thread, posted by the bot before it was started again: nothing of it is in memory."""
    view = ui.View(timeout=None)
    for item in items:
        view.add_item(item)
    view.stop()
    place = stage.env.bot.get_partial_messageable(stage.thread.id, guild_id=stage.guild.id)
    sent = await place.send("of long ago", view=view)
    await stage.restart()
    return stage.reread(sent)


def button(custom_id, label="press"):
    return ui.Button(label=label, custom_id=custom_id)


async def pressed(stage, custom_id):
    """The answer to a press by Bob, who is no moderator."""
    return await stage.bob.click(await old_message(stage, button(custom_id)), label="press")


ANSWERS = {
    "unstill:share:{take}": "problem-not-kept",
    "unstill:report:{take}": "problem-no-reports",
    "unstill:cancel:{take}": "problem-not-yours",
    "unstill:toss:{take}": "problem-may-not-toss",
    "unstill:now-reroll:{take}": "problem-may-not-overrule",
    "unstill:reel:{take}": "problem-too-few-kept",
    "unstill:gallery:older:0:1:{take}": "gallery-empty",
    f"unstill:gallery:older:{'9' * 20}:0:{{take}}": "gallery-nothing",
    "unstill:report-toss:{take}": "problem-moderators-only",
    "unstill:forget:42": "problem-not-you",
    f"unstill:jam-vote:{JAM}:1:{{take}}": "problem-jam-over",
    f"unstill:jam-stop:{JAM}:1": "problem-jam-over",
    "unstill:reroll:00000000000000000000": "problem-take-gone",
}


async def test_a_press_is_answered_by_record_and_rights(idle_stage):
    clip = await idle_stage.posed_clip()
    (record,) = await idle_stage.family(clip)
    ids = [custom_id.format(take=record.id) for custom_id in ANSWERS]
    message = await old_message(idle_stage, *(button(custom_id, str(at)) for at, custom_id in enumerate(ids)))
    for at, told in enumerate(ANSWERS.values()):
        answer = await idle_stage.bob.click(message, label=str(at))
        assert [each.content for each in answer.followups] == [ENGLISH.say(told)], ids[at]
    assert [each.fate for each in await idle_stage.family(clip)] == [Fate.UNDECIDED]


async def test_keep_keeps_and_reroll_rerolls(idle_stage):
    clip = await idle_stage.posed_clip()
    (record,) = await idle_stage.family(clip)
    await pressed(idle_stage, f"unstill:keep:{record.id}")
    assert [each.fate for each in await idle_stage.family(clip)] == [Fate.KEPT]
    await pressed(idle_stage, f"unstill:reroll:{record.id}")
    assert [each.take.action for each in await idle_stage.family(clip)] == ["animate", "reroll"]


async def test_a_form_that_was_open_while_the_bot_was_started_again_is_heard(idle_stage):
    clip = await idle_stage.posed_clip()
    (record,) = await idle_stage.family(clip)
    form = await pressed(idle_stage, f"unstill:nudge:{record.id}")
    await idle_stage.restart()
    await idle_stage.bob.submit_modal(form, {"words": "slower"})
    nudge = (await idle_stage.family(clip))[-1]
    assert nudge.take.shot.beat.words == ("slower",)


async def test_the_menu_of_joins_cuts_a_reel(idle_stage):
    clip = await idle_stage.posed_clip()
    (record,) = await idle_stage.family(clip)
    menu = ui.Select(
        custom_id=f"unstill:reel-joins:{record.id}", options=[discord.SelectOption(label="Dip", value="dip")]
    )
    answer = await idle_stage.bob.select(await old_message(idle_stage, menu), ["dip"])
    assert answer.followups[0].content == ENGLISH.say("problem-too-few-kept")


async def test_discord_py_keeps_nothing_to_call_back(stage):
    """Clips, status lines, stories, galleries and forms: else the bot would grow with every message it posts."""
    clip = await stage.first_clip()
    await stage.alice.slash(stage.thread, "story")
    await stage.alice.slash(stage.thread, "gallery", kept=False)
    await stage.alice.slash(stage.thread, "forget me")
    await stage.alice.click(clip, label="Nudge…")
    await stage.alice.click(clip, label="Toss")
    await stage.eventually(lambda: "Bring back" in " ".join(buttons(stage.reread(clip))))
    kept = stage.env.bot._connection._view_store
    assert not kept._views
    assert not kept._synced_message_views
    assert not kept._modals
