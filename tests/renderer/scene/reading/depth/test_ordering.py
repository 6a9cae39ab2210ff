"""Near and far: by the cues, by a network's map, and as a member said."""

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
import skimage.data

from renderer.contract.direction import Corrections, DepthSource
from renderer.scene.reading.cues import read_cues, small
from renderer.scene.reading.depth.ordering import order
from renderer.scene.reading.depth.ridges import find_ridges
from renderer.scene.reading.depth.slabs import MOST, cut
from renderer.scene.reading.kinds.kinds import none_of
from renderer.scene.reading.sighting import Named, unseen
from renderer.scene.reading.subject import find_subject
from tests.renderer.scenery import landscape, texture

NOTHING_SAID = Corrections()
PHOTOGRAPHS = Path(skimage.data.__file__).parent


def read(still, *, corrections=NOTHING_SAID, disparity=None, names=()):
    cues = cues_of(still)
    sighting = replace(unseen(*cues.sky.shape), names=names)
    subject = find_subject(cues, sighting)
    kinds = replace(none_of(cues.sky.shape), sky=cues.sky.astype(np.float32))
    return cues, subject, order(cues, sighting, kinds, subject, corrections, disparity)


def cues_of(still):
    """Read the cues; the sky is what is blue here."""
    image = small(still)
    red, blue = image[..., 0].astype(int), image[..., 2].astype(int)
    return read_cues(image, (blue > red + 8) & (blue > 150))


def plain(height=120, width=180):
    """A wall: nothing to outline, which takes no time to find out."""
    return np.full((height, width, 3), 128, np.uint8)


