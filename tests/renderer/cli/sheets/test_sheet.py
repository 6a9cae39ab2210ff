"""The sheet that `read` draws."""

from dataclasses import fields, replace
from itertools import combinations

import numpy as np
import pytest

from renderer.cli.sheets.page import Page, chip_width, text_width, wrapped
from renderer.cli.sheets.panels import (
    STAYS,
    WORTH,
    Chip,
    depth_panel,
    laid_over,
    layer_panels,
    marks_panel,
    nearness_of,
    panel_still,
    panels_of,
)
from renderer.cli.sheets.sheet import columns_for, draw_sheet, thumb_width
from renderer.cli.sheets.tints import colour_of, colour_of_depth, faded, outlined
from renderer.cli.sheets.words import words_of
from renderer.contract.direction import Reading
from renderer.scene.motion.matter import Matter
from tests.renderer.cli.sheets import pictures

MATTER = [field.name for field in fields(Matter)]
NOWHERE = Reading(brightness=0.5, warmth=0.0, palette=())


def drawn(panels, title):
    return next(panel for panel in panels if panel.title == title)


def nearest_to(pixels, colour):
    return float(np.linalg.norm(pixels.astype(float) - colour, axis=-1).mean())


def test_each_panel_shows_something_else_over_the_still():
    panels = panels_of(pictures.still(), pictures.shore())
    assert len(panels) == 6
    assert all(one.pixels.shape == pictures.still().shape for one in panels)
    assert all(np.abs(one.pixels.astype(int) - other.pixels).mean() > 1 for one, other in combinations(panels, 2))


def test_a_kind_is_tinted_where_it_was_seen_and_told_with_its_share():
    still, picture = pictures.still(), pictures.shore()
    panel = drawn(panels_of(still, picture), "What is seen")
    sky, sea = (np.s_[30:40], np.s_[60:110])  # between the cloud and the sea; the sea
    for there, name, other in ((sky, "sky", "water"), (sea, "water", "sky")):
        before, after = (nearest_to(pixels[there], colour_of(name)) for pixels in (faded(still), panel.pixels))
        assert after < 0.6 * before
        assert after < nearest_to(panel.pixels[there], colour_of(other))
    assert [chip.text for chip in panel.chips] == ["sky 40 %", "clouds 10 %", "water 60 %"]


@pytest.mark.parametrize("name", MATTER)
def test_all_that_matter_has_is_drawn_and_named(name):
    """A field that is added later, too: nothing of it is listed by hand."""
    still = pictures.still()
    picture = pictures.shore(matter=pictures.matter(**{name: pictures.band(0.3, 0.6)}))
    panel = drawn(panels_of(still, picture), "What is kept as it is" if name in STAYS else "What may move by itself")
    changed = (panel.pixels != faded(still)).any(axis=-1).mean(axis=1)
    assert changed[40:68].min() > 0.9
    assert changed[:30].max() == changed[80:].max() == 0
    assert [chip.text for chip in panel.chips] == [f"{name} 30 %"]


def test_colours_are_told_apart():
    colours = [np.array(colour_of(name), float) for name in MATTER]
    assert min(np.linalg.norm(one - other) for one, other in combinations(colours, 2)) > 60


def test_a_weak_mask_has_an_edge_and_what_lies_over_another_leaves_it_seen():
    dim = faded(pictures.still())
    weak = laid_over(dim, pictures.matter(plants=0.3 * pictures.band(0.4, 0.8)), ("plants",))
    edge = np.abs(weak.astype(int) - colour_of("plants")).sum(axis=-1).min(axis=1)
    assert edge[40:56].min() < 80  # the tint alone is farther off
    both = pictures.matter(water=pictures.band(0, 1), bodies=pictures.band(0.4, 0.8))
    pixels = laid_over(dim, both, ("bodies", "water"))[60:84]
    water = laid_over(dim, both, ("water",))[60:84]
    assert 0.3 < (pixels == water).all(axis=-1).mean() < 0.9


def test_the_sides_of_a_picture_are_no_edges():
    dim = np.full((60, 80, 3), 90, np.uint8)
    assert (outlined(dim, np.ones((60, 80), np.bool_), (255, 0, 0)) == dim).all()
    half = outlined(dim, np.arange(60)[:, None] + np.zeros((1, 80)) < 30, (255, 0, 0))
    assert (half[:25] == dim[:25]).all()
    assert (half[29] != dim[29]).any(axis=-1).all()


def test_near_is_warm_and_far_is_cool():
    still, picture = pictures.still(), pictures.shore()
    pixels = depth_panel(still, picture).pixels.astype(int)
    assert pixels[60, 80, 0] > pixels[60, 80, 2] + 60  # the disc in front
    assert pixels[3, 3, 2] > pixels[3, 3, 0] + 30
    shown, _ = nearness_of(still, picture.layers)
    assert (shown.min(), shown.max()) == (0, 1)


