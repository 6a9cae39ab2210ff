"""What may be asked of a clip, whatever says so: a button, an emoji, a reply."""

from dataclasses import dataclass
from hashlib import sha256

from bot.record.tables import WISH
from renderer.contract.job import Action


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A child that somebody would like."""

    action: Action
    words: str = ""

    @property
    def key(self) -> str:
        """What tells this wish from others, at most `WISH` characters; equal wishes are counted together."""
        key = f"{self.action}:{' '.join(self.words.split()).casefold()}" if self.words else str(self.action)
        if len(key) <= WISH:
            return key
        return f"{key[: WISH - 9]}~{sha256(key.encode()).hexdigest()[:8]}"


def words_of(key: str) -> str:
    """The words in a wish's key, for people to read; of long ones the beginning."""
    said = key.partition(":")[2]
    return f"{said[:-9]}…" if len(key) == WISH and said[-9:-8] == "~" else said
