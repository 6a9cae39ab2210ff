"""The sun in the sky."""

import numpy as np
import pytest

from renderer.scene.reading.lights.sun import find_sun
from tests.renderer.scenery import landscape


def test_the_sun_is_found_by_its_glow():
    still = np.full((200, 300, 3), (60, 50, 40), np.float32)
    y, x = np.mgrid[:120, :300]
    away = np.hypot(x - 90, y - 70)
    still[:120] = np.array([120, 140, 180]) + np.exp(-np.maximum(away - 8, 0) / 50)[..., None] * 140
    sky = np.zeros((200, 300), np.bool_)
    sky[:120] = True
    sun = find_sun(np.clip(still, 0, 255).astype(np.uint8), sky)
    assert sun == pytest.approx((0.3, 0.35), abs=0.02)
    assert find_sun(landscape(200, 300), sky) is None
