"""Drawings of every kind are told from photographs of every kind, as members send both."""

from pathlib import Path

import cv2
import numpy as np
import pytest
import skimage.data
from PIL import Image, ImageDraw
from sklearn.datasets import load_sample_image

from renderer.scene.reading.drawing import shows_drawing

PHOTOGRAPHS = Path(skimage.data.__file__).parent
WIDTH, HEIGHT = 600, 480


def sheet(colour="white", width=WIDTH, height=HEIGHT):
    image = Image.new("RGB", (width, height), colour)
    return image, ImageDraw.Draw(image)


def comic():
    image, draw = sheet()
    for panel in range(4):
        left, top = 20 + 290 * (panel % 2), 20 + 230 * (panel // 2)
        draw.rectangle(
            (left, top, left + 270, top + 210), fill=((255, 235, 200), "white")[panel % 2], outline=0, width=5
        )
        draw.ellipse((left + 70, top + 50, left + 180, top + 170), outline=0, width=3)
        draw.text((left + 20, top + 10), "OH NO!", fill=0, font_size=30)
    return image


def house():
    image, draw = sheet()
    draw.rectangle((180, 240, 420, 408), outline=0, width=4)
    draw.line((162, 240, 300, 120, 438, 240), fill=0, width=4)
    draw.line((0, 408, WIDTH, 408), fill=0, width=4)
    return image


def table(ink="black", paper="white"):
    image, draw = sheet(paper)
    for row in range(9):
        draw.line((30, 30 + row * 50, 570, 30 + row * 50), fill=ink, width=3)
        draw.line((30 + row * 67, 30, 30 + row * 67, 430), fill=ink, width=3)
    return image


def page(ink=(20, 20, 20), paper="white"):
    image, draw = sheet(paper, 720, 1000)
    for line in range(28):
        draw.text((60, 60 + 32 * line), "seven wizards quietly box a lazy fox"[line % 7 :], fill=ink, font_size=24)
    return image


def chart():
    image, draw = sheet()
    draw.line((50, 30, 50, 430, 570, 430), fill="black", width=3)
    for bar in range(7):
        colour = ((31, 119, 180), (255, 127, 14), (44, 160, 44))[bar % 3]
        draw.rectangle((80 + 70 * bar, 400 - 47 * (bar * 3 % 7), 120 + 70 * bar, 428), fill=colour)
        draw.text((85 + 70 * bar, 440), f"{bar}.5", fill="black", font_size=18)
    return image


def manga():
    image, draw = sheet()
    for y in range(20, 460, 6):
        for x in range(20 + y % 12 // 2, 290, 6):
            draw.ellipse((x, y, x + 3, y + 3), fill="black")
    for panel in (20, 310):
        draw.rectangle((panel, 20, panel + 270, 460), outline="black", width=6)
        draw.ellipse((panel + 60, 120, panel + 210, 300), fill="white", outline="black", width=5)
        draw.polygon((panel + 40, 455, panel + 130, 320, panel + 230, 455), fill="black")
    return image


def town_map():
    image, draw = sheet((242, 239, 233))
    draw.polygon((0, 330, 250, 380, 600, 300, 600, 480, 0, 480), fill=(150, 200, 220))
    for road in range(8):
        draw.line((80 * road, 0, 600 - 60 * road, 480), fill=(120, 110, 100), width=9)
        draw.line((80 * road, 0, 600 - 60 * road, 480), fill="white", width=6)
        draw.text((20 + 60 * road, 30 + 30 * road), "Mill Lane", fill=(60, 60, 60), font_size=16)
    return image


def sprite(times):
    """Pixel art, each pixel so many wide."""
    drawn = np.random.default_rng(3).integers(0, 6, (64, 32))
    colours = np.array(
        [(34, 32, 52), (34, 32, 52), (200, 60, 60), (240, 220, 160), (80, 160, 90), (60, 90, 180)], np.uint8
    )
    whole = colours[np.concatenate([drawn, drawn[:, ::-1]], axis=1)]
    return Image.fromarray(np.kron(whole, np.ones((times, times, 1), np.uint8)))


def code():
    modules = np.random.default_rng(1).integers(0, 2, (29, 29), np.uint8) * 255
    return Image.fromarray(np.kron(np.pad(modules, 4, constant_values=255), np.ones((14, 14), np.uint8))).convert("RGB")


DRAWINGS = {
    "a comic": comic(),
    "a child's house": house(),
    "a table": table(),
    "a blueprint": table("white", (20, 60, 140)),
    "a page": page(),
    "a page in the dark": page((220, 221, 222), (24, 25, 28)),
    "a chart": chart(),
    "manga": manga(),
    "a map": town_map(),
    "pixel art": sprite(1),
    "large pixel art": sprite(9),
    "a code": code(),
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_is_told(name):
    assert shows_drawing(np.asarray(DRAWINGS[name]))


@pytest.mark.parametrize("name", sorted(set(DRAWINGS) - {"pixel art", "large pixel art"}))
def test_a_drawing_is_told_when_it_was_scanned_and_compressed(name):
    still = np.asarray(DRAWINGS[name])
    scanned = np.clip(still + np.random.default_rng(1).normal(0, 2.5, still.shape), 0, 255).astype(np.uint8)
    assert shows_drawing(compressed(scanned, 80))
    assert shows_drawing(compressed(still, 75))


def test_a_photographed_page_is_told_by_its_lettering():
    assert shows_drawing(photograph("page.png"))


PICTURES = [
    "astronaut.png", "brick.png", "camera.png", "chelsea.png", "coffee.png", "coins.png", "grass.png", "gravel.png",
    "hubble_deep_field.jpg", "microaneurysms.png", "moon.png", "motorcycle_left.png", "retina.jpg", "rocket.jpg",
    "china.jpg", "flower.jpg",
]  # fmt: skip


@pytest.mark.parametrize("name", PICTURES)
def test_a_photograph_is_no_drawing(name):
    still = photograph(name)
    grey = np.repeat(cv2.cvtColor(still, cv2.COLOR_RGB2GRAY)[..., None], 3, axis=2)
    assert not shows_drawing(still)
    assert not shows_drawing(grey)


@pytest.mark.parametrize(
    "name", ["astronaut.png", "chelsea.png", "coffee.png", "rocket.jpg", "china.jpg", "flower.jpg"]
)
def test_bright_faint_dark_cut_out_and_compressed_photographs_are_no_drawings(name):
    still = photograph(name).astype(np.float32)
    height, width = still.shape[:2]
    x, y = np.linspace(-1, 1, width)[None], np.linspace(-1, 1, height)[:, None]
    thing = np.clip(8 - 12 * np.hypot(x, y), 0, 1)[..., None]
    seen = {
        "compressed": compressed(photograph(name), 30),
        "snow": 0.55 * still + 140,
        "fog": 0.25 * still + 180,
        "night": 255 * (still / 255) ** 3,
        "a packshot": still * thing + 255 * (1 - thing),
        "out of the dark": still * thing,
    }
    assert [what for what, pixels in seen.items() if shows_drawing(np.clip(pixels, 0, 255).astype(np.uint8))] == []


def test_what_has_no_edge_is_no_drawing():
    assert not shows_drawing(np.full((120, 160, 3), 255, np.uint8))
    ramp = np.linspace(40, 220, 160).astype(np.uint8)
    assert not shows_drawing(np.broadcast_to(ramp[None, :, None], (120, 160, 3)).copy())


def photograph(name):
    if not (PHOTOGRAPHS / name).exists():
        return load_sample_image(name)
    return np.asarray(Image.open(PHOTOGRAPHS / name).convert("RGB"))


def compressed(still, quality):
    return cv2.imdecode(cv2.imencode(".jpg", still[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])[1], 1)[
        ..., ::-1
    ].copy()
