"""One REST call: read from the wire, remembered for the test."""

import json
import time
from dataclasses import dataclass, field

from aiohttp import web

from tests.acceptance.fake_discord import errors

REQUEST_BYTES = 500 * 2**20  # beyond this the fake itself gives up


@dataclass(eq=False, kw_only=True)
class Call:
    route: str  # "POST /channels/{channel_id}/messages"
    params: dict[str, str]
    query: dict[str, str]
    body: dict | list | None
    files: dict[int, tuple[str, bytes]] = field(default_factory=dict)  # by the number in files[n]
    token: str | None = None
    at: float = field(default_factory=time.monotonic)
    status: int = 0
    code: int = 0  # Discord's error code

    def number(self, name: str) -> int:
        """A snowflake of the path."""
        return int(self.params[name])


async def read_call(request: web.Request, route: str) -> Call:
    body, files = await _read_body(request)
    return Call(
        route=route,
        params=dict(request.match_info),
        query=dict(request.query),
        body=body,
        files=files,
        token=request.headers.get("Authorization"),
    )


async def _read_body(request: web.Request):
    if request.content_type == "multipart/form-data":
        return await _read_multipart(request)
    data = await request.read()
    if not data:
        return None, {}
    if request.content_type != "application/json":
        raise errors.invalid_form(f"content type {request.content_type}")
    return json.loads(data), {}


async def _read_multipart(request: web.Request):
    """`payload_json` and `files[n]`; anything else is not Discord's form."""
    body, files = None, {}
    async for part in await request.multipart():
        if part.name == "payload_json":
            body = json.loads(await part.text())
        elif part.name.startswith("files[") and part.name.endswith("]"):
            files[int(part.name[6:-1])] = (part.filename, bytes(await part.read()))
        else:
            raise errors.invalid_form(f"form field {part.name}")
    return body, files
