"""Pages: the studio's own files, the project's pictures, and an edition's wall."""

from importlib.resources import files
from pathlib import Path

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from cardletter import workspace
from cardletter.content.catalogue import PICTURE, PICTURES
from cardletter.studio.open_project import opened

KINDS = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}
WALL = (
    "sandbox allow-scripts; default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
    "script-src 'unsafe-inline'; frame-ancestors 'self'"
)
"""What the wall may do: it runs its own scripts, as a stranger to the studio."""

router = APIRouter()


@router.get("/pictures/{key}/{name}")
async def picture(request: Request, key: str, name: str) -> Response:
    """Give a picture of the project."""
    studio = opened(request)
    file = studio.project / PICTURES / name
    if not (studio.right(key) and PICTURE.fullmatch(name) and file.resolve() == file):
        raise HTTPException(404)
    if not file.is_file():
        raise HTTPException(404)
    return FileResponse(file, media_type="image/png", headers={"Cache-Control": "no-cache"})


@router.api_route("/wall/{key}/{edition}", methods=["GET", "HEAD"])
async def wall(request: Request, key: str, edition: str) -> Response:
    """Give an edition's wall, as the file that it is, to be framed."""
    studio = opened(request)
    if not studio.right(key):
        raise HTTPException(404)
    file = workspace.open_edition(edition, studio.project).folder / "wall.html"
    if not file.is_file():
        raise HTTPException(404)
    return FileResponse(file, media_type="text/html", headers={"Content-Security-Policy": WALL})


@router.get("/")
async def page() -> Response:
    """Give the page; it holds nothing of the project."""
    return _static("index.html")


@router.get("/page/{name}")
async def static(name: str) -> Response:
    """Give a script or style sheet of the page."""
    return _static(name)


def _static(name: str) -> Response:
    kind = KINDS.get(Path(name).suffix)
    file = files("cardletter.studio").joinpath("page", Path(name).name)
    if kind is None or not file.is_file():
        raise HTTPException(404)
    return Response(file.read_bytes(), media_type=kind)
