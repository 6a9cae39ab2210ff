"""A folder in diffusers' layout, by its JSON files alone: which row it is of, and what it lacks."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, cast

from renderer.contract.errors import BadModelError
from renderer.engines.diffusion.checkpoints.rows import MODELS
from renderer.engines.diffusion.checkpoints.spec import ModelSpec

INDEX = "model_index.json"
Json = dict[str, Any]
WITHOUT_WEIGHTS = ("Tokenizer", "Scheduler", "Processor", "FeatureExtractor")  # in a class's name
VOCABULARIES = ("tokenizer.json", "*.model", "vocab*")
# Pipelines with the same parts: a repository's index may name the one that starts from words alone.
SIBLINGS: dict[str, frozenset[str]] = {
    "WanImageToVideoPipeline": frozenset({"WanImageToVideoPipeline", "WanPipeline"}),
    "WanVACEPipeline": frozenset({"WanVACEPipeline"}),
    "LTXConditionPipeline": frozenset({"LTXConditionPipeline"}),  # weights of the others know no conditions
    "LTX2ConditionPipeline": frozenset({"LTX2ConditionPipeline", "LTX2ImageToVideoPipeline", "LTX2Pipeline"}),
    "StableVideoDiffusionPipeline": frozenset({"StableVideoDiffusionPipeline"}),
}


def read_json(path: Path, name: str) -> Json:
    """An object from a file of the model `name`. Raises `BadModelError`."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadModelError(name=name, why=f"it has no {path.name} that can be read") from error
    except ValueError as error:
        raise BadModelError(name=name, why=f"its {path.name} is not JSON") from error
    if not isinstance(value, dict):
        raise BadModelError(name=name, why=f"its {path.name} is not a JSON object")
    return cast("Json", value)


def recognise(folder: Path, name: str) -> ModelSpec:
    """Tell a folder's row by its pipeline and the sizes of its networks. Raises `BadModelError`."""
    index = read_json(folder / INDEX, name)
    made = str(index.get("_class_name", ""))
    for row, fits in _FITS.items():
        if made in SIBLINGS[MODELS[row].pipeline] and fits(folder, index):
            return MODELS[row]
    if any(made in siblings for siblings in SIBLINGS.values()):
        raise BadModelError(name=name, why=f"no row is for a {made} with such networks; there are: {', '.join(MODELS)}")
    known = ", ".join(sorted(sibling for siblings in SIBLINGS.values() for sibling in siblings))
    raise BadModelError(name=name, why=f"its pipeline, {made or 'which it does not name'}, is none of {known}")


def check_kind(folder: Path, name: str, spec: ModelSpec) -> None:
    """Raise `BadModelError` where the folder holds another pipeline than the row's."""
    made = str(read_json(folder / INDEX, name).get("_class_name"))
    if made not in SIBLINGS[spec.pipeline]:
        raise BadModelError(name=name, why=f"it holds a {made}, and the row {spec.id} is a {spec.pipeline}")


def components(index: Mapping[str, Any]) -> dict[str, str]:
    """The parts of a pipeline by its index, each with its class."""
    return {
        part: str(cast("list[Any]", held)[1])
        for part, held in index.items()
        if isinstance(held, list) and len(cast("list[Any]", held)) == 2 and cast("list[Any]", held)[1]
    }


def lacking(folder: Path, name: str, variant: str = "") -> str:
    """What a folder lacks of what its index promises, in a few words; "" where it is whole."""
    for part, made in components(read_json(folder / INDEX, name)).items():
        here = folder / part
        if not here.is_dir():
            return f"it has no {part}"
        if "Tokenizer" in made and not any(file for kind in VOCABULARIES for file in here.glob(kind)):
            return f"its {part} has no vocabulary"  # transformers would go on with an empty one
        if not any(kind in made for kind in WITHOUT_WEIGHTS):
            found = weight_files(here, variant)
            if not found:
                return _no_weights(here, part)
            if missing := [file for file in found if not (here / file).is_file()]:
                return f"its {part} has no {missing[0]}"
    return ""


def has_variant(folder: Path, variant: str) -> bool:
    """Tell whether weights of this variant lie in the folder."""
    return bool(variant) and any(folder.glob(f"*/*.{variant}*.safetensors"))


def weight_files(here: Path, variant: str) -> list[str]:
    """Names of the files that a network is loaded from; [] where there are none."""
    return _weights(here, variant) or _weights(here, "")


def _weights(here: Path, variant: str) -> list[str]:
    """Names of the files that hold a network; [] where neither a file nor an index of several is there."""
    suffix = f".{variant}" if variant else ""
    for stem in ("diffusion_pytorch_model", "model"):
        for index in (f"{stem}.safetensors.index{suffix}.json", f"{stem}{suffix}.safetensors.index.json"):
            if (here / index).is_file():
                places = read_json(here / index, here.name).get("weight_map")
                return sorted({str(file) for file in cast("Json", places).values()}) if isinstance(places, dict) else []
        if (here / f"{stem}{suffix}.safetensors").is_file():
            return [f"{stem}{suffix}.safetensors"]
    return []


def _no_weights(here: Path, part: str) -> str:
    pickled = any(here.glob("*.bin")) or any(here.glob("*.pt*"))
    kind = "only pickles, which are not opened: save it as safetensors" if pickled else "no weights"
    return f"its {part} has {kind}"


def _network(folder: Path) -> Json:
    return read_json(folder / "transformer" / "config.json", folder.name)


def _always(_folder: Path, _index: Json) -> bool:
    return True


def _ltx_2_0(folder: Path, _index: Json) -> bool:
    """Later versions have a text connector for each stream, and want other options."""
    return not read_json(folder / "connectors" / "config.json", folder.name).get("per_modality_projections")


def _both_ends(folder: Path, _index: Json) -> bool:
    return bool(_network(folder).get("pos_embed_seq_len"))


def _large(folder: Path, _index: Json) -> bool:
    return _network(folder).get("num_layers") == 40  # the small one has 30


_FITS: dict[str, Callable[[Path, Json], bool]] = {  # the first that fits
    "wan2.2-ti2v-5b": lambda _folder, index: bool(index.get("expand_timesteps")),
    "wan2.2-i2v-a14b": lambda _folder, index: (
        "transformer_2" in components(index) and index.get("_class_name") == "WanImageToVideoPipeline"
    ),
    "wan2.1-flf2v-14b": _both_ends,
    "wan2.1-vace-14b": _large,
    "wan2.1-vace-1.3b": _always,
    "ltx-2": _ltx_2_0,
    "ltx-video": _always,
    "svd-xt": _always,
}
