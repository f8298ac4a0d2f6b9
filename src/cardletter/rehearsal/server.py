"""The server: an event loop with connections, in a thread of its own or in the main one."""

import asyncio
import contextlib
import threading
from collections.abc import Callable

from cardletter.rehearsal.wire import Asked, Connection

HOST = "127.0.0.1"
LINE = 256 * 1024


class Server:
    """Serves on loopback until it is told to stop."""

    def __init__(self, asked: Asked, port: int = 0) -> None:
        """Ask a function for every answer; port 0 is any that is free."""
        self.asked, self.port = asked, port
        self.open: set[asyncio.Task[None]] = set()
        self.loop: asyncio.AbstractEventLoop | None = None
        self.enough = asyncio.Event()

    async def run(self, ready: Callable[[], None]) -> None:
        """Serve; say when the port is known. Whatever is open at the end is cut off."""
        self.loop = asyncio.get_running_loop()
        server = await asyncio.start_server(self._connected, HOST, self.port, limit=LINE)
        self.port = server.sockets[0].getsockname()[1]
        ready()
        try:
            await self.enough.wait()
        finally:
            server.close()
            for task in self.open:
                task.cancel()
            await asyncio.gather(*self.open, return_exceptions=True)
            await server.wait_closed()

    def stop(self) -> None:
        """Stop, from whichever thread."""
        if self.loop is not None:
            with contextlib.suppress(RuntimeError):  # it has stopped already
                self.loop.call_soon_threadsafe(self.enough.set)

    def within(self, task: Callable[[], None]) -> None:
        """Do something in the loop's own thread, and wait until it is done."""

        async def done() -> None:
            task()

        try:
            asyncio.get_running_loop()
        except RuntimeError:
            if self.loop is None:
                raise RuntimeError("the stand-in is not serving") from None
            asyncio.run_coroutine_threadsafe(done(), self.loop).result()
        else:
            task()

    @property
    def url(self) -> str:
        """Give the address that clients use as their endpoint."""
        return f"http://{HOST}:{self.port}"

    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(
            Connection(self.asked, reader, writer).serve()
        )
        self.open.add(task)
        task.add_done_callback(self.open.discard)


class Thread:
    """Runs a server in a thread."""

    def __init__(self, server: Server) -> None:
        """Start it; on return its port is known.

        Raises:
            OSError: the port is taken.
        """
        self.server = server
        self.ready = threading.Event()
        self.wrong: OSError | None = None
        self.thread = threading.Thread(target=self._run, name="standin", daemon=True)
        self.thread.start()
        self.ready.wait()
        if self.wrong is not None:
            raise self.wrong

    def stop(self) -> None:
        """Stop it, and wait until its thread has ended."""
        self.server.stop()
        self.thread.join()

    def _run(self) -> None:
        try:
            asyncio.run(self.server.run(self.ready.set))
        except OSError as error:
            self.wrong = error
        finally:
            self.ready.set()
