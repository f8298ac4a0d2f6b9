"""Curve: the page of a backtest, lift against the number of variants, drawn to be read."""

import html
import math
import string
from collections.abc import Iterable, Sequence
from importlib.resources import files

from cardletter.segments.lift import Lift
from cardletter.segments.verdict import Backtest, Judged
from cardletter.segments.wanted import TASKS

WIDTH, HEIGHT = 300, 200
LEFT, RIGHT, ABOVE, BELOW = 46, 12, 12, 34
TITLES = {
    "favourites": ("Favourites", "among the {top} interests a member then spent most on"),
    "distinct": ("Distinct", "among the {top} that then set a member’s spending apart most"),
    "novel": ("Novel", "bought then, and not shortly before"),
}
STEPS, LINES = (0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0), 5
"""What may lie between two lines of the grid, and how many there are at most."""
APART = 22
"""What a number needs in width."""


def page(found: Backtest) -> str:
    """Write the page: one file, nothing loaded from elsewhere."""
    text = files("cardletter.segments").joinpath("backtest.html").read_text("utf-8")
    judged = (_charts(found), _table(found), _notes(found)) if found.as_set else ("", "", "")
    names = ("charts", "table", "notes")
    said = html.escape(summary(found))
    return string.Template(text).substitute(dict(zip(names, judged, strict=True)), said=said)


def summary(found: Backtest) -> str:
    """Say the result in plain words."""
    if found.as_set is None:
        return f"Too little data for a backtest: {found.too_little}."
    lift = found.as_set.own["favourites"]
    return (
        f"Had the letters of {found.as_set.variants} segments been made on {found.origin}, "
        f"{lift.precision:.0%} of what they showed would have been among members’ favourites of "
        f"the {found.days} days after, where one letter for all would have come to "
        f"{lift.base:.0%}: {percent(lift.lift, 1)} (in 95 of 100 drawings between "
        f"{percent(lift.low, 1)} and {percent(lift.high, 1)})."
    )


def _notes(found: Backtest) -> str:
    looked_at = f"{found.members:,} members were looked at"
    if found.members < found.of:
        looked_at += f", drawn by lot from {found.of:,}"
    fewer = found.as_set is not None and found.as_set.variants < found.asked
    lines = [
        f"{looked_at}; each letter shows {found.slots} interests.",
        *([f"{found.asked:,} segments are asked for: they suffice for no more."] if fewer else ()),
        f"Features: {found.features}, {found.why}.",
        "By lot: members in groups of the same sizes, drawn at random: what they reach is luck.",
        "Letters were not really sent: a hit is what was bought anyway.",
    ]
    items = "\n".join(f"<li>{html.escape(line)}</li>" for line in lines)
    return f"<ul>{items}</ul>"


def _table(found: Backtest) -> str:
    """Write the same as a table, the number that is set in bold."""
    rows = "\n".join(
        f"<tr{' class=set' if each == found.as_set else ''}><td>{each.variants}</td>"
        f"<td>{each.smallest}</td>"
        + "".join(f"<td>{_cell(each.own[task])}</td>" for task in TASKS)
        + f"<td>{_cell(each.by_lot['favourites'])}</td></tr>"
        for each in found.curve
    )
    heads = ("Variants", "Smallest", *(TITLES[task][0] for task in TASKS), "Favourites by lot")
    head = "".join(f"<th>{each}</th>" for each in heads)
    return f'<div class="wide"><table><tr>{head}</tr>\n{rows}</table></div>'


def in_markdown(found: Backtest) -> str:
    """Say the result, and write the table, for the page of the flow's run."""
    heads = ("Variants", "Smallest", *(TITLES[task][0] for task in TASKS), "Favourites by lot")
    rows = [heads, ("---",) * len(heads)]
    for each in found.curve:
        lifts = [each.own[task] for task in TASKS]
        cells = [f"{percent(n.lift, 1)} ({percent(n.low)} to {percent(n.high)})" for n in lifts]
        bold = "**" if each == found.as_set else ""
        by_lot = percent(each.by_lot["favourites"].lift, 1)
        rows.append((f"{bold}{each.variants}{bold}", str(each.smallest), *cells, by_lot))
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows) if found.curve else ""
    return f"{summary(found)}\n\n{table}".strip()


