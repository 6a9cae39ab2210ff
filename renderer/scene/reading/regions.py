"""What the still is made of, as far as it may move, put together; what must not move is taken out of the rest."""

from dataclasses import dataclass, fields, replace

import cv2
import numpy as np

from renderer.arrays import Bytes, Floats, Mask, blurred, grown
from renderer.contract.direction import Corrections, Lamp
from renderer.scene.motion.matter import Matter, lifeless
from renderer.scene.reading.cues import Cues
from renderer.scene.reading.kinds.kinds import Kinds, none_of
from renderer.scene.reading.lettering import find_lettering, find_lines
from renderer.scene.reading.lights.finding import find_lights
from renderer.scene.reading.lights.lamps import drawn
from renderer.scene.reading.lights.sun import find_sun
from renderer.scene.reading.masks import brought_to, luma_of
from renderer.scene.reading.sighting import Face, Sighting
from renderer.scene.reading.stuff.cloth import find_cloth
from renderer.scene.reading.stuff.flames import find_flames
from renderer.scene.reading.stuff.hair import find_hair
from renderer.scene.reading.stuff.reflections import find_reflections
from renderer.scene.reading.stuff.vapour import find_vapour
from renderer.scene.reading.subject import Subject
from renderer.scene.reading.words import ANIMALS

NIGHT = 0.3  # mean luma of a sky, below which it is dark
BLOSSOMS = ("flower", "potted plant", "berries")
FACE = 0.95  # of a face's box, where no lock of hair is let move: 1.25 times as far at its soft rim
BLOSSOM = 0.6  # how far a blossom sways, of what grass does


@dataclass(frozen=True, slots=True, kw_only=True)
class Regions:
    """All that was made out in a still."""

    kinds: Kinds
    matter: Matter
    lettering: Floats  # [h, w], 0 to 1
    lamps: tuple[Lamp, ...]  # the largest first
    sun: tuple[float, float] | None


def believed(sighting: Sighting, corrections: Corrections) -> Sighting:
    """Take out of what was seen the people that a member denied."""
    if "people" not in corrections.absent:
        return sighting
    return replace(sighting, people=np.zeros_like(sighting.people), faces=())


