"""The address of a Redis, as operators write it."""

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from redis import ConnectionPool

from renderer.contract.redis_url import check_redis_url


@pytest.mark.parametrize(
    "url",
    [
        "redis://localhost",
        "redis://:hunter2@host:6379/0",
        "rediss://user:a%40b%23c%2Fd@host:6379/0?ssl_ca_certs=/path/ca.crt",
        "redis://[::1]:6379/1",
        "unix:///tmp/a@b/redis.sock?db=2",
        "unix://:hunter2@/tmp/redis.sock",
    ],
)
def test_an_address_is_taken(url):
    check_redis_url(url)


@pytest.mark.parametrize("password", ["p@ss", "p#ss", "p/ss", "p?ss", "p@ss#word", "p[ss", "#", "@", "pa:ss/w@rd"])
@pytest.mark.parametrize("scheme", ["redis", "rediss"])
def test_a_password_with_a_sign_that_cuts_it_is_to_be_percent_encoded(scheme, password):
    """Else a piece of it is the host, which is waited for and logged."""
    with pytest.raises(ValueError, match="percent-encode") as refused:
        check_redis_url(f"{scheme}://:{password}@localhost:1/0")
    assert password not in str(refused.value) or len(password) == 1
    check_redis_url(f"{scheme}://:{quote(password, safe='')}@localhost:1/0")


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=12))
def test_what_is_taken_reaches_redis_as_it_was_meant(password):
    url = f"redis://:{password}@localhost:6379/0"
    try:
        check_redis_url(url)
    except ValueError:
        return
    options = ConnectionPool.from_url(url).connection_kwargs
    assert options["host"] == "localhost"
    assert "%" in password or options["password"] == password


@pytest.mark.parametrize("url", ["", "localhost:6379", "http://:hunter2@host", " redis://host", "redis:/host"])
def test_without_a_scheme_it_is_said_how_to_begin(url):
    with pytest.raises(ValueError, match="begin it with redis://"):
        check_redis_url(url)
