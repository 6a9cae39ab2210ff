"""A direction in the words and numbers that each family of models understands.

Pure functions: the same direction, reading and beat give the same words. A model sees the still, so what counts is
motion, light and air, and the member's own words for what no table of ours knows.
"""

from typing import Protocol

from renderer.contract.direction import Direction, Reading
from renderer.contract.shot import Beat
from renderer.engines.diffusion.checkpoints.spec import Family
from renderer.engines.diffusion.language.ltx import say_ltx
from renderer.engines.diffusion.language.ltx2 import say_ltx2
from renderer.engines.diffusion.language.said import Said
from renderer.engines.diffusion.language.svd import say_svd
from renderer.engines.diffusion.language.wan import say_wan

__all__ = ["Said", "say"]


class Saying(Protocol):
    def __call__(
        self, direction: Direction, reading: Reading, beat: Beat, /, *, loop: bool, backwards: bool
    ) -> Said: ...


FAMILIES: dict[Family, Saying] = {
    Family.WAN: say_wan,
    Family.VACE: say_wan,
    Family.LTX: say_ltx,
    Family.LTX2: say_ltx2,
    Family.SVD: say_svd,
}


def say(
    family: Family, direction: Direction, reading: Reading, beat: Beat, *, loop: bool = False, backwards: bool = False
) -> Said:
    """Tell a model what to make of the still.

    `direction` is our reading of what `beat` says, `reading` what is in the still. `backwards`: the clip ends in the
    given frame. `loop`: it ends as it begins; so it does where the direction says so.
    """
    return FAMILIES[family](direction, reading, beat, loop=loop, backwards=backwards)
