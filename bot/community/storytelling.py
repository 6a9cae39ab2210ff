"""The family of a take as a picture, and the reel that is cut from what was kept of it."""

from collections.abc import Sequence
from itertools import count
from typing import NamedTuple

from bot.community.storyboards import Storyboards
from bot.errors import RefusedError
from bot.language.fluent import Language
from bot.media.child_program import ChildError
from bot.media.clips import Clips
from bot.posts.clip_posts import ClipPosts
from bot.record.store import Store
from bot.rules.family import Place, drawn, members, scenes, story_line
from bot.rules.takes import Fate, Record, State, in_conversation
from bot.rules.wishes import REEL
from bot.takes.asker import Asker
from bot.takes.backlog import Backlog
from bot.takes.reach import check_reach
from bot.takes.upload_limits import UploadLimits
from bot.workers.engines import Engines
from renderer.contract import lineage
from renderer.contract.shot import SCENES, Action, Join, Scene, Take

FITTING = "fitting"  # as the takes meet: cut or dissolved


class Made(NamedTuple):
    """What was asked for: begun now, or begun before by a press that asked for the same."""

    record: Record
    new: bool


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
        clip_posts: ClipPosts,
        limits: UploadLimits,
    ) -> None:
        self._clip_posts = clip_posts
        self._store = store
        self._backlog = backlog
        self._clips = clips
        self._engines = engines
        self._storyboards = storyboards
        self._limits = limits

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

    async def cut(self, asker: Asker, record: Record, join: Join | None) -> Made:
        """Have the reel made of the kept takes on this take's line, once for all who ask. Raises `RefusedError`."""
        family = await self._store.family(record.take.root)
        line = story_line(family, self._through(record))
        if len(line) < SCENES[0]:
            raise RefusedError("too_few_kept")
        for each in line:
            if not await self._clips.has(each.id):
                raise RefusedError("clip_expired")
        through = members(family)[self._through(record)]
        take, earlier = await self._reel(through.take, scenes(line, join))
        if earlier is not None:
            return Made(earlier, new=False)
        reel = in_conversation(
            record,
            take,
            *line,
            member_id=asker.member_id,
            byte_limit=self._limits.of(asker),
            wish=f"{REEL}{join or FITTING}",
        )
        return Made(reel, new=await self._backlog.add(reel, asker.roles))

    async def _reel(self, through: Take, cut: tuple[Scene, ...]) -> tuple[Take, Record | None]:
        """The reel of these takes and joins, and its record where it was begun before.

        Its id follows from what is cut, so that whoever asks for the same at the same time gets the same one. One that
        came to nothing, was tossed or is gone makes room for the next.
        """
        engine, model = self._engines.default
        for number in count():
            take = lineage.reel(through, reel_press(cut, number), cut, engine=engine, model=model)
            earlier = await self._store.get(take.id)
            if earlier is None or not await self._is_over(earlier):
                return take, earlier
        raise AssertionError("there is always a next number")

    async def _is_over(self, reel: Record) -> bool:
        """Whether a reel cannot be seen and never will be, unless somebody brings it back."""
        if reel.state is State.SHOWN:
            return reel.fate is Fate.TOSSED or not await self._clip_posts.stands(reel)
        return reel.state in {State.FAILING, State.EXPLAINED}

    def _through(self, record: Record) -> str:
        reel = record.take.action is Action.REEL
        return record.take.parent or record.id if reel else record.id


def reel_press(cut: tuple[Scene, ...], number: int) -> str:
    """What stands for a reel: the takes, how they are joined, and which reel of the same it is, from 0."""
    return f"{REEL}{' '.join(f'{scene.join}:{scene.take}' for scene in cut)}#{number}"
