"""Where bad input comes in: for each door what comes through it, and what must be true of it.

A check says whether the input was taken (True) or clearly refused (False); anything unclear is an AssertionError.
"""

import json
import re
import tempfile
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from hypothesis import strategies as st
from PIL import Image
from pydantic import ValidationError
from redis import Redis

from bot.language.fluent import language
from bot.media.stills import Stills
from bot.rules.blocks import blocked_word
from bot.settings import Settings as BotSettings
from bot.wording import sentences
from bot.workers.renders import RedisAwayError, Renders
from renderer.contract.abilities import Offer
from renderer.contract.errors import BadJobError, UnstillError
from renderer.contract.job import Event, Job, Result
from renderer.contract.lineage import animate, nudge
from renderer.contract.redis_keys import OFFERS, clip_key, poster_key, result_key
from renderer.contract.shot import Action, Shot
from renderer.mood import direct
from renderer.programs.canonical import canonical
from renderer.settings import Settings as RendererSettings
from tests.conftest import running_redis
from tests.fuzz.pictures import files, laden
from tests.fuzz.words import moods
from tests.renderer import strategies
from tests.renderer.meanings import english
from tests.renderer.mood.test_directing import READING
from tests.renderer.scenery import beat

ENGLISH = language("en")
CONTENT = 2000  # characters of a message
LIVE = re.compile(r"@everyone|@here|<@[!&]?\d+>")  # a mention that would ping


@dataclass(frozen=True, kw_only=True)
class Door:
    """One way in."""

    comes: st.SearchStrategy
    check: Callable[..., bool]
    share: float = 1.0  # of the examples in a short run; dear ones get fewer
    many: float  # as many times the examples in a long run; cheap ones get more


def clear(code: str, data: dict) -> None:
    """A member reads one sentence in plain words."""
    said = sentences.problem(ENGLISH, code, data)
    assert said, code
    assert "problem-" not in said, code
    assert len(said) < CONTENT


# ------------------------------------------------------------------ stills


@cache
def shelf() -> Stills:
    return Stills(Path(tempfile.mkdtemp(prefix="unstill-fuzz-")))


def outcome(data: bytes) -> str:
    """Decoded in a process of its own: a still on disk, or the code of a refusal that is a sentence."""
    stills = shelf()  # asked once: threads that ask for the first time at once have one each
    try:
        still = stills._take_in(data)
    except UnstillError as error:
        clear(error.code, error.data)
        return error.code
    assert 64 <= max(still.width, still.height) <= 1920
    with Image.open(stills.path_of(still.sha256)) as image:
        image.load()
        assert (image.mode, image.size) == ("RGB", (still.width, still.height))
    return "still"


def take_in(data: bytes) -> bool:
    """Whatever it is, there is an outcome, and no part of a file is left."""
    found = outcome(data)
    assert not list(shelf()._folder.glob("*.part"))
    return found == "still"


def unload(pictures: tuple[bytes, bytes]) -> bool:
    """What is no part of a picture changes nothing of its still."""
    bare, laden = map(canonical, pictures)
    assert bare.sha256 == laden.sha256
    return True


# ------------------------------------------------------------------ moods


def say(mood: str) -> bool:
    """Said back in public it pings nobody and fits; the record keeps it; it hides no word that is shut out."""
    for shown in (
        sentences.opener(ENGLISH, "<@1>", mood),
        sentences.asked(ENGLISH, Action.NUDGE, [1], [mood]),
    ):
        assert not LIVE.search(shown.replace("<@1>", "", 1)), shown
        assert len(shown) < CONTENT
        assert "\n" not in shown
    assert 0 < len(sentences.thread_name(ENGLISH, mood)) <= 100
    assert blocked_word(f"heck {mood} heck", ["heck"]) == "heck"
    take = nudge(animate(Shot(still="0" * 64, line=(beat(mood),)), "1"), "2", mood)
    assert type(take).from_json(take.to_json()) == take
    return True


def obey(mood: str) -> bool:
    """It directs a clip, whatever it says, and twice the same one."""
    directions = [direct(beat(mood), READING, meaning=english()) for _ in range(2)]
    assert directions[0] == directions[1]
    return True


# ------------------------------------------------------------------ jobs

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)


@st.composite
def changed(draw, values) -> str:
    """An honest value's JSON, with something in it replaced."""
    tree = json.loads(draw(values).to_json())
    at = tree
    while isinstance(at, dict) and at:
        name = draw(st.sampled_from(sorted(at)))
        if not isinstance(at[name], dict) or draw(st.booleans()):
            if draw(st.booleans()):
                at[name] = draw(json_values)
            elif draw(st.booleans()):
                del at[name]
            else:
                at[draw(st.text(max_size=12))] = draw(json_values)
            break
        at = at[name]
    return json.dumps(tree)


@dataclass(frozen=True, kw_only=True)
class Said:
    """A text between programs, and what it says if it is honest."""

    text: str | bytes
    means: object = None


