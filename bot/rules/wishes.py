"""What may be asked of a clip, whatever says so: a button, an emoji, a reply, a jam, a reel.

Equal wishes have equal keys, by which the record counts ballots for them. Members' words are checked here, too.
"""

from dataclasses import dataclass
from hashlib import sha256

from bot.rules.visible import visible
from renderer.contract.errors import MoodTooLongError
from renderer.contract.shot import MOOD_LIMIT, Action

KEY_LIMIT = 80  # characters of a wish's key
REEL = "reel:"  # how the wishes of reels begin
JAM = "jam:"  # how the wishes of jams begin: the server's allowance binds them, not the host's


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A child that somebody would like."""

    action: Action
    words: str = ""

    @property
    def key(self) -> str:
        """What tells this wish from others, at most `KEY_LIMIT` characters; equal wishes are counted together."""
        key = f"{self.action}:{' '.join(self.words.split()).casefold()}" if self.words else str(self.action)
        if len(key) <= KEY_LIMIT:
            return key
        return f"{key[: KEY_LIMIT - 9]}~{sha256(key.encode()).hexdigest()[:8]}"


def words_of(key: str) -> str:
    """The words in a wish's key, for people to read; of long ones the beginning."""
    said = key.partition(":")[2]
    return f"{said[:-9]}…" if len(key) == KEY_LIMIT and said[-9:-8] == "~" else said


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a round stands."""

    number: int  # of the round, from 0
    voters: tuple[int, ...]  # members, in the order in which they asked
    need: int

    @property
    def have(self) -> int:
        return len(self.voters)

    @property
    def complete(self) -> bool:
        return self.have >= self.need


def checked_words(words: str) -> str:
    """A member's words as they were said, without the white space around them; none where they show nothing.

    Raises `MoodTooLongError`.
    """
    words = words.strip()
    if len(words) > MOOD_LIMIT:
        raise MoodTooLongError(limit=MOOD_LIMIT)
    return words if visible(words) else ""
