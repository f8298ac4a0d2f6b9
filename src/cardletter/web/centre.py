"""The centre: what every page needs of one newsletter project, opened once."""

import base64
import hashlib
import mimetypes
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from anyio import to_thread
from jinja2 import Environment, PackageLoader, StrictUndefined, UndefinedError
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse

from cardletter.errors import FilesError, Finding, stop_on_errors
from cardletter.ledger import Ledger, Visit
from cardletter.links import BadLinkError, Bearer, Links, keyed_hash, link_keys
from cardletter.permission.purposes import Purpose, read_purposes
from cardletter.profiles import Interest, read_interests
from cardletter.segments import read_clustering
from cardletter.settings import load
from cardletter.templates.rendering import BRAND, read_brand
from cardletter.web.guard import HEADERS, POLICY, Counter
from cardletter.web.scribe import Scribe
from cardletter.workspace import Workspace

P = ParamSpec("P")
R = TypeVar("R")

PAGES = Environment(
    loader=PackageLoader("cardletter.web", "pages"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)


@dataclass(frozen=True)
class Centre:
    """One newsletter project, as its members meet it."""

    desk: Workspace
    ledger: Ledger
    brand: dict[str, Any]
    interests: dict[str, Interest]
    least_purchases: int
    counter: Counter
    hash_key: str = field(repr=False)

    @cached_property
    def scribe(self) -> Scribe:
        """Give who writes down what members say."""
        return Scribe(self.ledger)

    @property
    def links(self) -> Links:
        """Give what reads the links, by the keys as they are now: they may rotate at any time."""
        return _links(link_keys(self.desk.private), str(self.desk.project))

    @cached_property
    def purposes(self) -> dict[str, Purpose]:
        """Give every purpose with its wording, by its id, in the order in which they are shown."""
        told = read_purposes(self.brand["name"], self.brand["programme"])
        return {each.purpose: each for each in told}

    @cached_property
    def style(self) -> str:
        """Give the style sheet in the colours of the brand."""
        return PAGES.get_template("style.css").render(brand=self.brand)

    @cached_property
    def headers(self) -> dict[str, str]:
        """Give the headers of every answer: our own style sheet is allowed, and nothing else."""
        digest = base64.b64encode(hashlib.sha256(self.style.encode()).digest()).decode()
        return HEADERS | {"Content-Security-Policy": POLICY.format(style=f"sha256-{digest}")}

    def page(self, name: str, status: int = 200, **context: Any) -> HTMLResponse:  # noqa: ANN401
        """Give a page."""
        style = Markup(self.style)  # noqa: S704 - our own
        page = PAGES.get_template(name).render(brand=self.brand, style=style, **context)
        return HTMLResponse(page, status, headers=self.headers)

    async def bearer(self, request: Request, door: str, token: str) -> Bearer:
        """Tell whom a token was made for, and count the request.

        Raises:
            HTTPException: 404, it opens nothing; 429, too many requests.
        """
        try:
            bearer = self.links.read(door, token)
        except BadLinkError:
            await self.counter.stranger(request)
            raise HTTPException(404) from None
        await self.counter.bearer(request, token)
        return bearer

    async def remembered(self, bearer: Bearer) -> None:
        """See that a member was not erased.

        Raises:
            HTTPException: 404, they were.
        """
        if await self.reading(self.ledger.forgotten, self.member_key(bearer.member_id)):
            raise HTTPException(404)

    def member_key(self, member_id: str) -> str:
        """Give the keyed hash by which a member is known who was erased."""
        return keyed_hash(self.hash_key, "member", member_id)

    async def reading(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Do what reads the ledger, beside other work."""
        return await to_thread.run_sync(lambda: work(*args, **kwargs))

    async def write(self, visit: Visit) -> None:
        """Record what a member said.

        Raises:
            HTTPException: 404, the member was erased.
        """
        if await self.scribe.write(visit) is None:
            raise HTTPException(404)


def open_centre(project: Path, counter: Counter) -> Centre:
    """Open the centre of a newsletter project.

    Raises:
        SettingsError: there is no project, or its ledger's hashes were made with another key.
        FilesError: its brand, interests or clustering have findings.
    """
    settings = load(project)
    root = settings.path(settings.workspace)
    desk = Workspace(settings.project, "", root, root / "segments")
    interests, findings = read_interests(desk.project)
    clustering, more = read_clustering(desk.project)
    stop_on_errors(findings + more)
    centre = Centre(
        desk,
        desk.ledger,
        _brand(desk.project),
        interests.interests,
        clustering.least_purchases,
        counter,
        desk.hash_key,
    )
    try:
        centre.page("notice.html", title="", words=[])
    except UndefinedError as error:
        raise FilesError([Finding(BRAND, 1, f"the pages need more of it: {error}")]) from None
    return centre


def _brand(project: Path) -> dict[str, Any]:
    """Read the brand, its logo as data: the pages ask nobody for a picture."""
    folder = "content/pictures/"
    brand = read_brand(project, folder)
    if "logo" not in brand:
        return brand
    file = project / brand["logo"]["src"]
    kind = mimetypes.guess_type(file.name)[0] or "image/png"
    data = base64.b64encode(file.read_bytes()).decode()
    return brand | {"logo": brand["logo"] | {"src": f"data:{kind};base64,{data}"}}


@lru_cache(maxsize=8)
def _links(keys: tuple[str, ...], project: str) -> Links:
    settings = load(project)
    return Links(keys, settings.preferences_url, settings.unsubscribe_url)
