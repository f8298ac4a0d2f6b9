"""The studio and the wall in a real browser: how long until one sees it.

From a file's save to the letter that shows it, painted; and the wall of 1,349 variants: how large,
how soon it is there, how smoothly it scrolls. Each beside what it cannot be quicker than: printing
the letter alone, and a page of nothing but the wall's first screen of words.
"""

import argparse
import asyncio
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path

import pandas as pd
from playwright.sync_api import Browser, Page, sync_playwright

from cardletter import content, starter, templates, workspace
from cardletter.content import read_variants
from cardletter.sources import synthesize
from cardletter.studio.making import make
from cardletter.studio.worker import Worker
from cardletter.workspace import Workspace

EDITION = "2026-12"
HERO = "templates/blocks/hero.mjml"
PLACE = "{{ item.title }}"
PORT = 8177


def prepared(folder: Path) -> Path:
    """Make a project with an edition in it."""
    project = starter.unpack(folder / "letter")
    synthesize(project / "data", members=2_000, transactions=120_000, seed=7)
    make(project, EDITION)
    return project


@contextmanager
def studio(project: Path) -> Iterator[str]:
    """Start the studio as a person does, and give the address that it prints."""
    command = [str(Path(sys.executable).with_name("cardletter")), "studio", "--port", str(PORT)]
    with subprocess.Popen(
        [*command, "--project", str(project)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield process.stdout.readline().split()[-1]
        process.terminate()


def saved_to_painted(page: Page, file: Path, times: int) -> list[float]:
    """Save a file again and again; give the milliseconds until the letter that shows it."""
    original, found = file.read_text(encoding="utf-8"), []
    for number in range(times):
        count = int(page.locator("#stage").get_attribute("data-painted") or 0)
        words = f"Saved {number} times"
        began = time.time() * 1000
        file.write_text(original.replace(PLACE, words), encoding="utf-8")
        page.wait_for_function(
            "([words, count]) => document.getElementById('letter').contentDocument.body.innerText"
            ".includes(words) && Number(document.getElementById('stage').dataset.painted) > count",
            arg=[words, count],
            polling="raf",
        )
        found.append(float(page.locator("#stage").get_attribute("data-painted-at") or 0) - began)
        page.wait_for_timeout(400)
    file.write_text(original, encoding="utf-8")
    return found


def printed(project: Path, times: int) -> list[float]:
    """Give the milliseconds that printing the same letter takes, with nothing around it."""

    async def ask() -> list[float]:
        worker, found = Worker(project), []
        await worker.ask("look", wanted={})
        text = (project / HERO).read_text(encoding="utf-8")
        for number in range(times):
            draft = {HERO: text.replace(PLACE, f"Printed {number} times")}
            began = time.perf_counter()
            await worker.ask("look", wanted={"drafts": draft})
            found.append((time.perf_counter() - began) * 1000)
        await worker.close()
        return found

    return asyncio.run(ask())


def many(desk: Workspace, count: int) -> Workspace:
    """Make an edition of so many variants: the ones there are, with items chosen at random."""
    dice, variants = random.Random(7), read_variants(desk)  # noqa: S311 - no secret
    picks = pd.read_parquet(desk.file("selections.parquet"))
    items = content.read_catalogue(desk.project)[0]
    kinds = {kind: [i.item_id for i in items if i.kind == kind] for kind in ("article", "offer")}
    offers = picks["slot"] == "offers"
    rows, made = [], []
    for number in range(count):
        like = variants[number % len(variants)]
        own = picks[picks["variant_id"] == like.variant_id].copy()
        own["variant_id"] = f"v{number:012x}"
        mine = offers[own.index]
        own.loc[~mine, "item_id"] = dice.sample(kinds["article"], int((~mine).sum()))
        own.loc[mine, "item_id"] = dice.sample(kinds["offer"], int(mine.sum()))
        rows.append(own)
        members = max(50, round(100_000 / (number + 20)))
        made.append(replace(like, variant_id=f"v{number:012x}", wishes="", members=members))
    pd.concat(rows, ignore_index=True).to_parquet(desk.file("selections.parquet"), index=False)
    desk.write_json("variants.json", [asdict(each) for each in made])
    return desk


SCROLL = """async () => {
  const scroller = document.getElementById('scroll'), times = [];
  const end = scroller.scrollHeight - scroller.clientHeight, steps = 180;
  let last = performance.now();
  for (let step = 1; step <= steps; step += 1) {
    scroller.scrollTop = Math.min(end, step * 60);
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    times.push(now - last);
    last = now;
  }
  times.sort((a, b) => a - b);
  return [times[Math.floor(steps / 2)], times[Math.floor(.95 * steps)], times.at(-1)];
}"""
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
BARE = "<!doctype html><title>bare</title>" + "<h2>A segment</h2><p>177 members</p>" * 12


def hung(browser: Browser, file: Path, bare: Path, times: int) -> None:
    """Open a wall again and again, and say how soon it is there."""
    paints, fills, nothing, frames = [], [], [], []
    for _ in range(times):
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(bare.as_uri())
        page.wait_for_function(f"{PAINT} > 0")
        nothing.append(page.evaluate(PAINT))
        page.close()
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(file.as_uri())
        page.wait_for_selector("#wall[data-filled=yes]")
        fills.append(page.evaluate("performance.now()"))
        paints.append(page.evaluate(PAINT))
        frames.append(page.evaluate(SCROLL))
        page.close()
    say("wall: first paint", paints, nothing, "a bare page")
    say("wall: every thumbnail in the window", fills, nothing, "a bare page")
    middle, late, worst = (statistics.median(each) for each in zip(*frames, strict=True))
    what = "wall: frames while it scrolls"
    print(f"{what:<35} median {middle:.0f} ms, p95 {late:.0f}, max {worst:.0f}")


def say(what: str, found: list[float], beside: list[float], of: str) -> None:
    """Say medians, and the ratio."""
    middle, limit = statistics.median(found), statistics.median(beside)
    print(
        f"{what:<35} median {middle:.0f} ms (from {min(found):.0f} to {max(found):.0f}); "
        f"{of} {limit:.0f} ms; ratio {middle / max(limit, 1e-9):.1f}"
    )


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--variants", type=int, default=1_349)
    parser.add_argument("--saves", type=int, default=25)
    parser.add_argument("--opens", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        project = prepared(Path(name))
        alone = printed(project, given.saves)
        with sync_playwright() as playwright:
            options = ["--no-sandbox", "--disable-gpu"]
            path = shutil.which("chromium") or shutil.which("google-chrome")
            browser = playwright.chromium.launch(executable_path=path, args=options)
            with studio(project) as address:
                page = browser.new_page(viewport={"width": 1440, "height": 900})
                page.goto(address)
                page.wait_for_selector("body[data-ready=yes]", timeout=60_000)
                page.wait_for_timeout(2_000)
                seen = saved_to_painted(page, project / HERO, given.saves)
                page.close()
            say("studio: from save to painted", seen, alone, "printing it alone")
            wall = built(many(workspace.open_edition(EDITION, project), given.variants))
            bare = Path(name) / "bare.html"
            bare.write_text(BARE, encoding="utf-8")
            hung(browser, wall, bare, given.opens)
            browser.close()


def built(desk: Workspace) -> Path:
    """Render every variant, hang the wall, and give its file."""
    templates.render(desk)
    began = time.perf_counter()
    counts = templates.hang(desk)
    wall, took = desk.file("wall.html"), time.perf_counter() - began
    size, raw = wall.stat().st_size / 2**20, weight(desk) / 2**20
    what = f"wall: {counts['variants']:,} variants"
    print(f"{what:<35} hung in {took:.1f} s; {size:.1f} MB for {raw:.1f} MB of letters")
    return wall


def weight(desk: Workspace) -> int:
    """Give the bytes of all letters."""
    return sum(file.stat().st_size for file in desk.file("variants").rglob("*.*"))


if __name__ == "__main__":
    main()
