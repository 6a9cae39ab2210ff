"""Where things stand in Redis, for how many seconds, and how large they may be.

Bots and workers of different versions meet by these names: none may change.
"""

RENDER = "renderer.worker.render"  # the one function a worker runs: Job as JSON in, Result as JSON out
EVENTS = "unstill:events"  # pub/sub channel of `Event`
OFFERS = "unstill:offer:"
MEDIA_TTL = 3600
RESULT_TTL = 3600
CANCEL_TTL = 24 * 3600
ALIVE_TTL = 8  # a worker renews it four times a second while it has the job in hand
OFFER_TTL = 20  # a worker renews it every 5 s while it lives
CLIP_BYTES = 64 * 2**20  # a neighbour's clip; the largest we make stays far below
POSTER_BYTES = 128 * 2**10  # one frame of a clip as a small JPEG
RESULT_BYTES = 4 * 2**20  # the report of the longest shot stays far below
OFFER_BYTES = 16 * 2**10
EVENT_BYTES = 4 * 2**10
PROBE = "unstill:probe"  # written by the bot to see whether Redis takes anything in


def still_key(sha256: str) -> str:
    """PNG bytes of a canonical still."""
    return f"unstill:still:{sha256}"


def clip_key(sha256: str) -> str:
    """MP4 bytes of a finished clip."""
    return f"unstill:clip:{sha256}"


def poster_key(sha256: str) -> str:
    """JPEG bytes: one frame of the finished clip with this hash."""
    return f"unstill:poster:{sha256}"


def result_key(job_id: str) -> str:
    """A `Result`: how the attempt ended."""
    return f"unstill:result:{job_id}"


def alive_key(job_id: str) -> str:
    """Stands while a worker has the attempt in hand."""
    return f"unstill:alive:{job_id}"


def cancel_key(job_id: str) -> str:
    """Set by the bot when the attempt is no longer wanted."""
    return f"unstill:cancel:{job_id}"


def offer_key(worker: str) -> str:
    """An `Offer`: stands while the worker lives."""
    return f"{OFFERS}{worker}"


def queue_of(kind: str) -> str:
    """The RQ queue of one kind of worker."""
    return f"unstill:{kind}"
