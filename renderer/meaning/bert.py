"""A sentence as a vector, by a small BERT (Devlin et al. 2018) with mean pooling (Reimers and Gurevych 2019).

The forward pass stands here because importing transformers or sentence-transformers alone takes seconds.
"""

from collections.abc import Mapping, Sequence

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

HEADS = 12
BATCH = 64
EPSILON = 1e-12  # of the layer norms


class Bert:
    """A BERT encoder with its tokenizer, on the CPU. Letters: B sentences, T tokens, D numbers of a vector."""

    def __init__(self, weights: Mapping[str, Tensor], tokenizer: Tokenizer, longest: int = 128) -> None:
        self._weights = weights
        self._tokenizer = tokenizer
        self._tokenizer.enable_padding()
        self._tokenizer.enable_truncation(longest)
        self._layers = len({name.split(".")[2] for name in weights if name.startswith("encoder.layer.")})

    @torch.inference_mode()
    def __call__(self, sentences: Sequence[str]) -> Tensor:  # [B, D] of length 1
        """Embed sentences, those of like length together so that little is padding."""
        order = sorted(range(len(sentences)), key=lambda index: len(sentences[index]))
        batches = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
        vectors = torch.cat([self._batch([sentences[index] for index in batch]) for batch in batches])
        return vectors[torch.tensor(order).argsort()]

    def _batch(self, sentences: list[str]) -> Tensor:
        encoded = self._tokenizer.encode_batch(sentences)
        real = torch.tensor([item.attention_mask for item in encoded], dtype=torch.bool)  # [B, T]
        hidden = self.hidden(torch.tensor([item.ids for item in encoded]), real)
        share = real.float() / real.sum(dim=1, keepdim=True)
        return functional.normalize(torch.einsum("btd,bt->bd", hidden, share), dim=-1)

    def hidden(
        self,
        ids: Tensor,  # [B, T]
        real: Tensor,  # [B, T] False where padded
    ) -> Tensor:  # [B, T, D]
        """Give the last layer's state of each token."""
        weights = self._weights
        tokens = functional.embedding(ids, weights["embeddings.word_embeddings.weight"])
        places = weights["embeddings.position_embeddings.weight"][: ids.shape[1]]
        state = self._normed(tokens + places + weights["embeddings.token_type_embeddings.weight"][0], "embeddings")
        for layer in range(self._layers):
            state = self._layer(state, real, f"encoder.layer.{layer}")
        return state

    def _layer(self, state: Tensor, real: Tensor, name: str) -> Tensor:
        heard = self._attended(state, real, f"{name}.attention.self")
        state = self._normed(state + self._linear(heard, f"{name}.attention.output.dense"), f"{name}.attention.output")
        wide = functional.gelu(self._linear(state, f"{name}.intermediate.dense"))
        return self._normed(state + self._linear(wide, f"{name}.output.dense"), f"{name}.output")

    def _attended(self, state: Tensor, real: Tensor, name: str) -> Tensor:
        query, key, value = (self._heads(self._linear(state, f"{name}.{part}")) for part in ("query", "key", "value"))
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=real[:, None, None])
        return mixed.transpose(1, 2).flatten(2)

    def _heads(self, state: Tensor) -> Tensor:  # [B, heads, T, D / heads]
        sentences, tokens, numbers = state.shape
        return state.view(sentences, tokens, HEADS, numbers // HEADS).transpose(1, 2)

    def _linear(self, state: Tensor, name: str) -> Tensor:
        return functional.linear(state, self._weights[f"{name}.weight"], self._weights[f"{name}.bias"])

    def _normed(self, state: Tensor, name: str) -> Tensor:
        weight, bias = self._weights[f"{name}.LayerNorm.weight"], self._weights[f"{name}.LayerNorm.bias"]
        return functional.layer_norm(state, weight.shape, weight, bias, EPSILON)
