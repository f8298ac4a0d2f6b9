"""The page of what changed: one file that needs nothing else, beside the wall."""

import html
import string
from importlib.resources import files

from cardletter.templates.comparing import KINDS, Comparison, Row, Seen

NOTHING = '<tr><td colspan="4">Nothing changed.</td></tr>'
FEW = "few"
LONG = 5
"""Changes of a letter that stand open."""


def page(found: Comparison) -> str:
    """Write the page."""
    text = files("cardletter.templates").joinpath("changes.html").read_text("utf-8")
    most = max([count or 0 for _, count in found.kinds], default=0) or 1
    return string.Template(text).substitute(
        edition=html.escape(found.edition),
        since=html.escape(found.since),
        notes=html.escape(" ".join(found.notes)),
        kinds="\n".join(_kind(words, count, most) for words, count in found.kinds),
        changes="\n".join(map(_seen, found.changes)) or NOTHING,
        rows="\n".join(map(_row, found.rows)) or NOTHING,
    )


def counted(members: int | None) -> str:
    """Write how many; of few never how few."""
    return FEW if members is None else f"{members:,}"


def _kind(words: str, count: int | None, most: int) -> str:
    width = f"{100 * (count or 0) / most:.1f}%"
    bar = f'<td class="bar"><i style="width: {width}"></i></td>'
    return f'<tr><td>{html.escape(words)}</td><td class="n">{counted(count)}</td>{bar}</tr>'


def _seen(each: Seen) -> str:
    where, how = html.escape(each.change.where), html.escape(each.change.how)
    numbers = f'<td class="n">{each.letters:,}</td><td class="n">{counted(each.members)}</td>'
    return f'<tr><td class="where">{where}</td><td>{how}</td>{numbers}</tr>'


def _row(row: Row) -> str:
    kind, name = html.escape(KINDS[row.kind]), html.escape(row.name)
    lines = "".join(f"<li>{html.escape(str(change))}</li>" for change in row.changes)
    told = f"<ul>{lines}</ul>"
    if len(row.changes) > LONG:
        told = f"<details><summary>{len(row.changes)} changes</summary>{told}</details>"
    names = " → ".join(f"<code>{name}</code>" for name in dict.fromkeys((row.before, row.after)))
    letter = f"<br>{names}" if row.after else ""
    cells = f'<td class="n">{counted(row.members)}</td><td>{told}</td>'
    return f'<tr><td class="kind">{kind}</td><td>{name}{letter}</td>{cells}</tr>'
