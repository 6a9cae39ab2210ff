"""The way of every REST call: mishaps, limits, the token, Discord's description, the route."""

import json
import logging

from aiohttp import web

from tests.acceptance.fake_discord import errors
from tests.acceptance.fake_discord.calls import Call, read_call
from tests.acceptance.fake_discord.limits import CALLBACK, CUT, Buckets, Mishap
from tests.acceptance.fake_discord.replies import Reply

API = "/api/v10"
log = logging.getLogger(__name__)


class Rest:
    def __init__(self, fake, table: dict) -> None:
        self._fake, self._table = fake, table
        self._buckets = Buckets(fake.rules)

    def add_routes(self, router: web.UrlDispatcher) -> None:
        for route in self._table:
            method, path = route.split(" ")
            router.add_route(method, API + path, self._handler(route))
        router.add_route("*", API + "/{tail:.*}", self._unknown)

    def _handler(self, route: str):
        async def handle(request: web.Request) -> web.Response:
            call = await read_call(request, route)
            self._fake.calls.append(call)
            response = await self._respond(call)
            call.status = response.status
            if response.status == CUT:
                request.transport.abort()
            self._fake.changed()
            return response

        return handle

    async def _unknown(self, request: web.Request) -> web.Response:
        self._fake.violations.append(f"{request.method} {request.path}: the fake knows no such route")
        return _json(404, errors.not_found().to_json())

    async def _respond(self, call: Call) -> web.Response:
        mishap = self._fake.mishaps.take(call)
        if mishap is not None and not mishap.done:
            return self._befall(call, mishap)
        reply, headers = await self._run(call)
        if mishap is not None:
            return self._befall(call, mishap)
        self._check_reply(call, reply)
        return _json(reply.status, reply.body, headers)

    async def _run(self, call: Call) -> tuple[Reply, dict[str, str]]:
        """The route's answer, within its limits."""
        headers = {}
        if call.route != CALLBACK:  # Discord counts no callbacks
            bucket = self._buckets.bucket(call)
            taken = bucket.take()
            headers = bucket.headers(call.route)
            if not taken:
                return _limited(headers)
        try:
            self._check_token(call)
            self._check_request(call)
            return _reply(await self._table[call.route](call)), headers
        except errors.ApiError as error:
            call.code = error.code
            return Reply(error.status, error.to_json()), headers
        except Exception as error:
            log.exception("the fake broke at %s", call.route)
            self._fake.violations.append(f"{call.route}: the fake broke: {error!r}")
            return Reply(400, {"code": 0, "message": "the fake broke"}), headers

    def _befall(self, call: Call, mishap: Mishap) -> web.Response:
        call.code = (mishap.body or {}).get("code", 0)
        if mishap.body is None:
            return web.Response(status=mishap.status, text="upstream connect error", headers=mishap.headers)
        return _json(mishap.status, mishap.body, mishap.headers)

    def _check_token(self, call: Call) -> None:
        """Interactions and webhooks carry their own token in the path."""
        in_path = "webhook_token" in call.params or "interaction_token" in call.params
        if not in_path and call.token != f"Bot {self._fake.token}":
            raise errors.unauthorised()

    def _check_request(self, call: Call) -> None:
        found = self._fake.spec.request_faults(call.route, call.body) if self._fake.spec else []
        if found:
            self._fake.violations.extend(f"request {call.route}: {each}" for each in found)
            raise errors.invalid_form("; ".join(found))

    def _check_reply(self, call: Call, reply: Reply) -> None:
        found = self._fake.spec.response_faults(call.route, reply.status, reply.body) if self._fake.spec else []
        self._fake.violations.extend(f"the fake's answer to {call.route}: {each}" for each in found)


def _limited(headers: dict[str, str]) -> tuple[Reply, dict[str, str]]:
    wait = float(headers["X-RateLimit-Reset-After"])
    body = {"message": "You are being rate limited.", "code": 0, "retry_after": wait, "global": False}
    return Reply(429, body), headers | {"Via": "1.1 google", "X-RateLimit-Scope": "user"}


def _reply(answer) -> Reply:
    if isinstance(answer, Reply):
        return answer
    return Reply(204, None) if answer is None else Reply(200, answer)


def _json(status: int, body, headers: dict[str, str] | None = None) -> web.Response:
    if body is None:
        return web.Response(status=status, headers=headers)
    # Exactly this content type: with a charset discord.py takes the body for text.
    return web.Response(
        status=status, body=json.dumps(body).encode(), headers={"Content-Type": "application/json", **(headers or {})}
    )
