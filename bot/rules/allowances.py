"""How a take is refused for want of room: what a member and a server have had, against the house's limits."""

from pydantic.dataclasses import dataclass

from bot.rules.clocks import is_over
from bot.rules.house import House

DAY = 24 * 3600.0  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What a member and a server have had in the last 24 hours."""

    member_open: int = 0  # takes under way
    server_open: int = 0
    member_seconds: float = 0.0
    server_seconds: float = 0.0
    member_oldest: float = 0.0  # when the earliest counted take was asked for
    server_oldest: float = 0.0
    member_latest: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a take has to wait: a problem's code, its limit, and when there is room again (None: nobody knows)."""

    code: str
    limit: int
    at: float | None = None


def refusal(usage: Usage, house: House, seconds: float, now: float, *, lifted: bool) -> Refusal | None:
    """Decide on a take of so many seconds. `lifted`: no member's allowance binds this one."""
    if not lifted:
        if usage.member_open >= house.member_at_once:
            return Refusal(code="too_many_at_once", limit=house.member_at_once)
        warm_until = usage.member_latest + house.cooldown
        if house.cooldown and not is_over(warm_until, house.cooldown, now):
            return Refusal(code="cooling_down", limit=house.cooldown, at=warm_until)
        if usage.member_seconds + seconds > house.member_seconds:
            return Refusal(code="spent", limit=house.member_seconds, at=usage.member_oldest + DAY)
    if usage.server_open >= house.server_at_once:
        return Refusal(code="server_full", limit=house.server_at_once)
    if usage.server_seconds + seconds > house.server_seconds:
        return Refusal(code="server_spent", limit=house.server_seconds, at=usage.server_oldest + DAY)
    return None
