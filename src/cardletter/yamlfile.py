"""YAML that people write, read so that every finding has its line.

Only plain data: no tags, anchors or aliases, no key twice, no more than 20 levels deep.
"""

import difflib
import functools
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from cardletter.errors import Finding

DEPTH = 20
LARGEST = 1_000_000
NOT_TEXT = "put it in quotes: YAML reads 0742 as a number and NO as false"
A_DATE = "write it as 2026-12-03"
A_TABLE, A_LIST = "write `key: value` lines", 'write ["a", "b"]'
A_NUMBER = "write a number without quotes, letters or a point"
NO_DATE = ("is no date", A_DATE)
NO_TABLE = ("is not a table of keys", A_TABLE)
NO_WHOLE = ("is no whole number", A_NUMBER)
WORDS = {
    **dict.fromkeys(("int_type", "int_parsing", "int_parsing_size", "int_from_float"), NO_WHOLE),
    **dict.fromkeys(("float_type", "float_parsing"), ("is no number", "write it as 0.5")),
    **dict.fromkeys(
        ("bool_type", "bool_parsing"), ("is neither yes nor no", "write true or false")
    ),
    **dict.fromkeys(("dict_type", "model_type", "model_attributes_type"), NO_TABLE),
    **dict.fromkeys(("date_type", "date_parsing", "date_from_datetime_parsing"), NO_DATE),
    "string_type": ("is not text", NOT_TEXT),
    "list_type": ("is not a list", A_LIST),
    "finite_number": ("is no number", "write one that has an end"),
    "greater_than_equal": ("is less than {ge}", "write {ge} or more"),
    "greater_than": ("is {gt} or less", "write more than {gt}"),
    "less_than_equal": ("is more than {le}", "write {le} or less"),
    "less_than": ("is {lt} or more", "write less than {lt}"),
    "string_too_short": ("is too short", "write {min_length} or more letters"),
    "string_too_long": ("is too long", "write {max_length} or fewer letters"),
    "too_short": ("has too few items", "write {min_length} or more"),
    "too_long": ("has too many items", "write {max_length} or fewer"),
    "string_pattern_mismatch": ("is not written as it must be", "see the others in the file"),
    "literal_error": ("is none of those there are", "write {expected}"),
    "date_from_datetime_inexact": ("is a time of day, not a date", A_DATE),
}
"""What pydantic calls an error -> what is said of it, and how to mend it.

Its own words are a programmer's, and are never shown.
"""

UNKNOWN = ("cannot be used as it is", "see the comments in the file that `cardletter init` makes")

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class YamlFile:
    """A YAML file's content, the line of every key, and what is wrong with its form."""

    path: str
    content: dict[str, Any]
    lines: dict[tuple[str, ...], int] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    @classmethod
    def read(cls, project: Path, path: str) -> "YamlFile":
        """Read a file of the project; what is wrong with it becomes findings."""
        file = project / path
        if not file.is_file():
            return cls(path, {}, findings=(Finding(path, 1, "there is no such file"),))
        if file.stat().st_size > LARGEST:
            return cls(path, {}, findings=(Finding(path, 1, "is larger than 1 MB"),))
        try:
            text = file.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            return cls(path, {}, findings=(Finding(path, 1, "is not UTF-8 text"),))
        return cls.parse(path, text)

    @classmethod
    @functools.lru_cache(maxsize=4096)  # a run, and the studio, read the same files many times
    def parse(cls, path: str, text: str, first_line: int = 1) -> "YamlFile":
        """Read YAML text whose first line is line `first_line` of the file at `path`."""
        reader = _Reader(path, first_line)
        try:
            loader = _Loader(text)
            node = loader.get_single_node()
            if loader.refused:
                found = (Finding(path, first_line + line, *what) for line, what in loader.refused)
                return cls(path, {}, findings=tuple(found))
            content = reader.value(node, ()) if node else {}
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = first_line + (mark.line if mark else 0)
            return cls(path, {}, findings=(Finding(path, line, f"not YAML: {error.problem}"),))
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            line = first_line + text.count("\n", 0, getattr(error, "position", 0))
            return cls(path, {}, findings=(Finding(path, line, "not YAML that can be read"),))
        if not isinstance(content, dict):
            reader.found.append(Finding(path, first_line, *NO_TABLE))
            content = {}
        return cls(path, content, reader.lines, tuple(reader.found))

    def line(self, at: Iterable[str]) -> int:
        """Give the line of a key or a list's item, or of the nearest key above it."""
        keys = tuple(at)
        while keys and keys not in self.lines:
            keys = keys[:-1]
        return self.lines.get(keys, 1)

    def finding(self, at: Iterable[str], message: str, hint: str = "") -> Finding:
        """Make a finding at a key's line."""
        return Finding(self.path, self.line(at), message, hint)

    def table(self, key: str, found: list[Finding], *, needed: bool = True) -> dict[str, Any]:
        """Give the table under a key; {} and a finding where it is something else."""
        value = self.content.get(key)
        if isinstance(value, dict):
            return value
        if (value is not None or needed) and not self.findings:
            found.append(self.finding((key,), f"{key} is not a table", f"write `{key}:` and keys"))
        return {}

    def under(self, key: str) -> "YamlFile":
        """Give what is under a key as a file of its own, with the lines it has in this one."""
        content = self.content.get(key)
        lines = {at[1:]: line for at, line in self.lines.items() if at[:1] == (key,)}
        return YamlFile(self.path, content if isinstance(content, dict) else {}, lines)

    def fit(
        self, model: type[Model], key: str = "", context: dict[str, Any] | None = None
    ) -> tuple[Model | None, list[Finding]]:
        """Fit the content (or what is under a key) to a model; None and findings if it does not.

        The findings of the file's form are given with the whole content only.
        """
        value = self.content.get(key) if key else self.content
        findings = [] if key else list(self.findings)
        if findings and not self.content:
            return None, findings  # what cannot be read is not also missing
        try:
            return model.model_validate(value, context=context), findings
        except ValidationError as error:
            at = (key,) if key else ()
            told = error.errors(include_url=False, include_input=False)
            return None, [*findings, *(self._misfit(model, dict(each), at) for each in told)]

    def _misfit(self, model: type[BaseModel], told: dict[str, Any], at: tuple[str, ...]) -> Finding:
        parts = tuple(str(part) for part in told["loc"])
        name = ".".join(parts)
        if told["type"] == "missing":
            return self.finding(at, f"{name} is missing", f"add `{parts[-1]}:`")
        if told["type"] == "extra_forbidden":
            hint = _guess(parts[-1], _known(model, parts[:-1]))
            return self.finding((*at, *parts), f"unknown key {name!r}", hint)
        if told["type"] == "value_error":  # our own words
            text = told["msg"].removeprefix("Value error, ")
            return self.finding((*at, *parts), f"{name}: {text}" if name else text)
        message, hint = WORDS.get(told["type"], UNKNOWN)
        about = told.get("ctx", {})
        said = f"{name or at[-1]} {message.format(**about)}"
        return self.finding((*at, *parts), said, hint.format(**about))

    def unknown_keys(self, known: Iterable[str]) -> list[Finding]:
        """Find top-level keys nobody reads, and guess what was meant."""
        known = sorted(known)
        return [
            self.finding((key,), f"unknown key {key!r}", _guess(key, known))
            for key in self.content
            if key not in known
        ]


