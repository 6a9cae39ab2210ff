"""What a model is told."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a model is told."""

    prompt: str = ""
    negative: str = ""
    numbers: dict[str, float] = field(default_factory=dict[str, float])  # arguments of the pipeline's call
