"""What a clip shall not be: each family's usual negative prompt, without what this direction asks for."""

from renderer.contract.direction import Direction, Move
from renderer.engines.diffusion.language.script import Script


def negative(
    script: Script, direction: Direction, usual: tuple[str, ...], shake: str, stillness: tuple[str, ...]
) -> str:
    """List what the member does not want, then the family's faults.

    Calm clips may hold still, handheld ones may shake, a pale one is no fault where pale is asked for.
    """
    if direction.camera.move is Move.STILL:
        stillness = ("frozen motion",)  # a static camera is what was asked for
    faults = [
        *script.heard.unwanted,
        *(() if script.calm else stillness),
        *(() if script.handheld else (shake,)),
        *(fault for fault in usual if fault not in _asked_for(direction)),
    ]
    return ", ".join(dict.fromkeys(faults))


def _asked_for(direction: Direction) -> set[str]:
    grade, light, camera = direction.grade, direction.light, direction.camera
    asked = {
        "garish colours": grade.saturation > 0.25,
        "grey overall": grade.saturation < -0.25 or direction.weather.mist > 0.25,
        "overexposed": light.brightness > 0.25,
        "blurred details": abs(camera.focus) > 0.2 or direction.weather.mist > 0.25,
        "blurry": abs(camera.focus) > 0.2 or direction.weather.mist > 0.25,
    }
    return {fault for fault, wanted in asked.items() if wanted}
