"""Hair: what of a head is neither skin, cloth nor what is behind it, in the colours that this head's crown has."""

import cv2
import numpy as np

from renderer.arrays import Bytes, Floats, Mask, blurred
from renderer.scene.reading.pieces import pieces_of
from renderer.scene.reading.sighting import Face, Sighting
from renderer.scene.reading.stuff.palette import Palette
from renderer.scene.reading.stuff.window import Window, head_of

HEADS = 6  # the largest: on smaller ones hair is too small to be seen moving
LEAST_FACE = 9  # pixels across: below, there are too few of them to tell hair's colours from skin's
FEWEST = 12  # pixels of a crown: a head that the picture's rim cuts off has fewer
GROWN = 0.5  # of the crown that must be unlike skin: a bald head has less
SHINE = 2.5  # times as far as into the shade, skin goes into the light
BARE = 1.2  # unlike cheeks, half of a forehead at most, that is not under a fringe
CROWN = 0.25  # face heights, of the head's top
BANDED = 90.0  # of luma in 0 to 255, between two colours of a crown: a cap and its band, hair and a bright forehead


def find_hair(image: Bytes, sighting: Sighting) -> Floats:  # [h, w], 0 to 1
    """Find the hair of everyone whose face is large enough, down to the shoulders and below.

    The colours of the hair are learnt from above the face, those of skin on it, of cloth below it, and of what is
    behind beside it; each place near the head goes to whom its colour is likeliest, and what does not hang together
    with the crown is dropped. A bald head and a cap have none.
    """
    height, width = sighting.people.shape
    hair = np.zeros((height, width), np.float32)
    lab = np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2Lab), np.float32)
    for face in sighting.faces[:HEADS]:
        if face.width * width < LEAST_FACE:
            continue
        window = head_of(face, (height, width))
        found = _on_head(blurred(window.cut(lab), 0.8), window, sighting)
        window.paste(found, hair)
    return (hair * np.clip(2 * sighting.people - 0.4, 0, 1)).astype(np.float32)


def _on_head(lab: Floats, window: Window, sighting: Sighting) -> Floats:  # at the window's own size
    person = window.cut(sighting.people)
    others = _other_faces(window, sighting.faces)
    unlike = _unlike_skin(lab, window)
    crown = _crown(window, person)
    seeds = crown & (unlike > 1)
    if crown.sum() < FEWEST or seeds.sum() < GROWN * crown.sum():
        return np.zeros(person.shape, np.float32)
    seeds = _of_one_colour(lab, seeds, window)
    probable = _likely(lab, window, person, seeds, unlike) * ~others
    return _hanging_together(probable, seeds)


def _crown(window: Window, person: Floats) -> Mask:
    """Give the top of the head: a quarter of a face's height down from where the person begins."""
    above = (window.across < 0.42) & (window.down < -0.4) & (window.down > -1.2) & (person > 0.75)
    begins = np.min(np.where(above, window.down, 0), axis=0, keepdims=True)
    return above & (window.down < begins + CROWN)


def _unlike_skin(lab: Floats, window: Window) -> Floats:
    """Say how far each place is from the face's own skin: above 1 it is hardly skin.

    Skin is that of the cheeks, above any beard, and of the forehead, where no fringe covers it.
    """
    cheeks = (window.across < 0.28) & (window.down > -0.3) & (window.down < 0.15)
    forehead = (window.across < 0.2) & (window.down > -0.42) & (window.down < -0.28)
    unlike = _unlike(lab, lab[cheeks])
    bare = forehead.any() and np.median(unlike[forehead]) < BARE
    return np.minimum(unlike, _unlike(lab, lab[forehead])) if bare else unlike


def _unlike(
    lab: Floats,  # [h, w, 3]
    skin: Floats,  # [n, 3]
) -> Floats:  # [h, w]
    if not len(skin):
        return np.zeros(lab.shape[:2], np.float32)  # the face is out of the picture
    middle = np.median(skin, axis=0)
    spread = np.maximum(np.median(np.abs(skin - middle), axis=0), (14.0, 3.0, 3.0))
    away = (lab - middle) / (spread * np.float32(2.2))
    away[..., 0] = np.where(away[..., 0] > 0, away[..., 0] / SHINE, away[..., 0])  # a lit forehead is skin
    return np.sqrt((away * away).sum(axis=-1)).astype(np.float32)


def _of_one_colour(lab: Floats, seeds: Mask, window: Window) -> Mask:
    """Part a crown that is of two colours: a bright forehead below dark hair is taken off.

    Bright above dark is a cap above its band: nothing is left of it.
    """
    luma, down = lab[seeds, 0], window.down[seeds]
    _, part = cv2.threshold(luma.astype(np.uint8)[None], 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    bright = np.asarray(part)[0] > 0
    if not 0.15 < bright.mean() < 0.85 or np.median(luma[bright]) - np.median(luma[~bright]) < BANDED:
        return seeds
    one = np.zeros_like(seeds)
    if down[bright].mean() > down[~bright].mean():
        one[seeds] = ~bright
    return one


def _likely(lab: Floats, window: Window, person: Floats, seeds: Mask, unlike: Floats) -> Floats:
    """Say how likely each place is hair, by its colour and by where on a head it is; learnt twice over."""
    on_face = window.oval < 0.8
    skin = on_face & (unlike < 1)
    cloth = (person > 0.75) & (window.down > 1.15) & (window.across < 1.1) & (unlike > 1)
    behind = person < 0.15
    place = _where_hair_grows(window) * person
    rivals = np.zeros_like(place)
    for rival, share in ((skin, 1.0), (cloth, 0.7), (behind, 0.5)):
        rivals += np.float32(share) * Palette.of(lab, rival.astype(np.float32)).at(lab)
    probable = seeds.astype(np.float32)
    for _ in range(2):
        chances = Palette.of(lab, probable).at(lab)
        probable = (place * chances / (chances + rivals + 1e-5)).astype(np.float32)
    return probable


def _where_hair_grows(window: Window) -> Floats:
    """Draw where hair may be: around the face, thinner to the sides, and below the chin beside the neck."""
    around = np.clip((window.oval - 0.72) / 0.2, 0, 1)
    fringe = np.clip((-0.22 - window.down) / 0.12, 0, 1)
    neck = np.clip((window.across - 0.3) / 0.15, 0, 1)
    below = np.clip((window.down - 0.35) / 0.2, 0, 1)
    reach = np.clip((1.65 - window.across) / 0.4, 0, 1) * np.clip((2.3 - window.down) / 0.6, 0, 1)
    above = np.clip((window.down + 1.35) / 0.2, 0, 1)
    return (np.maximum(around, fringe) * (1 - below * (1 - neck)) * reach * above).astype(np.float32)


def _other_faces(window: Window, faces: tuple[Face, ...]) -> Mask:
    return np.any([window.oval_of(face) < 1 for face in faces], axis=0)


def _hanging_together(probable: Floats, seeds: Mask) -> Floats:
    """Keep what hangs together with the crown, smoothed."""
    soft = blurred(probable, 1.2)
    labels, pieces = pieces_of(soft > 0.45)
    rooted = [piece.label for piece in pieces if (seeds & (labels == piece.label)).any()]
    kept = np.isin(labels, rooted).astype(np.float32)
    return (np.clip(1.6 * soft - 0.3, 0, 1) * np.clip(1.5 * blurred(kept, 1.5), 0, 1)).astype(np.float32)
