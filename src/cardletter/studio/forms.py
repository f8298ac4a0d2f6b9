"""Forms: a file's keys as fields to fill in, for those who would rather not write YAML.

What the fields are follows from the model that reads the file, so that a new key has its field at
once. A change is written into the text in the place of the old value; comments and order stay.
"""

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

import yaml
from pydantic import BaseModel

from cardletter.content import Edition, Item
from cardletter.content.catalogue import ARTICLES, OFFERS, PICTURES
from cardletter.content.draft import SAID_ELSEWHERE, TWIN_KEYS
from cardletter.content.edition import SECTIONS
from cardletter.profiles import read_interests
from cardletter.profiles.interests import FIELDS as OF_INTEREST
from cardletter.profiles.interests import FILE as INTERESTS
from cardletter.segments.files import CLUSTERING, Clustering
from cardletter.studio.texts import Text
from cardletter.templates.press import pages_of, read_templates
from cardletter.templates.rendering import BRAND

FILES: dict[str, type[BaseModel]] = {
    f"{ARTICLES}/": Item,
    f"{OFFERS}/": Item,
    "content/editions/": Edition,
    CLUSTERING: Clustering,
}
"""How a path begins -> the model that its keys must fit."""

OFFERS_ONLY = ("merchant", "terms", "disclosure", "eligibility", "budget")
ARTICLES_ONLY = ("block",)
BODY = "body"
FIXED = "Ids of what every letter shows here, first: the editor’s choice."
LONG = 100
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True)
class Field:
    """One thing to fill in: where it stands in the file, and how it is asked for."""

    at: tuple[str, ...]
    kind: str
    """text, long, markdown, date, number, yesno, choice, ticks, picture, words, colour."""
    value: Any
    needed: bool = False
    most: int = 0
    choices: list[tuple[str, str]] = field(default_factory=list)
    about: str = ""
    line: int = 0
    """The line of the file it stands on, where it is alone on one; else 0."""

    def as_dict(self) -> dict[str, Any]:
        """Give it as JSON can hold it."""
        named = self.at[-1].replace("_", " ")
        return asdict(self) | {"label": named[:1].upper() + named[1:], "group": list(self.at[:-1])}


def form_of(project: Path, path: str, text: str) -> list[Field]:
    """Give a file's fields; none where it has no form, or cannot be read as it is."""
    written = Text(path, text)
    found = _form(project, path, written)
    lines = [written.line(each.at) for each in found]
    return [
        replace(each, line=line if lines.count(line) == 1 else 0)
        for each, line in zip(found, lines, strict=True)
    ]


def _form(project: Path, path: str, written: Text) -> list[Field]:
    if written.file.findings and not written.file.content:
        return []
    if path == BRAND:
        return list(_leaves(written.file.content))
    if path == INTERESTS:
        return list(_interests(written))
    model = next((model for start, model in FILES.items() if path.startswith(start)), None)
    if model is None:
        return []
    schema = model.model_json_schema(by_alias=True)
    fields = list(_fields(Choices(project), schema, schema.get("$defs", {}), written.file.content))
    fields = [each for each in fields if _asked(path, each.at[0])]
    if written.marked:
        fields.append(Field((BODY,), "markdown", written.body, needed=True))
    return fields


def filled(project: Path, path: str, text: str, at: tuple[str, ...], value: object) -> str:
    """Give a file's text with one field filled in anew."""
    written = Text(path, text)
    if at == (BODY,) and written.marked:
        return written.with_body(str(value))
    known = next((each for each in form_of(project, path, text) if each.at == at), None)
    if known is None:
        return text
    return written.with_value(at, _as_yaml(known, value), keep=known.needed)


def _asked(path: str, key: str) -> bool:
    """Tell whether a file writes a key: others follow from where it stands."""
    if path.startswith(f"{OFFERS}/") and key in ARTICLES_ONLY:
        return False
    item, articles = path.startswith((f"{ARTICLES}/", f"{OFFERS}/")), path.startswith(ARTICLES)
    if item and "." in PurePosixPath(path).stem:
        return key in TWIN_KEYS and not (articles and key in OFFERS_ONLY)
    return not (item and key in SAID_ELSEWHERE) and not (articles and key in OFFERS_ONLY)


class Choices:
    """What there is to choose from in a project."""

    def __init__(self, project: Path) -> None:
        """Look into a project."""
        self.project = project

    def of(self, name: str) -> list[tuple[str, str]]:
        """Give what may be chosen for a key: (value, words)."""
        if name == "interests":
            known = read_interests(self.project)[0].interests
            return [(key, interest.name) for key, interest in known.items()]
        if name == "image":
            files = sorted((self.project / PICTURES).glob("*.png"))
            return [(file.name, file.stem.replace("-", " ")) for file in files]
        if name == "template":
            return [(page, page) for page in pages_of(read_templates(self.project)[0])]
        return []


