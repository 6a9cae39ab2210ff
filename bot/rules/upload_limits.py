"""How many bytes a file may have in Discord."""

EVERYWHERE = 10 * 2**20  # taken on every server and in private for as long as anybody remembers
USUAL = 20 * 2**20  # taken since September 2026 where a server has no more by its boosts; discord.py does not know yet
LEAST = 64 * 1024


def upload_limit(*, operators: int | None, told: int | None, boosted: int | None) -> int:
    """Bytes that a clip may have.

    `operators`: their own limit, which overrules all. `told`: what an interaction says, where there is one; the
    member's own subscription counts in it, though not for what the bot posts. `boosted`: what a server has by its
    boosts.
    """
    if operators is not None:
        return operators
    servers = max(USUAL, boosted or 0)
    return max(EVERYWHERE, min(servers, told or servers))


def smaller_limit(clip_bytes: int) -> int:
    """What to try next when Discord refused a clip of this size."""
    return EVERYWHERE - 2**16 if clip_bytes > EVERYWHERE else max(LEAST, round(clip_bytes * 0.6))
