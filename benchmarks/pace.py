"""Pace: an edition at an account's rate, for as long as it takes, against the stand-in for SES.

Prints how much of the rate is used, the busiest second wherever it begins, by the stand-in's own
log, how often it said "too fast", and the sender's memory after a tenth and at the end.

    python benchmarks/pace.py [--members 200000] [--rate 150]      # 22 minutes
"""

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil

from cardletter.ledger import Limits
from cardletter.rehearsal import read_log
from sending import CREDENTIALS, House


def main() -> None:
    """Send, and print what the log says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=200_000)
    parser.add_argument("--rate", type=float, default=150)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        room = Path(name)
        log = room / "accepted.jsonl"
        command = [sys.executable, "-m", "cardletter.rehearsal.standin", "--forget"]
        command += ["--log", str(log), "--account", f"max_send_rate={asked.rate}"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout
            url = process.stdout.readline().strip()
            os.environ |= CREDENTIALS | {"CARDLETTER_SES__ENDPOINT_URL": url}
            _send(House(room, url, asked.members, ""), asked.rate, asked.members)
            process.terminate()
        found = read_log(log)
    first, last = found.accepted[0].clock, found.accepted[-1].clock
    # The last call's moment ends a window that began with the first's.
    used = (len(found.accepted) - 1) / (last - first) / asked.rate
    throttled = sum(call.error == "TooManyRequestsException" for call in found.calls)
    print(f"{len(found.accepted):,} messages in {last - first:,.0f} s: {used:.1%} of the rate")
    print(
        f"busiest second: {found.most_in_a_second():,.0f} taken, "
        f"{found.most_asked_in_a_second():,.0f} asked for, of {asked.rate:,.0f}"
    )
    print(
        f"told to be slower: {throttled:,}; taken twice: "
        f"{sum(n > 1 for n in found.copies().values())}"
    )


def _send(house: House, rate: float, members: int) -> None:
    post = house.post(size=house.transport().size(Limits(rate)), connections=2)
    post.keep(Limits(rate))
    memory = psutil.Process()
    early = threading.Timer(members / rate / 10, lambda: seen.append(memory.memory_info().rss))
    seen: list[int] = []
    early.start()
    began = time.perf_counter()
    post.work(members)
    seen.append(memory.memory_info().rss)
    print(
        f"sent in {time.perf_counter() - began:,.0f} s; memory "
        + " then ".join(f"{size / 2**20:,.0f} MB" for size in seen)
    )


if __name__ == "__main__":
    main()
