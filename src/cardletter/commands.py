"""Commands that are loaded when they are called: to list them all takes a moment.

What most of them need (pandas, Ibis, SQLAlchemy) takes seconds to load. What a command does is said
in its docstring, which is read from the file without running it.
"""

import ast
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, ClassVar

import typer
from typer.core import TyperCommand, TyperGroup


class Commands(TyperGroup):
    """A group of commands, each in a place of its own: `cli_delivery:send`."""

    places: ClassVar[Mapping[str, str]]

    def __init__(self, **told: Any) -> None:  # noqa: ANN401 - whatever Typer tells its groups
        """List the commands, and load none."""
        super().__init__(**told)
        self.commands = {
            name: TyperCommand(name, help=docstring(place)) for name, place in self.places.items()
        }

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:  # noqa: ANN401 - Typer's own types are private
        """Find the command that is called, and load it."""
        name, command, rest = super().resolve_command(ctx, args)
        return name, loaded(name, self.places[name]) if name else command, rest


def loaded(name: str, place: str) -> Any:  # noqa: ANN401
    """Load the command, or the group of commands, at a place."""
    module, _, verb = place.partition(":")
    found = getattr(import_module(f"{__package__}.{module}"), verb)
    if isinstance(found, typer.Typer):
        return typer.main.get_command(found)
    alone = typer.Typer(add_completion=False)
    alone.command(name)(found)
    return typer.main.get_command(alone)


def docstring(place: str) -> str:
    """Read what a command does, or of a group what its module is for."""
    module, _, verb = place.partition(":")
    tree = ast.parse(Path(__file__).with_name(f"{module}.py").read_text("utf-8"))
    functions = (node for node in tree.body if isinstance(node, ast.FunctionDef))
    found = next((node for node in functions if node.name == verb), tree)
    return ast.get_docstring(found) or ""
