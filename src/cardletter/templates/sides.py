"""Sides of a comparison: an edition as it was made, and as its files would have it made now."""

import json
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from cardletter import content
from cardletter.templates.made import MADE, Making, personal_items
from cardletter.templates.press import Plates
from cardletter.templates.rendering import read_frame
from cardletter.workspace import Workspace

COPIED = ("*.json", "*.parquet")


@dataclass(frozen=True)
class Side:
    """An edition as it is made: what its letters are made of, and who gets which."""

    made: Mapping[str, Any]
    members: pd.DataFrame
    """member_id, variant_id."""
    personal: pd.DataFrame
    """member_id, place, item_id, reason."""


def as_made(desk: Workspace) -> Side:
    """Read an edition as it was last made."""
    made = desk.read_json(MADE)
    return Side(made, _members(desk), _personal(desk))


def as_written(desk: Workspace) -> Side:
    """Match an edition anew as its files are now, for the members it was made for; keep nothing."""
    with tempfile.TemporaryDirectory(dir=desk.root, prefix=".diff-") as folder:
        draft = replace(desk, folder=Path(folder))
        for file in (file for pattern in COPIED for file in desk.folder.glob(pattern)):
            draft.file(file.name).write_bytes(file.read_bytes())
        content.match(draft)
        making = Making(read_frame(draft), Plates.read(desk.project))
        letters = list(making.letters(draft))
        told = making.told(letters, personal_items(draft))
        names = {letter.variant.variant_id: letter.name for letter in letters}
        members = _members(draft)
        members["variant_id"] = members["variant_id"].map(names)
        return Side(json.loads(json.dumps(told, default=str)), members, _personal(draft))


def notes(desk: Workspace) -> Iterator[str]:
    """Say what of the files an edition as written does not show yet."""
    made = (desk.folder / "segments.json").stat().st_mtime
    for file in sorted((desk.project / "segments").glob("*.yaml")):
        if file.stat().st_mtime > made:
            yield (
                f"segments/{file.name} was changed since: who is in which segment, and its name, "
                f"are those of then until `cardletter render {desk.edition}`."
            )


def _members(desk: Workspace) -> pd.DataFrame:
    table = pd.read_parquet(
        desk.file("assignments.parquet"), columns=["member_id", "variant_id"]
    ).dropna()
    return table.astype({"member_id": str})


def _personal(desk: Workspace) -> pd.DataFrame:
    file, columns = desk.folder / "personal.parquet", ["member_id", "place", "item_id", "reason"]
    if not file.is_file():
        return pd.DataFrame(columns=columns, dtype=str)
    return pd.read_parquet(file, columns=columns).astype({"member_id": str})
