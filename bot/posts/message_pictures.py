"""The pictures on a message: what is attached, unfurled, laid out in galleries, stuck on, or forwarded with it."""

from collections.abc import Iterable, Iterator

import discord
from discord.components import (
    Component,
    FileComponent,
    MediaGalleryComponent,
    ThumbnailComponent,
    UnfurledMediaItem,
)

from bot.errors import RefusedError
from bot.rules.pictures import Picture, covers_links, discords_own, is_moving, worth_trying


def attached(attachment: discord.Attachment) -> Picture:
    """An attachment as a picture."""
    return Picture(url=attachment.url, size=attachment.size, covered=attachment.is_spoiler())


def pictures_on(message: discord.Message) -> list[Picture]:
    """What may be a picture on a message, or on those that it forwards, in the order in which it is to be tried.

    Raises `RefusedError` where there is none, `TooManyBytesError` where all are too large.
    """
    found = worth_trying(each for part in (message, *message.message_snapshots) for each in _on(part))
    if not found:
        raise RefusedError("no_picture")
    return found


def _on(part: discord.Message | discord.MessageSnapshot) -> Iterator[Picture]:
    yield from (attached(each) for each in part.attachments if not is_moving(each.content_type))
    covered = covers_links(part.content)
    for embed in part.embeds:
        yield from _unfurled(embed, covered=covered)
    yield from _laid_out(part.components, covered=False)
    for sticker in part.stickers:
        if sticker.format is not discord.StickerFormatType.lottie:  # a drawing in words, no picture
            yield Picture(url=sticker.url)


def _unfurled(embed: discord.Embed, *, covered: bool) -> Iterator[Picture]:
    for media in (embed.image, embed.thumbnail):
        if url := discords_own(media.url, media.proxy_url):
            yield Picture(url=url, covered=covered or media.flags.spoiler)


def _laid_out(parts: Iterable[Component], *, covered: bool) -> Iterator[Picture]:
    """The pictures among a message's components, those in parts of parts too; a cover is over all that is in it."""
    for part in parts:
        behind = covered or bool(getattr(part, "spoiler", False))
        if isinstance(part, MediaGalleryComponent):
            for item in part.items:
                yield from _shown(item.media, covered=behind or item.spoiler)
        elif isinstance(part, ThumbnailComponent | FileComponent):
            yield from _shown(part.media, covered=behind)
        yield from _laid_out(getattr(part, "children", ()), covered=behind)
        if (accessory := getattr(part, "accessory", None)) is not None:
            yield from _laid_out([accessory], covered=behind)


def _shown(media: UnfurledMediaItem, *, covered: bool) -> Iterator[Picture]:
    url = discords_own(media.url, media.proxy_url)
    if url and not is_moving(media.content_type):
        yield Picture(url=url, covered=covered or media.flags.spoiler or _named_covered(url))


def _named_covered(url: str) -> bool:
    """Whether a file's own name says that it is covered."""
    return url.partition("?")[0].rpartition("/")[2].startswith("SPOILER_")
