"""Which file of a message moves: the first whose bytes are a picture, whatever it is called."""

import pytest
from simcord.backend import cdn

from bot.language.fluent import language
from tests.stage import PHOTO

ENGLISH = language("en")
SVG = ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")
PDF = ("paper.pdf", b"%PDF-1.7\n" * 20)
TOO_LARGE = ("large.png", bytes(25 * 2**20 + 1))


async def animate_this(stage, *files):
    message = await stage.bob.send(stage.channel, "look", attachments=files)
    form = await stage.alice.context_menu(stage.channel, "Animate this", message)
    return (await stage.alice.submit_modal(form, {"words": "gentle"})).response.content


@pytest.fixture
def untyped(monkeypatch):
    """Discord leaves `content_type` out where it does not know a suffix."""
    store = cdn.CdnStore.store_attachment

    def without_type(self, *args, **options):
        told = store(self, *args, **options)
        return {name: value for name, value in told.items() if name != "content_type"}

    monkeypatch.setattr(cdn.CdnStore, "store_attachment", without_type)


async def test_a_picture_is_known_by_its_bytes(idle_stage, untyped):
    await idle_stage.rule(member_at_once=10)
    for name in ("photo", "photo.jpg_large", "notes.txt"):
        answer = await idle_stage.animate(image=(name, PHOTO[1]))
        assert "on its way" in answer.response.content, name
    answer = await idle_stage.animate(image=("photo", b"hello" * 40))
    assert answer.response.content == ENGLISH.say("problem-not-a-picture")


async def test_the_first_picture_that_can_be_read_moves(idle_stage, monkeypatch):
    """What comes before it stops nothing; where none can be read, the first one's fault is told. Each is a try."""
    monkeypatch.setattr("bot.takes.gate.MOST_ATTEMPTS", 5)
    stage = idle_stage
    assert "on its way" in await animate_this(stage, SVG, TOO_LARGE, PDF, PHOTO)
    assert "That is SVG" in await animate_this(stage, SVG, PDF)
    message = await stage.bob.send(stage.channel, attachments=[TOO_LARGE])
    answer = await stage.alice.context_menu(stage.channel, "Animate this", message)
    assert "25 MiB" in answer.response.content
    assert "5 pictures" in await animate_this(stage, PHOTO)


async def test_a_picture_that_discord_no_longer_has_is_to_be_attached_again(idle_stage):
    message = await idle_stage.bob.send(idle_stage.channel, attachments=[PHOTO])
    form = await idle_stage.alice.context_menu(idle_stage.channel, "Animate this", message)
    idle_stage.env.backend.cdn._blobs.clear()
    answer = await idle_stage.alice.submit_modal(form, {"words": "gentle"})
    assert answer.response.content == ENGLISH.say("problem-cannot-fetch")
    assert "Attach it again" in answer.response.content
