"""`/export`: what the record and the disk hold of a member, as ZIP files that fit into a message."""

import asyncio
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from bot.media.clips import Clips, clip_name
from bot.media.stills import Stills
from bot.posts.places import jump_link
from bot.privacy.documents import documents
from bot.record.belongings import Belongings, belongings, decided_by, votes_of
from bot.record.store import Store
from bot.rules.takes import Footprint, Record, Unread
from bot.takes.asker import Asker
from bot.takes.upload_limits import UploadLimits

OVERHEAD = 400  # bytes of a ZIP for each file in it: its two headers, and the name twice
README = """What Unstill holds of you. data.json (and data-2.json …): your takes with their words, and your votes.
stills/: your pictures as they were taken in. clips/: what was made of them. `/forget me` removes all of it.
"""
README_BYTES = len(README.encode()) + 2 * OVERHEAD  # in the first part, beside the data


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One of the ZIP files."""

    number: int  # from 1
    of: int
    data: bytes


class Exporting:
    """Packs a member's own."""

    def __init__(self, *, store: Store, stills: Stills, clips: Clips, limits: UploadLimits) -> None:
        self._store = store
        self._stills = stills
        self._clips = clips
        self._limits = limits

    async def part(self, asker: Asker, number: int) -> Part:
        """The part with this number, or the nearest one. Each is small enough for a message where the member asks."""
        member_id, limit = asker.member_id, self._limits.of(asker)
        theirs = await belongings(self._store, member_id)
        own = [each for each in theirs.takes if each.member_id == member_id]
        told = await self._told(theirs, own, member_id)
        return await asyncio.to_thread(self._packed, told, own, number, limit)

    async def _told(self, theirs: Belongings, own: Sequence[Footprint], member_id: int) -> dict[str, Any]:
        return {
            "member": member_id,
            "takes": [_row(each) for each in own if isinstance(each, Record)],
            "takes_of_a_later_version": [each.id for each in own if isinstance(each, Unread)],
            "made_after_yours_by_others": len(theirs.takes) - len(own),
            "kept_or_tossed_by_you": await decided_by(self._store, member_id),
            "votes": await votes_of(self._store, member_id),
        }

    def _packed(self, told: dict[str, Any], own: Sequence[Footprint], number: int, limit: int) -> Part:
        texts = [("README.txt", README.encode()), *_data_files(told, limit - README_BYTES)]
        parts = shared_out(chain(texts, self._files(own)), limit)
        number = max(1, min(number, len(parts)))
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
            for name, content in parts[number - 1]:
                archive.writestr(name, content if isinstance(content, bytes) else content.read_bytes())
        return Part(number=number, of=len(parts), data=out.getvalue())

    def _files(self, own: Sequence[Footprint]) -> Iterator[tuple[str, Path]]:
        for still in sorted({each.still for each in own if each.parent is None}):
            path = self._stills.path_of(still)
            yield f"stills/{path.name}", path
        for each in own:
            yield f"clips/{clip_name(each.id)}", self._clips.path_of(each.id)


Entry = tuple[str, bytes | Path]


def shared_out(entries: Iterable[Entry], limit: int) -> list[list[Entry]]:
    """Files in parts of at most `limit` bytes, in order; one that is larger than that by itself is left out."""
    parts: list[list[Entry]] = [[]]
    used = 0
    for name, content in entries:
        size = _size(content)
        if size is None or size > limit:
            continue
        if used + size > limit:
            parts.append([])
            used = 0
        parts[-1].append((name, content))
        used += size
    return parts


def _size(content: bytes | Path) -> int | None:
    """Bytes that a file takes in a ZIP; None where it is not there."""
    if isinstance(content, bytes):
        return len(content) + OVERHEAD
    return content.stat().st_size + OVERHEAD if content.is_file() else None


def _data_files(told: dict[str, Any], most: int) -> Iterator[tuple[str, bytes]]:
    """data.json, and by number what it has no room for."""
    for number, data in enumerate(documents(told, most), start=1):
        yield f"data-{number}.json" if number > 1 else "data.json", data


def _row(record: Record) -> dict[str, Any]:
    beat = record.take.shot.beat
    return {
        "id": record.id,
        "action": record.take.action,
        "mood": beat.mood,
        "words": list(beat.words),
        "asked_at": record.asked_at,
        "state": record.state,
        "fate": record.fate,
        "server": record.guild_id,
        "channel": record.channel_id,
        "link": jump_link(record),
        "engine": record.take.shot.engine,
        "seed": beat.seed,
    }
