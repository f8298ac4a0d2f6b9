"""The doorway: what every web application here does to what comes in and what goes out."""

from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive, Send


def capped(receive: Receive, most: int) -> Receive:
    """Stop reading a body of more bytes than that, whatever its length was said to be."""
    read = 0

    async def receiving() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > most:
            raise HTTPException(413)
        return message

    return receiving


def dressed(send: Send, headers: Mapping[str, str]) -> Send:
    """Set the headers of every answer, but for those that it sets itself."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            own = MutableHeaders(scope=message)
            for name, value in headers.items():
                own.setdefault(name, value)
        await send(message)

    return sending
