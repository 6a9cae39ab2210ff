"""One shot as the arguments of one pipeline call, family by family."""

from renderer.engines.diffusion.families.arguments import ARGUMENTS
from renderer.engines.diffusion.families.ask import Ask

__all__ = ["ARGUMENTS", "Ask"]
