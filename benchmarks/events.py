"""Time the taking in of SES events, against a bare insert of the same rows into the same table.

A project with so many messages is made, and for each a Send, a Delivery, and for some a bounce, an
open and a click, in a random order and some of them twice, as JSON lines of the size SES writes.
Everything is then taken in from the file as `cardletter ingest FILE` does: read strictly, matched
to its message, permission to track looked up, kept, its effects done. The limit is the same rows
put into an empty table of the same form, in transactions of the same size.

    python benchmarks/events.py [--messages 50000]
"""

import argparse
import json
import random
import resource
import shutil
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table
from sqlalchemy import insert, select

from cardletter import starter
from cardletter.feedback import open_inbox, take_in
from cardletter.feedback.ingest import BATCH
from cardletter.ledger import Planned, now, open_ledger
from cardletter.ledger.schema import EVENTS, STANDING
from cardletter.workspace import Workspace

EDITION = "2026-12"
AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36"
BOTH = {"marketing": True, "tracked": True}
Json = dict[str, object]
screen = Console()


def prepared(folder: Path, count: int) -> Workspace:
    """Make a project whose members were all sent to and may all be tracked."""
    desk = open_inbox(starter.unpack(folder))
    ledger, links = desk.ledger, desk.links
    with ledger.writing() as connection:
        row = {"state": "granted", "occurred_at": now(), "method": "web_form", "jurisdiction": ""}
        who = [(f"m{n}", p) for n in range(count) for p in ("newsletter", "tracking")]
        rows = [row | {"member_id": m, "purpose": p, "consent_id": 0} for m, p in who]
        connection.execute(insert(STANDING), rows)
    ledger.plan(EDITION, "plan", "ses")
    planned = (
        Planned(f"m{n}", f"{n:024x}", "v", None, links.address_key(address(n)), **BOTH)
        for n in range(count)
    )
    ledger.plan_sends(EDITION, planned, 50)
    epoch = ledger.begin_sending(EDITION)
    while not isinstance(claim := ledger.claim(EDITION, epoch, timedelta(minutes=5)), str):
        ledger.done(claim, [f"0102-{message}" for _, message in claim.members], {})
    return desk


def address(number: int) -> str:
    """Give a member's address."""
    return f"reader{number}@mail.example"


def told(number: int, kind: str, section: Json) -> str:
    """Write an event as SES does, headers and all."""
    headers = [{"name": f"X-Header-{each}", "value": "x" * 40} for each in range(12)]
    mail = {
        "timestamp": "2026-11-20T10:00:00.000Z",
        "messageId": f"0102-{number:024x}",
        "source": "The Letter <letter@larkfield.example>",
        "sendingAccountId": "123456789012",
        "destination": [address(number)],
        "headers": headers,
        "commonHeaders": {"subject": "Tea and cake", "to": [address(number)]},
        "tags": {"edition": [EDITION], "message": [f"{number:024x}"]},
    }
    return json.dumps({"eventType": kind, "mail": mail, kind.lower(): section})


def write(file: Path, count: int) -> int:
    """Write events of all messages, shuffled, one in twenty of them twice; give how many."""
    chance = random.Random(7)  # noqa: S311 - invented events
    at = {"timestamp": "2026-11-20T10:00:09.000Z"}
    lines: list[str] = []
    for n in range(count):
        lines.append(told(n, "Send", {}))
        if chance.random() < 0.02:
            who = [{"emailAddress": address(n), "status": "5.1.1"}]
            bounce = {"bounceType": "Permanent", "bounceSubType": "NoEmail", "feedbackId": f"f{n}"}
            lines.append(told(n, "Bounce", at | bounce | {"bouncedRecipients": who}))
            continue
        lines.append(told(n, "Delivery", at | {"recipients": [address(n)]}))
        lines.append(told(n, "Open", at | {"userAgent": AGENT, "ipAddress": "192.0.2.1"}))
        if chance.random() < 0.1:
            link = "https://larkfield.example/tea"
            lines.append(told(n, "Click", at | {"userAgent": AGENT, "link": link}))
    lines += chance.sample(lines, len(lines) // 20)
    chance.shuffle(lines)
    file.write_text("\n".join(lines), encoding="utf-8")
    return len(lines)


def bare(folder: Path, rows: list[Json]) -> float:
    """Put the same rows into an empty ledger; give the seconds."""
    ledger = open_ledger(folder)
    ledger.rows(select(EVENTS.c.event_id))
    began = time.perf_counter()
    for start in range(0, len(rows), BATCH):
        with ledger.writing() as connection:
            connection.execute(insert(EVENTS), rows[start : start + BATCH])
    return time.perf_counter() - began


def main() -> None:
    """Run it and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--messages", type=int, default=50_000)
    asked = parser.parse_args()
    room = Path(tempfile.mkdtemp(prefix="cardletter-bench-"))
    try:
        desk = prepared(room / "letter", asked.messages)
        count = write(room / "events.jsonl", asked.messages)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        began, cpu = time.perf_counter(), time.process_time()
        taken = take_in(desk, room / "events.jsonl")
        seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        if not taken.adds_up or taken.told != count or taken.orphans or taken.set_aside:
            sys.exit("the counts do not add up")
        names = [column.name for column in EVENTS.columns if column.name != "event_id"]
        rows = desk.ledger.rows(select(*(EVENTS.c[name] for name in names)))
        limit = bare(room / "bare", rows)
        table = Table("what", "events", "seconds", "per second", title="Events taken in")
        table.add_row("taken in", f"{count:,}", f"{seconds:.1f}", f"{count / seconds:,.0f}")
        table.add_row("of which on a processor", "", f"{cpu:.1f}", f"{count / cpu:,.0f}")
        rate = len(rows) / limit
        table.add_row("the limit: bare inserts", f"{len(rows):,}", f"{limit:.1f}", f"{rate:,.0f}")
        screen.print(table)
        screen.print(f"ratio {count / seconds / rate:.2f}; memory grew by {grown / 1024:.0f} MB")
    finally:
        shutil.rmtree(room)


if __name__ == "__main__":
    main()
