"""The form: what a page showed, and what a member changed on it; all of it is right, or nothing.

The page's ticket is signed, short-lived, made for one bearer, and says what the page showed. So
only what the member changed is recorded: a page that was opened before a one-click unsubscribe
cannot undo it by being saved afterwards.
"""

import hashlib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from itsdangerous import BadData, URLSafeTimedSerializer
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from cardletter.ledger import Act, Answer, Visit
from cardletter.links import Bearer
from cardletter.sources.cards import has_card
from cardletter.web.centre import Centre

SHORT = 2 * 3600
"""Seconds a page may be open before it is saved."""

LEANINGS = {"more": "More", "": "As it is", "less": "Less", "never": "Not me"}
EXPERIENCES = {
    "": "No wish",
    "ask": "Ask me",
    "suggest": "Suggest",
    "remind": "Remind me",
    "do": "Do it for me",
}
FREQUENCIES = {"every": "Every letter", "quarterly": "Four a year", "yearly": "One a year"}
LANGUAGES = {"": "As my card account", "en": "English"}
STATES = {"granted": "Yes", "withdrawn": "No"}
SCORES = {str(score): str(score) for score in range(11)}
LONGEST = 2_000
OFFERED = {
    "leanings": LEANINGS,
    "experiences": EXPERIENCES,
    "frequencies": FREQUENCIES,
    "languages": LANGUAGES,
    "states": STATES,
    "scores": SCORES,
    "longest": LONGEST,
}
"""What a page offers, by what it is called there."""

SOURCE = "preference_centre"


class WrongFormError(HTTPException):
    """What was posted is not what the page can post; `detail` may be shown."""

    def __init__(self, detail: str = "") -> None:
        """Say what to mend, without what was said."""
        super().__init__(400, detail)


@dataclass(frozen=True)
class Shown:
    """What a page showed, and to whom."""

    member_id: str
    edition: str
    wishes: Mapping[str, str]
    standing: Mapping[str, str]
    survey: bool

    def as_json(self) -> list[object]:
        """Give it as JSON can hold it."""
        return [self.member_id, self.edition, self.wishes, self.standing, self.survey]


def ticket(centre: Centre, shown: Shown) -> str:
    """Sign what a page showed."""
    signed = _signer(centre).dumps([_wordings(centre), *shown.as_json()])
    return signed.decode() if isinstance(signed, bytes) else signed


def heard(centre: Centre, bearer: Bearer, said: FormData, since: datetime) -> Visit:
    """Give what a member changed on the page; a survey's answer if there was none since then.

    Raises:
        HTTPException: 403, the ticket is missing, old, or another's; 400, a field or its value is
            not one of the page's.
    """
    fields = _fields(said)
    shown = _shown(centre, bearer, fields.pop("ticket", ""))
    topics = dict(_topics(centre, fields, said))
    before = {"frequency": "every"} | dict(shown.wishes)
    acts = [_act(centre, bearer, *change) for change in _changes(centre, fields, shown)]
    answer = _answer(fields, shown, since)
    if fields:
        raise WrongFormError
    return Visit(
        bearer.member_id,
        centre.member_key(bearer.member_id),
        SOURCE,
        {topic: value for topic, value in topics.items() if before.get(topic, "") != value},
        acts,
        answer,
    )


def _fields(said: FormData) -> dict[str, str]:
    """Give every field by its name; only topics may be ticked more than once."""
    fields: dict[str, str] = {}
    for name, value in said.multi_items():
        if not isinstance(value, str) or name in fields:
            raise WrongFormError
        if name != "topic":
            fields[name] = value
    return fields


def _shown(centre: Centre, bearer: Bearer, signed: str) -> Shown:
    try:
        wordings, *told = _signer(centre).loads(signed, max_age=SHORT)
        shown = Shown(*told)
    except (BadData, ValueError, TypeError):
        raise HTTPException(403) from None
    if (shown.member_id, shown.edition) != (bearer.member_id, bearer.edition):
        raise HTTPException(403)
    if wordings != _wordings(centre):  # consent is recorded with the words that were shown
        raise HTTPException(403)
    return shown


def _topics(centre: Centre, fields: dict[str, str], said: FormData) -> Iterator[tuple[str, str]]:
    """Take what is said of topics, frequency and language out of the fields."""
    known = {f"interest:{name}": LEANINGS for name in centre.interests}
    known |= {f"experience:{name}": EXPERIENCES for name in centre.interests}
    known |= {"frequency": FREQUENCIES, "language": LANGUAGES}
    for name in said.getlist("topic"):
        topic = f"interest:{name}"
        if topic not in known or topic in fields:
            raise WrongFormError
        yield topic, "more"
    for name in [name for name in fields if name in known]:
        value = fields.pop(name)
        if value not in known[name]:
            raise WrongFormError
        yield name, value


def _changes(centre: Centre, fields: dict[str, str], shown: Shown) -> Iterator[tuple[str, str]]:
    """Take the purposes out of the fields: those whose state is not the one that was shown."""
    for purpose in centre.purposes:
        state = fields.pop(f"purpose:{purpose}", None)
        if state is not None and state not in STATES:
            raise WrongFormError
        if state and state != shown.standing.get(purpose):
            yield purpose, state


def _act(centre: Centre, bearer: Bearer, purpose: str, state: str) -> Act:
    return Act(
        member_id=bearer.member_id,
        purpose=purpose,
        state=state,
        method=SOURCE,
        wording=centre.purposes[purpose].wording,
        version=centre.purposes[purpose].version,
        source=SOURCE,
        evidence=f"the link in edition {bearer.edition}",
    )


def _answer(fields: dict[str, str], shown: Shown, since: datetime) -> Answer | None:
    """Take the survey's answer out of the fields, where the page asked for one."""
    score, words = fields.pop("score", ""), _clean(fields.pop("words", ""))
    if not score and not words:
        return None
    if not shown.survey:
        raise WrongFormError
    if score not in SCORES:
        raise WrongFormError("Please choose a number from 0 to 10 to go with your words.")
    if len(words) > LONGEST:
        raise WrongFormError(f"Please write at most {LONGEST:,} characters.")
    if has_card(words):
        raise WrongFormError("Please leave card numbers out of what you write.")
    return Answer(int(score), words, "letter", since)


def _clean(words: str) -> str:
    """Give text as it is kept: one kind of line end, and no control characters."""
    text = unicodedata.normalize("NFC", words).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs")
    ).strip()


def _signer(centre: Centre) -> URLSafeTimedSerializer:
    how = {"key_derivation": "hmac", "digest_method": hashlib.sha256}
    return URLSafeTimedSerializer(list(centre.links.keys), "cardletter.form", signer_kwargs=how)


def _wordings(centre: Centre) -> str:
    """Give a hash of every wording and its version."""
    told = "\n".join(f"{p.purpose} {p.version} {p.wording}" for p in centre.purposes.values())
    return hashlib.sha256(told.encode()).hexdigest()[:16]
