"""What moves by itself, in words. A thing is named only as what moves: the model sees the still."""

from collections.abc import Callable

from renderer.contract.direction import Direction, Life, Reading
from renderer.engines.diffusion.language.degrees import NOTICED, Steps, worded
from renderer.mood.phrases import bag
from renderer.mood.picture import ANIMALS, FIRE, shows

# Unasked, all lies around 0.4; plain words such as "wind" ask for 0.75, more of them for more.
LEVELS: Steps = ((NOTICED, "faint"), (0.3, "natural"), (0.6, "lively"), (0.85, "strong"))
SHORES = frozenset({"shore", "sea", "ocean", "coast", "beach", "seashore"})
CREATURES = ANIMALS | bag(
    "fish shark turtle lizard frog snake insect butterfly elephant kangaroo crab whale seal leopard hamster squirrel "
    "pig goat antelope camel ape monkey panda penguin"
)
# What each does besides breathing. Others shift their heads.
GESTURES = {
    "cat": "its ears twitch",
    "dog": "its ears twitch and its tail stirs",
    "rabbit": "its nose twitches",
    "horse": "its mane and tail stir",
    "bird": "its feathers ruffle",
    "penguin": "its wings stir",
    "butterfly": "its wings tremble",
    "insect": "its wings tremble",
    "fish": "its fins waver",
    "cow": "its ears and tail flick",
    "sheep": "its ears flick",
    "elephant": "its ears and trunk stir",
}


def life_sentences(direction: Direction, reading: Reading) -> dict[str, str]:
    """A sentence for each kind of living motion that is there, by the field's name."""
    found = {name: says(getattr(direction.life, name), reading) for name, says in SAYS.items()}
    return {name: sentence for name, sentence in found.items() if sentence}


def creature(reading: Reading) -> str:
    """The animal that the picture shows; "" where it is none."""
    words = (word for name in reading.shows for word in name.lower().split())
    return next((word for word in words if word in CREATURES), "")


def _water(value: float, reading: Reading) -> str:
    waves = {
        "faint": "Low waves lap in slowly.",
        "natural": "The waves roll in and draw back.",
        "lively": "The waves roll in steadily and break.",
        "strong": "Tall waves surge in and break.",
    }
    ripples = {
        "faint": "The water barely ripples.",
        "natural": "The water ripples and its reflections shimmer.",
        "lively": "The water moves in quick ripples, its reflections dancing.",
        "strong": "The water surges and swells, its reflections breaking up.",
    }
    return (waves if shows(reading, SHORES) else ripples).get(worded(value, LEVELS), "")


def _clouds(value: float, _reading: Reading) -> str:
    return {
        "faint": "Any clouds creep across the sky.",
        "natural": "Any clouds drift across the sky.",
        "lively": "Any clouds move briskly across the sky.",
        "strong": "Any clouds race across the sky.",
    }.get(worded(value, LEVELS), "")


def _sway(value: float, reading: Reading) -> str:
    what = "Leaves and stems" if reading.plants > 0.02 else "Hair and cloth" if reading.people else "Loose things"
    return {
        "faint": f"{what} stir faintly.",
        "natural": f"{what} sway in a light breeze.",
        "lively": f"{what} sway and flutter in the wind.",
        "strong": f"{what} toss in a strong wind.",
    }.get(worded(value, LEVELS), "")


def _flicker(value: float, reading: Reading) -> str:
    fire = shows(reading, FIRE)
    return {
        "faint": "The flame wavers slightly." if fire else "The lights waver slightly.",
        "natural": "The flame flickers." if fire else "The lights flicker softly.",
        "lively": "The flame flickers and dances." if fire else "The lights flicker.",
        "strong": "The flame leaps and darts." if fire else "The lights flicker strongly.",
    }.get(worded(value, LEVELS), "")


def _breath(value: float, reading: Reading) -> str:
    animal = creature(reading)
    if animal:
        return _animal(value, animal)
    one = max(reading.people, reading.faces) == 1
    return {
        "faint": "The person breathes faintly." if one else "The people breathe faintly.",
        "natural": "The person breathes and blinks." if one else "The people breathe and blink.",
        "lively": "The person breathes, blinks and moves a little."
        if one
        else "The people breathe, blink and move a little.",
        "strong": "The person breathes, blinks and turns the head slightly."
        if one
        else "The people breathe, blink and turn their heads slightly.",
    }.get(worded(value, LEVELS), "")


def _animal(value: float, animal: str) -> str:
    gesture = GESTURES.get(animal, "its head shifts slightly")
    return {
        "faint": f"The {animal} breathes faintly.",
        "natural": f"The {animal} breathes, {gesture}.",
        "lively": f"The {animal} breathes visibly, {gesture}.",
        "strong": f"The {animal} breathes and looks around, {gesture}.",
    }.get(worded(value, LEVELS), "")


SAYS: dict[str, Callable[[float, Reading], str]] = {
    "water": _water,
    "clouds": _clouds,
    "sway": _sway,
    "flicker": _flicker,
    "breath": _breath,
}


def liveliest(life: Life) -> float:
    """The strongest of the living motions."""
    return max(getattr(life, name) for name in SAYS)