def find_regions(
    still: Bytes,  # [H, W, 3]
    cues: Cues,
    sighting: Sighting,
    subject: Subject | None,
    kinds: Kinds,
    corrections: Corrections,
) -> Regions:
    """Make out what a still is made of. What a member said is not there is not."""
    shape, absent = cues.sky.shape, corrections.absent
    nothing = np.zeros(shape, np.float32)
    bodies = find_bodies(sighting, subject)
    solid = bodies > 0.5
    plants = with_blossom(_as_sure(kinds, "plants", cues), cues, sighting, subject) * (1 - bodies)
    water = _as_sure(kinds, "water", cues) * (1 - bodies)
    dull = solid | bright_gaps(cues, plants) | (water > 0.5)
    told = "lamps" in corrections.present
    lamps = () if "lamps" in absent else find_lights(still, cues.image, dull, kinds, sighting, told=told)
    lettering = nothing if "lettering" in absent else find_lettering(still, shape)
    stems = grown(brought_to(kinds.stems, shape) > 0.1, shape[0] // 50)
    growing = (blurred(plants, shape[0] / 10) > 0.12) | stems  # a straight blade may bend, and a wave
    lines = np.where(growing, 0, find_lines(still, shape) * (1 - water)).astype(np.float32)
    skin, hair = find_skin(cues.image, sighting), find_hair(cues.image, sighting)
    matter = Matter(
        sky=cues.sky.astype(np.float32),
        clouds=brought_to(kinds.clouds, shape),
        water=water,
        reflections=find_reflections(cues.image, water),
        plants=plants,
        hair=hair,
        cloth=find_cloth(cues.image, sighting, skin, hair),
        vapour=find_vapour(cues.image, sighting, cues.sky),
        flames=find_flames(cues.image, sighting, cues.sky),
        bodies=bodies,
        lamps=drawn(lamps, shape),
        skin=skin,
        kept=np.maximum.reduce([keep_faces(sighting.faces, hair), blurred(lettering, 1), blurred(lines, 1)]),
    )
    sun = None if "sun" in absent else find_sun(cues.image, cues.sky)
    return Regions(kinds=kinds, matter=without_kept(matter), lettering=lettering, lamps=lamps, sun=sun)


def drawn_regions(
    still: Bytes,  # [H, W, 3] a drawing
    shape: tuple[int, int],
    corrections: Corrections,
) -> Regions:
    """Make out the lettering of a drawing: nothing else of it is of account, and nothing of it lives."""
    lettering = np.zeros(shape, np.float32) if "lettering" in corrections.absent else find_lettering(still, shape)
    return Regions(
        kinds=none_of(shape), matter=lifeless(blurred(lettering, 1)), lettering=lettering, lamps=(), sun=None
    )


def without_kept(matter: Matter) -> Matter:
    """Take what must not wobble out of all that may move. Skin moves nothing: it keeps its colour."""
    free = 1 - np.clip(matter.kept, 0, 1)
    moving = {field.name: getattr(matter, field.name) * free for field in fields(Matter) if field.name not in _STAYS}
    return replace(matter, **moving)


_STAYS = {"kept", "skin", "sky", "lamps"}  # the light of a lamp may flicker on a straight post


def bright_gaps(cues: Cues, plants: Floats) -> Mask:
    """Say where bright spots are but sky: along a bright sky's edge, and among leaves. By night they are lamps."""
    height = cues.sky.shape[0]
    among_leaves = blurred(plants, height / 16) > 0.1
    by_night = cues.sky.any() and float(luma_of(cues.image)[cues.sky].mean()) < NIGHT
    return among_leaves if by_night else among_leaves | grown(cues.sky, height // 13)


def _as_sure(kinds: Kinds, kind: str, cues: Cues) -> Floats:  # [h, w], 0 to 1
    """Give a kind's mask as far as it is sure: what is doubtful moves less."""
    mask: Floats = getattr(kinds, kind)
    return brought_to(mask, cues.sky.shape) * np.float32(kinds.sureness.get(kind, 1.0))


def with_blossom(plants: Floats, cues: Cues, sighting: Sighting, subject: Subject | None) -> Floats:
    """Add to foliage and grass the blossom that the picture is of."""
    if not subject or sighting.says(*BLOSSOMS) <= 0.2:
        return plants
    return np.maximum(plants, BLOSSOM * blurred(subject.mask.astype(np.float32), cues.image.shape[0] / 60))


def find_bodies(sighting: Sighting, subject: Subject | None) -> Floats:  # [h, w], 0 to 1
    """Say where people are, and the animal that the picture is of."""
    if sighting.says(*ANIMALS) < 0.4:
        return sighting.people
    seen = subject.mask.astype(np.float32) if subject else np.clip(2 * sighting.attention - 0.6, 0, 1)
    return np.maximum(sighting.people, blurred(seen, seen.shape[0] / 60))


def find_skin(image: Bytes, sighting: Sighting) -> Floats:  # [h, w], 0 to 1
    """Find the skin of people: what has the tone of one of the faces."""
    height, width = sighting.people.shape
    shape = (height, width)
    skin = np.zeros(shape, np.float32)
    tones = blurred(np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2YCrCb), np.float32), 1)[..., 1:]
    for face in sighting.faces:
        on_face = draw_faces((face,), shape, reach=0.8) > 0.5
        if on_face.any():
            unlike = np.linalg.norm(tones - np.median(tones[on_face], axis=0), axis=-1)
            skin = np.maximum(skin, np.clip((16 - unlike) / 6, 0, 1))
    solid = np.asarray(cv2.morphologyEx(skin, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8)), np.float32)  # not seams
    faces = draw_faces(sighting.faces, shape)
    return (blurred(solid, 1) * np.maximum(sighting.people, faces)).astype(np.float32)


def keep_faces(
    faces: tuple[Face, ...],
    hair: Floats,  # [h, w]
) -> Floats:  # [h, w], 0 to 1
    """Say what must stand still of faces and of what is close around them: all but the hair."""
    height, width = hair.shape
    around = draw_faces(faces, (height, width)) * (1 - hair)
    return np.maximum(around, draw_faces(faces, (height, width), reach=FACE))


def draw_faces(faces: tuple[Face, ...], shape: tuple[int, int], reach: float = 1.4) -> Floats:  # [h, w], 0 to 1
    """Draw ellipses over faces, `reach` times as large, with soft rims."""
    height, width = shape
    mask = np.zeros(shape, np.float32)
    y, x = (np.arange(height)[:, None] + 0.5) / height, (np.arange(width)[None] + 0.5) / width
    for face in faces:
        wide, high = reach * face.width / 2, 1.15 * reach * face.height / 2
        away = np.hypot((x - face.x - face.width / 2) / wide, (y - face.y - face.height / 2) / high)
        mask = np.maximum(mask, np.clip((1.25 - away) / 0.35, 0, 1))
    return mask.astype(np.float32)
