"""A sheet that shows what was read in a still: what it is made of, near and far, what may move, light, words."""

from collections.abc import Sequence
from dataclasses import fields
from functools import cache
from math import ceil

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from renderer.arrays import Bytes, Floats
from renderer.scene.motion.matter import Matter
from renderer.sight.reader import Picture

ACROSS = 3  # panels
WIDTH, HEIGHT = 560, 420  # pixels at most that a panel's picture takes
GAP, CAPTION, LINE, INDENT = 24, 34, 22, 66
GROUND, TEXT, FAINT = (30, 31, 34), (219, 222, 225), (148, 152, 160)
SKY, CLOUDS, WATER, PLANTS = (92, 140, 255), (240, 240, 255), (0, 214, 214), (90, 220, 70)
FAR, NEAR = (70, 90, 200), (255, 170, 60)
LAMP, FACE, HORIZON, SUBJECT = (255, 214, 64), (255, 96, 160), (120, 220, 255), (255, 255, 255)
TINT = 0.45  # how much of a place's colour is what it is marked with
GOLDEN = 0.618034  # turns of hue from one kind of matter to the next: all are told apart


def draw_sheet(
    still: Bytes,  # [H, W, 3]
    picture: Picture,
    words: str,
) -> Bytes:  # [h, w, 3]
    """Draw a panel for each thing that was read, six in all, the words below the last of them."""
    shown = _fitted(still)
    panels = [
        ("the still", shown),
        ("what it is made of", _kinds(shown, picture)),
        ("near and far", _depth(shown, picture)),
        ("what may move", _matter(shown, picture.matter)),
        ("light, horizon, faces, subject", _marks(shown, picture)),
    ]
    return _laid_out([*panels, ("in words", _words(shown.shape[:2], words, picture.reading.palette))])


def _fitted(still: Bytes) -> Bytes:
    scale = min(WIDTH / still.shape[1], HEIGHT / still.shape[0])
    size = (max(1, round(still.shape[1] * scale)), max(1, round(still.shape[0] * scale)))
    return np.asarray(cv2.resize(still, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC), np.uint8)


def _kinds(shown: Bytes, picture: Picture) -> Bytes:
    kinds = picture.kinds
    for mask, colour in ((kinds.sky, SKY), (kinds.clouds, CLOUDS), (kinds.water, WATER), (kinds.plants, PLANTS)):
        shown = _tinted(shown, mask, colour)
    return _with_legend(shown, [("sky", SKY), ("clouds", CLOUDS), ("water", WATER), ("plants", PLANTS)])


