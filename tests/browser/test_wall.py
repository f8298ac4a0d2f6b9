"""The wall and the letters in a real browser, as a marketer sees them."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from playwright.sync_api import Browser, Page

from cardletter import content, profiles, segments, sources, templates, workspace
from cardletter.workspace import Workspace

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def made(made_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    project = shutil.copytree(made_project, tmp_path_factory.mktemp("wall") / "letter")
    desk = workspace.begin(workspace.open_edition("2026-12", project))
    verbs = (sources.pull, profiles.build, segments.assign, content.match, templates.render)
    for verb in (*verbs, templates.hang):
        verb(desk)
    return desk


@pytest.fixture(params=["light", "dark"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(color_scheme=request.param)
    context.route("http*://**", lambda route: pytest.fail(f"asked the net for {route.request.url}"))
    yield context.new_page()
    context.close()


def cards(made: Workspace) -> list[dict[str, Any]]:
    wall = made.file("wall.html").read_text("utf-8")
    inside = wall.split('id="cards">')[1].split("</script", 1)[0]
    return list(json.loads(inside)["cards"])


def overflow(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


@pytest.mark.parametrize("width", [1400, 390])
def test_the_wall_shows_every_variant_and_fits_the_window(page: Page, made: Workspace, width: int):
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(made.file("wall.html").as_uri())
    page.locator("#wall[data-filled=yes]").wait_for()
    variants = len(made.read_json("variants.json"))
    assert page.locator("#told").inner_text().startswith(f"{variants} variants")
    seen = set(page.locator("main article h2").all_inner_texts())
    height = int(page.evaluate("document.getElementById('scroll').scrollHeight"))
    for step in range(1, height // 450 + 1):
        page.evaluate("step => document.getElementById('scroll').scrollTo(0, step * 450)", step)
        page.evaluate("new Promise(requestAnimationFrame)")
        seen |= set(page.locator("main article:visible h2").all_inner_texts())
    assert len(seen) == len({card["name"] for card in cards(made)})
    assert page.locator("main article").count() < variants or width > 1000
    assert overflow(page) <= 0
    assert errors == []


def test_a_click_opens_the_whole_letter_and_its_text(page: Page, made: Workspace):
    page.goto(made.file("wall.html").as_uri())
    page.locator("main article button").first.click()
    letter = page.frame_locator("#stage iframe")
    letter.get_by_role("heading", level=1).wait_for()
    assert letter.locator("img").count() > 3
    drawn = "images => images.every(image => image.complete && image.naturalWidth > 0)"
    assert letter.locator("img").evaluate_all(drawn)
    page.get_by_role("button", name="Text").click()
    assert "unsubscribe" in page.locator("#stage pre").inner_text().lower()


def test_search_finds_the_variants_that_show_an_item(page: Page, made: Workspace):
    page.goto(made.file("wall.html").as_uri())
    page.get_by_role("searchbox").fill("zzz no such thing")
    assert page.locator("main article:visible").count() == 0
    drawn = cards(made)
    page.get_by_role("searchbox").fill("pets")
    page.locator("main article:visible").first.wait_for()
    assert page.locator("main article:visible").count() < len(drawn)
    page.get_by_role("searchbox").fill("")
    page.locator("main article button").first.click()
    page.locator("#aside button").first.click()
    item = page.get_by_role("searchbox").input_value()
    picks = pd.read_parquet(made.file("selections.parquet"))
    shown = set(picks.loc[picks["item_id"] == item, "variant_id"])
    told = page.locator("#told").inner_text()
    assert told.split()[0] == str(len(shown)) != "0"


def test_sorted_picked_out_and_compared(page: Page, made: Workspace):
    drawn = cards(made)
    page.goto(made.file("wall.html").as_uri())
    names = page.locator("main article:visible h2")
    strange = sorted(drawn, key=lambda card: -card["strange"])
    page.get_by_label("Sort by").select_option("strange")
    assert names.first.inner_text() == strange[0]["name"]
    page.get_by_role("button", name="The strangest five").click()
    five = sorted(names.all_inner_texts())
    assert five == sorted(card["name"] for card in strange[:5])
    page.get_by_role("button", name="The few that cover 95%").click()
    few = int(page.locator("#told b").inner_text().split()[0])
    assert 0 < few < len(drawn)
    page.get_by_role("button", name="The few that cover 95%").click()
    page.get_by_label("Sort by").select_option("reach")
    for place in (0, 1):
        page.locator("main article:visible").nth(place).get_by_text("Compare").click()
    page.locator("#compare").click()
    first, second = drawn[0], drawn[1]
    both = len(set(first["items"]) & set(second["items"]))
    assert page.locator("#aside li").count() == len(first["items"]) + len(second["items"]) - both
    left = page.frame_locator("#stage iframe >> nth=0")
    colours = "every => every.map(each => getComputedStyle(each).backgroundColor)"
    marked = left.locator("a").evaluate_all(colours)  # what the other letter does not say
    assert [each for each in marked if "rgba(217, 164, 65" in each]
    unmarked = left.locator("h1").first
    assert "217" not in unmarked.evaluate("each => getComputedStyle(each).backgroundColor")
    page.get_by_role("button", name="Text").click()
    assert page.locator("#stage pre").first.locator("mark").count() > 0


@pytest.mark.parametrize("width", [800, 320])
def test_a_letter_fits_a_desktop_and_a_small_phone(page: Page, made: Workspace, width: int):
    variant = min(variant.variant_id for variant in content.read_variants(made))
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(made.file("variants", variant, "index.html").as_uri())
    assert overflow(page) <= 0
    small = page.evaluate(
        "[...document.querySelectorAll('p, li, a, h1, h2, h3')].filter(e => e.innerText.trim() &&"
        " parseFloat(getComputedStyle(e).fontSize) < 13).length"
    )
    assert small == 0


def test_with_pictures_off_the_words_still_say_it(browser: Browser, made: Workspace):
    variant = min(variant.variant_id for variant in content.read_variants(made))
    context = browser.new_context()
    context.route("**/*.png", lambda route: route.abort())
    page = context.new_page()
    page.goto(made.file("variants", variant, "index.html").as_uri())
    for image in page.locator("img").all():
        assert image.get_attribute("alt")
    assert page.get_by_role("heading", level=2).first.is_visible()
    context.close()
