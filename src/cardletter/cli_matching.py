"""The command that tells what an edition would be like with other items, priorities or budgets."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from cardletter import workspace
from cardletter.content.whatif import Changes, WhatIf, what_if
from cardletter.content.whatif_page import page, summary, told
from cardletter.errors import CardletterError

screen = Console()
PAGE = "what-if.html"
SHOWN = 15

Edition = Annotated[str, typer.Argument(help="The edition's name: 2026-12.")]
Named = Annotated[list[str] | None, typer.Option(help="Leave an item out. May be said again.")]
Raised = Annotated[
    list[str] | None, typer.Option("--raise", help="ITEM=1.5: let it count so many times.")
]
Budgets = Annotated[
    list[str] | None, typer.Option(help="ITEM=1000: show it to so many members at most.")
]


def match(
    edition: Edition,
    *,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say so where nothing is changed, too.")
    ] = False,
    ban: Named = None,
    raise_: Raised = None,
    budget: Budgets = None,
    project: Annotated[Path, typer.Option(help="The folder of your newsletter project.")] = Path(),
) -> None:
    """Try an edition with an item banned or raised, or another budget: who is shown what then.

    Nothing is changed by it: to keep what you tried, write it into the item or the edition.
    """
    desk = workspace.open_edition(edition, project)
    changes = Changes(
        tuple(ban or ()),
        {name: float(value) for name, value in _pairs(raise_, "--raise ITEM=1.5")},
        {name: int(value) for name, value in _pairs(budget, "--budget ITEM=1000")},
    )
    if not (explain or changes.names()):
        raise CardletterError("Say what to try: --ban ITEM, --raise ITEM=1.5, --budget ITEM=1000.")
    found = what_if(desk, changes)
    screen.print(told(changes), highlight=False)
    for table in _tables(found):
        screen.print(table)
    screen.print(summary(found), highlight=False)
    screen.print(f"All of it: {desk.write(PAGE, page(edition, changes, found))}", soft_wrap=True)


def _pairs(told_: list[str] | None, example: str) -> list[tuple[str, float]]:
    found = []
    for each in told_ or ():
        name, _, value = each.partition("=")
        try:
            found.append((name, float(value)))
        except ValueError:
            raise CardletterError(f"{each!r} has no number: write {example}.") from None
        if found[-1][1] < 0:
            raise CardletterError(f"{each!r} is below nothing: write {example}.")
    return found


def _tables(found: WhatIf) -> list[Table]:
    reach = Table("Item", "Now", "Then", "Change", title="Who is shown what")
    most = sorted(found.reach, key=lambda each: -abs(each.after - each.before))[:SHOWN]
    for item in most:
        change = f"{item.after - item.before:+,}"
        reach.add_row(item.title, f"{item.before:,}", f"{item.after:,}", change)
    losses = Table("Segment", "Members", "Loses", "Gains", "Worth", title="Whose letters change")
    for each in found.losses[:SHOWN]:
        members = f"{each.members:,}" if each.members else "few"
        told_ = (", ".join(each.lost), ", ".join(each.gained), f"{each.lift:+.1%}")
        losses.add_row(each.segment, members, *told_)
    return [reach, losses] if found.reach else []
