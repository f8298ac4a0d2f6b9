"""Time the lint on many variants: each read anew, and with what comes again read once.

The variants are filled at random from the project's own catalogue. Rounds go interleaved over
chunks of variants; times are of the processor, since machines are shared. The limit beside them is
the bare parsing of the same pages by lxml, and the printing of the same letters.

    python benchmarks/linting.py [--variants 1349]
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from lxml import html
from rich.console import Console
from rich.table import Table

from cardletter.content import Item, read_catalogue
from cardletter.templates import PICTURES, Lint, Rendered, check_templates
from cardletter.templates.press import TEMPLATE, Plates
from cardletter.templates.sample import read_sample
from cardletter.typesetting.setting import Rules, Typesetter

PROJECT = Path(__file__).parent.parent
SLOTS = {"hero": 1, "stories": 4, "briefs": 3, "offers": 4}
KINDS = ("article", "offer")
CHUNK = 50

Letter = tuple[Mapping[str, Any], Rendered]


def contexts(count: int) -> Iterator[dict[str, Any]]:
    """Fill the slots at random, each letter for one of forty segments with tastes of its own."""
    rng = random.Random(7)  # noqa: S311 - no secret
    sample = read_sample(PROJECT)
    shown = {slot: sample["slots"][slot][0] for slot in SLOTS}
    items, _findings = read_catalogue(PROJECT)
    tastes = [
        {kind: rng.sample([each for each in items if each.kind == kind], 24) for kind in KINDS}
        for _ in range(40)
    ]
    for number in range(count):
        left = {kind: rng.sample(few, len(few)) for kind, few in tastes[number % 40].items()}
        slots = {
            slot: [_as(shown[slot], left[shown[slot]["kind"]].pop()) for _ in range(many)]
            for slot, many in SLOTS.items()
        }
        yield sample | {"slots": slots, "segment": {"name": f"s{number % 40}", "phrase": "walks"}}


def _as(example: dict[str, Any], item: Item) -> dict[str, Any]:
    """Give an item as a template sees it, in what it has of the sample's."""
    own = {key: getattr(item, key) for key in ("title", "teaser", "link", "merchant", "terms")}
    image = example["image"] and example["image"] | {"src": PICTURES + item.image, "alt": item.alt}
    return example | own | {"disclosure": item.disclosure, "image": image}


def timed(work: Callable[[], object]) -> float:
    """Give the seconds of the processor that something takes."""
    began = time.process_time()
    work()
    return time.process_time() - began


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--variants", type=int, default=1_349)
    count = parser.parse_args().variants
    plates, shared = Plates.read(PROJECT), Lint(PROJECT)
    kinds, domains, pictures = plates.rules
    setter = Typesetter(plates.sources, Rules(kinds, domains, pictures))
    ways: dict[str, list[float]] = {
        "print: Jinja, MJML, inlining": [],
        "parse by lxml alone": [],
        "lint, each letter anew": [],
        "lint, what comes again once": [],
    }
    every = contexts(count)
    while chunk := list(islice(every, CHUNK)):
        letters: list[Letter] = []
        steps: list[Callable[[], object]] = [
            lambda chunk=chunk, letters=letters: letters.extend(
                (context, setter.print(TEMPLATE, context)) for context in chunk
            ),
            lambda letters=letters: [html.document_fromstring(each.html) for _, each in letters],
            lambda letters=letters: [Lint(PROJECT).seen(each, about) for about, each in letters],
            lambda letters=letters: [shared.seen(each, about) for about, each in letters],
        ]
        for times, step in zip(ways.values(), steps, strict=True):
            times.append(timed(step) / len(chunk) * 1_000)
    _tell(count, ways)


def _tell(count: int, ways: dict[str, list[float]]) -> None:
    first = statistics.mean(next(iter(ways.values())))
    table = Table("", "ms a letter, mean", "last chunk", "to printing", title=f"{count:,} letters")
    for name, times in ways.items():
        mean = statistics.mean(times)
        table.add_row(name, f"{mean:.2f}", f"{times[-1]:.2f}", f"{mean / first:.2f}")
    console = Console()
    console.print(table)
    took = [timed(lambda: check_templates(PROJECT)) for _ in range(5)]
    console.print(f"cardletter check, the templates: {statistics.median(took):.2f} s")


if __name__ == "__main__":
    main()
