"""What a worker's operator sets, from the environment or `.env`."""

from pydantic import AliasChoices, Field, PositiveFloat, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from renderer.contract.logs import Style
from renderer.contract.redis_url import check_redis_url

DEPTH_MODEL = "depth-anything/Depth-Anything-V2-Small-hf"  # Apache-2.0, 99 MB
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


class Settings(BaseSettings):
    """The renderer's settings. Built in `__main__`, passed down; nothing reads the environment elsewhere."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", populate_by_name=True, frozen=True)

    redis_url: SecretStr | None = Field(
        default=None,
        validation_alias=AliasChoices("REDIS_URL"),
        description="The Redis that the bot uses. All that a worker needs.",
    )
    engine: str = Field(
        default="parallax",
        validation_alias=AliasChoices("UNSTILL_ENGINE"),
        description="What a worker loads at its start, and `render` uses: `parallax`, `diffusion` or `bars`.",
    )
    model: str = Field(
        default="",
        validation_alias=AliasChoices("UNSTILL_MODEL"),
        description="The model of the `diffusion` engine: a row of `python -m renderer models`, or a folder in "
        "diffusers' layout; with `:draft` after it for its quick profile.",
    )
    mood_model: str = Field(
        default="",
        validation_alias=AliasChoices("UNSTILL_MOOD_MODEL"),
        description="What understands moods: a folder, or the name of a sentence-transformers model in the local "
        "Hugging Face cache, for instance a multilingual one. Empty: the built-in one, which reads English.",
    )
    depth_model: str = Field(
        default=DEPTH_MODEL,
        validation_alias=AliasChoices("UNSTILL_DEPTH_MODEL"),
        description="The network that tells near from far: a folder, or a Hugging Face id once it is fetched. "
        "Without one, the picture's own cues do.",
    )
    safety_model: str = Field(
        default="",
        validation_alias=AliasChoices("UNSTILL_SAFETY_MODEL"),
        description="What looks for unsafe pictures in stills and clips: an image classifier, a folder or a fetched "
        "id such as Falconsai/nsfw_image_detection. Empty: nothing does.",
    )
    vram: PositiveFloat | None = Field(
        default=None,
        validation_alias=AliasChoices("UNSTILL_VRAM"),
        description="GB of the card that `diffusion` may plan with. Unset: what is free at its start.",
    )
    attention: str = Field(
        default="",
        validation_alias=AliasChoices("UNSTILL_ATTENTION"),
        description="The attention backend of `diffusion`, by diffusers' name. Empty: the best that works here.",
    )
    compile_: bool | None = Field(
        default=None,
        validation_alias=AliasChoices("UNSTILL_COMPILE"),
        description="Whether `diffusion` compiles its networks' blocks at its start. Unset: where there is a card.",
    )
    cache: str = Field(
        default="",
        pattern=r"^(first_block(:.+)?|mag:.+)?$",
        validation_alias=AliasChoices("UNSTILL_CACHE"),
        description="What `diffusion` reuses between steps, of 20 or more: `first_block` (or "
        "`first_block:THRESHOLD`), `mag:FILE` by curves that were measured, or nothing.",
    )
    log: str = Field(
        default="INFO",
        validation_alias=AliasChoices("UNSTILL_LOG"),
        description="Log level: DEBUG, INFO, WARNING or ERROR.",
    )
    log_style: Style = Field(
        default=Style.LINES,
        validation_alias=AliasChoices("UNSTILL_LOG_STYLE"),
        description="`lines` for people, `json` for machines. Each line names the take it is about.",
    )

    @field_validator("redis_url", "vram", "compile_", mode="before")
    @classmethod
    def _empty_is_unset(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("redis_url")
    @classmethod
    def _redis(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            check_redis_url(value.get_secret_value())
        return value

    @field_validator("log_style", mode="before")
    @classmethod
    def _empty_is_usual(cls, value: object) -> object:
        return value or Style.LINES

    @field_validator("log")
    @classmethod
    def _level(cls, value: str) -> str:
        if value.upper() not in LEVELS:
            raise ValueError(f"choose {', '.join(LEVELS)}")
        return value.upper()
