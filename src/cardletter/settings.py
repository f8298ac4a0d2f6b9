"""The settings: `[tool.cardletter]` of the project's pyproject.toml, then the environment.

An environment variable wins: `CARDLETTER_TRANSPORT=outbox`, `CARDLETTER_SOURCES__MEMBERS=...`.
"""

import datetime as dt
import difflib
import tomllib
from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    PyprojectTomlConfigSettingsSource,
    SettingsConfigDict,
)
from pydantic_settings import (
    SettingsError as UnreadableError,
)

from cardletter.errors import SettingsError

TABLE = ("tool", "cardletter")
TABLE_FILE = "pyproject.toml"
TABLES = ("transactions", "members", "consents", "interactions")


def _known_tables(columns: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    for table in columns:
        if table not in TABLES:
            raise ValueError(f"there is no table {table!r}: there are {', '.join(TABLES)}")
    return columns


def _known_zone(zone: str) -> str:
    if zone not in available_timezones():
        raise ValueError("there is no such time zone; write it as Europe/London")
    return zone


class Sources(BaseModel):
    """Where the issuer's tables are, and what their columns are called there."""

    model_config = ConfigDict(extra="forbid")

    transactions: str = Field(
        "data/transactions", description="Spending: file, folder, glob or URL.", repr=False
    )
    members: str = Field(
        "data/members", description="Who may get mail: file, folder, glob or URL.", repr=False
    )
    consents: str = Field(
        "data/consents", description="Who said yes to what: file, folder, glob or URL.", repr=False
    )
    interactions: str = Field(
        "",
        description="Surveys, complaints, calls, visits, redemptions of offers; empty: none.",
        repr=False,
    )
    columns: Annotated[dict[str, dict[str, str]], AfterValidator(_known_tables)] = Field(
        default_factory=dict,
        description="Per table, our column name = the name it has in your data.",
    )
    set_aside_limit: float = Field(
        0.01, ge=0, le=1, description="Share of rows that may be set aside before a table fails."
    )
    time_zone: Annotated[str, AfterValidator(_known_zone)] = Field(
        "UTC", description="Where the clocks of transactions stood that say no zone."
    )
    categories: Literal["any", "mcc"] = Field(
        "any", description="`mcc`: every category is a code of four digits; `any`: or your own."
    )
    currency: str = Field("", description="The currency amounts are summed in; empty: the only.")
    rates: str = Field("", description="A CSV file currency,rate: worth in sources.currency.")


class Content(BaseModel):
    """Items that stand in a table, beside those in content/."""

    model_config = ConfigDict(extra="forbid")

    items: str = Field(
        "", description="CSV, Parquet or JSON, or a database's table: sqlite://data/feed.db#items."
    )
    columns: dict[str, str] = Field(
        default_factory=dict, description="Our column name = the name it has in your table."
    )


class Permission(BaseModel):
    """What no member is to be bothered with, whatever else they said yes to."""

    model_config = ConfigDict(extra="forbid")

    letters: int = Field(4, ge=1, description="Most letters a member may get in `days`.")
    days: int = Field(30, ge=1, description="The time in which letters are counted, all editions.")
    quiet_from: dt.time | None = Field(None, description="When night begins where a member lives.")
    quiet_until: dt.time | None = Field(None, description="When night ends; held mail waits.")
    time_zone: Annotated[str, AfterValidator(_known_zone)] = Field(
        "UTC", description="For members whose time zone is not known."
    )
    consents_max_age_hours: int = Field(
        24, ge=1, description="Consents taken in longer ago than this stop the sending."
    )


class Approval(BaseModel):
    """Who must approve an edition before it is sent."""

    model_config = ConfigDict(extra="forbid")

    demand: Literal["ses", "always", "never"] = Field(
        "ses", description="`ses`: what leaves by SES; `never`: not even where an edition asks."
    )
    two_from: int = Field(
        0, ge=0, description="Members from which two people must approve; 0: never."
    )


class Ses(BaseModel):
    """How messages leave through Amazon SES, and where it reports of them."""

    model_config = ConfigDict(extra="forbid")

    region: str = Field("", description="The AWS region; empty: as in the AWS configuration.")
    configuration_set: str = Field(
        "", description="The configuration set, whose events come back to us; needed to send."
    )
    tenant: str = Field("", description="The SES tenant, if you use tenants.")
    batch: int = Field(
        50, ge=1, le=50, description="Members a call; 1: one call a member, dearer, less in doubt."
    )
    connections: int = Field(4, ge=1, le=64, description="Calls on their way at the same time.")
    calls_per_second: float = Field(
        0, ge=0, description="Most calls a second; 0: as many as the account's rate needs."
    )
    connect_timeout: float = Field(3, gt=0, description="Seconds until a connection is given up.")
    read_timeout: float = Field(10, gt=0, description="Seconds until an answer is given up.")
    lease: float = Field(
        30, gt=0, description="Seconds a sender holds a call; more than both timeouts."
    )
    release_after: float = Field(
        900,
        ge=0,
        description="Seconds until a call in doubt may be released; SES refuses old ones.",
    )
    sandbox: bool = Field(default=False, description="Send from the SES sandbox, for a trial.")
    while_under_review: bool = Field(
        default=False, description="Send while SES has the account under review."
    )
    endpoint_url: str = Field("", description="Another SES than Amazon's, for a rehearsal.")
    queue_url: str = Field("", description="The SQS queue that SES events come to.")
    topics: list[str] = Field(
        default_factory=list, description="The SNS topics whose events are believed."
    )
    accounts: list[str] = Field(
        default_factory=list, description="The AWS accounts whose events are believed; empty: any."
    )

    @model_validator(mode="after")
    def _lease_lasts(self) -> Self:
        if self.lease <= self.connect_timeout + self.read_timeout:
            raise ValueError("ses.lease must be longer than both timeouts together")
        return self


class Settings(BaseSettings):
    """All settings of one newsletter project; relative paths are relative to `project`."""

    model_config = SettingsConfigDict(
        env_prefix="CARDLETTER_",
        env_nested_delimiter="__",
        pyproject_toml_table_header=TABLE,
        extra="forbid",
        frozen=True,
    )

    project: Path = Field(Path(), description="The folder of pyproject.toml; not to be set.")
    sources: Sources = Field(default_factory=Sources, description="Where the data is.")
    content: Content = Field(default_factory=Content, description="Items beside those in content/.")
    permission: Permission = Field(default_factory=Permission, description="Limits for all.")
    workspace: Path = Field(Path("workspace"), description="Folder for everything that is made.")
    ledger_url: str = Field(
        "", description="A database for the ledger; empty: SQLite in the workspace.", repr=False
    )
    transport: Literal["outbox", "ses"] = Field(
        "outbox", description="How messages leave: `outbox` writes them as files, `ses` sends them."
    )
    approval: Approval = Field(default_factory=Approval, description="Who must approve.")
    ses: Ses = Field(default_factory=Ses, description="Amazon SES, where the transport is `ses`.")
    send_days: int = Field(
        3, ge=1, le=60, description="Days from an edition's date in which it may be sent."
    )
    sender: str = Field(
        "Cardletter <letter@cardletter.example>", description="The From line of every message."
    )
    preferences_url: str = Field(
        "https://cardletter.example/preferences", description="Where the preference centre answers."
    )
    unsubscribe_url: str = Field(
        "https://cardletter.example/unsubscribe", description="Where one-click unsubscribe answers."
    )
    proofs: list[str] = Field(
        default_factory=list, description="Addresses that the studio may send proofs to."
    )
    link_domains: list[str] = Field(
        default_factory=list, description="Domains that letters may link to; empty: any."
    )
    assets_url: str = Field(
        "", description="Where the pictures are served from; empty: each mail carries its own."
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - pydantic names them
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - pydantic names them
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the environment win over pyproject.toml."""
        project = init_settings.init_kwargs["project"]  # type: ignore[attr-defined]
        toml = PyprojectTomlConfigSettingsSource(settings_cls, Path(project) / "pyproject.toml")
        return init_settings, env_settings, toml

    def path(self, *parts: str | Path) -> Path:
        """Resolve a path of the project."""
        return self.project.joinpath(*parts)


def load(project: str | Path = ".") -> Settings:
    """Read the settings of the newsletter project in a folder.

    Raises:
        SettingsError: there is no project, or a setting is unknown or wrong.
    """
    folder = Path(project).resolve()
    file = folder / "pyproject.toml"
    tools = _toml(file).get("tool") if file.is_file() else None
    if not isinstance(tools, dict) or not isinstance(tools.get("cardletter"), dict):
        msg = (
            f"{folder} is no newsletter project: its pyproject.toml has no [tool.cardletter]. "
            "Go to your project's folder, or make one with `cardletter init DIR`."
        )
        raise SettingsError(msg)
    try:
        return Settings(project=folder)
    except ValidationError as error:
        raise SettingsError(_in_words(error)) from None
    except UnreadableError:
        msg = "CARDLETTER_SOURCES or CARDLETTER_SOURCES__COLUMNS in the environment is not JSON."
        raise SettingsError(msg) from None


def _toml(file: Path) -> dict[str, dict[str, object]]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise SettingsError(f"{file} is not UTF-8 text: save it as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{file} is not valid TOML: {error}.") from None


def _in_words(error: ValidationError) -> str:
    """Say each wrong setting, without its value: a value may be a secret."""
    known = [
        *Settings.model_fields,
        *(f"sources.{name}" for name in Sources.model_fields),
        *(f"content.{name}" for name in Content.model_fields),
        *(f"permission.{name}" for name in Permission.model_fields),
        *(f"ses.{name}" for name in Ses.model_fields),
        *(f"approval.{name}" for name in Approval.model_fields),
    ]
    lines = []
    for detail in error.errors(include_input=False, include_url=False):
        name = ".".join(str(part) for part in detail["loc"])
        if detail["type"] == "extra_forbidden":
            near = difflib.get_close_matches(name, known, n=1)
            lines.append(
                f"there is no setting {name!r}" + (f"; is it {near[0]!r}?" if near else "")
            )
        else:
            lines.append(f"{name}: {detail['msg'].removeprefix('Value error, ').lower()}")
    return "pyproject.toml, [tool.cardletter], or the environment: " + "; ".join(lines)
