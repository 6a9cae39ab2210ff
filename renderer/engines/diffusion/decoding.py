"""What makes frames and sound of latents is asked once more in 32 bits where its 16 were not enough.

Float16 ends at 65,504: a decoder that goes beyond gives numbers that are not finite, or frames of one colour. The
latents are not to blame then, so nothing is imagined anew.
"""

import logging
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from itertools import chain
from typing import Any, cast

import torch
from torch.nn import Module

Call = Callable[..., Any]
DECODERS = {"vae": "decode", "audio_vae": "decode", "vocoder": "forward"}  # a pipeline's parts, and what is called
ONE_COLOUR = 2 / 255  # as in `flaws`, for pixels from -1 to 1

log = logging.getLogger(__name__)


@contextmanager
def second_look(pipe: Any) -> Generator[None]:
    """While entered, the pipeline's decoders look twice: what is broken in 16 bits is made once more in 32."""
    with ExitStack() as stack:
        for name, method in DECODERS.items():
            part = getattr(pipe, name, None)
            if part is not None:
                stack.enter_context(_replaced(part, method, _careful(part, getattr(part, method), name == "vae")))
        yield


@contextmanager
def _replaced(part: Module, method: str, other: Call) -> Generator[None]:
    """Have one object use another method; it may have one of its own already, for offloading."""
    own = vars(part).get(method)
    setattr(part, method, other)
    try:
        yield
    finally:
        delattr(part, method)
        if own is not None:
            setattr(part, method, own)


def _careful(part: Any, decode: Call, pictures: bool) -> Call:
    def twice(*given: Any, **named: Any) -> Any:
        made = decode(*given, **named)
        if part.dtype is torch.float32 or not _broken(made, pictures=pictures) or _broken((given, named)):
            return made
        del made  # before as much again is needed
        log.warning("%s went wrong in %s; once more in 32 bits", type(part).__name__, part.dtype)
        with _in_32_bits(part):
            return _cast(decode(*_cast(given, torch.float32), **_cast(named, torch.float32)), given[0].dtype)

    return twice


@contextmanager
def _in_32_bits(part: Module) -> Generator[None]:
    """While entered, the part's weights are wide; each has the bits that it came with again after it."""
    narrow = {name: tensor.dtype for name, tensor in _weights(part)}
    try:
        for _, tensor in _weights(part):
            tensor.data = tensor.data.to(torch.float32)
        yield
    finally:
        for name, tensor in _weights(part):
            tensor.data = tensor.data.to(narrow[name])


def _weights(part: Module) -> Iterator[tuple[str, torch.Tensor]]:
    named = chain(part.named_parameters(), part.named_buffers())
    return ((name, tensor) for name, tensor in named if tensor.is_floating_point())


def _broken(value: Any, *, pictures: bool = False) -> bool:
    """Tell whether a tensor in it is not finite, or, of pictures, a frame of one colour."""
    return any(not bool(tensor.isfinite().all()) or (pictures and _one_colour(tensor)) for tensor in _floats(value))


def _one_colour(
    pixels: torch.Tensor,  # [B, C, T, H, W] or [B, C, H, W]
) -> bool:
    spread = pixels.amax((-1, -2)) - pixels.amin((-1, -2))
    return bool((spread.amax(1) < ONE_COLOUR).any())


def _floats(value: Any) -> Iterator[torch.Tensor]:
    """All tensors of floats in arguments or a result."""
    if isinstance(value, torch.Tensor):
        yield from (value,) if value.is_floating_point() else ()
    elif isinstance(value, Mapping):  # what diffusers wraps results in is one, too
        yield from _floats(tuple(cast("Mapping[str, Any]", value).values()))
    elif isinstance(value, tuple):
        for each in cast("tuple[Any, ...]", value):
            yield from _floats(each)


def _cast(value: Any, dtype: torch.dtype) -> Any:
    """The same with all tensors of floats in other bits."""
    if isinstance(value, torch.Tensor):
        return value.to(dtype) if value.is_floating_point() else value
    if isinstance(value, Mapping):
        named = cast("Mapping[str, Any]", value)
        return cast("Call", type(named))(**{name: _cast(each, dtype) for name, each in named.items()})
    if isinstance(value, tuple):
        return tuple(_cast(each, dtype) for each in cast("tuple[Any, ...]", value))
    return value
