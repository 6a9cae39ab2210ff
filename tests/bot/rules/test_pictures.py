import pytest

from bot.rules.pictures import MOST_TRIED, Picture, check_size, covers_links, discords_own, is_discords, worth_trying
from renderer.contract.errors import TooManyBytesError
from renderer.contract.shot import FILE_LIMITS

TOO_LARGE = FILE_LIMITS["bytes"] + 1


def picture(name="a.png", **told):
    return Picture(url=f"https://cdn.discordapp.com/attachments/1/2/{name}", **told)


def test_a_picture_that_is_announced_too_large_is_refused_unread():
    check_size(picture(size=FILE_LIMITS["bytes"]))
    check_size(picture())
    with pytest.raises(TooManyBytesError):
        check_size(picture(size=TOO_LARGE))


def test_pictures_are_tried_in_order_but_for_those_too_large_and_never_many():
    many = [picture("huge.png", size=TOO_LARGE), *(picture(f"{number}.png") for number in range(20))]
    assert worth_trying(many) == many[1 : MOST_TRIED + 1]


def test_where_all_are_too_large_that_is_what_is_said():
    with pytest.raises(TooManyBytesError):
        worth_trying([picture(size=TOO_LARGE)])
    assert worth_trying([]) == []


def test_a_picture_that_shows_twice_is_tried_once_and_covered_where_either_is():
    file = "https://media.discordapp.net/attachments/1/2/a.png?width=9"
    shown_twice = [picture(size=7), picture("b.png"), Picture(url=file, covered=True)]
    assert worth_trying(shown_twice) == [picture(size=7, covered=True), picture("b.png")]


@pytest.mark.parametrize(
    "url",
    [
        "https://cdn.discordapp.com/attachments/1/2/a.png?ex=1",
        "https://media.discordapp.net/stickers/1.gif",
        "https://images-ext-1.discordapp.net/external/abc/https/example.com/a.png",
    ],
)
def test_discords_own_hosts_are_read(url):
    assert is_discords(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://cdn.discordapp.com/a.png",
        "https://cdn.discordapp.com:8443/a.png",
        "https://cdn.discordapp.com.evil.example/a.png",
        "https://cdn.discordapp.com@evil.example/a.png",
        "https://images-ext-1.discordapp.net.evil.example/a.png",
        "https://images-ext-a.discordapp.net/a.png",
        "https://discordapp.net/a.png",
        "https://[a.png",
        "https://cdn.discordapp.com:port/a.png",
        "attachment://a.png",
        "file:///etc/passwd",
        "",
    ],
)
def test_nothing_else_is_read(url):
    assert not is_discords(url)
    assert discords_own(url, None, picture().url) == picture().url


@pytest.mark.parametrize(
    ("content", "covered"),
    [
        ("||https://example.com/a.png||", True),
        ("the end: || look\nhttps://example.com/a.png ||!", True),
        ("https://example.com/a.png", False),
        ("||it was him|| https://example.com/a.png", False),
        ("a || b https://example.com/a.png", False),
        ("", False),
    ],
)
def test_a_link_between_bars_is_covered(content, covered):
    assert covers_links(content) is covered
