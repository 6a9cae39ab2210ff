"""`python -m renderer read`: what was read in a still, in words, on a sheet, and as masks."""

from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

from renderer.cli.files import check_writable, read_file, write_whole
from renderer.cli.sheet import draw_sheet
from renderer.clips.studio import open_still
from renderer.contract.direction import Reading
from renderer.engines.scaling import scale_still
from renderer.settings import Settings
from renderer.sight.reader import Picture, Reader

SIZE = 720  # short side of most clips


def read_by_hand(still_path: Path, sheet: Path | None, masks: Path | None, settings: Settings) -> str:
    """Read a still as a render does; write what was asked for, and say what was read, a line a subject.

    Raises `RefusedError` where a file cannot be read or written, and an `UnstillError` where it is no picture.
    """
    for path in (sheet, masks):
        check_writable(path)
    still = read_file(still_path)
    pixels = open_still(still.png, still.sha256)
    shown = scale_still(pixels, SIZE)
    picture = Reader(settings.depth_model).read(shown, whole=pixels)
    said = in_words(picture.reading)
    if masks:
        write_whole(masks, as_npz(picture))
    if sheet:
        out = BytesIO()
        Image.fromarray(draw_sheet(shown, picture, said)).save(out, "PNG")
        write_whole(sheet, out.getvalue())
    return said


def as_npz(picture: Picture) -> bytes:
    """Give the kinds [h, w] in 0 to 1, the lamps [n, 3] as x, y and radius in shares of the picture, and `drawing`."""
    out = BytesIO()
    lamps = [(lamp.x, lamp.y, lamp.size / 2) for lamp in picture.reading.lamps]
    np.savez_compressed(
        out,
        allow_pickle=False,
        sky=picture.kinds.sky,
        clouds=picture.kinds.clouds,
        water=picture.kinds.water,
        plants=picture.kinds.plants,
        lamps=np.array(lamps, np.float32).reshape(-1, 3),
        drawing=np.array(int(picture.reading.drawing)),
    )
    return out.getvalue()


def in_words(reading: Reading) -> str:
    """Say what was read, a line a subject."""
    lines = {
        "shows": ", ".join(reading.shows) or ("a drawing" if reading.drawing else "nothing that can be named surely"),
        "kinds": _kinds(reading),
        "depth": f"{reading.layers} layers by {reading.depth}, sure {reading.confidence:.2f}{_horizon(reading)}",
        "light": _light(reading),
        "people": f"{reading.faces} faces" if reading.faces else "none",
    }
    return "\n".join(f"{subject:<7} {said}" for subject, said in lines.items())


def _kinds(reading: Reading) -> str:
    shares = {"sky": reading.sky, "water": reading.water, "plants": reading.plants, "lettering": reading.lettering}
    there = [f"{kind} {share:.0%}" for kind, share in shares.items() if share >= 0.005]
    return ", ".join(there) or "no sky, water, plants or lettering"


def _horizon(reading: Reading) -> str:
    return "" if reading.horizon is None else f", horizon at {reading.horizon:.2f} of the height"


def _light(reading: Reading) -> str:
    side = f"from {reading.light_from}" if reading.light_from else "from no side"
    sun = ", the sun in view" if reading.sun else ""
    return f"brightness {reading.brightness:.2f}, warmth {reading.warmth:+.2f}, {side}{sun}, {len(reading.lamps)} lamps"
