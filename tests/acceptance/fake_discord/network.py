"""The bot's only way out: Discord's names lead to the fake on this machine, every other name is an error."""

import errno
import socket
import ssl
from pathlib import Path

import aiohttp
from aiohttp.abc import AbstractResolver

HOSTS = frozenset(
    {
        "discord.com",
        "gateway.discord.gg",
        "gateway-us-east1-b.discord.gg",  # where READY sends resumes
        "cdn.discordapp.com",
        "media.discordapp.net",
    }
)


class LoopbackResolver(AbstractResolver):
    def __init__(self, port: int) -> None:
        self._port = port

    async def resolve(self, host, port=0, family=socket.AF_INET):
        if host not in HOSTS:
            raise OSError(errno.EHOSTUNREACH, f"the bot asked for {host}, which is not Discord")
        return [
            {
                "hostname": host,
                "host": "127.0.0.1",
                "port": self._port,
                "family": socket.AF_INET,
                "proto": 0,
                "flags": socket.AI_NUMERICHOST,
            }
        ]

    async def close(self) -> None:
        """Nothing is held."""


def loopback_connector(port: int, authority: Path) -> aiohttp.TCPConnector:
    """What `discord.Client(connector=…)` takes; also for a bot in a process of its own."""
    context = ssl.create_default_context(cafile=authority)
    return aiohttp.TCPConnector(resolver=LoopbackResolver(port), ssl=context, limit=0)
