"""The issuer's files are read as they are, or refused with the file, the line and the remedy."""

from pathlib import Path

import ibis
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cardletter.sources.files import find_files
from cardletter.sources.warehouse import trimmed
from tiny import CONSENTS, MEMBERS, TRANSACTIONS, found, packed, pull, refusal, rows, tiny

ENGINE = ibis.duckdb.connect()
SPACED = "a0é日 \t\n\r\v\f\x01\x1f\u00a0!"
HEADER = "member_id,occurred_at,amount,category\n"
MANY = HEADER + "".join(f"{n:05},2026-11-01,{n * 7919 % 10007}.00,5812\n" for n in range(2_000))


@pytest.mark.parametrize(
    ("theirs", "hint"),
    [
        ("e_mail", "members has no column email (is it 'e_mail'?); it has member_id, e_mail."),
        ("EMAIL", "email (is it 'EMAIL'?)"),
        ("Mail", "email (is it 'Mail'?)"),
        ("contact", "members has no column email; it has member_id, contact."),
    ],
)
def test_a_missing_column_is_named_with_what_it_may_be_called(
    tmp_path: Path, theirs: str, hint: str
):
    project = tiny(tmp_path, {"members.csv": MEMBERS.replace("email", theirs, 1)})
    message = refusal(project, "members")
    assert hint in message
    assert (
        'pyproject.toml: [tool.cardletter] sources.columns.members.email = "your name"' in message
    )


@pytest.mark.parametrize("theirs", ["mcc", "Händler-Art", "merchant category"])
def test_the_columns_mapping_mends_a_missing_column(tmp_path: Path, theirs: str):
    text = TRANSACTIONS.replace("category", theirs, 1)
    project = tiny(
        tmp_path,
        {"transactions.csv": text},
        settings=f"sources.columns.transactions.category = '{theirs}'",
    )
    assert rows(project, "transactions")["category"].tolist() == ["5812", "5942"]


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        (
            "members.email = 'mial'",
            "members has no column mial (is it 'email'?); it has member_id,",
        ),
        ("members.emial = 'email'", "members has no column emial (is it 'email'?)"),
        ("members.first_name = 'forename'", "members has no column forename"),
    ],
)
def test_a_mapping_to_a_column_that_is_not_there_is_refused(
    tmp_path: Path, setting: str, message: str
):
    project = tiny(tmp_path, settings=f"sources.columns.{setting}")
    assert message in refusal(project, "members")


@pytest.mark.parametrize(
    "text",
    [
        MEMBERS.split("\n", 1)[1],
        MEMBERS.replace(",", ";"),
        MEMBERS.replace(",", "\t"),
        "\n",
        "\ufeff",
    ],
    ids=["no-header", "semicolons", "tabs", "only-a-line-end", "only-a-byte-order-mark"],
)
def test_a_first_line_that_is_no_header_is_never_quoted(tmp_path: Path, text: str):
    message = refusal(tiny(tmp_path, {"members.csv": text}), "members")
    assert message == (
        "members has no column member_id, email: its first line is no header. "
        "Begin the file with the names of the columns, parted by commas."
    )


def test_what_looks_like_a_value_in_a_header_is_not_told(tmp_path: Path):
    text = MEMBERS.replace("email\n00123,", "")
    message = refusal(tiny(tmp_path, {"members.csv": text}), "members")
    assert message.startswith("members has no column email; it has member_id. Map the names")


def test_an_empty_file_is_named(tmp_path: Path):
    project = tiny(tmp_path, {"members/a.csv": MEMBERS, "members/b.csv": ""})
    message = refusal(project, "members")
    assert message == "members: b.csv is empty. Deliver it again, or name another."


def test_a_gzip_file_of_nothing_has_no_header(tmp_path: Path):
    assert "is no header" in refusal(tiny(tmp_path, {"members.csv.gz": packed("")}), "members")


def test_members_with_a_header_only_are_refused(tmp_path: Path):
    message = refusal(tiny(tmp_path, {"members.csv": "member_id,email\n"}), "members")
    assert message == "members has a header but no rows: nobody could get the newsletter."


@pytest.mark.parametrize(
    ("table", "text"), [("transactions", TRANSACTIONS), ("consents", CONSENTS)]
)
def test_other_tables_may_have_a_header_only(tmp_path: Path, table: str, text: str):
    told = found(tiny(tmp_path, {f"{table}.csv": text.split("\n", 1)[0]}), table)
    assert (told["rows"], told["set_aside"]) == (0, 0)


@pytest.mark.parametrize("there", ["members.txt", "members.CSV", "members.json", "csv"])
def test_a_table_that_is_nowhere_is_told_with_its_setting(tmp_path: Path, there: str):
    assert refusal(tiny(tmp_path, {f"members/{there}": MEMBERS}), "members") == (
        "No members: nothing at 'data/members' (looked for .parquet and .csv). "
        "Set sources.members in pyproject.toml, [tool.cardletter]."
    )


