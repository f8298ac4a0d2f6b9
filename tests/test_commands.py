"""The commands: listed without loading what they need, and each is where it is said to be."""

import subprocess
import sys

import pytest
import typer.main
from typer.testing import CliRunner

from cardletter.cli import Places, app
from cardletter.commands import docstring, loaded

HEAVY = {"pandas", "ibis", "sqlalchemy", "sklearn", "scipy", "prefect", "boto3", "pydantic"}
SELDOM = {"sklearn", "scipy.optimize", "prefect", "boto3", "fastapi"}
LOADED = "import sys; {}; print(*sys.modules)"


def modules(words: str) -> set[str]:
    """Give all that is loaded after some words of Python."""
    command = [sys.executable, "-c", LOADED.format(words)]
    told = subprocess.run(command, check=True, capture_output=True, text=True)
    return set(told.stdout.splitlines()[-1].split())


def test_listing_the_commands_loads_nothing_that_they_need():
    listing = "from cardletter.cli import app; app(['--help'], standalone_mode=False)"
    assert not HEAVY & modules(listing)


@pytest.mark.parametrize("module", ["cli_editions", "cli_delivery"])
def test_sending_and_looking_load_nothing_that_only_learning_and_serving_need(module: str):
    assert not SELDOM & modules(f"import cardletter.{module}")


def test_whoever_stops_an_edition_waits_for_no_library_of_tables_or_models():
    late = {"ibis", "scipy", "jinja2", "cardletter.content", "cardletter.segments"}
    assert not (SELDOM | late) & modules("import cardletter.cli_pausing")


@pytest.mark.parametrize("name", Places.places)
def test_each_command_is_in_its_place_and_says_there_what_the_list_says(name: str):
    place = Places.places[name]
    assert loaded(name, place).help.split("\n\n")[0] == docstring(place).split("\n\n")[0]


def test_the_list_has_every_command_with_its_first_words():
    said = CliRunner(env={"COLUMNS": "200"}).invoke(app, ["--help"]).output
    for name, place in Places.places.items():
        assert f"{name} " in said
        assert docstring(place)[:40] in said


def test_a_command_that_is_not_there_is_told_with_the_one_that_is_meant():
    said = CliRunner().invoke(app, ["sned"])
    assert said.exit_code == 2
    assert "Did you mean 'send'?" in said.output


def test_a_command_shows_its_own_options():
    said = CliRunner(env={"COLUMNS": "200"}).invoke(app, ["rehearse", "--help"]).output
    assert "--faults" in said
    assert "rehearse [OPTIONS]" in said
    assert "--install-completion" not in said


def test_nothing_is_registered_twice():
    assert list(typer.main.get_command(app).commands) == list(Places.places)  # type: ignore[attr-defined]
