"""Files: what people write is saved whole, never over somebody else's, never anywhere else."""

from pathlib import Path

import pytest

from cardletter.studio.files import ConflictError, Files, NoFileError

ARTICLE = "content/articles/a.md"


@pytest.fixture
def files(tmp_path: Path) -> Files:
    project = tmp_path / "letter"
    for folder in ("content/articles", "content/pictures", "segments", "templates/blocks", "flows"):
        (project / folder).mkdir(parents=True)
    (project / ARTICLE).write_text("one\n", encoding="utf-8")
    (project / "pyproject.toml").write_text("[tool.cardletter]\n", encoding="utf-8")
    (project / "flows/edition.py").write_text("flow\n", encoding="utf-8")
    (project / "content/pictures/x.png").write_bytes(b"png")
    (tmp_path / "secret.md").write_text("secret\n", encoding="utf-8")
    return Files(project)


ELSEWHERE = [
    "../secret.md",
    "../../etc/passwd",
    "content/../../secret.md",
    "content/articles/../../../secret.md",
    "content/articles/../articles/a.md",
    "./content/articles/a.md",
    "content//articles/a.md",
    "/content/articles/a.md",
    "/etc/passwd.md",
    "//etc/passwd.md",
    "content\\articles\\a.md",
    "content/articles/..\\..\\secret.md",
    "content/articles/%2e%2e/secret.md",
    "content/articles/..%2f..%2fsecret.md",
    "content/articles/%252e%252e%252fsecret.md",
    "content/articles/..;/secret.md",
    "content/articles/．．/secret.md",
    "content/articles/a.md/",
    "content/articles/a.md\0.png",
    "content/articles/a.md\n",
    " content/articles/a.md",
    "content/articles/.hidden.md",
    "content/articles/.git/config.md",
    "content/articles/deep/er.md",
    "content/articles/a.md::$DATA",
    "content/articles/con|whoami.md",
    "content/articles/a.py",
    "content/articles/a",
    "content/pictures/x.png",
    "content/pictures/x.md",
    "flows/edition.py",
    "flows/edition.md",
    "pyproject.toml",
    "workspace/ledger.yaml",
    "segments/interests.py",
    "templates/evil.html",
    "templates/../pyproject.toml",
    "~/x.md",
    "file:///etc/passwd.md",
    "C:/x.md",
    "",
    "/",
    "content/articles/" + "a" * 300 + ".md",
]


@pytest.mark.parametrize("path", ELSEWHERE)
def test_nothing_outside_the_folders_people_write_in_is_read_or_written(files: Files, path: str):
    there = sorted(files.project.parent.rglob("*"))
    with pytest.raises(NoFileError):
        files.read(path)
    with pytest.raises(NoFileError):
        files.write(path, "evil", "")
    assert sorted(files.project.parent.rglob("*")) == there
    assert (files.project / ARTICLE).read_text(encoding="utf-8") == "one\n"


def test_no_link_leads_out_of_the_project(files: Files):
    (files.project / "content/articles/link.md").symlink_to(files.project.parent / "secret.md")
    (files.project / "templates/out").symlink_to(files.project.parent)
    (files.project / "content/articles/flow.md").symlink_to(files.project / "flows/edition.py")
    for path in (
        "content/articles/link.md",
        "templates/out/secret.txt",
        "content/articles/flow.md",
    ):
        with pytest.raises(NoFileError):
            files.read(path)
        with pytest.raises(NoFileError):
            files.write(path, "evil", "")
    assert files.paths() == [ARTICLE]
    assert (files.project.parent / "secret.md").read_text(encoding="utf-8") == "secret\n"


def test_a_file_is_saved_where_it_was_and_keeps_its_rights(files: Files):
    file = files.project / ARTICLE
    file.chmod(0o640)
    before = files.read(ARTICLE)
    version = files.write(ARTICLE, "two\n", before.version)
    assert files.read(ARTICLE).text == "two\n"
    assert files.read(ARTICLE).version == version != before.version
    assert file.stat().st_mode & 0o777 == 0o640
    assert [each.name for each in file.parent.iterdir()] == ["a.md"]


def test_what_somebody_else_changed_meanwhile_is_not_lost(files: Files):
    opened = files.read(ARTICLE)
    (files.project / ARTICLE).write_text("theirs\n", encoding="utf-8")
    with pytest.raises(ConflictError):
        files.write(ARTICLE, "mine\n", opened.version)
    assert files.read(ARTICLE).text == "theirs\n"


def test_a_file_that_was_thrown_away_or_made_meanwhile_is_a_conflict(files: Files):
    opened = files.read(ARTICLE)
    with pytest.raises(ConflictError):
        files.write(ARTICLE, "new\n", "")
    (files.project / ARTICLE).unlink()
    with pytest.raises(ConflictError):
        files.write(ARTICLE, "mine\n", opened.version)
    files.write(ARTICLE, "anew\n", "")
    assert files.read(ARTICLE).text == "anew\n"


def test_line_ends_and_the_mark_at_the_beginning_stay_what_they_were(files: Files):
    file = files.project / ARTICLE
    file.write_bytes(b"\xef\xbb\xbfone\r\ntwo\r\n")
    opened = files.read(ARTICLE)
    assert opened.text == "one\ntwo\n"
    files.write(ARTICLE, "one\nthree\n", opened.version)
    assert file.read_bytes() == b"\xef\xbb\xbfone\r\nthree\r\n"


@pytest.mark.parametrize("raw", [b"\xff\xfe\x00", b"x" * 1_000_001], ids=["not text", "too large"])
def test_what_is_no_text_is_told_and_not_opened(files: Files, raw: bytes):
    (files.project / ARTICLE).write_bytes(raw)
    with pytest.raises(NoFileError):
        files.read(ARTICLE)


def test_a_text_that_is_too_long_is_not_saved(files: Files):
    opened = files.read(ARTICLE)
    with pytest.raises(NoFileError):
        files.write(ARTICLE, "x" * 1_000_001, opened.version)
    assert files.read(ARTICLE) == opened


def test_templates_may_stand_in_folders_of_their_own(files: Files):
    files.write("templates/blocks/new.mjml", "<mj-text/>\n", "")
    files.write("templates/spring/blocks/new.mjml", "<mj-text/>\n", "")
    assert files.paths() == [
        ARTICLE,
        "templates/blocks/new.mjml",
        "templates/spring/blocks/new.mjml",
    ]
