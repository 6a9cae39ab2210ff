"""Which pictures are found on a message, in which order, and which of them are covered. Payloads are as Discord's."""

from types import SimpleNamespace

import discord
import pytest

from bot.errors import RefusedError
from bot.posts.message_pictures import pictures_on

STATE = SimpleNamespace(http=None)
CDN = "https://cdn.discordapp.com/attachments/1/2"


def part(content="", **told):
    """A message, or what is forwarded of one."""
    empty = {"type": 0, "timestamp": None, "edited_timestamp": None, "attachments": [], "embeds": []}
    return discord.MessageSnapshot(STATE, {**empty, "content": content, **told})


def message(content="", *, forwards=(), **told):
    own = part(content, **told)
    names = ("content", "attachments", "embeds", "components", "stickers")
    return SimpleNamespace(**{name: getattr(own, name) for name in names}, message_snapshots=[*forwards])


def attachment(name, content_type=None, size=10, **more):
    url = f"{CDN}/{name}"
    told = {"id": 1, "filename": name, "size": size, "url": url, "proxy_url": url, **more}
    return {**told, **({"content_type": content_type} if content_type else {})}


def media(name, **more):
    return {"url": f"{CDN}/{name}", **more}


def gallery(*items):
    return {"type": 12, "items": [*items]}


def found(*parts, **told):
    return [(each.url.rpartition("/")[2], each.covered) for each in pictures_on(message(*parts, **told))]


def test_attachments_come_before_all_else_and_forwarded_messages_last():
    told = {
        "attachments": [attachment("drawing.svg", "image/svg+xml"), attachment("photo")],
        "embeds": [{"image": media("unfurled.png"), "thumbnail": media("thumb.png")}],
        "components": [gallery({"media": media("hung.png")})],
        "sticker_items": [{"id": "5", "name": "wave", "format_type": 2}, {"id": "6", "name": "jump", "format_type": 4}],
    }
    names = ["drawing.svg", "photo", "unfurled.png", "thumb.png", "hung.png"]
    assert found(**told) == [(name, False) for name in names]  # no more than five
    forwarded = message("", forwards=[part(attachments=[attachment("sent.png")])], sticker_items=told["sticker_items"])
    assert [each.url for each in pictures_on(forwarded)] == [
        "https://cdn.discordapp.com/stickers/5.png",
        "https://media.discordapp.net/stickers/6.gif",
        f"{CDN}/sent.png",
    ]


def test_what_is_certain_to_be_no_picture_is_not_tried():
    assert found(
        attachments=[
            attachment("clip.mp4", "video/mp4"),
            attachment("voice.ogg", "audio/ogg"),
            attachment("huge.png", "image/png", size=26 * 2**20),
            attachment("photo.jpg_large"),
        ],
        components=[gallery({"media": media("film.mov", content_type="video/quicktime")})],
        sticker_items=[{"id": "5", "name": "lottie", "format_type": 3}],
    ) == [("photo.jpg_large", False)]


def test_what_others_keep_comes_through_discords_own_hands_or_not_at_all():
    proxied = "https://images-ext-1.discordapp.net/external/x/https/example.com/a.png"
    embeds = [{"image": {"url": "https://example.com/a.png", "proxy_url": proxied}}]
    assert [each.url for each in pictures_on(message(embeds=embeds))] == [proxied]
    with pytest.raises(RefusedError, match="no_picture"):
        pictures_on(message(embeds=[{"image": {"url": "https://example.com/a.png"}}]))


def test_layouts_are_searched_to_their_depth_and_a_cover_is_over_all_that_is_in_it():
    thumbnail = {"type": 11, "media": media("aside.png")}
    section = {"type": 9, "components": [{"type": 10, "content": "look"}], "accessory": thumbnail}
    covered = {"type": 17, "spoiler": True, "components": [section, gallery({"media": media("hung.png")})]}
    plain = {
        "type": 17,
        "components": [
            gallery({"media": media("open.png")}, {"media": media("item.png"), "spoiler": True}),
            {"type": 13, "file": media("SPOILER_file.png")},
        ],
    }
    assert found(components=[covered]) == [("aside.png", True), ("hung.png", True)]
    assert found(components=[plain]) == [("open.png", False), ("item.png", True), ("SPOILER_file.png", True)]


@pytest.mark.parametrize(
    "told",
    [
        {"attachments": [attachment("SPOILER_a.png")]},
        {"attachments": [attachment("a.png", flags=1 << 3)]},
        {"attachments": [attachment("a.png")], "components": [gallery({"media": media("a.png"), "spoiler": True})]},
        {"embeds": [{"image": media("a.png")}], "content": "||https://example.com||"},
        {"embeds": [{"image": media("a.png", flags=1 << 3)}]},
        {"components": [gallery({"media": media("a.png", flags=1 << 3)})]},
    ],
)
def test_a_cover_is_known_by_name_flag_bars_or_layout(told):
    ((_, covered),) = found(**told)
    assert covered
    forwarded = SimpleNamespace(**{**message("").__dict__, "message_snapshots": [part(**told)]})
    assert [each.covered for each in pictures_on(forwarded)] == [True]


def test_a_message_without_a_picture_says_so():
    with pytest.raises(RefusedError, match="no_picture"):
        pictures_on(message("no picture here"))
