"""What all messages that we send have in common."""

import ast
from pathlib import Path

import bot

SENDING = {"send", "send_message"}


def test_no_message_of_ours_unfolds_a_link():
    """Every message is sent with its embeds suppressed: whoever writes a new one is reminded here."""
    unfolding = [
        f"{path.name}:{node.lineno}"
        for path in Path(bot.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in SENDING
        if "suppress_embeds" not in {keyword.arg for keyword in node.keywords}
    ]
    assert unfolding == []
