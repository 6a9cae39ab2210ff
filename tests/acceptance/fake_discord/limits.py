"""Discord's limits, and the mishaps a test orders."""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field

CALLBACK = "POST /interactions/{interaction_id}/{interaction_token}/callback"
SEND = "POST /channels/{channel_id}/messages"
EDIT = "PATCH /channels/{channel_id}/messages/{message_id}"
START_THREAD = "POST /channels/{channel_id}/messages/{message_id}/threads"
PUT_COMMANDS = "PUT /applications/{application_id}/commands"

CUT = 0  # a mishap without an answer


@dataclass(kw_only=True)
class Rules:
    """Discord's own figures; a test shortens those it would have to wait for."""

    answer_seconds: float = 3.0
    token_seconds: float = 15 * 60
    nonce_seconds: float = 3 * 60
    advertised_bytes: int = 10 * 2**20  # what interactions say of a file's size
    upload_bytes: int = 10 * 2**20  # what is let in
    rates: dict[str, tuple[int, float]] = field(  # requests per seconds, in each channel
        default_factory=lambda: {SEND: (5, 1.0), EDIT: (5, 1.0)}
    )


@dataclass(kw_only=True)
class Mishap:
    """What befalls the next calls of a route. `done`: the call takes effect and only its answer is lost."""

    route: str
    status: int
    body: dict | None = None
    headers: dict[str, str] = field(default_factory=dict)
    done: bool = False
    times: int = 1
    when: Callable[..., bool] | None = None


class Mishaps:
    def __init__(self) -> None:
        self._waiting: list[Mishap] = []

    def fail(self, route: str, status: int = 500, *, done: bool = False, times: int = 1, when=None) -> Mishap:
        """A broken server: no JSON, as Discord's edge answers."""
        return self._add(Mishap(route=route, status=status, done=done, times=times, when=when))

    def cut(self, route: str, *, times: int = 1, when=None) -> Mishap:
        """The call takes effect, then the connection breaks before its answer."""
        return self._add(Mishap(route=route, status=CUT, done=True, times=times, when=when))

    def refuse(self, route: str, error, *, times: int = 1, when=None) -> Mishap:
        """One of Discord's refusals (`errors`)."""
        return self._add(Mishap(route=route, status=error.status, body=error.to_json(), times=times, when=when))

    def limit(self, route: str, retry_after: float, *, times: int = 1, when=None) -> Mishap:
        """A 429 as Discord sends it (the `Via` header tells it from Cloudflare's)."""
        body = {"message": "You are being rate limited.", "code": 0, "retry_after": retry_after, "global": False}
        headers = {"Via": "1.1 google", "Retry-After": f"{retry_after:.0f}", "X-RateLimit-Scope": "user"}
        return self._add(Mishap(route=route, status=429, body=body, headers=headers, times=times, when=when))

    def take(self, call) -> Mishap | None:
        """The mishap that befalls this call, if one does."""
        for mishap in self._waiting:
            if mishap.route == call.route and (mishap.when is None or mishap.when(call)):
                mishap.times -= 1
                if not mishap.times:
                    self._waiting.remove(mishap)
                return mishap
        return None

    def left(self) -> list[Mishap]:
        """What was ordered and never befell: a test that expected it proved nothing."""
        return list(self._waiting)

    def _add(self, mishap: Mishap) -> Mishap:
        self._waiting.append(mishap)
        return mishap


@dataclass(kw_only=True)
class Bucket:
    limit: int
    seconds: float
    ends: float = 0.0
    used: int = 0

    def take(self) -> bool:
        now = time.monotonic()
        if now >= self.ends:
            self.ends, self.used = now + self.seconds, 0
        self.used += 1
        return self.used <= self.limit

    def headers(self, name: str) -> dict[str, str]:
        left = max(0.0, self.ends - time.monotonic())
        return {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(max(0, self.limit - self.used)),
            "X-RateLimit-Reset": f"{time.time() + left:.3f}",
            "X-RateLimit-Reset-After": f"{left:.3f}",
            "X-RateLimit-Bucket": hashlib.sha256(name.encode()).hexdigest()[:32],
        }


class Buckets:
    """One bucket per route and channel, guild or webhook."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._buckets: dict[tuple[str, ...], Bucket] = {}

    def bucket(self, call) -> Bucket:
        major = (call.params.get(name, "") for name in ("channel_id", "guild_id", "webhook_token"))
        key = (call.route, *major)
        if key not in self._buckets:
            limit, seconds = self._rules.rates.get(call.route, (50, 1.0))
            self._buckets[key] = Bucket(limit=limit, seconds=seconds)
        return self._buckets[key]
