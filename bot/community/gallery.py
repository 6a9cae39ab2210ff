"""The gallery: a server's clips, page by page, each as those may see it who ask."""

import asyncio
import io
from collections.abc import Sequence
from dataclasses import dataclass

import discord

from bot.language.fluent import Language
from bot.media.clips import Clips
from bot.posts.clip_posts import ClipPosts
from bot.posts.places import jump_link
from bot.posts.renewals import Renewals
from bot.record.store import Store
from bot.rules.clip_card import ClipCard
from bot.rules.takes import Fate, Footprint, Record
from bot.takes.asker import Asker
from bot.takes.reach import reaches
from bot.wording import sentences
from bot.wording.captions import described

PAGE = 4  # clips
SAID = 150  # characters of what was said to one: a page of them is one message
BATCH = 32  # takes read at once: some of them may be for other eyes


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What is asked for."""

    member_id: int | None = None
    kept: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A few clips, newest first, and whether there are others on either side."""

    records: tuple[Record, ...]
    newer: bool
    older: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """One clip as the gallery shows it."""

    card: ClipCard
    media: str | discord.File | None  # the moving clip where Discord still has it, else its poster


class Gallery:
    """Finds clips."""

    def __init__(self, *, store: Store, clips: Clips, clip_posts: ClipPosts, renewals: Renewals) -> None:
        self._store = store
        self._clips = clips
        self._clip_posts = clip_posts
        self._renewals = renewals

    async def page(self, asker: Asker, wanted: Filter, cursor: str = "", *, newer: bool = False) -> Page:
        """The clips after the take `cursor`, or the newest; `newer`: those before it."""
        start = await self._store.get(cursor) if cursor else None
        found = await self._visible(asker, wanted, start, newer=newer)
        more, records = len(found) > PAGE, tuple(found[:PAGE])
        if newer:
            return Page(records=records[::-1], newer=more, older=start is not None)
        return Page(records=records, newer=start is not None, older=more)

    async def exhibits(self, records: Sequence[Record]) -> list[Exhibit]:
        """What there is to see of each."""
        return await asyncio.gather(*(self._exhibit(record) for record in records))

    async def _exhibit(self, record: Record) -> Exhibit:
        card = await self._renewals.card_of(record)
        media: str | discord.File | None = await self._clip_posts.clip_url(record)
        if media is None and (poster := await self._clips.poster(record.id)) is not None:
            media = discord.File(io.BytesIO(poster), f"poster-{record.id}.jpg", spoiler=card.covered)
        return Exhibit(card=card, media=media)

    async def _visible(self, asker: Asker, wanted: Filter, start: Footprint | None, *, newer: bool) -> list[Record]:
        """One more than a page of what this member may see, from `start` on."""
        found: list[Record] = []
        while len(found) <= PAGE:
            batch = await self._store.gallery(
                guild_id=asker.guild_id,
                place_id=asker.channel_id,
                member_id=wanted.member_id,
                kept=wanted.kept,
                start=start,
                newer=newer,
                limit=BATCH,
            )
            found += [each for each in batch if isinstance(each, Record) and reaches(asker, each)]
            if len(batch) < BATCH:
                break
            start = batch[-1]
        return found


def label_of(language: Language, record: Record) -> str:
    """What the gallery says of a clip: what it shows, whose it is, and where it stands."""
    report = record.report
    if record.take.shot.scenes:
        said = language.say("gallery-reel", count=len(record.take.shot.scenes))
    else:
        said = described(language, report.picture, report.direction) if report else ""
        said = sentences.behind_bars(said) if said and record.covered else said
    who = sentences.asked(language, record.take.action, record.members, record.take.shot.beat.words, SAID)
    mark = "⭐ " if record.fate is Fate.KEPT else ""
    return f"{mark}{said}\n-# {who} · [{language.say('gallery-there')}]({jump_link(record)})"
