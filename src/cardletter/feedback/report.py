"""The report of an edition: what was made, for whom, and what became of it."""

import html
import string
from importlib.resources import files

from cardletter.errors import Finding
from cardletter.feedback.accounts import Accounts, read_accounts
from cardletter.feedback.arms import Arm, read_arms, verdict
from cardletter.feedback.figures import figures
from cardletter.ledger import now
from cardletter.permission import REASONS
from cardletter.progress import Counts, in_words
from cardletter.segments import Segment, read_backtest, read_segments
from cardletter.segments.curve import summary
from cardletter.workspace import Workspace, stage

REPORT = "report.html"


@stage("report")
def report(desk: Workspace) -> Counts:
    """Write report.html and close the edition's accounts.

    Raises:
        AccountsError: candidates are not the sum of their outcomes; the edition stays unfinished.
    """
    accounts = read_accounts(desk)
    accounts.add_up()
    if accounts.finished or (not accounts.held and _too_late(desk)):
        desk.ledger.finish(desk.edition)
    page = string.Template(files("cardletter.feedback").joinpath(REPORT).read_text("utf-8"))
    segments = read_segments(desk)
    parts = {
        "edition": desk.edition,
        "note": desk.read_json("sources.json")["about"],
        "candidates": f"{accounts.candidates:,}",
        "sent": f"{accounts.sent:,}",
        "refused": f"{sum(accounts.refused.values()):,}",
        "held": f"{accounts.held:,}",
        "unknown": f"{accounts.unknown:,}",
    }
    escaped = {name: html.escape(value) for name, value in parts.items()}
    tables = {
        "reasons": _rows(_reasons(accounts)),
        "segments": _rows(_segments(segments)),
        "stages": _rows(_stages(desk)),
        "came_back": _came_back(desk),
        "approval": _approval(desk),
        "backtest": _backtest(desk),
        "findings": _rows(_findings(desk)),
    }
    desk.write(REPORT, page.substitute(escaped | tables))
    refused = sum(accounts.refused.values())
    return {"candidates": accounts.candidates, "sent": accounts.sent, "refused": refused}


def _too_late(desk: Workspace) -> bool:
    """Tell whether nobody in doubt can be sent to any more."""
    known = desk.ledger.edition(desk.edition) or {}
    return bool(known.get("not_after") and known["not_after"] < now())


def made(desk: Workspace) -> dict[str, int | str]:
    """Give what was made for an edition: segments, variants, and the slowest stage."""
    stages = desk.read_json("stages.json")
    slowest = max(stages, key=lambda name: stages[name]["seconds"])
    return {
        "segments": len(read_segments(desk)),
        "variants": desk.read_json("plan.json")["variants"],
        "slowest stage": f"{slowest}, {stages[slowest]['seconds']:.1f} s",
    }


def _reasons(accounts: Accounts) -> list[tuple[object, ...]]:
    return [
        (REASONS[name], f"{accounts.refused[name]:,}")
        for name in REASONS
        if name in accounts.refused
    ]


def _came_back(desk: Workspace) -> str:
    """Write what came back of the messages, if anything did."""
    found: list[tuple[object, ...]] = list(figures(desk.ledger, desk.edition).items())
    head = '<h2>What came back</h2>\n<div class="wide"><table><tr><th>Messages</th><th></th></tr>'
    came_back = f"{head}\n{_rows(found)}\n</table></div>" if found else ""
    return came_back + _subjects(read_arms(desk))


def _subjects(arms: list[Arm]) -> str:
    """Write how two subjects did that were tried against each other."""
    if not arms:
        return ""
    head = "".join(f"<th>{each}</th>" for each in ("", "Subject", "Sent", "Clicked", "Share"))
    table = f'<div class="wide"><table><tr>{head}</tr>\n{_rows([arm.row() for arm in arms])}\n'
    said = html.escape(verdict(*arms))
    return f"<h2>Two subjects</h2>\n<p>{said}</p>\n{table}</table></div>"


def _approval(desk: Workspace) -> str:
    """Say who approved the edition, when, and until when it holds; the last who did comes last."""
    given = desk.ledger.approvals(desk.edition)
    told = [
        f"{act['given_by']} approved it on {act['given_at']:%Y-%m-%d %H:%M} UTC, "
        f"until {act['expires_at']:%Y-%m-%d %H:%M} UTC" + (f": {act['why']}" if act["why"] else "")
        for act in given
    ]
    return "".join(f"<p>{html.escape(each)}</p>" for each in told or ["Nobody approved it."])


def _backtest(desk: Workspace) -> str:
    """Say what the last backtest found, if the run made one."""
    if not (found := read_backtest(desk)):
        return ""
    more = ' <a href="backtest.html">See how it hangs on the number of variants.</a>'
    said = html.escape(summary(found)) + (more if found.as_set else "")
    return f"<h2>Would it have hit?</h2>\n<p>{said}</p>"


def _segments(segments: list[Segment]) -> list[tuple[object, ...]]:
    return [
        (each.segment_id, each.name, f"{each.size:,}", ", ".join(map(str, each.traits[:4])))
        for each in segments
    ]


def _stages(desk: Workspace) -> list[tuple[object, ...]]:
    stages = desk.read_json("stages.json")
    return [
        (name, f"{noted.pop('seconds'):.2f}", in_words(noted)) for name, noted in stages.items()
    ]


def _findings(desk: Workspace) -> list[tuple[object, ...]]:
    found = [Finding(**fields) for fields in desk.read_json("findings.json")]
    return [(finding.severity, finding, finding.hint) for finding in found]


def _rows(rows: list[tuple[object, ...]]) -> str:
    """Write table rows, everything in them escaped."""
    cells = ("".join(f"<td>{html.escape(str(cell))}</td>" for cell in row) for row in rows)
    return "\n".join(f"<tr>{row}</tr>" for row in cells) or "<tr><td>none</td></tr>"
