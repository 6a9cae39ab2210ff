"""A contact sheet: a few frames of each clip, to see at a glance what moved."""

import av
from PIL import Image

FRAMES = 6
CELL = 320  # pixels, the width of one frame
GAP = 6


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


def _frames(clip):
    with av.open(str(clip)) as container:
        frames = [frame.to_image() for frame in container.decode(video=0)]
    chosen = [frames[round(n * (len(frames) - 1) / (FRAMES - 1))] for n in range(FRAMES)]
    return [frame.resize((CELL, round(frame.height * CELL / frame.width))) for frame in chosen]