def test_a_file_of_another_kind_is_not_guessed_at(tmp_path: Path):
    project = tiny(
        tmp_path, {"members.txt": MEMBERS}, settings="sources.members = 'data/members.txt'"
    )
    assert "nothing at 'data/members.txt' (looked for .parquet and .csv)" in refusal(
        project, "members"
    )


def test_csv_and_parquet_are_not_mixed_in_one_table(tmp_path: Path):
    files = {"members/a.csv": MEMBERS, "members/b.parquet": pd.DataFrame({"member_id": ["1"]})}
    message = refusal(tiny(tmp_path, files), "members")
    assert message == "'data/members' mixes CSV and Parquet files: name one kind only."


@pytest.mark.parametrize(
    "pattern",
    ["data/members", "data/members/*.csv", "data/**/b.csv", "data/members/b", "data/members/b.csv"],
)
def test_a_folder_glob_file_or_bare_name_finds_the_files(tmp_path: Path, pattern: str):
    tiny(tmp_path, {"members/b.csv": MEMBERS, "members/notes.txt": "no table"})
    assert [file.name for file in find_files(tmp_path, pattern)] == ["b.csv"]
    assert find_files(Path("/"), str(tmp_path / pattern)) == find_files(tmp_path, pattern)


def test_several_files_are_one_table_and_may_lack_what_is_optional(tmp_path: Path):
    parts = {
        "members/a.csv": "member_id,email,first_name\n1,a@mail.example,Zoë\n",
        "members/b.csv": "email,member_id\nb@mail.example,2\n",
    }
    kept = rows(tiny(tmp_path, parts), "members").sort_values("member_id").fillna("")
    assert kept["email"].tolist() == ["a@mail.example", "b@mail.example"]
    assert kept["first_name"].tolist() == ["Zoë", ""]


def test_brackets_and_stars_in_the_projects_path_are_no_pattern(tmp_path: Path):
    told = pull(tiny(tmp_path / "letters [2026] *new*"))
    assert [told[table]["rows"] for table in told] == [2, 2, 2]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (TRANSACTIONS + '00125,"2026-11-01,1,5812\n00126,2026-11-01,1,5812\n', "csv:4"),
        (TRANSACTIONS + "00125,2026-11-01,1,5812,more\n", "csv:4"),
        (HEADER + "00125,2026-11-01,1,5812,more\n" * 40, "csv:2"),
        (TRANSACTIONS + "00125,2026-11-01\n", "csv:4"),
        (TRANSACTIONS + "00125,2026-11-01,1,Caf\u00e9\n", "csv:4"),
        (MANY + "00125,2026-11-01,1,Caf\u00e9\n", "csv:2002"),
        (TRANSACTIONS + "\0\0\0\n", "csv:4"),
        (TRANSACTIONS.replace("\n", "\r\n", 1) + "00125,2026-11-01,1,5812\r\n", "csv"),
    ],
    ids=[
        "unclosed-quote",
        "extra-delimiter",
        "extra-delimiter-in-every-row",
        "missing-delimiter",
        "latin-1",
        "latin-1-far-down",
        "only-nul",
        "mixed-line-ends",
    ],
)
def test_a_damaged_csv_is_refused_with_its_file_and_line(tmp_path: Path, text: str, where: str):
    coding = "latin-1" if "\u00e9" in text else "utf-8"
    project = tiny(tmp_path, {"transactions.csv": text.encode(coding)})
    message = refusal(project, "transactions", "00125", "Caf")
    assert message.startswith(f"transactions.{where}: cannot be read. Look for an unclosed quote,")


def test_utf_16_is_refused_at_its_first_line(tmp_path: Path):
    project = tiny(tmp_path, {"transactions.csv": TRANSACTIONS.encode("utf-16")})
    message = refusal(project, "transactions")
    assert message.startswith("transactions.csv:1: cannot be read.")
    assert "an encoding other than UTF-8" in message


