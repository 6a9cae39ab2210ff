"""Where a model is: a row's weights in the local Hugging Face cache, or a folder. Nothing here downloads."""

from dataclasses import dataclass
from pathlib import Path

from renderer.contract.errors import BadModelError
from renderer.engines.diffusion.checkpoints.checkpoint import INDEX, check_kind, lacking, recognise
from renderer.engines.diffusion.checkpoints.overrides import named_row, overridden, read_overrides
from renderer.engines.diffusion.checkpoints.rows import MODELS
from renderer.engines.diffusion.checkpoints.spec import DRAFT, FINISH, Lora, ModelSpec, Profile
from renderer.models.networks import cached


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A model that is here whole."""

    spec: ModelSpec
    profile_name: str
    folder: Path  # in diffusers' layout
    loras: tuple[tuple[Lora, Path], ...] = ()  # the profile's, each with its file

    @property
    def profile(self) -> Profile:
        return self.spec.profiles[self.profile_name]


def split(setting: str) -> tuple[str, str]:
    """A setting's row or folder, and its profile."""
    name, colon, suffix = setting.rpartition(":")
    return (name, DRAFT) if colon and suffix == DRAFT else (setting, FINISH)


def find(setting: str) -> Found:
    """Find what `ROW`, `ROW:draft` or a folder (with or without `:draft`) names.

    Raises `BadModelError` where it is not here whole, or is nothing that we can run.
    """
    name, profile_name = split(setting)
    if not name:
        raise BadModelError(name="(none)", why=f"set UNSTILL_MODEL to a folder or one of {', '.join(MODELS)}")
    if name in MODELS:
        return _find_row(MODELS[name], profile_name)
    folder = Path(name).expanduser()
    if not folder.is_dir():
        raise BadModelError(name=name, why=f"it is no folder, and no row; there are: {', '.join(MODELS)}")
    return _find_folder(folder, name, profile_name)


def _find_row(spec: ModelSpec, profile_name: str) -> Found:
    setting = spec.id if profile_name == FINISH else f"{spec.id}:{profile_name}"
    profile = _profile(spec, profile_name, spec.id)
    fetch = f"`python -m renderer fetch {setting}` brings it"
    index = cached(profile.repo or spec.repo, INDEX)
    if index is None:
        raise BadModelError(name=setting, why=f"it is not in the local cache: {fetch}")
    if lack := lacking(index.parent, setting, spec.variant):
        raise BadModelError(name=setting, why=f"{lack}: {fetch}")
    loras = [(lora, cached(lora.repo, lora.file)) for lora in profile.loras]
    if absent := [lora for lora, file in loras if file is None]:
        raise BadModelError(name=setting, why=f"{absent[0].file} is not in the local cache: {fetch}")
    here = tuple((lora, file) for lora, file in loras if file is not None)
    return Found(spec=spec, profile_name=profile_name, folder=index.parent, loras=here)


def _find_folder(folder: Path, name: str, profile_name: str) -> Found:
    """The folder is the weights, whatever repository a profile names; its profiles say how they are run."""
    if not (folder / INDEX).is_file():
        raise BadModelError(name=name, why=f"it has no {INDEX}, so it is not in diffusers' layout")
    overrides = read_overrides(folder, name)
    row = named_row(overrides, name)
    if row is None:
        row = recognise(folder, name)
    check_kind(folder, name, row)
    spec = overridden(row, overrides, name)
    profile = _profile(spec, profile_name, name)
    if lack := lacking(folder, name, spec.variant):
        raise BadModelError(name=name, why=lack)
    loras = tuple((lora, folder / lora.file) for lora in profile.loras)
    if absent := [lora for lora, file in loras if not file.is_file()]:
        raise BadModelError(name=name, why=f"it has no {absent[0].file}, which its {profile_name} profile needs")
    return Found(spec=spec, profile_name=profile_name, folder=folder, loras=loras)


def _profile(spec: ModelSpec, profile_name: str, name: str) -> Profile:
    if profile_name not in spec.profiles:
        raise BadModelError(name=f"{name}:{profile_name}", why=f"it has no {profile_name} profile, only {FINISH}")
    return spec.profiles[profile_name]
