"""Words to who asked a bot that is gone: by the interaction's token, which is all that is left of it."""

from typing import Any

import discord
from discord.http import Route

from bot.posts.discord_calls import NobodyThereError, RejectedError, certain
from bot.rules.promises import Promise

ORIGINAL = "/webhooks/{webhook_id}/{webhook_token}/messages/@original"
FOLLOW_UP = "/webhooks/{webhook_id}/{webhook_token}"
EPHEMERAL = 1 << 6


class LateWords:
    """Answers interactions that another bot acknowledged."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    async def was_acknowledged(self, promise: Promise) -> bool:
        """Whether the member was told to wait at all, and can still be answered."""
        try:
            await certain(self._client.http.request(_route("GET", ORIGINAL, promise)))
        except (NobodyThereError, RejectedError):
            return False
        return True

    async def tell(self, promise: Promise, text: str) -> None:
        """Say something privately, where the member waits for it or beside that; an edit may be repeated."""
        said: dict[str, Any] = {"content": text, "allowed_mentions": {"parse": []}}
        if promise.thinking:
            await certain(self._client.http.request(_route("PATCH", ORIGINAL, promise), json=said))
        else:
            route = _route("POST", FOLLOW_UP, promise)
            await certain(self._client.http.request(route, json=said | {"flags": EPHEMERAL}))


def _route(method: str, path: str, promise: Promise) -> Route:
    return Route(method, path, webhook_id=promise.application_id, webhook_token=promise.token)
