"""Finished clips become one: scenes are cut, dissolved or dipped into each other, one frame at a time.

Two clips that continue each other share the frame at their joint; where they are cut together it is shown once, so
that motion does not stutter. All scenes take the first one's size, or the most that players take of it. Memory holds a
few frames at a time, however long it runs.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

import cv2
import numpy as np

from renderer.arrays import Floats
from renderer.clips.neighbour import clip_frames
from renderer.clips.soundtrack import A_FRAME, RATE, at_our_rate, heard
from renderer.contract.direction import Camera, Direction, Easing, Move, Pace
from renderer.contract.errors import BadJobError
from renderer.contract.shot import Join, Shot, clip_size
from renderer.engines.bars import read
from renderer.engines.engine import CallSheet, Figures, Film, Rgb, Sound
from renderer.engines.scaling import scale

DISSOLVED = 16  # frames, two thirds of a second
DIPPED = 12  # frames down to black, and as many up again
SAME = 6.0  # levels of mean difference: encoded twice, one frame differs by 1 to 4, its neighbours in motion by more
NO_MOVE = Direction(camera=Camera(move=Move.STILL, amount=0.0), pace=Pace(easing=Easing.SMOOTH, speed=0.5))


@dataclass(frozen=True, slots=True, kw_only=True)
class Footage:
    """What is known of a clip before it is joined."""

    mp4: bytes
    first: Rgb
    last: Rgb
    count: int  # frames


def film(shot: Shot, sheet: CallSheet) -> Film:
    """Join the clips of a reel. Raises `BadJobError` for clips that are not as we make them."""
    if len(sheet.clips) != len(shot.scenes):
        raise BadJobError(what="Job", where="scenes", why="not one clip for each scene")
    footage = [look_through(mp4) for mp4 in sheet.clips]
    joins = [scene.join for scene in shot.scenes[1:]]
    laps = overlaps(footage, joins)
    return Film(
        direction=NO_MOVE,
        reading=read(footage[0].first),
        frames=joined([_sized(each, *reel_size(footage[0].first)) for each in footage], joins, laps),
        figures=Figures(sound=sound(footage, laps)),
        count=sum(each.count for each in footage) - sum(laps),
    )


def look_through(mp4: bytes) -> Footage:
    """Find a clip's ends and its length."""
    first = last = next(clip_frames(mp4))
    count = 0
    for frame in clip_frames(mp4):
        last, count = frame, count + 1
    return Footage(mp4=mp4, first=first, last=last, count=count)


def overlaps(footage: Sequence[Footage], joins: Sequence[Join]) -> list[int]:
    """How many frames each scene shares with the one before it."""
    shared: list[int] = []
    for (before, after), join in zip(pairwise(footage), joins, strict=True):
        if join is Join.DISSOLVE:
            shared.append(min(DISSOLVED, before.count // 2, after.count // 2))
        else:
            shared.append(int(join is Join.CUT and same(before.last, after.first)))
    return shared


def same(one: Rgb, other: Rgb) -> bool:
    """Whether two frames are one, encoded twice."""
    return one.shape == other.shape and float(cv2.norm(one, other, cv2.NORM_L1)) / one.size < SAME


def joined(scenes: Sequence[Iterable[Rgb]], joins: Sequence[Join], laps: Sequence[int]) -> Iterator[Rgb]:
    """Give the frames of all scenes in order, each led into the next by its join."""
    held: deque[Rgb] = deque()  # the end of what came before, not shown yet
    for scene, join, lap in zip(scenes, (Join.CUT, *joins), (0, *laps), strict=True):
        frames = iter(scene)
        if held:
            yield from _led_over(list(held), frames, join, lap)
        held = deque()
        for frame in frames:
            held.append(frame)
            if len(held) > max(DISSOLVED, DIPPED):
                yield held.popleft()
    yield from held


def _led_over(before: list[Rgb], frames: Iterator[Rgb], join: Join, lap: int) -> Iterator[Rgb]:
    """Show the end of one scene and the beginning of the next."""
    if join is Join.CUT:
        yield from before
        for _ in islice(frames, lap):  # the joint, which has been shown
            pass
    elif join is Join.DISSOLVE:
        yield from before[: len(before) - lap]
        for step, (old, new) in enumerate(zip(before[len(before) - lap :], islice(frames, lap), strict=True), start=1):
            yield blended(old, new, _eased(step / (lap + 1)))
    else:
        count = min(DIPPED, len(before))
        yield from before[: len(before) - count]
        for step, old in enumerate(before[len(before) - count :], start=1):
            yield dimmed(old, 1 - _eased(step / count))
        for step, new in enumerate(islice(frames, DIPPED)):
            yield dimmed(new, _eased((step + 1) / (DIPPED + 1)))


def blended(old: Rgb, new: Rgb, share: float) -> Rgb:
    """Mix light, not code values, as a film does: else the middle of a dissolve would sink into grey."""
    light = (1 - share) * np.square(old, dtype=np.float32) + share * np.square(new, dtype=np.float32)
    return np.sqrt(light).round().astype(np.uint8)


def dimmed(frame: Rgb, share: float) -> Rgb:
    return (frame.astype(np.float32) * share).round().astype(np.uint8)


def sound(footage: Sequence[Footage], laps: Sequence[int]) -> Sound | None:
    """Give each scene's sound in its place, silence where there is none, mixed where scenes overlap."""
    tracks = [heard(each.mp4) for each in footage]
    if not any(tracks):
        return None
    whole = np.zeros((2, (sum(each.count for each in footage) - sum(laps)) * A_FRAME), np.float32)
    start = 0
    for number, (each, track) in enumerate(zip(footage, tracks, strict=True)):
        start -= laps[number - 1] if number else 0
        if track is not None:
            before, after = laps[number - 1] if number else 0, laps[number] if number < len(laps) else 0
            part = _in_place(at_our_rate(track), each.count, before, after)
            whole[:, start * A_FRAME : start * A_FRAME + part.shape[1]] += part
        start += each.count
    return Sound(samples=np.clip(whole, -1, 1), rate=RATE)


def _in_place(samples: Floats, count: int, before: int, after: int) -> Floats:
    """Cut to so many frames, faded over those that are shared: no shorter than a click would be heard."""
    length = count * A_FRAME
    part = np.pad(samples[:, :length], ((0, 0), (0, max(0, length - samples.shape[1])))).astype(np.float32)
    rise, fall = (max(RATE // 100, lap * A_FRAME) for lap in (before, after))
    part[:, :rise] *= np.linspace(0, 1, rise, dtype=np.float32)
    part[:, -fall:] *= np.linspace(1, 0, fall, dtype=np.float32)
    return part


def reel_size(first: Rgb) -> tuple[int, int]:
    """Height and width of a reel that begins with this frame: clips made by earlier versions may be too large."""
    height, width = first.shape[:2]
    return clip_size(height, width, min(height, width))


def _sized(footage: Footage, height: int, width: int) -> Iterator[Rgb]:
    for frame in clip_frames(footage.mp4):
        yield frame if frame.shape[:2] == (height, width) else scale(frame, height, width)


def _eased(share: float) -> float:
    """Smoothstep: it begins and ends gently."""
    return share * share * (3 - 2 * share)
