"""What becomes of takes: cancelled, refused by Discord, lost with Redis, waiting in line."""

import asyncio

import discord
import pytest
from redis import Redis

from bot.commands.about import NEEDED, welcome
from bot.language.fluent import language
from bot.wording import sentences
from tests.pictures import encoded, noise, quarters
from tests.processes import eventually
from tests.stage import buttons, opened_stage, playable

ENGLISH = language("en")

LONG = {"seconds": 8.0, "size": 1080, "image": ("large.png", encoded(quarters(1440, 1080)))}


def status_lines(stage):
    return [message for message in stage.thread.history() if "Cancel" in buttons(message)]


def explanations(stage):
    return [message.content for message in stage.thread.history() if message.content.startswith(("✖️", "⚠️"))]


async def test_the_author_cancels_a_waiting_take(idle_stage):
    await idle_stage.animate()
    (status,) = status_lines(idle_stage)
    await idle_stage.alice.click(status, label="Cancel")
    await idle_stage.eventually(lambda: explanations(idle_stage))
    assert explanations(idle_stage) == [f"✖️ Cancelled by <@{idle_stage.alice.id}>."]
    assert status_lines(idle_stage) == []
    assert await idle_stage.services.store.unfinished() == []


async def test_a_cancelled_take_is_not_rendered_later(idle_stage, redis_server, start_worker):
    await idle_stage.animate("first")
    (status,) = status_lines(idle_stage)
    await idle_stage.alice.click(status, label="Cancel")
    worker = start_worker(redis_server.url)
    await idle_stage.animate("second")
    second = idle_stage.channel.threads[-1]
    await idle_stage.clips(second, 1)
    assert worker.log.count("bytes in") == 1


async def test_others_cannot_cancel_but_moderators_can(idle_stage):
    await idle_stage.animate()
    (status,) = status_lines(idle_stage)
    answer = await idle_stage.bob.click(status, label="Cancel")
    assert answer.followups[0].content == ENGLISH.say("problem-not-yours")
    moderators = idle_stage.guild.create_role("Mods", permissions=discord.Permissions(manage_messages=True))
    mod = idle_stage.guild.add_member(idle_stage.env.create_user("mod"), roles=[moderators])
    await idle_stage.eventually(lambda: status_lines(idle_stage))
    await mod.click(status, label="Cancel")
    await idle_stage.eventually(lambda: explanations(idle_stage))


async def test_a_rendering_take_is_cancelled(stage, workshop):
    await stage.animate(**LONG)
    (status,) = status_lines(stage)
    with Redis.from_url(workshop) as redis:
        await asyncio.to_thread(eventually, lambda: redis.keys("unstill:alive:*"))
        await stage.alice.click(status, label="Cancel")
        await stage.eventually(lambda: explanations(stage))
        await asyncio.to_thread(eventually, lambda: not redis.keys("unstill:alive:*"))
    assert not any(message.attachments for message in stage.thread.history())


async def test_a_clip_that_discord_finds_too_large_is_made_smaller(stage):
    await stage.animate(image=("noise.png", encoded(noise(320, 240))))
    stage.env.inject_error("POST", f"/channels/{stage.thread.id}/messages", status=413, code=40005)
    (clip,) = await stage.clips(stage.thread, 1)
    record = await stage.services.store.get(take_id(clip))
    assert record.refusals == 1
    assert clip.attachments[0].size <= record.byte_limit < stage.env.bot.get_guild(stage.guild.id).filesize_limit
    assert (await playable(clip))[0] == "h264"


@pytest.mark.parametrize("status", [429, 503])
async def test_a_clip_waits_for_a_discord_that_is_busy(stage, status):
    await stage.animate(**LONG)
    stage.env.inject_error("POST", f"/channels/{stage.thread.id}/messages", status=status)
    (clip,) = await stage.clips(stage.thread, 1)
    assert buttons(clip)


async def test_a_clip_that_discord_rejects_is_explained(stage):
    await stage.animate(**LONG)
    stage.env.inject_error("POST", f"/channels/{stage.thread.id}/messages", status=400, code=50035)
    await stage.eventually(lambda: explanations(stage))
    assert explanations(stage) == [f"⚠️ {ENGLISH.say('problem-unexpected')}"]


async def test_a_clip_is_fitted_to_the_upload_limit(settings):
    async with opened_stage(settings.model_copy(update={"upload_limit": 100_000})) as stage:
        await stage.animate(image=("noise.png", encoded(noise(320, 240))))
        (clip,) = await stage.clips(stage.thread, 1)
        assert clip.attachments[0].size <= 100_000
        assert (await playable(clip))[5] == 48


async def test_a_clip_that_is_home_leaves_redis(stage, workshop):
    await stage.first_clip()
    with Redis.from_url(workshop) as redis:
        assert redis.keys("unstill:clip:*") + redis.keys("unstill:result:*") == []


async def test_takes_survive_a_flushed_redis(idle_stage, redis_server, start_worker):
    for mood in ("one", "two", "three"):
        await idle_stage.animate(mood)
    with Redis.from_url(redis_server.url) as redis:
        redis.flushall()
    start_worker(redis_server.url)
    for thread in idle_stage.channel.threads:
        await idle_stage.clips(thread, 1)


async def test_the_queue_tells_my_place(idle_stage):
    await idle_stage.animate("mine")
    await idle_stage.animate("his", who=idle_stage.bob)
    answer = await idle_stage.bob.slash(idle_stage.channel, "queue")
    assert answer.ephemeral
    assert "*his*: 2. in line" in answer.response.content
    assert answer.response.content.endswith("2 takes wait in all.")


async def test_nobody_waits_behind_one_members_many(idle_stage):
    for number in range(5):
        await idle_stage.animate(f"mine {number}")
    await idle_stage.animate("his", who=idle_stage.bob)
    answer = await idle_stage.bob.slash(idle_stage.channel, "queue")
    assert "*his*: 3. in line" in answer.response.content  # two of alice's are with the workers already


@pytest.mark.parametrize(("command", "said"), [("help", "/animate"), ("about", "MIT")])
async def test_help_and_about_answer_in_private(idle_stage, command, said):
    answer = await idle_stage.alice.slash(idle_stage.channel, command)
    assert answer.ephemeral
    assert said in answer.response.content


async def test_a_new_server_is_greeted_and_told_what_is_missing(idle_stage):
    me, guild = idle_stage.env.bot.user, idle_stage.env.create_guild("New")
    guild.create_text_channel("silent", overwrites={me: discord.PermissionOverwrite(send_messages=False)})
    lobby = guild.create_text_channel("lobby", overwrites={me: discord.PermissionOverwrite(attach_files=False)})
    await welcome(idle_stage.env.bot.get_guild(guild.id))
    (greeting,) = lobby.history()
    assert greeting.content.startswith("Hello!")
    assert greeting.content.endswith("I still need to be allowed to attach files.")
    assert sentences.permissions(ENGLISH, NEEDED).count(",") == len(NEEDED) - 2


def take_id(clip):
    return clip.attachments[0].filename.removeprefix("unstill-").removesuffix(".mp4")


async def test_a_rendering_take_shows_a_bar(stage):
    await stage.animate(**LONG)
    seen = set()

    def watched():
        seen.update(message.content for message in stage.thread.history())
        return any(content.startswith("🎞️") for content in seen)

    await stage.eventually(watched)
    await stage.clips(stage.thread, 1)
