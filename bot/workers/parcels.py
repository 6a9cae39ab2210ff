"""What travels to the workers with a job: the still and the clip beside the joint, or the clips of a reel."""

from dataclasses import dataclass
from hashlib import sha256

from bot.errors import RefusedError
from bot.media.clips import Clips
from bot.media.stills import Stills
from renderer.contract.abilities import ABILITIES
from renderer.contract.redis_keys import clip_key, still_key
from renderer.contract.shot import Sha256, Shot


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """The media of one job."""

    still: bytes | None = None  # PNG
    clip: bytes | None = None  # MP4
    reel: tuple[bytes, ...] = ()  # MP4s

    @property
    def neighbour(self) -> Sha256 | None:
        return sha256(self.clip).hexdigest() if self.clip is not None else None

    @property
    def scenes(self) -> tuple[Sha256, ...]:
        return tuple(sha256(clip).hexdigest() for clip in self.reel)

    def by_key(self, shot: Shot) -> dict[str, bytes]:
        """All of it under the keys where workers look."""
        still = {still_key(shot.still): self.still} if self.still is not None else {}
        clips = [self.clip, *self.reel]
        return still | {clip_key(sha256(clip).hexdigest()): clip for clip in clips if clip is not None}


async def pack(shot: Shot, stills: Stills, clips: Clips) -> Parcel:
    """Pack what a shot needs from the disk. Raises `RefusedError` where that is gone.

    A beat whose joint is the still itself can do without its neighbour.
    """
    if shot.scenes:
        return Parcel(reel=tuple([await _clip(scene.take, clips) for scene in shot.scenes]))
    still = await stills.read(shot.still)
    if still is None:
        raise RefusedError("still_expired")
    clip = await _neighbour(shot, clips)
    if clip is None and _looks_at_it(shot) and len(shot.line) > 1:
        raise RefusedError("clip_expired")
    return Parcel(still=still, clip=clip)


async def _clip(take_id: str, clips: Clips) -> bytes:
    clip = await clips.read(take_id)
    if clip is None:
        raise RefusedError("clip_expired")
    return clip


async def _neighbour(shot: Shot, clips: Clips) -> bytes | None:
    return await clips.read(shot.neighbour) if shot.neighbour is not None and _looks_at_it(shot) else None


def _looks_at_it(shot: Shot) -> bool:
    return shot.engine in ABILITIES and ABILITIES[shot.engine].neighbour
