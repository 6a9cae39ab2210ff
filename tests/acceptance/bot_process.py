"""The real bot as a process of its own: `python -m tests.acceptance.bot_process PORT AUTHORITY` meets the fake there.

It is `python -m bot` with one door exchanged: the connector leads to the fake on this machine.
"""

import sys
from pathlib import Path

import psutil

import bot.__main__ as command
from bot.client import Unstill, create_bot
from bot.settings import Settings
from tests.acceptance.fake_discord import loopback_connector
from tests.processes import PythonProcess


class BotProcess(PythonProcess):
    """One life of a bot on `data`, and what it logged; without `redis_url` it runs its own Redis and worker."""

    def __init__(self, fake, data: Path, log: Path, redis_url: str = "", **environment: str) -> None:
        ours = {
            "DISCORD_TOKEN": fake.token,
            "REDIS_URL": redis_url,
            "DATABASE_URL": "",
            "UNSTILL_DATA_DIR": str(data),
            "UNSTILL_ENGINE": "bars",
        }
        door = (str(fake.port), str(fake.authority))
        super().__init__("tests.acceptance.bot_process", *door, log=log, environment=ours | environment)


def processes_of(data: Path) -> list[psutil.Process]:
    """The bot on this data folder and all that it started, orphans too: its environment goes down to them."""
    return [process for process in psutil.process_iter() if _data_dir(process) == str(data)]


def _data_dir(process: psutil.Process) -> str | None:
    try:
        return process.environ().get("UNSTILL_DATA_DIR")
    except (psutil.NoSuchProcess, psutil.ZombieProcess, psutil.AccessDenied):
        return None


def main(port: str, authority: str) -> int:
    def create(settings: Settings) -> Unstill:
        made = create_bot(settings, connector=loopback_connector(int(port), Path(authority)))
        made._connection.guild_ready_timeout = 0.2  # discord.py waits 2 s for further guilds; here all come at once
        return made

    command.create_bot = create
    return command.main()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
