"""What a worker reports, bounded before it is kept and shown."""

from dataclasses import replace

from bot.language.fluent import LANGUAGES, language
from bot.rules.homecoming import vetted
from bot.wording import sentences
from bot.wording.changes import what_changed
from bot.wording.sights import read
from renderer.contract.direction import Lamp, Reading
from renderer.contract.shot import Action, Beat, Shot
from tests.stage import POSED

ASKED = Shot(still="1" * 64, line=(Beat(mood="as it was asked", seed=1),), engine="bars")
EVIL = "@everyone **[free](https://evil.example)** <@&123456789012345678> `x` \u202e\n"
HOSTILE = replace(
    POSED,
    shot=replace(ASKED, engine="diffusion", model=EVIL, line=(Beat(mood=EVIL, seed=1, words=(EVIL,)),)),
    engine=EVIL * 10_000,
    version=EVIL * 10_000,
    maker=EVIL * 10_000,
    prompt=EVIL * 10_000,
    unheard=(EVIL * 10_000,) * 1000,
    picture=Reading(
        brightness=0.5,
        warmth=0,
        palette=("#000000",) * 100_000,
        shows=(EVIL * 1000,) * 1000,
        people=10**300,
        faces=10**300,
        lamps=(Lamp(x=0.1, y=0.1, size=0.1, warmth=0.1),) * 10_000,
    ),
)


def test_an_honest_report_stays_as_it_is():
    honest = replace(POSED, shot=ASKED, unheard=("purple",), picture=replace(POSED.picture, shows=("potted plant",)))
    assert vetted(honest, ASKED) == honest


def test_a_report_speaks_of_the_shot_that_was_asked_for():
    report = vetted(HOSTILE, ASKED)
    assert (report.shot, report.engine) == (ASKED, "bars")


def test_whatever_is_reported_fits_into_a_message_and_does_nothing_there():
    report = vetted(HOSTILE, ASKED)
    assert len(report.to_json()) < 40_000
    for code in LANGUAGES:
        own = language(code)
        caption = sentences.caption(own, report, Action.ANIMATE, [7], None, changed=what_changed(own, POSED, report))
        assert len(caption) + len(sentences.alt_text(own, report)) < 3000
        assert len(caption) < 2000
        for live in ("@everyone", "<@&123456789012345678>", "\n\n"):
            assert live not in caption, live
        assert not set("[]()<>@*`\n\u202e") & set(read(own, report.picture))
