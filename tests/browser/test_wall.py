"""The wall and the letters in a real browser, as a marketer sees them."""

import shutil
from collections.abc import Iterator
from pathlib import Path

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


def overflow(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


@pytest.mark.parametrize("width", [1400, 390])
def test_the_wall_shows_every_variant_and_fits_the_window(page: Page, made: Workspace, width: int):
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(made.file("wall.html").as_uri())
    assert page.locator("main article").count() == len(made.read_json("segments.json"))
    page.locator("main iframe").first.wait_for()
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
    everything = page.locator("main article:visible").count()
    page.get_by_role("searchbox").fill("zzz no such thing")
    assert page.locator("main article:visible").count() == 0
    page.get_by_role("searchbox").fill("pets")
    assert 0 < page.locator("main article:visible").count() < everything


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
