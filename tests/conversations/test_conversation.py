"""From a member's picture and words to a clip with working buttons."""

import discord
import pytest

from renderer.contract.direction import Corrections
from renderer.contract.shot import Action
from tests.pictures import encoded, quarters
from tests.stage import PHOTO, SHORT, buttons, playable

CLIP_BUTTONS = ["Reroll", "Vary subtle", "Vary strong", "Nudge…", "Correct…", "Before…", "After…", "Keep", "Toss"]


async def test_a_still_and_a_mood_become_a_clip_in_a_thread(stage):
    answer = await stage.animate("late *summer*, slow")
    assert answer.ephemeral
    assert answer.response.content == f"Your moment is on its way: <#{stage.thread.id}>"

    opener = next(message for message in stage.channel.history() if message.attachments)
    assert opener.content == rf"<@{stage.alice.id}> asks for *late \*summer\*, slow*"
    assert opener.attachments[0].filename.endswith(".jpg")
    assert stage.thread.name == "late *summer*, slow"
    assert stage.env.bot.get_channel(stage.thread.id).auto_archive_duration == 7 * 24 * 60

    (clip,) = await stage.clips(stage.thread, 1)
    assert f"asked by <@{stage.alice.id}>" in clip.content
    assert "the camera" in clip.content
    assert clip.attachments[0].description.startswith("A photograph set moving to “late *summer*, slow”.")
    assert buttons(clip) == CLIP_BUTTONS
    assert await playable(clip) == ("h264", "High", "yuv420p", 480, 360, 48)


async def test_while_it_waits_a_take_says_when_and_can_be_cancelled(idle_stage):
    await idle_stage.animate()
    (status,) = [message for message in idle_stage.thread.history() if message.content.startswith("⏳")]
    assert "Next in line · ready about <t:" in status.content
    assert buttons(status) == ["Cancel"]


@pytest.mark.parametrize(
    ("label", "said"),
    [("Reroll", "rerolled by"), ("Vary subtle", "varied a little by"), ("Vary strong", "varied a lot by")],
)
async def test_a_press_makes_a_child_with_a_link_to_its_parent(stage, label, said):
    clip = await stage.first_clip()
    await stage.bob.click(clip, label=label)
    _, child = await stage.clips(stage.thread, 2)
    assert f"{said} <@{stage.bob.id}>" in child.content
    assert clip.jump_url in child.content
    assert buttons(child) == CLIP_BUTTONS
    assert await child.attachments[0].read() != await clip.attachments[0].read()


async def test_a_nudge_asks_for_words_and_says_them(stage):
    clip = await stage.first_clip()
    form = await stage.bob.click(clip, label="Nudge…")
    await stage.bob.submit_modal(form, {"words": "slower, warmer"})
    _, child = await stage.clips(stage.thread, 2)
    assert f"nudged by <@{stage.bob.id}>: *slower, warmer*" in child.content


async def test_what_was_read_wrongly_is_chosen_from_a_list_and_counts_for_the_whole_family(idle_stage):
    clip = await idle_stage.posed_clip()
    (root,) = await idle_stage.family(clip)
    controls = (await idle_stage.bob.slash(idle_stage.channel, "take", link=root.id)).response
    form = await idle_stage.bob.click(controls, label="Correct…")
    (menu,) = [part["component"] for part in form.modal["components"]]
    assert ("This is water", "I saw none") in [(each["label"], each["description"]) for each in menu["options"]]
    answer = await idle_stage.bob.submit_modal(form, {"corrections": ["there:water", "there:people"]})
    assert f"<#{idle_stage.thread.id}>" in answer.followups[0].content
    _, corrected = await idle_stage.eventually_family(clip, 2)
    assert corrected.take.action is Action.NUDGE
    assert corrected.take.shot.beat.words == ("this is water, there are people",)

    await idle_stage.bob.click(controls, label="Reroll")
    _, _, sibling = await idle_stage.eventually_family(clip, 3)
    assert sibling.take.shot.beat.words == ()
    told = Corrections(present=frozenset({"water", "people"}))
    assert [each.take.shot.corrections for each in (corrected, sibling)] == [told, told]


