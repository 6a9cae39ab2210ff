"""Pictures are fetched on the wire from Discord's hosts: whole, in time, as many bytes as were announced, or not."""

import asyncio
import gzip
from types import SimpleNamespace

import aiohttp
import pytest
from aiohttp import web

from bot.errors import RefusedError
from bot.posts.attachments import LIMIT, Attachments
from bot.rules.pictures import Picture
from renderer.contract.errors import TooManyBytesError
from tests.acceptance.fake_discord.network import loopback_connector

OVER = web.AppKey("over", asyncio.Event)  # the test
DATA = bytes(range(256)) * 1000


async def whole(_request):
    return web.Response(body=DATA)


async def without_length(request):
    """Chunked: how much comes is not said before."""
    response = web.StreamResponse()
    await response.prepare(request)
    await response.write(DATA)
    return response


async def endless(request):
    """More than any picture may have, for as long as somebody reads."""
    response = web.StreamResponse()
    await response.prepare(request)
    while True:
        await response.write(bytes(2**20))
        await asyncio.sleep(0)  # a write to who has left waits for nothing


async def cut(request):
    response = web.StreamResponse(headers={"Content-Length": str(len(DATA))})
    await response.prepare(request)
    await response.write(DATA[:1000])
    request.transport.close()
    return response


async def slow(request):
    """Something comes all the time, and never all."""
    response = web.StreamResponse(headers={"Content-Length": str(len(DATA))})
    await response.prepare(request)
    while True:
        await response.write(b"a")
        await asyncio.sleep(0.05)


async def silent(request):
    await request.app[OVER].wait()
    return web.Response()


async def elsewhere(request):
    """To another host, or to Discord's own once more."""
    raise web.HTTPFound(request.query.get("to", "https://cdn.discordapp.com/whole"))


async def expired(_request):
    return web.Response(status=404, body=DATA)


async def broken(_request):
    return web.Response(status=503, body=DATA)


async def packed(_request):
    """Bytes that would become very many more."""
    return web.Response(body=gzip.compress(bytes(LIMIT)), headers={"Content-Encoding": "gzip"})


HANDLERS = (whole, without_length, endless, cut, slow, silent, elsewhere, expired, broken, packed)


@pytest.fixture
async def asked(certificates):
    """Discord's CDN on this machine, which counts how often it is asked; a connection to it."""
    asked = SimpleNamespace(paths=[])

    @web.middleware
    async def count(request, handler):
        asked.paths.append(request.path)
        return await handler(request)

    app = web.Application(middlewares=[count])
    app[OVER] = asyncio.Event()
    for handler in HANDLERS:
        app.router.add_get(f"/{handler.__name__}", handler)
    runner = web.AppRunner(app, shutdown_timeout=0, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=certificates.for_server()).start()
    asked.connector = loopback_connector(runner.addresses[0][1], certificates.authority)
    yield asked
    app[OVER].set()
    await asked.connector.close()
    await runner.cleanup()


def fetch(asked, path, *, seconds=20.0, **told):
    client = SimpleNamespace(http=SimpleNamespace(connector=asked.connector))
    return Attachments(client, seconds).fetch(Picture(url=f"https://cdn.discordapp.com/{path}", **told))


@pytest.mark.parametrize("path", ["whole", "without_length"])
@pytest.mark.parametrize("size", [len(DATA), None])
async def test_a_picture_comes_whole(asked, path, size):
    assert await fetch(asked, path, size=size) == DATA
    assert not asked.connector.closed  # it is the client's


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("cut", {"size": len(DATA)}),
        ("cut", {}),
        ("slow", {"seconds": 0.3}),
        ("silent", {"seconds": 0.3}),
        ("whole", {"size": len(DATA) - 1}),  # more than was announced
        ("without_length", {"size": len(DATA) - 1}),
        ("endless", {"size": LIMIT}),
        ("elsewhere", {}),
        ("elsewhere?to=http://169.254.169.254/latest/meta-data", {}),
        ("expired", {}),
        ("broken", {}),
    ],
)
async def test_what_cannot_be_had_whole_and_in_time_is_refused_and_not_asked_for_again(asked, path, told):
    with pytest.raises(RefusedError, match="cannot_fetch"):
        await fetch(asked, path, **told)
    assert len(asked.paths) == 1


async def test_what_was_not_announced_and_has_no_end_is_too_large(asked):
    with pytest.raises(TooManyBytesError):
        await fetch(asked, "endless")


async def test_nothing_is_unpacked_on_the_way(asked):
    assert len(await fetch(asked, "packed")) < LIMIT / 100


async def test_where_nobody_answers_it_cannot_be_fetched(certificates):
    gone = SimpleNamespace(connector=loopback_connector(1, certificates.authority))
    with pytest.raises(RefusedError, match="cannot_fetch"):
        await fetch(gone, "whole")
    await gone.connector.close()


async def test_a_client_that_was_closed_fetches_nothing(certificates):
    closed = SimpleNamespace(connector=aiohttp.TCPConnector())
    await closed.connector.close()
    with pytest.raises(RefusedError, match="cannot_fetch"):
        await fetch(closed, "whole")