def _cell(lift: Lift) -> str:
    return f"{percent(lift.lift, 1)} <small>{percent(lift.low)} to {percent(lift.high)}</small>"


def percent(share: float, places: int = 0) -> str:
    """Write a lift as one reads it, with a true minus; nothing has no sign."""
    said = f"{share:+.{places}%}"
    return said.replace("-", "−") if said.strip("+-0.%") else said[1:]


def _charts(found: Backtest) -> str:
    figures = "\n".join(_figure(found, task) for task in TASKS)
    key = (
        "<i></i>segments<i class=lot></i>groups of the same sizes by lot; bands: 95 of 100 drawings"
    )
    return f'<div class="charts">{figures}</div>\n<p class="key">{key}</p>'


def _figure(found: Backtest, task: str) -> str:
    title, meaning = TITLES[task]
    return (
        f"<figure><figcaption><b>{title}</b> {meaning.format(top=found.top)}</figcaption>"
        f"{_chart(found.curve, found.as_set, task)}</figure>"
    )


def _chart(curve: Sequence[Judged], as_set: Judged | None, task: str) -> str:
    """Draw one task: a line with its interval as a band, and the control."""
    scale = _Scale(curve, task)
    parts = [*scale.grid()]
    for name, kind in (("lot", "by_lot"), ("own", "own")):
        lifts = [(each.variants, getattr(each, kind)[task]) for each in curve]
        up = [scale.at(n, lift.high) for n, lift in lifts]
        down = [scale.at(n, lift.low) for n, lift in reversed(lifts)]
        line = [scale.at(n, lift.lift) for n, lift in lifts]
        parts.append(f'<polygon class="{name}" points="{_points([*up, *down])}"/>')
        parts.append(f'<polyline class="{name}" points="{_points(line)}"/>')
        for (n, lift), (x, y) in zip(lifts, line, strict=True):
            marked = as_set is not None and n == as_set.variants and name == "own"
            parts.append(
                f'<circle class="{name}" cx="{x:.1f}" cy="{y:.1f}" r="{5 if marked else 3}">'
                f"<title>{n} variants: {percent(lift.lift)}</title></circle>"
            )
    label = f"Lift of {task} against the number of variants"
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{label}">'
        + "".join(parts)
        + "</svg>"
    )


def _points(points: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


class _Scale:
    """Where a number of variants (by its logarithm) and a lift stand in the picture."""

    def __init__(self, curve: Sequence[Judged], task: str) -> None:
        self.numbers = [each.variants for each in curve]
        lifts = [lift for each in curve for lift in (each.own[task], each.by_lot[task])]
        high = max(0.02, *(lift.high for lift in lifts))
        low = min(0.0, *(lift.low for lift in lifts))
        self.step = next((s for s in STEPS if (high - low) / s <= LINES), STEPS[-1])
        self.low = math.floor(low / self.step) * self.step
        self.high = math.ceil(high / self.step) * self.step

    def at(self, number: int, lift: float) -> tuple[float, float]:
        first, last = (math.log(max(n, 1)) for n in (self.numbers[0], self.numbers[-1]))
        part = (math.log(max(number, 1)) - first) / ((last - first) or 1)
        x = LEFT + 8 + part * (WIDTH - LEFT - RIGHT - 16)
        y = ABOVE + (self.high - lift) / (self.high - self.low) * (HEIGHT - ABOVE - BELOW)
        return x, y

    def grid(self) -> Iterable[str]:
        count = round((self.high - self.low) / self.step)
        for place in range(count + 1):
            lift = self.low + place * self.step
            _, y = self.at(self.numbers[0], lift)
            zero = ' class="zero"' if abs(lift) < self.step / 2 else ""
            yield f'<line{zero} x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
            yield f'<text class="lift" x="{LEFT - 6}" y="{y + 4:.1f}">{percent(lift)}</text>'
        taken = -math.inf
        for number in self.numbers:
            x, _ = self.at(number, 0)
            if x - taken >= APART:
                taken = x
                yield f'<text class="number" x="{x:.1f}" y="{HEIGHT - 16}">{number}</text>'
        yield f'<text class="axis" x="{(LEFT + WIDTH) / 2}" y="{HEIGHT - 2}">variants</text>'
