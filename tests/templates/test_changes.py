"""What changed: which members see what, from one making to another, and nothing of few members."""

import json
import shutil
from typing import Any

import pandas as pd
import pytest
from typer.testing import CliRunner

import little
from cardletter import workspace
from cardletter.cli import app
from cardletter.templates import comparing, made, sides
from cardletter.templates.changes import Change
from cardletter.templates.changes_page import page
from cardletter.templates.comparing import KINDS, OWN, Comparison, compare
from cardletter.templates.sides import Side
from cardletter.workspace import Workspace

FLOOR = 20
HEADLINE = Change("item", "content/articles/a.md", "title: “A lead” → “A better lead”")


def item(title: str = "A lead", **more: object) -> dict[str, Any]:
    said = {"title": title, "body_html": "<p>x</p>", "body_text": "x", "path": ""}
    return {**said, "image": {"src": "../p.png", "alt": "A picture"}, **more}


def letter(segment: str = "s1", picks: str = "ab", **more: object) -> dict[str, Any]:
    return {
        "locale": "en",
        "said": {"edition": {"id": "e", "subject": "Good things", "date": "3 May"}},
        "segment": {"name": f"Segment {segment}", "phrase": "tea", "tone": ""},
        "picks": [["stories", each, "Because."] for each in picks],
        "groups": [[segment, "", "", "", "", ""]],
        **more,
    }


def making(letters: dict[str, dict[str, Any]], **more: object) -> dict[str, Any]:
    items = {name: item(path=f"content/articles/{name}.md") for name in "abcd"}
    return {
        "program": {"jinja2": "3"},
        "template": "newsletter",
        "files": {"newsletter.mjml": "1", "blocks/hero.mjml": "1"},
        "rules": {"fields": {}, "domains": [], "pictures": []},
        "brand": {"colours": {"light": {"ink": "#111"}}},
        "words": {"en": {"read": "Read"}},
        "items": {"en": items},
        "pictures": {"p.png": "1"},
        "letters": letters,
        **more,
    }


def side(told: dict[str, Any], sizes: dict[str, range], own: str = "") -> Side:
    """Give an edition of members by number: letter -> whose it is."""
    members = [(f"m{n}", name) for name, numbers in sizes.items() for n in numbers]
    personal = [(f"m{n}", 1, own, "Yours.") for numbers in sizes.values() for n in numbers[:30]]
    return Side(
        told,
        pd.DataFrame(members, columns=["member_id", "variant_id"]),
        pd.DataFrame(personal if own else [], columns=["member_id", "place", "item_id", "reason"]),
    )


def told(before: Side, after: Side) -> Comparison:
    return comparing.compared("2026-12", "it was last made", (before, after), FLOOR)


def test_every_member_is_followed_from_one_letter_to_the_other():
    one = side(
        making({"v1": letter("s1"), "v2": letter("s2"), "v3": letter("s3")}),
        {"v1": range(100), "v2": range(100, 300), "v3": range(300, 340)},
    )
    other = side(
        making({"v1": letter("s1"), "v4": letter("s2", "ac"), "v3": letter("s3")}),
        {"v1": range(70), "v4": [*range(70, 250)], "v3": range(300, 360)},  # type: ignore[dict-item]
    )
    found = told(one, other)
    assert found.kinds == [
        (KINDS["same"], 110),  # 70 of s1, 40 of s3
        (KINDS["changed"], 150),
        (KINDS["moved"], 30),
        (KINDS["new"], 20),
        (KINDS["gone"], 50),
    ]
    assert [(row.kind, row.name, row.members) for row in found.rows] == [
        ("changed", "Segment s2", 150),
        ("moved", "Segment s1 → Segment s2", 30),
    ]
    comes, goes = (Change("item", f"content/articles/{name}.md", how) for name, how in AC)
    assert [(each.change, each.letters, each.members) for each in found.changes] == [
        (goes, 1, 150),
        (comes, 1, 150),
    ]


AC = (("c", "comes in (stories)"), ("b", "goes out (stories)"))


