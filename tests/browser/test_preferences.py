"""The preference centre and unsubscribing in a real browser, as members and scanners meet it."""

import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, expect

from cardletter.ledger import Ledger
from house import ADA, BO, House, act, build

pytestmark = pytest.mark.browser
SCHEMES, WIDTHS = ("light", "dark"), (1_200, 320)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("house") / "letter", every_interest=True)


@pytest.fixture
def house(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.delenv("CARDLETTER_LINK_KEY", raising=False)
    return House(shutil.copytree(built, tmp_path / "letter"))


@pytest.fixture
def ledger(house: House) -> Ledger:
    return house.ledger


@pytest.fixture
def url(house: House) -> Iterator[str]:
    """Serve the project, and give its address."""
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(house.app, lifespan="off", access_log=False, log_level="critical")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    listening.close()


class Visitor:
    """A browser that asks this server and nobody else, and keeps what went wrong in it."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.asked: list[str] = []
        self.wrong: list[str] = []
        context.on("request", lambda request: self.asked.append(f"{request.method} {request.url}"))
        context.on("console", lambda message: self.wrong.append(message.text))
        context.on("weberror", lambda error: self.wrong.append(str(error.error)))
        self.page, self.url = context.new_page(), url

    def open(self, path: str) -> Page:
        self.page.goto(self.url + path)
        return self.page


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def visitor(browser: Browser, url: str, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    context = browser.new_context(java_script_enabled=request.param)
    yield Visitor(context, url)
    context.close()


@pytest.fixture(params=[(s, w) for s in SCHEMES for w in WIDTHS], ids=lambda p: f"{p[0]}-{p[1]}")
def look(browser: Browser, url: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page in both schemes and two widths; `about:blank` until somebody opens something."""
    scheme, width = request.param
    size = {"width": width, "height": 720}
    context = browser.new_context(color_scheme=scheme, viewport=size, base_url=url)
    yield context.new_page()
    context.close()


def test_less_of_one_more_of_another_and_no_profiling_are_kept(
    visitor: Visitor, house: House, ledger: Ledger
):
    page = visitor.open(house.path("preferences"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Your preferences")
    pets = page.get_by_role("group", name="Pets", exact=True)
    expect(pets).to_contain_text("more of your spending than of members’ spending in general")
    pets.get_by_label("Less", exact=True).check()
    pets.get_by_label("How may we help with it?").select_option("Remind me")
    page.get_by_text("Choose further topics").click()
    page.get_by_label("Garden", exact=True).check()
    page.get_by_label("Four a year").check()
    page.get_by_role("group", name="Chosen by what I buy").get_by_label("No", exact=True).check()
    page.get_by_label("8", exact=True).check()
    page.get_by_label("What should we know?").fill("Fewer adverts.\nThank you.")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_role("status")).to_contain_text("Saved.")
    expect(page.get_by_text("Nothing you buy is looked at")).to_be_visible()
    assert "spending" not in page.locator("fieldset").first.inner_text()
    expect(page.get_by_role("group", name="Pets").get_by_label("Less")).to_be_checked()
    expect(page.get_by_role("group", name="Garden").get_by_label("More")).to_be_checked()
    expect(page.get_by_label("Four a year")).to_be_checked()
    assert page.get_by_label("8", exact=True).count() == 0
    assert ledger.wishes(ADA) == {
        "interest:pets": "less",
        "interest:garden": "more",
        "experience:pets": "remind",
        "frequency": "quarterly",
    }
    assert ledger.standing(ADA)["profiling"] == "withdrawn"
    assert [each["text"] for each in ledger.interactions(ADA)] == ["Fewer adverts.\nThank you."]
    assert visitor.wrong == []
    assert all(visitor.url in each for each in visitor.asked if not each.startswith("GET data:"))


def test_the_button_unsubscribes(visitor: Visitor, house: House, ledger: Ledger):
    page = visitor.open(house.path("unsubscribe"))
    page.get_by_role("button", name="Stop sending me The Larkfield Letter").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are unsubscribed")
    assert ledger.standing(ADA)["newsletter"] == "withdrawn"
    assert visitor.wrong == []


@pytest.mark.parametrize("door", ["unsubscribe", "preferences"])
def test_a_scanner_that_opens_the_link_runs_scripts_and_waits_changes_nothing(
    browser: Browser, url: str, house: House, door: str
):
    before = house.all_there_is()
    context = browser.new_context()
    scanner = Visitor(context, url)
    page = scanner.open(house.path(door))
    page.mouse.move(300, 300)
    page.mouse.wheel(0, 5_000)
    for link in page.locator("a, button, summary").all():
        link.hover()
    page.evaluate("window.dispatchEvent(new Event('pagehide')); document.body.click()")
    page.wait_for_timeout(1_500)
    page.reload()
    page.go_back()
    page.close(run_before_unload=True)
    context.close()
    assert {each.split()[0] for each in scanner.asked} == {"GET"}
    assert house.all_there_is() == before


def everything(page: Page, house: House, name: str) -> None:
    """Open a page with as much on it as there can be."""
    house.ledger.declare(ADA, {"interest:diy": "never", "experience:hotels": "do"}, "x")
    page.goto(house.path(name) if name in {"preferences", "unsubscribe"} else f"/{name}")
    for summary in page.locator("summary").all():
        summary.click()


PAGES = pytest.mark.parametrize("name", ["preferences", "unsubscribe", "nothing"])


@PAGES
def test_every_page_fits_a_small_phone_and_a_desktop(look: Page, house: House, name: str):
    everything(look, house, name)
    assert look.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    cut = look.evaluate(
        "[...document.querySelectorAll('label, legend, p, button, dd, dt, h1, h2, summary')]"
        ".filter(e => e.scrollWidth > e.clientWidth + 1 && e.clientWidth).map(e => e.innerText)"
    )
    assert cut == []


CONTRAST = """() => {
  const channel = c => (c /= 255) <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => .2126 * channel(r) + .7152 * channel(g) + .0722 * channel(b);
  const parts = colour => colour.match(/[\\d.]+/g).map(Number);
  const ground = element => {
    for (let at = element; at; at = at.parentElement) {
      const found = parts(getComputedStyle(at).backgroundColor);
      if (found.length < 4 || found[3] > 0) return found;
    }
    return [255, 255, 255];
  };
  const ratio = (one, other) => {
    const [a, b] = [light(one), light(other)].sort((x, y) => y - x);
    return (a + .05) / (b + .05);
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.getClientRects().length) continue;
    const told = ratio(parts(getComputedStyle(element).color), ground(element));
    if (told < 4.5) found.push([walker.currentNode.data.trim().slice(0, 40), told]);
  }
  for (const box of document.querySelectorAll('select, textarea, .choices label')) {
    if (!box.getClientRects().length) continue;
    const told = ratio(parts(getComputedStyle(box).borderTopColor), ground(box.parentElement));
    if (told < 3) found.push([box.innerText.slice(0, 40), told]);
  }
  return found;
}"""


@PAGES
def test_every_word_and_every_field_stands_out_from_its_ground(look: Page, house: House, name: str):
    everything(look, house, name)
    assert look.evaluate(CONTRAST) == []


def test_what_can_be_touched_is_large_enough(look: Page, house: House):
    everything(look, house, "preferences")
    small = look.evaluate(
        "[...document.querySelectorAll('main label:has(input), select, button, summary, footer a')]"
        ".filter(e => e.getBoundingClientRect().height < 40).map(e => e.innerText)"
    )
    assert small == []


FOCUS = """() => {
  const on = document.activeElement;
  if (on === document.body) return null;
  const seen = [on, on.closest('label') || on].map(each => getComputedStyle(each))
    .some(style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2);
  const box = on.getBoundingClientRect();
  const bar = document.querySelector('.save').getBoundingClientRect();
  const beside = on.closest('.save') || box.bottom <= bar.top + 1 || box.top >= bar.bottom;
  return [on.name || on.innerText, seen, beside && box.top >= -1];
}"""


def test_everything_can_be_reached_and_done_by_keyboard(browser: Browser, url: str, house: House):
    context = browser.new_context(viewport={"width": 800, "height": 600})
    page = Visitor(context, url).open(house.path("preferences"))
    reached: list[str] = []
    for _ in range(120):
        page.keyboard.press("Tab")
        told = page.evaluate(FOCUS)
        if told is None:
            break
        name, seen, clear = told
        assert seen, f"nobody sees that {name} has the focus"
        assert clear, f"{name} is hidden when it has the focus"
        if reached and name == "interest:pets":
            break
        reached.append(name)
    fields = set(page.evaluate("[...document.forms[0].elements].map(e => e.name)"))
    assert fields - {"ticket", "", "topic"} <= set(reached)
    assert {"Save", "Choose further topics (48)"} <= set(reached)

    page.locator('[name="interest:pets"]:checked').focus()
    page.keyboard.press("ArrowRight")
    page.get_by_text("Choose further topics").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.get_by_role("button", name="Save").focus()
    page.keyboard.press("Enter")
    page.get_by_role("status").wait_for()
    said = house.ledger.wishes(ADA)
    assert said.pop("interest:pets") == "less"
    assert list(said.values()) == ["more"]
    context.close()


def test_who_does_not_get_the_letter_is_told_so_and_can_change_it(visitor: Visitor, house: House):
    house.ledger.act(act(BO, "newsletter", "withdrawn"))
    page = visitor.open(house.path("preferences", BO))
    expect(page.get_by_text("You do not get The Larkfield Letter at the moment")).to_be_visible()
    page.get_by_role("group", name="The newsletter").get_by_label("Yes").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_be_visible()
    assert page.get_by_text("You do not get The Larkfield Letter").count() == 0
    assert house.ledger.standing(BO)["newsletter"] == "granted"


def test_a_page_says_what_is_wrong_with_an_answer_and_the_words_are_not_lost(
    visitor: Visitor, house: House
):
    page = visitor.open(house.path("preferences"))
    page.get_by_label("What should we know?").fill("My number is 4111 1111 1111 1111")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("That could not be read")
    expect(page.get_by_text("Please choose a number from 0 to 10")).to_be_visible()
    page.go_back()
    assert page.get_by_role("button", name="Save").is_visible()
    assert house.ledger.interactions(ADA) == []


def test_forced_colours_leave_the_choices_to_be_seen(browser: Browser, url: str, house: House):
    context = browser.new_context(forced_colors="active")
    page = Visitor(context, url).open(house.path("preferences"))
    radio = page.locator('[name="interest:pets"]').first
    assert radio.evaluate("e => getComputedStyle(e).appearance") != "none"
    assert radio.is_visible()
    context.close()
