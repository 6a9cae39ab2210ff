"""A crowd that asks for takes, and what it costs the bot and its members."""

import asyncio
import statistics
import time
from collections import Counter
from dataclasses import dataclass, field

import aiohttp
import psutil
from prometheus_client.parser import text_string_to_metric_families

from tests.acceptance.fake_discord.world import EPOCH_MS
from tests.chaos.audit import Audit, audit
from tests.chaos.town import Town, memory

AHEAD = 2  # takes that a member has under way at most
REPLY = 300.0  # seconds that the word after "thinking …" may take: two hundred may ask in one instant
LOOK = 0.5  # seconds between two looks at the record
ANSWER_BAR, LAG_BAR = 3.0, 0.05  # seconds
FAIR_BAR = 2.0  # times the median member's wait


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What a run measured."""

    takes: int
    members: int
    servers: int
    seconds: float
    found: Audit
    cpu_ms: tuple[float, ...]  # of the bot, per take, in each tenth of the run
    memory_mb: tuple[float, ...]  # of the bot, at the end of each tenth
    answers: tuple[float, ...]  # seconds until each interaction was answered
    unanswered: int
    waits: tuple[float, ...]  # each member's mean seconds from asking to the clip
    lag_p99: float  # seconds, of the event loop

    @property
    def fairness(self) -> float:
        """The worst member's wait over the median one's."""
        return max(self.waits) / statistics.median(self.waits)

    @property
    def cpu(self) -> float:
        return statistics.mean(self.cpu_ms)

    @property
    def grew(self) -> float:
        """MB that the bot's memory grew by, from the third tenth to the last."""
        return self.memory_mb[-1] - self.memory_mb[min(2, len(self.memory_mb) - 1)]

    def bars(self) -> dict[str, bool]:
        """What has to be so."""
        half = len(self.cpu_ms) // 2
        first, last = (statistics.mean(part) for part in (self.cpu_ms[:half], self.cpu_ms[half:]))
        return {
            f"worst member's wait over the median: {self.fairness:.2f} (bar {FAIR_BAR:g})": self.fairness <= FAIR_BAR,
            f"bot CPU a take: {first:.0f} ms in the first half, {last:.0f} in the second (bar 1.3 x)": last
            < 1.3 * first,
            f"bot memory grew by {self.grew:.0f} MB after the third tenth (bar 40)": self.grew < 40,
            f"event loop lag p99: {1000 * self.lag_p99:.0f} ms (bar {1000 * LAG_BAR:.0f})": self.lag_p99 <= LAG_BAR,
            f"slowest answer: {max(self.answers):.2f} s (bar {ANSWER_BAR:g})": max(self.answers) <= ANSWER_BAR,
            f"interactions without an answer: {self.unanswered} (bar 0)": not self.unanswered,
            f"lost {len(self.found.lost)}, twice {len(self.found.twice)} (bar 0)": self.found.good,
        }


@dataclass
class Crowd:
    """Members who each ask for their share, a few at a time."""

    town: Town
    takes: int
    metrics_port: int
    open: Counter[int] = field(default_factory=Counter)  # takes under way, by member
    done: int = 0

    async def run(self) -> Figures:
        began = time.monotonic()
        share = max(1, self.takes // len(self.town.members))
        self.takes = share * len(self.town.members)
        await self.town.start_bot()
        await self._make_room()
        bot = psutil.Process(self.town.bot.process.pid)
        looking = asyncio.create_task(self._look())
        measuring = asyncio.create_task(self._measure(bot))
        await asyncio.gather(*(self._live(index, share) for index in range(len(self.town.members))))
        cpu, memories = await measuring
        looking.cancel()
        await self.town.settled(120)
        found, lag = audit(self.town), await self._lag()
        answers = [asked.answered_after for asked in self.town.asked]
        return Figures(
            takes=found.takes,
            members=len(self.town.members),
            servers=len(self.town.guilds),
            seconds=time.monotonic() - began,
            found=found,
            cpu_ms=tuple(cpu),
            memory_mb=tuple(memories),
            answers=tuple(each for each in answers if each is not None),
            unanswered=answers.count(None),
            waits=tuple(self._waits()),
            lag_p99=lag,
        )

    async def _make_room(self) -> None:
        """No server's allowance shall stand in the way."""
        for channel in self.town.channels:
            asked = await self.town.members[0].slash(channel, "settings allowances", server_at_once=1000)
            await asked.reply()

    async def _live(self, index: int, share: int) -> None:
        """One member asks for as many takes as are theirs, as soon as they may."""
        member, channel = self.town.members[index], self.town.channels[index % len(self.town.channels)]
        for _ in range(share):
            while self.open[member.user.id] >= AHEAD:  # noqa: ASYNC110  another process writes the record
                await asyncio.sleep(LOOK)
            self.open[member.user.id] += 1
            asked = await self.town.animate_as(member, channel)
            await self.town.fake.until(lambda asked=asked: asked.original and not asked.original.loading, REPLY)
            if "on its way" not in asked.original.content:
                raise AssertionError(f"refused: {asked.original.content}")

    async def _look(self) -> None:
        while True:
            rows = self.town.rows("member_id, state, status_id")
            finished = [state == "explained" or (state == "shown" and status is None) for _, state, status in rows]
            self.done = sum(finished)
            under_way = Counter(member for (member, *_), over in zip(rows, finished, strict=True) if not over)
            asked = Counter(member for member, *_ in rows)
            for member in self.town.members:
                known = member.user.id
                waiting = sum(each.user.id == known and each.original is None for each in self.town.asked[-400:])
                self.open[known] = under_way[known] + waiting if asked[known] or waiting else self.open[known]
            await asyncio.sleep(LOOK)

    async def _measure(self, bot: psutil.Process) -> tuple[list[float], list[float]]:
        """CPU and memory of the bot in each tenth of the run."""
        cpu, memories = [], []
        before, count = self._cpu(bot), 0
        for tenth in range(1, 11):
            while self.done < self.takes * tenth // 10:  # noqa: ASYNC110  another process writes the record
                await asyncio.sleep(LOOK)
            now, done = self._cpu(bot), self.done
            cpu.append(1000 * (now - before) / max(1, done - count))
            memories.append(memory(bot))
            before, count = now, done
        return cpu, memories

    def _cpu(self, bot: psutil.Process) -> float:
        times = bot.cpu_times()
        return times.user + times.system

    def _waits(self) -> list[float]:
        """Each member's mean wait."""
        by_member: dict[int, list[float]] = {}
        for member, asked_at, message in self.town.rows("member_id, asked_at, message_id"):
            if message is not None:
                shown_at = ((message >> 22) + EPOCH_MS) / 1000
                by_member.setdefault(member, []).append(shown_at - asked_at)
        return [statistics.mean(waits) for waits in by_member.values()]

    async def _lag(self) -> float:
        """The 99th percentile of the bot's own histogram: the upper edge of its bucket."""
        url = f"http://127.0.0.1:{self.metrics_port}/metrics"
        async with aiohttp.ClientSession() as session, session.get(url) as answer:
            text = await answer.text()
        (family,) = [each for each in text_string_to_metric_families(text) if each.name == "unstill_loop_lag_seconds"]
        buckets = [(float(each.labels["le"]), each.value) for each in family.samples if each.name.endswith("_bucket")]
        total = buckets[-1][1]
        return next(edge for edge, count in buckets if count >= 0.99 * total)
