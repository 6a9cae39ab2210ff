"""Who renders: the living workers by kind as they were last seen, and what a waiting take may look forward to."""

from dataclasses import dataclass
from enum import StrEnum

from renderer.contract.abilities import Abilities, Offer
from renderer.contract.shot import Anchor, Shot

HEAD_START = 15.0  # seconds that workers have to announce themselves, once the bot (or its Redis) is there
BLINK = 6.0  # seconds that a kind may be out of sight: a worker started anew, a flushed Redis
LATE = 30.0  # seconds a promise may be overdue before a new one is made


@dataclass(frozen=True, slots=True, kw_only=True)
class Fleet:
    """The offers of the workers that live."""

    offers: tuple[Offer, ...] = ()

    def workers(self, kind: str) -> int:
        """How many there are of a kind, those that still load among them."""
        return sum(offer.kind == kind for offer in self.offers)

    def is_ready(self, kind: str) -> bool:
        """Whether one of a kind has loaded."""
        return any(offer.ready for offer in self.offers if offer.kind == kind)

    def abilities(self, kind: str) -> Abilities | None:
        """What every worker of a kind can do; None while none of them has loaded and knows."""
        known = [offer.abilities for offer in self.offers if offer.kind == kind and offer.ready]
        if not known:
            return None
        return Abilities(
            anchors=frozenset(Anchor).intersection(*(each.anchors for each in known)),
            loop=all(each.loop for each in known),
            sound=all(each.sound for each in known),
            neighbour=all(each.neighbour for each in known),
        )


class Footing(StrEnum):
    """Whether takes of a kind are being rendered."""

    SERVED = "served"
    LOADING = "loading"  # the workers there are have to load first
    UNSERVED = "unserved"
    UNSURE = "unsure"  # no worker is in sight, but perhaps only for a moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What a waiting take may look forward to."""

    shot: Shot
    footing: Footing
    place: int  # in the line of its kind, from 0
    ready_at: float


def is_news(said: Outlook | None, outlook: Outlook, now: float) -> bool:
    """Whether a take's members should be told of the outlook. `said` is None where nobody knows what was said."""
    if outlook.footing is Footing.UNSURE:
        return False
    if said is None or outlook.footing is not _as_said(said.footing):
        return True
    return outlook.footing is Footing.SERVED and now > said.ready_at + LATE


def _as_said(footing: Footing) -> Footing:
    """An unsure outlook is told like a good one."""
    return Footing.SERVED if footing is Footing.UNSURE else footing


class Roster:
    """The fleet as it was last seen. Times are those of one clock, in seconds."""

    def __init__(self) -> None:
        self.fleet = Fleet()
        self._since: float | None = None  # when it began to see; None while Redis is out of sight
        self._seen: dict[str, float] = {}  # kind -> when last

    def see(self, fleet: Fleet, now: float) -> None:
        self._since = now if self._since is None else self._since
        lately = {kind: at for kind, at in self._seen.items() if now - at < BLINK}
        self._seen = lately | {offer.kind: now for offer in fleet.offers}
        self.fleet = fleet

    def lose_sight(self) -> None:
        """Redis is away: what was seen last is all that is known."""
        self._since = None

    @property
    def sees(self) -> bool:
        """Whether Redis is in sight."""
        return self._since is not None

    def footing(self, kind: str, now: float) -> Footing:
        if self.fleet.is_ready(kind):
            return Footing.SERVED
        if self.fleet.workers(kind):
            return Footing.LOADING
        return (
            Footing.UNSURE if self._since is None or now < self._patient_until(kind, self._since) else Footing.UNSERVED
        )

    def _patient_until(self, kind: str, since: float) -> float:
        return max(since + HEAD_START, self._seen.get(kind, since) + BLINK)
