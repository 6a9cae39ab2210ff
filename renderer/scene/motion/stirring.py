"""What is alive in each layer, worked out once per picture: water, what sways, bodies, flames, clouds become `Living`.

A layer moves with its own matter only. Where the still shows another layer in front, its matter is carried on behind
that one, so that nothing bleeds over a silhouette and what comes to light there moves along. Within a layer, what moves
fades into what does not over a soft rim; reach is bounded so that a map never folds.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from renderer.arrays import Floats, blurred
from renderer.scene.motion.life import LAP, Living, Wave
from renderer.scene.motion.matter import Matter

RIM = 0.045  # half short sides over which movement fades within a layer
LEAST = 0.002  # of the picture: less matter than this stands
CLOUDED = 0.01  # of the picture: fewer clouds stand, since what drifts costs a second read of its layer
STEEPEST = 0.6  # of a displacement; from 1 on a map would fold
FINEST = 0.075  # half short sides: the shortest wave that the lattice can carry
# Ripples of water: waves between the eye and the distance at 1, across, swings a second, slope of one.
RIPPLES = ((13.0, 5.0, 0.34, 0.13), (23.0, -9.0, 0.47, 0.12), (38.0, 14.0, 0.61, 0.1), (29.0, 21.0, 0.53, 0.08))
# Gusts over plants: waves across and down in a half short side, swings a second, share of the reach.
GUSTS = ((2.6, 0.7, 0.31, 0.5), (3.7, -0.9, 0.43, 0.35), (9.0, 3.5, 0.89, 0.16), (14.0, -5.0, 1.27, 0.08))
SWAY = 0.015  # half short sides: 5 px of 720
HAIR = 0.5  # how far long hair sways, of what grass does: more, and it looks like jelly
CLOTH = 0.2  # how far cloth does
MIRRORED = 0.35  # how much more of a ripple is seen where it breaks a mirror image
# Tongues of a flame: waves up in the flame's height, swings a second, share of the reach.
TONGUES = ((0.9, 1.7, 0.6), (1.6, 2.9, 0.4))
LICK = 0.1  # of a flame's height, that its tip moves
SMALLEST_FLAME = 0.0001  # of the picture
RISE = 0.02  # half short sides a second, of smoke and steam
BREATH = 0.0022  # half short sides, half of the way between out and in
BREATHS = 0.25  # a second
WIND = 0.03  # half short sides a second, of clouds overhead
LEAST_WIND = 0.08 * WIND  # taken off, so that what would hardly drift stands: each drifting place is read twice


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ground:
    """The small grid over the still on which fields are drawn."""

    x: Floats  # [1, w] half short sides from the centre
    y: Floats  # [h, 1]
    horizon: float  # y

    @property
    def shape(self) -> tuple[int, int]:
        return self.y.shape[0], self.x.shape[1]


def stir(matter: Matter, alphas: tuple[Floats, ...], horizon: float | None) -> tuple[Living, ...]:
    """Find what lives in each layer.

    `alphas` say where each layer is opaque, back to front, [n, m] each over the whole still; `horizon` is a share of
    its height from the top.
    """
    height, width = matter.sky.shape
    ground = _grid(height, width, _horizon(matter, horizon))
    resized = [_resized(alpha, height, width) for alpha in alphas]
    return tuple(_living(matter, shown, ground) for shown in _in_view(resized))


def _in_view(alphas: list[Floats]) -> Iterator[Floats]:
    """Say where the still shows each layer."""
    for index, alpha in enumerate(alphas):
        shown = alpha
        for nearer in alphas[index + 1 :]:
            shown = shown * (1 - nearer)
        yield np.clip(shown, 0, 1).astype(np.float32)


def _living(matter: Matter, shown: Floats, ground: _Ground) -> Living:
    waves: list[Wave] = []
    for kind, own, make in (
        ("water", _water(matter, shown), _ripples),
        ("sway", _swaying(matter, shown), _gusts),
        ("breath", _own(matter.bodies, shown), _breaths),
        ("flicker", _own(matter.flames, shown, RIM / 3, SMALLEST_FLAME), _tongues),
    ):
        if own is not None:
            waves += _unfolded(list(make(own, kind, ground)), ground)
    return Living(waves=tuple(waves), stream=_stream(matter, shown, ground))


def _water(matter: Matter, shown: Floats) -> Floats | None:
    """Say how much of a ripple each place shows: broken mirror images show more."""
    own = _own(matter.water, shown)
    return None if own is None else (own * (1 + MIRRORED * matter.reflections)).astype(np.float32)


def _swaying(matter: Matter, shown: Floats) -> Floats | None:
    """Say how far gusts move each place, as a share of a meadow's.

    Plants give most where they stand high, hair and cloth where they hang low.
    """
    plants, hair, cloth = (
        _own(mask, shown, rim) for mask, rim in ((matter.plants, 2 * RIM), (matter.hair, RIM / 2), (matter.cloth, RIM))
    )
    reaches: list[Floats] = []
    if plants is not None:
        reaches.append(plants * _slack(plants[::-1], 0.25)[::-1])
    if hair is not None:
        reaches.append(HAIR * hair * _slack(hair, 0.3))
    if cloth is not None:
        reaches.append(CLOTH * cloth * _slack(cloth, 0.25))
    return np.maximum.reduce(reaches).astype(np.float32) if reaches else None


def _slack(own: Floats, least: float) -> Floats:
    """Say how far each place gives, `least` where it is rooted: what has more of its like above it hangs freer."""
    height = min(own.shape) / 2
    return blurred(np.clip(least + np.cumsum(own, axis=0) / height / 0.3, 0, 1).astype(np.float32), RIM * height)


def _own(mask: Floats, shown: Floats, rim: float = RIM, least: float = LEAST) -> Floats | None:
    """Give a layer's share of a mask, carried on behind what hides the layer and softened where it ends in view."""
    reach = rim * min(mask.shape) / 2
    visible = mask * shown
    if float(visible.mean()) < least:
        return None
    carried = visible
    weight = shown
    for sigma in (reach, 4 * reach):
        # Where the layer is hidden, the nearest that is in view says what is there.
        view = blurred(shown, sigma)
        around = blurred(visible, sigma) / np.maximum(view, 1e-3)
        carried = carried + np.clip(1 - weight, 0, 1) * np.where(view > 1e-3, around, 0)
        weight = np.maximum(weight, (view > 1e-3).astype(np.float32))
    size = 2 * round(reach / 3) + 1  # no more: of grass and twigs nothing would be left
    kernel = np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)), np.uint8)
    carried = np.clip(carried, 0, 1).astype(np.float32)
    return carried * blurred(np.asarray(cv2.erode(carried, kernel), np.float32), reach / 2)


