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

from bot.client import create_bot
from bot.settings import Settings
from tests.demo.sheet import contact_sheet, moving_picture
from tests.demo.transcript import Transcript

MOOD = "a slow morning, warm light, push in gently"
PATIENCE = 100.0  # seconds for one clip, on a slow machine
MOMENT = 0.1  # seconds
OUT = Path("out/demo")


class NoClipError(Exception):
    """Why the demo cannot go on."""


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
    print(f"files in {options.out}: {', '.join(path.name for path in clips)}, sheet.png, moving.webp")
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
    """Alice animates her photograph, Bob rerolls it; return their clips."""
    out.mkdir(parents=True, exist_ok=True)
    for stale in [*out.glob("*.mp4"), *out.glob("*.png")]:
        stale.unlink()
    with tempfile.TemporaryDirectory(prefix="unstill-demo-") as folder:
        bot = create_bot(Settings(data_dir=Path(folder), discord_token=None, redis_url=None, database_url=None))
        async with simcord.run(bot, settle_timeout=30) as env:
            guild = env.create_guild("The Darkroom")
            channel = guild.create_text_channel("stills")
            alice, bob = (guild.add_member(env.create_user(name)) for name in ("alice", "bob"))
            transcript = Transcript(channel, {alice.id: "alice", bob.id: "bob"})

            transcript.says("alice", f"/animate image:{photo[0]} mood:{mood}")
            answer = await alice.slash(channel, "animate", image=photo, mood=mood)
            transcript.whispers("alice", answer)
            if not channel.history():
                raise NoClipError("that picture was refused")
            first = await _clip(env, transcript, 1, out / "01-animate.mp4")

            transcript.says("bob", "presses Reroll")
            transcript.whispers("bob", await bob.click(first, label="Reroll"))
            await _clip(env, transcript, 2, out / "02-reroll.mp4")
            await bot.close()
            return [out / "01-animate.mp4", out / "02-reroll.mp4"]


async def _clip(env: simcord.Env, transcript: Transcript, count: int, path: Path):
    """Wait for the `count`th clip, telling what happens meanwhile, and save it."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        transcript.tell_news()
        clips = transcript.clips()
        if len(clips) >= count:
            path.write_bytes(await clips[count - 1].attachments[0].read())
            return clips[count - 1]
        await asyncio.sleep(MOMENT)
        await env.advance_time(MOMENT)  # the simulated clock stands still by itself
    raise NoClipError(f"no clip after {PATIENCE:.0f} s")


if __name__ == "__main__":
    sys.exit(main())
