"""What would be heard, in words: what the picture and the weather sound like, and no music."""

from renderer.contract.direction import Direction, Reading
from renderer.engines.diffusion.language.degrees import NOTICED
from renderer.engines.diffusion.language.life import SHORES, creature
from renderer.engines.diffusion.language.plain import stems
from renderer.mood.picture import FIRE, outdoors, shows

LOUDEST = 3  # sounds named at once
PANTING = frozenset({"dog", "wolf", "fox"})


def sound_sentence(direction: Direction, reading: Reading, banned: frozenset[str]) -> str:
    """Name the loudest sounds but those of a banned stem, or the quiet of the place."""
    sounds = [sound for sound in (*_weather(direction), *_life(direction, reading)) if not _says(sound, banned)]
    place = "the quiet of the open air" if outdoors(reading) > 0.5 else "quiet room tone"
    heard = sounds[:LOUDEST] or [place]
    listed = f"{', '.join(heard[:-1])} and {heard[-1]}" if len(heard) > 1 else heard[0]
    return f"The sound is {listed}."


def _weather(direction: Direction) -> list[str]:
    weather, light = direction.weather, direction.light
    rain = "heavy rain drumming down" if weather.rain >= 0.8 else "rain pattering"
    found = (
        (weather.rain, rain),
        (weather.snow, "the muffled hush of falling snow"),
        (weather.embers, "the crackle of fire"),
        (light.neon, "an electric hum"),
    )
    return [sound for value, sound in found if value >= NOTICED]


def _life(direction: Direction, reading: Reading) -> list[str]:
    life, open_air = direction.life, outdoors(reading) > 0.5
    water = "waves rolling in" if shows(reading, SHORES) else "water lapping softly"
    surge = "waves breaking" if shows(reading, SHORES) else "water surging"
    wind = "strong wind" if life.sway >= 0.85 else "wind" if life.sway >= 0.6 else "a light wind"
    animal = creature(reading)
    found = (
        (life.water >= 0.85, surge),
        (NOTICED <= life.water < 0.85, water),
        (life.sway >= NOTICED and open_air, wind),
        (life.flicker >= NOTICED and shows(reading, FIRE), "the crackle of fire"),
        (life.breath >= 0.3 and animal in PANTING, f"the {animal} panting softly"),
        (life.breath >= 0.3 and animal not in PANTING and not open_air, "quiet breathing"),
    )
    return [sound for heard, sound in found if heard]


def _says(sound: str, banned: frozenset[str]) -> bool:
    return bool(stems(sound) & banned)
