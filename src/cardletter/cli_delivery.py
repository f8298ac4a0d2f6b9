"""The commands about sending: send, watch, approve, release, rehearse."""

import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.live import Live as Picture
from rich.markup import escape
from rich.table import Table

from cardletter import delivery, feedback, permission, progress, workspace
from cardletter.errors import Finding
from cardletter.feedback.live import read_live
from cardletter.rehearsal.rehearse import MOST_FAULTS, Rehearsal, rehearse
from cardletter.terminal import Stages, accounts_table, findings_table, live_table
from cardletter.workspace import Workspace

screen = Console()
errors = Console(stderr=True)

Project = Annotated[Path, typer.Option(help="The folder of your newsletter project.")]
Edition = Annotated[str, typer.Argument(help="The edition's name, such as 2026-12.")]
By = Annotated[str, typer.Option("--by", help="Your name: it is recorded.")]
Why = Annotated[str, typer.Option("--why", help="Why: it is recorded, and shown while it stands.")]


def send(edition: Edition, project: Project = Path()) -> None:
    """Send an edition that is made, or finish it: several may do so at once, and nobody gets two.

    Stop it with Ctrl-C or SIGTERM: calls on their way are finished, and the same command goes on.
    """
    desk = workspace.open_planned(edition, project)
    if delivery.finished(desk):
        screen.print(f"Edition {edition} was sent before: nothing was sent again.")
    else:
        with Stages(errors) as stages, progress.watching(stages):
            permission.check(desk)
            delivery.send(desk)
            feedback.report(desk)
    show_accounts(desk)


def show_accounts(desk: Workspace) -> None:
    """Show what became of everybody, and what to do about those in doubt.

    Raises:
        AccountsError: candidates are not the sum of their outcomes.
    """
    accounts = feedback.read_accounts(desk)
    screen.print(accounts_table(desk.edition, accounts, feedback.made(desk)))
    if accounts.unknown:
        screen.print(
            f"{accounts.unknown:,} are in doubt, and not sent to again on their own. Take in what "
            f"SES reported: `cardletter ingest`. Whoever is left then can be sent to again: "
            f"`cardletter release {desk.edition}`."
        )
    accounts.add_up()


def watch(desk: Workspace) -> None:
    """Show how an edition is being sent, a picture a second, until it is over or paused.

    Of a large one it takes a while to count: then less often, so that the sender is not slowed.
    """
    with Picture(console=screen) as picture:
        while True:
            began = time.monotonic()
            seen = read_live(desk)
            picture.update(live_table(desk.edition, seen), refresh=True)
            if seen.over or seen.paused:
                return
            time.sleep(max(1.0, 5 * (time.monotonic() - began)))


def approve(edition: Edition, by: By, why: Why = "", project: Project = Path()) -> None:
    """Let an edition go out that you have looked at: not your own, and any change voids it.

    Shows what was found in it. It is recorded with your name, and holds until its time is over.
    """
    desk = workspace.open_edition(edition, project)
    if findings := [Finding(**each) for each in desk.read_json("findings.json")]:
        screen.print(findings_table(findings))
    found = delivery.approve(desk, by, why)
    variants, members = found.given[-1]["variants"], found.given[-1]["members"]
    screen.print(f"{variants:,} variants for {members:,} members; see {desk.file('wall.html')}.")
    screen.print(f"[green]✓[/] Edition {edition}: {escape(found.words)}.", highlight=False)
    if found.enough:
        screen.print(f"Send it with `cardletter run {edition}`, or resume its run in Prefect.")


def release(edition: Edition, by: By, why: Why, project: Project = Path()) -> None:
    """Send again to members of whom nobody knows whether they got it: some may get two.

    Take in first what SES reported (`cardletter ingest`): it settles nearly all of them.
    """
    desk = workspace.open_planned(edition, project)
    released = delivery.release(desk, by, why)
    left = feedback.read_accounts(desk).unknown
    screen.print(f"Released: {released:,}. Send to them with `cardletter send {edition}`.")
    if left:
        screen.print(
            f"{left:,} are in doubt for less than {desk.settings.ses.release_after:,.0f} seconds, "
            "and stay so until SES can no longer take a late call."
        )


def rehearsal(
    edition: Edition,
    *,
    rate: Annotated[
        float, typer.Option(help="Messages a second that your account may send.")
    ] = 14.0,
    faults: Annotated[
        float,
        typer.Option(
            min=0, max=MOST_FAULTS, help="Share of calls that meet each kind of fault there is."
        ),
    ] = 0.0,
    paced: Annotated[
        bool, typer.Option("--paced", help="Keep to the rate too, for as long as that takes.")
    ] = False,
    seed: Annotated[int, typer.Option(help="The same seed gives the same faults.")] = 7,
    project: Project = Path(),
) -> None:
    """Send a whole edition to a stand-in for Amazon SES: no mail leaves, and nothing is recorded.

    Shows how long it takes at your account's rate, what it costs, and what becomes of everybody.
    """
    desk = workspace.open_edition(edition, project)
    how = Rehearsal(rate=rate, faults=faults, paced=paced, seed=seed)
    with Stages(errors) as stages, progress.watching(stages):
        found = rehearse(desk, how)
    screen.print(accounts_table(edition, found.accounts))
    table = Table(title="Rehearsed", title_justify="left", show_header=False)
    for what, words in found.told():
        table.add_row(what, words)
    screen.print(table)
    found.accounts.add_up()
