"""`kill -9` at any moment: bot, worker and Redis are real processes, and each clip arrives exactly once."""

import asyncio
import os
import subprocess
import sys
from collections import Counter

import psutil
import pytest

from bot.running.embedded_redis import socket_path
from renderer.contract.redis_keys import alive_key
from tests.acceptance.bot_process import processes_of
from tests.acceptance.fake_discord import CALLBACK, SEND, START_THREAD
from tests.acceptance.scene import LONG, PATIENCE, SHORT, STILL, Scene
from tests.bot.running.test_permissions import open_ones


def is_clip(call) -> bool:
    return any(name.endswith(".mp4") for name, _ in call.files.values())


def is_opener(call) -> bool:
    return any(name.startswith("still-") for name, _ in call.files.values())


def is_status(call) -> bool:
    return (call.body.get("content") or "").startswith("⏳")


def any_call(_call) -> bool:
    return True


async def every_take_shown_once(scene, count):
    """Wait until nothing is owed any more, end the bot, and find each clip once and no other word of the bot's."""
    await scene.fake.until(lambda: scene.states == ["shown"] * count, PATIENCE)
    await scene.fake.until(lambda: not any(map(scene.said_in, scene.threads)), PATIENCE)
    assert await scene.stop_bot() == 0
    shown = Counter(file.filename for said in scene.shown for file in said.attachments)
    assert shown == {f"unstill-{take}.mp4": 1 for take in scene.takes}
    assert len(scene.threads) == len(scene.fake.messages(scene.channel))  # no opener without its thread
    assert not any(map(scene.said_in, scene.threads))
    assert not [bot.log for bot in scene.bots if "Traceback" in bot.log]


@pytest.fixture
async def scene(fake, redis_server, tmp_path):
    """Bot and Redis run; workers are each test's own."""
    made = Scene(fake, tmp_path, redis_server.url)
    try:
        await made.start_bot()
        yield made
    finally:
        made.close()


@pytest.fixture
def hire(scene, redis_server, start_worker):
    """Start a worker."""
    return lambda: start_worker(redis_server.url)


async def test_a_killed_workers_take_renders_again_within_30_seconds(scene, hire):
    worker = hire()
    await scene.animate(**LONG)
    first = await scene.rendering()
    worker.kill()
    assert scene.unfinished(first)
    hire()
    again = alive_key(first.removesuffix("1") + "2")
    await scene.fake.until(lambda: scene.redis.exists(again), seconds=30)
    await every_take_shown_once(scene, 1)


async def test_a_take_that_kills_every_worker_is_explained_once(scene, hire):
    thread = await scene.animate(**LONG)
    for attempt in (1, 2):
        worker = hire()
        job_id = await scene.rendering(attempt)
        worker.kill()
        scene.redis.delete(alive_key(job_id))  # which would expire in some seconds
    said = await scene.fake.until(lambda: [line for line in scene.said_in(thread) if "died" in line], PATIENCE)
    assert said == scene.said_in(thread)
    await scene.fake.until(lambda: scene.states == ["explained"])
    hire()
    await scene.animate()
    await scene.clips(1)
    assert scene.said_in(thread) == said
    assert len(scene.fake.messages(thread)) == 2  # how the thread began, and why there is no clip


async def test_a_worker_told_to_stop_finishes_its_take(scene, hire):
    worker = hire()
    await scene.animate(**LONG)
    job_id = await scene.rendering()
    assert scene.unfinished(job_id)
    assert await asyncio.to_thread(worker.stop) == 0
    await every_take_shown_once(scene, 1)
    assert scene.losses == 0


async def test_promise_4_buttons_never_die_and_a_killed_bot_takes_up_where_it_was(scene, hire):
    hire()
    await scene.animate()
    (clip,) = await scene.clips(1)
    form = await scene.ada.press(clip, "Nudge…")
    await form.modal()
    await scene.animate(**LONG)
    job_id = await scene.rendering()
    scene.bot.kill()
    assert scene.unfinished(job_id)
    await scene.start_bot()
    await scene.ada.press(clip, "Reroll")
    await scene.ada.submit(form, "slower, warmer")
    shown = await scene.clips(4)
    assert any("slower, warmer" in said.content for said in shown)
    await every_take_shown_once(scene, 4)
    assert scene.losses == 0


async def test_a_stopped_bot_goes_on_with_its_takes(scene, hire):
    await scene.animate(**LONG)
    await scene.animate()
    hire()
    job_id = await scene.rendering()
    assert scene.unfinished(job_id)
    assert await scene.stop_bot() == 0
    await scene.start_bot()
    await every_take_shown_once(scene, 2)


