"""The starter: the repository's own folders, as a new newsletter project."""

import shutil
from importlib.resources import files
from pathlib import Path

from cardletter.errors import CardletterError

PARTS = ("content", "segments", "templates", "flows", "prefect.yaml")

PYPROJECT = """\
[project]
name = "{name}"
version = "0.1.0"
requires-python = ">=3.11"
dependencies = ["cardletter"]

[tool.cardletter]
# Where your data is: a CSV or Parquet file, a folder of them, or a glob.
sources.transactions = "data/transactions"
sources.members = "data/members"
sources.consents = "data/consents"
# Where your data has other names for columns: ours = "yours".
# sources.columns.transactions.category = "mcc"
workspace = "workspace"
transport = "outbox"
sender = "The Larkfield Letter <letter@larkfield.example>"
preferences_url = "https://larkfield.example/preferences"
unsubscribe_url = "https://larkfield.example/unsubscribe"
"""

GITIGNORE = "workspace/\ndata/\n.venv/\n__pycache__/\n"


def unpack(folder: Path) -> Path:
    """Write a new newsletter project into a folder that is new or empty, and give its path.

    Raises:
        CardletterError: the folder holds something.
    """
    target = folder.resolve()
    if target.exists() and any(target.iterdir()):
        raise CardletterError(f"{target} is not empty: name a new folder.")
    target.mkdir(parents=True, exist_ok=True)
    for part in PARTS:
        _copy(_home() / part, target / part)
    (target / "pyproject.toml").write_text(PYPROJECT.format(name=target.name), encoding="utf-8")
    (target / ".gitignore").write_text(GITIGNORE, encoding="utf-8")
    return target


def _home() -> Path:
    """Find the starter: inside the wheel, or, in a checkout, the repository itself."""
    packed = Path(str(files("cardletter"))) / "starter"
    return packed if packed.is_dir() else Path(__file__).parents[2]


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    else:
        shutil.copy2(source, target)
