"""See and change who may be written to, and do what a member asks: show, export, erase."""

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from cardletter.errors import MemberError
from cardletter.ledger import Act
from cardletter.permission import consents, erasure, imports, suppression
from cardletter.permission import export as exporting
from cardletter.permission.standing import find_member, standings
from cardletter.settings import load
from cardletter.sources.reasons import REASONS
from cardletter.workspace import Workspace

app = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False)
screen = Console()

Project = Annotated[Path, typer.Option(help="The folder of your newsletter project.")]
MemberId = Annotated[str, typer.Argument(help="The member's id, exactly as it is delivered.")]
Purpose = Literal["newsletter", "profiling", "tracking", "coaching", "automatic", "survey"]
Reason = Literal["manual", "imported", "hard_bounce", "complaint"]
For = Annotated[Purpose, typer.Option("--purpose", help="What the member says yes or no to.")]
Evidence = Annotated[str, typer.Option(help="Where it can be looked up: a call's number, a scan.")]


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="CSV or Parquet with the columns of consents.")],
    project: Project = Path(),
) -> None:
    """Take a file of consents into the ledger: all of it, or nothing where something is wrong."""
    taken = imports.import_consents(_desk(project), file)
    counts = {
        "rows in the file": taken.rows,
        "new in the ledger": taken.new,
        "known before, or twice in the file": taken.known,
        "set aside": taken.set_aside,
    }
    _print_counts(counts)
    for reason, places in taken.where.items():
        more = ", ..." if taken.reasons[reason] > len(places) else ""
        _say(f"Set aside: {', '.join(places)}{more}: {REASONS[reason]}.")
    for method, rows in taken.idle.items():
        _say(f"Recorded, but a yes nowhere: {rows:,} by method {method}.")


@app.command()
def grant(
    member: MemberId,
    *,
    method: Annotated[str, typer.Option(help="How it was said: phone, paper, branch, ...")],
    wording: Annotated[str, typer.Option(help="The very words the member was shown or read.")],
    purpose: For = "newsletter",
    evidence: Evidence = "",
    jurisdiction: Annotated[
        str, typer.Option(help="Where it was said; empty: where the member lives.")
    ] = "",
    project: Project = Path(),
) -> None:
    """Record a member's yes to one purpose."""
    act = Act(member, purpose, "granted", method, wording, "", "operator", jurisdiction, evidence)
    new = consents.grant(_desk(project), act)
    _say("Recorded: yes." if new else "Recorded before: nothing is new.")


@app.command()
def withdraw(
    member: MemberId,
    *,
    method: Annotated[str, typer.Option(help="How it was said: phone, paper, ...")] = "request",
    wording: Annotated[str, typer.Option(help="The member's words, where they matter.")] = "",
    purpose: For = "newsletter",
    evidence: Evidence = "",
    project: Project = Path(),
) -> None:
    """Record a member's no to one purpose; it counts at once, in a run that goes on too."""
    act = Act(member, purpose, "withdrawn", method, wording, "", "operator", "", evidence)
    new = consents.withdraw(_desk(project), act)
    _say("Recorded: no." if new else "Had withdrawn before: nothing is new.")


@app.command()
def suppress(
    member: Annotated[str, typer.Argument(help="A member's id; with --addresses an address.")] = "",
    *,
    file: Annotated[Path | None, typer.Option(help="A list instead: one a line, or a CSV.")] = None,
    addresses: Annotated[
        bool, typer.Option("--addresses", help="Addresses, of which keyed hashes are kept.")
    ] = False,
    reason: Annotated[Reason, typer.Option(help="Why.")] = "manual",
    project: Project = Path(),
) -> None:
    """Never mail a member, an address or a list of them again."""
    if bool(member) == bool(file):
        raise MemberError("Name a member or give --file: one of the two.")
    desk = _desk(project)
    if file:
        listed = suppression.suppress_addresses if addresses else suppression.suppress_members
        told = listed(desk, file, reason)
    else:
        one = suppression.suppress_address if addresses else suppression.suppress_member
        told = one(desk, member, reason)
    _say(f"Suppressed: {told.new:,} new of {told.told:,}.")
    if told.unknown:
        _say(f"{told.unknown:,} of them are no members now; suppressed all the same.")
    if told.erased:
        _say(f"{told.erased:,} of them were erased before; nothing was kept of those.")
    if told.set_aside:
        _say(f"No address: {', '.join(told.set_aside)}.")