def hills(height=240, width=360):
    """Blue sky, grey hills, and from two thirds down green ground; all with grain."""
    still = landscape(height, width, post=False).astype(int)
    top, foot = int(0.3 * height), int(0.65 * height)
    still[:top] = still[: 1 + top // 4].mean(axis=(0, 1))
    still[top:foot] = still[foot : foot + 1].mean() + (still[-(foot - top) :] - 75)
    still[top:foot, :, :] += 20
    still[top:foot] = still[top:foot].mean(axis=-1, keepdims=True)
    return np.clip(still, 0, 255).astype(np.uint8)


def test_a_landscape_comes_apart_in_sky_ground_and_subject():
    cues, subject, depth = read(landscape())
    sky, ground, post = depth.slabs
    assert subject is not None
    np.testing.assert_array_equal(post.mask, subject.mask)
    assert (sky.mask & cues.sky).sum() > 0.95 * cues.sky.sum() - subject.mask.sum()
    assert sky.disparity.max() < 0.05
    assert depth.source is DepthSource.CUES
    rows = ground.disparity.mean(axis=1)
    assert (np.diff(rows) >= -1e-3).all()
    assert rows[-1] > 0.6
    assert depth.confidence > 0.6
    assert post.disparity[post.mask].mean() > ground.disparity[post.mask].mean() + 0.1


def test_depth_is_smooth_inside_its_slabs():
    """Texture printed into the depth would swim: the grass's grain must not be in it."""
    _, _, depth = read(landscape())
    for slab in depth.slabs[:2]:
        assert np.abs(np.diff(slab.disparity, axis=1)).max() < 0.01


def test_a_subject_stands_on_the_ground_and_leaves_it_upwards():
    _, subject, depth = read(landscape())
    ground, post = depth.slabs[1:]
    rows = np.nonzero(subject.mask.any(axis=1))[0]
    apart = np.array([(post.disparity - ground.disparity)[row][subject.mask[row]].mean() for row in rows])
    assert abs(apart[-1]) < 0.05
    assert apart[: len(rows) // 3].min() > 0.15


def test_hills_behind_a_ground_are_a_slab_between_it_and_the_sky():
    _, _, depth = read(hills())
    assert len(depth.slabs) == 3
    levels = [float(slab.disparity[slab.mask].mean()) for slab in depth.slabs]
    assert levels == sorted(levels)
    border = np.nonzero(depth.slabs[2].mask.mean(axis=1) > 0.5)[0].min() / depth.slabs[2].mask.shape[0]
    assert border == pytest.approx(0.65, abs=0.03)


def photograph(name):
    photo = cv2.imread(str(PHOTOGRAPHS / name))
    return np.ascontiguousarray(cv2.resize(photo, (300, 200), interpolation=cv2.INTER_AREA)[..., ::-1])


def test_fur_has_no_ridges():
    under_a_sky = np.zeros((200, 300), bool)
    under_a_sky[:20] = True
    assert find_ridges(photograph("chelsea.png"), under_a_sky, np.zeros_like(under_a_sky)) == ()


@pytest.mark.parametrize(
    "still", [plain(), texture(80, 120).mean(axis=-1, keepdims=True).repeat(3, axis=-1).astype(np.uint8)]
)
def test_where_nothing_stands_out_there_is_one_slab_hardly_tilted_and_hardly_trusted(still):
    _, subject, depth = read(still)
    assert subject is None
    assert len(depth.slabs) == 1
    assert depth.confidence < 0.3
    assert np.ptp(depth.slabs[0].disparity) <= 0.5


def drawn_map(height=150, width=225):
    """A far wall, a floor that comes nearer without a jump, a near ball, and grain as networks have."""
    y, x = np.mgrid[0 : 1 : height * 1j, 0 : width / height : width * 1j]
    floor = np.clip(0.1 + 1.0 * (y - 0.5), 0.1, 1)
    ball = np.hypot(y - 0.45, x - 0.75) < 0.2
    grain = np.random.default_rng(1).normal(0, 0.004, (height, width))
    return (np.where(ball, 0.85, floor) + grain).astype(np.float32), ball


def test_a_map_is_cut_where_it_jumps_and_not_where_it_slopes():
    disparity, ball = drawn_map()
    floor, near = cut(cv2.GaussianBlur(disparity, (0, 0), 1.0))
    assert (near.mask ^ ball).mean() < 0.01
    assert near.disparity[ball].mean() == pytest.approx(0.85, abs=0.02)
    assert floor.disparity[:40].mean() == pytest.approx(0.1, abs=0.02)
    assert floor.disparity[-1].mean() == pytest.approx(0.6, abs=0.04)


def test_slabs_of_a_map_are_smooth_and_go_on_behind_what_hides_them():
    disparity, ball = drawn_map()
    for slab in cut(disparity):
        assert np.abs(np.diff(slab.disparity, axis=1)).max() < 0.03
    floor = cut(disparity)[0]
    assert floor.disparity[ball].max() < 0.5


def test_a_map_of_many_depths_is_cut_into_no_more_than_may_be():
    steps = np.repeat(np.linspace(0, 1, 9, dtype=np.float32), 25)[None] + np.zeros((150, 1), np.float32)
    assert 3 <= len(cut(steps)) <= MOST


def test_a_flat_map_is_one_slab():
    assert len(cut(np.full((100, 150), 0.5, np.float32))) == 1


def test_a_networks_map_is_believed_over_the_cues():
    disparity, ball = drawn_map(300, 450)
    _, _, depth = read(plain(200, 300), disparity=disparity)
    assert depth.source is DepthSource.MODEL
    assert depth.confidence > 0.8
    small = cv2.resize(ball.astype(np.uint8), depth.slabs[-1].mask.shape[::-1]) > 0
    assert (depth.slabs[-1].mask ^ small).mean() < 0.02


@pytest.mark.parametrize("word", ["subject", "lighthouse"])
def test_what_a_member_calls_nearer_or_farther_moves_as_a_whole(word):
    names = (Named(word="lighthouse", probability=0.9),)
    before, nearer, farther = (
        read(landscape(), names=names, corrections=said)[2].slabs
        for said in (NOTHING_SAID, Corrections(nearer=frozenset({word})), Corrections(farther=frozenset({word})))
    )
    inside = before[-1].mask
    assert (nearer[-1].disparity[inside] >= before[-1].disparity[inside] + 0.03).all()
    assert (farther[-1].disparity[inside] <= before[-1].disparity[inside] - 0.1).any()
    np.testing.assert_allclose(nearer[0].disparity, before[0].disparity, atol=0.15)


def test_a_side_called_nearer_comes_nearer_smoothly():
    said = Corrections(nearer=frozenset({"left"}))
    before, moved = (read(plain(), corrections=said)[2].slabs[0] for said in (NOTHING_SAID, said))
    gained = (moved.disparity - before.disparity).mean(axis=0)
    assert gained[0] > 0.12
    assert abs(gained[-1]) < 0.01
    assert np.abs(np.diff(gained)).max() < 0.01


def test_water_called_farther_goes_back_where_it_is():
    said = Corrections(farther=frozenset({"water"}))
    cues = cues_of(plain())
    lake = np.zeros(cues.sky.shape, np.float32)
    lake[120:] = 1
    kinds = replace(none_of(cues.sky.shape), water=lake)
    before, moved = (
        order(cues, unseen(*cues.sky.shape), kinds, None, words).slabs[0].disparity for words in (NOTHING_SAID, said)
    )
    assert (before - moved)[-1].mean() > 0.15
    assert abs((before - moved)[0].mean()) < 0.01


def test_words_for_what_is_not_there_change_nothing():
    said = Corrections(nearer=frozenset({"people", "subject", "walrus"}))
    before, moved = (read(plain(), corrections=said)[2] for said in (NOTHING_SAID, said))
    np.testing.assert_array_equal(moved.slabs[0].disparity, before.slabs[0].disparity)


def test_people_are_outlined_as_they_were_seen_even_without_colour():
    """grabCut goes by colour; the mask of people does not."""
    still = np.repeat(texture(200, 300).mean(axis=-1, keepdims=True), 3, axis=-1).astype(np.uint8)
    cues = cues_of(still)
    person = np.zeros(cues.sky.shape, np.float32)
    cv2.ellipse(person, (150, 140), (60, 90), 0, 0, 360, 1, -1)
    subject = find_subject(cues, replace(unseen(*cues.sky.shape), people=person))
    assert (subject.mask ^ (person > 0.5)).mean() < 0.005


def lamp_post(nearness):
    """Find the subject of a landscape with a post, by a map of nearness."""
    cues = cues_of(landscape())
    post = find_subject(cues, unseen(*cues.sky.shape)).mask
    return post, find_subject(cues, replace(unseen(*cues.sky.shape), nearness=nearness(post)))


def test_an_outline_that_parts_near_from_near_is_dropped():
    """Half a cat stands out by its colours as well as a whole one."""
    post, found = lamp_post(lambda post: np.full(post.shape, 0.8, np.float32))
    assert found is None
    post, found = lamp_post(lambda post: np.where(post, np.float32(0.8), 0.2).astype(np.float32))
    np.testing.assert_array_equal(found.mask, post)


def test_what_lies_far_behind_is_taken_out_of_a_thing_and_its_rim_is_not():
    def with_corner(post):
        rows, columns = np.nonzero(post)
        near = cv2.erode(post.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
        near[: int(np.median(rows)), : int(np.median(columns))] = False
        return np.where(near, np.float32(0.8), 0.2).astype(np.float32)

    post, found = lamp_post(with_corner)
    rows, columns = np.nonzero(post)
    corner = np.zeros_like(post)
    corner[: int(np.median(rows)) - 4, : int(np.median(columns)) - 4] = True
    assert found.mask[post & corner].mean() < 0.2
    assert found.mask[post & ~corner].mean() > 0.85


def test_what_is_near_is_found_where_colours_say_nothing_at_first():
    """A flower that fills a corner: neither crisp in the middle nor unlike the rim."""
    image = np.full((200, 300, 3), 30, np.uint8)
    flower = np.zeros((200, 300), np.uint8)
    cv2.ellipse(flower, (290, 190), (170, 150), 0, 0, 360, 1, -1)
    image[flower > 0] = (230, 190, 20)
    cues = read_cues(image, np.zeros((200, 300), bool))
    seen = cv2.GaussianBlur(flower.astype(np.float32), (0, 0), 8)
    found = find_subject(cues, replace(unseen(200, 300), nearness=cv2.resize(seen, (38, 25))))
    assert (found.mask ^ (flower > 0)).mean() < 0.03


def test_a_still_that_is_all_sky_has_no_subject():
    cues = read_cues(texture(200, 300), np.ones((200, 300), bool))
    assert find_subject(cues, replace(unseen(200, 300), nearness=np.ones((25, 38), np.float32))) is None


def test_an_outline_around_something_else_than_what_is_named_is_dropped():
    cues = cues_of(landscape())
    named = replace(unseen(*cues.sky.shape), names=(Named(word="boat", probability=0.9),))
    attention = np.zeros(cues.sky.shape, np.float32)
    attention[150:190, 10:60] = 1
    assert find_subject(cues, unseen(*cues.sky.shape)) is not None
    assert find_subject(cues, replace(named, attention=attention)) is None
