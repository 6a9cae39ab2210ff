"""The gallery, page by page."""

import discord
import pytest

from bot.community.gallery import PAGE, Filter
from bot.rules.takes import Fate, State
from tests.bot.record.test_store import record
from tests.stage import POSED, buttons


def texts(components):
    """What a layout says of each clip, as it was sent."""
    for part in components:
        if part.get("type") == 10 and "](" in part["content"]:
            yield part["content"]
        yield from texts(part.get("components", []))


def media(components):
    for part in components:
        yield from (item["media"]["url"] for item in part.get("items", []))
        yield from media(part.get("components", []))


async def hang(stage, count, **fields):
    """Write so many shown takes straight to the record."""
    store = stage.services.store
    for number in range(count):
        values = {
            "guild_id": stage.guild.id,
            "channel_id": stage.channel.id,
            "place_id": stage.channel.id,
            "message_id": 1000 + number,
            "member_id": stage.alice.id,
            "state": State.SHOWN,
            "fate": Fate.KEPT,
            "asked_at": 100.0 + number // 3,  # some at the same moment
        }
        hung = record(f"{fields.get('press', '')}{number}", **(values | fields.get("values", {})))
        await store.add(hung)
        await store.move(hung, [State.SHOWN], report=POSED)


async def test_an_empty_gallery_says_how_to_fill_it(idle_stage):
    answer = await idle_stage.alice.slash(idle_stage.channel, "gallery")
    assert answer.ephemeral
    assert answer.response.content.startswith("Nothing is kept here yet. Press **Keep**")


async def test_a_kept_clip_hangs_there_moving(stage):
    clip = await stage.first_clip()
    await stage.bob.click(clip, label="Keep")
    answer = await stage.bob.slash(stage.channel, "gallery")
    (said,) = texts(answer.response.components)
    assert said.startswith("⭐ A quiet picture: the camera holds still.")
    assert f"asked by <@{stage.alice.id}>" in said
    assert clip.jump_url in said
    (url,) = media(answer.response.components)
    assert url == stage.reread(clip).attachments[0].url


async def test_where_discord_has_the_clip_no_longer_its_poster_hangs(stage):
    clip = await stage.first_clip()
    await stage.bob.click(clip, label="Keep")
    await stage.eventually(lambda: "⭐" in stage.reread(clip).content)
    stage.env.inject_error("GET", f"/channels/*/messages/{clip.id}", status=404, code=10008)
    answer = await stage.bob.slash(stage.channel, "gallery")
    (url,) = media(answer.response.components)
    assert "poster-" in url


async def test_sixty_clips_are_paged_through_without_gaps_or_repeats(idle_stage):
    stage = idle_stage
    await hang(stage, 60)
    answer = await stage.bob.slash(stage.channel, "gallery")
    seen = []
    for page in range(15):
        seen.append([text.partition("](")[2] for text in texts(answer.response.components)])
        labels = buttons(answer.response)
        assert ("Newer" in labels) == (page > 0)
        assert ("Older" in labels) == (page < 14)
        if page == 7:
            await stage.restart()
        if page < 14:
            await stage.bob.click(answer.response, label="Older")
    links = [link for page in seen for link in page]
    assert len(links) == len(set(links)) == 60
    assert all(len(page) == PAGE for page in seen)
    await stage.bob.click(answer.response, label="Newer")
    assert [text.partition("](")[2] for text in texts(answer.response.components)] == seen[13]


async def test_what_comes_in_meanwhile_shifts_nothing(idle_stage):
    stage = idle_stage
    await hang(stage, 8)
    answer = await stage.bob.slash(stage.channel, "gallery")
    first = set(texts(answer.response.components))
    await hang(stage, 3, press="new", values={"asked_at": 999.0, "message_id": 5})
    await stage.bob.click(answer.response, label="Older")
    assert not first & set(texts(answer.response.components))


async def test_members_and_fates_are_told_apart(idle_stage):
    stage = idle_stage
    await hang(stage, 2)
    await hang(stage, 3, press="b", values={"member_id": stage.bob.id})
    await hang(stage, 1, press="c", values={"credits": (5, stage.bob.id)})
    await hang(stage, 1, press="d", values={"fate": Fate.UNDECIDED})
    await hang(stage, 1, press="e", values={"fate": Fate.TOSSED})
    answer = await stage.alice.slash(stage.channel, "gallery", member=stage.bob)
    assert len(list(texts(answer.response.components))) == 4
    found = [await _count(stage, wanted) for wanted in (Filter(), Filter(kept=False))]
    assert found == [6, 7]


