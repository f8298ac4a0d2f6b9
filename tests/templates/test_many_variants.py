"""Segments by locales by products: as many letters as there are kinds of members, none twice."""

import re
from collections import Counter

import pandas as pd
import pytest

import little
from cardletter import content, profiles, segments, sources, workspace
from cardletter.content import read_variants
from cardletter.templates import read_variant, render
from cardletter.workspace import Workspace

LOCALES = ("en", "de-DE", "fr-FR")
PRODUCTS = ("classic", "plus", "gold", "blue")
"""The first two have an offer of their own; that of gold is never the best; blue has none."""
ALL = 2 * 3 * 3 - 1 + 2
OFFER = "merchant: Larkfield\nterms: Once.\nuntil: 2027-01-31\n"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    project = little.unpack(tmp_path_factory.mktemp("many") / "letter")
    little.put(project, "content/locales.yaml", "default: en\nothers: {de-DE: en, fr-FR: en}\n")
    for product, priority in (("classic", 10), ("plus", 10), ("gold", 0.001)):
        rule = f"priority: {priority}\neligibility: {{products: [{product}]}}\n"
        told = {"title": f"For {product} only", "interest": "", "image": "any-offer.png"}
        text = little.ITEM.format(item_id=f"only-{product}", more=OFFER + rule, **told)
        little.put(project, f"content/offers/only-{product}.md", text)
    file = project / "data/members.csv"
    members = pd.read_csv(file, dtype=str, keep_default_na=False)
    members["locale"] = [LOCALES[n % 3] for n in range(little.MEMBERS)]
    members["product"] = [PRODUCTS[n // 6 % 4] for n in range(little.MEMBERS)]
    members.to_csv(file, index=False)
    desk = workspace.begin(workspace.open_edition(little.EDITION, project))
    for verb in (sources.pull, profiles.build, segments.assign, content.match):
        verb(desk)
    return desk


MATCHED = ("variants.json", "selections.parquet", "assignments.parquet")


def rendered(desk: Workspace, matched: dict[str, bytes]) -> dict[str, int | str]:
    """Render what was matched, whatever was rendered of it before."""
    for name, packed in matched.items():
        desk.file(name).write_bytes(packed)
    return dict(render(desk))


def test_every_kind_of_member_has_a_letter_and_equal_ones_are_one(desk: Workspace):
    matched = {name: desk.file(name).read_bytes() for name in MATCHED}
    counts = rendered(desk, matched)
    variants = read_variants(desk)
    # Two segments, three languages, three kinds of product (gold and blue are shown the same). Of
    # every twelfth member the spending is not looked at: English, classic or gold; and they are
    # all that there are of one kind, those who read English books with a classic card.
    assert counts == {"variants": ALL, "unchanged": 0}
    assert len({each.variant_id for each in variants}) == ALL
    assert sum(each.members for each in variants) == little.MEMBERS
    pages = {each.variant_id: read_variant(desk, each.variant_id) for each in variants}
    assert len({(page.html, page.text) for page in pages.values()}) == ALL
    assigned = pd.read_parquet(desk.file("assignments.parquet"))
    variant_of = dict(zip(assigned["member_id"], assigned["variant_id"], strict=True))
    for number in range(little.MEMBERS):
        page = pages[variant_of[little.member(number)]]
        assert f'lang="{LOCALES[number % 3]}"' in page.html
        own = {"classic", "plus"} & {PRODUCTS[number // 6 % 4]}
        assert set(re.findall(r"For (\w+) only", page.html)) == own
        assert set(re.findall(r"For (\w+) only", page.text)) == own
    # The same again: nothing is set.
    assert rendered(desk, matched) == {"variants": ALL, "unchanged": ALL}
    # One headline: only the letters that show it, under new names; all others as they were.
    shown = {name for name, page in pages.items() if "Mend a spine" in page.html}
    file = desk.project / "content/articles/mend-a-spine.md"
    file.write_text(file.read_text("utf-8").replace("Mend a spine", "Mend a book"), "utf-8")
    assert 0 < len(shown) < ALL
    assert rendered(desk, matched) == {"variants": ALL, "unchanged": ALL - len(shown)}
    kept = {each.variant_id for each in read_variants(desk)} & set(pages)
    assert kept == set(pages) - shown
    again = {name: read_variant(desk, name) for name in kept}
    assert again == {name: pages[name] for name in kept}


def test_how_many_each_letter_is_for_is_what_the_table_of_members_says(desk: Workspace):
    assigned = pd.read_parquet(desk.file("assignments.parquet"))
    told = {each.variant_id: each.members for each in read_variants(desk)}
    assert told == Counter(assigned["variant_id"])
