"""What errors mean, by the words that torch and a card's libraries have for them."""

import pytest
import redis.exceptions
import torch

from renderer.contract.errors import OutOfMemoryError
from renderer.models.faults import card_failed, ran_out


@pytest.mark.parametrize(
    "error",
    [
        torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB."),
        MemoryError(),
        RuntimeError("CUDA error: out of memory"),
        torch.AcceleratorError("CUDA error: out of memory"),
        RuntimeError("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`"),
        RuntimeError("cuDNN error: CUDNN_STATUS_INTERNAL_ERROR_DEVICE_ALLOCATION_FAILED"),
        RuntimeError("MPS backend out of memory (MPS allocated: 8.00 GB)"),
    ],
)
def test_all_that_says_memory_ran_out_is_understood(error):
    assert ran_out(error)
    assert not card_failed(error)


def test_what_torch_raises_without_ram_is_understood():
    with pytest.raises(RuntimeError) as caught:
        torch.empty(2**50, dtype=torch.uint8)
    assert ran_out(caught.value)


@pytest.mark.parametrize(
    "error",
    [
        torch.AcceleratorError("CUDA error: an illegal memory access was encountered"),
        torch.AcceleratorError("whatever a later torch has to say"),
        RuntimeError("CUDA error: device-side assert triggered\nCompile with `TORCH_USE_CUDA_DSA`"),
        RuntimeError("CUDA error: CUBLAS_STATUS_EXECUTION_FAILED when calling `cublasSgemm(...)`"),
        RuntimeError("cuDNN error: CUDNN_STATUS_EXECUTION_FAILED"),
        RuntimeError("CUDA error: unspecified launch failure"),
        RuntimeError("CUDA error: uncorrectable ECC error encountered"),
        RuntimeError("HIP error: an illegal memory access was encountered"),
        RuntimeError("Triton Error [CUDA]: an illegal memory access was encountered"),
        RuntimeError("MPS backend failed"),
    ],
)
def test_a_card_that_broke_off_is_understood(error):
    assert card_failed(error)
    assert not ran_out(error)


def test_a_card_that_broke_off_is_understood_behind_what_followed():
    later = ValueError("hooks could not be freed")
    later.__context__ = RuntimeError("CUDA error: misaligned address")
    assert card_failed(later)


@pytest.mark.parametrize(
    "error",
    [
        RuntimeError("shapes do not match"),
        ValueError("CUDA error: said by something else"),
        OutOfMemoryError(),
        redis.exceptions.OutOfMemoryError("OOM command not allowed"),
    ],
)
def test_other_errors_are_neither(error):
    assert not card_failed(error)
    assert not ran_out(error)
