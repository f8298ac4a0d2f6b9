"""The commands. Each says what it does in words that a marketer understands."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from cardletter import (
    __version__,
    checking,
    cli_checking,
    cli_content,
    cli_delivery,
    cli_feedback,
    cli_matching,
    cli_permission,
    cli_segments,
    cli_studio,
    cli_templates,
    delivery,
    feedback,
    permission,
    progress,
    running,
    segments,
    sources,
    starter,
    workspace,
)
from cardletter.errors import AccountsError, CardletterError, FilesError, stop_on_errors
from cardletter.feedback.live import read_live
from cardletter.receipts import read_receipt
from cardletter.settings import load
from cardletter.terminal import Stages, accounts_table, findings_table, live_table, segments_table

app = typer.Typer(
    help="One newsletter per kind of cardholder, sent only to those who said yes.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.add_typer(cli_permission.app, name="permission")
app.add_typer(cli_content.app, name="new")
screen = Console()
errors = Console(stderr=True)

Project = Annotated[Path, typer.Option(help="The folder of your newsletter project.")]
Edition = Annotated[
    str, typer.Argument(help="The edition's name: 2026-12 is content/editions/2026-12.yaml.")
]
FLOWS = "flows/edition.py"


def main() -> None:
    """Run a command; what a person can mend is told in words, without a traceback."""
    try:
        app()
    except FilesError as error:
        errors.print(findings_table(error.findings))
        sys.exit(1)
    except CardletterError as error:
        errors.print(f"[bold red]✗[/] {escape(str(error))}", highlight=False, markup=True)
        sys.exit(1)


@app.callback(invoke_without_command=True)
def version(
    *, show: Annotated[bool, typer.Option("--version", help="Say the version and stop.")] = False
) -> None:
    """One newsletter per kind of cardholder, sent only to those who said yes."""
    if show:
        screen.print(__version__)
        raise typer.Exit


@app.command()
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


DEMO_DATA, DEMO_EDITION = "data", "2026-12"


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="Where to make the project.")],
    *,
    sample: Annotated[
        bool, typer.Option(help="Also make 2,000 invented cardholders to try it on.")
    ] = True,
) -> None:
    """Start a newsletter of your own: content, segments, templates, flows and settings."""
    made = starter.unpack(folder)
    if sample:
        sources.synthesize(made / "data", members=2_000, transactions=120_000)
    screen.print(f"[green]✓[/] Made {made}. Next:\n    cd {folder}\n    cardletter run 2026-12")


@app.command()
def synthesize(
    folder: Annotated[Path, typer.Argument(help="Where to write; must be new or empty.")],
    members: Annotated[int, typer.Option(help="How many cardholders.")] = 2_000,
    transactions: Annotated[int, typer.Option(help="How many purchases in all.")] = 100_000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same data.")] = 7,
) -> None:
    """Invent cardholders with known interests, as Parquet, to try Cardletter at any size."""
    with Stages(errors) as stages, progress.watching(stages):
        stages.started("synthesize")
        try:
            made = sources.synthesize(
                folder,
                members=members,
                transactions=transactions,
                seed=seed,
                progress=lambda done, total: stages.advanced("purchases", done, total),
            )
        except ValueError as error:
            raise CardletterError(str(error)) from None
        stages.finished("synthesize", 0, {"members": members, "transactions": transactions})
    screen.print(f"Wrote {made}")


@app.command()
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
    with _watched():
        running.run(desk.project, f"{FLOWS}:send_edition", edition=edition)
    if known:
        screen.print(f"Edition {edition} was sent before: nothing was sent again.")
    _show(desk)


@app.command()
def render(edition: Edition, project: Project = Path()) -> None:
    """Make every variant of an edition to look at, and send nothing."""
    desk = workspace.open_edition(edition, project)
    stop_on_errors(checking.check(desk.project, edition))
    with _watched():
        running.run(desk.project, f"{FLOWS}:render_edition", edition=edition)
    screen.print(segments_table(segments.read_segments(desk)))
    screen.print(f"See every variant: {desk.file('wall.html')}", soft_wrap=True)


@app.command()
def segment(project: Project = Path()) -> None:
    """Find the segments among your members, what sets each apart, and who moved between them."""
    desk = workspace.found_segments(project)
    with _watched():
        running.run(desk.project, "flows/segment.py:find_segments")
    screen.print(segments_table(segments.read_segments(desk)))
    for line in segments.read_drift(desk):
        screen.print(line, highlight=False, markup=False)
    if odd := segments.read_odd(desk):
        screen.print(findings_table(odd))
    screen.print(f"The map, and each segment: {desk.file('segments.html')}", soft_wrap=True)


@app.command()
def status(
    edition: Edition,
    *,
    watch: Annotated[bool, typer.Option("--watch", help="Follow it while it is sent.")] = False,
    verify: Annotated[
        bool, typer.Option("--verify", help="Also prove that nothing was altered since.")
    ] = False,
    project: Project = Path(),
) -> None:
    """Show an edition's accounts; fails where candidates are not the sum of their outcomes."""
    desk = workspace.open_edition(edition, project)
    if watch:
        cli_delivery.watch(desk)
        return
    screen.print(live_table(edition, read_live(desk)))
    feedback.read_accounts(desk).add_up()
    if verify:
        if found := [*delivery.altered(desk), *permission.altered(desk)]:
            raise AccountsError(f"Edition {edition} was altered: " + "; ".join(found) + ".")
        screen.print("[green]✓[/] Receipts, picks and pages are what they were when sealed.")


for verb in (
    cli_delivery.approve,
    cli_delivery.send,
    cli_delivery.pause,
    cli_delivery.resume,
    cli_delivery.release,
):
    app.command()(verb)
app.command("rehearse")(cli_delivery.rehearsal)
app.command()(cli_matching.match)
app.command()(cli_segments.backtest)
app.command()(cli_feedback.ingest)
app.command()(cli_feedback.replay)
app.command()(cli_checking.check)
app.command()(cli_studio.studio)
app.command()(cli_templates.diff)


@app.command()
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


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="The address to answer at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to answer at.")] = 8000,
    project: Project = Path(),
) -> None:
    """Answer the links of the mails: the preference centre, and unsubscribing by one click."""
    from cardletter import web  # noqa: PLC0415 - costs half a second

    folder = load(project).project
    screen.print(f"Answering at http://{host}:{port}; stop with Ctrl-C.", highlight=False)
    web.serve(folder, host, port)


@contextmanager
def _watched() -> Iterator[None]:
    with Stages(errors) as stages, progress.watching(stages):
        yield


def _show(desk: workspace.Workspace) -> None:
    accounts = feedback.read_accounts(desk)
    screen.print(accounts_table(desk.edition, accounts, feedback.made(desk)))
    for what, name in (("Every variant", "wall.html"), ("The report", "report.html")):
        screen.print(f"{what}: {desk.file(name)}", soft_wrap=True, highlight=False)
    screen.print(f"The messages: {desk.file('outbox')}", soft_wrap=True, highlight=False)
    accounts.add_up()
