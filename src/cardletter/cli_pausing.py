"""The commands that stop an edition and let it go on.

They load as little as may be: whoever stops an edition is in a hurry.
"""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from cardletter import workspace

screen = Console()

Project = Annotated[Path, typer.Option(help="The folder of your newsletter project.")]
Edition = Annotated[str, typer.Argument(help="The edition's name, such as 2026-12.")]
By = Annotated[str, typer.Option("--by", help="Your name: it is recorded.")]
Why = Annotated[str, typer.Option("--why", help="Why: it is recorded, and shown while it stands.")]


def pause(edition: Edition, by: By, why: Why = "", project: Project = Path()) -> None:
    """Let an edition stand still: calls on their way are finished, and no other begins."""
    desk = workspace.open_planned(edition, project)
    if (desk.ledger.edition(edition) or {}).get("finished_at"):
        screen.print(f"Edition {edition} was sent, whole: there is nothing left to stop.")
        return
    desk.ledger.pause(edition, by, f"by {by}" + (f": {why}" if why else ""))
    screen.print(f"Edition {edition} stands still. Let it go on with `cardletter resume`.")


def resume(edition: Edition, by: By, why: Why = "", project: Project = Path()) -> None:
    """Let a paused edition go on; what stopped it counts anew from now. Then `cardletter send`."""
    desk = workspace.open_planned(edition, project)
    desk.ledger.resume(edition, by, why)
    screen.print(f"Edition {edition} may go on: `cardletter send {edition}`.")
