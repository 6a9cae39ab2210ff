"""All words in all languages: none missing, none unused, each in its reader's own."""

import ast
import re
from dataclasses import replace
from pathlib import Path

import pytest
from discord import Locale
from fluent.syntax import ast as ftl
from fluent.syntax import parse
from fluent.syntax.visitor import Visitor
from simcord import interactions

import bot
from bot.language.fluent import FOLDER, LANGUAGES, language
from bot.language.grammar import slug
from bot.posts.controls import EMOJI
from bot.wording import sentences
from bot.wording.captions import ANIMALS, described
from bot.wording.changes import what_changed
from renderer.contract.direction import Camera, Direction, Easing, Life, Light, Move, Pace, Reading, Side, Weather
from renderer.contract.errors import ERRORS
from renderer.contract.job import Phase
from renderer.contract.shot import Action
from renderer.sight.everyday import WORDS
from tests.stage import POSED, opened_stage

CODE = Path(bot.__file__).parent
READING = Reading(brightness=0.5, warmth=0, palette=(), shows=("dog",), subject=(0.5, 0.6), light_from=Side.LEFT)


def messages(code):
    """The messages of a language by name, each as Fluent parsed it."""
    found = {}
    for path in sorted((FOLDER / code).glob("*.ftl")):
        for entry in parse(path.read_text(encoding="utf-8")).body:
            assert not isinstance(entry, ftl.Junk), f"{path.name}: {entry.content}"
            if isinstance(entry, ftl.Message):
                assert entry.id.name not in found, f"{entry.id.name} stands twice"
                found[entry.id.name] = entry
    return found


class Variables(Visitor):
    def __init__(self):
        self.names = set()

    def visit_VariableReference(self, node):  # noqa: N802  fluent's name
        self.names.add(node.id.name)


def variables(message):
    visitor = Variables()
    visitor.visit(message)
    return visitor.names


@pytest.mark.parametrize("code", LANGUAGES[1:])
def test_no_language_lacks_a_message_or_has_one_of_its_own(code):
    assert messages(code).keys() == messages("en").keys()


@pytest.mark.parametrize("code", LANGUAGES[1:])
def test_all_languages_are_given_the_same_values(code):
    own, english = messages(code), messages("en")
    assert {name: variables(own[name]) - variables(english[name]) for name in own if name in english} == {
        name: set() for name in own
    }


def patterns():
    """What the code says: names of messages, with `.+` where a part of the name is computed."""
    for path in CODE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield re.escape(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = [re.escape(part.value) if isinstance(part, ast.Constant) else ".+" for part in node.values]
                yield "".join(parts)


def test_no_message_is_unused():
    said = re.compile("|".join(sorted({each for each in patterns() if re.search(r"[a-z]", each.replace(".+", ""))})))
    unused = {name for name in messages("en") if not said.fullmatch(name)}
    assert unused == set()


def test_every_message_that_the_code_names_is_there():
    calls = (
        node.args[0]
        for path in CODE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and node.args
        and getattr(node.func, "attr", getattr(node.func, "id", "")) in SAYING
    )
    named = {node.value for node in calls if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    assert named - messages("en").keys() == set()


SAYING = {"say", "words", "has"}


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_problem_that_is_raised_has_a_sentence(code):
    raised = set(ERRORS)
    for path in CODE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        raised |= set(re.findall(r'(?:RefusedError|Refusal)\((?:code=)?\s*"([a-z_]+)"', text))
        raised |= set(re.findall(r'Problem\(code="([a-z_]+)"', text))
    assert {each for each in raised if not language(code).has(f"problem-{each.replace('_', '-')}")} == set()


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_thing_that_is_read_has_a_word(code):
    own = language(code)
    assert [name for name in WORDS if not own.has(f"thing-{slug(name)}")] == []
    assert [name for name in ANIMALS if not own.has(f"animal-{slug(name)}")] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_words_fit_where_discord_shows_them(code):
    own, names = language(code), messages(code)
    for name in names:
        if name.startswith(("command-", "menu-")):
            assert len(own.say(name)) <= (32 if name.startswith("menu-") else 100), name
        if name.startswith("label-") and name != "label-counted":
            assert len(own.say(name)) <= 70, name
        if re.fullmatch(r"form-.*-(title|label)", name):
            assert len(own.say(name)) <= 45, name
    assert len(sentences.help_text(own)) <= 2000
    assert all(own.has(f"label-{press}") for press in EMOJI if not press.startswith("now-"))
    assert all(sentences.progress(own, phase, 1, 2) for phase in Phase)
    assert all(sentences.asked(own, action, [1, 2, 3], ["x"]) for action in Action)


async def test_commands_are_translated(idle_stage):
    tree = idle_stage.env.bot.tree
    told = [await command.get_translated_payload(tree, tree.translator) for command in tree.get_commands()]
    for command in told:
        assert command["type"] != 1 or {"de", "es-ES", "es-419"} <= command["description_localizations"].keys()
    menu = next(command for command in told if command["name"] == "Animate this")
    assert menu["name_localizations"]["de"] == "Bewege das"


MOVED = Direction(
    camera=Camera(move=Move.PUSH_IN, amount=0.5),
    pace=Pace(easing=Easing.SMOOTH, speed=0.2),
    life=Life(breath=0.5),
    light=Light(warmth=0.4),
    weather=Weather(snow=0.5),
)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (
            "en",
            """A dog in the middle with light from the left: the camera pushes in slowly, the dog breathes,
            the light warms and it begins to snow.""",
        ),
        (
            "de",
            """Ein Hund in der Mitte mit Licht von links: Die Kamera fährt langsam heran, der Hund atmet,
            das Licht wird wärmer und es beginnt zu schneien.""",
        ),
        (
            "es",
            """Un perro en el centro con luz desde la izquierda: la cámara se acerca despacio, el perro respira,
            la luz se vuelve más cálida y empieza a nevar.""",
        ),
    ],
)
def test_captions_are_whole_sentences_in_each_language(code, said):
    assert described(language(code), READING, MOVED) == " ".join(said.split())


