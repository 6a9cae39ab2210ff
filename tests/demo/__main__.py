"""`python -m tests.demo [--still PHOTO] [--mood WORDS] [--out FOLDER]`."""

import argparse
import asyncio
import logging
import sys
import tempfile
import time
from importlib.resources import files
from pathlib import Path

import simcord

import tests.offline  # noqa: F401  attachments stand where Discord keeps them
from bot.client import create_bot
from bot.settings import Settings
from tests.demo.conversation import Conversation, NoClipError
from tests.demo.sheet import contact_sheet, moving_picture
from tests.demo.transcript import Transcript

MOOD = "a slow morning, warm light, push in gently"
OUT = Path("out/demo")


def main() -> int:
    options = _options()
    logging.basicConfig(level=logging.WARNING)
    began = time.monotonic()
    try:
        clips = asyncio.run(_converse(_photo(options.still), options.mood, options.out))
    except (OSError, NoClipError) as error:
        print(f"demo: {error}", file=sys.stderr)
        return 1
    contact_sheet(clips, options.out / "sheet.png")
    moving_picture(clips[0], options.out / "moving.webp")
    print(f"files in {options.out}: {', '.join(path.name for path in clips)}, story.png, sheet.png, moving.webp")
    print(f"demo: {len(clips)} clips, {time.monotonic() - began:.0f} s")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.demo", description=__doc__)
    parser.add_argument("--still", type=Path, help="your own photograph")
    parser.add_argument("--mood", default=MOOD, help="any words")
    parser.add_argument("--out", type=Path, default=OUT)
    return parser.parse_args()


def _photo(path: Path | None) -> tuple[str, bytes]:
    if path is not None:
        return path.name, path.read_bytes()
    photo = files("skimage") / "data" / "coffee.png"  # Pikolo Espresso Bar, by Rachel Michetti; public domain
    return photo.name, photo.read_bytes()


async def _converse(photo: tuple[str, bytes], mood: str, out: Path) -> list[Path]:
    """Have the conversation; return its clips."""
    out.mkdir(parents=True, exist_ok=True)
    for stale in [*out.glob("*.mp4"), *out.glob("*.png")]:
        stale.unlink()
    with tempfile.TemporaryDirectory(prefix="unstill-demo-") as folder:
        bot = create_bot(Settings(data_dir=Path(folder), discord_token=None, redis_url=None, database_url=None))
        async with simcord.run(bot, settle_timeout=30) as env:
            conversation = Conversation(env, out, Transcript)
            try:
                await conversation.play(photo, mood)
            finally:
                await bot.close()
            return conversation.files


if __name__ == "__main__":
    sys.exit(main())
