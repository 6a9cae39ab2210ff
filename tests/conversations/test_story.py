"""`/story` and the reel."""

import asyncio
from io import BytesIO

import av
import pytest
from PIL import Image

from bot.rules.takes import Fate, State
from bot.rules.wishes import Wish
from bot.takes.asker import Asker
from renderer.contract.job import Problem
from renderer.contract.shot import Action, Join
from tests.provenance import signed_by
from tests.stage import POSED, buttons, playable


async def told(stage):
    """A clip, what comes after it and what came before, all kept."""
    clip = await stage.first_clip()
    for label in ("After…", "Before…"):
        form = await stage.bob.click(clip, label=label)
        await stage.bob.submit_modal(form, {"words": ""})
    await stage.clips(stage.thread, 3)
    for record in await stage.family(clip):
        await stage.services.store.decide(record.id, Fate.KEPT, stage.alice.id)
    return clip


async def test_the_family_is_shown_as_a_tree_with_links(stage):
    clip = await told(stage)
    answer = await stage.bob.slash(stage.thread, "story")
    message = answer.response
    picture = Image.open(BytesIO(await message.attachments[0].read()))
    assert picture.format == "PNG"
    assert picture.width > 400
    assert message.content.startswith("**The family**, 3 takes:")
    assert message.content.count("⭐") == 3
    assert clip.jump_url in message.content
    assert buttons(message)[0] == "Cut the reel"
    assert not answer.ephemeral


async def test_the_kept_takes_are_cut_to_one_clip_in_story_time(stage):
    clip = await told(stage)
    answer = await stage.bob.slash(stage.thread, "story")
    await stage.restart()
    await stage.bob.click(answer.response, label="Cut the reel")
    reel = (await stage.clips(stage.thread, 4))[-1]
    assert reel.content.startswith(f"3 takes, one story. With takes by <@{stage.bob.id}> and <@{stage.alice.id}>.")
    assert buttons(reel) == ["Keep", "Toss"]
    codec, *_, width, height, frames = await playable(reel)
    assert (codec, width, height) == ("h264", 480, 360)
    assert frames == 3 * 48 - 2  # neighbours share the frame at their joint
    record = (await stage.family(clip))[-1]
    assert record.take.action is Action.REEL
    by_action = {each.take.action: each.id for each in await stage.family(clip)}
    scenes = signed_by(await reel.attachments[0].read())["ingredients"]
    assert [each["relationship"] for each in scenes] == ["componentOf"] * 3
    assert all(each["active_manifest"] for each in scenes)  # each brings its own credentials along
    order = [by_action[action] for action in (Action.BEFORE, Action.ANIMATE, Action.AFTER)]
    assert [scene.take for scene in record.take.shot.scenes] == order


async def test_the_reel_plays_the_takes_one_after_the_other(stage):
    """Its first frame is the first one of what came before, its last the last one of what comes after."""
    clip = await told(stage)
    answer = await stage.bob.slash(stage.thread, "story")
    await stage.bob.click(answer.response, label="Cut the reel")
    shown = await stage.clips(stage.thread, 4)
    family = await stage.family(clip)
    by_action = {each.take.action: each.message_id for each in family}
    clips = {message.id: await message.attachments[0].read() for message in shown}
    reel, before, after = (frames(clips[by_action[action]]) for action in (Action.REEL, Action.BEFORE, Action.AFTER))
    assert abs(reel[0].astype(int) - before[0]).mean() < 8
    assert abs(reel[-1].astype(int) - after[-1]).mean() < 8


@pytest.fixture
async def kept(idle_stage):
    """A clip and what comes after it, both kept; no worker made them, and none makes the reel."""
    stage, clip = idle_stage, await idle_stage.posed_clip()
    (first,) = await stage.family(clip)
    await stage.services.presses.ask(asker(stage, 5, "after"), first, Wish(action=Action.AFTER))
    _, after = await stage.family(clip)
    await stage.services.store.move(after, [after.state], state=State.SHOWN, message_id=clip.id + 1, report=POSED)
    for record in (first, after):
        await stage.services.store.decide(record.id, Fate.KEPT, stage.alice.id)
        await stage.services.stories._clips.keep(record.id, b"a clip")
    return stage, clip, first


def asker(stage, member, press):
    guild = stage.env.bot.get_guild(stage.guild.id)
    return Asker(member_id=member, guild=guild, press=press, locale="en-US", channel_id=stage.thread.id)


