"""A quick endpoint for benchmarks: it answers SendBulkEmail at once, and looks at nothing.

`python -m cardletter.rehearsal.quick --port 0` prints its URL; GET / there gives how many calls and
entries it took. It answers one message id for every "Destination" that the body has, and, asked for
the account and for who may send, that anybody may, as fast as they like.
"""

import argparse
import asyncio
import json
import signal
import sys
from collections.abc import Sequence

END_OF_HEAD = b"\r\n\r\n"
LENGTH = b"content-length:"
ENTRY = b'"Destination"'
ACCOUNT, SENDER = b"get /v2/email/account ", b"get /v2/email/identities/"
READY = {
    "SendingEnabled": True,
    "ProductionAccessEnabled": True,
    "EnforcementStatus": "HEALTHY",
    "SendQuota": {"Max24HourSend": -1, "MaxSendRate": 1e6, "SentLast24Hours": 0},
}
VERIFIED = {"IdentityType": "DOMAIN", "VerifiedForSendingStatus": True}
ID = "0102000000000000-00000000-0000-4000-8000-{:012d}-000000"


class Count:
    """How much came."""

    calls = entries = 0


class Quick(asyncio.Protocol):
    """One connection."""

    def __init__(self, count: Count) -> None:
        """Count what comes."""
        self.count = count
        self.held = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer every request that is whole."""
        self.held += data
        while (end := self.held.find(END_OF_HEAD)) >= 0:
            head = bytes(self.held[:end]).lower()
            whole = end + len(END_OF_HEAD) + _length(head)
            if len(self.held) < whole:
                return
            self.transport.write(_response(self._answer(head, self.held[end:whole])))
            del self.held[:whole]

    def _answer(self, head: bytes, body: bytearray) -> bytes:
        if head.startswith((ACCOUNT, SENDER)):
            return json.dumps(READY if head.startswith(ACCOUNT) else VERIFIED).encode()
        if head.startswith(b"get"):
            return json.dumps({"calls": self.count.calls, "entries": self.count.entries}).encode()
        first, entries = self.count.entries, body.count(ENTRY)
        self.count.calls += 1
        self.count.entries += entries
        results = ",".join(
            f'{{"Status":"SUCCESS","MessageId":"{ID.format(first + number)}"}}'
            for number in range(entries)
        )
        return f'{{"BulkEmailEntryResults":[{results}]}}'.encode()


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        if line.startswith(LENGTH):
            return int(line.removeprefix(LENGTH))
    return 0


def _response(body: bytes) -> bytes:
    head = (
        f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def main(words: Sequence[str] | None = None) -> None:
    """Serve in this process until SIGTERM or SIGINT."""
    parser = argparse.ArgumentParser(prog="python -m cardletter.rehearsal.quick")
    parser.add_argument("--port", type=int, default=0)
    asyncio.run(_serve(parser.parse_args(words).port))


async def _serve(port: int) -> None:
    loop, count, enough = asyncio.get_running_loop(), Count(), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, enough.set)
    server = await loop.create_server(lambda: Quick(count), "127.0.0.1", port)
    sys.stdout.write(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await enough.wait()
    server.close()


if __name__ == "__main__":
    main()
