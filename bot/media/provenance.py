"""Where a clip comes from, as a C2PA manifest: how it was made, from what, by which engine with which seed."""

from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

from bot.media.clips import clip_name
from bot.media.signing import Ingredient
from bot.rules.takes import Record
from renderer.contract.origin import Origin, origin
from renderer.contract.shot import Shot

IPTC = "http://cv.iptc.org/newscodes/digitalsourcetype/"
SOURCE_TYPES = {
    Origin.DRAWN: "algorithmicMedia",
    Origin.MODIFIED: "compositeSynthetic",
    Origin.GENERATED: "trainedAlgorithmicMedia",
}
SHOT = "org.unstill.shot"  # our own assertion
MANIFEST_BYTES = 8 * 1024  # of one clip's credentials; seen: 4 to 5 thousand
SCENE_BYTES = 24 * 1024  # of each clip in a reel, which brings its own credentials along


def room(shot: Shot) -> int:
    """Bytes to leave for the credentials of a clip."""
    return MANIFEST_BYTES + SCENE_BYTES * len(shot.scenes)


def origin_of(record: Record, scenes: Sequence[Record] = ()) -> Origin:
    """How a take's clip came to be; a reel's as that of its scenes."""
    return origin([each.take.shot.engine for each in scenes] or [record.take.shot.engine])


def manifest(record: Record, made: Origin, ingredients: Sequence[Ingredient]) -> dict[str, Any]:
    """The manifest of a take's clip, for `bot.media.signing`. What a member wrote stays out of it: the clip travels."""
    shot = record.take.shot
    source = f"{IPTC}{SOURCE_TYPES[made]}"
    if shot.scenes:
        placed = {"action": "c2pa.placed", "parameters": {"ingredientIds": [each.id for each in ingredients]}}
        actions = [{"action": "c2pa.created", "digitalSourceType": source}, placed]
    elif made is Origin.MODIFIED:
        opened = {"action": "c2pa.opened", "parameters": {"ingredientIds": [each.id for each in ingredients]}}
        actions = [opened, {"action": "c2pa.edited", "digitalSourceType": source, "description": "set moving"}]
    else:
        actions = [{"action": "c2pa.created", "digitalSourceType": source}]
    own = {
        "take": record.id,
        "action": str(record.take.action),
        "engine": shot.engine,
        "seed": shot.beat.seed,
        **({"model": shot.model} if shot.model else {}),
        **({"maker": record.report.maker} if record.report and record.report.maker else {}),
    }
    return {
        "claim_generator_info": [{"name": "Unstill", "version": version("unstill")}],
        "title": clip_name(record.id),
        "format": "video/mp4",
        "assertions": [
            {"label": "c2pa.actions.v2", "data": {"actions": actions}},
            {"label": SHOT, "data": own},
        ],
    }


def still_ingredient(png: bytes, sha256: str, made: Origin) -> Ingredient:
    """The still that a clip was made from."""
    return Ingredient(
        id=f"xmp:iid:{sha256}",
        title="the still",
        media_type="image/png",
        data=png,
        relationship="parentOf" if made is Origin.MODIFIED else "inputTo",
    )


def clip_ingredient(mp4: bytes, take_id: str) -> Ingredient:
    """A clip that a reel joins."""
    return Ingredient(
        id=f"xmp:iid:{take_id}",
        title=clip_name(take_id),
        media_type="video/mp4",
        data=mp4,
        relationship="componentOf",
    )
