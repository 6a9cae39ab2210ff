"""The real bot, a real Redis and a real worker, in conversation with Discord on the wire."""

import asyncio
import io
from contextlib import asynccontextmanager

import av
import discord
import numpy as np
import pytest
from PIL import Image
from redis import Redis

from bot.client import create_bot
from bot.settings import Settings
from tests.acceptance.fake_discord import (
    CALLBACK,
    PUT_COMMANDS,
    SEND,
    START_THREAD,
    Upload,
    errors,
)
from tests.processes import WorkerProcess

pytestmark = pytest.mark.usefixtures("no_errors_logged")

SEVEN_DAYS = 7 * 24 * 60
DEFERRED, DEFERRED_UPDATE = 5, 6


def picture() -> bytes:
    """A photograph's share of detail, so that its clip has some weight."""
    coarse = np.random.default_rng(7).integers(0, 255, (60, 80, 3), dtype=np.uint8)
    out = io.BytesIO()
    Image.fromarray(coarse).resize((640, 480), Image.Resampling.BICUBIC).save(out, "PNG")
    return out.getvalue()


STILL = Upload("still.png", picture())


@pytest.fixture(scope="module")
def workshop(shared_redis, tmp_path_factory):
    """A Redis with a worker at it, for all conversations here."""
    with Redis.from_url(shared_redis.url) as client:
        client.flushall()
    worker = WorkerProcess(shared_redis.url, tmp_path_factory.mktemp("workshop") / "worker.log", UNSTILL_ENGINE="bars")
    yield shared_redis.url
    worker.kill()
    assert "Traceback" not in worker.log


@pytest.fixture
def run_bot(fake, workshop, tmp_path):
    """Start the bot; each time on the same data."""
    settings = Settings(_env_file=None, redis_url=workshop, data_dir=tmp_path / "data", engine="bars")

    @asynccontextmanager
    async def running():
        bot = create_bot(settings, connector=fake.connector())
        bot._connection.guild_ready_timeout = 0.2  # discord.py waits 2 s for further guilds; here all come at once
        task = asyncio.create_task(bot.start(fake.token))
        try:
            await asyncio.wait_for(bot.wait_until_ready(), 30)
            yield bot
        finally:
            await bot.close()
            await task

    return running


@pytest.fixture
def ada(fake):
    return fake.member("ada")


@pytest.fixture
def square(fake, ada):
    """A channel of a guild where everything is allowed."""
    return fake.world.text_channel(fake.world.guild("Home", members=(ada.user,)), "square")


@pytest.fixture
async def bot(run_bot, square):
    async with run_bot() as ready:
        yield ready


def is_clip(call) -> bool:
    return any(name.endswith(".mp4") for name, _ in call.files.values())


def is_opener(call) -> bool:
    return any(name.startswith("still-") for name, _ in call.files.values())


def is_status(call) -> bool:
    return "<t:" in (call.body.get("content") or "")


def clips(fake, place):
    """The messages in a place that carry a clip."""
    return [said for said in fake.messages(place) if any(file.filename.endswith(".mp4") for file in said.attachments)]


async def animate(fake, member, place, **options):
    asked = await member.slash(place, "animate", image=STILL, **{"seconds": 2.0, "size": 480} | options)
    await asked.reply()
    return asked


async def thread_of(fake, channel):
    return await fake.until(lambda: next((said.thread for said in fake.messages(channel) if said.thread), None))


async def nth_clip(fake, place, number):
    """The clip that arrives as the `number`-th, once its status line has gone."""
    return (await fake.until(lambda: len(found := clips(fake, place)) >= number and found, seconds=60))[number - 1]


async def quiet(fake, place):
    """Wait until no status line stands in a place any more."""
    await fake.until(lambda: not [said for said in fake.messages(place) if "Cancel" in labels(said)])


def labels(said):
    return [button["label"] for button in said.buttons]


def probe(clip: bytes):
    with av.open(io.BytesIO(clip)) as container:
        stream = container.streams.video[0]
        frames = sum(1 for _ in container.decode(stream))
        return stream.codec_context, stream.average_rate, frames


