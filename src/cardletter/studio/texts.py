"""Texts: a file as it is written, changed value by value with all else left as it stands."""

import re
from typing import Any

import yaml

from cardletter.yamlfile import YamlFile

FENCE = "---"


class Text:
    """A YAML file, or a Markdown file whose front matter is YAML."""

    def __init__(self, path: str, text: str) -> None:
        """Take a file's text apart: front matter, and what follows it."""
        self.path, self.marked = path, path.endswith(".md")
        self.head, self.yaml, self.foot = _parted(text) if self.marked else ("", text, "")
        self.file = YamlFile.parse(path, self.yaml)

    @property
    def body(self) -> str:
        """Give what stands under the front matter."""
        return self.foot.partition("\n")[2].strip("\n")

    def line(self, at: tuple[str, ...]) -> int:
        """Give the line of the whole text that a key stands on; 0 where it is not there."""
        found = self.file.lines.get(at, 0)
        return found and found + self.head.count("\n")

    def on_one_line(self, at: tuple[str, ...]) -> bool:
        """Tell whether a key stands on a line of its own, value and all."""
        begin, end = self._span(self.yaml.splitlines(), at)
        return end - begin == 1

    def with_body(self, body: str) -> str:
        """Give the text with another body."""
        return f"{self.head}{self.yaml}{FENCE}\n{body.strip()}\n"

    def with_value(self, at: tuple[str, ...], value: str, *, keep: bool) -> str:
        """Give the text with a value (YAML in one line) in a key's place; "" takes the key out.

        A key that is to be kept stays, with nothing in it.
        """
        lines = self.yaml.splitlines()
        begin, end = self._span(lines, at)
        plain = re.compile(rf"(\s*{re.escape(at[-1])}\s*:)(?:\s.*?)?(\s+#.*)?")
        found = plain.fullmatch(lines[begin]) if end - begin == 1 else None
        gone = not value and not keep
        if begin < 0 or (len(at) > 1 and (gone or not found)):
            lines = self._written_anew(lines, at, value)
        elif gone:
            del lines[begin:end]
        elif found:
            lines[begin] = f"{found[1]} {value}".rstrip() + (found[2] or "")
        else:
            lines[begin:end] = [f"{at[0]}: {value}".rstrip()]
        return self.head + "".join(f"{line}\n" for line in lines) + self.foot

    def _span(self, lines: list[str], at: tuple[str, ...]) -> tuple[int, int]:
        """Give the lines that a key takes, the second not included; -1 where it is not there."""
        if at not in self.file.lines:
            return -1, -1
        begin = self.file.lines[at] - 1
        deep = _indent(lines[begin])
        end = begin + 1
        while end < len(lines) and (
            not lines[end].strip()
            or _indent(lines[end]) > deep
            or (_indent(lines[end]) == deep and lines[end].lstrip().startswith(("- ", "]", "}")))
        ):
            end += 1
        while not lines[end - 1].strip():
            end -= 1
        return begin, end

    def _written_anew(self, lines: list[str], at: tuple[str, ...], value: str) -> list[str]:
        """Write a key that has no line of its own yet, and no more than must be of what is around.

        It is added under the nearest key above it that stands line by line; one that does not, or
        that would be empty, is written anew as a whole, or taken out.
        """
        near, added = self._nearest(lines, at), yaml.safe_load(value) if value else None
        if added is None and at not in self.file.lines:
            return lines
        begin, end = self._span(lines, near) if near else (len(lines), len(lines))
        if not near or (near != at and value and _opens(lines[begin], near[-1])):
            deep = _within(lines[begin:end]) if near else ""
            told = _dumped(_put({}, at[len(near) :], added), deep)
            return lines[:end] + (told if len(at) > 1 else [f"{at[0]}: {value}"]) + lines[end:]
        content = added if near == at else _put(self._content(near), at[len(near) :], added)
        if content in (None, {}):
            alone = len(near) > 1 and len(self._content(near[:-1])) == 1
            return (
                self._written_anew(lines, near[:-1], "") if alone else lines[:begin] + lines[end:]
            )
        told = _dumped({near[-1]: content}, " " * _indent(lines[begin]))
        return lines[:begin] + told + lines[end:]

    def _nearest(self, lines: list[str], at: tuple[str, ...]) -> tuple[str, ...]:
        """Give the longest beginning of a key's place that has a line of its own."""
        for depth in range(len(at), 0, -1):
            line = self.file.lines.get(at[:depth])
            if line and re.match(rf"\s*{re.escape(at[depth - 1])}\s*:", lines[line - 1]):
                return at[:depth]
        return ()

    def _content(self, at: tuple[str, ...]) -> Any:  # noqa: ANN401 - any YAML
        found: Any = self.file.content
        for key in at:
            found = found[key]
        return found


def _put(table: Any, at: tuple[str, ...], value: Any) -> dict[str, Any]:  # noqa: ANN401 - any YAML
    """Give a table with a value in it, or without it where there is none."""
    found = dict(table) if isinstance(table, dict) else {}
    inner = _put(found.get(at[0]), at[1:], value) if len(at) > 1 else value
    if inner in (None, {}):
        found.pop(at[0], None)
    else:
        found[at[0]] = inner
    return found


def _parted(text: str) -> tuple[str, str, str]:
    """Part a text at its fences: what stands before the front matter, it, what follows it."""
    lines = text.splitlines(keepends=True)
    fences = [place for place, line in enumerate(lines) if line.strip() == FENCE][:2]
    if len(fences) < 2 or any(line.strip() for line in lines[: fences[0]]):  # noqa: PLR2004
        return f"{FENCE}\n", "", f"{FENCE}\n{text}"
    first, second = fences
    return "".join(lines[: first + 1]), "".join(lines[first + 1 : second]), "".join(lines[second:])


def _opens(line: str, key: str) -> bool:
    """Tell whether a line begins a table that stands in the lines below it."""
    return bool(re.fullmatch(rf"\s*{re.escape(key)}\s*:\s*(#.*)?", line))


def _within(lines: list[str]) -> str:
    """Give what the keys of a table stand behind: its first line is the table's own."""
    said = (line for line in lines[1:] if line.strip() and not line.lstrip().startswith("#"))
    return " " * _indent(next(said, "  " + lines[0]))


def _dumped(content: dict[str, Any], deep: str) -> list[str]:
    told = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=10**6)
    return [deep + line for line in told.splitlines()]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