def test_each_layer_is_shown_by_itself_back_to_front():
    panels = layer_panels(pictures.shore().layers, 60, 80)
    assert [panel.title for panel in panels] == ["The farthest", "Layer 2", "The nearest"]
    greys = [(panel.pixels[:4, :4].max(axis=-1) == panel.pixels[:4, :4].min(axis=-1)).all() for panel in panels]
    assert greys == [False, True, True]  # the checks of what is empty


def test_places_are_marked_and_named():
    still, picture = pictures.still(), pictures.shore()
    panel = marks_panel(still, picture)
    assert [chip.text for chip in panel.chips] == [
        "1 light", "1 face", "sun", "horizon 0.40", "light from the left", "subject",
    ]  # fmt: skip
    bare = marks_panel(still, pictures.shore(reading=NOWHERE, faces=()))
    assert [chip.text for chip in bare.chips] == ["nothing"]
    changed = (panel.pixels != bare.pixels).any(axis=-1)
    assert changed[48].mean() > 0.4  # the horizon's dashes
    assert changed[24:60, 32].all()  # a face's side
    assert changed[60, 80]
    assert not changed[75:].any()


def test_a_drawing_is_one_plane():
    still, picture = pictures.page()
    panel = depth_panel(still, picture)
    assert [chip.text for chip in panel.chips] == ["one plane"]
    colours = panel.pixels.reshape(-1, 3) / panel.pixels.reshape(-1, 3).max(axis=1, keepdims=True)
    assert np.abs(colours - np.array(colour_of_depth(0.5)) / max(colour_of_depth(0.5))).max() < 0.03
    assert layer_panels(picture.layers, 60, 80) == ()
    assert draw_sheet(still, picture, words_of(picture)).ndim == 3


@pytest.mark.parametrize(("height", "width"), [(64, 64), (64, 256), (256, 64)])
def test_a_sheet_has_a_handy_shape_whatever_the_still_has(height, width):
    still = np.zeros((height, width, 3), np.uint8)
    picture = pictures.shore()
    sheet = draw_sheet(still, picture, words_of(picture))
    assert 0.6 < sheet.shape[1] / sheet.shape[0] < 1.7
    assert 900 < sheet.shape[1] < 2000


def test_the_sheet_holds_panels_layers_palette_and_words():
    still, picture = pictures.still(), pictures.shore()
    lines = words_of(picture)
    sheet = draw_sheet(still, picture, lines)
    patch = panel_still(still, 190_000)[100:110, 50:400]
    assert any((sheet[top : top + 10, 86:436] == patch).all() for top in range(160, 240))
    assert (sheet == (255, 136, 0)).all(axis=-1).sum() > 1000  # a swatch
    wordless = draw_sheet(still, replace(picture, layers=picture.layers[:1]), lines[:1])
    assert wordless.shape[0] < sheet.shape[0] - 150


def test_columns_suit_the_panels():
    assert [columns_for(*size) for size in ((872, 218), (650, 292), (436, 436), (345, 551), (218, 872))] == [
        6, 6, 3, 3, 2,
    ]  # fmt: skip


@pytest.mark.parametrize("count", range(1, 6))
@pytest.mark.parametrize("panel", [218, 436, 534, 872])
def test_layers_and_words_fit_side_by_side_or_stand_one_over_the_other(panel, count):
    room = max(900, columns_for(190_000 // panel, panel) * (panel + 24) - 24)
    wide, beside = thumb_width(panel, count, room)
    assert 0 < wide <= panel
    assert count * (wide + 24) - 24 <= room
    assert not beside or room - count * (wide + 24) >= 440


def test_captions_stay_below_their_panel():
    chips = [Chip(text=f"{name} 12 %", colour=(255, 0, 0)) for name in MATTER]
    assert all(chip_width(chip) < 218 for chip in chips)
    page = Page(400)
    panel = replace(panels_of(pictures.still(), pictures.shore())[0], chips=tuple(chips))
    page.panel(panel, 36, 36)
    right = np.asarray(page.image)[:, 36 + 160 + 1 :]
    assert (right == right[0, 0]).all()


def test_words_break_at_spaces():
    lines = list(wrapped("the light comes from the left and from nowhere else", 15, 120))
    assert " ".join(lines) == "the light comes from the left and from nowhere else"
    assert len(lines) > 2
    assert all(text_width(line, 15) <= 120 for line in lines)


def test_what_is_hardly_there_is_not_named():
    speck = pictures.kinds(water=np.full((90, 120), WORTH / 2, np.float32))
    panels = panels_of(pictures.still(), pictures.shore(kinds=speck))
    assert [chip.text for chip in drawn(panels, "What is seen").chips] == ["nothing"]
