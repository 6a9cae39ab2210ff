"""Each of the design's eight promises has a test that is named after it, and docs/reliability.md names both."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
RELIABILITY = (ROOT / "docs" / "reliability.md").read_text()


def known_tests() -> set[str]:
    """The names of all tests that there are."""
    sources = [path.read_text() for path in (ROOT / "tests").rglob("test_*.py")]
    return {name for source in sources for name in re.findall(r"^ *(?:async )?def (test_\w+)\(", source, re.MULTILINE)}


def test_every_promise_has_a_test_named_after_it():
    promised = {int(found[1]) for name in known_tests() if (found := re.match(r"test_promise_(\d+)_", name))}
    assert promised == set(range(1, 9))


def test_every_test_that_the_docs_name_exists():
    """Arrows, promises and threats: a renamed test is renamed there, too."""
    known = known_tests()
    for page in ("reliability.md", "security.md"):
        named = set(re.findall(r"\btest_\w+(?=`)(?<!_py)", (ROOT / "docs" / page).read_text()))
        assert named, page
        assert named <= known, named - known


def test_every_arrow_of_a_take_is_in_the_docs():
    walks = re.findall(
        r"^async def (test_\w+)", (ROOT / "tests" / "bot" / "takes" / "test_states.py").read_text(), re.MULTILINE
    )
    assert walks
    assert [name for name in walks if name not in RELIABILITY] == []
