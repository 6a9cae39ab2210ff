"""How the command line refuses: in one line of plain English.

The bot has sentences of its own, in `bot.wording.sentences`.
"""

from renderer.contract.errors import UnstillError

SENTENCES = {
    "not_a_picture": "this is not a PNG, JPEG, WebP, GIF, AVIF, HEIC, TIFF or BMP picture",
    "cut_off": "the file ends before its picture does",
    "unsupported_format": "{format} files are not opened: save a picture as PNG or JPEG",
    "too_many_bytes": "the file is larger than {limit} bytes",
    "too_many_pixels": "the picture has more than {limit} pixels",
    "too_small": "a side of the picture is shorter than {limit} pixels",
    "too_long_aspect": "one side of the picture is more than {limit} times the other",
    "undecodable": "decoding the picture takes more memory than a picture may take",
    "mood_too_long": "the mood has more than {limit} characters",
    "unknown_engine": "no engine is called {name}; there are: {choices}",
    "cannot": "the engine {engine} cannot do this: {what}",
    "bad_job": "{what} is not valid at {where}: {why}",
    "bad_model": "the model {name} cannot be used: {why}",
    "missing_package": "the engine {engine} needs the package {package}: pip install 'unstill[{engine}]'",
    "unsafe": "the safety model flags the {where}",
    "out_of_memory": "the card's memory does not hold this: try a smaller size or fewer seconds",
    "broken_frames": "the model made black frames, or none that can be shown: try another seed, model or precision",
    "broken_sound": "the model made a sound that cannot be played: try another seed, model or precision",
    "cannot_fit": "the clip cannot be made smaller than {limit} bytes",
}


def complaint(error: UnstillError) -> str:
    """What is wrong, in one line."""
    sentence = SENTENCES.get(error.code)
    return sentence.format(**error.data) if sentence else str(error)


class RefusedError(Exception):
    """The command line cannot be done; the message says why, in one line."""
