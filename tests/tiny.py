"""The least newsletter project there is: three tables, each a handful of rows written in a test."""

import gzip
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from cardletter import sources, workspace
from cardletter.errors import SourceError
from cardletter.settings import load
from cardletter.sources import Warehouse, checked
from cardletter.sources.contract import report
from cardletter.workspace import Workspace

EDITION = "2026-12"
TRANSACTIONS = """\
member_id,occurred_at,amount,category
00123,2026-11-01,12.50,5812
00124,2026-11-02T18:05:00,3.00,5942
"""
MEMBERS = """\
member_id,email
00123,ada.lovelace@mail.example
00124,bo.peep@mail.example
"""
CONSENTS = """\
member_id,purpose,state,occurred_at,method,wording
00123,newsletter,granted,2026-01-01,web_form,Yes
00123,profiling,granted,2026-01-01,web_form,Yes
"""
INTERESTS = """\
interests:
  dining:
    name: Dining out
    phrase: eating out
    categories: ["5811-5814"]
  reading:
    name: Books
    phrase: books
    categories: ["5942", "COOK BOOKS"]
sensitive:
  gambling: ["7995"]
uninformative: ["4900"]
"""
PEOPLE = ("ada.lovelace", "bo.peep", "00123", "00124")
"""What stands for a person in the tables above, and so in no message."""


def tiny(folder: Path, tables: dict[str, Any] | None = None, settings: str = "") -> Path:
    """Write the project; `tables` replaces a table by files: name -> text, bytes or DataFrame."""
    given = tables or {}
    names = {name.replace("/", ".").split(".")[0] for name in given}
    every = {"transactions": TRANSACTIONS, "members": MEMBERS, "consents": CONSENTS}
    files = {f"{name}.csv": text for name, text in every.items() if name not in names} | given
    put(folder / "pyproject.toml", f"[tool.cardletter]\n{settings}\n")
    put(folder / "segments/interests.yaml", INTERESTS)
    for name, content in files.items():
        put(folder / "data" / name, content)
    return folder


def put(file: Path, content: str | bytes | pd.DataFrame) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, pd.DataFrame):
        content.to_parquet(file, index=False)
    else:
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def begin(project: Path) -> Workspace:
    return workspace.begin(workspace.open_edition(EDITION, project))


def pull(project: Path) -> dict[str, Any]:
    """Pull, and give what was found of every table."""
    desk = begin(project)
    sources.pull(desk)
    return dict(desk.read_json("sources.json")["tables"])


def found(project: Path, table: str) -> dict[str, Any]:
    """Give what is found of one table."""
    return report(Warehouse(load(project)), table)


def rows(project: Path, table: str) -> pd.DataFrame:
    """Give the rows of a table that keep the contract."""
    return checked(Warehouse(load(project)), table).to_pandas()


def refusal(project: Path, table: str, *planted: str) -> str:
    """Read a table that must be refused: the message, which names no person."""
    with pytest.raises(SourceError) as raised:
        found(project, table)
    message = str(raised.value)
    assert not [value for value in (*PEOPLE, *planted) if value in message]
    return message


def packed(text: str) -> bytes:
    return gzip.compress(text.encode(), mtime=0)
