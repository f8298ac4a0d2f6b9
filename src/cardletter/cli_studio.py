"""The command about the studio."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from cardletter.settings import load

screen = Console()

Project = Annotated[Path, typer.Option(help="The folder of your newsletter project.")]


def studio(
    port: Annotated[int, typer.Option(help="The port of this machine to answer at.")] = 8100,
    project: Project = Path(),
) -> None:
    """Write and design in your browser: letters change as you save, findings stand at their lines.

    It answers at this machine only, and to whoever has the address that is printed here.
    """
    from cardletter.studio.app import serve  # noqa: PLC0415 - costs half a second

    serve(load(project).project, port, _opened)


def _opened(address: str) -> None:
    screen.print(f"[green]✓[/] The studio: {address}", highlight=False, soft_wrap=True)
    screen.print("Open it in your browser; stop with Ctrl-C.", highlight=False)
