"""Unsubscribing: one POST and it is done (RFC 8058); looking at the page changes nothing.

Link scanners open every link of a mail, and some run the scripts they find: so nothing happens by
GET or HEAD, and the page submits nothing by itself.
"""

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from cardletter.ledger import Act, Visit
from cardletter.links import Bearer
from cardletter.web.centre import Centre

router = APIRouter()

ONE_CLICK = ("List-Unsubscribe", "One-Click")
HEADER_LINE = "List-Unsubscribe-Post: List-Unsubscribe=One-Click"
BUTTON = ("unsubscribe", "yes")
VERSION = "1"
DOOR = "unsubscribe"


@router.api_route("/unsubscribe/{token}", methods=["GET", "HEAD"])
async def ask(request: Request, token: str) -> Response:
    """Show a page with one button; changes nothing."""
    centre: Centre = request.app.state.centre
    await centre.remembered(await centre.bearer(request, DOOR, token))
    return centre.page("unsubscribe.html", words=button(centre), field=BUTTON)


@router.post("/unsubscribe/{token}")
async def unsubscribe(request: Request, token: str) -> Response:
    """Unsubscribe at once; again, it is as if it were the first time, but nothing is recorded."""
    centre: Centre = request.app.state.centre
    bearer = await centre.bearer(request, DOOR, token)
    try:
        form = await request.form(max_files=0, max_fields=10)
        if _says(form, ONE_CLICK):
            await _withdraw(centre, bearer, "one_click", HEADER_LINE)
            return PlainTextResponse("Unsubscribed.\n")
        if _says(form, BUTTON):
            await _withdraw(centre, bearer, "unsubscribe_page", button(centre))
            return centre.page("unsubscribed.html")
        raise HTTPException(400)  # noqa: TRY301 - the same as a body that cannot be read
    except HTTPException:
        await centre.remembered(bearer)
        raise


def button(centre: Centre) -> str:
    """Give the words on the button."""
    return f"Stop sending me {centre.brand['name']}"


def _says(form: FormData, field: tuple[str, str]) -> bool:
    name, value = field
    return form.getlist(name) == [value]


async def _withdraw(centre: Centre, bearer: Bearer, method: str, wording: str) -> None:
    act = Act(
        member_id=bearer.member_id,
        purpose="newsletter",
        state="withdrawn",
        method=method,
        wording=wording,
        version=VERSION,
        source=DOOR,
        evidence=f"the link in edition {bearer.edition}",
    )
    key = centre.member_key(bearer.member_id)
    await centre.write(Visit(bearer.member_id, key, DOOR, acts=[act]))
