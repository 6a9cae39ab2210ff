"""`python -m tests.readme`: write the README's settings table anew, from the settings classes."""

import re
from pathlib import Path

from bot.settings import Settings as BotSettings
from renderer.settings import Settings as RendererSettings

README = Path(__file__).parents[1] / "README.md"
BLOCK = re.compile(r"(?<=<!-- settings -->\n).*?(?=<!-- /settings -->)", re.DOTALL)


def table() -> str:
    """Every setting of bot and renderer, once, in the order of the classes."""
    rows: dict[str, list[str]] = {}
    for program, settings in (("bot", BotSettings), ("worker", RendererSettings)):
        for field in settings.model_fields.values():
            name = field.validation_alias.choices[0]
            default = "" if field.default in (None, "") else f"`{field.default}`"
            row = rows.setdefault(name, ["", default, field.description])
            row[0] = f"{row[0]}, {program}".removeprefix(", ")
    lines = [f"| `{name}` | {read_by} | {default} | {text} |" for name, (read_by, default, text) in rows.items()]
    return "\n".join(["| variable | read by | default | what it does |", "|---|---|---|---|", *lines, ""])


if __name__ == "__main__":
    README.write_text(BLOCK.sub(lambda _: table(), README.read_text()))
