"""The commands. Each says what it does in words that a marketer understands."""

import sys
from typing import Annotated, ClassVar

import typer
from rich.console import Console
from rich.markup import escape

from cardletter import __version__
from cardletter.commands import Commands
from cardletter.errors import CardletterError, FilesError


class Places(Commands):
    """Where each command is, in the order in which they are listed."""

    places: ClassVar = {
        "demo": "cli_editions:demo",
        "init": "cli_projects:init",
        "synthesize": "cli_projects:synthesize",
        "run": "cli_editions:run",
        "render": "cli_editions:render",
        "segment": "cli_segments:segment",
        "status": "cli_editions:status",
        "approve": "cli_delivery:approve",
        "send": "cli_delivery:send",
        "pause": "cli_pausing:pause",
        "resume": "cli_pausing:resume",
        "release": "cli_delivery:release",
        "rehearse": "cli_delivery:rehearsal",
        "match": "cli_matching:match",
        "backtest": "cli_segments:backtest",
        "ingest": "cli_feedback:ingest",
        "replay": "cli_feedback:replay",
        "check": "cli_checking:check",
        "studio": "cli_studio:studio",
        "diff": "cli_templates:diff",
        "why": "cli_editions:why",
        "serve": "cli_web:serve",
        "permission": "cli_permission:app",
        "new": "cli_content:app",
    }


app = typer.Typer(
    cls=Places,
    help="One newsletter per kind of cardholder, sent only to those who said yes.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
screen = Console()
errors = Console(stderr=True)


def main() -> None:
    """Run a command; what a person can mend is told in words, without a traceback."""
    try:
        app()
    except FilesError as error:
        from cardletter.terminal import findings_table  # noqa: PLC0415 - loads half of all rooms

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
