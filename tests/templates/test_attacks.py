"""Attacks: what no template, and no value in one, may do; each is refused or is mere text."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cardletter.errors import FilesError
from cardletter.templates import Press
from cardletter.templates.worker import WORKERS, Worker
from cardletter.typesetting.setting import Rules, Typesetter
from pages import Reader

FILE = Path(__file__).with_name("payloads.txt")
LINES = FILE.read_text(encoding="utf-8").splitlines()
PAYLOADS = [line for line in LINES if line and not line.startswith("# ")]
FIELDS = {"greeting": "text", "unsubscribe_url": "url"}
RULES = Rules(FIELDS, (), ("../../pictures/",))
PAGE = "<mjml><mj-body><mj-section><mj-column>\n{}\n</mj-column></mj-section></mj-body></mjml>"
VALUES = [
    '<script>alert("x")</script>',
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</mj-text></mj-column><mj-raw><script>1</script></mj-raw>",
    "<![CDATA[<script>1</script>]]>",
    "<!-- --><script>1</script>",
    "<mj-include path='/etc/passwd' />",
    "{{ ''.__class__ }}",
    "{% include '/etc/passwd' %}",
    "{{7*7}}",
    "&lt;script&gt;",
    "\u202e<b>\u200b",
    "a\\b \\u{41} \\n",
    "👩\u200d🍳 שלום नमस्ते e\u0301",
    "</title><script>1</script>",
    "<svg/onload=alert(1)>",
    "<a href='javascript:1'>x</a>",
]


def context(title: str = "A title") -> dict[str, Any]:
    item = {"title": title, "link": "https://larkfield.example/", "body_html": "<p>x</p>"}
    return {
        "edition": {"subject": "A subject"},
        "brand": {"name": "Larkfield", "colours": {"light": {"ink": "#000000"}}},
        "slots": {"hero": [item]},
    }


def setter(page: str) -> Typesetter:
    other = "{% macro m() %}x{% endmacro %}"
    return Typesetter({"page.mjml": PAGE.format(page), "page.txt": "x", "other.mjml": other}, RULES)


def test_there_are_more_than_two_hundred_attacks():
    assert len(set(PAYLOADS)) == len(PAYLOADS) > 200


@pytest.mark.parametrize("payload", PAYLOADS)
def test_an_attack_is_refused_at_its_line(payload: str):
    with pytest.raises(FilesError) as stopped:
        setter(payload).print("page", context())
    (finding, *_) = stopped.value.findings
    assert finding.path == "templates/page.mjml"
    assert finding.line in (1, 2)
    assert not re.search("root:|<class|built-in|object at 0x", str(finding))


@pytest.mark.parametrize("value", VALUES)
def test_a_value_is_text_wherever_it_stands(value: str):
    page = '<mj-text><p title="{{ slots.hero[0].title }}">{{ slots.hero[0].title }}</p></mj-text>'
    rendered = setter(page).print("page", context(value))
    plain = setter(page).print("page", context("x"))
    reader, usual = Reader(rendered.html), Reader(plain.html)
    assert [tag for tag, _ in reader.tags] == [tag for tag, _ in usual.tags]
    assert value.replace("\u200b", "") in reader.words.replace("\u200b", "")
    titles = [given["title"] for tag, given in reader.tags if tag == "p"]
    assert titles == [value]


@pytest.mark.parametrize(
    "harmless",
    [
        "<mj-text>{{ brand.name | upper }} {{ slots.hero | length }}</mj-text>",
        "<mj-text>{{ 'a b'.split(' ') | join('-') }} {{ '-' * 20 }} {{ 7 // 2 }}</mj-text>",
        "<mj-text>{% for key, x in brand.colours.light | items %}{{ key }}{% endfor %}</mj-text>",
        "<mj-text>{% for i in range(3) %}{{ loop.index }}{% endfor %}</mj-text>",
        "<mj-text>{% set ns = namespace(n=0) %}{% set ns.n = 1 %}{{ ns.n }}</mj-text>",
        "<mj-text>{% raw %}{{ x }}{% endraw %}</mj-text>",
        '<mj-text><a href="{{ member.unsubscribe_url }}#survey">x</a></mj-text>',
        '<mj-text><a href="https://larkfield.example/?a=1&amp;b=2">x</a></mj-text>',
        '<mj-text><a href="mailto:a@larkfield.example">x</a><img src="cid:a" alt=""/></mj-text>',
        '<mj-text><img src="../../pictures/a.png" alt=""/></mj-text>',
        "{% from 'other.mjml' import m %}<mj-text>{{ m() }}</mj-text>",
        "{% import 'other.mjml' as o %}<mj-text>{{ o.m() }}</mj-text>",
    ],
)
def test_what_letters_need_is_allowed(harmless: str):
    assert setter(harmless).print("page", context()).html


def test_links_lead_to_allowed_domains_only_where_some_are_named():
    rules = Rules(FIELDS, ("larkfield.example",))
    for host, allowed in (
        ("larkfield.example", True),
        ("www.larkfield.example", True),
        ("larkfield.example.evil.example", False),
        ("notlarkfield.example", False),
    ):
        page = PAGE.format(f'<mj-text><a href="https://{host}/x">x</a></mj-text>')
        typesetter = Typesetter({"page.mjml": page, "page.txt": "x"}, rules)
        if allowed:
            assert host in typesetter.print("page", context()).html
            continue
        with pytest.raises(FilesError, match="not allowed"):
            typesetter.print("page", context())


@pytest.fixture(scope="module")
def little_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("attacked")
    (folder / "templates").mkdir()
    (folder / "pyproject.toml").write_text("[tool.cardletter]\n", encoding="utf-8")
    (folder / "templates/newsletter.txt").write_text("x", encoding="utf-8")
    return folder


@pytest.fixture
def press_of(little_project: Path) -> Iterator[Callable[..., Press]]:
    """Give a function that sets a page in the process, which gets a page of our own."""

    def press_of(page: str, seconds: float = 5.0) -> Press:
        file = little_project / "templates/newsletter.mjml"
        file.write_text(PAGE.format(page), encoding="utf-8")
        return Press(little_project, seconds)

    yield press_of
    # Whatever it was, the next letter is set.
    assert "Larkfield" in press_of("<mj-text>{{ brand.name }}</mj-text>").print(context()).html


LOOP = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"


DOUBLE = (
    "{% set ns = namespace(a='a') %}{% for n in range(40) %}"
    "{% set ns.a = ns.a ~ ns.a %}{% endfor %}"
)


@pytest.mark.parametrize(
    ("page", "says"),
    [
        (LOOP, "more time"),
        (DOUBLE, "more memory"),
        ("{% for n in range(99999) %}{{ 'a' * 99999 }}{% endfor %}", "more than 1,000,000 signs"),
        ("<mj-text>" + "<div>" * 2_000 + "x" + "</div>" * 2_000 + "</mj-text>", "100 elements"),
        ("<mj-wrapper>" * 2_000 + "</mj-wrapper>" * 2_000, "100 elements"),
        ("{{ '((' * 40000 }}" + "{{ " + "(" * 5_000 + "1" + ")" * 5_000 + " }}", ""),
    ],
    ids=["time", "memory", "size", "depth", "wrappers", "parser"],
)  # fmt: skip
def test_a_letter_that_wants_too_much_is_told_at_its_template(
    press_of: Callable[..., Press], page: str, says: str
):
    with pytest.raises(FilesError) as stopped:
        press_of(page, 0.5 if page == LOOP else 5.0).print(context())
    (finding,) = stopped.value.findings
    assert finding.path == "templates/newsletter.mjml"
    assert says in finding.message


def kill() -> None:
    for worker in WORKERS:
        if worker.process is not None:
            worker.process.kill()


def test_a_process_that_dies_of_a_letter_is_told(press_of: Callable[..., Press]):
    """It has the templates already, so that the letter is being set when it is killed."""
    long = "{% if edition.subject == 'Long' %}" + LOOP + "{% endif %}"
    press = press_of("<mj-text>x</mj-text>" + long, 60.0)
    press.print(context())

    def jobs() -> Iterator[tuple[str, dict[str, Any]]]:
        yield "newsletter", context() | {"edition": {"subject": "Long"}}
        kill()
        yield "newsletter", context()

    with pytest.raises(FilesError, match="broke the process that sets it"):
        list(press.print_all(jobs()))


def test_a_process_that_died_between_two_letters_is_started_again(
    press_of: Callable[..., Press],
):
    press = press_of("<mj-text>{{ brand.name }}</mj-text>")
    press.print(context())
    kill()
    for worker in WORKERS:
        if worker.process is not None:
            worker.process.wait()
    assert all(
        "Larkfield" in each.html for each in press.print_all([("newsletter", context())] * 3)
    )


def test_the_process_has_no_settings_files_or_memory_without_end(press_of: Callable[..., Press]):
    press_of("<mj-text>x</mj-text>").print(context())
    process = next(worker.process for worker in WORKERS if worker.process is not None)
    environment = Path(f"/proc/{process.pid}/environ").read_bytes()
    assert b"CARDLETTER" not in environment
    assert b"AWS" not in environment
    limits = Path(f"/proc/{process.pid}/limits").read_text(encoding="utf-8")
    for name, most in (("Max open files", "0"), ("Max file size", "0"), ("Max address", "1500")):
        assert re.search(rf"{name}[a-z ]*\s+{most}", limits), limits
    assert isinstance(WORKERS[0], Worker)


def test_a_link_out_of_the_project_is_no_template(little_project: Path, tmp_path: Path):
    secret = tmp_path / "secret.mjml"
    secret.write_text("secret", encoding="utf-8")
    link = little_project / "templates/leak.mjml"
    link.symlink_to(secret)
    try:
        with pytest.raises(FilesError, match="outside of the project"):
            Press(little_project).print(context())
    finally:
        link.unlink()
