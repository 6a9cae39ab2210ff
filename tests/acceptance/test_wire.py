"""The real bot, a real Redis and a real worker, in conversation with Discord on the wire."""

import asyncio
import sqlite3
from contextlib import closing

import discord
import pytest

from tests.acceptance.fake_discord import (
    CALLBACK,
    PUT_COMMANDS,
    SEND,
    START_THREAD,
    Upload,
    errors,
)
from tests.acceptance.fake_discord.asked import COMMAND
from tests.acceptance.wire import (
    STILL,
    animate,
    clips,
    is_clip,
    is_opener,
    is_status,
    labels,
    nth_clip,
    probe,
    quiet,
    thread_of,
)

pytestmark = pytest.mark.usefixtures("no_errors_logged")

SEVEN_DAYS = 7 * 24 * 60
DEFERRED, DEFERRED_UPDATE = 5, 6


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
    assert labels(clip)[:4] == ["Reroll", "Vary subtle", "Vary strong", "Nudge…"]
    assert labels(clip)[4:] == ["Correct…", "Before…", "After…", "Keep", "Toss"]
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
    listed = await (await ada.press(nudged, "Correct…")).modal()
    assert listed["components"][0]["component"]["options"]
    await quiet(fake, thread)
    assert len(fake.gateway.identified) == 1
    assert not any(said.mentions_everyone for said in fake.messages(thread))


async def test_promise_6_no_privileged_intent_is_asked_for(fake, bot):
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


async def test_an_answer_that_stands_although_discord_said_otherwise_counts(fake, bot, square, ada):
    """A server that broke after it took the answer, a line that was cut: the take is made, the member told, once."""
    fake.mishaps.fail(CALLBACK, 500, done=True)
    asked = await animate(fake, ada, square)
    thread = await thread_of(fake, square)
    assert f"<#{thread.id}>" in asked.original.content
    clip = await nth_clip(fake, thread, 1)
    fake.mishaps.cut(CALLBACK)
    form = await ada.press(clip, "Nudge…")
    await form.modal()
    await fake.until(lambda: len(fake.calls_to(CALLBACK)) == 4)  # two for each answer
    fake.mishaps.cut(CALLBACK)
    await ada.press(clip, "Keep")
    await fake.until(lambda: "Let go" in labels(clip))
    fake.mishaps.cut(CALLBACK)
    helped = await ada.slash(square, "help")
    assert "/animate" in (await helped.reply()).content
    assert [each.followups for each in (asked, form, helped)] == [[], [], []]
    assert len(fake.messages(square)) == 1


async def test_while_sql_is_locked_a_form_is_not_waited_for(fake, bot, square, ada, tmp_path):
    """A form cannot be deferred: within Discord's 3 s the member reads that the record is busy, and presses again."""
    said = await ada.say(square, "look at this", STILL)
    database = tmp_path / "data" / "unstill.db"
    with closing(sqlite3.connect(database, isolation_level=None, check_same_thread=False)) as record:
        await asyncio.to_thread(record.execute, "begin immediate")  # the bot may be writing: it is to go on
        asked = await ada.message_command("Animate this", said)
        reply = await asked.reply()
        record.execute("rollback")
    assert reply.ephemeral
    assert reply.content.startswith("My record is busy just now, and nothing was lost.")
    assert asked.answered_after < 3
    form = await ada.message_command("Animate this", said)
    await form.modal()


NINES = "9" * 20


async def export_part(fake, ada, place, number):
    """`/export` with a number that no client of Discord's would send; what is answered."""
    command = next(each for each in fake.application.commands if each["name"] == "export")
    part = {"name": "part", "type": 4, "value": number}
    data = {"id": command["id"], "name": "export", "type": 1, "options": [part]}
    return (await (await ada._ask(place, COMMAND, data)).reply()).content


async def turn_page(fake, ada, place, custom_id):
    """A page of the gallery that was never offered; what is answered."""
    button = {"type": 2, "id": 2, "style": 2, "label": "a", "custom_id": custom_id}
    rows = [{"type": 1, "id": 1, "components": [button]}]
    page = fake.world.message(place, fake.world.bot, content="a page", components=rows)
    asked = await ada.press(page, custom_id)
    await fake.until(lambda: asked.followups or page.edits)
    return (asked.followups or [page])[0].content


async def test_forged_numbers_are_answered_with_the_nearest_page_or_a_sentence(fake, bot, square, ada):
    for number in (-7, 0, 10**30, "\u0663", None, True):
        said = await export_part(fake, ada, square, number)
        assert said.startswith("I have nothing by that number or name."), number
    for member, cursor in ((NINES, "0" * 20), ("0", "f" * 20), (str(2**63), "0" * 20)):
        said = await turn_page(fake, ada, square, f"unstill:gallery:older:{member}:1:{cursor}")
        assert said.startswith("Nothing is kept here yet.")
    vote = f"unstill:jam-vote:{'0' * 20}:99:{'0' * 20}"
    assert await turn_page(fake, ada, square, vote) == "That jam is over."


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
