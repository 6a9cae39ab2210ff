"""What becomes of pictures that a safety model flags: the policies, and which of two holds."""

from enum import StrEnum

from renderer.contract.job import Policy


class Flagged(StrEnum):
    """What becomes of a picture that a safety model flags."""

    ALLOW = "allow"
    SPOILER = "spoiler"  # shown behind a cover
    RESTRICTED = "restricted"  # behind a cover in age-restricted channels, elsewhere refused
    REFUSE = "refuse"


ORDER = (Flagged.ALLOW, Flagged.SPOILER, Flagged.RESTRICTED, Flagged.REFUSE)


def stricter(one: Flagged, other: Flagged | None) -> Flagged:
    """The stricter of two policies; None says nothing."""
    return one if other is None else max(one, other, key=ORDER.index)


def policy_for(flagged: Flagged, *, restricted_channel: bool) -> Policy:
    """What a worker is told: age-restricted channels show behind a cover what others refuse."""
    if flagged is Flagged.RESTRICTED:
        return Policy.SPOILER if restricted_channel else Policy.REFUSE
    return Policy(flagged)
