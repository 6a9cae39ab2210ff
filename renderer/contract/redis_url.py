"""The address of a Redis as an operator writes it: read the same way by the bot and by its workers."""

from urllib.parse import urlsplit

SCHEMES = ("redis://", "rediss://", "unix://")
ENCODE = (
    "percent-encode what the password or user name has of # / ? @ : [ ] and % (# is %23, / is %2F, ? is %3F, @ is %40);"
    " a port is a number"
)


def check_redis_url(url: str) -> None:
    """Raise `ValueError`, which says what to do and nothing of the address: it holds a password.

    A password with one of these signs in it would be cut where the sign stands, and its rest be taken for a host.
    """
    if not url.startswith(SCHEMES):
        raise ValueError("begin it with redis://, rediss:// or unix://")
    try:
        parts = urlsplit(url)
        port = parts.port  # raises where it is no number
    except ValueError as error:
        raise ValueError(ENCODE) from error
    behind = f"{parts.query}{'' if parts.scheme == 'unix' else parts.path}"  # a socket's path may have any sign
    if "#" in url or "@" in behind or parts.netloc.count("@") > 1 or (port is not None and not parts.hostname):
        raise ValueError(ENCODE)