async def test_a_rolling_restart_loses_nothing(scene, hire):
    """The new bot is there before the old one goes; members notice nothing."""
    hire()
    await scene.animate(**LONG)
    job_id = await scene.rendering()
    old = scene.bot
    assert scene.unfinished(job_id)
    await scene.start_bot()
    assert await asyncio.to_thread(old.stop) == 0
    await scene.animate()
    await every_take_shown_once(scene, 2)
    assert scene.losses == 0


@pytest.mark.parametrize(
    ("route", "when"),
    [(CALLBACK, any_call), (SEND, is_opener), (START_THREAD, any_call), (SEND, is_status), (SEND, is_clip)],
    ids=[
        "the command was acknowledged",
        "the opener was posted",
        "the thread was opened",
        "the status line was posted",
        "the clip was posted",
    ],
)
async def test_a_bot_killed_before_it_knows_that(scene, hire, route, when):
    """Discord had done what was asked, and forgets nonces: what stands there is found, not posted anew.

    The member was acknowledged: what they asked for is done, once, and they are told so.
    """
    scene.fake.rules.nonce_seconds = 0
    hire()
    killed = scene.kill_bot_after(route, when)
    asked = await scene.ada.slash(scene.channel, "animate", image=STILL, **SHORT)
    await asyncio.wait_for(killed.wait(), PATIENCE)
    await scene.replace_bot()
    assert "on its way" in (await asked.reply()).content
    await scene.fake.until(lambda: scene.promises == [], PATIENCE)  # the new bot sees to it while it runs
    await every_take_shown_once(scene, 1)
    assert asked.followups == []


@pytest.fixture
def lonely_worker(redis_server, tmp_path):
    """A worker in an empty folder with nothing but `REDIS_URL` (and the test pattern, which starts quickly)."""
    environment = {"REDIS_URL": redis_server.url, "UNSTILL_ENGINE": "bars", "PATH": os.environ["PATH"]}
    empty = tmp_path / "elsewhere"
    empty.mkdir()
    with (empty / "log").open("wb") as log:
        words = [sys.executable, "-m", "renderer", "worker"]
        worker = subprocess.Popen(words, env=environment, cwd=empty, stdout=log, stderr=log)
    yield worker
    worker.kill()
    worker.wait()


async def test_promise_3_a_worker_needs_only_redis_url(scene, lonely_worker):
    """No token, no shared disk, nothing else from the bot's environment."""
    await scene.animate()
    await every_take_shown_once(scene, 1)
    assert lonely_worker.poll() is None


async def test_every_step_of_a_take_is_logged_with_its_id_and_without_its_words(scene, hire):
    worker = hire()
    await scene.animate("a very secret mood")
    await scene.clips(1)
    await scene.fake.until(lambda: scene.states == ["shown"])
    await scene.stop_bot()
    (take,) = scene.takes
    lines = [line for line in (scene.bot.log + worker.log).splitlines() if f"take={take}" in line]
    steps = ("animate, asked by", "asked → waiting", "waiting → queued", "begun", "bytes in", "queued → rendered")
    for step in (*steps, "rendered → shown"):
        assert any(step in line for line in lines), step
    assert "secret" not in scene.bot.log + worker.log
    assert scene.fake.token not in scene.bot.log


async def test_redis_killed_mid_render_and_started_empty(scene, hire, redis_server):
    await scene.animate(**LONG)
    await scene.animate()
    hire()
    job_id = await scene.rendering()
    assert scene.unfinished(job_id)
    await asyncio.to_thread(redis_server.kill)
    await asyncio.to_thread(redis_server.start)
    await every_take_shown_once(scene, 2)
    assert scene.losses == 0


async def test_promise_2_sql_is_the_record_and_redis_may_be_flushed(scene, hire):
    for options in (LONG, SHORT, SHORT, SHORT):
        await scene.animate(**options)
    scene.redis.flushall()
    hire()
    job_id = await scene.rendering(attempt=2)
    assert scene.unfinished(job_id)
    scene.redis.flushall()
    await every_take_shown_once(scene, 4)
    assert scene.losses == 0


@pytest.fixture
async def alone(fake, tmp_path):
    """The bot runs its Redis and its worker itself."""
    data = tmp_path / "data"
    made = Scene(fake, tmp_path, f"unix://{socket_path(data / 'redis')}", embedded=True)
    try:
        await made.start_bot()
        yield made
    finally:
        made.close()


async def test_a_killed_bot_finds_its_own_redis_and_worker_again(alone):
    await alone.animate(**LONG)
    job_id = await alone.rendering()
    server = alone.redis.info("server")["process_id"]
    alone.bot.kill()
    assert alone.unfinished(job_id)
    await alone.replace_bot()
    assert alone.redis.info("server")["process_id"] == server
    await every_take_shown_once(alone, 1)
    assert alone.losses == 0
    assert open_ones(alone.data) == []
    _, left = psutil.wait_procs(processes_of(alone.data), timeout=30)
    assert left == []
