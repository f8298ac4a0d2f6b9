"""The page of what if: one file that needs nothing else."""

import html
import string
from collections.abc import Iterable, Sequence
from importlib.resources import files

from cardletter.content.standing import Standing
from cardletter.content.whatif import Changes, Loss, Reach, WhatIf

NOTHING = '<tr><td colspan="5">Nothing changes.</td></tr>'


def page(edition: str, changes: Changes, found: WhatIf, items: Sequence[Standing]) -> str:
    """Write the page."""
    text = files("cardletter.content").joinpath("whatif.html").read_text("utf-8")
    return string.Template(text).substitute(
        edition=html.escape(edition),
        changes=html.escape(told(changes)),
        summary=html.escape(summary(found)),
        reach="\n".join(map(_reach, found.reach)) or NOTHING,
        losses="\n".join(map(_loss, found.losses)) or NOTHING,
        standing="\n".join(map(_standing, items)),
    )


def told(changes: Changes) -> str:
    """Say what is tried."""
    parts = [f"{name} is banned" for name in changes.ban]
    parts += [f"{name} counts {times:g} times" for name, times in (changes.raised or {}).items()]
    parts += [
        f"{name} is shown to {most:,} at most" for name, most in (changes.budgets or {}).items()
    ]
    return "; ".join(parts) + "." if parts else "Nothing is changed: the edition as it stands."


def summary(found: WhatIf) -> str:
    """Say in a line what comes of it."""
    line = f"What all letters are worth to their readers: {found.lift:+.1%}."
    if found.gap:
        line += f" The budgets' plan is within {found.gap:.1%} of the best there could be."
    if found.dropped:
        line += (
            f" Shown to nobody, as too few may see what was promised: {', '.join(found.dropped)}."
        )
    if found.untold:
        segments = "segment" if found.untold == 1 else "segments"
        line += f" In {found.untold:,} more {segments} the letters of a few members change."
    return line


def _cells(cells: Iterable[tuple[str, str]]) -> str:
    told_ = "".join(f'<td class="{kind}">{html.escape(text)}</td>' for kind, text in cells)
    return f"<tr>{told_}</tr>"


def _reach(each: Reach) -> str:
    change = (f"n {'up' if each.rises else 'down'}", each.change)
    return _cells([("", each.title), ("n", each.now), ("n", each.then), change])


def _loss(each: Loss) -> str:
    return _cells(
        [
            ("", each.segment),
            ("n", f"{each.members:,}"),
            ("", ", ".join(each.lost)),
            ("", ", ".join(each.gained)),
            (f"n {'up' if each.lift > 0 else 'down'}", f"{each.lift:+.1%}"),
        ]
    )


def _standing(each: Standing) -> str:
    return _cells([("", each.title), ("n", each.members), ("n", each.most), ("", each.why)])
