"""Keep what works, toss what does not."""

import pytest

from bot.rules.takes import Fate
from tests.stage import buttons, playable


async def test_a_kept_clip_says_so_and_can_be_let_go(stage):
    clip = await stage.first_clip()
    await stage.bob.click(clip, label="Keep")
    kept = await stage.eventually(lambda: "⭐" in stage.reread(clip).content and stage.reread(clip))
    assert f"kept by <@{stage.bob.id}>" in kept.content
    assert "Let go" in buttons(kept)
    await stage.bob.click(kept, label="Let go")
    await stage.eventually(lambda: "⭐" not in stage.reread(clip).content)
    assert (await stage.family(clip))[0].fate is Fate.UNDECIDED


async def test_a_tossed_clip_leaves_one_line_and_comes_back_whole(stage):
    clip = await stage.first_clip()
    await stage.alice.click(clip, label="Toss")
    line = stage.reread(clip)
    assert line.attachments == []
    assert line.content == f"🗑️ Tossed by <@{stage.alice.id}>."
    assert buttons(line) == ["Bring back"]
    await stage.restart()
    await stage.alice.click(line, label="Bring back")
    back = stage.reread(clip)
    assert (await playable(back))[0] == "h264"
    assert "Reroll" in buttons(back)
    assert "asked by" in back.content


async def test_only_its_author_or_a_moderator_tosses(stage):
    clip = await stage.first_clip()
    answer = await stage.bob.click(clip, label="Toss")
    assert answer.followups[0].content == "Only the one who asked for this take, or a moderator, can toss it."
    assert len(stage.reread(clip).attachments) == 1


async def test_a_tossed_clip_whose_message_is_too_old_to_edit_is_replaced(stage):
    clip = await stage.first_clip()
    stage.env.inject_error("PATCH", f"/channels/*/messages/{clip.id}", status=400, code=30046, times=None)
    await stage.alice.click(clip, label="Toss")
    (line,) = stage.said(stage.thread, "🗑️ Tossed by")
    assert stage._clips(stage.thread, 0) == []
    await stage.alice.click(line, label="Bring back")
    (back,) = await stage.clips(stage.thread, 1)
    await stage.bob.click(back, label="Reroll")
    assert len(await stage.clips(stage.thread, 2)) == 2


async def test_an_archived_conversation_is_woken_by_a_message_first(stage):
    clip = await stage.first_clip()
    stage.env.inject_error("PATCH", f"/channels/*/messages/{clip.id}", status=400, code=50083)
    await stage.alice.click(clip, label="Toss")
    assert stage.reread(clip).content.startswith("🗑️")
    assert len(stage.thread.history()) == 1


@pytest.mark.parametrize("code", [50083, 30046])
async def test_a_clip_is_whole_however_often_it_had_to_be_sent(stage, code):
    """The first try has read the file to its end."""
    clip = await stage.first_clip()
    await stage.alice.click(clip, label="Toss")
    stage.env.inject_error("PATCH", f"/channels/*/messages/{clip.id}", status=400, code=code)
    await stage.alice.click(stage.reread(clip), label="Bring back")
    (back,) = await stage.clips(stage.thread, 1)
    assert (await playable(back))[-1] == 48
