"""The plan: what an edition is made of, frozen when its sending begins.

From then on the edition is what it is: running it again finishes it, and never makes it anew.
"""

import hashlib
import shutil
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pandas as pd

from cardletter import workspace
from cardletter.content import Edition, read_edition, read_variants
from cardletter.errors import FrozenError, NotReadyError
from cardletter.ledger import now
from cardletter.progress import Counts
from cardletter.templates.personal import CHOSEN, FRAGMENTS
from cardletter.workspace import Workspace, stage

PLAN = "plan.json"
INPUTS = {"content": "content", "templates": "templates", "segments": "segments"}


def begun(desk: Workspace) -> bool:
    """Tell whether messages of an edition have been sent, so that it must stay what it is."""
    planned = desk.ledger.edition(desk.edition) is not None and desk.file(PLAN).exists()
    return planned and desk.ledger.begun(desk.edition)


def finished(desk: Workspace) -> bool:
    """Tell whether all of an edition was sent and its accounts add up."""
    known = desk.ledger.edition(desk.edition)
    return known is not None and known["finished_at"] is not None


def still_open(desk: Workspace) -> Workspace:
    """Give the edition's folder as long as it may be made anew.

    Raises:
        FrozenError: its sending has begun.
    """
    if begun(desk):
        msg = (
            f"Edition {desk.edition} has been sent, so it stays as it is. Copy its file in "
            "content/editions/ to make a new one, or throw its outbox away and make it again with "
            f"`cardletter run {desk.edition} --restart`."
        )
        raise FrozenError(msg)
    return desk


@stage("freeze")
def _freeze(desk: Workspace) -> Counts:
    assignments = pd.read_parquet(desk.file("assignments.parquet"))
    edition = edition_of(desk)
    plan = {
        "edition": desk.edition,
        "candidates": len(assignments),
        "variants": len(read_variants(desk)),
        "subjects": list(filter(None, edition.subjects())),
        "opens": _opens(edition),
        "hashes": {name: digest([desk.project / folder]) for name, folder in INPUTS.items()}
        | {
            "settings": digest([desk.project / "pyproject.toml"]),
            "audience": audience(desk),
            **made(desk),
        },
    }
    desk.write_json(PLAN, plan)
    own = hashlib.sha256(desk.file(PLAN).read_bytes()).hexdigest()
    desk.ledger.plan(
        desk.edition, own, desk.settings.transport, not_after=last_moment(desk, edition)
    )
    return {"candidates": len(assignments)}


def edition_of(desk: Workspace) -> Edition:
    """Read an edition that was made."""
    edition, _ = read_edition(desk.project, desk.edition, [])
    assert edition is not None  # matching has read it before
    return edition


def _opens(edition: Edition) -> str:
    """Give the moment before which nothing is sent, in UTC, or nothing."""
    opens = edition.window.opens
    return opens.isoformat() if opens else ""


def refuse_early(desk: Workspace) -> None:
    """See that the edition's window is open.

    Raises:
        NotReadyError: it opens later.
    """
    opens = desk.read_json(PLAN)["opens"]
    if opens and now().replace(tzinfo=UTC) < datetime.fromisoformat(opens):
        raise NotReadyError(
            f"Edition {desk.edition} opens at {opens}: run it again then, or change its window."
        )


def last_moment(desk: Workspace, edition: Edition) -> datetime:
    """Give when sending must have ended: some days after the edition's date, or after today."""
    day = max(edition.date, now().date())
    days = edition.window.days or desk.settings.send_days
    return datetime.combine(day + timedelta(days=days), time())


def audience(desk: Workspace) -> str:
    """Hash who gets which variant, and what they alone are shown."""
    assignments = pd.read_parquet(desk.file("assignments.parquet"))
    own = _there(desk, CHOSEN)
    return hashlib.sha256((assignments.to_csv(index=False) + own).encode()).hexdigest()


def made(desk: Workspace) -> dict[str, str]:
    """Hash what was made for the edition: picks, and pages with what fills their own places."""
    pages = digest([desk.file("variants")])
    return {
        "selections": digest([desk.file("selections.parquet")]),
        "rendered": hashlib.sha256((pages + _there(desk, FRAGMENTS)).encode()).hexdigest(),
    }


def _there(desk: Workspace, name: str) -> str:
    """Hash a file that an edition need not have."""
    file = desk.file(name)
    return digest([file]) if file.is_file() else ""


def altered(desk: Workspace) -> list[str]:
    """Give what of a frozen edition is not what was frozen; nothing if all of it is."""
    known = desk.ledger.edition(desk.edition) or {}
    found = []
    if hashlib.sha256(desk.file(PLAN).read_bytes()).hexdigest() != known.get("plan"):
        found.append("plan.json is not the plan the ledger has")
    planned = desk.read_json(PLAN)["hashes"]
    found += [
        f"the {name} are not the planned ones"
        for name, h in made(desk).items()
        if planned[name] != h
    ]
    return found


def freeze(desk: Workspace) -> Workspace:
    """Write plan.json, record it in the ledger, and put the edition's folder in its place.

    What is in its place already, since it was approved there, stays.
    """
    _freeze(desk)
    return workspace.commit(desk) if workspace.preparing(desk) else desk


def discard(desk: Workspace) -> None:
    """Throw an edition away that was written to an outbox only.

    Raises:
        FrozenError: it was sent by another transport, which nobody can take back.
    """
    known = desk.ledger.edition(desk.edition)
    if known and known["transport"] != "outbox":
        msg = (
            f"Edition {desk.edition} was sent by {known['transport']}: make a new edition instead."
        )
        raise FrozenError(msg)
    desk.ledger.forget_edition(desk.edition)
    shutil.rmtree(desk.folder, ignore_errors=True)


def digest(roots: Iterable[Path]) -> str:
    """Hash files by name and content, in a fixed order."""
    found = hashlib.sha256()
    for root in roots:
        for file in sorted([root] if root.is_file() else root.rglob("*")):
            if file.is_file():
                found.update(str(file.relative_to(root)).encode() + b"\0" + file.read_bytes())
    return found.hexdigest()
