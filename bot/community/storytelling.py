"""The family of a take as a picture, and the reel that is cut from what was kept of it."""

from collections.abc import Sequence

from bot.community.storyboards import Storyboards
from bot.errors import RefusedError
from bot.language.fluent import Language
from bot.media.child_program import ChildError
from bot.media.clips import Clips
from bot.posts.places import upload_limit
from bot.record.store import Store
from bot.rules.family import Place, drawn, members, scenes, story_line
from bot.rules.takes import Record, in_conversation
from bot.rules.wishes import REEL
from bot.takes.asker import Asker
from bot.takes.backlog import Backlog
from bot.takes.reach import check_reach
from bot.workers.engines import Engines
from renderer.contract import lineage
from renderer.contract.shot import SCENES, Action, Join

FITTING = "fitting"  # as the takes meet: cut or dissolved


class Stories:
    """Draws families as trees, and has reels made of what was kept."""

    def __init__(
        self,
        *,
        store: Store,
        backlog: Backlog,
        clips: Clips,
        engines: Engines,
        storyboards: Storyboards,
        upload_limit: int | None,
    ) -> None:
        self._store = store
        self._backlog = backlog
        self._clips = clips
        self._engines = engines
        self._storyboards = storyboards
        self._upload_limit = upload_limit

    async def find(self, asker: Asker, link: str) -> Record:
        """The take that a link speaks of, or the newest one of this conversation. Raises `RefusedError`."""
        if link.strip():
            record = await self._store.linked(link)
        else:
            record = await self._store.newest_in(asker.channel_id or 0)
        if record is None:
            raise RefusedError("no_such_take" if link.strip() else "no_take_here")
        check_reach(asker, record)
        return record

    async def tree(self, record: Record, language: Language) -> tuple[list[Place], bytes]:
        """Where each take is drawn, and the picture. A reel's tree is that of the take it was cut from."""
        through = self._through(record)
        places = drawn(await self._store.family(record.take.root), through)
        try:
            return places, await self._storyboards.draw(places, through, language)
        except ChildError as error:
            raise RefusedError("no_story") from error

    async def is_outdated(self, places: Sequence[Place]) -> bool:
        """Whether takes of a tree that was drawn are gone: their member was forgotten meanwhile."""
        return any([await self._store.is_gone(place.record.id) for place in places])

    async def cut(self, asker: Asker, record: Record, join: Join | None) -> Record:
        """Have the reel made of the kept takes on this take's line. Raises `RefusedError`."""
        family = await self._store.family(record.take.root)
        line = story_line(family, self._through(record))
        if len(line) < SCENES[0]:
            raise RefusedError("too_few_kept")
        for each in line:
            if not await self._clips.has(each.id):
                raise RefusedError("clip_expired")
        through = members(family)[self._through(record)]
        engine, model = self._engines.default
        take = lineage.reel(through.take, asker.press, scenes(line, join), engine=engine, model=model)
        reel = in_conversation(
            record,
            take,
            member_id=asker.member_id,
            byte_limit=upload_limit(self._upload_limit, asker.guild),
            wish=f"{REEL}{join or FITTING}",
        )
        if await self._store.waiting_for(through.id, reel.wish, asker.member_id):
            raise RefusedError("still_waits")
        await self._backlog.add(reel, asker.roles)
        return reel

    def _through(self, record: Record) -> str:
        reel = record.take.action is Action.REEL
        return record.take.parent or record.id if reel else record.id
