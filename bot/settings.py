"""What the bot's operator sets, from the environment or `.env`."""

from pathlib import Path
from typing import Annotated

from pydantic import AliasChoices, Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.rules.flagging import Flagged
from renderer.contract.abilities import WITH_MODELS
from renderer.contract.logs import Style
from renderer.contract.redis_url import check_redis_url

Ids = Annotated[frozenset[int], NoDecode]  # written with commas, not as JSON
Words = Annotated[tuple[str, ...], NoDecode]


class Settings(BaseSettings):
    """The bot's settings. Built in `__main__`, passed down; nothing reads the environment elsewhere."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", populate_by_name=True, frozen=True)

    discord_token: SecretStr | None = Field(
        default=None,
        validation_alias=AliasChoices("DISCORD_TOKEN"),
        description="The bot's token. Needed to go online.",
    )
    redis_url: SecretStr | None = Field(
        default=None,
        validation_alias=AliasChoices("REDIS_URL"),
        description="Redis for jobs. Unset: the bot starts its own, and one worker.",
    )
    database_url: SecretStr | None = Field(
        default=None,
        validation_alias=AliasChoices("DATABASE_URL"),
        description="The record: `postgresql://…`. Unset: a SQLite file in the data folder.",
    )
    data_dir: Path = Field(
        default=Path("data"),
        validation_alias=AliasChoices("UNSTILL_DATA_DIR"),
        description="The folder for the SQLite file, stills, clips and the embedded Redis.",
    )
    engine: str = Field(
        default="parallax",
        validation_alias=AliasChoices("UNSTILL_ENGINE"),
        description="What moves new takes, and a worker loads: `parallax`, `diffusion`, or `bars` (a test pattern).",
    )
    model: str = Field(
        default="",
        validation_alias=AliasChoices("UNSTILL_MODEL"),
        description="The model of the `diffusion` engine: a row of `python -m renderer models`, or a folder in "
        "diffusers' layout; with `:draft` after it for its quick profile.",
        validate_default=True,
    )
    safety_policy: Flagged = Field(
        default=Flagged.REFUSE,
        validation_alias=AliasChoices("UNSTILL_SAFETY_POLICY"),
        description="What becomes of pictures that a worker's safety model flags: `allow`, `spoiler` (behind a "
        "cover), `restricted` (so in age-restricted channels, elsewhere refused) or `refuse`. Servers may be stricter.",
    )
    blocked_members: Ids = Field(
        default=frozenset(),
        validation_alias=AliasChoices("UNSTILL_BLOCKED_MEMBERS"),
        description="Discord ids of members that the bot does not serve anywhere, with commas between them.",
    )
    blocked_servers: Ids = Field(
        default=frozenset(),
        validation_alias=AliasChoices("UNSTILL_BLOCKED_SERVERS"),
        description="Discord ids of servers that the bot leaves and does not serve.",
    )
    blocked_words: Words = Field(
        default=(),
        validation_alias=AliasChoices("UNSTILL_BLOCKED_WORDS"),
        description="Words and phrases that no mood may have, with commas between them; `word*` for all that begin so.",
    )
    media_days: Annotated[int, Field(ge=1)] | None = Field(
        default=None,
        validation_alias=AliasChoices("UNSTILL_MEDIA_DAYS"),
        description="Days that stills and clips stay which nobody keeps. Unset: for ever, unless a server says other.",
    )
    disk_gb: Annotated[float, Field(gt=0)] | None = Field(
        default=None,
        validation_alias=AliasChoices("UNSTILL_DISK_GB"),
        description="GB that stills and clips may have; the oldest that nobody keeps go first. Unset: no limit.",
    )
    redis_mb: Annotated[int, Field(ge=64)] = Field(
        default=512,
        validation_alias=AliasChoices("UNSTILL_REDIS_MB"),
        description="MB that the embedded Redis may have. When it is full, takes wait.",
    )
    signing_key: Path | None = Field(
        default=None,
        validation_alias=AliasChoices("UNSTILL_SIGNING_KEY"),
        description="The PEM file of the key that signs clips' content credentials (P-256, P-384 or P-521). Unset: a "
        "key of the bot's own, made at the first start.",
    )
    signing_certificates: Path | None = Field(
        default=None,
        validation_alias=AliasChoices("UNSTILL_SIGNING_CERTIFICATES"),
        description="The PEM file of its certificates, the key's own first.",
    )
    upload_limit: Annotated[int, Field(ge=64 * 1024)] | None = Field(
        default=None,
        validation_alias=AliasChoices("UNSTILL_UPLOAD_LIMIT"),
        description="Bytes a clip may have. Unset: what Discord allows the server.",
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
    metrics_port: Annotated[int, Field(ge=1, le=65535)] | None = Field(
        default=None,
        validation_alias=AliasChoices("UNSTILL_METRICS_PORT"),
        description="The port of `/metrics` (Prometheus), `/healthz` and `/readyz`. Unset: none is opened.",
    )
    metrics_host: str = Field(
        default="127.0.0.1",
        validation_alias=AliasChoices("UNSTILL_METRICS_HOST"),
        description="The address that they are served on. They ask for no password.",
    )

    @field_validator(
        "discord_token",
        "redis_url",
        "database_url",
        "upload_limit",
        "metrics_port",
        "media_days",
        "disk_gb",
        "signing_key",
        "signing_certificates",
        mode="before",
    )
    @classmethod
    def _empty_is_unset(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("blocked_members", "blocked_servers", "blocked_words", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return [part.strip() for part in value.split(",") if part.strip()]

    @field_validator("safety_policy", "log_style", "metrics_host", "redis_mb", mode="before")
    @classmethod
    def _empty_is_usual(cls, value: object, info: ValidationInfo) -> object:
        return value or cls.model_fields[str(info.field_name)].default

    @field_validator("model")
    @classmethod
    def _model(cls, value: str, info: ValidationInfo) -> str:
        if not value and (engine := info.data.get("engine")) in WITH_MODELS:
            raise ValueError(f"set UNSTILL_MODEL to a model of {engine}: `python -m renderer models` lists them")
        return value

    @field_validator("redis_url")
    @classmethod
    def _redis(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            check_redis_url(value.get_secret_value())
        return value

    @field_validator("log")
    @classmethod
    def _level(cls, value: str) -> str:
        level = value.upper()
        if level not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
            raise ValueError("choose DEBUG, INFO, WARNING or ERROR")
        return level

    @property
    def database(self) -> str:
        """The database's address with the driver that SQLAlchemy shall use."""
        if self.database_url is None:
            return f"sqlite+aiosqlite:///{self.data_dir.resolve() / 'unstill.db'}"
        scheme, colon, rest = self.database_url.get_secret_value().partition("://")
        drivers = {"postgres": "postgresql+asyncpg", "postgresql": "postgresql+asyncpg", "sqlite": "sqlite+aiosqlite"}
        return f"{drivers.get(scheme, scheme)}{colon}{rest}"
