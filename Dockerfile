# Three images from one file: `--target bot` (no torch), `--target worker` (CPU) and `--target worker-gpu` (NVIDIA, with
# the diffusion engine). See docker-compose.yml.
#
# pip's own index variables are build arguments. On Linux the plain index has torch as a CUDA build of some gigabytes,
# which the GPU worker needs; PIP_EXTRA_INDEX_URL set to PyTorch's index of CPU builds makes a small CPU worker, and to
# one of its CUDA indexes a GPU worker for another CUDA. Build arguments stay readable in an image's history: no password in them.
#
# Not built by the tests: they run without a Docker engine, and check names, paths and settings against the code.

FROM python:3.12-slim AS base
ARG PIP_INDEX_URL
ARG PIP_EXTRA_INDEX_URL
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore PYTHONUNBUFFERED=1
RUN useradd --uid 10001 --create-home unstill && install --directory --owner=unstill --mode=0700 /data /cache
WORKDIR /app
# What is installed follows from these alone, so a change of the code builds in seconds.
COPY pyproject.toml constraints.txt README.md LICENSE NOTICE ./

FROM base AS bot
RUN pip install --constraint constraints.txt .
COPY bot bot
COPY renderer renderer
ENV UNSTILL_DATA_DIR=/data
VOLUME /data
USER 10001
CMD ["python", "-m", "bot"]

FROM base AS worker
RUN pip install --constraint constraints.txt ".[renderer]"
COPY renderer renderer
ENV HF_HOME=/cache/huggingface
VOLUME /cache
USER 10001
CMD ["python", "-m", "renderer", "worker"]

# No image of NVIDIA's: PyTorch's CUDA wheels carry the CUDA runtime, cuBLAS, cuDNN and Triton's compiler themselves, and
# the host brings the driver, whose libraries NVIDIA's container toolkit mounts by the two NVIDIA variables.
FROM base AS worker-gpu
# torch.compile has its kernels' launchers built by a C compiler, at run time.
RUN apt-get update && apt-get install --yes --no-install-recommends gcc libc6-dev && rm -rf /var/lib/apt/lists/*
RUN pip install --constraint constraints.txt ".[diffusion]"
COPY renderer renderer
ENV NVIDIA_VISIBLE_DEVICES=all NVIDIA_DRIVER_CAPABILITIES=compute,utility
# Clips of many sizes would else leave the card's memory in pieces too small for the next.
ENV PYTORCH_CUDA_ALLOC_CONF=expandable_segments:True
ENV HF_HOME=/cache/huggingface TORCHINDUCTOR_CACHE_DIR=/cache/inductor TRITON_CACHE_DIR=/cache/triton
VOLUME /cache
USER 10001
CMD ["python", "-m", "renderer", "worker"]
