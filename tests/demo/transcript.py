"""A conversation as members see it, printed as it happens."""

import re
import textwrap

WIDTH = 110
INDENT = " " * 12


class Transcript:
    """Tells what is new or edited in a channel and its threads."""

    def __init__(self, channel, names):
        self._channel = channel
        self._names = names  # member id -> name
        self._told = {}  # message id -> what was last told of it

    def says(self, who, text):
        _print(who, text)

    def whispers(self, who, result):
        """Print an answer that only `who` sees, if there is one."""
        self.tell_news()
        own = [result.response] if result.response is not None and result.ephemeral else []
        for message in (*own, *(each for each in result.followups if each.ephemeral)):
            _print("Unstill", f"{self._readable(message.content)}  (only {who} sees this)")

    def labels(self, message_id):
        """The labels of a message's buttons as they are now."""
        message = next(each for each in self._messages() if each.id == message_id)
        return [part.label for row in message.components for part in row.children if getattr(part, "label", None)]

    def tell_news(self):
        for message in self._messages():
            shown = self._shown(message)
            if shown and self._told.get(message.id) != shown:
                edited = " (edited)" if message.id in self._told else ""
                _print("Unstill", shown + edited)
                self._told[message.id] = shown

    def clips(self):
        return [
            message
            for message in self._messages()
            if any(file.filename.endswith(".mp4") for file in message.attachments)
        ]

    def _messages(self):
        threads = self._channel.threads
        messages = [message for place in (self._channel, *threads) for message in place.history()]
        return sorted(messages, key=lambda message: message.id)

    def _shown(self, message):
        files = [f"📎 {file.filename} ({file.size // 1024} KiB)" for file in message.attachments]
        labels = self.labels(message.id)
        buttons = [" ".join(f"[{label}]" for label in labels)] if labels else []
        content = self._readable(message.content)
        return "\n".join([*([content] if message.author.bot and content else []), *files, *buttons])

    def _readable(self, text):
        for member_id, name in self._names.items():
            text = text.replace(f"<@{member_id}>", f"@{name}")
        for thread in self._channel.threads:
            text = text.replace(f"<#{thread.id}>", f"🧵 {thread.name}")
        text = re.sub(r"<t:\d+:R>", "in a moment", text)
        return re.sub(r"\[([^]]+)]\(https://[^)]+\)", r"\1 ↗", text).replace("-# ", "")


def _print(who, text):
    lines = [part for line in text.splitlines() for part in textwrap.wrap(line, WIDTH) or [""]]
    print(f"{who:>10}  {lines[0]}", *(INDENT + line for line in lines[1:]), sep="\n", flush=True)
