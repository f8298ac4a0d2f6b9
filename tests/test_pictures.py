"""Every picture that the content shows is one that was drawn, small enough to mail, and told of."""

from pathlib import Path
from typing import Any

import frontmatter
import pytest
import yaml
from PIL import Image

ROOT = Path(__file__).parents[1]
CONTENT = ROOT / "content"
SAMPLE = ROOT / "templates" / "newsletter.sample.yaml"
ITEMS = sorted([*CONTENT.glob("articles/*.md"), *CONTENT.glob("offers/*.md")])
SHOWING = [item for item in ITEMS if frontmatter.load(str(item)).get("image")]


@pytest.fixture(scope="module")
def alts() -> dict[str, str]:
    """Give the alt text of every picture by the name of its file."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(ROOT / "scripts")
        from pictures.catalogue import PICTURES
    return {f"{name}.png": picture.alt for name, picture in PICTURES.items()}


def test_some_content_shows_pictures():
    assert SHOWING


@pytest.mark.parametrize("item", SHOWING, ids=lambda item: item.stem)
def test_an_item_shows_a_small_picture_of_the_catalogue_with_its_alt_text(
    item: Path, alts: dict[str, str]
):
    shown: dict[str, Any] = frontmatter.load(str(item)).metadata
    assert shown["image"] in alts
    assert shown["alt"] == alts[shown["image"]]
    file = CONTENT / "pictures" / shown["image"]
    assert file.stat().st_size < 15_000
    with Image.open(file) as picture:
        assert picture.size in {(1120, 560), (640, 640)}


def test_the_folder_holds_the_pictures_of_the_catalogue_and_no_others(alts: dict[str, str]):
    assert {file.name for file in (CONTENT / "pictures").iterdir()} == set(alts)


def test_the_sample_says_of_its_pictures_what_the_catalogue_says(alts: dict[str, str]):
    slots = yaml.safe_load(SAMPLE.read_text(encoding="utf-8"))["slots"]
    images = [item["image"] for items in slots.values() for item in items if item["image"]]
    assert images
    for image in images:
        assert image["alt"] == alts[Path(image["src"]).name]
