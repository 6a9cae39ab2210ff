"""What to look at: a contact sheet with a few frames of each clip, and a clip as a small moving picture."""

import av
from PIL import Image

from renderer.contract.shot import FPS

FRAMES = 6
CELL = 320  # pixels, the width of one frame
GAP = 6
MOVING = 480  # pixels, the width of the moving picture
EVERY = 2  # of its frames, one is kept


def contact_sheet(clips, path):
    """Write one row of frames per clip to `path`."""
    rows = [_frames(clip) for clip in clips]
    heights = [max(frame.height for frame in row) for row in rows]
    sheet = Image.new("RGB", (FRAMES * (CELL + GAP) + GAP, sum(heights) + GAP * (len(rows) + 1)), "#1e1f22")
    top = GAP
    for row, height in zip(rows, heights, strict=True):
        for column, frame in enumerate(row):
            sheet.paste(frame, (GAP + column * (CELL + GAP), top))
        top += height + GAP
    sheet.save(path)


def moving_picture(clip, path):
    """Write a clip as an animated WebP, small enough for a README."""
    frames = [_scaled(frame, MOVING) for frame in _decoded(clip)[::EVERY]]
    frames[0].save(
        path, save_all=True, append_images=frames[1:], duration=round(1000 * EVERY / FPS), loop=0, quality=60
    )


def _frames(clip):
    frames = _decoded(clip)
    chosen = [frames[round(n * (len(frames) - 1) / (FRAMES - 1))] for n in range(FRAMES)]
    return [_scaled(frame, CELL) for frame in chosen]


def _decoded(clip):
    with av.open(str(clip)) as container:
        return [frame.to_image() for frame in container.decode(video=0)]


def _scaled(frame, width):
    return frame.resize((width, round(frame.height * width / frame.width)))
