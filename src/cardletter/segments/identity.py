"""Identity: a cluster that goes on from last run's keeps its segment's id, name and colour.

What a run leaves to the next stands in its own folder and takes effect with it, so a run that
fails leaves nothing. The next one goes on from the last whole one, be it an edition or
`cardletter segment`.
"""

import colorsys
import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import pandas as pd

from cardletter.errors import EditionError
from cardletter.segments.basis import Basis
from cardletter.segments.choice import Choice
from cardletter.segments.naming import Proposal
from cardletter.segments.points import NOBODY, Floats, Labels, Matrix
from cardletter.workspace import Workspace

IDENTITY, CENTRES = "identity.json", "centres.npz"


@dataclass(frozen=True)
class Identity:
    """The segments of one run as the next one needs them, in one order."""

    run: int
    """Counts the runs that went on from each other."""
    basis_number: int
    """`basis` of clustering.yaml when the basis was found."""
    spread: float
    """Mean squared distance to the centres when the basis was found."""
    given: int
    """The highest number that a segment's id ever had: none is given twice."""
    ids: tuple[str, ...]
    proposals: tuple[Proposal, ...]
    basis: Basis
    centres: Floats
    shares: Matrix
    """Mean share of spending by interest, of each segment's members."""
    choice: Choice
    """The features that the basis was found by, and why these."""
    hands: tuple[str, ...] = ()
    """What people split and merged, and what stands."""

    def save(self, desk: Workspace) -> None:
        """Leave it to the next run, with this run's folder."""
        words = {
            "run": self.run,
            "basis_number": self.basis_number,
            "spread": round(self.spread, 6),
            "given": self.given,
            "hands": self.hands,
            "choice": asdict(self.choice),
            "interests": self.basis.interests,
            "segments": [
                {"segment_id": own, **proposal._asdict()}
                for own, proposal in zip(self.ids, self.proposals, strict=True)
            ],
        }
        desk.write_json(IDENTITY, words)
        file = desk.file(CENTRES)
        np.savez(file, axes=self.basis.axes, centres=self.centres, shares=self.shares)


def last_run(desk: Workspace) -> tuple[Identity, pd.Series] | None:
    """Give what the last whole run left, and the segment each member was in; None before the first.

    Raises:
        EditionError: it cannot be read, and going on without it would move everybody.
    """
    with _readable(desk):
        folder = last_folder(desk)
        if folder is None:
            return None
        assigned = pd.read_parquet(folder / "assignments.parquet").set_index("member_id")
        return _read(folder), assigned["segment_id"]


def last_folder(desk: Workspace) -> Path | None:
    """Give the folder of the last whole run, be it an edition's or of segments alone."""
    folders = [desk.root / "segments", *sorted(desk.root.glob("editions/*"))]
    files = [folder / IDENTITY for folder in folders if not folder.name.startswith(".")]
    with _readable(desk):
        runs = [
            (json.loads(file.read_text(encoding="utf-8"))["run"], file.stat().st_mtime_ns, file)
            for file in files
            if file.is_file()
        ]
        return max(runs)[2].parent if runs else None


@contextmanager
def _readable(desk: Workspace) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError, KeyError, TypeError, BadZipFile) as error:
        msg = (
            f"What the last run knew of the segments ({IDENTITY}, {CENTRES} or assignments.parquet "
            f"in {desk.root}) cannot be read. Put it back from a backup, or delete the folder it "
            "is in to go on from the run before."
        )
        raise EditionError(msg) from error


def _read(folder: Path) -> Identity:
    words: dict[str, Any] = json.loads((folder / IDENTITY).read_text(encoding="utf-8"))
    interests, segments = tuple(words.pop("interests")), words.pop("segments")
    words["hands"] = tuple(words.get("hands", ()))
    choice = Choice(**words.pop("choice"))
    with np.load(folder / CENTRES, allow_pickle=False) as numbers:
        return Identity(
            ids=tuple(each["segment_id"] for each in segments),
            proposals=tuple(
                Proposal(each["name"], each["phrase"], tuple(each["after"])) for each in segments
            ),
            basis=Basis(interests, numbers["axes"]),
            centres=numbers["centres"],
            shares=numbers["shares"],
            choice=choice,
            **words,
        )


def numbered(labels: Labels, last: dict[int, str], given: int) -> tuple[dict[int, str], int]:
    """Give each cluster its segment's id: the last one, or the next free number, largest first."""
    sizes = np.bincount(labels[labels >= 0])
    ids = {}
    for own in np.argsort(-sizes, kind="stable"):
        if not sizes[own]:
            continue
        if own not in last:
            given += 1
        ids[int(own)] = last.get(int(own), f"s{given:03d}")
    return ids, given


@dataclass(frozen=True)
class Change:
    """What became of one segment: new, split off another, merged into another, or vanished."""

    segment_id: str
    what: str
    other: str = ""


def changes(before: pd.Series, after: pd.Series, ids: tuple[str, ...]) -> list[dict[str, str]]:
    """Record the segments that came and went; `before` and `after` are by the same members."""
    found = []
    for own in sorted(set(ids) - set(after) - {""}):
        to = _mostly(after[before == own])
        found.append(Change(own, "merged" if to else "vanished", to))
    for own in sorted(set(after) - set(ids) - {""}):
        of = _mostly(before[after == own])
        found.append(Change(own, "split" if of else "new", of))
    return [asdict(change) for change in found]


def _mostly(members: pd.Series) -> str:
    """Give the segment that more than half of these members are in."""
    counts = members[members != ""].value_counts()
    return str(counts.index[0]) if len(counts) and counts.iloc[0] * 2 > len(members) else ""


def colour(segment_id: str) -> str:
    """Give the segment's colour: it hangs on the id alone, and neighbours in number differ."""
    number = segment_id.removeprefix("s")
    turns = int(number) if number.isdecimal() else zlib.crc32(segment_id.encode())
    hue = turns * 0.6180339887 % 1
    parts = colorsys.hls_to_rgb(hue, 0.45, 0.55)
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


def labelled(segments: pd.Series, ids: tuple[str, ...]) -> Labels:
    """Give each member's segment by its place among the ids, or -1."""
    places = pd.Series(range(len(ids)), index=list(ids), dtype="int64")
    return np.asarray(segments.map(places).fillna(NOBODY), dtype=np.int64)
