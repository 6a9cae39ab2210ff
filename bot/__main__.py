"""`python -m bot`: go online and stay there until SIGINT or SIGTERM; or `backup` and `restore` the record and media."""

import asyncio
import logging
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import discord
from pydantic import ValidationError

from bot.client import create_bot
from bot.media.signing import SigningError
from bot.record.errors import RecordError
from bot.running.backup import BackupError, back_up, restore
from bot.running.deadline import Deadline
from bot.running.embedded import EmbeddedError
from bot.running.permissions import keep_to_oneself
from bot.settings import Settings
from renderer.contract.logs import set_up

log = logging.getLogger(__name__)

HOW_TO_GO_ONLINE = (
    "DISCORD_TOKEN is not set. Make an application with a bot at https://discord.com/developers/applications, "
    "copy the bot's token, and start again with DISCORD_TOKEN=… in the environment or in a file named .env."
)


def main(words: Sequence[str] = ()) -> int:
    keep_to_oneself()
    try:
        settings = Settings()
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        return _refuse(f"{first['loc'][0]}: {first['msg']}.")
    match [*words]:
        case []:
            return _go_online(settings)
        case ["backup" | "restore" as deed, file]:
            return _back_up_or_restore(settings, deed, Path(file))
        case _:
            return _refuse("Usage: python -m bot [backup FILE | restore FILE]")


def _back_up_or_restore(settings: Settings, deed: str, file: Path) -> int:
    _begin_logging(settings)
    do = back_up if deed == "backup" else restore
    try:
        count = asyncio.run(do(settings.database, settings.data_dir, file))
    except BackupError as error:
        return _refuse(str(error))
    print(f"{deed}: {count} takes")
    return 0


def _go_online(settings: Settings) -> int:
    if settings.discord_token is None:
        return _refuse(HOW_TO_GO_ONLINE)
    _begin_logging(settings)
    deadline = Deadline()
    try:
        asyncio.run(_run(settings, settings.discord_token.get_secret_value(), deadline))
    except discord.LoginFailure:
        return _refuse("Discord does not accept this DISCORD_TOKEN. Copy it once more from the developer portal.")
    except (EmbeddedError, SigningError) as error:
        return _refuse(str(error))
    except (RecordError, OSError) as error:
        log.debug("the way there", exc_info=True)
        print(f"Going offline: {error}", file=sys.stderr)
        return 1
    finally:
        deadline.lift()
    return 0


def _begin_logging(settings: Settings) -> None:
    set_up(settings.log, settings.log_style)
    logging.getLogger("alembic").setLevel(logging.WARNING)


async def _run(settings: Settings, token: str, deadline: Deadline) -> None:
    bot = create_bot(settings)
    loop = asyncio.get_running_loop()
    running = asyncio.ensure_future(bot.start(token))

    def stop() -> None:
        deadline.set()
        running.cancel()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)
    try:
        await running
    except asyncio.CancelledError:
        log.info("going offline")
    finally:
        deadline.set()  # also where it ends by itself
        await bot.close()


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
