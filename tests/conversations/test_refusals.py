"""Bad input gets one clear private sentence, before anything is posted or queued."""

import zlib

import discord
import pytest

from bot.language.fluent import language
from bot.wording import sentences
from renderer.contract.errors import ERRORS
from tests.pictures import encoded, quarters
from tests.stage import PHOTO, opened_stage

ENGLISH = language("en")


def bomb() -> bytes:
    """A PNG whose header claims 30,000 by 30,000 pixels."""
    png = bytearray(encoded(quarters(64, 64)))
    png[16:24] = (30_000).to_bytes(4, "big") * 2
    png[29:33] = zlib.crc32(png[12:29]).to_bytes(4, "big")
    return bytes(png)


REFUSED = {
    "a text file": (("notes.txt", b"hello"), "", "PNG, JPEG, WebP, GIF, AVIF or HEIC"),
    "text named as a picture": (("notes.png", b"hello" * 40), "", "PNG, JPEG, WebP, GIF, AVIF or HEIC"),
    "half a picture": (("half.png", encoded(quarters())[:200]), "", "is cut off"),
    "a video": (("clip.png", b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom"), "", "a still from it"),
    "a drawing": (("logo.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "", "That is SVG"),
    "a decompression bomb": (("bomb.png", bomb()), "", "64 megapixels"),
    "a tiny picture": (("tiny.png", encoded(quarters(63, 90))), "", "at least 64 pixels"),
    "a long thin picture": (("thin.png", encoded(quarters(500, 100))), "", "4 times the other"),
    "a long mood": (PHOTO, "m" * 301, "more than 300 characters"),
}


@pytest.mark.parametrize(("image", "mood", "said"), REFUSED.values(), ids=REFUSED)
async def test_bad_input_is_refused_in_private(idle_stage, image, mood, said):
    answer = await idle_stage.animate(mood, image=image)
    assert answer.ephemeral
    assert said in answer.response.content
    kinds = ("video", "SVG")
    assert answer.response.content in {
        sentences.problem(ENGLISH, code, _data(code) | {"format": kind}) for code in ERRORS for kind in kinds
    }
    assert idle_stage.channel.history() == []
    assert await idle_stage.services.store.unfinished() == []


def _data(code):
    limits = {"too_many_bytes": 25 * 2**20, "too_many_pixels": 64_000_000, "too_small": 64, "mood_too_long": 300}
    anything = dict.fromkeys(["engine", "what", "name", "why", "attempts", "missing", "choices", "package", "where"], 0)
    return anything | {"limit": limits.get(code, 4)}


async def test_a_file_that_is_too_large_is_not_even_fetched(idle_stage):
    answer = await idle_stage.animate(image=("large.png", bytes(25 * 2**20 + 1)))
    assert "25 MiB" in answer.response.content
    assert idle_stage.channel.history() == []


async def test_a_message_without_a_picture_says_so(idle_stage):
    message = await idle_stage.bob.send(idle_stage.channel, "no picture here")
    answer = await idle_stage.alice.context_menu(idle_stage.channel, "Animate this", message)
    assert answer.ephemeral
    assert answer.response.content == ENGLISH.say("problem-no-picture")


async def test_where_the_bot_may_not_attach_files_it_says_so(idle_stage):
    closed = discord.PermissionOverwrite(attach_files=False)
    channel = idle_stage.guild.create_text_channel("closed", overwrites={idle_stage.env.bot.user: closed})
    answer = await idle_stage.animate(channel=channel)
    assert answer.ephemeral
    assert answer.response.content.startswith("I need to be allowed to attach files here.")
    assert channel.history() == []


async def test_an_unknown_engine_is_refused_before_the_queue(settings):
    async with opened_stage(settings.model_copy(update={"engine": "kaleidoscope"})) as stage:
        answer = await stage.animate()
        assert "kaleidoscope" in answer.response.content
        assert stage.channel.history() == []


async def test_an_empty_nudge_is_refused(stage):
    clip = await stage.first_clip()
    form = await stage.bob.click(clip, label="Nudge…")
    answer = await stage.bob.submit_modal(form, {"words": "  "})
    assert answer.response.content == ENGLISH.say("problem-nothing-said")
    assert len(stage.thread.history()) == 1


async def test_a_take_whose_still_has_expired_says_so(stage):
    clip = await stage.first_clip()
    for kept in (stage.settings.data_dir / "stills").iterdir():
        kept.unlink()
    answer = await stage.bob.click(clip, label="Reroll")
    assert answer.followups[0].content == ENGLISH.say("problem-still-expired")
