"""The command that answers the links of the mails."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from cardletter import web
from cardletter.settings import load

screen = Console()

Project = Annotated[Path, typer.Option(help="The folder of your newsletter project.")]


def serve(
    host: Annotated[str, typer.Option(help="The address to answer at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to answer at.")] = 8000,
    project: Project = Path(),
) -> None:
    """Answer the links of the mails: the preference centre, and unsubscribing by one click."""
    folder = load(project).project
    screen.print(f"Answering at http://{host}:{port}; stop with Ctrl-C.", highlight=False)
    web.serve(folder, host, port)
