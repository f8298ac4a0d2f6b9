"""The wall: every variant in one file that loads nothing and that no title can break out of."""

import base64
import gzip
import json
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import little
from cardletter.content import read_catalogue, read_variants
from cardletter.templates import PICTURES, hang, read_variant, render
from cardletter.templates.packing import Packer, compressed
from cardletter.templates.wall import strangeness
from cardletter.workspace import Workspace
from pages import Reader

LOADS = ("src", "srcset", "data", "poster", "background", "srcdoc", "action", "formaction")
BREAK = '</script><script>alert("out")</script><!-- & $data ${data}'


def inside(wall: str, name: str) -> str:
    """Give what a script of the wall holds, as a browser would: up to the first end of one."""
    return wall.split(f'id="{name}">')[1].split("</script", 1)[0]


def data(wall: str) -> dict[str, Any]:
    """Read what the wall draws, each variant put together of what it shares with others."""
    drawn = json.loads(inside(wall, "cards"))
    packed = json.loads(gzip.decompress(base64.b64decode(inside(wall, "letters"))))
    runs = ["".join(packed["pieces"][piece] for piece in run) for run in packed["runs"]]
    told = zip(drawn["cards"], packed["letters"], packed["picks"], strict=True)
    for card, letter, picks in told:
        card["html"], card["text"] = ("".join(runs[run] for run in part) for part in letter)
        items = [drawn["items"][number]["title"] for number in card["items"]]
        card["picks"] = [
            {"slot": slot, "score": score, "reason": reason, "title": title}
            for (slot, score, reason), title in zip(picks, items, strict=True)
        ]
    pictures = json.loads(inside(wall, "pictures"))
    return {"variants": drawn["cards"], "pictures": pictures, "prefix": drawn["prefix"]}


def written(desk: Workspace) -> str:
    return desk.file("wall.html").read_text(encoding="utf-8")


def rename(project: Path, title: str) -> None:
    """Give every item a title, and the edition a subject."""
    for file in [
        *project.glob("content/*/*.md"),
        project / f"content/editions/{little.EDITION}.yaml",
    ]:
        text = file.read_text(encoding="utf-8")
        written = re.sub(
            "(?m)^(title|subject): .*", lambda key: f"{key[1]}: {json.dumps(title)}", text
        )
        file.write_text(written, encoding="utf-8")


def test_the_wall_holds_every_variant_as_it_was_rendered(desk: Workspace):
    drawn = data(written(desk))["variants"]
    assert {each["segment"]: each["id"] for each in drawn} == little.variants(desk)
    for each in drawn:
        rendered = read_variant(desk, each["id"])
        assert (each["subject"], each["html"], each["text"]) == (
            rendered.subject,
            rendered.html,
            rendered.text,
        )


def test_the_wall_says_who_gets_a_variant_and_what_is_in_it(desk: Workspace):
    drawn = data(written(desk))["variants"]
    sizes = {each["segment_id"]: each["size"] for each in desk.read_json("segments.json")}
    assert [(each["segment"], each["size"]) for each in drawn] == [
        (name, sizes[name]) for name in ("s001", "s002", "everyone")
    ]
    titles = {item.title for item in read_catalogue(desk.project)[0]}
    for each in drawn:
        assert [pick["slot"] for pick in each["picks"]] == [
            "hero", "stories", "stories", "briefs", "offers", "offers",
        ]  # fmt: skip
        assert {pick["title"] for pick in each["picks"]} <= titles
        assert all(pick["reason"] for pick in each["picks"])
    assert "3 variants for 120 members" in written(desk)


def test_the_wall_loads_nothing(desk: Workspace):
    wall = written(desk)
    page = Reader(wall)
    policy = [given["content"] for tag, given in page.tags if "http-equiv" in given]
    assert policy == [
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
    ]
    assert not any(tag in ("link", "img", "iframe", "object", "base") for tag, _ in page.tags)
    assert not any(name in given for _, given in page.tags for name in LOADS)
    outside = wall
    for name in ("cards", "letters", "pictures"):
        outside = outside.replace(inside(wall, name), "")
    assert not re.search(r"@import|url\(|https?://|fetch\(|XMLHttp|import\(", outside)


