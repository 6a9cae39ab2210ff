"""`/take`: old clips come back to hand."""

import discord
import pytest

from tests.stage import buttons


async def test_a_clips_buttons_are_handed_over_and_work(stage):
    clip = await stage.first_clip()
    answer = await stage.bob.slash(stage.channel, "take", link=clip.jump_url)
    assert answer.ephemeral
    assert buttons(answer.response)[:4] == ["Reroll", "Vary subtle", "Vary strong", "Nudge…"]
    assert clip.jump_url in answer.response.content
    pressed = await stage.bob.click(answer.response, label="Reroll")
    assert pressed.followups[0].content == f"Your moment is on its way: <#{stage.thread.id}>"
    assert len(await stage.clips(stage.thread, 2)) == 2


async def test_a_takes_id_will_do(stage):
    clip = await stage.first_clip()
    record = (await stage.family(clip))[0]
    answer = await stage.bob.slash(stage.channel, "take", link=record.id)
    assert "Reroll" in buttons(answer.response)


async def test_an_archived_conversation_is_woken(stage):
    clip = await stage.first_clip()
    stage.env.backend.get_channel(stage.thread.id).thread_metadata.archived = True
    await stage.bob.slash(stage.channel, "take", link=clip.jump_url)
    assert stage.said(stage.thread, "⏰ Woken.")


async def test_a_clip_whose_message_is_gone_is_shown_again(stage):
    clip = await stage.first_clip()
    stage.env.backend.delete_message(stage.thread.id, clip.id)
    answer = await stage.bob.slash(stage.channel, "take", link=clip.jump_url)
    (again,) = await stage.clips(stage.thread, 1)
    assert again.id != clip.id
    assert again.jump_url in answer.response.content
    await stage.bob.click(again, label="Reroll")
    assert len(await stage.clips(stage.thread, 2)) == 2


async def test_a_tossed_one_can_be_brought_back(stage):
    clip = await stage.first_clip()
    await stage.alice.click(clip, label="Toss")
    answer = await stage.alice.slash(stage.channel, "take", link=clip.jump_url)
    assert buttons(answer.response) == ["Bring back"]
    await stage.alice.click(answer.response, label="Bring back")
    assert len(await stage.clips(stage.thread, 1)) == 1


@pytest.mark.parametrize("link", ["https://example.com/x", "hello", "https://discord.com/channels/1/2/3", "0" * 20])
async def test_what_is_no_clip_says_so(idle_stage, link):
    answer = await idle_stage.bob.slash(idle_stage.channel, "take", link=link)
    assert answer.response.content.startswith("That is no link to a clip of mine.")


async def test_a_clip_that_one_may_not_see_stays_out_of_reach(stage):
    hidden = discord.PermissionOverwrite(view_channel=False)
    closed = stage.guild.create_text_channel("closed", overwrites={stage.bob: hidden})
    await stage.animate(channel=closed)
    (thread,) = closed.threads
    (clip,) = await stage.clips(thread, 1)
    record = await stage.services.store.shown_as(clip.id)
    for link in (clip.jump_url, record.id):
        answer = await stage.bob.slash(stage.channel, "take", link=link)
        assert answer.response.content == "That take belongs to another conversation."
    answer = await stage.alice.slash(stage.channel, "take", link=clip.jump_url)
    assert "Reroll" in buttons(answer.response)