def _tinted(shown: Bytes, mask: Floats, colour: tuple[int, ...]) -> Bytes:
    """Colour what a mask covers, with a line along where it is half."""
    large = np.asarray(cv2.resize(mask, shown.shape[1::-1], interpolation=cv2.INTER_LINEAR), np.float32)
    share = np.clip(large, 0, 1)[..., None] * np.float32(TINT)
    tinted = np.rint(shown * (1 - share) + np.array(colour, np.float32) * share).astype(np.uint8)
    outline, _ = cv2.findContours((large > 0.5).astype(np.uint8), cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
    return np.asarray(cv2.drawContours(tinted, outline, -1, colour, 1, cv2.LINE_AA), np.uint8)


def _depth(shown: Bytes, picture: Picture) -> Bytes:
    """Colour each layer by how near it is, with a line along its edge, and lay it over those behind."""
    grey = cv2.cvtColor(cv2.cvtColor(shown, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
    offsets = [layer.offset for layer in picture.layers]
    least, most = min(float(each.min()) for each in offsets), max(float(each.max()) for each in offsets)
    out = np.asarray(grey, np.uint8)
    for layer in picture.layers:
        alpha = np.asarray(cv2.resize(layer.colour[..., 3], shown.shape[1::-1], interpolation=cv2.INTER_AREA))
        offset = np.asarray(cv2.resize(layer.offset, shown.shape[1::-1], interpolation=cv2.INTER_LINEAR), np.float32)
        near = ((offset - least) / max(most - least, 1e-6))[..., None]
        colour = np.array(FAR, np.float32) * (1 - near) + np.array(NEAR, np.float32) * near
        share = alpha[..., None]
        out = np.rint(out * (1 - share) + (0.45 * grey + 0.55 * colour) * share).astype(np.uint8)
        outline, _ = cv2.findContours((alpha > 0.5).astype(np.uint8), cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
        out = np.asarray(cv2.drawContours(out, outline, -1, (255, 255, 255), 1, cv2.LINE_AA), np.uint8)
    return _with_legend(out, [("far", FAR), ("near", NEAR)])


def _matter(shown: Bytes, matter: Matter) -> Bytes:
    """Colour each kind of matter in a hue of its own; the legend names those that are there."""
    legend: list[tuple[str, tuple[int, ...]]] = []
    for number, field in enumerate(fields(Matter)):
        mask: Floats = getattr(matter, field.name)
        if field.name == "sky" or float(mask.max()) < 0.1:
            continue  # the sky itself stands: what drifts in it are the clouds
        colour = _hue(number * GOLDEN)
        shown = _tinted(shown, mask, colour)
        legend.append((field.name, colour))
    return _with_legend(shown, legend or [("nothing", FAINT)])


def _hue(turns: float) -> tuple[int, int, int]:
    pixel = np.array([[[round(turns % 1 * 179), 170, 255]]], np.uint8)
    red, green, blue = cv2.cvtColor(pixel, cv2.COLOR_HSV2RGB)[0, 0].tolist()
    return red, green, blue


def _marks(shown: Bytes, picture: Picture) -> Bytes:
    image = Image.fromarray(shown)
    draw = ImageDraw.Draw(image)
    width, height = image.size
    reading = picture.reading
    if reading.horizon is not None:
        draw.line((0, reading.horizon * height, width, reading.horizon * height), HORIZON, 2)
    for lamp in reading.lamps:
        _ring(draw, lamp.x * width, lamp.y * height, max(5.0, lamp.size * width / 2), LAMP)
    if reading.sun:
        _ring(draw, reading.sun[0] * width, reading.sun[1] * height, 14, LAMP)
        _ring(draw, reading.sun[0] * width, reading.sun[1] * height, 18, LAMP)
    for face in picture.faces:
        left, top = face.x * width, face.y * height
        draw.rectangle((left, top, left + face.width * width, top + face.height * height), None, FACE, 2)
    if reading.subject:
        x, y = reading.subject[0] * width, reading.subject[1] * height
        draw.line((x - 9, y, x + 9, y), SUBJECT, 2)
        draw.line((x, y - 9, x, y + 9), SUBJECT, 2)
    return _with_legend(np.asarray(image), [("lights", LAMP), ("horizon", HORIZON), ("faces", FACE)])


def _ring(draw: ImageDraw.ImageDraw, x: float, y: float, radius: float, colour: tuple[int, ...]) -> None:
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), None, colour, 2)


def _with_legend(shown: Bytes, legend: Sequence[tuple[str, tuple[int, ...]]]) -> Bytes:
    """Add a line below that says which colour is which."""
    image = Image.new("RGB", (max(shown.shape[1], 1), shown.shape[0] + LINE), GROUND)
    image.paste(Image.fromarray(shown))
    draw, x = ImageDraw.Draw(image), 0.0
    for name, colour in legend:
        draw.rectangle((x, shown.shape[0] + 8, x + 10, shown.shape[0] + 18), colour)
        draw.text((x + 15, shown.shape[0] + 5), name, TEXT, _font(13))
        x += 28 + _font(13).getlength(name)
    return np.asarray(image)


def _words(shape: tuple[int, ...], words: str, palette: Sequence[str]) -> Bytes:
    """Write what was read, and show the commonest colours."""
    lines = words.splitlines()
    font = _font(15)
    width = max(shape[1], *(INDENT + ceil(font.getlength(line)) for line in lines))
    image = Image.new("RGB", (width, max(shape[0], LINE * len(lines) + 60)), GROUND)
    draw = ImageDraw.Draw(image)
    for row, line in enumerate(lines):
        subject, _, said = line.partition(" ")
        draw.text((0, LINE * row), subject, FAINT, font)
        draw.text((INDENT, LINE * row), said.strip(), TEXT, font)
    for place, colour in enumerate(palette):
        draw.rectangle((52 * place, LINE * len(lines) + 14, 52 * place + 44, LINE * len(lines) + 50), colour)
    return np.asarray(image)


def _laid_out(panels: Sequence[tuple[str, Bytes]]) -> Bytes:
    wide, high = max(panel.shape[1] for _, panel in panels), max(panel.shape[0] for _, panel in panels)
    rows = ceil(len(panels) / ACROSS)
    size = (GAP + ACROSS * (wide + GAP), GAP + rows * (CAPTION + high + GAP))
    sheet = Image.new("RGB", size, GROUND)
    draw = ImageDraw.Draw(sheet)
    for number, (caption, panel) in enumerate(panels):
        left = GAP + number % ACROSS * (wide + GAP)
        top = GAP + number // ACROSS * (CAPTION + high + GAP)
        draw.text((left, top), caption, FAINT, _font(20))
        sheet.paste(Image.fromarray(panel), (left, top + CAPTION))
    return np.asarray(sheet)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    if not isinstance(font, ImageFont.FreeTypeFont):  # Pillow was built without FreeType: then it has one small font
        raise TypeError("Pillow has no FreeType: install its wheel")
    return font
