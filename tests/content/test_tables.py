"""Items from a table: the same items, held against the same model, each mistake at its row."""

import sqlite3
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from cardletter.content import Item, read_catalogue
from cardletter.errors import Finding
from cardletter.profiles import read_interests
from pieces import ARTICLE, OFFER, catalogue
from tiny import put

ROW: dict[str, Any] = {
    "item_id": "photo",
    "kind": "offer",
    "title": "Fold paper along its grain",
    "interests": "reading; dining",
    "teaser": "A card that cracks at the fold was cut the wrong way.",
    "image": "fold.png",
    "alt": "A folded card",
    "link": "https://larkfield.example/fold",
    "merchant": "Aperley Photo",
    "terms": "Once per member.",
    "until": "2027-03-31",
    "eligibility.countries": "US, GB",
    "budget.impressions": "2000",
    "body": "Most paper has a grain. Fold along it.",
}
SETTINGS = '[tool.cardletter]\ncontent.items = "{}"\n'


def project(folder: Path, where: str, more: str = "", files: dict[str, str] | None = None) -> Path:
    put(folder / "pyproject.toml", SETTINGS.format(where) + more)
    return catalogue(folder, files or {})


def read(folder: Path) -> tuple[list[Item], list[Finding]]:
    return read_catalogue(folder, read_interests(folder)[0])


def told(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(each.severity, str(each)) for each in findings]


def csv(folder: Path, rows: list[dict[str, Any]], where: str = "data/items.csv") -> Path:
    put(folder / where, pd.DataFrame(rows).to_csv(index=False))
    return project(folder, where)


def written(folder: Path, kind: str) -> str:
    """Write two rows as a table of some kind, and give its place for the settings."""
    rows = pd.DataFrame([ROW, ROW | {"item_id": "00123", "budget.impressions": None}])
    if kind == "csv":
        put(folder / "data/items.csv", rows.to_csv(index=False))
    elif kind == "json":
        put(folder / "data/items.json", rows.to_json(orient="records"))
    elif kind == "parquet":
        typed = rows.assign(until=pd.to_datetime(rows["until"]), priority=2)
        typed["budget.impressions"] = rows["budget.impressions"].astype(float)
        typed["interests"] = [["reading", "dining"]] * 2
        put(folder / "data/items.parquet", typed)
    elif kind == "sqlite":
        (folder / "data").mkdir(parents=True)
        with sqlite3.connect(folder / "data/feed.db") as base:
            rows.to_sql("items", base, index=False)
        base.close()
        return f"sqlite://{folder}/data/feed.db#items"
    else:
        (folder / "data").mkdir(parents=True)
        with duckdb.connect(folder / "data/feed.ddb") as base:
            base.register("given", rows)
            base.execute("CREATE TABLE items AS SELECT * FROM given")
        return f"duckdb://{folder}/data/feed.ddb#items"
    return f"data/items.{kind}"


@pytest.mark.parametrize("kind", ["csv", "json", "parquet", "sqlite", "duckdb"])
def test_a_row_is_an_item_whatever_the_table_is_kept_in(tmp_path: Path, kind: str):
    items, found = read(project(tmp_path, written(tmp_path, kind)))
    assert found == []
    assert [item.item_id for item in items] == ["00123", "photo"]
    assert [item.most for item in items] == [None, 2000]
    photo = items[1]
    assert (photo.interests, photo.merchant) == (["reading", "dining"], "Aperley Photo")
    assert photo.eligibility.countries == ["US", "GB"]
    assert photo.body == ROW["body"]
    assert str(photo.until) == "2027-03-31"


def test_a_row_and_a_file_of_the_same_words_are_the_same_item(tmp_path: Path):
    row = ROW | {"interests": "reading", "from": "2026-11-01"}
    row = {key: value for key, value in row.items() if "." not in key}
    csv(tmp_path, [row])
    items, _found = read(catalogue(tmp_path, {"offers/paper.md": OFFER}))
    one, other = (item.model_dump(exclude={"item_id", "path", "line"}) for item in items)
    assert one == other


def test_other_names_of_columns_are_mapped(tmp_path: Path):
    rows = pd.DataFrame([ROW]).rename(columns={"title": "Headline", "body": "description"})
    put(tmp_path / "data/items.csv", rows.to_csv(index=False))
    mapped = 'content.columns = {title = "Headline", body = "description"}\n'
    items, found = read(project(tmp_path, "data/items.csv", mapped))
    assert found == []
    assert items[0].title == ROW["title"]


def test_a_missing_column_is_told_once_with_how_to_map_it(tmp_path: Path):
    rows = pd.DataFrame([ROW] * 3).rename(columns={"title": "titel"})
    put(tmp_path / "data/items.csv", rows.to_csv(index=False))
    items, found = read(project(tmp_path, "data/items.csv"))
    assert items == []
    assert told(found) == [
        ("error", "data/items.csv: has no column 'title'"),
        ("warning", "data/items.csv: columns nobody reads: titel"),
    ]
    assert found[0].hint == 'in pyproject.toml: content.columns.title = "titel"'


