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
        """Write a whole top key: one that is not there yet, or that does not stand line by line."""
        top = at[0]
        begin, end = self._span(lines, at[:1])
        content: Any = yaml.safe_load(value) if value else None
        if len(at) > 1:
            content = _put(self.file.content.get(top), at[1:], content)
        if content in (None, {}):
            return lines if begin < 0 else lines[:begin] + lines[end:]
        dumped = yaml.safe_dump({top: content}, allow_unicode=True, sort_keys=False, width=10**6)
        whole = dumped.splitlines() if len(at) > 1 else [f"{top}: {value}"]
        begin, end = (len(lines), len(lines)) if begin < 0 else (begin, end)
        return lines[:begin] + whole + lines[end:]


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


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
