"""Makes the anchors' vectors anew: `python -m renderer.meaning`, after a change to the anchors or to the model."""

from renderer.meaning.placing import SHA256, anchors, built_in, phrases_of
from renderer.meaning.vectors import keep


def main() -> None:
    """Make the vectors anew."""
    phrases = phrases_of(anchors())
    keep(SHA256, phrases, built_in()(phrases))


if __name__ == "__main__":
    main()