MISTAKES = {
    "an unknown interest": ({"interests": "readin"},
        "interests.0: there is no interest 'readin': is it 'reading'?"),
    "a sensitive interest": ({"interests": "gambling"},
        "interests.0: there is no interest 'gambling': it is sensitive, and stays out"),
    "no title": ({"title": ""}, "title is missing"),
    "a day that is none": ({"until": "31.03.2027"}, "until is no date"),
    "a link to http": ({"link": "http://a.example"}, "link: a link starts with https://"),
    "no picture": ({"image": "cut.png"}, "there is no picture content/pictures/cut.png"),
    "a leftover": ({"body": "One.\n\nTODO"}, "'TODO' is left in it"),
    "a script": ({"body": "One.\n\n<script>x</script>"},
        "HTML in the text is shown as it is written"),
    "a budget that is none": ({"budget.impressions": "1,000"},
        "budget.impressions is no whole number"),
    "no text": ({"body": None}, "has no text under its front matter"),
    "no id": ({"item_id": None}, "item_id is missing"),
    "no kind": ({"kind": "coupon"}, "kind is none of those there are"),
    "an id as no other": ({"item_id": "ph oto"}, "item_id can be no item's"),
    "an id there is": ({"item_id": "m7"}, "two items are called 'm7'"),
}  # fmt: skip


@pytest.mark.parametrize(("change", "message"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_in_a_row_is_told_at_its_row(
    tmp_path: Path, change: dict[str, Any], message: str
):
    good = [ROW | {"item_id": f"m{number}"} for number in range(20)]
    items, found = read(csv(tmp_path, [*good[:11], ROW | change, *good[11:]]))
    assert told(found) == [("error", f"data/items.csv row 12: {message}")]
    assert len(items) >= 20


def test_a_few_bad_rows_are_set_aside_and_more_stop_the_work(tmp_path: Path):
    rows = [ROW | {"item_id": f"m{number}"} for number in range(300)]
    rows[4] = rows[4] | {"link": "http://a.example"}
    items, found = read(csv(tmp_path, rows))
    assert len(items) == 299
    message = "data/items.csv row 5: link: a link starts with https://"
    assert told(found) == [("warning", message)]
    for number in range(50):
        rows[number] = rows[number] | {"link": "http://a.example"}
    items, found = read(csv(tmp_path, rows))
    assert len(items) == 250
    assert {each.severity for each in found} == {"error"}
    assert len(found) == 21
    assert str(found[-1]) == "data/items.csv: 30 more rows cannot be used"


def test_a_twin_is_a_row_of_its_own(tmp_path: Path):
    put(tmp_path / "content/locales.yaml", "others: {de-DE: none}\n")
    twin = ROW | {"locale": "de-DE", "title": "Papier falten"}
    items, found = read(csv(tmp_path, [ROW | {"locale": ""}, twin]))
    assert found == []
    assert items[0].twins["de-DE"].title == "Papier falten"


def test_an_id_in_a_file_and_a_row_is_told(tmp_path: Path):
    csv(tmp_path, [ROW])
    items, found = read(catalogue(tmp_path, {"articles/photo.md": ARTICLE}))
    assert [item.kind for item in items] == ["article"]
    assert told(found) == [("error", "data/items.csv row 1: two items are called 'photo'")]


NONE = "there is no such table: name a file, or a database's table after #"
WHERE = {
    "nothing": ("data/items.csv", f"data/items.csv: {NONE}"),
    "no table": (
        "sqlite://data/feed.db",
        "sqlite://...#: content.items is the URL of a database: say which table",
    ),
    "no database": ("postgres://ann:secret@localhost:1/x#items", "postgres://...#items: "),
}


@pytest.mark.parametrize(("where", "message"), WHERE.values(), ids=WHERE)
def test_a_table_that_cannot_be_read_is_told_without_its_secrets(
    tmp_path: Path, where: str, message: str
):
    _items, found = read(project(tmp_path, where, files={"articles/fold.md": ARTICLE}))
    ((weight, said),) = told(found)
    assert (weight, said.startswith(message)) == ("error", True)
    assert "secret" not in f"{said}{found[0].hint}"


def test_a_file_that_is_not_what_it_is_named_is_told(tmp_path: Path):
    put(tmp_path / "data/items.parquet", "no parquet")
    _items, found = read(project(tmp_path, "data/items.parquet"))
    said = "data/items.parquet: cannot be read: cut short, or not what it is named"
    assert told(found) == [("error", said)]


def test_a_table_without_rows_is_told(tmp_path: Path):
    put(tmp_path / "data/items.csv", ",".join(ROW) + "\n")
    _items, found = read(project(tmp_path, "data/items.csv", files={"articles/a.md": ARTICLE}))
    assert told(found) == [("warning", "data/items.csv: has no rows")]


def test_thousands_of_rows_are_read(tmp_path: Path):
    items, found = read(csv(tmp_path, [ROW | {"item_id": f"m{n}"} for n in range(3_000)]))
    assert (len(items), found) == (3_000, [])
