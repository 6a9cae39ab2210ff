"""`python -m renderer direct`: what moods would be made of over a still, in JSON lines; nothing is rendered.

A line in:   {"mood": "calm, snow", "words": ["slower", "no snow"], "seed": 7}
A line out:  {"direction": {…}, "unheard": ["…"]}, both as in the report of `render` with the engine `parallax`

`words` are nudges, said after the mood in their order. Any key may be missing; without a seed it is the one that
`render` takes. Each line is answered before the next one is read.
"""

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from pydantic import TypeAdapter
from pydantic.dataclasses import dataclass

from renderer.cli.files import read_file
from renderer.cli.refusals import RefusedError
from renderer.clips.studio import open_still
from renderer.contract.corrections import corrections_of
from renderer.contract.direction import Corrections, Direction, Reading
from renderer.contract.errors import BadJobError
from renderer.contract.lineage import animate, nudge, seed_of_mood
from renderer.contract.shot import Beat, Seed, Shot, Words
from renderer.contract.values import VALUE, Json
from renderer.engines.scaling import scale_still
from renderer.meaning.placing import open_meaning
from renderer.mood import direct
from renderer.mood.unheard import unheard
from renderer.settings import Settings
from renderer.sight.reader import Reader

LINE_BYTES = 2**18  # more than all that a beat remembers, escaped
DIRECTION: TypeAdapter[Direction] = TypeAdapter(Direction)


@dataclass(frozen=True, slots=True, kw_only=True, config=VALUE)
class Request(Json):
    """What was said over the still."""

    mood: Words = ""
    words: tuple[Words, ...] = ()
    seed: Seed | None = None


def lines_of(stream: BinaryIO) -> Iterator[bytes]:
    """Read line by line; of one that is too long no more than shows it."""
    return iter(lambda: stream.readline(LINE_BYTES + 1), b"")


def direct_by_hand(still_path: Path, lines: Iterable[bytes], settings: Settings) -> Iterator[str]:
    """Answer each line that is not blank. Raises `RefusedError` at the first that is no request."""
    still = read_file(still_path)
    pixels = open_still(still.png, still.sha256)
    meaning, reader = open_meaning(settings.mood_model), Reader(settings.depth_model)

    @lru_cache(maxsize=8)
    def reading_of(size: int, corrections: Corrections) -> Reading:
        return reader.read(scale_still(pixels, size), corrections, whole=pixels).reading

    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        shot = _shot(_read(number, line), still.sha256)
        reading = reading_of(shot.size, corrections_of(shot))
        direction = direct(shot.beat, reading, meaning=meaning)
        answer = {
            "direction": DIRECTION.dump_python(direction, mode="json"),
            "unheard": unheard(shot.beat, meaning, reading.shows),
        }
        yield json.dumps(answer, ensure_ascii=False)


def _shot(asked: Request, still: str) -> Shot:
    """What `render` makes of the mood, and a nudge after it of each of the words."""
    seed = seed_of_mood(still, asked.mood) if asked.seed is None else asked.seed
    take = animate(Shot(still=still, line=(Beat(mood=asked.mood, seed=seed),)), press="")
    for words in asked.words:
        take = nudge(take, "", words)
    return take.shot


def _read(number: int, line: bytes) -> Request:
    if len(line) > LINE_BYTES:
        raise RefusedError(f"line {number} is no request: it has more than {LINE_BYTES} bytes")
    try:
        return Request.from_json(line)
    except BadJobError as error:
        where = f"{error.data['where']}: " if error.data["where"] else ""
        raise RefusedError(f"line {number} is no request: {where}{error.data['why']}") from error