@pytest.mark.parametrize(
    "content",
    [
        packed(MANY)[: len(packed(MANY)) // 2],
        packed(MANY)[:-4],
        packed(MANY)[:200] + b"\x00\xff" * 40 + packed(MANY)[280:],
        MANY.encode(),
    ],
    ids=["half", "without-its-end", "overwritten", "never-packed"],
)
def test_a_gzip_file_that_is_not_whole_is_refused(tmp_path: Path, content: bytes):
    files = {"consents/a.csv.gz": packed(CONSENTS), "consents/b.csv.gz": content}
    assert refusal(tiny(tmp_path, files), "consents") == (
        "b.csv.gz is no whole gzip file: it was cut short or damaged. Deliver it again."
    )


def test_a_whole_gzip_file_is_read(tmp_path: Path):
    project = tiny(tmp_path, {"transactions.csv.gz": packed(MANY)})
    assert found(project, "transactions")["rows"] == 2_000


def test_a_damaged_parquet_file_is_named_among_its_neighbours(tmp_path: Path):
    tiny(tmp_path, {"members/a.parquet": pd.DataFrame({"member_id": ["1"], "email": ["x"]})})
    whole = (tmp_path / "data/members/a.parquet").read_bytes()
    for name, content in (("b", whole[:-9]), ("c", whole), ("d", b"member_id,email\n")):
        (tmp_path / f"data/members/{name}.parquet").write_bytes(content)
    message = refusal(tmp_path, "members")
    assert message == (
        "b.parquet, d.parquet: is no Parquet file, or was cut short. Deliver it again."
    )


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + MEMBERS,
        MEMBERS.replace("\n", "\r\n"),
        MEMBERS.replace("\n", "\n\n"),
        MEMBERS.replace("00123,", '"00123",').replace("00124,", " 00124 ,"),
        MEMBERS.rstrip("\n"),
    ],
    ids=["byte-order-mark", "windows-line-ends", "blank-lines", "quotes-and-blanks", "no-last-end"],
)
def test_what_spreadsheets_write_is_read(tmp_path: Path, text: str):
    kept = rows(tiny(tmp_path, {"members.csv": text}), "members")
    assert sorted(kept["member_id"]) == ["00123", "00124"]
    assert sorted(kept["email"]) == ["ada.lovelace@mail.example", "bo.peep@mail.example"]


def test_no_line_is_taken_for_a_comment_and_no_value_is_cut_at_a_hash(tmp_path: Path):
    text = "member_id,email\n#1,a@mail.example\n#2,b@mail.example\n3,c@mail.example #\n"
    kept = rows(tiny(tmp_path, {"members.csv": text}), "members").sort_values("member_id")
    assert kept[["member_id", "email"]].to_numpy().tolist() == [
        ["#1", "a@mail.example"],
        ["#2", "b@mail.example"],
        ["3", "c@mail.example #"],
    ]


def test_commas_quotes_and_line_ends_inside_quotes_belong_to_the_value(tmp_path: Path):
    text = 'member_id,email,first_name\n1,a@mail.example,"Anne, ""Nan""\nMarie"\n'
    kept = rows(tiny(tmp_path, {"members.csv": text}), "members")
    assert kept["first_name"].tolist() == ['Anne, "Nan"\nMarie']


def test_ids_of_a_csv_keep_their_leading_zeros(tmp_path: Path):
    assert set(rows(tiny(tmp_path), "members")["member_id"]) == {"00123", "00124"}
    assert set(rows(tmp_path, "transactions")["member_id"]) == {"00123", "00124"}
    assert set(rows(tmp_path, "consents")["member_id"]) == {"00123"}


@pytest.mark.parametrize(
    "ids",
    [[123, 124], [123.0, 124.0], ["123", " 124"], [b"123", b"124"]],
    ids=["integer", "float", "text", "bytes"],
)
def test_ids_of_a_parquet_file_are_the_same_text_whatever_their_type(tmp_path: Path, ids: list):
    members = pd.DataFrame({"member_id": ids, "email": ["a@mail.example", "b@mail.example"]})
    kept = rows(tiny(tmp_path, {"members.parquet": members}), "members")
    assert sorted(kept["member_id"]) == ["123", "124"]


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_bad_row_is_named_by_its_place_in_its_own_file_however_large(tmp_path: Path, kind: str):
    count, bad = 130_000, [(0, 7), (0, 129_999), (1, 64_000), (1, 130_000)]
    folder = tiny(tmp_path, settings="sources.set_aside_limit = 1") / "data/members"
    folder.mkdir()
    (folder.parent / "members.csv").unlink()
    for part in range(2):
        table = pd.DataFrame({"member_id": [f"{part}-{n}" for n in range(1, count + 1)]})
        table["email"] = table["member_id"] + "@mail.example"
        table.loc[[row - 1 for file, row in bad if file == part], "member_id"] = None
        table.loc[[99], "member_id"] = "twice"
        if kind == "csv":
            table.to_csv(folder / f"{part}.csv", index=False)
        else:
            table.to_parquet(folder / f"{part}.parquet", index=False)
    assert found(tmp_path, "members")["where"] == {
        "no_member_id": [f"{file}.{kind} row {row}" for file, row in bad],
        "duplicate_member_id": [f"0.{kind} row 100", f"1.{kind} row 100"],
    }


@settings(deadline=None, max_examples=25)
@given(st.lists(st.none() | st.text(SPACED, max_size=4), max_size=30))
def test_text_is_trimmed_of_every_kind_of_space_and_of_nothing_else(texts: list[str | None]):
    table = ibis.memtable(pa.table({"text": pa.array(texts, pa.string())}))
    told = ENGINE.to_pyarrow(table.select(text=trimmed(table.text)))["text"].to_pylist()
    assert told == [(each or "").strip(" \t\n\r\v\f") or None for each in texts]
