"""Windows: spans of days, counted back from the day after the last purchase."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from cardletter.errors import stop_on_errors
from cardletter.yamlfile import YamlFile

CLUSTERING = "segments/clustering.yaml"
WINDOWS = 3
"""The windows that spending is told of, the newest first."""


class Windows(BaseModel):
    """How long a window is."""

    # Strict: `yes` is no 1, and "50" in quotes is no number.
    model_config = ConfigDict(strict=True, allow_inf_nan=False)

    window_days: int = Field(56, ge=7, le=366)


def read_window_days(project: Path) -> int:
    """Read from clustering.yaml how many days a window has; where there is no such file, 56.

    Raises:
        FilesError: what stands there is no number of days.
    """
    if not (project / CLUSTERING).is_file():
        return Windows().window_days
    windows, findings = YamlFile.read(project, CLUSTERING).fit(Windows)
    stop_on_errors(findings)
    return (windows or Windows()).window_days
