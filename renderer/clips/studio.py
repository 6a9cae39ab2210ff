"""A shot and its still become a clip and a report: what the worker and the command line share."""

import resource
import sys
from collections.abc import Iterator
from ctypes import CDLL
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from PIL import Image

from renderer.clips import reel
from renderer.clips.encode import GetSound, encode, fit
from renderer.clips.poster import Poster
from renderer.clips.safety import Checker, Inspection, find_safety_model
from renderer.clips.stopwatch import Stopwatch
from renderer.contract.abilities import check_possible, model_name
from renderer.contract.errors import BadJobError, BadModelError, MediaMissingError
from renderer.contract.job import Phase, Report
from renderer.contract.origin import comment
from renderer.contract.shot import FPS, STILL_BYTES, STILL_LIMITS, Shot
from renderer.engines import open_engine
from renderer.engines.engine import ALONE, BUILT_IN, CallSheet, Engine, Film, Models, OnProgress, Rgb


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """A finished clip, in memory."""

    mp4: bytes
    report: Report
    poster: bytes = b""  # JPEG: one telling frame, small


class Studio:
    """Engines, each loaded once and kept warm."""

    def __init__(self, models: Models = BUILT_IN) -> None:
        self._models = models
        self._engines: dict[str, Engine] = {}
        self._checker: Checker | None = None
        self._card_failed = False
        self.at_work = False  # on a clip

    def checker(self) -> Checker | None:
        """What looks for unsafe pictures, if anything does; loaded at the first call. Raises `BadModelError`."""
        if self._checker is None:
            self._checker = find_safety_model(self._models.safety)
        return self._checker

    def engine(self, name: str) -> Engine:
        """The engine `name`, loaded at the first call, and the safety model with it. Raises `UnknownEngineError`."""
        if name not in self._engines:
            self.checker()
            self._engines[name] = open_engine(name, self._models)
        return self._engines[name]

    @property
    def worn_out(self) -> bool:
        """Whether an engine should be loaded anew, in another process."""
        return self._card_failed or any(engine.worn_out for engine in self._engines.values())

    def retire(self) -> None:
        """Take what this process has on the card for lost: the card broke off, and no engine can use it any more."""
        self._card_failed = True

    def shoot(self, shot: Shot, still: Rgb | None, sheet: CallSheet = ALONE, byte_limit: int | None = None) -> Clip:
        """Render the shot; a clip over `byte_limit` is encoded again, smaller. A reel needs no still.

        Raises `UnsafeError`.
        """
        self.at_work = True
        try:
            return self._shot(shot, still, sheet, byte_limit)
        finally:
            self.at_work = False

    def _shot(self, shot: Shot, still: Rgb | None, sheet: CallSheet, byte_limit: int | None) -> Clip:
        watch = Stopwatch()
        sheet.tell(Phase.LOADING, 0, 1)
        with watch.running("start"):
            inspection = self._prepared(shot, sheet)
        sheet.tell(Phase.READING, 0, 1)
        with watch.running("read"):
            film = self._film(shot, still, sheet, inspection)
        poster = Poster(shot, film.count or shot.frame_count)
        with watch.running("encode"):
            frames = _reported(film.frames, poster.count, sheet.tell)
            seen = poster.watching(watch.frames(inspection.passing(frames, poster.count)))
            mp4 = _encode(seen, lambda: film.figures.sound, comment(shot, own_version()))
            sheet.tell(Phase.ENCODING, 0, 1)
            mp4 = mp4 if byte_limit is None else fit(mp4, byte_limit)
        give_back_memory()
        report = replace(_report(shot, film, watch), safety=inspection.verdict)
        return Clip(mp4=mp4, report=report, poster=poster.jpeg)

    def _prepared(self, shot: Shot, sheet: CallSheet) -> Inspection:
        """Load what the shot needs. The clips of a reel were looked at when they were made."""
        if shot.scenes:
            return Inspection(None, sheet.policy)
        check_possible(shot)
        self._check_model(shot)
        self.engine(shot.engine)
        return Inspection(self.checker(), sheet.policy)

    def _film(self, shot: Shot, still: Rgb | None, sheet: CallSheet, inspection: Inspection) -> Film:
        if shot.scenes:
            return reel.film(shot, sheet)
        if still is None:
            raise MediaMissingError
        inspection.look_at_still(still)
        return self.engine(shot.engine).film(shot, still, sheet)

    def _check_model(self, shot: Shot) -> None:
        own = model_name(shot.engine, self._models.video)
        if shot.model != own:
            raise BadModelError(name=shot.model or shot.engine, why=f"this worker has {own or 'none'}")


def give_back_memory() -> None:
    """Hand freed memory back to the system: glibc keeps it, and a worker would grow to twice its size over takes."""
    if sys.platform == "linux" and hasattr(libc := CDLL(None), "malloc_trim"):  # musl has none
        libc.malloc_trim(0)


def open_still(png: bytes, digest: str) -> Rgb:
    """The canonical still's pixels. Raises `BadJobError` where the bytes are not what the bot made."""
    if len(png) > STILL_BYTES or sha256(png).hexdigest() != digest:
        raise BadJobError(what="still", where="sha256", why="these are other bytes")
    with Image.open(BytesIO(png), formats=("PNG",)) as image:
        if image.mode != "RGB" or max(image.size) > STILL_LIMITS["side"]:
            raise BadJobError(what="still", where="size", why=f"{image.mode} {image.width} x {image.height}")
        return np.asarray(image)


def _encode(frames: Iterator[Rgb], sound: GetSound, remark: str) -> bytes:
    with TemporaryDirectory(prefix="unstill-") as folder:
        path = Path(folder, "clip.mp4")
        encode(frames, path, sound=sound, comment=remark)
        return path.read_bytes()


def _reported(frames: Iterator[Rgb], total: int, on_progress: OnProgress) -> Iterator[Rgb]:
    for done, frame in enumerate(frames, start=1):
        on_progress(Phase.FRAMES, done, total)
        yield frame


def _report(shot: Shot, film: Film, watch: Stopwatch) -> Report:
    return Report(
        shot=shot,
        direction=film.direction,
        picture=film.reading,
        frames=watch.count,
        fps=FPS,
        width=watch.width,
        height=watch.height,
        seed=shot.beat.seed,
        engine=shot.engine,
        version=own_version(),
        seconds=watch.timings(),
        peak_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,  # Linux counts in KiB
        stretch_share=film.figures.stretch_share,
        hole_share=film.figures.hole_share,
        joint=film.figures.joint,
        prompt=film.figures.prompt,
        eased=film.figures.eased,
        sound=film.figures.sound is not None,
        maker=film.figures.maker,
        unheard=film.figures.unheard,
    )


@cache
def own_version() -> str:
    """The version of the installed package."""
    return version("unstill")
