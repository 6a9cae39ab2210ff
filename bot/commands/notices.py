"""Words to a member where Discord has no private answer: short, seldom, without a ping to others, soon gone again."""

import logging
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable
from datetime import datetime

from bot.language.fluent import language
from bot.posts.discord_calls import PostError
from bot.posts.side_posts import NOTICE_SECONDS, SidePosts
from bot.rules.takes import Record
from bot.takes.asker import Asker
from bot.wording import sentences
from renderer.contract.errors import UnstillError

log = logging.getLogger(__name__)


class Pace:
    """How often something may happen for one key: so many times in so many seconds. Later it knows the key no more."""

    def __init__(self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._times: OrderedDict[Hashable, deque[float]] = OrderedDict()  # the key that was counted last is the last

    def allows(self, key: Hashable) -> bool:
        """Whether it may happen once more now; if so, that is counted."""
        now = self._clock()
        while self._times and now - next(iter(self._times.values()))[-1] >= self._seconds:
            self._times.popitem(last=False)
        times = self._times.setdefault(key, deque(maxlen=self._most))
        if len(times) == self._most and now - times[0] < self._seconds:
            return False
        times.append(now)
        self._times.move_to_end(key)
        return True


class Notices:
    """Says things beside a clip: to one member in one place, one thing while the last one stands there."""

    def __init__(self, posts: SidePosts) -> None:
        self._posts = posts
        self._pace = Pace(1, NOTICE_SECONDS)

    async def refuse(self, record: Record, asker: Asker, error: UnstillError) -> None:
        """Say why a request cannot be granted."""
        await self._say(record, asker, sentences.problem(language(record.locale), error.code, error.data))

    async def quiet(self, record: Record, asker: Asker, until: datetime) -> None:
        """Say when reactions are heard again."""
        until_text = f"<t:{round(until.timestamp())}:R>"
        await self._say(record, asker, language(record.locale).say("reaction-quiet", until=until_text))

    async def _say(self, record: Record, asker: Asker, text: str) -> None:
        if not self._pace.allows((asker.member_id, record.place_id)):
            return
        try:
            await self._posts.notice(record, asker.member_id, text)
        except PostError as error:
            log.info("nothing could be said beside take %s: %s", record.id, error)
