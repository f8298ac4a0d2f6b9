"""Personal places: items that one member alone is shown, set once each and put in when it is sent.

An item is set within the page, so that it looks as everything else does; what stands between two
marks is cut out of it. The page of a variant has a field in its place.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

import pandas as pd

from cardletter.content import read_variants
from cardletter.errors import FilesError, Finding
from cardletter.templates.fields import place
from cardletter.templates.kept import Kept
from cardletter.templates.made import Making
from cardletter.templates.press import Plates, Press
from cardletter.templates.rendering import Frame, question
from cardletter.typesetting.sandbox import FOLDER
from cardletter.typesetting.setting import Rendered
from cardletter.workspace import Workspace

CHOSEN = "personal.parquet"
FRAGMENTS = "personal.json"
REASON = "personal_reason"
"""What a reason stands for in a fragment: it is the member's own."""

Key = tuple[str, str, bool]
"""A locale, an item, and whether the heading stands before it."""

HTML = re.compile(r"<!--personal-->(.*?)<!--/personal-->", re.DOTALL)
MARK = re.compile(r"^\[\[/?personal\]\]\n", re.MULTILINE)
"""A mark in a text: it is to be seen where a sample shows what is chosen already."""
TEXT = re.compile(r"\[\[personal\]\]\n?(.*?)\[\[/personal\]\]", re.DOTALL)


def set_fragments(desk: Workspace, making: Making, plates: Plates, kept: Kept) -> None:
    """Set every item that any member is shown, in each language, with and without the heading.

    And the edition's question, for those whom it is asked.

    Raises:
        FilesError: the template has no personal places, or none for the question.
    """
    frame, fragments = making.frame, dict[str, dict[str, list[list[str]]]]()
    locales = sorted({variant.locale for variant in read_variants(desk)})
    reasons = _reasons(desk, frame, locales)
    if frame.edition.personal and desk.file(CHOSEN).is_file():
        contexts = dict(_contexts(desk, frame, locales, reasons))
        fragments = _fragments(desk, making, plates, kept, contexts)
    told = {
        "places": frame.edition.personal if desk.file(CHOSEN).is_file() else 0,
        "fragments": fragments,
        "reasons": reasons,
        "survey": _questions(desk, frame, plates, locales),
    }
    if told["places"] or told["survey"]:
        desk.write_json(FRAGMENTS, told)


def _reasons(desk: Workspace, frame: Frame, locales: list[str]) -> dict[str, dict[str, str]]:
    """Give locale -> each reason, as it was chosen by, as it is said there; {} where one is not."""
    if not desk.file(CHOSEN).is_file():
        return {}
    every = pd.read_parquet(desk.file(CHOSEN), columns=["reason"])["reason"].unique()
    found = {}
    for locale in locales:
        told = {each: frame.reason(each, locale or frame.locales.default) for each in every}
        found[locale] = told if all(told[each] for each in every if each) else {}
    return found


def _contexts(
    desk: Workspace,
    frame: Frame,
    locales: list[str],
    reasons: Mapping[str, Mapping[str, str]],
) -> Iterator[tuple[Key, dict[str, Any]]]:
    """Give what each item is set with, where it may be shown, in each language and way."""
    chosen = pd.read_parquet(desk.file(CHOSEN), columns=["item_id"])["item_id"]
    for key in product(locales, sorted(set(map(str, chosen))), (True, False)):
        if context := _context(frame, *key, told=bool(reasons[key[0]])):
            yield key, context


def _fragments(
    desk: Workspace,
    making: Making,
    plates: Plates,
    kept: Kept,
    contexts: Mapping[Key, dict[str, Any]],
) -> dict[str, dict[str, list[list[str]]]]:
    """Give locale -> item -> its HTML and text, with the heading and without."""
    hint = "see blocks/personal.mjml, or set `personal: 0` in the edition"
    digests = {key: making.digest(context) for key, context in contexts.items()}
    jobs = {digest: contexts[key] for key, digest in digests.items()}
    printed = kept.printed(Press(desk.project), making.frame.template, jobs, plates)
    cut = {
        digest: _cut(making.frame, rendered, "has no personal places", hint)
        for digest, (rendered, _) in zip(jobs, printed, strict=True)
    }
    found: dict[str, dict[str, list[list[str]]]] = {locale: {} for locale, _, _ in contexts}
    for (locale, item, _), digest in digests.items():
        found[locale].setdefault(item, []).append(cut[digest])
    return found


def _questions(
    desk: Workspace, frame: Frame, plates: Plates, locales: list[str]
) -> dict[str, list[str]]:
    """Give locale -> the question's HTML and text; its links are the member's own fields."""
    found: dict[str, list[str]] = {}
    for locale in locales:
        context = _bare(frame, locale)
        if survey := context["survey"]:
            asked = context | {"survey": question(survey["question"], asked=True), "personal": []}
            job = (frame.template, asked)
            (rendered,) = Press(desk.project).print_all([job], plates)
            hint = "see blocks/survey_question.mjml, or take `survey:` out of the edition"
            found[locale] = _cut(frame, rendered, "has no place for the question", hint)
    return found


def _cut(frame: Frame, rendered: Rendered, wrong: str, hint: str) -> list[str]:
    """Cut out of a letter what stands between the marks."""
    parts = HTML.findall(rendered.html), TEXT.findall(rendered.text)
    if not all(parts):
        raise FilesError([Finding(f"{FOLDER}/{frame.template}.mjml", 1, wrong, hint)])
    return [parts[0][0], parts[1][0]]


def _context(
    frame: Frame, locale: str, item_id: str, first: bool, *, told: bool
) -> dict[str, Any] | None:
    locale = locale or frame.locales.default
    item = frame.shown(item_id, locale, "")
    if item is None:
        return None
    item |= {"reason": place(REASON) if told else ""}
    own = {"item": item, "first": first, "field_html": "", "field": ""}
    return _bare(frame, locale) | {"personal": [own], "survey": ""}


def _bare(frame: Frame, locale: str) -> dict[str, Any]:
    """Give a letter's context without any items."""
    nothing = pd.DataFrame({"slot": [], "place": [], "item_id": [], "reason": []})
    return frame.context({"name": "", "phrase": "", "tone": ""}, nothing, locale)