def _ripples(own: Floats, kind: str, ground: _Ground) -> Iterator[Wave]:
    """Let ripples run towards the eye: smaller and denser the farther off, so that the surface lies flat.

    In perspective a place `v` below the horizon is as far off as `1 / v`; waves even in its logarithm get smaller
    towards the horizon as real ones seem to.
    """
    below = np.maximum(ground.y - ground.horizon, 0) + np.float32(0.06)  # [h, 1]
    across = ground.x / np.maximum(below, 0.25)
    for near, aside, rate, slope in RIPPLES:
        number = np.hypot(near, aside)
        phase = -near * np.log(below) + aside * across
        fine = np.clip((below / number * 2 * np.pi / FINEST - 1) / 0.6, 0, 1)  # too dense for the lattice: left out
        reach = (own * fine * slope * below / number).astype(np.float32)
        yield _wave(kind, rate, reach, phase, (0.0, 1.0))
        yield _wave(kind, rate, 0.45 * reach, phase + np.pi / 2, (1.0, 0.0))


def _gusts(reach: Floats, kind: str, ground: _Ground) -> Iterator[Wave]:
    """Let gusts run across, over all that sways."""
    for across, down, rate, share in GUSTS:
        phase = -across * ground.x + down * ground.y
        yield _wave(kind, rate, SWAY * share * reach, phase, (1.0, 0.22))


