"""Small drawn pictures, so that no test needs a file."""

from io import BytesIO

from PIL import Image, ImageDraw

RED, GREEN, BLUE, WHITE = (220, 40, 30), (40, 180, 60), (30, 60, 200), (240, 240, 240)


def quarters(width: int = 320, height: int = 240) -> Image.Image:
    """Four plain quarters: red and green above, blue and white below."""
    image = Image.new("RGB", (width, height), RED)
    draw = ImageDraw.Draw(image)
    draw.rectangle((width // 2, 0, width, height // 2 - 1), GREEN)
    draw.rectangle((0, height // 2, width // 2 - 1, height), BLUE)
    draw.rectangle((width // 2, height // 2, width, height), WHITE)
    return image


def encoded(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    """The picture as a file's bytes."""
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def hills(width: int = 640, height: int = 427, seed: int = 1) -> Image.Image:
    """Something like a landscape: soft large shapes, another for each seed."""
    rough = Image.effect_noise((9, 6), 120)
    rough.putdata([(index * 7919 * seed + index * index * 104729) % 256 for index in range(54)])
    return rough.resize((width, height), Image.Resampling.BICUBIC).convert("RGB")


def noise(width: int, height: int) -> Image.Image:
    """What no encoder can make small."""
    return Image.effect_noise((width, height), 90).convert("RGB")
