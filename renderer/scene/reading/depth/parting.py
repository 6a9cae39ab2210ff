"""Whether a cut parts what is near from what is far: a soft map of nearness is asked on both sides of it.

Colours change at a balcony, a stripe or a shadow as they do at a ridge. Cut there, a temple tears from its own foot.
"""

import cv2
import numpy as np

from renderer.arrays import Floats, Mask, grown, shrunk
from renderer.scene.reading.masks import brought_to

REACH = 1 / 11  # of the height: so far to either side the map is asked
RIM = 3  # pixels along the cut that are not asked: the map is coarse
LEAST = 0.1  # by how much nearer the near side is, in the middle of all places along the cut
SLIGHT = 0.05  # a place where it is less than this much nearer speaks against the cut
AGAINST = 0.25  # of the places: more, and it is none


def parts(
    near: Mask,  # [h, w]
    far: Mask,  # [h, w]
    nearness: Floats,  # [n, m] 0 = far, 1 = near
    least: float = LEAST,
    against: float = AGAINST,
) -> bool:
    """Tell whether one side of a cut lies before the other, along nearly all of where they meet."""
    seen, reach = brought_to(nearness, near.shape), round(REACH * len(near))
    (on_near, has_near), (on_far, has_far) = (_beside(side, seen, reach) for side in (near, far))
    border = grown(near, 1) & grown(far, 1) & has_near & has_far
    if not border.any():
        return False
    nearer = (on_near - on_far)[border]
    return bool(np.median(nearer) > least and (nearer < SLIGHT).mean() < against)


def _beside(side: Mask, seen: Floats, reach: int) -> tuple[Floats, Mask]:
    """Give what the map says nearby on one side, and where there is anything of it."""
    inner = shrunk(side, RIM).astype(np.float32)
    size = (2 * reach + 1, 2 * reach + 1)
    weight = np.asarray(cv2.blur(inner, size), np.float32)
    mean = np.asarray(cv2.blur(inner * seen, size), np.float32) / np.maximum(weight, np.float32(1e-4))
    return mean.astype(np.float32), weight > 0.02