def _breaths(own: Floats, kind: str, ground: _Ground) -> Iterator[Wave]:
    """Let each body swell a little about its chest, beginning and ending each breath at rest."""
    count, labels, stats, centres = cv2.connectedComponentsWithStats((own > 0.4).astype(np.uint8))
    half = min(own.shape) / 2
    field = np.zeros((*own.shape, 2), np.float32)
    for body in range(1, count):
        area = float(stats[body, cv2.CC_STAT_AREA])
        if area < LEAST * labels.size:
            continue
        radius = 0.7 * np.sqrt(area) / half
        x = ground.x - (float(centres[body][0]) - (own.shape[1] - 1) / 2) / half
        y = ground.y - (float(centres[body][1]) - (own.shape[0] - 1) / 2) / half
        # To swell, each place is read nearer to the chest.
        swell = -BREATH * np.exp(-(x * x + y * y) / (2 * radius * radius)) / radius * 1.65
        field += np.dstack([swell * x * 0.6, swell * y])
    field *= own[..., None]
    # sin(t - 90 degrees) + 1: from all out, at rest.
    yield Wave(kind=kind, rate=BREATHS, ahead=np.zeros_like(field), aside=-field)


def _tongues(own: Floats, kind: str, ground: _Ground) -> Iterator[Wave]:
    """Let waves climb each flame, which move its tip most and its root not at all."""
    labels, heights, above = _flames(own)
    half = min(own.shape) / 2
    height = np.maximum(heights / half, FINEST)  # half short sides
    for waves, rate, share in TONGUES:
        number = np.minimum(2 * np.pi * waves / height, 2 * np.pi / FINEST)
        phase = number * ground.y + labels  # no two flames are in step
        yield _wave(kind, rate, (own * LICK * share * height * above**2).astype(np.float32), phase, (1.0, 0.5))


def _flames(own: Floats) -> tuple[Floats, Floats, Floats]:
    """Give for each place its flame's number, its height in pixels, and how high up in it the place is, 0 to 1."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats((own > 0.05).astype(np.uint8))
    flame = np.asarray(labels, np.intp)
    tops = np.asarray(stats[:count, cv2.CC_STAT_TOP], np.float32)[flame]
    heights = np.asarray(stats[:count, cv2.CC_STAT_HEIGHT], np.float32)[flame]
    y = np.arange(own.shape[0], dtype=np.float32)[:, None]
    burning = (flame > 0).astype(np.float32)
    above = burning * np.clip(1 - (y - tops) / heights, 0, 1)
    return flame.astype(np.float32), burning * heights, above.astype(np.float32)


def _stream(matter: Matter, shown: Floats, ground: _Ground) -> Floats | None:  # [h, w, 2]
    """Say where clouds drift and vapour rises, in half short sides a second."""
    flows = [flow for flow in (_drift(matter, shown, ground), _rise(matter, shown, ground)) if flow is not None]
    return sum(flows[1:], flows[0]) if flows else None


def _drift(matter: Matter, shown: Floats, ground: _Ground) -> Floats | None:  # [h, w, 2]
    """Let clouds drift across: slower far off, not at all at the sides."""
    clouds = _own(matter.clouds, shown)
    sky = _own(matter.sky, shown)
    if clouds is None or sky is None or float(clouds.mean()) < CLOUDED:
        return None
    half = min(sky.shape) / 2
    wide = np.clip(2 * blurred(clouds, 0.2 * half), 0, 1) * sky
    high = np.clip((ground.horizon - ground.y) / (ground.horizon + 1.2), 0, 1)
    edge = 1 - abs(ground.x) / float(ground.x[0, -1])
    speed = blurred((WIND * wide * (0.35 + 0.65 * high)).astype(np.float32), RIM * half / 2) * sky
    drift = np.maximum(speed * np.clip(edge / 0.16, 0, 1) - LEAST_WIND, 0)
    return _never_folding(-drift, np.zeros_like(sky), ground)


def _rise(matter: Matter, shown: Floats, ground: _Ground) -> Floats | None:  # [h, w, 2]
    """Let vapour rise, less at its rim and not at all at the picture's: each place is read from below itself."""
    vapour = _own(matter.vapour, shown)
    if vapour is None:
        return None
    half = min(vapour.shape) / 2
    speed = RISE * blurred(vapour, RIM * half) * _inside(ground)[..., 1]
    return _never_folding(np.zeros_like(vapour), np.maximum(speed - LEAST_WIND, 0), ground)


