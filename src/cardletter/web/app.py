"""The application: routes, and the pages for what goes wrong."""

import gc
import logging
from collections.abc import Mapping
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from cardletter.errors import BusyError
from cardletter.web import preferences, unsubscribe
from cardletter.web.centre import Centre, open_centre
from cardletter.web.form import WrongFormError
from cardletter.web.guard import Counter, Guard, Pace

log = logging.getLogger("cardletter.web")

ALLOWED = "GET, HEAD, POST"

WORDS = {
    400: ("That could not be read", "Nothing was saved. Please go back and try again."),
    403: (
        "This page has been open for too long",
        "Nothing was saved. Please open it again from your letter, and save it within two hours.",
    ),
    404: (
        "There is nothing here",
        "The link may be old, or cut short on its way. Please open it from your newest letter.",
    ),
    405: ("That is not possible here", "Please open the link from your letter."),
    413: ("That was too much", "Nothing was saved. Please go back and write a little less."),
    429: ("Too many requests at once", "Please wait a moment, then try again."),
    500: ("Something went wrong with us", "Please try again later."),
    503: ("Please try again in a moment", "Nothing was saved: our records cannot be reached now."),
}
"""What a page says of an error: never what was asked, and to all strangers the same."""


def create_app(project: Path, pace: Pace | None = None) -> FastAPI:
    """Make the application of a newsletter project.

    Raises:
        SettingsError: there is no project.
        FilesError: its brand, interests or clustering have findings.
    """
    centre = open_centre(project, Counter(pace or Pace()))
    app = FastAPI(
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        telemetry={"tracing": False, "metrics": False, "logs": False},  # addresses hold tokens
    )
    app.state.centre = centre
    app.include_router(preferences.router)
    app.include_router(unsubscribe.router)
    app.add_middleware(Guard, headers=centre.headers)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(ClientDisconnect, _gone)
    app.add_exception_handler(SQLAlchemyError, _out_of_order)
    app.add_exception_handler(BusyError, _out_of_order)
    app.add_exception_handler(Exception, _broken)
    return app


def serve(project: Path, host: str, port: int) -> None:
    """Serve until stopped. Requests are not logged: their addresses hold tokens."""
    app = create_app(project)
    # What is loaded by now stays: the collector need not look through it while members wait.
    gc.collect()
    gc.freeze()
    uvicorn.run(
        app,
        host=host,
        port=port,
        access_log=False,
        log_level="warning",
        server_header=False,
        lifespan="off",
    )


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    status = error.status_code if error.status_code in WORDS else 400
    headers = {"Allow": ALLOWED} if status == 405 else error.headers or {}  # noqa: PLR2004
    words = [error.detail] if isinstance(error, WrongFormError) else []
    return _page(request, status, headers, words)


def _gone(request: Request, _error: Exception) -> Response:
    """Answer somebody who left in the middle of a sentence."""
    return _page(request, 400, {}, [])


def _out_of_order(request: Request, error: Exception) -> Response:
    log.error("a request failed: %s", type(error).__name__)
    return _page(request, 503, {"Retry-After": "5"}, [])


def _broken(request: Request, _error: Exception) -> Response:
    return _page(request, 500, {}, [])


def _page(request: Request, status: int, headers: Mapping[str, str], more: list[str]) -> Response:
    centre: Centre = request.app.state.centre
    title, words = WORDS[status]
    page = centre.page("notice.html", status, title=title, words=[words, *more])
    page.headers.update(headers)
    return page