def test_a_headline_is_told_once_with_all_the_letters_it_stands_in():
    before = making({"v1": letter("s1"), "v2": letter("s2", "bc"), "v3": letter("s3", "a")})
    after = making({"w1": letter("s1"), "v2": letter("s2", "bc"), "w3": letter("s3", "a")})
    after["items"]["en"]["a"] |= {"title": "A better lead"}
    sizes = {"1": range(50), "2": range(50, 90), "3": range(90, 120)}
    found = told(
        side(before, {f"v{n}": who for n, who in sizes.items()}),
        side(after, {f"{'v' if n == '2' else 'w'}{n}": who for n, who in sizes.items()}),
    )
    assert found.kinds == [(KINDS["same"], 40), (KINDS["changed"], 80)]
    assert [(each.change, each.letters, each.members) for each in found.changes] == [
        (HEADLINE, 2, 80)
    ]


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ({"files": {"newsletter.mjml": "1", "blocks/hero.mjml": "2"}}, "hero.mjml: was changed"),
        ({"files": {"newsletter.mjml": "1"}}, "templates/blocks/hero.mjml: is not used any more"),
        ({"program": {"jinja2": "4"}}, "jinja2: “3” → “4”"),
        ({"template": "plain"}, "content/editions/2026-12.yaml: set in plain, not in newsletter"),
        ({"rules": {"fields": {"points": "number"}, "domains": [], "pictures": []}}, "fields.yaml"),
        ({"brand": {"colours": {"light": {"ink": "#222"}}}}, "colours.light.ink: “#111” → “#222”"),
        ({"pictures": {"p.png": "2"}}, "content/articles/a.md: p.png is another picture"),
        ({"words": {"en": {}}}, "templates/words: read: “Read” is gone"),
    ],
)
def test_what_letters_are_set_with_is_told(changed: dict[str, Any], line: str):
    one = side(making({"v1": letter()}), {"v1": range(50)})
    other = side(making({"v2": letter()}, **changed), {"v2": range(50)})
    found = told(one, other)
    assert found.kinds == [(KINDS["changed"], 50)]
    assert any(line in str(each.change) for each in found.changes)
    assert all(each.members == 50 for each in found.changes)


def test_what_the_edition_says_is_told_at_its_file():
    said = {"edition": {"id": "f", "subject": "Better things", "date": "3 May"}, "signed": "Ann"}
    one = side(making({"v1": letter()}), {"v1": range(50)})
    found = told(one, side(making({"v2": letter(said=said)}), {"v2": range(50)}))
    assert [str(each.change) for each in found.changes] == [
        "content/editions/2026-12.yaml: signed: “Ann” is new",
        "content/editions/2026-12.yaml: subject: “Good things” → “Better things”",
    ]


def test_of_long_texts_the_place_is_shown_where_they_part():
    before, after = (making({name: letter(picks="a")}) for name in ("v1", "v2"))
    start = "It was the best of times, it was the worst of times, it was the age of "
    before["items"]["en"]["a"] |= {"body_text": start + "wisdom", "body_html": "<p>1</p>"}
    after["items"]["en"]["a"] |= {"body_text": start + "foolishness", "body_html": "<p>2</p>"}
    found = told(side(before, {"v1": range(50)}), side(after, {"v2": range(50)}))
    (only,) = found.changes
    assert only.change.how == "text: “…was the age of wisdom” → “…was the age of foolishness”"


def test_other_items_of_their_own_are_a_change_of_these_members_only():
    letters = {"v1": letter()}
    one = side(making(letters), {"v1": range(100)}, own="a")
    other = side(making(letters), {"v1": range(100)}, own="b")
    found = told(one, other)
    assert found.kinds == [(KINDS["same"], 70), (KINDS["own"], 30)]
    assert [(row.kind, row.members, row.changes) for row in found.rows] == [("own", 30, (OWN,))]


def test_an_item_of_their_own_that_says_something_else_is_told():
    before, after = making({"v1": letter()}), making({"v1": letter()})
    after["items"]["en"]["d"] = item("A better lead", path="content/articles/a.md")
    one = side(before, {"v1": range(100)}, own="d")
    found = told(one, side(after, {"v1": range(100)}, own="d"))
    assert found.kinds == [(KINDS["same"], 70), (KINDS["own"], 30)]
    assert HEADLINE in found.rows[0].changes


