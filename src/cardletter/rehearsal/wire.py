"""The wire: HTTP/1.1 by hand, so that a connection can hang, be reset, or be cut half-way."""

import asyncio
import contextlib
import socket
import struct
from collections.abc import Awaitable, Callable

import h11

from cardletter.rehearsal.answers import HALF, HANG, PLAIN, RESET, TORN, Answer, Request

Asked = Callable[[Request], Awaitable[Answer]]
AT_ONCE = struct.pack("ii", 1, 0)
"""SO_LINGER: closing sends RST, not FIN."""
CHUNK = 256 * 1024
A_MOMENT = 0.05
"""Seconds in which half an answer reaches the client, before the reset overtakes it."""


class Connection:
    """One client's connection."""

    def __init__(
        self, asked: Asked, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Ask a function for every answer."""
        self.asked, self.reader, self.writer = asked, reader, writer
        self.http = h11.Connection(h11.SERVER, max_incomplete_event_size=CHUNK)

    async def serve(self) -> None:
        """Answer requests until one side closes."""
        try:
            while (request := await self._request()) is not None:
                answer = await self.asked(request)
                await self._give(answer)
                if answer.manner != PLAIN or self.http.our_state is h11.MUST_CLOSE:
                    break
                self.http.start_next_cycle()
        except (h11.ProtocolError, ConnectionError):
            pass  # whoever speaks no HTTP, or leaves, gets no answer
        finally:
            self.writer.close()
            with contextlib.suppress(ConnectionError):
                await self.writer.wait_closed()

    async def _request(self) -> Request | None:
        head: h11.Request | None = None
        body = bytearray()
        while True:
            event = self.http.next_event()
            if event is h11.NEED_DATA:
                await self._read()
            elif isinstance(event, h11.Request):
                head = event
            elif isinstance(event, h11.Data):
                body += event.data
            elif isinstance(event, h11.EndOfMessage) and head is not None:
                return _request(head, bytes(body))
            else:
                return None

    async def _read(self) -> None:
        if self.http.they_are_waiting_for_100_continue:
            go_on = h11.InformationalResponse(status_code=100, headers=[])
            self.writer.write(self.http.send(go_on))
        self.http.receive_data(await self.reader.read(CHUNK))

    async def _give(self, answer: Answer) -> None:
        """Give an answer in its manner.

        Raises:
            ConnectionError: the client left.
        """
        if answer.wait:
            await self._wait(answer.wait)
        if answer.manner == RESET:
            _reset(self.writer)
        elif answer.manner != HANG:
            self.writer.write(self._bytes(answer))
            await self.writer.drain()
            if answer.manner == TORN:
                await asyncio.sleep(A_MOMENT)
                _reset(self.writer)

    async def _wait(self, seconds: float) -> None:
        """Wait, at most until the client leaves: it has nothing to say before an answer."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self.reader.read(1)
                raise ConnectionAbortedError

    def _bytes(self, answer: Answer) -> bytes:
        headers = [*answer.headers.items(), ("Content-Length", str(len(answer.body)))]
        head = h11.Response(status_code=answer.status, headers=headers)
        given = [self.http.send(head), self.http.send(h11.Data(data=answer.body))]
        if answer.manner in {HALF, TORN}:
            return given[0] + answer.body[: len(answer.body) // 2]
        return b"".join(part for part in (*given, self.http.send(END)))


END = h11.EndOfMessage()


def _request(head: h11.Request, body: bytes) -> Request:
    path, _, query = head.target.decode("ascii").partition("?")
    headers = {name.decode("ascii"): value.decode("latin-1") for name, value in head.headers}
    return Request(head.method.decode("ascii"), path, query, headers, body)


def _reset(writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):  # a client that died meanwhile has no need of it
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
    writer.transport.abort()
