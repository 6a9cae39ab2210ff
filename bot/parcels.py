"""What travels to the workers with a job: the still, and for engines that look at it the clip beside the joint."""

from dataclasses import dataclass
from hashlib import sha256

from bot.delivery import Delivery
from bot.errors import RefusedError
from bot.stills import Stills
from renderer.job import ABILITIES, Sha256, Shot, clip_key, still_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """The media of one job."""

    still: bytes  # PNG
    clip: bytes | None = None  # MP4

    @property
    def neighbour(self) -> Sha256 | None:
        return sha256(self.clip).hexdigest() if self.clip is not None else None

    def by_key(self, shot: Shot) -> dict[str, bytes]:
        """All of it under the keys where workers look."""
        clip = {clip_key(sha256(self.clip).hexdigest()): self.clip} if self.clip is not None else {}
        return {still_key(shot.still): self.still, **clip}


async def pack(shot: Shot, stills: Stills, delivery: Delivery) -> Parcel:
    """Pack what a shot needs from the disk. Raises `RefusedError` where that is gone.

    A beat whose joint is the still itself can do without its neighbour.
    """
    still = await stills.read(shot.still)
    if still is None:
        raise RefusedError("still_expired")
    clip = await _neighbour(shot, delivery)
    if clip is None and _looks_at_it(shot) and len(shot.line) > 1:
        raise RefusedError("clip_expired")
    return Parcel(still=still, clip=clip)


async def _neighbour(shot: Shot, delivery: Delivery) -> bytes | None:
    return await delivery.kept(shot.neighbour) if shot.neighbour is not None and _looks_at_it(shot) else None


def _looks_at_it(shot: Shot) -> bool:
    return shot.engine in ABILITIES and ABILITIES[shot.engine].neighbour
