"""What templates ask for: a field nobody knows is found in every branch, without rendering it."""

from typing import Any

import pytest
from jinja2 import DictLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from cardletter.templates.lint_fields import Fields
from cardletter.templates.lint_jinja import look_over_jinja
from cardletter.templates.lint_samples import variations
from cardletter.templates.lint_source import Written

ITEM = {"title": "A walk", "image": {"src": "a.png"}, "terms": "", "kind": "article", "tags": ["a"]}
SAMPLE: dict[str, Any] = {
    "edition": {"subject": "Hello", "preheader": "And more", "items": "of the month"},
    "segment": {"phrase": "walks", "name": "Walks"},
    "slots": {"hero": [ITEM], "offers": [ITEM | {"image": "", "terms": "Once."}, ITEM]},
}


def environment(**templates: str) -> ImmutableSandboxedEnvironment:
    loader = DictLoader({name.replace("__", "/"): text for name, text in templates.items()})
    return ImmutableSandboxedEnvironment(loader=loader, undefined=StrictUndefined)


def unknown(**templates: str) -> list[tuple[str, int, str, str]]:
    found = Fields(environment(**templates), "templates").look_over("page", SAMPLE)
    assert {each.severity for each in found} <= {"error"}
    return sorted((each.path, each.line, each.message, each.hint) for each in found)


@pytest.mark.parametrize(
    ("text", "line", "says", "hint"),
    [
        ("\n{{ editon.subject }}", 2, "there is no editon", "is it edition?"),
        ("{% if 0 %}\n{{ edition.subjct }}{% endif %}", 2, "there is no edition.subjct", "subject"),
        ("{% if edition.subject %}{% else %}{{ nobody }}{% endif %}", 1, "there is no nobody", ""),
        ("{% if 0 %}{% elif x %}{% endif %}", 1, "there is no x", ""),
        ("{% for i in slots.hero %}{{ i.titel }}{% endfor %}", 1, "there is no i.titel", "title"),
        ("{% for i in slots.hero %}{{ i.image.sr }}{% endfor %}", 1, "no i.image.sr", "is it src?"),
        ("{{ slots.offers[0].merchant }}", 1, "there is no merchant", "there are"),
        ("{{ slots.offrs }}", 1, "there is no slots.offrs", "is it offers?"),
        ("{% set e = edition %}{{ e.date }}", 1, "there is no e.date", ""),
        ("{% for a in slots.offers | batch(2) %}{{ a[0].x }}{% endfor %}", 1, "there is no x", ""),
        ("{{ edition.subject if edition.subject else edition.nix }}", 1, "no edition.nix", ""),
        ("{{ (edition or segment).nix }}", 1, "there is no nix", ""),
        ("{{ edition['nix'] }}", 1, "there is no edition.nix", ""),
        ("{% with e = edition %}{{ e.nix }}{% endwith %}", 1, "there is no e.nix", ""),
        ("{{ (slots.hero | first).nix }}", 1, "there is no nix", ""),
        ("{% for i in slots.hero %}{% endfor %}{{ i }}", 1, "there is no i", ""),
    ],
)
def test_a_field_nobody_knows_is_found_in_every_branch(text: str, line: int, says: str, hint: str):
    path, at, message, how = unknown(page=text)[0]
    assert (path, at) == ("templates/page", line)
    assert says in message
    assert hint in how


@pytest.mark.parametrize(
    "text",
    [
        "{{ edition.subject }}{{ segment.phrase | upper }}{{ range(3) | list }}",
        "{% for i in slots.offers %}{{ i.terms }}{{ i.image.src }}{{ loop.index }}{% endfor %}",
        "{{ nobody | default('x') }}{% if nobody is defined %}{% endif %}",
        "{{ edition.items }}{{ edition['items'] }}",
        "{% for n in ('hero',) %}{% for i in slots[n] %}{{ i.title }}{% endfor %}{% endfor %}",
        "{% set a = 1 %}{{ a }}{% set b %}x{% endset %}{{ b }}",
    ],
)
def test_what_the_sample_has_is_no_finding(text: str):
    assert unknown(page=text) == []


def test_a_block_is_followed_with_what_it_is_given():
    page = "{% from 'blocks/b' import b %}{% for i in slots.hero %}{{ b(i) }}{% endfor %}"
    block = (
        "{% macro b(item) %}\n{% if 0 %}{{ item.subtitle }}{% endif %}{{ colour }}{% endmacro %}"
    )
    assert [each[:3] for each in unknown(page=page, blocks__b=block)] == [
        ("templates/blocks/b", 2, "there is no colour"),
        ("templates/blocks/b", 2, "there is no item.subtitle"),
    ]


def test_blocks_that_call_each_other_or_themselves_come_to_an_end():
    block = "{% macro a(x) %}{{ a(x) }}{{ x.nix }}{% endmacro %}"
    page = "{% from 'blocks/b' import a %}{{ a(edition) }}{% include 'part' %}"
    found = unknown(page=page, blocks__b=block, part="{{ edition.nox }}")
    assert [each[2] for each in found] == ["there is no x.nix", "there is no edition.nox"]


@pytest.mark.parametrize(
    ("text", "line", "says", "severity"),
    [
        ("\n{{ edition.subject | safe }}", 2, "`|safe` lets anything through", "error"),
        ("{% autoescape false %}x{% endautoescape %}", 1, "autoescape is turned off", "error"),
        ("\n\n{{ [1, 2] | random }}", 3, "random gives another letter each time", "error"),
        ("{{ now() }}", 1, "now gives another letter each time", "error"),
        ("{{ lipsum() }}", 1, "lipsum gives another letter each time", "error"),
        ("\n{# password: hunter2 #}", 2, "a comment seems to hold a password", "warning"),
        ("<!-- api_key = abc123 -->", 1, "a comment seems to hold a key", "warning"),
        ("{# -----BEGIN RSA PRIVATE KEY----- #}", 1, "seems to hold a key", "warning"),
    ],
)
def test_what_jinja_is_not_to_be_used_for(text: str, line: int, says: str, severity: str):
    found = list(look_over_jinja(Written("templates/a.mjml", text), environment()))
    assert [(each.line, each.severity) for each in found] == [(line, severity)]
    assert says in found[0].message
    assert "hunter2" not in found[0].message + found[0].hint


@pytest.mark.parametrize(
    "text",
    ["{% raw %}{{ x | safe }}{% endraw %}", "{# Fields: the password page's item. #}", "{{ 'a' }}"],
)
def test_raw_text_and_plain_comments_are_right(text: str):
    assert list(look_over_jinja(Written("templates/a.mjml", text), environment())) == []


def test_the_sample_is_tried_with_each_thing_left_out():
    tried = dict(variations(SAMPLE))
    assert set(tried) == {
        *("slots.hero", "slots.offers", "slots.offers (but for one item)", "every slot"),
        *("item.image", "item.terms", "segment.phrase", "segment.name", "edition.preheader"),
        "all that may be",
    }
    assert tried["slots.hero"]["slots"]["hero"] == []
    assert not any(item["terms"] for item in tried["item.terms"]["slots"]["offers"])
    assert tried["segment.phrase"]["segment"]["phrase"] == ""
    assert SAMPLE["slots"]["hero"] == [ITEM]
