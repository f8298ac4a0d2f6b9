"""The preference centre: what we think a member likes and why, and what the member says to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from cardletter.ledger import now
from cardletter.links import Bearer
from cardletter.profiles import Interest, Likes, likes_of
from cardletter.web import form
from cardletter.web.centre import Centre
from cardletter.web.form import Shown

router = APIRouter()

DOOR = "preferences"
ASKED_AGAIN, SPARED = timedelta(days=180), timedelta(days=30)
"""A survey comes not sooner than this after the last answer, and after a complaint."""

OBSERVED = "it takes more of your spending than of members’ spending in general"
SAID = {
    "more": "you asked for more of it",
    "less": "you asked for less of it",
    "never": "you said it is not for you",
    "": "you told us how we may help with it",
}


@dataclass(frozen=True)
class Topic:
    """One topic on the page: why it is there, and what the member has said of it."""

    interest_id: str
    name: str
    why: str
    leaning: str
    experience: str


@router.api_route("/preferences/{token}", methods=["GET", "HEAD"])
async def show(request: Request, token: str) -> Response:
    """Show a member's preferences; changes nothing."""
    centre: Centre = request.app.state.centre
    bearer = await centre.bearer(request, DOOR, token)
    await centre.remembered(bearer)
    context = await centre.reading(_context, centre, bearer)
    return centre.page("preferences.html", saved="saved" in request.query_params, **context)


@router.post("/preferences/{token}")
async def save(request: Request, token: str) -> Response:
    """Record what a member changed on the page, and show it again."""
    centre: Centre = request.app.state.centre
    bearer = await centre.bearer(request, DOOR, token)
    await centre.remembered(bearer)
    said = await request.form(max_files=0, max_fields=500)
    await centre.write(form.heard(centre, bearer, said, now() - ASKED_AGAIN))
    # Relative to the address asked for, so that it is right behind any proxy.
    return RedirectResponse("?saved", 303)


def _context(centre: Centre, bearer: Bearer) -> dict[str, Any]:
    """Give all the page shows of a member."""
    standing = centre.ledger.standing(bearer.member_id)
    wishes = centre.ledger.wishes(bearer.member_id)
    profiled = standing.get("profiling") == "granted"
    least = centre.least_purchases
    likes = likes_of(centre.desk, bearer.member_id, least) if profiled else Likes(looked_at=False)
    topics = _topics(centre, likes, wishes)
    known = {topic.interest_id for topic in topics}
    rest = sorted((i for i in centre.interests.values() if i.interest_id not in known), key=_name)
    due = _due(centre, bearer.member_id, standing)
    shown = Shown(bearer.member_id, bearer.edition, wishes, standing, due)
    return {
        "profiled": profiled,
        "likes": likes,
        "topics": topics,
        "rest": rest,
        "wishes": wishes,
        "standing": standing,
        "purposes": centre.purposes,
        "due": due,
        "offered": form.OFFERED,
        "ticket": form.ticket(centre, shown),
    }


def _topics(centre: Centre, likes: Likes, wishes: Mapping[str, str]) -> list[Topic]:
    """Give what we think the member likes, the strongest first, then what else they spoke of."""
    liked = [name for name in likes.interests if name in centre.interests]
    spoken = {topic.partition(":")[2] for topic in wishes if ":" in topic}
    rest = sorted(
        (centre.interests[n] for n in spoken - {*liked} if n in centre.interests), key=_name
    )
    return [
        _topic(centre, name, observed=name in liked, wishes=wishes)
        for name in [*liked, *(interest.interest_id for interest in rest)]
    ]


def _topic(centre: Centre, name: str, *, observed: bool, wishes: Mapping[str, str]) -> Topic:
    leaning, experience = wishes.get(f"interest:{name}", ""), wishes.get(f"experience:{name}", "")
    said = SAID[leaning] if leaning or not observed else ""
    why = " and ".join(filter(None, [OBSERVED if observed else "", said]))
    return Topic(name, centre.interests[name].name, f"Because {why}.", leaning, experience)


def _name(interest: Interest) -> str:
    return interest.name.casefold()


def _due(centre: Centre, member_id: str, standing: Mapping[str, str]) -> bool:
    """Tell whether a survey may be shown: allowed, not answered and not complained lately."""
    if standing.get("survey") != "granted":
        return False
    rest = {"survey": now() - ASKED_AGAIN, "complaint": now() - SPARED}
    told = [(each["kind"], each["occurred_at"]) for each in centre.ledger.interactions(member_id)]
    told += [
        (each["reason"], each["recorded_at"]) for each in centre.ledger.suppressions(member_id)
    ]
    return not any(kind in rest and at >= rest[kind] for kind, at in told)