async def cut(stage, record, member, press, join=None):
    return await stage.services.stories.cut(asker(stage, member, press), record, join)


async def test_whoever_asks_at_once_for_the_same_reel_gets_the_same_one(kept):
    stage, clip, first = kept
    made = await asyncio.gather(*(cut(stage, first, member, f"{number}") for number, member in enumerate((5, 6, 7, 5))))
    assert sorted(each.new for each in made) == [False, False, False, True]
    assert len({each.record.id for each in made}) == 1
    assert len(await stage.family(clip)) == 3
    other = await cut(stage, first, 8, "9", Join.DIP)
    assert other.new  # other joins make another reel


async def test_a_reel_that_came_to_nothing_or_was_tossed_makes_room_for_the_next(kept):
    stage, clip, first = kept
    store = stage.services.store
    reel = (await cut(stage, first, 5, "1")).record
    await store.move(reel, [State.WAITING], state=State.FAILING, problem=Problem(code="cancelled"))
    again = (await cut(stage, first, 5, "2")).record
    await store.move(again, [State.WAITING], state=State.SHOWN, message_id=clip.id, report=POSED)
    assert not (await cut(stage, first, 6, "3")).new
    await store.decide(again.id, Fate.TOSSED, 5)
    third = await cut(stage, first, 6, "4")
    assert third.new
    assert len({reel.id, again.id, third.record.id}) == 3


async def test_who_asks_for_a_reel_that_is_there_is_told_where(kept):
    stage, clip, first = kept
    story = await stage.bob.slash(stage.thread, "story", take=first.id)
    await stage.bob.click(story.response, label="Cut the reel")
    told = await stage.alice.click(story.response, label="Cut the reel")
    assert told.followups[0].content == f"Your moment is on its way: <#{stage.thread.id}>"
    (reel,) = [each for each in await stage.family(clip) if each.take.action is Action.REEL]
    await stage.services.store.move(reel, [reel.state], state=State.SHOWN, message_id=clip.id, report=POSED)
    told = await stage.alice.click(story.response, label="Cut the reel")
    assert told.followups[0].content == f"That was made already: [here it is]({clip.jump_url})."


def frames(mp4):
    with av.open(BytesIO(mp4)) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


async def test_the_joins_may_be_chosen(stage):
    clip = await told(stage)
    answer = await stage.bob.slash(stage.thread, "story")
    await stage.bob.select(answer.response, ["dip"])
    await stage.clips(stage.thread, 4)
    record = (await stage.family(clip))[-1]
    assert [scene.join for scene in record.take.shot.scenes][1:] == ["dip", "dip"]


async def test_a_reel_needs_two_kept_takes(stage):
    await stage.first_clip()
    answer = await stage.bob.slash(stage.thread, "story")
    refused = await stage.bob.click(answer.response, label="Cut the reel")
    assert refused.followups[0].content.startswith("A reel needs at least two kept takes")


async def test_a_reel_is_not_played_on_with(stage):
    await told(stage)
    answer = await stage.bob.slash(stage.thread, "story")
    await stage.bob.click(answer.response, label="Cut the reel")
    reel = (await stage.clips(stage.thread, 4))[-1]
    await stage.bob.react(reel, "🐢")
    assert await stage.eventually(lambda: stage.said(stage.thread, "A reel is cut from finished takes"))


async def test_from_elsewhere_the_tree_is_for_whoever_asks_and_only_with_a_link(stage):
    clip = await stage.first_clip()
    answer = await stage.bob.slash(stage.channel, "story", take=clip.jump_url)
    assert answer.ephemeral
    assert answer.response.attachments[0].filename == "story.png"
    for link, said in (("https://example.com/1", "no link to a clip of mine"), ("", "There is no clip here yet")):
        answer = await stage.bob.slash(stage.guild.create_text_channel("other"), "story", take=link)
        assert said in answer.response.content


async def test_another_server_reaches_nothing(stage):
    clip = await stage.first_clip()
    elsewhere = stage.env.create_guild("Elsewhere")
    channel = elsewhere.create_text_channel("here")
    mallory = elsewhere.add_member(stage.env.create_user("mallory"))
    record = (await stage.family(clip))[0]
    for link in (clip.jump_url, record.id, clip.jump_url.replace(str(stage.guild.id), str(elsewhere.id))):
        answer = await mallory.slash(channel, "story", take=link)
        assert answer.response.content == "That take belongs to another conversation."