def _never_folding(x: Floats, y: Floats, ground: _Ground) -> Floats:  # [h, w, 2]
    """Hold a flow below the speed at which its map would fold within a lap: it folds along its own way."""
    unit = 2 / min(ground.shape)
    steepest = float((np.abs(np.gradient(x, unit, axis=1)) + np.abs(np.gradient(y, unit, axis=0))).max())
    share = min(1.0, STEEPEST / max(steepest * LAP / 2, 1e-6))
    return np.dstack([x, y]).astype(np.float32) * np.float32(share)


def _wave(kind: str, rate: float, reach: Floats, phase: NDArray[np.floating], along: tuple[float, float]) -> Wave:
    """Spread a swing along a direction."""
    cosine, sine = reach * np.cos(phase), reach * np.sin(phase)
    direction = np.array(along, np.float32)
    return Wave(
        kind=kind,
        rate=rate,
        ahead=(cosine[..., None] * direction).astype(np.float32),
        aside=(sine[..., None] * direction).astype(np.float32),
    )


def _unfolded(waves: list[Wave], ground: _Ground) -> list[Wave]:
    """Keep the picture's rim in its place, and the waves together below the slope at which a map folds."""
    inside = _inside(ground)
    waves = [replace(wave, ahead=wave.ahead * inside, aside=wave.aside * inside) for wave in waves]
    # Waves of unlike lengths seldom peak together: their slopes add up as squares do, and there is room to spare.
    squares = sum(_slope(wave.ahead, ground) ** 2 + (2 * _slope(wave.aside, ground)) ** 2 for wave in waves)
    steepest = float(np.sqrt(np.max(squares)))
    share = np.float32(min(1.0, STEEPEST / max(steepest, 1e-6)))
    return [replace(wave, ahead=wave.ahead * share, aside=wave.aside * share) for wave in waves]


def _slope(field: Floats, ground: _Ground) -> Floats:  # [h, w]
    """Bound how steep a field is at each place."""
    unit = 2 / min(ground.shape)
    parts = [np.gradient(field[..., axis], unit, axis=side) for axis in (0, 1) for side in (0, 1)]
    return np.sqrt(sum(part * part for part in parts)).astype(np.float32)


def _inside(ground: _Ground) -> Floats:  # [h, w, 2]
    """Fade each direction out towards the sides it leads to: beyond them is no picture to read."""
    x = np.clip((float(ground.x[0, -1]) - abs(ground.x)) / (2 * RIM), 0, 1) * np.ones_like(ground.y)
    y = np.clip((float(ground.y[-1, 0]) - abs(ground.y)) / (2 * RIM), 0, 1) * np.ones_like(ground.x)
    return np.dstack([x, y]).astype(np.float32)


def _horizon(matter: Matter, horizon: float | None) -> float:
    """Give the horizon's y in half short sides; unseen, it is taken to lie well above the water."""
    height, width = matter.water.shape
    unit = 2 * height / min(height, width)
    if horizon is not None:
        return (horizon - 0.5) * unit
    rows = np.flatnonzero(matter.water.max(axis=1) > 0.5)
    top = float(rows[0]) / height if rows.size else 0.5
    return (top - 0.5) * unit - 0.5


def _grid(height: int, width: int, horizon: float) -> _Ground:
    half = min(height, width) / 2
    y = ((np.arange(height) - (height - 1) / 2) / half).astype(np.float32)[:, None]
    x = ((np.arange(width) - (width - 1) / 2) / half).astype(np.float32)[None]
    return _Ground(x=x, y=y, horizon=horizon)


def _resized(values: Floats, height: int, width: int) -> Floats:
    return np.asarray(cv2.resize(values, (width, height), interpolation=cv2.INTER_AREA), np.float32)
