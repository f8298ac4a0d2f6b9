"""Approval: an edition goes out when others than its author have said so, of exactly this edition.

An approval is bound to the hashes of every letter, of who gets which, and of the files they were
made from. Whatever of these changes, or when the time for sending is over, it is void. Once sending
has begun, files may change again: what is sent is what was made then.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from cardletter.content import read_catalogue, read_variants
from cardletter.delivery.authors import Authors, last_author, same_person
from cardletter.delivery.plan import audience, begun, edition_of, last_moment, made
from cardletter.errors import NotReadyError
from cardletter.ledger import now
from cardletter.workspace import Workspace

MOST = 30
"""Warnings that are told where there is little room."""

EDITION = "content/editions/{}.yaml"


@dataclass(frozen=True)
class Standing:
    """Whether an edition may go out: who must say so, and who has."""

    edition: str
    demanded: int
    """How many people must approve it."""
    given: list[dict[str, Any]] = field(default_factory=list)
    """Approvals that hold."""
    void: list[tuple[str, str]] = field(default_factory=list)
    """Who approved something that does not hold any more, and why it does not."""

    @property
    def enough(self) -> bool:
        """Tell whether as many as must have approved it."""
        return len(self.given) >= self.demanded

    @property
    def waiting(self) -> str:
        """Say what is waited for; nothing where it may go out."""
        return "" if self.enough else f"Edition {self.edition} {self.words}."

    @property
    def words(self) -> str:
        """Say how it stands; nothing where nobody has to approve."""
        names = " and ".join(each["given_by"] for each in self.given)
        if self.given and self.enough:
            return f"approved by {names}, until {self.given[0]['expires_at']:%Y-%m-%d %H:%M} UTC"
        if self.enough:
            return ""
        so_far = f", {len(self.given)} of {self.demanded} so far ({names})" if names else ""
        lost = "".join(f"; {name}’s approval is void: {why}" for name, why in self.void[-2:])
        return f"waits for approval{so_far}{lost}"


def standing(desk: Workspace) -> Standing:
    """Tell how the approval of an edition stands, as it is made now.

    Raises:
        EditionError: nothing is made of it.
    """
    demanded, acts = demand(desk), desk.ledger.approvals(desk.edition)
    if not acts:
        return Standing(desk.edition, demanded)
    seal, sending = Seal.of(desk), begun(desk)
    given: list[dict[str, Any]] = []
    void: list[tuple[str, str]] = []
    for act in acts:
        if any(same_person(act["given_by"], each["given_by"]) for each in given):
            continue
        if why := seal.breach(act, sending=sending):
            void.append((act["given_by"], why))
        else:
            given.append(act)
    return Standing(desk.edition, demanded, given, void)


def demand(desk: Workspace) -> int:
    """Give how many people must approve an edition."""
    rules = desk.settings.approval
    if rules.demand == "never":
        return 0
    usual = int(rules.demand == "always" or desk.settings.transport == "ses")
    asked = max(usual, edition_of(desk).approvals)
    many = rules.two_from and sum(each.members for each in read_variants(desk)) >= rules.two_from
    return max(asked, 2) if asked and many else asked


def approve(desk: Workspace, by: str, why: str = "") -> Standing:
    """Record that a named person approves an edition as it is made now; give how it stands then.

    Raises:
        EditionError: nothing is made of it.
        NotReadyError: it cannot be approved by them, or not as it is.
    """
    name = " ".join(by.split())
    if not name:
        raise NotReadyError("Say who approves it: an approval has a name.")
    variants = read_variants(desk)
    _refuse_changed(desk)
    authors = authors_of(desk)
    if authors.include(name):
        raise NotReadyError(
            f"{authors.told} changed this edition last, and nobody approves their own: "
            "let somebody else look at it."
        )
    before = standing(desk)
    if any(same_person(name, each["given_by"]) for each in before.given):
        raise NotReadyError(f"{name} has approved it already; another person is needed.")
    desk.ledger.approve(desk.edition, name, why, _recorded(desk, authors, variants))
    return standing(desk)


def authors_of(desk: Workspace) -> Authors:
    """Give who changed an edition last, and may not approve it.

    Raises:
        NotReadyError: nobody knows.
    """
    return last_author(desk.project, files_of(desk), edition_of(desk).author)


def _recorded(desk: Workspace, authors: Authors, variants: list[Any]) -> dict[str, object]:
    findings = desk.read_json("findings.json")
    seal = Seal.of(desk)
    return {
        "pages": seal.pages,
        "audience": seal.audience,
        "files": seal.files,
        "author": authors.told,
        "members": sum(each.members for each in variants),
        "variants": len(variants),
        "warnings": len(findings),
        "expires_at": last_moment(desk, edition_of(desk)),
    }


def before_you(desk: Workspace) -> list[str]:
    """Say what whoever approves an edition has before them, in lines of Markdown."""
    variants, findings = read_variants(desk), desk.read_json("findings.json")
    members = sum(each.members for each in variants)
    lines = [
        f"{len(variants):,} variants for {members:,} members. Look at `{desk.file('wall.html')}`."
    ]
    found = [f"- `{each['path']}:{each['line']}` {each['message']}" for each in findings]
    return [*lines, "\n".join([f"{len(found)} warnings:", *found[:MOST]])] if found else lines


def refuse_unapproved(desk: Workspace) -> None:
    """See that as many people have approved an edition as must, at this moment.

    Raises:
        NotReadyError: they have not, and how they do.
    """
    found = standing(desk)
    if not found.enough:
        raise NotReadyError(
            f"{found.waiting} Look at it in the studio, and approve it there "
            f"or with `cardletter approve {desk.edition} --by NAME`; then `cardletter run "
            f"{desk.edition}` sends what was approved."
        )


def kept(desk: Workspace) -> bool:
    """Tell whether what is made of an edition is kept as it is: somebody has approved it."""
    if not (desk.folder / "variants.json").is_file() or not demand(desk):
        return False
    return bool(standing(desk).given)


@dataclass(frozen=True)
class Seal:
    """What an approval is bound to."""

    pages: str
    audience: str
    files: str
    moment: datetime

    @classmethod
    def of(cls, desk: Workspace) -> "Seal":
        """Take the hashes of an edition as it is made now."""
        pages = hashlib.sha256(json.dumps(made(desk)).encode()).hexdigest()
        files = digest_of(desk.project, files_of(desk))
        return cls(pages, audience(desk), files, now())

    def breach(self, act: dict[str, Any], *, sending: bool) -> str:
        """Say why an approval does not hold, or nothing where it does.

        While it is sent, members may be erased and files be changed: neither changes what others
        are sent.
        """
        if act["expires_at"] <= self.moment:
            return "the time for sending is over"
        if act["pages"] != self.pages:
            return "its letters are not those that were approved"
        if not sending and act["audience"] != self.audience:
            return "its members, or who gets which letter, have changed"
        if not sending and act["files"] != self.files:
            return "files it is made of have changed since"
        return ""


def files_of(desk: Workspace) -> list[str]:
    """Give the files that an edition is made of: its own, its items', segments and templates."""
    shown = set(pd.read_parquet(desk.file("selections.parquet"), columns=["item_id"])["item_id"])
    items = [item for item in read_catalogue(desk.project)[0] if item.item_id in shown]
    written = {
        path for item in items for path in (item.path, *(t.path for t in item.twins.values()))
    }
    found = {EDITION.format(desk.edition), *filter(None, written), *_under(desk.project)}
    return sorted(path for path in found if (desk.project / path).is_file())


def _under(project: Path) -> Iterator[str]:
    for folder in ("segments", "templates"):
        for file in (project / folder).rglob("*"):
            if file.is_file() and not file.name.startswith("."):
                yield file.relative_to(project).as_posix()


def digest_of(project: Path, paths: list[str]) -> str:
    """Hash files of a project by path and content."""
    found = hashlib.sha256()
    for path in paths:
        found.update(path.encode() + b"\0" + (project / path).read_bytes() + b"\0")
    return found.hexdigest()


def _refuse_changed(desk: Workspace) -> None:
    """See that nothing was changed since the edition was made: what is looked at is what goes out.

    Raises:
        NotReadyError: something was.
    """
    moment = (desk.folder / "variants.json").stat().st_mtime
    changed = [path for path in files_of(desk) if (desk.project / path).stat().st_mtime > moment]
    if changed:
        raise NotReadyError(
            f"{changed[0]} was changed since edition {desk.edition} was made. Make it anew (in the "
            f"studio, or `cardletter render {desk.edition}`), look at it, and approve that."
        )
