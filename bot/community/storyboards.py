"""The family tree of a take as a picture, drawn by a child process: posters are bytes that workers sent."""

import asyncio
import json
from collections.abc import Sequence

from bot.language.fluent import Language
from bot.media.child_program import run_child
from bot.media.clips import Clips
from bot.media.stills import Stills
from bot.rules.family import Place
from bot.rules.takes import Fate

SECONDS = 20.0  # it takes less than one
MARKS = {Fate.KEPT: "kept", Fate.TOSSED: "tossed", Fate.UNDECIDED: ""}


class Storyboards:
    """Draws trees."""

    def __init__(self, stills: Stills, clips: Clips) -> None:
        self._stills = stills
        self._clips = clips

    async def draw(self, places: Sequence[Place], current: str, language: Language) -> bytes:
        """The tree as PNG. Raises `ChildError` where it cannot be drawn."""
        posters = [await self._poster(place) for place in places]
        index = {place.record.id: number for number, place in enumerate(places)}
        rows = [
            {
                "column": place.column,
                "row": place.row,
                "label": f"{place.number}  {language.say(f'action-{place.record.take.action}')}",
                "parent": index.get(place.record.take.parent or ""),
                "mark": MARKS[place.record.fate],
                "current": place.record.id == current,
                "poster": len(poster),
            }
            for place, poster in zip(places, posters, strict=True)
        ]
        order = json.dumps({"cells": rows}).encode() + b"\n" + b"".join(posters)
        return await asyncio.to_thread(run_child, "renderer.programs.storyboard", order, SECONDS)

    async def _poster(self, place: Place) -> bytes:
        """The clip's own frame, or else the still."""
        still = place.record.take.shot.still
        return await self._clips.poster(place.record.id) or await self._stills.preview(still) or b""
