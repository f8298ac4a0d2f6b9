"""Personal places: items that one member alone is shown, set once each and put in when it is sent.

An item is set within the page, so that it looks as everything else does; what stands between two
marks is cut out of it. The page of a variant has a field in its place.
"""

import re
from typing import Any

import pandas as pd

from cardletter.content import read_variants
from cardletter.errors import FilesError, Finding
from cardletter.templates.fields import place
from cardletter.templates.press import Plates, Press
from cardletter.templates.rendering import Frame
from cardletter.typesetting.sandbox import FOLDER
from cardletter.workspace import Workspace

CHOSEN = "personal.parquet"
FRAGMENTS = "personal.json"
REASON = "personal_reason"
"""What a reason stands for in a fragment: it is the member's own."""

HTML = re.compile(r"<!--personal-->(.*?)<!--/personal-->", re.DOTALL)
TEXT = re.compile(r"\[\[personal\]\]\n?(.*?)\[\[/personal\]\]", re.DOTALL)


def set_fragments(desk: Workspace, frame: Frame, plates: Plates) -> None:
    """Set every item that any member is shown, in each language, with and without the heading.

    Raises:
        FilesError: the template has no personal places.
    """
    count = frame.edition.personal
    if not count or not desk.file(CHOSEN).is_file():
        return
    chosen = pd.read_parquet(desk.file(CHOSEN), columns=["item_id"])["item_id"]
    locales = sorted({variant.locale for variant in read_variants(desk)})
    keys = [
        (locale, str(item), first)
        for locale in locales
        for item in sorted(set(chosen))
        for first in (True, False)
    ]
    contexts = [_context(frame, *key) for key in keys]
    known = [(key, context) for key, context in zip(keys, contexts, strict=True) if context]
    jobs = ((frame.template, context) for _, context in known)
    found: dict[str, dict[str, list[list[str]]]] = {locale: {} for locale in locales}
    for (locale, item, _), rendered in zip(
        [key for key, _ in known], Press(desk.project).print_all(jobs, plates), strict=True
    ):
        parts = HTML.findall(rendered.html), TEXT.findall(rendered.text)
        if not all(parts):
            hint = "see blocks/personal.mjml, or set `personal: 0` in the edition"
            path = f"{FOLDER}/{frame.template}.mjml"
            raise FilesError([Finding(path, 1, "has no personal places", hint)])
        found[locale].setdefault(item, []).append([parts[0][0], parts[1][0]])
    desk.write_json(FRAGMENTS, {"places": count, "fragments": found})


def _context(frame: Frame, locale: str, item_id: str, first: bool) -> dict[str, Any] | None:
    locale = locale or frame.locales.default
    item = frame.shown(item_id, locale, place(REASON))
    if item is None:
        return None
    own = {"item": item, "first": first, "field_html": "", "field": ""}
    nothing = pd.DataFrame({"slot": [], "place": [], "item_id": [], "reason": []})
    context = frame.context({"name": "", "phrase": "", "tone": ""}, nothing, locale)
    return context | {"personal": [own]}
