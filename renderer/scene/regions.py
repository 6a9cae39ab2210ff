"""What the still is made of, as far as it may move: sky, water, plants, and what must be kept."""

from dataclasses import fields

import numpy as np

from renderer.scene.matter import Matter


def no_matter(height: int, width: int) -> Matter:
    """Make out nothing."""
    return Matter(**{field.name: np.zeros((height, width), np.float32) for field in fields(Matter)})
