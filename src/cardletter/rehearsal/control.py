"""The control door: /_standin/..., by which tests read and set a stand-in in another process."""

import json
from collections.abc import Callable
from typing import Protocol

from cardletter.rehearsal.acceptlog import Log, plain
from cardletter.rehearsal.account import Account
from cardletter.rehearsal.answers import Answer, Request, said
from cardletter.rehearsal.fates import EventPath, Outcomes
from cardletter.rehearsal.faults import Fault, Faults
from cardletter.rehearsal.fields import Json, change, shown

DOOR = "/_standin/"


class Controlled(Protocol):
    """What the door leads to."""

    account: Account
    faults: Faults
    outcomes: Outcomes
    path: EventPath

    @property
    def log(self) -> Log:
        """What was accepted."""

    @property
    def mails(self) -> list[Json]:
        """The mails that were kept."""

    def script(self, *faults: Fault | str) -> None:
        """Say what the next calls meet."""

    def emit(self, *events: Json) -> None:
        """Send out events."""

    def hurry(self) -> None:
        """Bring all events that are still on their way."""

    def counts(self) -> Json:
        """Count what happened."""


def controlled(door: Controlled, request: Request) -> Answer:
    """Answer at the control door.

    GET account, faults, outcomes, path, log, counts, mails; POST account, faults, outcomes, path
    with the fields to change, script with a list of faults, events with a list of
    events, hurry with anything.
    """
    name = request.path.removeprefix(DOOR)
    settable = {each: getattr(door, each) for each in ("account", "faults", "outcomes", "path")}
    try:
        if request.method == "POST":
            _set(door, settable, name, json.loads(request.body))
            return said({})
        reads: dict[str, Callable[[], Json]] = {
            "log": lambda: _log(door.log),
            "counts": door.counts,
            "mails": lambda: {"mails": door.mails},
        }
        read = reads[name] if name in reads else lambda: shown(settable[name])
        return said(read())
    except KeyError:
        return said({"message": f"there is no {name!r} behind this door"}, 404)
    except (ValueError, TypeError) as error:
        return said({"message": str(error)}, 400)


def _set(door: Controlled, settable: dict[str, object], name: str, value: object) -> None:
    if name == "script" and isinstance(value, list):
        door.script(*(each if isinstance(each, str) else _fault(each) for each in value))
    elif name == "hurry":
        door.hurry()
    elif name == "events" and isinstance(value, list):
        door.emit(*value)
    elif isinstance(value, dict):
        change(settable[name], value)
    else:
        raise TypeError(f"{name} cannot be set to this")


def _fault(fields: Json) -> Fault:
    entries = {int(number): status for number, status in fields.pop("entries", {}).items()}
    return Fault(entries=entries, **fields)


def _log(log: Log) -> Json:
    return {
        "accepted": [plain(each) for each in log.accepted],
        "calls": [plain(each) for each in log.calls],
    }