@app.command()
def lift(
    member: MemberId,
    *,
    reason: Annotated[str, typer.Option(help="Why; it is kept with the member's record.")],
    project: Project = Path(),
) -> None:
    """Mail a member again who complained, and has since said yes by double opt-in."""
    lifted = suppression.lift(_desk(project), member, reason)
    _say(f"Lifted: {lifted.rows:,}, and kept on record with the reason.")
    if lifted.left:
        _say(f"Still suppressed: {', '.join(lifted.left)}.")


@app.command()
def show(member: MemberId, project: Project = Path()) -> None:
    """Show what a member said and what counts now, with wording, method, time and end."""
    desk = _desk(project)
    found = find_member(desk, member)
    table = Table("Purpose", "Counts", "Said", "When (UTC)", "Method", "Until", "Record")
    table.columns[5].no_wrap = True
    for each in standings(desk, found):
        act, until = each.act or {}, f"{each.until:%Y-%m-%d}" if each.until else ""
        when = f"{act['occurred_at']:%Y-%m-%d %H:%M}" if act else ""
        record = str(act.get("consent_id", ""))
        counts = "yes" if each.counts else "no"
        cells = [each.purpose, counts, act.get("state", "nothing"), when, act.get("method", "")]
        table.add_row(*map(_cell, [*cells, until, record]))
    screen.print(table)
    for line in exporting.in_words(desk, found):
        _say(line)


@app.command()
def export(
    member: MemberId,
    *,
    out: Annotated[
        Path | None, typer.Option(help="Write to this file, which only you can read.")
    ] = None,
    project: Project = Path(),
) -> None:
    """Give all that is held of a member, as JSON."""
    data = exporting.export(_desk(project), member)
    text = json.dumps(data, indent=1, ensure_ascii=False, allow_nan=False)
    if out is None:
        typer.echo(text)
        return
    with os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(text.encode() + b"\n")
    _say(f"Wrote {out}. It holds personal data: hand it over safely, then delete it.")


@app.command()
def erase(
    member: MemberId,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask whether you are sure.")] = False,
    project: Project = Path(),
) -> None:
    """Forget a member, but for keyed hashes: this cannot be undone."""
    if not yes:
        typer.confirm("Remove this member everywhere? It cannot be undone.", abort=True)
    done = erasure.erase(_desk(project), member)
    _print_counts(done.removed or {"nothing was left": 0}, title="Removed (receipts: left blank)")
    _say(f"Kept: the keyed hash of the id, and of {done.addresses:,} addresses.")
    for line in _to_do(done):
        _say(line)


def _to_do(done: erasure.Erased) -> Iterable[str]:
    if done.delivered:
        yield (
            f"The issuer still delivers this member: {'; '.join(done.delivered)}. Take these rows "
            "out where the data is made: runs stop until they are gone."
        )
    if done.shared:
        yield f"Other members with the same address get no mail any more: {done.shared:,}."
    if done.unfinished:
        names = ", ".join(done.unfinished)
        yield f"Not finished: {names}. If it is running now, erase again when it is through."
    if not done.compacted:
        yield "Somebody reads the ledger now, so its file was not written anew: erase again."


def _desk(project: Path) -> Workspace:
    settings = load(project)
    root = settings.path(settings.workspace)
    return Workspace(settings.project, "", root, root)


def _print_counts(counts: Mapping[str, int], title: str = "") -> None:
    table = Table(title=title or None, title_justify="left", show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for what, count in counts.items():
        table.add_row(_cell(what), f"{count:,}")
    screen.print(table)


def _say(line: str) -> None:
    screen.print(_safe(line), highlight=False, markup=False, soft_wrap=True)


def _cell(text: object) -> Text:
    """Give text as it is: no brackets in it are orders to the table."""
    return Text(_safe(text))


def _safe(text: object) -> str:
    """Give text without what would steer the terminal."""
    return "".join(each if each.isprintable() else " " for each in str(text))
