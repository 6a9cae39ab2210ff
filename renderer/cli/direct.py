"""`python -m renderer direct`: what moods would be made of over a still, in JSON lines; nothing is rendered.

A line in:   {"mood": "calm, snow", "words": ["slower", "no snow"], "seed": 7}
A line out:  {"direction": {…}, "unheard": ["…"]}, both as in the report of `render`

`words` are nudges, said after the mood in their order. Any key may be missing; without a seed it is the one that
`render` takes. Each line is answered before the next one is read.
"""

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from annotated_types import MaxLen
from pydantic import TypeAdapter
from pydantic.dataclasses import dataclass

from renderer.cli.files import read_file
from renderer.cli.refusals import RefusedError
from renderer.clips.studio import open_still
from renderer.contract.direction import Corrections, Direction, Reading
from renderer.contract.errors import BadJobError
from renderer.contract.lineage import first_seed
from renderer.contract.shot import NUDGE_LIMIT, Beat, Seed, Words
from renderer.contract.values import VALUE, Json
from renderer.engines.scaling import scale_still
from renderer.meaning.placing import open_meaning
from renderer.mood import direct
from renderer.mood.corrections import corrections_in
from renderer.mood.unheard import unheard
from renderer.settings import Settings
from renderer.sight.reader import Reader

SIZE = 720  # of the short side, in pixels: what `render` has without `--size`
DIRECTION: TypeAdapter[Direction] = TypeAdapter(Direction)


@dataclass(frozen=True, slots=True, kw_only=True, config=VALUE)
class Request(Json):
    """What was said over the still."""

    mood: Words = ""
    words: Annotated[tuple[Words, ...], MaxLen(NUDGE_LIMIT)] = ()
    seed: Seed | None = None


def direct_by_hand(still_path: Path, lines: Iterable[bytes], settings: Settings) -> Iterator[str]:
    """Answer each line that is not blank. Raises `RefusedError` at the first that is no request."""
    still = read_file(still_path)
    pixels = scale_still(open_still(still.png, still.sha256), SIZE)
    meaning, reader = open_meaning(settings.mood_model), Reader(settings.depth_model)

    @lru_cache(maxsize=8)
    def reading_of(corrections: Corrections) -> Reading:
        return reader.read(pixels, corrections).reading

    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        asked = _read(number, line)
        seed = first_seed(still.sha256 + asked.mood) if asked.seed is None else asked.seed
        beat = Beat(mood=asked.mood, words=asked.words, seed=seed)
        reading = reading_of(corrections_in([beat]))
        direction = direct(beat, reading, meaning=meaning)
        answer = {
            "direction": DIRECTION.dump_python(direction, mode="json"),
            "unheard": unheard(beat, meaning, reading.shows),
        }
        yield json.dumps(answer, ensure_ascii=False)


def _read(number: int, line: bytes) -> Request:
    try:
        return Request.from_json(line)
    except BadJobError as error:
        where = f"{error.data['where']}: " if error.data["where"] else ""
        raise RefusedError(f"line {number} is no request: {where}{error.data['why']}") from error
