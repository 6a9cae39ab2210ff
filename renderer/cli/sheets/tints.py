"""Colours, and masks laid over a picture in them: as a tint, hatched, with an outline."""

from collections.abc import Sequence
from colorsys import hls_to_rgb
from dataclasses import fields

import cv2
import numpy as np

from renderer.arrays import Bytes, Floats, Mask
from renderer.scene.motion.matter import Matter

Colour = tuple[int, int, int]  # RGB
OF_KINDS: dict[str, Colour] = {
    "sky": (74, 132, 255),
    "clouds": (255, 255, 255),
    "water": (0, 214, 196),
    "plants": (126, 214, 60),
    "stems": (216, 255, 120),
}
FAR, BETWEEN, NEAR = (52, 92, 178), (196, 186, 196), (255, 148, 56)
HUES = (-0.2, 0.18)  # from violet over red to yellow: what the kinds leave free
TINT = 0.55  # how much of the colour is laid on
FAINT = 0.08  # what is less has no body
HATCH = 12  # pixels from one line of a hatch to the next
RIM = 4  # pixels beyond the picture's sides, to which masks go on: sides are no edges
LEAST_PIECE = 12  # pixels of an outline: shorter ones are specks


def colour_of(field: str) -> Colour:
    """Give what may move its colour: of a kind its own; the others share the warm hues by their place in `Matter`."""
    if field in OF_KINDS:
        return OF_KINDS[field]
    others = [each.name for each in fields(Matter) if each.name not in OF_KINDS]
    place = others.index(field)
    hue = HUES[0] + (HUES[1] - HUES[0]) * place / max(1, len(others) - 1)
    red, green, blue = hls_to_rgb(hue % 1, (0.62, 0.78, 0.5)[place % 3], 0.95)  # neighbours differ in light as well
    return round(255 * red), round(255 * green), round(255 * blue)


def colour_of_depth(nearness: float) -> Colour:
    """Give the colour of a depth, 0 = the farthest, 1 = the nearest."""
    red, green, blue = depth_colours(np.full((1, 1), nearness, np.float32))[0, 0]
    return int(red), int(green), int(blue)


def depth_colours(
    nearness: Floats,  # [h, w], 0 to 1
) -> Bytes:  # [h, w, 3]
    """Colour near and far: the far is cool, the near warm."""
    stops = np.array([FAR, BETWEEN, NEAR], np.float32)
    channels = [np.interp(nearness, (0, 0.5, 1), stops[:, channel]) for channel in range(3)]
    return np.stack(channels, axis=-1).round().astype(np.uint8)


def faded(picture: Bytes) -> Bytes:  # [h, w, 3]
    """Take most of the colour out of a picture, some of its light, and its black, so that tints stand out."""
    grey = cv2.cvtColor(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
    return np.asarray(cv2.addWeighted(picture, 0.2, grey, 0.55, 26), np.uint8)


def sized(
    mask: Floats,  # [n, m], 0 to 1
    picture: Bytes,  # [h, w, 3]
) -> Floats:  # [h, w], 0 to 1
    """Bring a mask to the size of a picture."""
    height, width = picture.shape[:2]
    return np.clip(cv2.resize(mask, (width, height), interpolation=cv2.INTER_LINEAR), 0, 1).astype(np.float32)


def tinted(
    picture: Bytes,  # [h, w, 3]
    mask: Floats,  # [h, w], 0 to 1
    colour: Colour,
) -> Bytes:
    """Lay a colour on where a mask is, and draw the mask's edge."""
    return outlined(_blended(picture, TINT * mask, colour), body_of(mask), colour)


def hatched(
    picture: Bytes,  # [h, w, 3]
    mask: Floats,  # [h, w], 0 to 1
    colour: Colour,
) -> Bytes:
    """Hatch where a mask is, so that what lies beneath shows, and draw the mask's edge."""
    rows, columns = np.indices(mask.shape)
    away = np.abs((rows + columns) % HATCH - HATCH / 2)  # pixels along a row from a line's middle
    line = np.clip(2.5 - away, 0, 1).astype(np.float32)
    return outlined(_blended(picture, TINT * mask * line, colour), body_of(mask), colour)


def body_of(
    mask: Floats,  # [h, w], 0 to 1
) -> Mask:
    """Say where a mask is, for its edge: a weak one has a body as well."""
    return mask > max(FAINT, 0.5 * float(mask.max()))


def outlined(picture: Bytes, mask: Mask, colour: Colour) -> Bytes:
    """Draw a mask's edge, thin and with a dark rim."""
    beyond = cv2.copyMakeBorder(mask.astype(np.uint8), RIM, RIM, RIM, RIM, cv2.BORDER_REPLICATE)
    found: Sequence[object] = cv2.findContours(beyond, cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE, offset=(-RIM, -RIM))[0]
    edges = [np.asarray(edge, np.int32) for edge in found]
    edges = [edge for edge in edges if len(edge) >= LEAST_PIECE]
    drawn = np.ascontiguousarray(picture).copy()
    cv2.drawContours(drawn, edges, -1, [channel // 4 for channel in colour], 3, cv2.LINE_AA)
    cv2.drawContours(drawn, edges, -1, colour, 1, cv2.LINE_AA)
    return drawn


def _blended(picture: Bytes, share: Floats, colour: Colour) -> Bytes:
    weight = share[..., None]
    return (picture * (1 - weight) + weight * np.array(colour, np.float32)).round().astype(np.uint8)
