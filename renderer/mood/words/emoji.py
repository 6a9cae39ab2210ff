"""Emoji as words: by their Unicode names, or by what people mean with them where the name misleads."""

import re
import unicodedata

MEANT = {
    "\u2764": "love",  # named HEAVY BLACK HEART
    "\u2665": "love",
    "\U0001f5a4": "melancholy love",  # a black heart
    "\U0001f3a5": "cinematic",
    "\U0001f3ac": "cinematic",
    "\U0001f501": "loop",  # arrows leftwards and rightwards
    "\u267e": "endless loop",
    "\U0001f50d": "closer",
    "\U0001f50e": "closer",
    "\U0001f440": "something is about to happen",
    "\U0001f622": "sad",
    "\U0001f62d": "sad",
    "\U0001f602": "laughing",  # face with tears of joy
    "\U0001f923": "laughing",
    "\U0001f60d": "love",
    "\U0001f970": "love",
    "\U0001f631": "scary",
    "\U0001f480": "scary",  # a skull
    "\U0001f608": "evil is coming",
    "\U0001f634": "everyone is asleep",
    "\U0001f4a4": "everyone is asleep",
    "\U0001f4a5": "an explosion",
    "\U0001f4a3": "an explosion",
    "\U0001f680": "fast, full speed ahead",
    "\U0001f3c3": "in a hurry",
    "\U0001f422": "very slow",
    "\U0001f40c": "very slow",
    "\u26a1": "thunder and lightning",
    "\u2728": "wonder, magic in the air",
    "\U0001f389": "party time",
    "\U0001f973": "party time",
    "\U0001f3c6": "victory, we won",
    "\U0001f4aa": "proud and unstoppable",
    "\U0001f525": "embers, flames flicker",
    "\U0001f30a": "water moves",
    "\U0001f338": "spring, cherry blossom petals",
    "\U0001f342": "autumn, falling leaves",
    "\U0001f343": "wind in the leaves",
    "\U0001f4a8": "wind",
    "\U0001f976": "cold winter",
    "\U0001f60e": "carefree fun",
    "\U0001f92f": "a sudden shock",
    "\U0001f9d8": "quiet meditation",
    "\U0001f54a": "calm and peaceful",
    "\U0001f4fc": "vhs",
    "\U0001f39e": "film grain",
    "\U0001f52e": "mysterious",
    "\U0001f3d9": "city",
    "\U0001f303": "city at night",
    "\U0001f48e": "luxury studio product shot",
    "\U0001f494": "heartbroken",
}
NO_WORDS = re.compile(r"\b(?:black|white|heavy|medium|symbol|sign|emoji|face|with|arrow)\b")
REGIONAL = range(0x1F1E6, 0x1F200)  # letters of a flag


def spelled(said: str) -> str:
    """Put words for emoji. Skin tones, variation selectors, joiners and flags say nothing."""
    return "".join(_spelled(char) for char in said)


def _spelled(char: str) -> str:
    if char in MEANT:
        return f" {MEANT[char]} "
    if unicodedata.category(char) != "So":
        return char
    if ord(char) in REGIONAL:
        return " "
    return f" {NO_WORDS.sub('', unicodedata.name(char, '').lower())} "