async def test_a_picture_on_any_message_is_animated_by_its_menu(stage):
    message = await stage.bob.send(stage.channel, "look", attachments=[PHOTO])
    form = await stage.alice.context_menu(stage.channel, "Animate this", message)
    answer = await stage.alice.submit_modal(form, {"words": "gentle"})
    assert answer.ephemeral
    (clip,) = await stage.clips(stage.thread, 1)
    assert stage.thread.name == "gentle"
    assert f"asked by <@{stage.alice.id}>" in clip.content


async def test_no_mood_is_a_mood(stage):
    await stage.animate("")
    await stage.clips(stage.thread, 1)
    assert stage.thread.name == "A moment, unstilled"
    assert "lets the picture decide" in stage.channel.history()[0].content


async def test_a_private_message_is_its_own_thread(stage):
    carol = stage.env.create_user("carol")
    answer = await carol.slash("animate", image=PHOTO, mood="calm", **SHORT)
    assert answer.response.content == f"Your moment is on its way: <#{carol.dm_channel.id}>"
    (clip,) = await stage.clips(carol.dm_channel, 1)
    await carol.click(clip, label="Reroll")
    _, child = await stage.clips(carol.dm_channel, 2)
    assert f"https://discord.com/channels/@me/{carol.dm_channel.id}/{clip.id}" in child.content


async def test_inside_a_thread_the_conversation_stays_there(stage):
    clip = await stage.first_clip()
    await stage.animate("again", channel=stage.thread)
    first, second = await stage.clips(stage.thread, 2)
    assert (first.id, second.channel.id) == (clip.id, stage.thread.id)


@pytest.mark.parametrize("failure", [{"status": 403, "code": 50013}, {"status": 400, "code": 160006}])
async def test_where_no_thread_can_be_opened_the_channel_will_do(stage, failure):
    stage.env.inject_error("POST", "/channels/*/messages/*/threads", **failure)
    answer = await stage.animate()
    assert answer.response.content.endswith(f"<#{stage.channel.id}>")
    (clip,) = await stage.clips(stage.channel, 1)
    assert buttons(clip) == CLIP_BUTTONS


async def test_a_press_on_an_old_clip_works_after_a_restart(stage):
    clip = await stage.first_clip()
    form = await stage.bob.click(clip, label="Nudge…")
    await stage.restart()
    await stage.bob.click(clip, label="Reroll")
    await stage.clips(stage.thread, 2)
    await stage.bob.submit_modal(form, {"words": "slower"})
    assert "nudged by" in (await stage.clips(stage.thread, 3))[-1].content


async def test_commands_are_told_to_discord_once(stage):
    assert len(stage.requests("PUT", "/commands")) == 1
    await stage.restart()
    assert len(stage.requests("PUT", "/commands")) == 1


async def test_a_mood_pings_nobody_turns_no_text_and_unfolds_no_link(stage):
    clip = await stage.first_clip(f"@everyone <@{stage.bob.id}> @here \u202e[a](http://b) [c](http://d)")
    posted = [*stage.channel.history(), *stage.thread.history()]
    messages = [message for message in posted if message.type is discord.MessageType.default]
    assert not any(message.mention_everyone for message in messages)
    assert {member.id for message in messages for member in message.mentions} <= {stage.alice.id}
    assert [member.id for member in clip.mentions] == [stage.alice.id]
    assert all(message.flags.suppress_embeds for message in messages)
    assert not any("\u202e" in text for text in (stage.thread.name, *(message.content for message in messages)))
    assert not any("http:/" in message.content for message in messages)


async def test_a_tall_still_keeps_its_aspect(stage):
    await stage.animate(image=("tall.png", encoded(quarters(120, 300))))
    (clip,) = await stage.clips(stage.thread, 1)
    assert (await playable(clip))[3:5] == (360, 900)
