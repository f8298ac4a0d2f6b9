"""Rendering at the size of the idea: 1,349 variants, from segments, locales and products.

An edition is made for invented members by the stages that make any, with three offers that only
one card product is shown. Then, of its letters: rendering beside the bare calls of Jinja, MRML and
the inliner; npm mjml on the same MJML (`make mjml` puts it there); what a second run costs, and one
changed headline; the lint; and filling in fields, whole messages, beside joining ready parts and
the standard library's generator. Seconds are of processors, this process and those that set
letters; rounds are interleaved.

    python benchmarks/rendering.py [--members 100000] [--messages 1000000]
"""

import argparse
import json
import re
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Mapping
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import SMTP
from itertools import islice
from pathlib import Path
from typing import Any

import css_inline
import pandas as pd
import psutil
from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup
from mjml import mjml2html
from rich.console import Console
from rich.table import Table

from cardletter import content, profiles, segments, sources, starter, templates, workspace
from cardletter.delivery.message import Letter, Recipient
from cardletter.links import Links
from cardletter.templates.fields import BUILT_IN
from cardletter.templates.made import Making
from cardletter.templates.press import Plates, Press
from cardletter.templates.rendering import read_frame
from cardletter.templates.worker import WORKERS
from cardletter.workspace import Workspace

EDITION, WANTED, CHUNK = "2026-12", 1_349, 50
NPM = Path(__file__).parents[1] / ".venv/npm"
OTHERS = ("en-GB", "fr-FR", "de-DE", "ja-JP", "es-US")
LOCALES = "default: en-US\nothers:\n" + "".join(f"  {each}: en-US\n" for each in OTHERS)
SEGMENTS = "segments: {count}\nk_min: 50\nfeatures: pmi\n"
OFFER = """\
---
title: A thank-you for {product} members
merchant: Larkfield
interests: []
teaser: Something for those who carry the {product} card, this month only.
image: photography-offer.png
alt: A parcel with a ribbon
until: 2027-02-19
terms: Once per member.
priority: 10
eligibility: {{products: [{product}]}}
link: https://larkfield.example/offers/{product}
---
Show your card, and it is yours.
"""
LETTER = """\
date: 2026-12-03
subject: "Your December letter: good things for short days"
preheader: Stories picked for what you enjoy.
slots: {hero: 1, stories: 4, briefs: 3, offers: 4}
"""
PRODUCTS = ("classic", "plus", "reserve")
SETTINGS = 'assets_url = "https://larkfield.example/pictures"\n'
TELL = """
import { readFileSync } from 'node:fs'
import mjml2html from 'mjml'
const texts = JSON.parse(readFileSync(0, 'utf8'))
await mjml2html(texts[0])
const began = process.cpuUsage()
for (const text of texts) await mjml2html(text)
const { user, system } = process.cpuUsage(began)
console.log((user + system) / 1e6)
"""
screen = Console()