async def test_a_still_and_a_mood_become_clips_in_a_thread(fake, bot, square, ada):
    """One conversation: /animate, Reroll, a lost connection, Nudge."""
    asked = await ada.slash(square, "animate", image=STILL, mood="slow, dreamlike", seconds=2.0, size=480)
    answer = await asked.answered()
    assert (answer["type"], asked.private, asked.answered_after < 3) == (DEFERRED, True, True)

    reply = await asked.reply()
    (opener,) = fake.messages(square)
    thread = opener.thread
    assert f"<#{thread.id}>" in reply.content
    assert (thread.name, thread.auto_archive) == ("slow, dreamlike", SEVEN_DAYS)
    assert ada.mention in opener.content
    assert opener.attachments[0].content_type == "image/jpeg"
    assert opener.interaction is None  # an ordinary message, which outlives the interaction

    clip = await nth_clip(fake, thread, 1)
    await quiet(fake, thread)
    status = next(call for call in fake.calls_to(SEND) if is_status(call))
    assert int(status.params["channel_id"]) == thread.id

    (sent,) = [call.files[0][1] for call in fake.calls_to(SEND) if is_clip(call)]
    data = await fake.download(clip.attachments[0].url)
    assert data == sent
    assert data.index(b"moov") < data.index(b"mdat")
    codec, rate, frames = probe(data)
    assert (codec.name, codec.profile, codec.pix_fmt, codec.width, codec.height) == (
        "h264",
        "High",
        "yuv420p",
        640,
        480,
    )
    assert (rate, frames) == (24, 48)
    assert "slow, dreamlike" in clip.attachments[0].description
    assert clip.attachments[0].filename.endswith(".mp4")
    assert labels(clip) == ["Reroll", "Vary subtle", "Vary strong", "Nudge…"]
    assert clip.replies_to is None
    assert clip.interaction is None

    grace = fake.member("grace")
    pressed = await grace.press(clip, "Reroll")
    assert (await pressed.answered())["type"] == DEFERRED_UPDATE
    await fake.gateway.drop(4000)
    rerolled = await nth_clip(fake, thread, 2)
    await fake.until(lambda: fake.gateway.resumed)
    assert f"https://discord.com/channels/{square.guild.id}/{thread.id}/{clip.id}" in rerolled.content
    assert grace.mention in rerolled.content

    form = await ada.press(rerolled, "Nudge…")
    submitted = await ada.submit(form, "slower, warmer")
    assert (await submitted.answered())["type"] == DEFERRED_UPDATE
    nudged = await nth_clip(fake, thread, 3)
    assert "slower, warmer" in nudged.content
    assert str(rerolled.id) in nudged.content
    await quiet(fake, thread)
    assert len(fake.gateway.identified) == 1
    assert not any(said.mentions_everyone for said in fake.messages(thread))


async def test_no_privileged_intent_is_asked_for(fake, bot):
    privileged = discord.Intents(members=True, presences=True, message_content=True).value
    assert fake.gateway.identified[0]["intents"] & privileged == 0


async def test_in_a_direct_message_the_reply_is_the_thread(fake, bot, ada):
    place = fake.world.dm(ada.user)
    await animate(fake, ada, place)
    clip = await nth_clip(fake, place, 1)
    assert fake.calls_to(START_THREAD) == []
    await ada.press(clip, "Vary strong")
    varied = await nth_clip(fake, place, 2)
    assert f"https://discord.com/channels/@me/{place.id}/{clip.id}" in varied.content
    await quiet(fake, place)


async def test_animate_this_takes_the_picture_of_any_message(fake, bot, square, ada):
    said = await fake.member("grace").say(square, "look at this", STILL)
    form = await ada.message_command("Animate this", said)
    reply = await (await ada.submit(form, "the last day of summer")).reply()
    thread = await thread_of(fake, square)
    assert f"<#{thread.id}>" in reply.content
    assert "last day of summer" in (await nth_clip(fake, thread, 1)).attachments[0].description
    await quiet(fake, thread)


async def test_a_429_on_the_clip_is_waited_out(fake, bot, square, ada):
    fake.mishaps.limit(SEND, 1.0, when=is_clip)
    await animate(fake, ada, square)
    thread = await thread_of(fake, square)
    await nth_clip(fake, thread, 1)
    await quiet(fake, thread)
    assert [call.status for call in fake.calls_to(SEND) if is_clip(call)] == [429, 200]
    assert len(clips(fake, thread)) == 1


async def test_where_threads_are_rate_limited_the_channel_will_do(fake, bot, square, ada):
    fake.mishaps.limit(START_THREAD, 250)
    asked = await animate(fake, ada, square)
    clip = await nth_clip(fake, square, 1)
    assert f"<#{square.id}>" in asked.original.content
    await quiet(fake, square)
    await ada.press(clip, "Reroll")
    await nth_clip(fake, square, 2)
    await quiet(fake, square)


async def test_where_threads_are_not_allowed_the_channel_will_do(fake, bot, square, ada):
    fake.mishaps.refuse(START_THREAD, errors.missing_permissions())
    await animate(fake, ada, square)
    await nth_clip(fake, square, 1)
    await quiet(fake, square)


async def test_a_clip_refused_for_its_size_comes_smaller(fake, bot, square, ada):
    fake.mishaps.refuse(SEND, errors.too_large(), when=is_clip)
    await animate(fake, ada, square)
    thread = await thread_of(fake, square)
    clip = await nth_clip(fake, thread, 1)
    await quiet(fake, thread)
    refused, taken = [call.files[0][1] for call in fake.calls_to(SEND) if is_clip(call)]
    assert len(taken) < len(refused)
    assert clip.attachments[0].data == taken
    assert probe(taken)[2] == 48


