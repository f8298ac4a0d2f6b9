"""Settings: pyproject.toml, then the environment; what is wrong is told without its value."""

from pathlib import Path

import pytest

from cardletter.errors import SettingsError
from cardletter.settings import Settings, load
from tiny import put

SECRET = "hunter2"  # noqa: S105 - planted, to be found in no message


def project(folder: Path, *lines: str) -> Path:
    put(folder / "pyproject.toml", "\n".join(["[tool.cardletter]", *lines]) + "\n")
    return folder


def refusal(folder: Path) -> str:
    with pytest.raises(SettingsError) as raised:
        load(folder)
    assert SECRET not in str(raised.value).casefold()
    return str(raised.value)


def test_a_project_without_settings_has_those_that_send_nothing(tmp_path: Path):
    settings = load(project(tmp_path))
    assert settings.transport == "outbox"
    assert settings.sources.members == "data/members"
    assert settings.sources.set_aside_limit == 0.01
    assert settings.path(settings.workspace) == tmp_path / "workspace"


def test_what_stands_in_pyproject_is_read(tmp_path: Path):
    settings = load(
        project(
            tmp_path,
            'sources.members = "people/*.csv"',
            'sources.columns.members.email = "mail"',
            'workspace = "/srv/letter"',
            'sender = "Zoë <z@larkfield.example>"',
        )
    )
    assert settings.sources.members == "people/*.csv"
    assert settings.sources.columns == {"members": {"email": "mail"}}
    assert settings.path(settings.workspace) == Path("/srv/letter")
    assert settings.sender == "Zoë <z@larkfield.example>"


def test_the_environment_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CARDLETTER_SENDER", "env@larkfield.example")
    monkeypatch.setenv("CARDLETTER_SOURCES__MEMBERS", "elsewhere")
    settings = load(project(tmp_path, 'sender = "toml@larkfield.example"', 'sources.members = "m"',
                            'sources.consents = "c"'))  # fmt: skip
    assert settings.sender == "env@larkfield.example"
    assert (settings.sources.members, settings.sources.consents) == ("elsewhere", "c")


def test_the_key_of_links_is_no_setting_and_disturbs_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("CARDLETTER_LINK_KEY", SECRET)
    assert SECRET not in repr(load(project(tmp_path)))


def test_the_projects_folder_is_where_its_pyproject_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("CARDLETTER_PROJECT", "/elsewhere")
    assert load(project(tmp_path, 'project = "/nowhere"')).project == tmp_path
    monkeypatch.chdir(tmp_path)
    assert load().project == tmp_path


NEAR = "there is no setting 'sources.member'; is it 'sources.members'?"
MISTAKES = {
    "near miss": (f'sendr = "{SECRET}"', "there is no setting 'sendr'; is it 'sender'?"),
    "near miss, deeper": (f'sources.member = "{SECRET}"', NEAR),
    "far miss": (f'zzz = "{SECRET}"', "there is no setting 'zzz'"),
    "no number": (
        f'sources.set_aside_limit = "{SECRET}"',
        "sources.set_aside_limit: input should be a valid number",
    ),
    "out of range": (
        "sources.set_aside_limit = 2",
        "sources.set_aside_limit: input should be less than or equal to 1",
    ),
    "another transport": (f'transport = "{SECRET}"', "transport: input should be 'outbox'"),
    "no table": (f'sources = "{SECRET}"', "sources: input should be a valid dictionary"),
    "columns of no table": (
        f'sources.columns.member.email = "{SECRET}"',
        "sources.columns: there is no table 'member': there are transactions, members, consents",
    ),
    "columns as text": (
        f'sources.columns.members = "{SECRET}"',
        "sources.columns.members: input should be a valid dictionary",
    ),
}


@pytest.mark.parametrize(("line", "told"), MISTAKES.values(), ids=MISTAKES)
def test_a_wrong_setting_is_told_by_name_without_its_value(tmp_path: Path, line: str, told: str):
    message = refusal(project(tmp_path, line))
    assert message.startswith("pyproject.toml, [tool.cardletter], or the environment: ")
    assert told in message


def test_every_wrong_setting_is_told_at_once(tmp_path: Path):
    message = refusal(project(tmp_path, f'sendr = "{SECRET}"', "sources.set_aside_limit = -1"))
    assert "'sendr'" in message
    assert "set_aside_limit" in message


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("CARDLETTER_TRANSPORT", "transport: input should be 'outbox'"),
        ("CARDLETTER_SOURCES__SET_ASIDE_LIMIT", "sources.set_aside_limit: input should be"),
        ("CARDLETTER_SOURCES__MEMBR", "there is no setting 'sources.membr'"),
        ("CARDLETTER_SOURCES", "in the environment is not JSON"),
        ("CARDLETTER_SOURCES__COLUMNS", "in the environment is not JSON"),
    ],
)
def test_a_wrong_variable_is_told_without_its_value(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, told: str
):
    monkeypatch.setenv(name, SECRET)
    assert told in refusal(project(tmp_path))


@pytest.mark.parametrize(
    "content",
    [None, "", "[tool.other]\nx = 1\n", 'tool = "cardletter"\n', '[tool]\ncardletter = "x"\n'],
    ids=["no-file", "empty", "other-tools", "tool-as-text", "cardletter-as-text"],
)
def test_a_folder_that_is_no_project_says_how_to_make_one(tmp_path: Path, content: str | None):
    if content is not None:
        put(tmp_path / "pyproject.toml", content)
    message = refusal(tmp_path)
    assert f"{tmp_path} is no newsletter project" in message
    assert "`cardletter init DIR`" in message


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (
            b"[tool.cardletter\n",
            "is not valid TOML: Expected ']' at the end of a table declaration",
        ),
        (b'[tool.cardletter]\nsender = "a"\nsender = "hunter2"\n', "(at line 3, column 19)"),
        (b'[tool.cardletter]\nsender = "Zo\xeb hunter2"\n', "is not UTF-8 text: save it as UTF-8."),
    ],
    ids=["left-open", "a-key-twice", "latin-1"],
)
def test_a_pyproject_that_cannot_be_read_is_named_with_its_line(
    tmp_path: Path, content: bytes, told: str
):
    put(tmp_path / "pyproject.toml", content)
    message = refusal(tmp_path)
    assert message.startswith(f"{tmp_path / 'pyproject.toml'} is not ")
    assert told in message


def test_every_setting_says_what_it_is():
    assert not [name for name, each in Settings.model_fields.items() if not each.description]