def said(values: st.SearchStrategy) -> st.SearchStrategy[Said]:
    """What one of our own programs may have written, something like it, and anything."""
    honest = values.map(lambda value: Said(text=value.to_json(), means=value))
    odd = st.one_of(changed(values), json_values.map(json.dumps), st.text(max_size=80), st.binary(max_size=80))
    return st.one_of(honest, odd.map(lambda text: Said(text=text)))


def read(kind, given: Said) -> bool:
    """What is honest is read as it was meant; anything else is a value that says itself again, or `BadJobError`."""
    try:
        value = kind.from_json(given.text)
    except BadJobError as error:
        assert given.means is None, given
        clear(error.code, error.data)
        return False
    assert given.means is None or value == given.means
    assert kind.from_json(value.to_json()) == value
    return True


# ------------------------------------------------------------------ what Redis answers


class Answers:
    """A hostile Redis under the bot's own client."""

    def __init__(self, url: str) -> None:
        self.redis = Redis.from_url(url)
        self.renders = Renders(url)

    def __call__(self, job_id: str, raw: bytes, kind: str) -> bool:
        self.redis.flushall()
        for key in (result_key(job_id), clip_key("0" * 64), poster_key("0" * 64), f"{OFFERS}x"):
            if kind == "string":
                self.redis.set(key, raw)
            else:
                self.redis.rpush(key, raw)
        try:
            sightings, fleet, _ = self.renders.survey({job_id: "bars"})
            self.renders.clip("0" * 64, 2**20)
            self.renders.poster("0" * 64)
        except RedisAwayError:
            return False
        result = sightings[job_id].result
        assert result is None or f"{result.take}-{result.attempt}" == job_id
        assert all(isinstance(offer, Offer) for offer in fleet.offers)
        return result is not None or bool(fleet.offers)


@contextmanager
def answering():
    with running_redis() as server:
        answers = Answers(server.url)
        yield answers
        answers.renders.close()
        answers.redis.close()


@st.composite
def told(draw) -> tuple[str, bytes, str]:
    result = draw(strategies.results)
    raw = draw(
        st.one_of(
            st.just(result.to_json()).map(str.encode), changed(st.just(result)).map(str.encode), st.binary(max_size=300)
        )
    )
    return f"{result.take}-{result.attempt}", raw, draw(st.sampled_from(("string", "string", "list")))


# ------------------------------------------------------------------ settings

SECRET = "hunter2-hunter2"
SECRETS = {"DISCORD_TOKEN", "REDIS_URL", "DATABASE_URL"}
NAMES = sorted(
    field.validation_alias.choices[0]
    for kind in (BotSettings, RendererSettings)
    for field in kind.model_fields.values()
)
settings_values = st.one_of(
    st.sampled_from(
        ("", "0", "-1", "1e999", "nan", "true", "bars", "DEBUG", "refuse", "nonsense", "1,2,x", "[1]", "a:b:c")
    ),
    st.sampled_from(
        (f"redis://:{SECRET}@h:1/0", f"postgres://u:{SECRET}@h/d", f"ftp://u:{SECRET}@h", f"redis//{SECRET}")
    ),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40),
    st.integers().map(str),
)


def configure(values: dict[str, str]) -> bool:
    """Settings, or the name of what is wrong with them; what is a secret is never said again."""
    good = True
    values = {name: value for name, value in values.items() if SECRET not in value or name in SECRETS}
    for kind in (BotSettings, RendererSettings):
        names = {field.validation_alias.choices[0]: name for name, field in kind.model_fields.items()}
        try:
            made = kind(_env_file=None, **{names[name]: value for name, value in values.items() if name in names})
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            assert first["loc"]
            assert SECRET not in f"{first['loc'][0]}: {first['msg']}"
            good = False
        else:
            assert SECRET not in repr(made)
    return good


def doors() -> dict[str, Door]:
    """All that need no Redis."""
    return {
        "stills": Door(comes=files, check=take_in, share=0.1, many=0.1),
        "laden stills": Door(comes=laden(), check=unload, share=0.1, many=0.3),
        "moods, said back": Door(comes=moods, check=say, many=6.0),
        "moods, obeyed": Door(comes=moods, check=obey, share=0.5, many=0.3),
        "jobs": Door(comes=said(strategies.jobs), check=partial(read, Job), many=3.0),
        "results": Door(comes=said(strategies.results), check=partial(read, Result), many=8.0),
        "events": Door(comes=said(strategies.events), check=partial(read, Event), many=14.0),
        "settings": Door(
            comes=st.dictionaries(st.sampled_from(NAMES), settings_values, max_size=6), check=configure, many=6.0
        ),
    }


@contextmanager
def redis_replies():
    """The door through which a hostile Redis answers."""
    with answering() as answers:
        yield Door(comes=told(), check=lambda given: answers(*given), share=0.3, many=2.0)
