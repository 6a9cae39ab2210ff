"""What an emoji on a clip asks for."""

import re
import unicodedata

from bot.rules.house import House
from bot.rules.takes import Fate
from bot.rules.wishes import Wish
from renderer.contract.shot import Action

ACTIONS = {"🔁": Action.REROLL, "⏩": Action.AFTER, "⏪": Action.BEFORE}
FATES = {"⭐": Fate.KEPT, "🗑": Fate.TOSSED}
WORDS = {
    "🐢": "slower",
    "🐇": "faster",
    "🔍": "closer",
    "🌊": "more motion",
    "🧊": "hold still",
    "☀": "bright sunlight, warmer",
    "🌅": "sunrise, warm light",
    "🌙": "moonlit night, darker and cooler",
    "🌧": "rain",
    "❄": "snow",
    "🔥": "embers, firelight",
    "🌫": "mist",
}
# Joiners, the choice of a coloured form, and skin tones say nothing of a mood.
SILENT = re.compile("[\u200d\ufe0e\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
LONGEST = 100  # characters of an emoji's name


def wish_of(emoji: str, house: House) -> Wish | Fate | None:
    """The wish or the fate that an emoji stands for here: a Unicode one, or a server's own by its name.

    None: this server switched it off, or it says nothing.
    """
    plain = bare(emoji)
    if plain in house.emoji:
        return Wish(action=Action.NUDGE, words=house.emoji[plain]) if house.emoji[plain] else None
    if plain in FATES:
        return FATES[plain]
    if plain in ACTIONS:
        return Wish(action=ACTIONS[plain])
    words = WORDS.get(plain) or spoken(plain)
    return Wish(action=Action.NUDGE, words=words) if words else None


def bare(emoji: str) -> str:
    """An emoji without what only chooses its looks; a server's own is its name."""
    return SILENT.sub("", emoji) or emoji


def spoken(emoji: str) -> str:
    """An emoji in words: by its Unicode name, or for a server's own by the name that it has there."""
    if emoji.isascii():
        return " ".join(emoji.replace("_", " ").split())[:LONGEST]
    names = (unicodedata.name(sign, "").lower() for sign in emoji)
    return ", ".join(dict.fromkeys(name for name in names if name))[:LONGEST]
