"""What several families are made of: text encoders, and tokenizers without files."""

from string import printable

from transformers import T5Config, T5EncoderModel, T5Tokenizer, UMT5Config, UMT5EncoderModel

WIDTH = 32  # of what the text encoders say
LETTERS = "".join(printable.split())
SIZES = {"vocab_size": 256, "d_model": WIDTH, "d_kv": 8, "d_ff": 32, "num_layers": 2, "num_heads": 4}


def t5_tokenizer() -> T5Tokenizer:
    """One token per letter."""
    special = [(token, 0.0) for token in ("<pad>", "</s>", "<unk>")]
    vocabulary = [*special, ("\u2581", -2.0), *((letter, -3.0) for letter in LETTERS)]
    return T5Tokenizer(vocab=vocabulary, extra_ids=0, model_max_length=512)


def umt5() -> UMT5EncoderModel:
    return UMT5EncoderModel(UMT5Config(**SIZES)).eval()


def t5() -> T5EncoderModel:
    return T5EncoderModel(T5Config(**SIZES)).eval()
