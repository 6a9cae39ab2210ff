"""What a canonical still shows."""

from io import BytesIO

import numpy as np
from PIL import Image

from renderer.programs.canonical import canonical
from tests.pictures import BLUE, GREEN, RED, WHITE

QUARTERS = [RED, GREEN, BLUE, WHITE]


def shown(data):
    """The colour in the middle of each quarter of a file's still: above left and right, below left and right."""
    image = Image.open(BytesIO(canonical(data).png))
    width, height = image.size
    return [image.getpixel((x * width // 4, y * height // 4)) for y in (1, 3) for x in (1, 3)]


def assert_near(found, wanted, tolerance):
    assert np.abs(np.subtract(found, wanted)).max() <= tolerance, (found, wanted)
