"""Hair is found by the colours of the crown: short, long, never on a bald head, on a cap or beside the head."""

import numpy as np

from renderer.scene.reading.sighting import Face
from renderer.scene.reading.stuff.hair import find_hair
from tests.renderer.scene.reading.stuff.drawn import HAIR, HEIGHT, SKIN, WIDTH, ellipse, grainy, head, part, seen


def test_short_hair_is_found_and_nothing_else_of_the_person():
    hair = find_hair(*head())
    assert part(hair, 85, 32, 115, 46) > 0.8  # the crown
    assert part(hair, 88, 75, 112, 110) < 0.1  # the face
    assert part(hair, 60, 160, 140, 195) < 0.05  # the shirt
    assert part(hair, 5, 5, 50, 100) == 0  # the wall


def test_long_hair_is_followed_down_to_the_chest():
    hair = find_hair(*head(long=True))
    assert part(hair, 63, 130, 73, 160) > 0.6
    assert part(hair, 127, 130, 137, 160) > 0.6
    assert part(hair, 95, 130, 105, 150) < 0.1  # the neck between


def test_a_shirt_of_the_hairs_colour_is_none_of_it():
    hair = find_hair(*head(long=True, shirt=HAIR))
    assert part(hair, 92, 158, 108, 175) < 0.05


def test_what_does_not_hang_together_with_the_crown_is_none():
    """A bag in the colour of the hair."""
    image, sighting = head()
    ellipse(image, 140, 165, 12, 12, HAIR)
    assert part(find_hair(grainy(image), sighting), 132, 157, 148, 173) < 0.05


def test_a_bald_head_has_none():
    assert not find_hair(*head(crown=SKIN)).any()


def test_a_cap_has_none():
    """A white cap above its black band, which hair never is."""
    assert find_hair(*head(crown=(240, 240, 240), band=(15, 15, 18))).mean() < 0.002


def test_there_is_none_where_no_person_is():
    image, sighting = head()
    nobody = seen(faces=sighting.faces)
    assert not find_hair(image, nobody).any()


def test_faces_at_the_rim_and_hostile_pictures_break_nothing():
    faces = tuple(Face(x=x, y=y, width=0.3, height=0.4) for x in (-0.25, 0.9) for y in (-0.3, 0.85))
    everyone = seen(people=np.ones((HEIGHT, WIDTH), np.float32), faces=faces)
    noise = np.random.default_rng(2).integers(0, 256, (HEIGHT, WIDTH, 3), np.uint8)
    for image in (noise, np.full_like(noise, 128)):
        assert np.isfinite(find_hair(image, everyone)).all()
