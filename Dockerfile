# Two images from one file: `--target bot` (no torch) and `--target worker`. See docker-compose.yml.
#
# pip's own index variables are build arguments. On Linux the plain index has torch as a CUDA build of some gigabytes;
# PIP_EXTRA_INDEX_URL set to PyTorch's index of CPU builds makes a small CPU worker, and to one of its CUDA indexes a
# GPU worker. Build arguments stay readable in an image's history: no password in them.
#
# Not built by the tests: they run without a Docker engine, and check names, paths and settings against the code.

FROM python:3.12-slim AS base
ARG PIP_INDEX_URL
ARG PIP_EXTRA_INDEX_URL
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore PYTHONUNBUFFERED=1
RUN useradd --uid 10001 --create-home unstill && install --directory --owner=unstill --mode=0700 /data
WORKDIR /app
# What is installed follows from these four alone, so a change of the code builds in seconds.
COPY pyproject.toml constraints.txt README.md LICENSE ./

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
USER 10001
CMD ["python", "-m", "renderer", "worker"]
