"""What conversations on the wire have in common: a still, and ways to find what the bot said."""

import io

import av
import numpy as np
from PIL import Image

from tests.acceptance.fake_discord import Upload


def picture() -> bytes:
    """A photograph's share of detail, so that its clip has some weight."""
    coarse = np.random.default_rng(7).integers(0, 255, (60, 80, 3), dtype=np.uint8)
    out = io.BytesIO()
    Image.fromarray(coarse).resize((640, 480), Image.Resampling.BICUBIC).save(out, "PNG")
    return out.getvalue()


STILL = Upload("still.png", picture())


def is_clip(call) -> bool:
    return any(name.endswith(".mp4") for name, _ in call.files.values())


def is_opener(call) -> bool:
    return any(name.startswith("still-") for name, _ in call.files.values())


def is_status(call) -> bool:
    return "<t:" in (call.body.get("content") or "")


def clips(fake, place):
    """The messages in a place that carry a clip."""
    return [said for said in fake.messages(place) if any(file.filename.endswith(".mp4") for file in said.attachments)]


async def animate(fake, member, place, **options):
    asked = await member.slash(place, "animate", image=STILL, **{"seconds": 2.0, "size": 480} | options)
    await asked.reply()
    return asked


async def thread_of(fake, channel):
    return await fake.until(lambda: next((said.thread for said in fake.messages(channel) if said.thread), None))


async def nth_clip(fake, place, number):
    """The clip that arrives as the `number`-th, once its status line has gone."""
    return (await fake.until(lambda: len(found := clips(fake, place)) >= number and found, seconds=60))[number - 1]


async def quiet(fake, place):
    """Wait until no status line stands in a place any more."""
    await fake.until(lambda: not [said for said in fake.messages(place) if "Cancel" in labels(said)])


def labels(said):
    return [button["label"] for button in said.buttons]


def probe(clip: bytes):
    with av.open(io.BytesIO(clip)) as container:
        stream = container.streams.video[0]
        frames = sum(1 for _ in container.decode(stream))
        return stream.codec_context, stream.average_rate, frames
