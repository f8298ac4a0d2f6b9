"""A link speaks of the interests of its item; of several items, of those that all have."""

from pathlib import Path

from cardletter.content.catalogue import Item
from cardletter.content.linked import write_linked
from cardletter.profiles import LINKED
from cardletter.workspace import Workspace

SHOP = "https://shop.example/"


def item(item_id: str, link: str, *interests: str) -> Item:
    said = {
        "title": "A title",
        "teaser": "Ten letters and more",
        "image": "a.png",
        "alt": "A picture",
    }
    known = {"item_id": item_id, "kind": "article", "link": SHOP + link, "interests": interests}
    return Item.model_validate(said | known | {"body": "Text"})


def test_a_link_speaks_of_what_its_items_have_in_common(tmp_path: Path):
    tea, german = item("tea", "tea", "coffee-tea"), item("tea", "tee", "coffee-tea")
    tea.add_twin("de-DE", german)
    shared = [item("a", "both", "garden", "pets"), item("b", "both", "pets", "diy")]
    apart = [item("c", "none", "garden"), item("d", "none", "diy")]
    desk = Workspace(tmp_path, "", tmp_path, tmp_path)
    write_linked(desk, [tea, *shared, *apart])
    assert desk.read_json(LINKED) == {
        f"{SHOP}both": ["pets"],
        f"{SHOP}none": [],
        f"{SHOP}tea": ["coffee-tea"],
        f"{SHOP}tee": ["coffee-tea"],
    }