def project(folder: Path, members: int) -> Path:
    """Make a project whose variants are segments by locales by products."""
    made = starter.unpack(folder)
    (made / "content/locales.yaml").write_text(LOCALES)
    count = max(members // 800, 2)
    (made / "segments/clustering.yaml").write_text(SEGMENTS.format(count=count))
    (made / f"content/editions/{EDITION}.yaml").write_text(LETTER)
    for product in PRODUCTS:
        (made / f"content/offers/only-{product}.md").write_text(OFFER.format(product=product))
    with (made / "pyproject.toml").open("a") as settings:
        settings.write(SETTINGS)
    sources.synthesize(made / "data", members=members, transactions=20 * members)
    return made


class Clock:
    """Sums up the seconds of this process and of those that set letters."""

    def __init__(self) -> None:
        """Begin."""
        self.wall, self.cpu = time.perf_counter(), seconds()

    def lap(self) -> tuple[float, float]:
        """Give wall and processor seconds since it began."""
        return time.perf_counter() - self.wall, seconds() - self.cpu


def seconds() -> float:
    """Give what this process and the workers have used of processors."""
    return time.process_time() + sum(sum(each.cpu_times()[:2]) for each in _workers())


def memory() -> int:
    """Give the bytes that this process and the workers hold now."""
    return sum(each.memory_info().rss for each in (psutil.Process(), *_workers()))


def _workers() -> list[psutil.Process]:
    return [psutil.Process(worker.process.pid) for worker in WORKERS if worker.process]


class Bare:
    """The calls that a letter cannot do without, and nothing around them."""

    def __init__(self, plates: Plates, template: str) -> None:
        """Read the templates as Jinja does without a sandbox."""
        self.jinja = Environment(
            loader=DictLoader(plates.sources),
            autoescape=lambda name: not (name or "").endswith(".txt"),  # noqa: S701 - as ours
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.page = self.jinja.get_template(f"{template}.mjml")
        self.text = self.jinja.get_template(f"{template}.txt")
        self.inliner = css_inline.CSSInliner(keep_style_tags=True, load_remote_stylesheets=False)
        self.member = {name: Markup("{{" + name + "}}") for name in BUILT_IN}  # noqa: S704

    def dressed(self, context: Mapping[str, Any]) -> dict[str, Any]:
        """Mark what is HTML in a context."""
        return {**marked(context), "member": self.member}

    def mjml(self, dressed: Mapping[str, Any]) -> str:
        """Give a letter's MJML."""
        return self.page.render(**dressed)

    def set(self, dressed: Mapping[str, Any]) -> tuple[str, str]:
        """Give a letter's HTML and text."""
        html = self.inliner.inline(mjml2html(self.mjml(dressed)))
        return html, self.text.render(**dressed)


def marked(value: Any, key: str = "") -> Any:  # noqa: ANN401 - any plain data
    """Mark what stands under a key that ends in _html as HTML."""
    if isinstance(value, Mapping):
        return {name: marked(each, str(name)) for name, each in value.items()}
    if isinstance(value, list):
        return [marked(each) for each in value]
    return Markup(value) if key.endswith("_html") else value  # noqa: S704


def make(made: Path) -> Workspace:
    """Do all that comes before rendering."""
    desk = workspace.begin(workspace.open_edition(EDITION, made))
    for verb in (sources.pull, profiles.build, segments.assign, content.match):
        clock = Clock()
        verb(desk)
        screen.print(f"  {verb.__name__}: {clock.lap()[1]:.1f} CPU s", style="dim")
    return desk


def runs(desk: Workspace) -> None:
    """Render all, again, and with one headline changed."""
    groups = len(content.read_variants(desk))
    table = Table("a run", "set", "kept", "wall s", "CPU s", "memory MB", title="Rendering")
    matched = {name: (desk.folder / name).read_bytes() for name in MATCHED}
    for name in ("everything", "the same again", "one headline changed"):
        for file, told in matched.items():
            (desk.folder / file).write_bytes(told)
        if name.startswith("one"):
            _headline(desk)
        clock = Clock()
        counts = templates.render(desk)
        wall, cpu = clock.lap()
        fresh = counts["variants"] - counts["unchanged"]
        cells = (f"{fresh:,}", f"{counts['unchanged']:,}", f"{wall:.1f}", f"{cpu:.1f}")
        table.add_row(name, *cells, f"{memory() / 1e6:,.0f}")
    distinct = len(content.read_variants(desk))
    told = f"{groups:,} groups of members, {distinct:,} distinct variants"
    screen.print(f"{told}, {groups - distinct:,} merged")
    screen.print(table)
    assert distinct >= min(WANTED, groups), f"only {distinct:,} distinct variants"


MATCHED = ("variants.json", "selections.parquet", "assignments.parquet")


def _headline(desk: Workspace) -> None:
    """Change the headline of the article that stands in the most letters' heroes."""
    picks = pd.read_parquet(desk.file("selections.parquet"))
    item = picks[picks["slot"] == "hero"]["item_id"].mode()[0]
    file = desk.project / f"content/articles/{item}.md"
    text = re.sub(r'^title: ("?)', r"title: \1Now ", file.read_text("utf-8"), flags=re.MULTILINE)
    file.write_text(text, "utf-8")


def compiler(desk: Workspace) -> list[str]:
    """Set all letters by ours and by the bare calls; give some of their MJML."""
    frame, plates = read_frame(desk), Plates.read(desk.project)
    press, bare = Press(desk.project), Bare(plates, frame.template)
    letters = {each.digest: each.context for each in Making(frame, plates).letters(desk)}
    contexts = list(letters.values())
    next(press.print_all([(frame.template, contexts[0])], plates))
    ours, theirs, texts = list[float](), list[float](), list[str]()
    left = iter(contexts)
    while chunk := list(islice(left, CHUNK)):
        jobs = [(frame.template, context) for context in chunk]
        clock = Clock()
        first, *_ = press.print_all(jobs, plates)
        ours.append(clock.lap()[1])
        dressed = [bare.dressed(context) for context in chunk]
        clock = Clock()
        (html, _), *_ = [bare.set(each) for each in dressed]
        theirs.append(clock.lap()[1])
        texts += [bare.mjml(each) for each in dressed[:5]]
        assert "".join(html.split()) == "".join(first.html.split()), "not the same letter"
    ratio = statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
    title = f"The compiler, {len(contexts):,} letters"
    table = Table("a letter", "ms of CPU", "to bare", title=title)
    own, few = (f"{sum(each) / len(contexts) * 1_000:.2f}" for each in (ours, theirs))
    table.add_row("bare: Jinja, MRML, inlining, the text", few, "1.00")
    table.add_row("ours: checked, in a process apart", own, f"{ratio:.2f}")
    clock = Clock()
    for text in texts:
        mjml2html(text)
    mrml = clock.lap()[1] / len(texts) * 1_000
    table.add_row(f"MRML alone ({len(texts)} letters)", f"{mrml:.2f}", "")
    if (npm := _npm(texts)) is not None:
        words = f"{npm / mrml:.0f} times MRML"
        table.add_row("npm mjml 5 on the same MJML", f"{npm:.2f}", words)
    screen.print(table)
    return texts


def _npm(texts: list[str]) -> float | None:
    """Give the milliseconds a letter that npm mjml takes, warm, in one process."""
    if not shutil.which("node") or not (NPM / "node_modules/mjml").is_dir():
        screen.print("[dim]npm mjml is not there: `make mjml`[/]")
        return None
    script = NPM / "bench.mjs"
    script.write_text(TELL)
    done = subprocess.run(
        [str(shutil.which("node")), str(script)],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=True,
        cwd=NPM,
    )
    return float(done.stdout) / len(texts) * 1_000


def lint(desk: Workspace) -> None:
    """Look all letters over, as the edition's run does."""
    clock = Clock()
    counts = templates.lint(desk)
    wall, cpu = clock.lap()
    each = cpu / counts["variants"] * 1_000
    screen.print(f"Lint: {each:.1f} ms a letter, {cpu:.1f} CPU s in all ({wall:.1f} s wall)")


class Filling:
    """Messages of all variants, made by ours, by a join of ready parts, and by the library."""

    def __init__(self, desk: Workspace) -> None:
        """Read all letters, and make recipients with signed links of their own."""
        names = [each.variant_id for each in content.read_variants(desk)]
        self.letters = [
            Letter(name, templates.read_variant(desk, name), desk.settings.sender, desk.folder)
            for name in names
        ]
        links = Links(["k" * 32], "https://l.example/p", "https://l.example/u")
        self.people = [_recipient(links, number) for number in range(1_000)]

    def ours(self, letter: Letter, count: int) -> None:
        """Fill one variant for so many members."""
        for number in range(count):
            letter.mime(self.people[number % 1_000])

    def joined(self, letter: Letter, count: int) -> None:
        """Join as many ready parts."""
        parts = [piece for _, pieces in letter._pieces for piece in pieces]  # noqa: SLF001
        ready = [piece if isinstance(piece, bytes) else b"Dear Ada,=\r\n" for piece in parts]
        for _ in range(count):
            b"".join([b"To: ada@example.com\r\n", *ready])

    def library(self, letter: Letter, person: Recipient, ours: Message) -> EmailMessage:
        """Make the same message with the standard library."""
        message = EmailMessage(policy=SMTP)
        for name in ("From", "To", "Subject", "Date", "Message-ID", "List-Unsubscribe"):
            message[name] = ours[name]
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message.set_content(letter.words(person))
        message.add_alternative(letter.page(person), subtype="html")
        return message

    def compared(self) -> int:
        """Make one message of each variant both ways, and see that they say the same."""
        for number, letter in enumerate(self.letters):
            person = self.people[number % 1_000]
            one = message_from_bytes(letter.mime(person), policy=SMTP)
            made = self.library(letter, person, one).as_bytes()
            other = message_from_bytes(made, policy=SMTP)
            assert {*one.keys()} == {*other.keys()}
            for name in {*one.keys()} - {"Content-Type"}:
                assert one[name] == other[name], name
            assert _parts(one) == _parts(other), letter.variant_id
        return len(self.letters)


def _parts(message: Message) -> list[tuple[str, list[str]]]:
    return [
        (part.get_content_type(), part.get_content().splitlines())
        for part in message.walk()
        if not part.is_multipart()
    ]


def _recipient(links: Links, number: int) -> Recipient:
    member = f"m{number:06d}"
    fields = {
        "greeting": "Dear Zoë & Søren," if number % 10 else "Hello,",
        "first_name": "Zoë",
        "unsubscribe_url": links.unsubscribe(member, EDITION),
        "preferences_url": links.preferences(member, EDITION),
    }
    return Recipient(EDITION, member, f"{number:016x}", f"{member}@example.com", fields)


def filling(desk: Workspace, messages: int) -> None:
    """Fill in the fields of so many messages."""
    fill = Filling(desk)
    compared = fill.compared()
    each = max(messages // len(fill.letters), 1)
    ours, joined, library = list[float](), list[float](), list[float]()
    for letter in fill.letters:
        letter.mime(fill.people[0])  # its pieces are cut
        for way, times in ((fill.ours, ours), (fill.joined, joined)):
            began = time.process_time()
            way(letter, each)
            times.append(time.process_time() - began)
    for letter in fill.letters[:20]:
        ours_read = message_from_bytes(letter.mime(fill.people[0]), policy=SMTP)
        message = fill.library(letter, fill.people[0], ours_read)
        began = time.process_time()
        message.as_bytes()
        library.append(time.process_time() - began)
    count = each * len(fill.letters)
    size = len(fill.letters[0].mime(fill.people[0]))
    rates = [count / sum(ours), count / sum(joined), len(library) / sum(library)]
    title = f"Filling {count:,} messages of {size / 1000:.0f} kB"
    table = Table("", "messages a CPU s", "ours takes", title=title)
    names = ("ours: fields, whole MIME", "joining ready parts", "the library's generator alone")
    for name, rate in zip(names, rates, strict=True):
        table.add_row(name, f"{rate:,.0f}", f"{rate / rates[0]:.3g} times as long")
    screen.print(table)
    screen.print(f"One message of each of {compared:,} variants made both ways: the same.")


def main() -> None:
    """Make the edition, and print all tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--members", type=int, default=100_000)
    parser.add_argument("--messages", type=int, default=1_000_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cardletter-bench-") as room:
        desk = make(project(Path(room) / "letter", asked.members))
        runs(desk)
        compiler(desk)
        lint(desk)
        filling(desk, asked.messages)


if __name__ == "__main__":
    main()
