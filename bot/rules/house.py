"""The rules of a house: what a server allows whom, and how much.

What is left of its allowances is decided in `bot.rules.allowances`; the sentences are `bot.wording.house_rules`.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from annotated_types import Interval, MaxLen
from pydantic import AfterValidator, ConfigDict, Field
from pydantic.dataclasses import dataclass

from bot.rules.flagging import Flagged
from renderer.contract.values import Json

MOST_VOTES = 100
Hour = Annotated[int, Interval(ge=0, le=23)]


class Who(StrEnum):
    """Who may do something to a take."""

    NOBODY = "nobody"
    MODERATORS = "moderators"
    AUTHOR = "author"  # those who asked for the take, and moderators
    ANYONE = "anyone"


@cache
def zones() -> frozenset[str]:
    """The names of all time zones, which are looked for once: they lie in hundreds of files."""
    return frozenset(available_timezones())


def known_zone(name: str) -> str:
    """A time zone by its IANA name. Raises `ValueError`."""
    if name not in zones():
        raise ValueError(f"no time zone is called {name}")
    return name


# What a later version wrote, an earlier one passes over.
@dataclass(frozen=True, slots=True, kw_only=True, config=ConfigDict(extra="ignore"))
class House(Json):
    """What one server's members may do."""

    reroll_votes: Annotated[int, Interval(ge=1, le=MOST_VOTES)] = 1  # members who must agree; 1 = at once
    overrule: Who = Who.NOBODY
    cancel: Who = Who.AUTHOR
    toss: Who = Who.AUTHOR
    keep: Who = Who.ANYONE
    jam: Who = Who.ANYONE
    reactions: bool = True
    emoji: dict[str, Annotated[str, MaxLen(100)]] = Field(default_factory=dict[str, str])  # emoji -> words, "" = off
    quiet_from: Hour | None = None  # reactions are not heard from this hour …
    quiet_to: Hour | None = None  # … until this one, in `zone`
    zone: Annotated[str, AfterValidator(known_zone)] = "UTC"
    member_at_once: Annotated[int, Interval(ge=1, le=100)] = 5  # takes
    server_at_once: Annotated[int, Interval(ge=1, le=1000)] = 24
    member_seconds: Annotated[int, Interval(ge=8, le=86400)] = 240  # of clips in 24 hours
    server_seconds: Annotated[int, Interval(ge=8, le=864000)] = 3600
    cooldown: Annotated[int, Interval(ge=0, le=3600)] = 0  # seconds between two takes of a member
    lifted: frozenset[int] = frozenset()  # roles that no member's allowance binds
    gallery: int | None = None  # the channel where kept clips are shared
    language: str = ""  # "" = the server's own in Discord
    flagged: Flagged | None = None  # None = as the operator says; what is laxer than that is of no use
    reports: int | None = None  # the channel where moderators read of reports
    media_days: Annotated[int, Interval(ge=1, le=3650)] | None = None  # that stills and clips stay which nobody keeps


HOME = House()  # where nobody made rules: private messages


def may(who: Who, *, author: bool, moderator: bool) -> bool:
    """Whether a member may do what `who` may."""
    allowed = {
        Who.NOBODY: False,
        Who.MODERATORS: moderator,
        Who.AUTHOR: author or moderator,
        Who.ANYONE: True,
    }
    return allowed[who]


def quiet_until(house: House, now: datetime) -> datetime | None:
    """When the quiet hours end that `now` (aware) lies in; None outside of them."""
    if house.quiet_from is None or house.quiet_to is None or house.quiet_from == house.quiet_to:
        return None
    local = now.astimezone(ZoneInfo(house.zone))
    length = (house.quiet_to - house.quiet_from) % 24
    if (local.hour - house.quiet_from) % 24 >= length:
        return None
    day = local.date() + timedelta(days=local.hour >= house.quiet_to)
    return datetime(day.year, day.month, day.day, house.quiet_to, tzinfo=local.tzinfo)
