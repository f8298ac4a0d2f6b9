"""Time one-click unsubscribes: so many clients at once against `cardletter serve` on this machine.

Every request is of another member, so that each is a commit on the disk; then the same again, which
records nothing. For comparison, the same commits without a server around them, one after the other.
Clients, server and database share this machine's cores: compare ratios, not absolute figures.

    python benchmarks/unsubscribe.py [--requests 3000] [--clients 32]
"""

import argparse
import asyncio
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from cardletter import starter, workspace
from cardletter.ledger import Act, Visit
from cardletter.workspace import Workspace

EDITION = "2026-12"
BODY = b"List-Unsubscribe=One-Click"
HEAD = (
    "POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 26\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
)
SERVE = "from cardletter.cli import main; main()"
NAMES = ("one click, another member each time", "the same again: nothing to record")
WARM = 100
screen = Console()


@dataclass
class Timed:
    """What a row of the table tells."""

    name: str
    seconds: float
    each: list[float]


async def ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str) -> float:
    """Unsubscribe one member; give the seconds it took."""
    began = time.perf_counter()
    writer.write(HEAD.format(path=path).encode() + BODY)
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
    await reader.readexactly(length)
    if not head.startswith(b"HTTP/1.1 200"):
        sys.exit(f"refused: {head.splitlines()[0].decode()}")
    return time.perf_counter() - began


async def clients(name: str, port: int, paths: list[str], count: int) -> Timed:
    """Let so many clients ask for all paths, each as soon as it was answered."""
    left, each = list(paths), list[float]()

    async def client() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while left:
            each.append(await ask(reader, writer, left.pop()))
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(count)))
    return Timed(name, time.perf_counter() - began, each)


def bare(desk: Workspace, members: list[str]) -> Timed:
    """Record the same acts without a server."""
    ledger, each = desk.ledger, list[float]()
    began = time.perf_counter()
    for member in members:
        act = Act(member, "newsletter", "withdrawn", "one_click", "header", source="bench")
        at = time.perf_counter()
        ledger.visit(Visit(member, "", "bench", acts=[act]))
        each.append(time.perf_counter() - at)
    return Timed("the limit: the same commits, no server", time.perf_counter() - began, each)


def prepared(folder: Path, members: list[str]) -> Workspace:
    """Make a project whose members all said yes."""
    desk = workspace.open_edition(EDITION, starter.unpack(folder))
    desk.ledger.act(
        *(Act(m, "newsletter", "granted", "web_form", "Yes.", source="bench") for m in members)
    )
    return desk


def started(project: Path) -> tuple[subprocess.Popen[bytes], int]:
    """Serve a project; give the process and its port once it answers."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-c", SERVE, "serve", "--port", str(port), "--project", str(project)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    while process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            time.sleep(0.1)
        else:
            return process, port
    sys.exit("the server did not start")


def show(rows: list[Timed], count: int) -> None:
    """Print the table."""
    title = f"One-click unsubscribe, {count} clients at once"
    table = Table("what", "requests", "per second", "p50 ms", "p99 ms", "max ms", title=title)
    for row in rows:
        p50, p99 = np.percentile(row.each, [50, 99])
        cells = (f"{1000 * each:.1f}" for each in (p50, p99, max(row.each)))
        rate = len(row.each) / row.seconds
        table.add_row(row.name, f"{len(row.each):,}", f"{rate:,.0f}", *cells)
    screen.print(table)


def main() -> None:
    """Run it and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--requests", type=int, default=3_000)
    parser.add_argument("--clients", type=int, default=32)
    asked = parser.parse_args()
    room = Path(tempfile.mkdtemp(prefix="cardletter-bench-"))
    members = [f"m{number:06d}" for number in range(asked.requests)]
    try:
        desk = prepared(room / "letter", members + [f"bare-{m}" for m in members])
        rows = [bare(desk, [f"bare-{m}" for m in members])]
        links = desk.links
        paths = [f"/unsubscribe/{links.token('unsubscribe', m, EDITION)}" for m in members]
        paths, warm = paths[WARM:], paths[:WARM]
        process, port = started(desk.project)
        try:
            asyncio.run(clients("to warm up", port, warm, asked.clients))
            rows += [asyncio.run(clients(name, port, paths, asked.clients)) for name in NAMES]
        finally:
            process.terminate()
            process.wait()
        show(rows, asked.clients)
    finally:
        shutil.rmtree(room)


if __name__ == "__main__":
    main()
