"""Cloth is what people wear; a curtain and a flag only where they were named and look it."""

import numpy as np
import pytest

from renderer.scene.reading.stuff.cloth import find_cloth
from renderer.scene.reading.stuff.hair import find_hair
from tests.renderer.scene.reading.stuff.drawn import HEIGHT, WIDTH, grainy, head, part, seen

NOTHING = np.zeros((HEIGHT, WIDTH), np.float32)
EVERYWHERE = np.ones((HEIGHT, WIDTH), np.float32)


def test_a_shirt_is_cloth_and_face_and_hair_are_not():
    image, sighting = head(long=True)
    cloth = find_cloth(image, sighting, NOTHING, find_hair(image, sighting))
    assert part(cloth, 60, 170, 140, 195) > 0.8
    assert part(cloth, 80, 40, 120, 115) == 0
    assert part(cloth, 64, 130, 72, 150) < 0.4  # long hair over it
    assert part(cloth, 0, 0, 40, 100) == 0


def test_bare_skin_is_no_cloth():
    image, sighting = head()
    skin = np.zeros_like(NOTHING)
    skin[150:170, 60:140] = 1
    assert part(find_cloth(image, sighting, skin, NOTHING), 60, 150, 140, 170) == 0


def test_without_a_face_the_upper_part_of_a_person_is_spared():
    image, sighting = head()
    cloth = find_cloth(image, seen(people=sighting.people), NOTHING, NOTHING)
    assert part(cloth, 80, 30, 120, 60) < 0.01
    assert part(cloth, 60, 170, 140, 195) > 0.9


def folds(*, across=True, down=False):
    wave = 40 * np.sin(np.arange(HEIGHT) / 4)
    shade = across * wave[None] + down * wave[:, None]
    return grainy(np.dstack([150 + shade] * 3))


def test_a_curtain_hangs_in_folds():
    cloth = find_cloth(folds(), seen("curtain", attention=EVERYWHERE), NOTHING, NOTHING)
    assert part(cloth, 50, 50, 150, 150) > 0.9


@pytest.mark.parametrize(
    ("names", "image"),
    [
        ((), folds()),  # boards that nobody called a curtain
        (("curtain",), folds(across=False, down=True)),  # the slats of a blind
        (("curtain",), folds(across=True, down=True)),  # tiles
    ],
)
def test_what_does_not_hang_in_folds_is_no_curtain(names, image):
    assert not find_cloth(image, seen(*names, attention=EVERYWHERE), NOTHING, NOTHING).any()


def flag(colour):
    image = np.full((HEIGHT, WIDTH, 3), (205, 215, 225), np.uint8)
    image[30:, 60:64] = (90, 90, 90)
    image[35:80, 64:130] = colour
    return grainy(image)


def test_a_flag_is_found_beside_its_pole():
    sighting = seen("flagpole", attention=EVERYWHERE)
    cloth = find_cloth(flag((190, 30, 40)), sighting, NOTHING, NOTHING)
    assert part(cloth, 70, 42, 122, 74) > 0.9
    assert part(cloth, 60, 100, 64, 190) < 0.05
    assert not find_cloth(flag((190, 30, 40)), seen(attention=EVERYWHERE), NOTHING, NOTHING).any()
