"""The commands that begin a project: init, synthesize."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from cardletter import progress, sources, starter
from cardletter.errors import CardletterError
from cardletter.terminal import Stages

screen = Console()
errors = Console(stderr=True)


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