def test_what_a_language_has_no_word_for_is_left_out():
    odd = Reading(brightness=0.5, warmth=0, palette=(), shows=("mortarboard",), sky=0.5)
    assert described(language("en"), odd, MOVED).startswith("A mortarboard under an open sky:")
    assert described(language("de"), odd, MOVED).startswith("Ein weiter Himmel:")


@pytest.mark.parametrize(
    ("locale", "code"),
    [("de", "de"), ("es-ES", "es"), ("es-419", "es"), ("en-GB", "en"), ("ja", "en"), ("", "en"), (None, "en")],
)
def test_each_locale_has_its_nearest_language(locale, code):
    assert language(locale).code == code


def test_discords_locales_are_all_answered():
    assert {language(str(locale)).code for locale in Locale} == set(LANGUAGES)


def spoken(locale):
    """What simcord says of an interaction, by a member who reads another language."""
    payload_of = interactions.base_payload

    def base_payload(*args, **kwargs):
        record, payload = payload_of(*args, **kwargs)
        return record, payload | {"locale": locale}

    return base_payload


async def test_private_answers_are_the_members_and_public_ones_the_servers(settings, monkeypatch):
    """The members of simcord all speak American English by themselves."""
    async with opened_stage(settings, preferred_locale="es-ES") as stage:
        monkeypatch.setattr(interactions, "base_payload", spoken("de"))
        answer = await stage.animate("")
        assert answer.response.content.startswith("Dein Moment ist unterwegs")
        opener = next(message for message in stage.channel.history() if message.attachments)
        assert opener.content == f"<@{stage.alice.id}> deja decidir a la imagen"
        (clip,) = await stage.clips(stage.thread, 1)
        assert "pedida por" in clip.content
        await stage.rule(reroll_votes=2)
        answer = await stage.alice.click(clip, label="Otra vez")
        assert answer.followups[0].content.startswith("Gezählt: 1 von 2")
        await stage.rule(language="en", reroll_votes=1)
        await stage.animate("")
        openers = [message.content for message in stage.channel.history() if message.attachments]
        assert openers[-1].endswith("lets the picture decide")


def test_a_nudge_is_told_in_each_language():
    for code in LANGUAGES:
        assert what_changed(language(code), *_nudged()).count(".") == 1


def _nudged():
    return replace(POSED, direction=MOVED), replace(POSED, direction=replace(MOVED, weather=Weather(rain=0.6)))
