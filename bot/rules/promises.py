"""A promise: what a bot has acknowledged and not yet begun. A bot that comes after it has all it needs to keep it."""

from dataclasses import dataclass, field

from pydantic.dataclasses import dataclass as checked

from bot.rules.jam import Terms
from bot.rules.pictures import Picture
from renderer.contract.shot import Action
from renderer.contract.values import VALUE, Json

TOKEN_SECONDS = 15 * 60.0  # that Discord lets an interaction be answered by its token


@checked(frozen=True, slots=True, kw_only=True, config=VALUE)
class Request(Json):
    """What a member asked for: a take of a picture, a jam of one, or a take that goes on from another."""

    picture: Picture | None = None
    offer: str = ""  # or under which pictures were offered: see `Store.offer`
    take: str = ""  # or the take that goes on, by …
    action: Action | None = None
    words: str = ""  # a mood, or what `action` is asked for with
    seconds: float = 4.0
    size: int = 720
    loop: bool = False
    engine: tuple[str, str] | None = None
    terms: Terms | None = None  # of a jam


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A request, who made it where, and how they are answered."""

    id: str  # the interaction's
    token: str = field(repr=False)  # answers the interaction for `TOKEN_SECONDS`
    application_id: int
    member_id: int
    guild_id: int | None
    channel_id: int | None
    locale: str
    thinking: bool  # the member sees a message that waits for its words; else only who is told something sees one
    request: Request | None  # None: a later version's, which cannot be read
    at: float
    life: str = ""  # of the bot that made it