async def _count(stage, wanted):
    """How many clips all pages have."""
    answer = await stage.alice.slash(stage.channel, "gallery", kept=wanted.kept)
    count = len(list(texts(answer.response.components)))
    while "Older" in buttons(answer.response):
        await stage.alice.click(answer.response, label="Older")
        count += len(list(texts(answer.response.components)))
    return count


async def test_nobody_sees_what_they_may_not(idle_stage):
    stage = idle_stage
    hidden = discord.PermissionOverwrite(view_channel=False)
    closed = stage.guild.create_text_channel("closed", overwrites={stage.bob: hidden})
    await hang(stage, 40, press="h", values={"channel_id": closed.id, "place_id": closed.id})
    await hang(stage, 2, values={"asked_at": 1.0})
    await hang(stage, 2, press="o", values={"guild_id": 77})
    answer = await stage.bob.slash(stage.channel, "gallery")
    assert len(list(texts(answer.response.components))) == 2
    answer = await stage.alice.slash(stage.channel, "gallery")
    assert "Older" in buttons(answer.response)


@pytest.mark.parametrize("shared", [True, False])
async def test_kept_clips_are_shared_once_where_the_server_chose(stage, shared):
    wall = stage.guild.create_text_channel("wall")
    await stage.rule(gallery=wall.id if shared else None)
    clip = await stage.first_clip()
    await stage.bob.click(clip, label="Keep")
    kept = await stage.eventually(lambda: "⭐" in stage.reread(clip).content and stage.reread(clip))
    assert ("Share" in buttons(kept)) == shared
    record_ = (await stage.family(clip))[0]
    for _ in range(2):
        answer = await stage.bob.click(kept, custom_id=f"unstill:share:{record_.id}") if shared else None
    if not shared:
        return
    (copy,) = wall.history()
    assert copy.attachments[0].filename.endswith(".mp4")
    assert clip.jump_url in copy.content
    assert copy.jump_url in answer.followups[0].content
    await stage.alice.react(copy, "🐢")
    assert len(await stage.clips(stage.thread, 2)) == 2


async def test_a_clip_that_is_let_go_or_has_nowhere_to_go_is_not_shared(stage):
    wall = stage.guild.create_text_channel("wall")
    await stage.rule(gallery=wall.id)
    clip = await stage.first_clip()
    await stage.bob.click(clip, label="Keep")
    kept = await stage.eventually(lambda: "⭐" in stage.reread(clip).content and stage.reread(clip))
    await stage.rule(gallery=None)
    answer = await stage.bob.click(kept, label="Share")
    assert "has not chosen a channel" in answer.followups[0].content
    await stage.services.store.decide((await stage.family(clip))[0].id, Fate.UNDECIDED, 1)
    await stage.rule(gallery=wall.id)
    answer = await stage.bob.click(kept, label="Share")
    assert answer.followups[0].content.startswith("Only kept clips are shared")
    assert wall.history() == []


async def test_a_shared_copy_opens_no_way_into_a_closed_channel(stage):
    hidden = discord.PermissionOverwrite(view_channel=False)
    closed = stage.guild.create_text_channel("closed", overwrites={stage.bob: hidden})
    wall = stage.guild.create_text_channel("wall")
    await stage.rule(gallery=wall.id)
    await stage.animate(channel=closed)
    (thread,) = closed.threads
    (clip,) = await stage.clips(thread, 1)
    store = stage.services.store
    found = await store.shown_as(clip.id)
    await stage.alice.click(clip, label="Keep")
    shown = await stage.eventually(lambda: next((m for m in thread.history() if "Share" in buttons(m)), None))
    await stage.alice.click(shown, label="Share")
    (copy,) = wall.history()
    await stage.bob.react(copy, "🐢")
    await stage.bob.send(wall, f"<@{stage.env.bot.user.id}> slower", reply_to=copy)
    await stage.env.advance_time(2)
    assert len(await store.family(found.take.root)) == 1
    await stage.alice.react(copy, "🐢")
    assert len(await stage.clips(thread, 2)) == 2
