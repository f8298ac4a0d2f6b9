"""Windows: spans of days, counted back from the day after the last purchase."""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from cardletter.errors import stop_on_errors
from cardletter.yamlfile import YamlFile

CLUSTERING = "segments/clustering.yaml"
WINDOWS = 3
"""The windows that spending is told of, the newest first."""


class Windows(BaseModel):
    """How long a window is, and how far back a purchase counts."""

    # Strict: `yes` is no 1, and "50" in quotes is no number.
    model_config = ConfigDict(strict=True, allow_inf_nan=False)

    window_days: int = Field(56, ge=7, le=366)
    history_days: int | Literal["all"] = "all"

    @field_validator("history_days", mode="before")
    @classmethod
    def _long_enough(cls, value: object, info: ValidationInfo) -> object:
        """Tell what is wrong once: a union would tell it of the number and of the word."""
        least = WINDOWS * info.data.get("window_days", 1)
        if value != "all" and (type(value) is not int or value < least):
            raise ValueError(f"write all, or days that hold {WINDOWS} windows: {least} or more")
        return value

    @property
    def reach(self) -> int | None:
        """Give how many days back a purchase counts; None for all there are."""
        return None if self.history_days == "all" else self.history_days


def read_windows(project: Path) -> Windows:
    """Read what clustering.yaml says of them; where there is no such file, the usual ones.

    Raises:
        FilesError: what stands there is no number of days.
    """
    if not (project / CLUSTERING).is_file():
        return Windows()
    windows, findings = YamlFile.read(project, CLUSTERING).fit(Windows)
    stop_on_errors(findings)
    return windows or Windows()
