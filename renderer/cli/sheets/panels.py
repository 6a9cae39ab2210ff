"""The panels of a sheet: a still, and what was read in it, one subject a panel."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

import cv2
import numpy as np

from renderer.arrays import Bytes, Floats
from renderer.cli.sheets.marks import marked
from renderer.cli.sheets.tints import (
    Colour,
    body_of,
    colour_of,
    colour_of_depth,
    depth_colours,
    faded,
    hatched,
    outlined,
    sized,
    tinted,
)
from renderer.cli.sheets.words import STAYS, depth_told, percent
from renderer.engines.scaling import scale
from renderer.scene.layers import Layer, Layers
from renderer.scene.motion.matter import Matter
from renderer.scene.reading.kinds.kinds import MASKS, Kinds
from renderer.sight.reader import Picture

WORTH = 0.003  # share of a picture: what is less is drawn, but not written under it
OUTLINE = (255, 255, 255)
CHECKS = 10  # pixels of a square where a layer is empty
LIGHT, DARK = 52, 42  # its greys


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A word under a panel, and the colour that it explains."""

    text: str
    colour: Colour | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A picture with its caption."""

    title: str
    pixels: Bytes  # [h, w, 3], all of a sheet's panels of one size
    chips: tuple[Chip, ...] = ()


def panels_of(
    still: Bytes,  # [h, w, 3] at the size of a panel
    picture: Picture,
) -> tuple[Panel, ...]:
    """Draw what was read over the still, a subject a panel."""
    dim = faded(still)
    moving = tuple(field.name for field in fields(Matter) if field.name not in STAYS)
    return (
        Panel(title="The still", pixels=still),
        Panel(title="What is seen", pixels=laid_over(dim, picture.kinds, MASKS), chips=shares_of(picture.kinds, MASKS)),
        depth_panel(still, picture),
        Panel(
            title="What may move by itself",
            pixels=laid_over(dim, picture.matter, moving),
            chips=shares_of(picture.matter, moving),
        ),
        Panel(
            title="What is kept as it is",
            pixels=laid_over(dim, picture.matter, STAYS),
            chips=shares_of(picture.matter, STAYS),
        ),
        marks_panel(still, picture),
    )


def laid_over(dim: Bytes, masks: Kinds | Matter, names: tuple[str, ...]) -> Bytes:
    """Tint these masks, the widest first, each in its colour; what lies mostly over others is hatched."""
    found = {name: sized(getattr(masks, name), dim) for name in names}
    covered = np.zeros(dim.shape[:2], np.bool_)
    for name, mask in sorted(found.items(), key=lambda item: -float(item[1].mean())):
        body = body_of(mask)
        lies_over = body.any() and covered[body].mean() > 0.5
        dim = (hatched if lies_over else tinted)(dim, mask, colour_of(name))
        covered |= body
    return dim


def shares_of(masks: Kinds | Matter, names: tuple[str, ...]) -> tuple[Chip, ...]:
    """Say how much of the picture each mask covers, of those that cover any."""
    shares = {name: float(getattr(masks, name).mean()) for name in names}
    seen = [
        Chip(text=f"{name} {percent(share)}", colour=colour_of(name)) for name, share in shares.items() if share > WORTH
    ]
    return tuple(seen) or (Chip(text="nothing"),)


def depth_panel(still: Bytes, picture: Picture) -> Panel:
    """Colour near and far, shaded as the still is, with the layers' edges."""
    shown, covers = nearness_of(still, picture.layers)
    luma = np.asarray(cv2.cvtColor(still, cv2.COLOR_RGB2GRAY), np.float32) / 255
    shaded = depth_colours(shown).astype(np.float32) * (0.55 + 0.45 * luma)[..., None]
    pixels = shaded.round().astype(np.uint8)
    for place in range(1, len(covers)):  # of a layer and all before it: what those hide has no edge
        pixels = outlined(pixels, np.maximum.reduce(covers[place:]) > 0.5, OUTLINE)
    return Panel(title="Near and far", pixels=pixels, chips=tuple(depth_chips(picture)))


def depth_chips(picture: Picture) -> Iterator[Chip]:
    """Name the ends of the scale, and say how sure the order is."""
    layers, reading = picture.layers, picture.reading
    if len(layers) == 1:
        yield Chip(text="one plane", colour=colour_of_depth(0.5))
    else:
        yield Chip(text="far", colour=colour_of_depth(0))
        yield Chip(text="near", colour=colour_of_depth(1))
        yield Chip(text=depth_told(reading))


def nearness_of(
    still: Bytes, layers: Layers
) -> tuple[Floats, list[Floats]]:  # [h, w] 0 = the farthest, and how far each layer covers each place
    """Put the layers' depths together as they are seen one over the other."""
    covers = [sized(np.ascontiguousarray(layer.colour[..., 3]), still) for layer in layers]
    depth = np.zeros(still.shape[:2], np.float32)
    for layer, cover in zip(layers, covers, strict=True):
        depth += cover * (_offset(layer, still) - depth)
    low, high = float(depth.min()), float(depth.max())
    return (depth - low) / (high - low) if high > low else np.full_like(depth, 0.5), covers


def _offset(layer: Layer, still: Bytes) -> Floats:
    return np.asarray(cv2.resize(layer.offset, (still.shape[1], still.shape[0])), np.float32)


def marks_panel(still: Bytes, picture: Picture) -> Panel:
    """Mark places: lights, faces, sun, horizon, subject, the side that the light comes from."""
    pixels, named = marked(still, picture)
    chips = tuple(Chip(text=text, colour=colour) for text, colour in named)
    return Panel(title="Lights and places", pixels=pixels, chips=chips or (Chip(text="nothing"),))


def layer_panels(layers: Layers, height: int, width: int) -> tuple[Panel, ...]:
    """Show each layer by itself, back to front, with what was painted on behind the nearer ones."""
    if len(layers) == 1:
        return ()
    titles = ["The farthest", *(f"Layer {place}" for place in range(2, len(layers))), "The nearest"]
    return tuple(
        Panel(title=title, pixels=_cut_out(layer, height, width)) for title, layer in zip(titles, layers, strict=True)
    )


def _cut_out(layer: Layer, height: int, width: int) -> Bytes:
    colour = cv2.resize(layer.colour, (width, height), interpolation=cv2.INTER_AREA)
    rows, columns = np.indices((height, width)) // CHECKS
    ground = np.where((rows + columns) % 2, LIGHT, DARK)[..., None]
    return np.clip(colour[..., :3] + (1 - colour[..., 3:]) * ground, 0, 255).round().astype(np.uint8)


def panel_still(still: Bytes, area: int) -> Bytes:
    """Give the still at the size of a panel of about so many pixels."""
    by = (area / (still.shape[0] * still.shape[1])) ** 0.5
    return scale(still, round(still.shape[0] * by), round(still.shape[1] * by))