def near_miss(key: str, known: list[str]) -> str:
    """Give the key that was probably meant, or nothing."""
    return next(iter(difflib.get_close_matches(key, known, n=1)), "")


def _guess(key: str, known: list[str]) -> str:
    near = near_miss(key, known)
    return f"is it {near}?" if near else f"known: {', '.join(known)}"


def _known(model: type[BaseModel], under: tuple[str, ...]) -> list[str]:
    """Give the keys that a model knows, or the model of a table in it."""
    for key in under:
        inner = model.model_fields[key].annotation if key in model.model_fields else None
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            model = inner
    return [field.alias or key for key, field in model.model_fields.items()]


class _Loader(yaml.SafeLoader):
    """Notes where a tag, an anchor or an alias stands."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.refused: list[tuple[int, tuple[str, str]]] = []

    def fetch_tag(self) -> None:
        self._refuse("a tag (!name)", "write plain text, numbers, lists and tables")
        super().fetch_tag()

    def fetch_anchor(self) -> None:
        self._refuse("an anchor (&name)", "take it out")
        super().fetch_anchor()

    def fetch_alias(self) -> None:
        self._refuse("an alias (*name)", "write the value out")
        super().fetch_alias()

    def _refuse(self, message: str, hint: str) -> None:
        hint += "; text that begins with ! & or * stands in quotes"
        self.refused.append((self.get_mark().line, (message, hint)))


class _Reader:
    """Turns YAML nodes into plain data, noting lines."""

    def __init__(self, path: str, first_line: int) -> None:
        self.path, self.first = path, first_line
        self.lines: dict[tuple[str, ...], int] = {}
        self.found: list[Finding] = []
        self._maker = yaml.SafeLoader("")

    def value(self, node: yaml.Node, at: tuple[str, ...]) -> Any:  # noqa: ANN401 - any plain data
        if len(at) > DEPTH:
            return self._bad(node, f"more than {DEPTH} levels", "write it flatter")
        if isinstance(node, yaml.MappingNode):
            return self._table(node, at)
        if isinstance(node, yaml.SequenceNode):
            return [self._item(item, (*at, str(i))) for i, item in enumerate(node.value)]
        try:
            return self._maker.construct_object(node)
        except ValueError:
            return self._bad(node, "a date or number that does not exist", "mend or quote it")

    def _item(self, node: yaml.Node, at: tuple[str, ...]) -> Any:  # noqa: ANN401 - as value
        self.lines[at] = self.first + node.start_mark.line
        return self.value(node, at)

    def _table(self, node: yaml.MappingNode, at: tuple[str, ...]) -> dict[str, Any]:
        table: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(self._maker.construct_object(key_node))
            if key in table:
                self._bad(key_node, f"key {key!r} stands twice", "keep one of them")
            self.lines[*at, key] = self.first + key_node.start_mark.line
            table[key] = self.value(value_node, (*at, key))
        return table

    def _bad(self, node: yaml.Node, message: str, hint: str) -> None:
        self.found.append(Finding(self.path, self.first + node.start_mark.line, message, hint))
