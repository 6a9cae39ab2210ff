"""Every clip is sealed before it is kept: after the last encode, before anybody sees it."""

import asyncio
from collections.abc import Sequence

import c2pa

from bot.errors import RefusedError
from bot.media.clips import Clips
from bot.media.provenance import clip_ingredient, manifest, origin_of, still_ingredient
from bot.media.signing import Ingredient, Signer
from bot.media.stills import Stills
from bot.record.store import Store
from bot.rules.takes import Record


class Seals:
    """Signs clips on behalf of this bot."""

    def __init__(self, signer: Signer, *, store: Store, stills: Stills, clips: Clips) -> None:
        self._signer = signer
        self._store = store
        self._stills = stills
        self._clips = clips

    async def seal(self, record: Record, clip: bytes) -> bytes:
        """The clip with its content credentials. Raises `RefusedError` where it cannot be signed: then it is not shown.

        A still or scene that is gone by now is left out of what it names.
        """
        scenes = [scene for each in record.take.shot.scenes if (scene := await self._store.get(each.take))]
        made = origin_of(record, scenes)
        if scenes:
            ingredients = await self._of_reel(scenes)
        else:
            sha256 = record.take.shot.still
            png = await self._stills.read(sha256)
            ingredients = (still_ingredient(png, sha256, made),) if png is not None else ()
        try:
            return await asyncio.to_thread(self._signer.sign, clip, manifest(record, made, ingredients), ingredients)
        except c2pa.C2paError as error:
            raise RefusedError("unsigned") from error

    async def _of_reel(self, scenes: Sequence[Record]) -> tuple[Ingredient, ...]:
        clips = [(scene.id, await self._clips.read(scene.id)) for scene in scenes]
        return tuple(clip_ingredient(mp4, take_id) for take_id, mp4 in clips if mp4 is not None)
