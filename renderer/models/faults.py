"""What an error of torch or of a card's libraries means: memory ran out, or the card broke off.

Read from names and words, since importing torch takes seconds and its libraries raise plain `RuntimeError`.
"""

from collections.abc import Iterator

# What else says that memory ran out: the driver ("CUDA error: out of memory"), CUDA's libraries, torch's own allocator.
MEMORY = ("out of memory", "_ALLOC_FAILED", "_ALLOCATION_FAILED", "can't allocate memory")
# After most of these every further call on the card fails until the process ends: "sticky" errors, as CUDA has it.
CARD = (
    "CUDA error", "CUDA driver error", "CUDA unknown error", "HIP error", "MPS backend", "NCCL error", "cuBLAS error",
    "CUBLAS_STATUS_", "cuDNN error", "CUDNN_STATUS_", "CUSOLVER_STATUS_", "CUFFT_", "rocBLAS error", "miopenStatus",
    "illegal memory access", "device-side assert", "misaligned address", "illegal instruction",
    "unspecified launch failure", "launch timed out", "uncorrectable ECC", "hardware stack error",
)  # fmt: skip


def ran_out(error: BaseException) -> bool:
    """Tell whether an error means that memory ran out, on the card or off it."""
    if isinstance(error, MemoryError) or _is_torchs("OutOfMemoryError", error):
        return True
    return isinstance(error, RuntimeError) and _says(error, MEMORY)


def card_failed(error: BaseException) -> bool:
    """Tell whether an error, or one that it followed from, means that the card broke off, and not for memory."""
    return any(_is_the_cards(each) for each in _chain(error))


def _is_the_cards(error: BaseException) -> bool:
    if not isinstance(error, RuntimeError) or ran_out(error):
        return False
    return _is_torchs("AcceleratorError", error) or _says(error, CARD)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error and all that it was raised from or in the midst of."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _is_torchs(name: str, error: BaseException) -> bool:
    return any(kind.__name__ == name and kind.__module__.split(".")[0] == "torch" for kind in type(error).__mro__)


def _says(error: BaseException, marks: tuple[str, ...]) -> bool:
    return any(mark in str(error) for mark in marks)
