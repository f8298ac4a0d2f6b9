"""The scribe: writes down what members say, as many at once as have spoken meanwhile.

A commit waits for the disk. So while one is being made, the next visits gather, and are recorded
together in one transaction: 32 members who unsubscribe at the same time wait for two commits, not
for 32. Each is answered only when what they said is on the disk.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from anyio import to_thread
from sqlalchemy.exc import OperationalError

from cardletter.errors import BusyError
from cardletter.ledger import Ledger, Visit

Waiting = tuple[Visit, "asyncio.Future[int | None]"]


@dataclass
class Scribe:
    """Writes visits into a ledger."""

    ledger: Ledger
    waiting: list[Waiting] = field(default_factory=list)
    at_work: asyncio.Task[None] | None = None

    async def write(self, visit: Visit) -> int | None:
        """Record a visit; give how much of it was new, or None where the member was erased."""
        done: asyncio.Future[int | None] = asyncio.get_running_loop().create_future()
        self.waiting.append((visit, done))
        if self.at_work is None or self.at_work.done():
            self.at_work = asyncio.create_task(self._work())
        return await done

    async def _work(self) -> None:
        while self.waiting:
            batch, self.waiting = self.waiting, []
            await self._record(batch)

    async def _record(self, batch: Sequence[Waiting]) -> None:
        """Record visits together; where one of them cannot be, one by one."""
        try:
            found = await to_thread.run_sync(self.ledger.visits, [visit for visit, _ in batch])
        except Exception as error:  # noqa: BLE001 - whoever waits is told of it
            # A ledger out of reach is out of reach for each of them.
            if len(batch) > 1 and not isinstance(error, OperationalError | BusyError):
                for each in batch:
                    await self._record([each])
            else:
                _tell(batch, error)
        else:
            for (_, done), new in zip(batch, found, strict=True):
                if not done.cancelled():
                    done.set_result(new)


def _tell(batch: Sequence[Waiting], error: Exception) -> None:
    for _, done in batch:
        if not done.cancelled():
            done.set_exception(error)
