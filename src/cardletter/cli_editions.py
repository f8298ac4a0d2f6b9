"""The commands about an edition: demo, run, render, status, why."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from cardletter import (
    checking,
    cli_delivery,
    cli_feedback,
    delivery,
    feedback,
    permission,
    progress,
    running,
    segments,
    sources,
    workspace,
)
from cardletter.errors import AccountsError, stop_on_errors
from cardletter.feedback.live import read_live
from cardletter.receipts import read_receipt
from cardletter.settings import load
from cardletter.terminal import Stages, live_table, segments_table

screen = Console()
errors = Console(stderr=True)

Project = Annotated[Path, typer.Option(help="The folder of your newsletter project.")]
Edition = Annotated[
    str, typer.Argument(help="The edition's name: 2026-12 is content/editions/2026-12.yaml.")
]
FLOWS = "flows/edition.py"
DEMO_DATA, DEMO_EDITION = "data", "2026-12"


def demo(project: Project = Path()) -> None:
    """See it work: make and send the demo edition to an outbox, from a year of purchases.

    The purchases are the Complete Journey data; addresses and consents are invented.
    """
    folder = load(project).path(DEMO_DATA)
    with screen.status("Unpacking 1.5 million purchases"):
        sources.unpack_journey(folder)
    run(DEMO_EDITION, project=project)
    screen.print("What readers might do with it, invented, comes back and is taken in:")
    cli_feedback.replay(DEMO_EDITION, project)
    feedback.report(workspace.open_edition(DEMO_EDITION, project))


def run(
    edition: Edition,
    *,
    restart: Annotated[
        bool, typer.Option("--restart", help="Throw its outbox away first and make it anew.")
    ] = False,
    project: Project = Path(),
) -> None:
    """Make an edition and send it: once to every member who may get it, to nobody twice.

    Stopped half way, the same command finishes it. Sent already, it only shows the accounts.
    """
    desk = workspace.open_edition(edition, project)
    if restart:
        delivery.discard(desk)
    known = delivery.finished(desk)
    stop_on_errors(checking.check(desk.project, edition))
    with Stages(errors) as stages, progress.watching(stages):
        running.run(desk.project, f"{FLOWS}:send_edition", edition=edition)
    if known:
        screen.print(f"Edition {edition} was sent before: nothing was sent again.")
    _show(desk)


def render(edition: Edition, project: Project = Path()) -> None:
    """Make every variant of an edition to look at, and send nothing."""
    desk = workspace.open_edition(edition, project)
    stop_on_errors(checking.check(desk.project, edition))
    with Stages(errors) as stages, progress.watching(stages):
        running.run(desk.project, f"{FLOWS}:render_edition", edition=edition)
    screen.print(segments_table(segments.read_segments(desk)))
    screen.print(f"See every variant: {desk.file('wall.html')}", soft_wrap=True)


def status(
    edition: Edition,
    *,
    watch: Annotated[bool, typer.Option("--watch", help="Follow it while it is sent.")] = False,
    verify: Annotated[
        bool, typer.Option("--verify", help="Also prove that nothing was altered since.")
    ] = False,
    project: Project = Path(),
) -> None:
    """Show an edition's accounts; fails where candidates are not the sum of their outcomes.

    While it is sent, or stands paused, those who still wait count with them.
    """
    desk = workspace.open_edition(edition, project)
    if watch:
        cli_delivery.watch(desk)
        return
    live = read_live(desk)
    screen.print(live_table(edition, live))
    if not live.between:
        live.accounts.add_up()
    if verify:
        if found := [*delivery.altered(desk), *permission.altered(desk)]:
            raise AccountsError(f"Edition {edition} was altered: " + "; ".join(found) + ".")
        screen.print("[green]✓[/] Receipts, picks and pages are what they were when sealed.")


def why(
    about: Annotated[
        list[str], typer.Argument(metavar="[EDITION] MEMBER", help="The edition; the member's id.")
    ],
    project: Project = Path(),
) -> None:
    """Say what was decided for a member in an edition, and why; or why they are in their segment.

    What they said themselves is told apart from what was inferred.
    """
    *edition, member = about
    if edition[1:]:
        raise typer.BadParameter("name one edition and one member, or a member alone")
    if edition:
        lines = read_receipt(workspace.open_edition(edition[0], project), member)
    else:
        lines = segments.explain(workspace.found_segments(project), member)
    for line in lines:
        screen.print(line, highlight=False)


def _show(desk: workspace.Workspace) -> None:
    for what, name in (("Every variant", "wall.html"), ("The report", "report.html")):
        screen.print(f"{what}: {desk.file(name)}", soft_wrap=True, highlight=False)
    if desk.settings.transport == "outbox":
        screen.print(f"The messages: {desk.file('outbox')}", soft_wrap=True, highlight=False)
    cli_delivery.show_accounts(desk)