def test_the_variants_on_the_wall_show_carried_pictures_only(desk: Workspace):
    drawn = data(written(desk))
    for variant in drawn["variants"]:
        page = Reader(variant["html"])
        shown = [given["src"] for tag, given in page.tags if tag == "img"]
        assert shown
        assert {src.removeprefix(PICTURES) for src in shown if src} <= set(drawn["pictures"])
        assert not any(tag in ("link", "script", "iframe") for tag, _ in page.tags)
        assert not re.search(r"@import|url\(", variant["html"])


def test_each_picture_is_on_the_wall_once_and_only_if_it_is_shown(desk: Workspace):
    wall, drawn = written(desk), data(written(desk))
    pages = "".join(variant["html"] for variant in drawn["variants"])
    assert set(drawn["pictures"]) == set(re.findall(r"pictures/([\w.-]+)", pages))
    for uri in drawn["pictures"].values():
        assert uri.startswith("data:image/png;base64,")
        assert wall.count(uri) == 1


@pytest.mark.parametrize(
    "title", [BREAK, "<!--<script>", "{{greeting}} $subject", "Zoë’s \\u003c/script> $$"]
)
def test_no_title_breaks_out_of_the_wall(desk: Workspace, title: str):
    rename(desk.project, title)
    before = len(Reader(written(desk)).tags)
    render(desk)
    hang(desk)
    wall = written(desk)
    assert len(Reader(wall).tags) == before
    assert wall.count("</script") == 4
    for variant in data(wall)["variants"]:
        assert {pick["title"] for pick in variant["picks"]} == {title}
        assert variant["subject"] == title
        assert variant["html"] == read_variant(desk, variant["id"]).html


def test_pictures_that_are_served_elsewhere_are_on_the_wall_all_the_same(
    desk: Workspace, monkeypatch: pytest.MonkeyPatch
):
    before = data(written(desk))["pictures"]
    monkeypatch.setenv("CARDLETTER_ASSETS_URL", "https://cdn.larkfield.example")
    render(desk)
    hang(desk)
    drawn = data(written(desk))
    assert drawn["pictures"] == before
    assert drawn["prefix"] == "https://cdn.larkfield.example/"
    for variant in drawn["variants"]:
        shown = [given["src"] for tag, given in Reader(variant["html"]).tags if tag == "img"]
        assert all(src and src.startswith(drawn["prefix"]) for src in shown)


def test_the_wall_names_nobody(desk: Workspace):
    wall = written(desk)
    assert "mail.example.org" not in wall
    for number in range(little.MEMBERS):
        assert little.member(number) not in wall


def test_hanging_twice_gives_the_same_wall(desk: Workspace):
    before = written(desk)
    hang(desk)
    assert written(desk) == before


def test_what_letters_share_is_kept_once(desk: Workspace):
    """A hundred letters of the same parts in other places take little more than a few."""
    html = read_variant(desk, little.variants(desk)["s001"]).html
    parts = html.split("<div")
    packer = Packer()
    packed = [packer.pack("<div".join(parts[place:] + parts[:place])) for place in range(100)]
    whole = packer.packed()
    assert len(compressed(whole)) < 3 * len(compressed({"pieces": [html]}))
    runs = ["".join(whole["pieces"][piece] for piece in run) for run in whole["runs"]]
    assert ["".join(runs[run] for run in letter) for letter in packed] == [
        "<div".join(parts[place:] + parts[:place]) for place in range(100)
    ]


@given(st.lists(st.text(), max_size=5))
def test_whatever_is_packed_comes_out_again(texts: list[str]):
    packer = Packer()
    packed = [packer.pack(text) for text in texts]
    whole = packer.packed()
    runs = ["".join(whole["pieces"][piece] for piece in run) for run in whole["runs"]]
    assert ["".join(runs[run] for run in letter) for letter in packed] == texts


def test_the_strangest_letter_is_the_one_whose_items_the_fewest_are_shown(desk: Workspace):
    picks = pd.read_parquet(desk.file("selections.parquet"))
    variants = read_variants(desk)
    shares = strangeness(desk, variants)
    everybody = sum(each.members for each in variants)
    for variant in variants:
        own = set(picks.loc[picks["variant_id"] == variant.variant_id, "item_id"])
        unseen = [
            sum(
                other.members
                for other in variants
                if item not in set(picks.loc[picks["variant_id"] == other.variant_id, "item_id"])
            )
            / everybody
            for item in own
        ]
        assert shares[variant.variant_id] == pytest.approx(sum(unseen) / len(unseen))
