"""Clips say where they are from: in the file, signed, in plain metadata and in the caption."""

import io
from datetime import UTC, datetime, timedelta

import av
import numpy as np
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from bot.media.provenance import IPTC, SHOT, manifest, origin_of, room, still_ingredient
from bot.media.signing import Signer, SigningError, credentials, open_signer, self_made
from bot.rules.takes import Record
from renderer.clips.encode import encode
from renderer.contract import lineage
from renderer.contract.origin import Origin, origin
from renderer.contract.shot import Beat, Shot
from tests.provenance import signed_by
from tests.stage import PHOTO, SHORT

NOW = datetime.now(UTC)
PEM = serialization.Encoding.PEM


def assertion(made, label):
    return next(each["data"] for each in made["assertions"] if each["label"] == label)


@pytest.fixture(scope="module")
def clip_bytes(tmp_path_factory):
    """A clip as a worker sends it."""
    path = tmp_path_factory.mktemp("clip") / "clip.mp4"
    encode([np.zeros((64, 64, 3), np.uint8)] * 4, path)
    return path.read_bytes()


def take(engine, model=""):
    shot = Shot(still="0" * 64, line=(Beat(mood="my secret", seed=7),), engine=engine, model=model)
    return Record(take=lineage.animate(shot, "1"), guild_id=1, channel_id=1, member_id=1, byte_limit=1)


async def test_what_was_uploaded_carries_its_credentials(stage):
    clip = await stage.first_clip("the last day of summer")
    mp4 = await clip.attachments[0].read()
    made = signed_by(mp4)
    (record,) = await stage.family(clip)
    own = assertion(made, SHOT)
    assert own == {"take": record.id, "action": "animate", "engine": "bars", "seed": record.take.shot.beat.seed}
    assert assertion(made, "c2pa.actions.v2")["actions"][0]["digitalSourceType"] == f"{IPTC}algorithmicMedia"
    assert [each["relationship"] for each in made["ingredients"]] == ["inputTo"]
    assert b"last day of summer" not in mp4  # words are the member's, and the clip travels
    with av.open(io.BytesIO(mp4)) as container:
        assert container.metadata["comment"].startswith("Test pattern by Unstill")
    assert "a test pattern" in clip.content


@pytest.mark.parametrize(
    ("engine", "source", "relationship"),
    [
        ("parallax", "compositeSynthetic", "parentOf"),
        ("diffusion", "trainedAlgorithmicMedia", "inputTo"),
        ("bars", "algorithmicMedia", "inputTo"),
    ],
)
def test_each_engine_says_what_is_true_of_it(engine, source, relationship, tmp_path, clip_bytes):
    record = take(engine, "wan" if engine == "diffusion" else "")
    made = origin_of(record)
    ingredients = (still_ingredient(PHOTO[1], "0" * 64, made),)
    signer = open_signer(tmp_path, None, None)
    mp4 = signer.sign(clip_bytes, manifest(record, made, ingredients), ingredients)
    assert len(mp4) - len(clip_bytes) < room(record.take.shot)
    found = signed_by(mp4)
    sources = [each.get("digitalSourceType") for each in assertion(found, "c2pa.actions.v2")["actions"]]
    assert f"{IPTC}{source}" in sources
    assert [each["relationship"] for each in found["ingredients"]] == [relationship]
    assert b"my secret" not in mp4


def test_a_changed_clip_no_longer_holds(tmp_path, clip_bytes):
    record = take("parallax")
    mp4 = bytearray(open_signer(tmp_path, None, None).sign(clip_bytes, manifest(record, Origin.MODIFIED, ()), ()))
    mp4[-100] ^= 1
    assert credentials(bytes(mp4))["validation_state"] == "Invalid"


def test_several_engines_count_as_the_one_that_made_up_most():
    assert origin(["bars", "diffusion", "parallax"]) is Origin.GENERATED
    assert origin(["bars", "parallax"]) is Origin.MODIFIED
    assert origin(["one of tomorrow"]) is Origin.GENERATED


def test_the_key_is_made_once_and_is_its_owners_alone(tmp_path):
    folder = tmp_path / "signing"
    open_signer(folder, None, None)
    first = (folder / "key.pem").read_bytes()
    open_signer(folder, None, None)
    assert (folder / "key.pem").read_bytes() == first
    assert (folder / "key.pem").stat().st_mode & 0o077 == 0
    assert folder.stat().st_mode & 0o077 == 0


def test_an_operators_key_is_used(tmp_path, clip_bytes):
    key, chain = tmp_path / "k.pem", tmp_path / "c.pem"
    made_key, made_chain = self_made(NOW)
    key.write_bytes(made_key)
    chain.write_bytes(made_chain)
    signer = open_signer(tmp_path / "unused", key, chain)
    assert signed_by(signer.sign(clip_bytes, manifest(take("bars"), Origin.DRAWN, ()), ()))
    assert not (tmp_path / "unused").exists()


def private(key):
    return key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


def unfit():
    key, chain = self_made(NOW)
    old_key, old_chain = self_made(NOW - timedelta(days=4000))
    yield "not PEM", b"nonsense", chain
    yield "elliptic curve", private(rsa.generate_private_key(65537, 2048)), chain
    yield "elliptic curve", private(ec.generate_private_key(ec.SECP256K1())), chain
    yield "not that of the signing key", private(ec.generate_private_key(ec.SECP256R1())), chain
    yield "ended on", old_key, old_chain
    yield "not PEM", key, b""


@pytest.mark.parametrize(("why", "key", "chain"), [*unfit()], ids=lambda value: value if isinstance(value, str) else "")
def test_an_unfit_key_is_refused_at_the_start(why, key, chain):
    with pytest.raises(SigningError, match=why):
        Signer(key, chain)


def test_half_a_pair_is_refused(tmp_path):
    with pytest.raises(SigningError, match="both, or neither"):
        open_signer(tmp_path, tmp_path / "key.pem", None)


async def test_a_clip_that_cannot_be_signed_is_not_shown(stage, monkeypatch):
    monkeypatch.setattr(stage.services.backlog._workshop._seals._signer, "_key", b"gone")
    await stage.animate(**SHORT)
    (said,) = await stage.eventually(lambda: stage.said(stage.thread, "could not sign"))
    assert not said.attachments
