"""The command that tells what an edition would be like with other items, priorities or budgets."""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from cardletter import workspace
from cardletter.content.standing import Standing
from cardletter.content.whatif import Changes, Trial, WhatIf
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
        bool,
        typer.Option("--explain", help="Say who is shown what as it stands, and what nobody is."),
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
        _pairs(raise_, "--raise ITEM=1.5"),
        {name: int(value) for name, value in _pairs(budget, "--budget ITEM=1000").items()},
    )
    if not (explain or changes.names()):
        raise CardletterError("Say what to try: --ban ITEM, --raise ITEM=1.5, --budget ITEM=1000.")
    with screen.status("Matching the edition as it stands, and as it would be"):
        trial = Trial(desk)
        found, standing = trial.what_if(changes), trial.standing()
    screen.print(told(changes), highlight=False)
    if changes.names() and not found.reach:
        screen.print("Nobody is shown anything else.")
    for table in _tables(found) if changes.names() else [_standing(standing)]:
        screen.print(table)
    screen.print(summary(found), highlight=False)
    written = desk.write(PAGE, page(edition, changes, found, standing))
    screen.print(f"All of it: {written}", soft_wrap=True)


def _pairs(told_: list[str] | None, example: str) -> dict[str, float]:
    found = {}
    for each in told_ or ():
        name, _, value = each.partition("=")
        try:
            found[name] = float(value)
        except ValueError:
            raise CardletterError(f"{each!r} has no number: write {example}.") from None
        if not 0 <= found[name] < math.inf:
            raise CardletterError(f"{each!r} is no number of 0 or more: write {example}.")
    return found


def _tables(found: WhatIf) -> list[Table]:
    reach = Table("Item", "Now", "Then", "Change", title="Who is shown what")
    half = SHOWN // 2
    ends = found.reach if len(found.reach) <= SHOWN else [*found.reach[:half], *found.reach[-half:]]
    for item in ends:
        reach.add_row(escape(item.title), item.now, item.then, item.change)
    losses = Table("Segment", "Members", "Loses", "Gains", "Worth", title="Whose letters change")
    for each in found.losses[:SHOWN]:
        names = (escape(", ".join(each.lost)), escape(", ".join(each.gained)))
        losses.add_row(escape(each.segment), f"{each.members:,}", *names, f"{each.lift:+.1%}")
    return [reach, losses] if found.reach else []


def _standing(items: Sequence[Standing]) -> Table:
    """Show the items that most are shown, and then those that nobody is."""
    table = Table("Item", "Members", "At most", "Why nobody", title="Who is shown what")
    shown, unshown = ([each for each in items if bool(each.why) is why] for why in (False, True))
    for each in (*shown[:SHOWN], *unshown[:SHOWN]):
        table.add_row(escape(each.title), each.members, each.most, each.why)
    return table
