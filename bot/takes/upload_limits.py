"""How large a clip may be where a member asks for it. What Discord refused lately is remembered for a while."""

import time
from collections.abc import Callable

from bot.rules.upload_limits import EVERYWHERE, smaller_limit, upload_limit
from bot.takes.asker import Asker

REMEMBERED = 3600.0  # seconds: each clip that is refused is rendered twice


class UploadLimits:
    """The limits of all servers. What was refused is kept in memory alone."""

    def __init__(self, operators: int | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._operators = operators
        self._clock = clock
        self._refused: dict[int | None, float] = {}  # server, or None in private -> when

    def of(self, asker: Asker) -> int:
        """Bytes that a clip may have where this member asks."""
        boosted = asker.guild.filesize_limit if asker.guild else None
        limit = upload_limit(operators=self._operators, told=asker.upload_limit, boosted=boosted)
        return min(limit, EVERYWHERE) if self._operators is None and self._was_refused(asker.guild_id) else limit

    def shrink(self, guild_id: int | None, clip_bytes: int) -> int:
        """What to try next when Discord refused a clip of this size here; later takes are smaller at once."""
        if clip_bytes > EVERYWHERE:
            self._refused[guild_id] = self._clock()
        return smaller_limit(clip_bytes)

    def _was_refused(self, guild_id: int | None) -> bool:
        at = self._refused.get(guild_id)
        return at is not None and self._clock() - at < REMEMBERED