def _fields(
    choices: Choices,
    schema: Mapping[str, Any],
    models: Mapping[str, Any],
    content: Mapping[str, Any],
    above: tuple[str, ...] = (),
) -> Iterator[Field]:
    """Walk a model's JSON schema; a model in it is a group of fields."""
    for name, told in schema["properties"].items():
        at, about = (*above, name), _plain(told, models)
        inner = content.get(name, {})
        if "properties" in about and isinstance(inner, dict):
            yield from _fields(choices, about, models, inner, at)
        elif "properties" in about:  # written in short, as one number
            yield Field(at, "number", inner)
        elif name == "fixed":
            for section in SECTIONS:
                chosen = inner.get(section, []) if isinstance(inner, dict) else []
                yield Field((*at, section), "words", chosen, about=FIXED)
        elif about.get("type") != "object":
            known = choices.of(name) or [(each, each) for each in about.get("enum", ())]
            kind = _kind(name, about, known)
            value = content.get(name, told.get("default", [] if kind in ("ticks", "words") else ""))
            if kind == "choice" and told.get("default", "") is None:
                known = [("", "none"), *known]
            yield Field(
                at,
                kind,
                value.isoformat() if isinstance(value, dt.date) else "" if value is None else value,
                needed=name in schema.get("required", ()),
                most=about.get("maxLength", 0),
                choices=known,
                about=about.get("description", ""),
            )


def _plain(told: Mapping[str, Any], models: Mapping[str, Any]) -> dict[str, Any]:
    """Give what a key holds when it holds something: the model it refers to, its first type."""
    found = dict(told)
    for each in (*told.get("anyOf", ()), *told.get("allOf", ())):
        if each.get("type") != "null":
            found = {**each, **{k: v for k, v in found.items() if k not in ("anyOf", "allOf")}}
            break
    if name := found.pop("$ref", "").rpartition("/")[2]:
        found = {**models[name], **found}
    return found


def _kind(name: str, about: Mapping[str, Any], known: list[tuple[str, str]]) -> str:
    kinds = {"integer": "number", "number": "number", "boolean": "yesno"}
    if about.get("type") == "array":
        return "ticks" if known else "words"
    if known:
        return "picture" if name == "image" else "choice"
    if about.get("format") == "date":
        return "date"
    long = about.get("maxLength", 0) > LONG or name in ("terms", "disclosure")
    return kinds.get(about.get("type", ""), "long" if long else "text")


def _leaves(content: Mapping[str, Any], above: tuple[str, ...] = ()) -> Iterator[Field]:
    """Give every value of a file without a model: its texts, and its colours as colours."""
    for name, value in content.items():
        at = (*above, str(name))
        if isinstance(value, dict):
            yield from _leaves(value, at)
        elif isinstance(value, str):
            yield Field(at, "colour" if COLOUR.fullmatch(value) else "text", value, needed=True)


def _interests(written: Text) -> Iterator[Field]:
    """Give what each interest is called; its categories where they stand on one line only.

    Where they take several, each has its comment, which a form would lose.
    """
    interests = written.file.content.get("interests")
    for name, told in interests.items() if isinstance(interests, dict) else ():
        for key in OF_INTEREST if isinstance(told, dict) else ():
            at, listed = ("interests", str(name), key), key == "categories"
            if not listed or written.on_one_line(at):
                value = told.get(key, [] if listed else "")
                yield Field(at, "words" if listed else "text", value, needed=True)


def _as_yaml(known: Field, value: object) -> str:
    """Write a field's value as YAML in one line; "" where there is nothing to write."""
    said: Any = value
    if isinstance(value, str):
        said = " ".join(value.split())
        if known.kind == "date" and re.fullmatch(r"\d{4}-\d\d-\d\d", said):
            return str(said)
        if known.kind == "number" and re.fullmatch(r"-?\d+(\.\d+)?", said):
            return str(said)
    if isinstance(value, list):
        said = [str(each).strip() for each in value if str(each).strip()]
    if said in ("", [], None):
        return '""' if known.needed and known.kind not in ("ticks", "words") else ""
    dumped = yaml.safe_dump(said, default_flow_style=True, allow_unicode=True, width=10**6)
    # JSON's quotes are YAML's too, and the ones people write.
    quoted = json.dumps(said, ensure_ascii=False) if dumped.startswith(("'", "['")) else dumped
    return str(quoted).removesuffix("\n").removesuffix("\n...").strip()
