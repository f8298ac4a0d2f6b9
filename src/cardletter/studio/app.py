"""The application: the page, what it may ask for, and the guard before both."""

import asyncio
import secrets
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from cardletter.errors import CardletterError, SettingsError
from cardletter.settings import load
from cardletter.studio import asking, pages
from cardletter.studio.files import ConflictError, NoFileError
from cardletter.studio.guard import Guard
from cardletter.studio.open_project import OpenProject
from cardletter.studio.watching import watch
from cardletter.studio.worker import Worker


def create_app(project: Path, port: int, token: str) -> FastAPI:
    """Make the application of a newsletter project, for one port of this machine.

    Raises:
        SettingsError: there is no project.
    """
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=_open)
    app.state.project = OpenProject(load(project).project)
    app.include_router(asking.router)
    app.include_router(pages.router)
    app.add_middleware(Guard, port=port, token=token)
    app.add_exception_handler(CardletterError, _refused)
    return app


def serve(project: Path, port: int, opened: Callable[[str], None]) -> None:
    """Serve until stopped; `opened` is told the address, which holds the token.

    The token stands behind a #, so that no browser sends it anywhere.

    Raises:
        SettingsError: the port is taken.
    """
    token = secrets.token_urlsafe(24)
    config = uvicorn.Config(
        create_app(project, port, token),
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    try:
        listening = socket.create_server(("127.0.0.1", port))
    except OSError:
        raise SettingsError(f"Port {port} is taken: choose another with --port.") from None
    with listening:
        opened(f"http://127.0.0.1:{port}/#{token}")
        uvicorn.Server(config).run(sockets=[listening])


@asynccontextmanager
async def _open(app: FastAPI) -> AsyncIterator[None]:
    """Watch the files, and have both workers ready before they are asked for anything."""
    studio: OpenProject = app.state.project
    stop = asyncio.Event()
    tasks = [
        asyncio.create_task(watch(studio.project, studio.news, stop)),
        asyncio.create_task(_warm(studio.printer, "look", wanted={})),
        asyncio.create_task(_warm(studio.reader, "check", drafts={})),
    ]
    yield
    stop.set()
    for task in (*tasks, *studio.tasks):
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    await studio.printer.close()
    await studio.reader.close()
    await studio.matcher.close()


async def _warm(worker: Worker, verb: str, **about: Any) -> None:  # noqa: ANN401 - any JSON
    await worker.ask(verb, **about)


def _refused(_request: Request, error: Exception) -> Response:
    known: dict[type[Exception], int] = {ConflictError: 409, NoFileError: 404}
    status = known.get(type(error), 400)
    return JSONResponse({"refused": str(error)}, status)
