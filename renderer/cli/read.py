"""`python -m renderer read`: what is read in a still, in words, drawn over it, and as masks; nothing is rendered."""

from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

from renderer.cli.files import check_writable, read_file, write_all
from renderer.cli.refusals import RefusedError
from renderer.cli.sheets.sheet import draw_sheet
from renderer.cli.sheets.words import words_of
from renderer.clips.studio import open_still
from renderer.contract.shot import Beat, Shot
from renderer.engines.engine import Rgb
from renderer.engines.scaling import scale_still
from renderer.settings import Settings
from renderer.sight.reader import Picture, Reader


def read_by_hand(still: Path, sheet: Path | None, masks: Path | None, settings: Settings) -> str:
    """Read a still as a render of it would, write what is asked for, and tell what was read in lines of English.

    Raises `RefusedError` or an `UnstillError`, and writes nothing then.
    """
    check_targets(still, sheet, masks)
    pixels, picture = read(still, settings)
    lines = words_of(picture)
    files = dict[Path, bytes]()
    if sheet:
        files[sheet] = png_of(draw_sheet(pixels, picture, lines))
    if masks:
        files[masks] = npz_of(picture)
    write_all(files)
    return "\n".join(lines)


def check_targets(still: Path, *targets: Path | None) -> None:
    """Refuse before the work what could not be written after it, or would be written over."""
    taken = {still.resolve()}
    for target in targets:
        check_writable(target)
        if target and target.resolve() in taken:
            raise RefusedError(f"cannot write {target}: it is named twice")
        taken |= {target.resolve()} if target else set()


def read(path: Path, settings: Settings) -> tuple[Rgb, Picture]:
    """Read a still at the size that a clip has where nobody asks for another."""
    file = read_file(path)
    whole = open_still(file.png, file.sha256)
    still = scale_still(whole, Shot(still=file.sha256, line=(Beat(mood="", seed=0),)).size)
    return still, Reader(settings.depth_model).read(still, whole=whole)


def png_of(pixels: Rgb) -> bytes:
    """Give a picture as a file's bytes."""
    out = BytesIO()
    Image.fromarray(pixels).save(out, "PNG", compress_level=3)  # more takes twice as long for 2 %
    return out.getvalue()


def npz_of(picture: Picture) -> bytes:
    """Give as a file's bytes where the kinds were seen, and the lights as rows of x, y and radius."""
    kinds, reading, out = picture.kinds, picture.reading, BytesIO()
    lamps = [(lamp.x, lamp.y, lamp.size / 2) for lamp in reading.lamps]
    np.savez_compressed(
        out,
        sky=kinds.sky,
        clouds=kinds.clouds,
        water=kinds.water,
        plants=kinds.plants,
        lamps=np.array(lamps, np.float32).reshape(-1, 3),
        drawing=np.uint8(reading.drawing),
    )
    return out.getvalue()
