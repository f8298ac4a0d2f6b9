"""Asking: what the studio's page may ask for, and what it is answered."""

import asyncio
from dataclasses import asdict
from typing import Annotated, Any

from anyio import to_thread
from fastapi import APIRouter
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from cardletter import workspace
from cardletter.content import editions
from cardletter.content.catalogue import Kind
from cardletter.settings import load
from cardletter.studio import forms
from cardletter.studio.files import ConflictError
from cardletter.studio.fresh import begun as fresh_item
from cardletter.studio.open_project import opened

router = APIRouter(prefix="/api")


class Wanted(BaseModel):
    """What is to be shown."""

    edition: str = Field("", max_length=80)
    whom: str = Field("sample", max_length=200)
    drafts: dict[str, str] = Field(default_factory=dict, max_length=50)


class Draft(BaseModel):
    """A file's text as it stands in the page."""

    path: str = Field(max_length=300)
    text: str


class Change(Draft):
    """A file to be saved, and the version that it was when it was opened."""

    version: str = Field(max_length=64)


class Filling(Draft):
    """A field of a form to be filled in."""

    at: list[str] = Field(max_length=10)
    value: str | int | float | bool | list[str] | None


class Begun(BaseModel):
    """An item to be begun."""

    kind: Kind
    title: str = Field(max_length=200)


class Posted(BaseModel):
    """A proof to be sent."""

    wanted: Wanted
    to: str = Field("", max_length=254)


class Named(BaseModel):
    """An edition."""

    edition: str = Field(max_length=80)


class Tried(Named):
    """An edition, and what is tried with it."""

    ban: list[str] = Field(default_factory=list, max_length=200)
    raised: dict[str, Annotated[float, Field(ge=0, le=1_000)]] = Field(default_factory=dict)
    """Item -> what its priority is multiplied by."""
    budgets: dict[str, Annotated[int, Field(ge=0)]] = Field(default_factory=dict)
    """Item -> members it may be shown to."""


class Approved(Named):
    """An edition that somebody approves."""

    by: str = Field(max_length=120)
    why: str = Field("", max_length=2_000)


@router.get("/project")
async def the_project(request: Request) -> dict[str, Any]:
    """Give what there is: editions, files, and whom proofs may go to."""
    studio = opened(request)
    settings = load(studio.project)
    return {
        "name": studio.project.name,
        "editions": editions(studio.project),
        "files": studio.files.paths(),
        "proofs": settings.proofs,
        "transport": settings.transport,
        "key": studio.key,
    }


@router.get("/whom/{edition}")
async def whom(request: Request, edition: str) -> dict[str, Any]:
    """Give for whom there are letters of an edition."""
    return await opened(request).printer.ask("whom", edition=edition)


@router.post("/look")
async def look(request: Request, wanted: Wanted) -> dict[str, Any]:
    """Give one letter, and what is found in it."""
    studio = opened(request)
    studio.ours(wanted.drafts)
    return await studio.printer.ask("look", wanted=wanted.model_dump())


@router.post("/check")
async def check(request: Request, wanted: Wanted) -> dict[str, Any]:
    """Give what is found in all that people wrote."""
    studio = opened(request)
    studio.ours(wanted.drafts)
    return await studio.reader.ask("check", drafts=wanted.drafts)


@router.get("/file")
async def read(request: Request, path: str) -> dict[str, str]:
    """Give a file's text and version."""
    return asdict(opened(request).files.read(path))


@router.put("/file")
async def write(request: Request, change: Change) -> Response:
    """Save a file, if nobody else changed it since it was opened."""
    files = opened(request).files
    try:
        version = files.write(change.path, change.text, change.version)
    except ConflictError as error:
        there = files.at(change.path).is_file()
        now = asdict(files.read(change.path)) if there else {"text": "", "version": ""}
        return JSONResponse({"refused": str(error)} | now, 409)
    return JSONResponse({"path": change.path, "version": version})


@router.post("/form")
async def form(request: Request, draft: Draft) -> dict[str, Any]:
    """Give a file's fields."""
    project = opened(request).project
    found = await to_thread.run_sync(forms.form_of, project, draft.path, draft.text)
    return {"fields": [each.as_dict() for each in found]}


@router.post("/fill")
async def fill(request: Request, filling: Filling) -> dict[str, Any]:
    """Fill a field in, and give the text that it makes."""
    project, at = opened(request).project, tuple(filling.at)
    text = await to_thread.run_sync(
        forms.filled, project, filling.path, filling.text, at, filling.value
    )
    return {"text": text}


@router.post("/fresh")
async def fresh(request: Request, begun: Begun) -> dict[str, Any]:
    """Begin a new article or offer; nothing is saved yet."""
    project = opened(request).project
    path, text = await to_thread.run_sync(fresh_item, project, begun.kind, begun.title)
    return {"path": path, "text": text}


@router.post("/proof")
async def proof(request: Request, posted: Posted) -> dict[str, Any]:
    """Send a proof."""
    studio = opened(request)
    studio.ours(posted.wanted.drafts)
    return await studio.printer.ask("proof", **posted.model_dump())


@router.post("/what-if")
async def what_if(request: Request, tried: Tried) -> dict[str, Any]:
    """Try an edition with changes: who is shown what else then."""
    return await opened(request).matcher.ask("what_if", **tried.model_dump())


@router.get("/approval/{edition}")
async def approval(request: Request, edition: str) -> dict[str, Any]:
    """Say how the approval of an edition stands."""
    return await opened(request).reader.ask("approval", edition=edition)


@router.post("/approve")
async def approve(request: Request, approved: Approved) -> dict[str, Any]:
    """Record that somebody approves an edition."""
    return await opened(request).reader.ask("approve", **approved.model_dump())


@router.post("/make")
async def make(request: Request, named: Named) -> dict[str, Any]:
    """Begin to make an edition anew; how it goes is told as events."""
    studio = opened(request)
    workspace.open_edition(named.edition, studio.project)
    if named.edition in studio.making:
        raise HTTPException(409)
    task = asyncio.create_task(studio.make(named.edition))
    studio.tasks.add(task)
    task.add_done_callback(studio.tasks.discard)
    return {"edition": named.edition}


@router.get("/events")
async def events(request: Request) -> Response:
    """Tell what happens, for as long as somebody listens."""
    return StreamingResponse(opened(request).news.listen(), media_type="text/event-stream")
