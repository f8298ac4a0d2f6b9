"""A queue as SQS has them: what is received is hidden for a while, and deleted by its handle."""

import heapq
import itertools
import time
import uuid
from collections import deque
from dataclasses import dataclass, field


@dataclass
class Message:
    """A message in a queue."""

    body: str
    message_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    sent_at: float = field(default_factory=time.time)
    first_received_at: float = 0.0
    receives: int = 0
    handle: str = ""


@dataclass
class Queue:
    """Holds messages; one received too often goes to the dead-letter queue."""

    name: str
    dead: "Queue | None" = None
    visibility: float = 30.0
    """Seconds for which a received message is hidden."""
    most_receives: int = 5

    def __post_init__(self) -> None:
        """Begin empty."""
        self.ready: deque[Message] = deque()
        self.hidden: dict[str, Message] = {}
        self.until: list[tuple[float, str]] = []
        self.number = itertools.count(1)

    def put(self, body: str) -> Message:
        """Put a message at the end."""
        message = Message(body)
        self.ready.append(message)
        return message

    def receive(self, most: int, visibility: float | None = None) -> list[Message]:
        """Take messages from the front, and hide them."""
        self.show_again()
        found: list[Message] = []
        while self.ready and len(found) < most:
            message = self.ready.popleft()
            if self.dead is not None and message.receives >= self.most_receives:
                self.dead.ready.append(message)
                message.receives = 0
                continue
            message.receives += 1
            message.first_received_at = message.first_received_at or time.time()
            message.handle = f"{self.name}/{message.message_id}/{next(self.number)}"
            self._hide(message, self.visibility if visibility is None else visibility)
            found.append(message)
        return found

    def delete(self, handle: str) -> None:
        """Delete a hidden message; one that was shown again stays, as SQS may well have it."""
        self.hidden.pop(handle, None)

    def change(self, handle: str, seconds: float) -> bool:
        """Hide a message for so long from now; tell whether it was hidden."""
        self.show_again()
        message = self.hidden.get(handle)
        if message is None:
            return False
        self.until = [(at, other) for at, other in self.until if other != handle]
        heapq.heapify(self.until)
        self._hide(message, seconds)
        self.show_again()
        return True

    def show_again(self) -> None:
        """Put back what nobody deleted in time."""
        now = time.monotonic()
        while self.until and self.until[0][0] <= now:
            _, handle = heapq.heappop(self.until)
            message = self.hidden.pop(handle, None)
            if message is not None:
                self.ready.append(message)

    def next_shown(self) -> float:
        """Give the seconds until a hidden message may show again."""
        return max(0.0, self.until[0][0] - time.monotonic()) if self.until else float("inf")

    def owns(self, handle: str) -> bool:
        """Tell whether a handle has the form of this queue's."""
        return handle.startswith(self.name + "/")

    def _hide(self, message: Message, seconds: float) -> None:
        self.hidden[message.handle] = message
        heapq.heappush(self.until, (time.monotonic() + seconds, message.handle))
