"""What members ask of takes: a child at once, or by ballots; or that a take be called off."""

from bot.coalescing import Turns
from bot.errors import RefusedError
from bot.media.stills import Stills
from bot.posts.renewals import Renewals
from bot.record.ballots import Ballots
from bot.record.house_rules import Houses
from bot.record.reaction_log import NOWHERE
from bot.record.store import Store
from bot.rules.family import as_told
from bot.rules.takes import CANCELLABLE, Fate, Record, in_conversation
from bot.rules.wishes import Standing, Wish
from bot.takes.admission import Admission
from bot.takes.asker import Asker
from bot.takes.backlog import Backlog
from bot.takes.reach import check_reach
from bot.takes.upload_limits import UploadLimits
from bot.workers.engines import Engines
from renderer.contract.direction import Direction
from renderer.contract.errors import UnstillError
from renderer.contract.job import Problem
from renderer.contract.lineage import ACTIONS, steer_of, steered
from renderer.contract.logs import from_now_about
from renderer.contract.shot import Action, Take


class Presses:
    """Buttons, forms, reactions and replies end here, whatever brought them."""

    def __init__(
        self,
        *,
        store: Store,
        stills: Stills,
        backlog: Backlog,
        engines: Engines,
        houses: Houses,
        admission: Admission,
        ballots: Ballots,
        renewals: Renewals,
        limits: UploadLimits,
    ) -> None:
        self._store = store
        self._stills = stills
        self._backlog = backlog
        self._engines = engines
        self._houses = houses
        self._admission = admission
        self._ballots = ballots
        self._renewals = renewals
        self._limits = limits
        self._turns = Turns[str]()  # one request to a take is decided at a time

    async def find(self, asker: Asker, take_id: str) -> Record:
        """The take that a button or form speaks of, if this member may reach it. Raises `RefusedError`."""
        record = await self._store.get(take_id)
        if record is None:
            raise RefusedError("take_gone")
        check_reach(asker, record)
        from_now_about(parent=record.id)
        return record

    async def press(self, asker: Asker, parent: Record, wish: Wish) -> Standing | None:
        """A button: a request at once (None), or a ballot where the server wants several members to ask together.

        A second press takes the ballot back.
        """
        house = await self._houses.of(asker.guild_id)
        if house.reroll_votes == 1:
            await self.ask(asker, parent, wish)
            return None
        return await self.vote(asker, parent, wish, again_withdraws=True)

    async def ask(self, asker: Asker, parent: Record, wish: Wish) -> None:
        """Begin a take at once. A member whose last request of this kind still waits is told so."""
        async with self._turns.of(parent.id):
            if await self._store.waiting_for(parent.id, wish.key, asker.member_id):
                raise RefusedError("still_waits")
            await self._begin(asker, parent, wish, asker.press, ())
        self._backlog.wake()

    async def vote(
        self,
        asker: Asker,
        parent: Record,
        wish: Wish,
        *,
        again_withdraws: bool = False,
        overrule: bool = False,
        counted_in: int = NOWHERE,
    ) -> Standing:
        """Count a member's ballot, and begin the take when enough have asked; how the round stands then.

        One that was counted before, in the round `counted_in`, counts there once more or not at all.
        """
        house = await self._houses.of(asker.guild_id)
        need = 1 if overrule else house.reroll_votes
        if overrule and not asker.may(house.overrule, parent):
            raise RefusedError("may_not_overrule")
        async with self._turns.of(parent.id):
            standing = await self._ballots.standing(parent.id, wish.key, need)
            if counted_in not in {NOWHERE, standing.number}:
                raise RefusedError("counted_before")
            if await self._store.waiting_for(parent.id, wish.key, asker.member_id if house.reroll_votes == 1 else None):
                raise RefusedError("on_its_way" if house.reroll_votes > 1 else "still_waits")
            if again_withdraws and asker.member_id in standing.voters and not standing.complete:
                standing = await self._withdraw(asker, parent, wish, standing)
            else:
                standing = await self._cast(asker, parent, wish, need)
        if house.reroll_votes > 1:
            self._renewals.renew(parent.id)
        if standing.complete:
            self._backlog.wake()
        return standing

    async def take_back(self, asker: Asker, parent: Record, wish: Wish, number: int) -> None:
        """Withdraw what a reaction asked for: its ballot, and the take itself where nobody else wants it or has it."""
        need = (await self._houses.of(asker.guild_id)).reroll_votes
        async with self._turns.of(parent.id):
            standing = await self._ballots.withdraw(parent.id, wish.key, number, asker.member_id, need)
            begun = await self._store.get(ACTIONS[wish.action](parent.take, _press(wish, number), wish.words).id)
        if need > 1:
            self._renewals.renew(parent.id)
        if begun is not None and not standing.complete:
            await self._backlog.withdraw(begun, Problem(code="withdrawn", data={"by": str(asker.member_id)}))

    async def cancel(self, asker: Asker, record: Record) -> None:
        """Call a take off that waits or renders."""
        house = await self._houses.of(asker.guild_id)
        if not asker.may(house.cancel, record):
            raise RefusedError("not_yours")
        problem = Problem(code="cancelled", data={"by": str(asker.member_id)})
        if not await self._backlog.end(record, CANCELLABLE, problem):
            raise RefusedError("too_late")

    async def may_overrule(self, asker: Asker, record: Record) -> bool:
        """Whether a member may begin alone what others would have to agree to."""
        return asker.may((await self._houses.of(asker.guild_id)).overrule, record)

    async def _cast(self, asker: Asker, parent: Record, wish: Wish, need: int) -> Standing:
        standing = await self._ballots.cast(parent.id, wish.key, asker.member_id, need)
        if standing.complete:
            try:
                await self._begin(asker, parent, wish, _press(wish, standing.number), standing.voters)
            except UnstillError:
                await self._withdraw(asker, parent, wish, standing)  # so that somebody else may still complete it
                raise
            await self._ballots.close(parent.id, wish.key, standing.number)
        return standing

    async def _withdraw(self, asker: Asker, parent: Record, wish: Wish, standing: Standing) -> Standing:
        return await self._ballots.withdraw(parent.id, wish.key, standing.number, asker.member_id, standing.need)

    async def _begin(self, asker: Asker, parent: Record, wish: Wish, press: str, voters: tuple[int, ...]) -> None:
        """Write the child down. Raises what makes it impossible: engine, still, allowance."""
        if parent.take.shot.scenes:
            raise RefusedError("reel_is_done")
        told = as_told(parent, await self._store.family_takes(parent.take.root))
        child = ACTIONS[wish.action](told, press, wish.words)
        child = await self._led(child) if wish.action is Action.REROLL else child
        self._engines.check(child.shot)
        if not await self._stills.has(child.shot.still):
            raise RefusedError("still_expired")
        record = in_conversation(
            parent,
            child,
            member_id=asker.member_id,
            byte_limit=self._limits.of(asker),
            wish=wish.key,
            credits=voters if len(voters) > 1 else (),
        )
        await self._admission.admit(record, asker.roles)

    async def _led(self, take: Take) -> Take:
        """A new reading, led by what its family's community kept and tossed."""
        family = await self._store.family(take.root)
        steer = steer_of(_directions(family, Fate.KEPT), _directions(family, Fate.TOSSED))
        return steered(take, steer) if steer else take


def _press(wish: Wish, number: int) -> str:
    """What stands for a round: its take is the same whoever completes it."""
    return f"{wish.key}#{number}"


def _directions(family: list[Record], fate: Fate) -> list[Direction]:
    return [each.report.direction for each in family if each.fate is fate and each.report and not each.take.shot.scenes]
