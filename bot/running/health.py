"""For whoever looks after the bot: `/metrics`, `/healthz` (else start it anew), `/readyz` (it serves members)."""

import logging
import time
from collections import Counter
from collections.abc import Callable

from aiohttp import web
from discord.ext import tasks

from bot.record.errors import RecordError
from bot.record.store import Store
from bot.rules.fleet import Roster
from bot.running.metrics import Metrics

log = logging.getLogger(__name__)

LOOK = 0.1  # seconds between two looks at how late the event loop is
STUCK = 30.0  # seconds without a tick after which the bot should be started anew


class Health:
    """An HTTP server on one port, and the look at the event loop."""

    def __init__(self, metrics: Metrics, *, store: Store, roster: Roster, online: Callable[[], bool]) -> None:
        self._metrics = metrics
        self._store = store
        self._roster = roster
        self._online = online
        self._ticked_at = time.monotonic()
        self._runner: web.AppRunner | None = None
        self._looked_at: float | None = None

    def tick(self) -> None:
        """The bot went once through all its takes."""
        self._ticked_at = time.monotonic()

    async def open(self, host: str, port: int) -> None:
        """Serve. Raises `OSError` where the port is taken."""
        app = web.Application()
        app.add_routes(
            [
                web.get("/metrics", self._show_metrics),
                web.get("/healthz", self._healthy),
                web.get("/readyz", self._ready),
            ]
        )
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()
        self._look.start()
        log.info("metrics and health on http://%s:%d", host, port)

    async def close(self) -> None:
        self._look.cancel()
        if self._runner is not None:
            await self._runner.cleanup()

    @tasks.loop(seconds=LOOK)
    async def _look(self) -> None:
        """See how much later than planned the event loop calls."""
        now = time.monotonic()
        if self._looked_at is not None:
            self._metrics.lag.observe(max(0.0, now - self._looked_at - LOOK))
        self._looked_at = now

    async def _show_metrics(self, _request: web.Request) -> web.Response:
        await self._count()
        return web.Response(body=self._metrics.text(), content_type="text/plain", charset="utf-8")

    async def _healthy(self, _request: web.Request) -> web.Response:
        silent = time.monotonic() - self._ticked_at
        return _answer([f"no tick for {silent:.0f} s"] if silent > STUCK else [])

    async def _ready(self, _request: web.Request) -> web.Response:
        return _answer(await self._ailments())

    async def _count(self) -> None:
        """Have the metrics say how things stand."""
        kinds = [offer.kind for offer in self._roster.fleet.offers]
        self._metrics.stand(await self._store.open_by_state(), Counter(kinds))

    async def _ailments(self) -> list[str]:
        """Why members would not be served just now; nothing where all is well."""
        try:
            await self._store.note("commands")
        except RecordError as error:
            log.warning("SQL does not answer: %s", error)
            return ["SQL does not answer"]
        wrong = [] if self._online() else ["not connected to Discord"]
        return wrong + ([] if self._roster.sees else ["Redis is away"])


def _answer(ailments: list[str]) -> web.Response:
    return web.json_response({"ok": not ailments, "wrong": ailments}, status=503 if ailments else 200)
