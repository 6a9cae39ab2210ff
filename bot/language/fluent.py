"""The languages that members read: messages in Fluent, one folder of `.ftl` files for each, English whole and first.

Fluent's syntax guide is at https://projectfluent.org/fluent/guide/. A message that another language lacks is said in
English; a test holds all of them whole.
"""

from functools import cache
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource

FOLDER = Path(__file__).parent / "locales"
ENGLISH = "en"
LANGUAGES = (ENGLISH, "de", "es")


class Language:
    """The words of one language."""

    def __init__(self, code: str, bundles: tuple[FluentBundle, ...]) -> None:
        self.code = code
        self._bundles = bundles

    def __repr__(self) -> str:
        return f"Language({self.code!r})"

    def has(self, name: str) -> bool:
        """Whether this very language has a message of that name."""
        return self._bundles[0].has_message(name)

    def say(self, name: str, /, **values: str | float) -> str:
        """The message `name`, filled in. Raises `KeyError` where there is none, and what is missing in a bad call."""
        bundle = next((each for each in self._bundles if each.has_message(name)), None)
        pattern = bundle.get_message(name).value if bundle else None
        if bundle is None or pattern is None:
            raise KeyError(name)
        text, errors = bundle.format_pattern(pattern, values)
        if errors:
            raise errors[0]
        return str(text)


def language(locale: str | None) -> Language:
    """The language nearest to one of Discord's locales (`de`, `es-419`, `en-GB` …), English where there is none."""
    code = str(locale or ENGLISH).partition("-")[0]
    return _open(code if code in LANGUAGES else ENGLISH)


@cache
def _open(code: str) -> Language:
    return Language(code, tuple(_bundle(each) for each in dict.fromkeys((code, ENGLISH))))


@cache
def _bundle(code: str) -> FluentBundle:
    bundle = FluentBundle([code], use_isolating=False)  # Discord's clients show the marks of isolation
    for path in sorted((FOLDER / code).glob("*.ftl")):
        bundle.add_resource(FluentResource(path.read_text(encoding="utf-8")))
    return bundle
