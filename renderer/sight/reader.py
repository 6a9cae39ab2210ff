"""Read a still: what it shows, what is near and far in it, what may move, and what there is to say about it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from renderer.arrays import Bytes
from renderer.contract.direction import Corrections, Reading
from renderer.scene.layers import Layers, take_apart
from renderer.scene.motion.matter import Matter
from renderer.scene.reading.colours import find_light, main_colours, warmth_of
from renderer.scene.reading.cues import Cues, plain_cues, read_cues, sized, small
from renderer.scene.reading.depth.ordering import Depth, one_plane, order
from renderer.scene.reading.drawing import shows_drawing
from renderer.scene.reading.kinds.finding import SHORT_SIDE as OUTLINED
from renderer.scene.reading.kinds.finding import find_kinds
from renderer.scene.reading.kinds.kinds import Kinds
from renderer.scene.reading.masks import brought_to, luma_of
from renderer.scene.reading.regions import Regions, believed, drawn_regions, find_regions
from renderer.scene.reading.sighting import Face, Sighting, unseen
from renderer.scene.reading.subject import Subject, find_subject
from renderer.sight import Eyes
from renderer.sight.depth_model import DepthModel, find_depth_model

UNCORRECTED = Corrections()
SURE = 0.7  # mean chance of a kind's places: below, a member is asked
WORTH = 0.02  # share of the picture, below which nobody is asked
SAID = 0.45  # of a name's probability: below, it may support other evidence, but is not said
SAID_BESIDE = 0.6  # where people or lettering fill the picture: the names know neither


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A still that has been read, ready to be moved."""

    reading: Reading
    layers: Layers
    matter: Matter
    kinds: Kinds
    faces: tuple[Face, ...]  # the largest first


class Reader:
    """Reads stills. What it needs for that is loaded at the first, once."""

    def __init__(self, depth_model: str = "") -> None:
        """Name the depth network to use, see `sight.depth_model`; "" = go by cues."""
        self._depth_model_name = depth_model

    @cached_property
    def _eyes(self) -> Eyes:
        return Eyes()

    @cached_property
    def _depth_model(self) -> DepthModel | None:
        return find_depth_model(self._depth_model_name)

    def read(
        self,
        still: Bytes,  # [H, W, 3] at the size of the clip
        corrections: Corrections = UNCORRECTED,
        whole: Bytes | None = None,  # [n, m, 3] the same as it came, where that is another size
    ) -> Picture:
        """Read a still; where a member said otherwise, they are right."""
        told = "drawing" in corrections.present
        if told or ("drawing" not in corrections.absent and shows_drawing(still if whole is None else whole)):
            return read_drawing(still, corrections)
        image = small(still)
        sighting = believed(self._eyes.look(still, image, peopled="people" in corrections.present), corrections)
        kinds = find_kinds(
            sized(still, OUTLINED), sighting.chances, sighting, told=corrections.present, denied=corrections.absent
        )
        cues = read_cues(image, brought_to(kinds.sky, image.shape) > 0.5)
        disparity = self._depth_model.disparity(still) if self._depth_model else None
        subject = find_subject(cues, sighting)
        with ThreadPoolExecutor(1) as pool:
            made_out = pool.submit(find_regions, still, cues, sighting, subject, kinds, corrections)
            depth = order(cues, sighting, kinds, subject, corrections, disparity)
            layers = take_apart(still, depth)
            regions = made_out.result()
        reading = describe(cues, sighting, subject, depth, regions, layers)
        return Picture(reading=reading, layers=layers, matter=regions.matter, kinds=regions.kinds, faces=sighting.faces)


def read_drawing(still: Bytes, corrections: Corrections = UNCORRECTED) -> Picture:
    """Read a drawing: one plane, without a sky, and nobody is asked what else it shows, since they know photographs."""
    image = small(still)
    height, width = image.shape[:2]
    depth = one_plane((height, width))
    regions = drawn_regions(still, (height, width), corrections)
    layers = take_apart(still, depth)
    cues, nobody = plain_cues(image), unseen(height, width)
    reading = describe(cues, nobody, None, depth, regions, layers)
    return Picture(
        reading=replace(reading, drawing=True), layers=layers, matter=regions.matter, kinds=regions.kinds, faces=()
    )


def describe(
    cues: Cues, sighting: Sighting, subject: Subject | None, depth: Depth, regions: Regions, layers: Layers
) -> Reading:
    """Put in values what was read."""
    luma = luma_of(cues.image)
    height, width = luma.shape
    return Reading(
        brightness=float(luma.mean()),
        warmth=warmth_of(cues.image),
        palette=main_colours(cues.image),
        light_from=find_light(luma, cues.sky, regions.sun, sighting.faces),
        sun=regions.sun,
        lamps=regions.lamps,
        horizon=depth.horizon,
        sky=float(regions.kinds.sky.mean()),
        water=float(regions.kinds.water.mean()),
        plants=float(regions.kinds.plants.mean()),
        lettering=float(regions.lettering.mean()),
        faces=len(sighting.faces),
        people=len(sighting.faces),
        shows=said_names(sighting, regions),
        subject=middle_of(subject) if subject else None,
        confidence=depth.confidence,
        depth=depth.source,
        layers=len(layers),
        unsure=unsure_of(regions.kinds),
        aspect=width / height,
    )


def unsure_of(kinds: Kinds) -> tuple[str, ...]:
    """Name the kinds that were found and may be something else, the least sure first: a member may be asked."""
    shares = {"sky": kinds.sky, "water": kinds.water, "plants": kinds.plants}
    doubtful = [kind for kind, sure in kinds.sureness.items() if sure < SURE and float(shares[kind].mean()) > WORTH]
    return tuple(sorted(doubtful, key=lambda kind: kinds.sureness[kind]))


def said_names(sighting: Sighting, regions: Regions) -> tuple[str, ...]:
    """Keep the names that are sure enough to be said aloud."""
    beside = sighting.people.mean() > 0.15 or regions.lettering.mean() > 0.2
    least = SAID_BESIDE if beside else SAID
    return tuple(named.word for named in sighting.names if named.probability > least and named.word != "person")


def middle_of(subject: Subject) -> tuple[float, float]:
    """Point at the subject: across its middle, and up where heads and blossoms are."""
    height, width = subject.mask.shape
    rows, columns = np.nonzero(subject.mask)
    top, bottom = np.percentile(rows, (2, 98))
    return float((columns.mean() + 0.5) / width), float((top + 0.3 * (bottom - top) + 0.5) / height)
