"""Pictures as Discord tells of them, before anybody has read them: what they are, their bytes will say."""

import re
from collections.abc import Iterable

from pydantic.dataclasses import dataclass
from yarl import URL

from renderer.contract.errors import TooManyBytesError
from renderer.contract.shot import FILE_LIMITS

MOST_TRIED = 5  # pictures of one message: each may cost a download and a process
HOSTS = re.compile(r"cdn\.discordapp\.com|media\.discordapp\.net|images-ext-\d+\.discordapp\.net")
BARS = "||"  # around what a member covers


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What may be a picture, where Discord keeps it."""

    url: str
    size: int | None = None  # bytes, where Discord announces them
    covered: bool = False  # whoever posted it put it behind a cover


def check_size(picture: Picture) -> None:
    """Raise `TooManyBytesError` where the announced size alone is too much."""
    if picture.size is not None and picture.size > FILE_LIMITS["bytes"]:
        raise TooManyBytesError(limit=FILE_LIMITS["bytes"])


def worth_trying(found: Iterable[Picture]) -> list[Picture]:
    """Those of a message's pictures that may be read, in order: each once, none too large, not too many.

    What shows twice, as an attachment and in a gallery, is covered where either is. Raises `TooManyBytesError` where
    all are too large.
    """
    by_file: dict[str, Picture] = {}
    for each in found:
        file = URL(each.url).path
        by_file[file] = _joined(by_file[file], each) if file in by_file else each
    fitting = [each for each in by_file.values() if (each.size or 0) <= FILE_LIMITS["bytes"]]
    if by_file and not fitting:
        raise TooManyBytesError(limit=FILE_LIMITS["bytes"])
    return fitting[:MOST_TRIED]


def _joined(first: Picture, again: Picture) -> Picture:
    return Picture(url=first.url, size=first.size or again.size, covered=first.covered or again.covered)


def is_discords(url: str) -> bool:
    """Whether an address is one of those where Discord itself keeps files, or hands on what others keep."""
    try:
        address = URL(url)
    except ValueError:
        return False
    return address.scheme == "https" and address.port == 443 and bool(HOSTS.fullmatch(address.host or ""))


def discords_own(*urls: str | None) -> str | None:
    """The first of some addresses of one picture that is Discord's own."""
    return next((url for url in urls if url and is_discords(url)), None)


def is_moving(content_type: str | None) -> bool:
    """Whether a file is certain to be no picture: Discord plays it."""
    return (content_type or "").startswith(("video/", "audio/"))


def covers_links(content: str) -> bool:
    """Whether a message has a link between spoiler bars: Discord covers what it unfurls of that.

    Which of several links was unfurled cannot be told for certain: in doubt all are covered.
    """
    return "://" in content[content.find(BARS) : content.rfind(BARS)]