def test_kinds_of_change_that_few_meet_are_joined_with_another():
    one = side(
        making({"v1": letter("s1"), "v2": letter("s2")}), {"v1": range(60), "v2": range(60, 63)}
    )
    other = side(making({"v1": letter("s1")}), {"v1": [*range(55), 60, 61, 70]})  # type: ignore[dict-item]
    found = told(one, other)
    words = [f"{KINDS['same']} or {KINDS['moved']} or {KINDS['new']} or {KINDS['gone']}"]
    assert [line for line, _ in found.kinds] == words
    assert found.kinds[0][1] == 64
    assert [(row.name, row.members) for row in found.rows] == [(comparing.OTHERS, None)]


def test_members_with_wishes_are_never_counted():
    tuned = [["s1", "", "", "", "pets.asked", ""]]
    one = side(making({"v1": letter(), "v2": letter()}), {"v1": range(60), "v2": range(60, 120)})
    after = making({"v1": letter(), "v3": letter(picks="ac", groups=tuned)})
    found = told(one, side(after, {"v1": range(60), "v3": range(60, 120)}))
    assert [(row.kind, row.name) for row in found.rows] == [("moved", comparing.OTHERS)]


def test_a_block_that_no_letter_uses_changes_none(desk: Workspace):
    (desk.project / "templates/blocks/unused.mjml").write_text("<mj-text>Nothing</mj-text>")
    (desk.project / "templates/other.mjml").write_text("<mjml><mj-body></mj-body></mjml>")
    found = compare(desk)
    assert (found.kinds, found.changes, found.rows) == ([(KINDS["same"], 120)], [], [])


def test_a_headline_of_the_files_is_told_before_it_is_made(desk: Workspace):
    file = desk.project / "content/articles/a-good-lead.md"
    file.write_text(file.read_text("utf-8").replace("A good lead", "A better lead"), "utf-8")
    before = {each: each.stat().st_mtime_ns for each in desk.folder.rglob("*")}
    run = ["diff", desk.edition, "--project", str(desk.project)]
    done = CliRunner().invoke(app, [*run, "--json"])
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    path = "content/articles/a-good-lead.md"
    how = "title: “A good lead” → “A better lead”"
    assert found["kinds"] == [[KINDS["changed"], 120]]
    assert found["changes"] == [
        {"change": {"what": "item", "where": path, "how": how}, "letters": 3, "members": 120}
    ]
    assert [row["members"] for row in found["rows"]] == [60, 50, None]
    page_of = desk.folder / "changes.html"
    after = {each: each.stat().st_mtime_ns for each in desk.folder.rglob("*") if each != page_of}
    assert after == before
    assert not list(desk.root.glob(".diff-*"))
    written = page_of.read_text("utf-8")
    assert how in written
    assert not any(little.member(n) in done.stdout + written for n in range(little.MEMBERS))


def test_against_another_edition_both_are_taken_as_they_were_made(desk: Workspace):
    shutil.copytree(desk.folder, desk.folder.with_name("2026-11"))
    other = workspace.open_edition("2026-11", desk.project)
    told_before = other.read_json(made.MADE)
    told_before["items"]["en"]["a-good-lead"]["title"] = "An older lead"
    names = {name: f"w{number}" for number, name in enumerate(told_before["letters"])}
    letters = {names[name]: each for name, each in told_before["letters"].items()}
    other.write_json(made.MADE, told_before | {"letters": letters})
    assigned = pd.read_parquet(other.file("assignments.parquet"))
    assigned["variant_id"] = assigned["variant_id"].map(names)
    assigned.iloc[20:].to_parquet(other.file("assignments.parquet"), index=False)
    found = compare(desk, other)
    assert found.since == "edition 2026-11"
    assert found.kinds == [(KINDS["changed"], 100), (KINDS["new"], 20)]
    assert [each.change.how for each in found.changes] == ["title: “An older lead” → “A good lead”"]


def test_segments_changed_since_are_told_of(desk: Workspace):
    assert not list(sides.notes(desk))
    (desk.project / "segments/names.yaml").write_text("segments: {}\n")
    (note,) = sides.notes(desk)
    assert note.startswith("segments/names.yaml was changed since")


def test_the_page_shows_markup_as_text():
    row = comparing.Row("changed", "<b>x", "v1", "v2", 50, (Change("item", "", "<i>"),) * 9)
    written = page(Comparison("e", "<i>", [("a", 5)], [], [row], ("<u>",)))
    for tag in ("<b>x", "<i>", "<u>"):
        assert tag not in written.partition("<h1>")[2].replace("<i style", "")
