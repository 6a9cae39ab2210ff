"""What the bot counts, for Prometheus. Each bot has a registry of its own: nothing is global.

Takes are counted where every change of one passes, at the record; see `bot.record.store.Watcher`.
"""

import time
from collections.abc import Mapping
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot.rules.takes import OPEN, Record, State
from renderer.contract.job import Problem, Report

WAITS = (1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600)
RENDERS = (1, 2, 3, 5, 8, 12, 20, 40, 80, 180, 600)
DELIVERIES = (0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 120)
LAGS = (0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 3)
MOST_REMEMBERED = 10_000  # takes whose clip is to be posted


class Metrics:
    """Counters, gauges and histograms of one bot."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        own = self.registry
        self.asked = Counter("unstill_takes_asked", "Takes that were asked for", ["action", "engine"], registry=own)
        self.ended = Counter(
            "unstill_takes_ended", "Takes shown, or the problem that was explained", ["how"], registry=own
        )
        self.lost = Counter("unstill_attempts_lost", "Attempts that came to nothing and are made again", registry=own)
        self.depth = Gauge("unstill_takes_open", "Takes under way, by state", ["state"], registry=own)
        self.workers = Gauge("unstill_workers", "Workers that live, by what they load", ["kind"], registry=own)
        self.wait = Histogram("unstill_wait_seconds", "From asking to the workers", buckets=WAITS, registry=own)
        self.render = Histogram(
            "unstill_render_seconds", "Of a worker's time", ["engine"], buckets=RENDERS, registry=own
        )
        self.delivery = Histogram("unstill_delivery_seconds", "From clip to message", buckets=DELIVERIES, registry=own)
        self.total = Histogram("unstill_total_seconds", "From asking to the clip", buckets=WAITS, registry=own)
        self.lag = Histogram("unstill_loop_lag_seconds", "How late the event loop was", buckets=LAGS, registry=own)
        self._rendered_at: dict[str, float] = {}

    def added(self, record: Record) -> None:
        """A take was written down."""
        self.asked.labels(record.take.action, record.take.shot.engine).inc()

    def moved(self, record: Record, changes: Mapping[str, Any]) -> None:
        """A take changed: `record` is how it was before."""
        match changes.get("state"):
            case State.QUEUED if changes.get("attempt") == 1:
                self.wait.observe(max(0.0, time.time() - record.asked_at))
            case State.WAITING if record.state is State.QUEUED:
                self.lost.inc()
            case State.RENDERED:
                self._rendered(record, changes.get("report"))
            case State.SHOWN:
                self.ended.labels("shown").inc()
                self.total.observe(max(0.0, time.time() - record.asked_at))
                if (begun := self._rendered_at.pop(record.id, None)) is not None:
                    self.delivery.observe(time.monotonic() - begun)
            case State.EXPLAINED:
                problem = changes.get("problem") or record.problem
                self.ended.labels(problem.code if isinstance(problem, Problem) else "unexpected").inc()
                self._rendered_at.pop(record.id, None)
            case _:
                pass

    def _rendered(self, record: Record, report: object) -> None:
        if isinstance(report, Report):
            self.render.labels(report.engine).observe(report.seconds.total)
        if len(self._rendered_at) < MOST_REMEMBERED:
            self._rendered_at[record.id] = time.monotonic()

    def stand(self, by_state: Mapping[str, int], workers: Mapping[str, int]) -> None:
        """How things stand just now."""
        for state in OPEN:
            self.depth.labels(state).set(by_state.get(state, 0))
        self.workers.clear()
        for kind, count in workers.items():
            self.workers.labels(kind).set(count)

    def text(self) -> bytes:
        """All of it, in Prometheus's text format."""
        return generate_latest(self.registry)
