"""Words to a member where Discord has no private answer: short, without a ping to others, and gone again soon."""

import logging
from datetime import datetime

from bot.language.fluent import language
from bot.posts.discord_calls import PostError
from bot.posts.side_posts import SidePosts
from bot.rules.takes import Record
from bot.takes.asker import Asker
from bot.wording import sentences
from renderer.contract.errors import UnstillError

log = logging.getLogger(__name__)


class Notices:
    """Says things beside a clip."""

    def __init__(self, posts: SidePosts) -> None:
        self._posts = posts

    async def refuse(self, record: Record, asker: Asker, error: UnstillError) -> None:
        """Say why a request cannot be granted."""
        await self._say(record, asker, sentences.problem(language(record.locale), error.code, error.data))

    async def quiet(self, record: Record, asker: Asker, until: datetime) -> None:
        """Say when reactions are heard again."""
        until_text = f"<t:{round(until.timestamp())}:R>"
        await self._say(record, asker, language(record.locale).say("reaction-quiet", until=until_text))

    async def _say(self, record: Record, asker: Asker, text: str) -> None:
        try:
            await self._posts.notice(record, asker.member_id, text)
        except PostError as error:
            log.info("nothing could be said beside take %s: %s", record.id, error)