@pytest.mark.parametrize(
    ("mishap", "nonce_seconds"),
    [
        (lambda mishaps: mishaps.fail(SEND, 500, done=True, when=is_clip), 180),
        (lambda mishaps: mishaps.cut(SEND, when=is_clip), 180),
        (lambda mishaps: mishaps.cut(SEND, when=is_clip), 0),
    ],
    ids=[
        "a 500 is repeated with its nonce",
        "a cut line is repeated with its nonce",
        "without a nonce it is looked for",
    ],
)
async def test_a_clip_whose_receipt_was_lost_is_there_once(fake, bot, square, ada, mishap, nonce_seconds):
    """Discord had taken the message when its answer got lost."""
    fake.rules.nonce_seconds = nonce_seconds
    mishap(fake.mishaps)
    await animate(fake, ada, square)
    thread = await thread_of(fake, square)
    await nth_clip(fake, thread, 1)
    await quiet(fake, thread)
    assert len(clips(fake, thread)) == 1


async def test_an_opener_whose_receipt_was_lost_is_there_once(fake, bot, square, ada):
    fake.mishaps.cut(SEND, when=is_opener)
    await animate(fake, ada, square)
    thread = await thread_of(fake, square)
    await nth_clip(fake, thread, 1)
    await quiet(fake, thread)
    assert len(fake.messages(square)) == 1


async def test_a_status_line_whose_receipt_was_lost_goes_away_too(fake, bot, square, ada):
    fake.mishaps.cut(SEND, when=is_status)
    await animate(fake, ada, square)
    thread = await thread_of(fake, square)
    await nth_clip(fake, thread, 1)
    await quiet(fake, thread)
    assert [said.content for said in fake.messages(thread) if said.content.startswith("⏳")] == []


async def test_a_thread_whose_receipt_was_lost_is_used(fake, bot, square, ada):
    fake.mishaps.cut(START_THREAD)
    await animate(fake, ada, square)
    thread = await thread_of(fake, square)
    await nth_clip(fake, thread, 1)
    assert clips(fake, square) == []


async def test_two_bots_on_one_token_answer_once(fake, run_bot, square, ada):
    """As in a rolling restart: both hear every interaction, Discord takes one answer."""
    async with run_bot(), run_bot():
        await animate(fake, ada, square)
        thread = await thread_of(fake, square)
        clip = await nth_clip(fake, thread, 1)
        await quiet(fake, thread)
        tried = len(fake.calls_to(CALLBACK))
        await ada.press(clip, "Reroll")
        await fake.until(lambda: len(fake.calls_to(CALLBACK)) == tried + 2)
        await nth_clip(fake, thread, 2)
        await quiet(fake, thread)
    assert len(fake.messages(square)) == 1
    assert len(clips(fake, thread)) == 2
    assert len(fake.calls_to(PUT_COMMANDS)) == 1


async def test_after_a_restart_old_buttons_work_and_commands_are_not_told_again(fake, run_bot, square, ada):
    async with run_bot():
        await animate(fake, ada, square)
        thread = await thread_of(fake, square)
        clip = await nth_clip(fake, thread, 1)
        await quiet(fake, thread)
        form = await ada.press(clip, "Nudge…")
        await form.modal()
    async with run_bot():
        assert len(fake.calls_to(PUT_COMMANDS)) == 1
        await ada.press(clip, "Reroll")
        await nth_clip(fake, thread, 2)
        await ada.submit(form, "a form from before the restart")
        assert "from before the restart" in (await nth_clip(fake, thread, 3)).content
        await quiet(fake, thread)


@pytest.mark.parametrize("refusal", [errors.unknown_interaction(), errors.already_acknowledged()])
async def test_answers_too_late_or_taken_by_another_start_nothing_and_break_nothing(fake, bot, square, ada, refusal):
    await animate(fake, ada, square)
    thread = await thread_of(fake, square)
    clip = await nth_clip(fake, thread, 1)
    await quiet(fake, thread)
    form = await ada.press(clip, "Nudge…")
    await form.modal()
    before = len(fake.calls_to(SEND))

    fake.mishaps.refuse(CALLBACK, refusal, times=3)
    tried = len(fake.calls_to(CALLBACK))
    await ada.slash(square, "animate", image=STILL)
    await ada.press(clip, "Reroll")
    await ada.submit(form, "slower")
    await fake.until(lambda: len(fake.calls_to(CALLBACK)) == tried + 3)

    await ada.press(clip, "Vary subtle")  # what comes after is served as ever
    await nth_clip(fake, thread, 2)
    await quiet(fake, thread)
    assert len(fake.calls_to(SEND)) - before == 2  # its status line and its clip


async def test_a_word_of_welcome_names_what_is_missing(fake, bot):
    away = fake.world.guild("Away", without="create_public_threads")
    lobby = fake.world.text_channel(away, "lobby")
    await fake.join(away)
    (welcome,) = await fake.until(lambda: fake.messages(lobby))
    assert "/animate" in welcome.content
    assert "public threads" in welcome.content


async def test_what_is_no_picture_is_refused_privately(fake, bot, square, ada):
    asked = await ada.slash(square, "animate", image=Upload("story.png", b"not a picture at all" * 50))
    reply = await asked.reply()
    assert reply.ephemeral
    assert "picture" in reply.content
    assert fake.messages(square) == []


@pytest.mark.parametrize("command", ["queue", "help", "about"])
async def test_questions_are_answered_privately(fake, bot, square, ada, command):
    asked = await ada.slash(square, command)
    reply = await asked.reply()
    assert reply.ephemeral
    assert reply.content
