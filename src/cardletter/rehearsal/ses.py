"""SES: the operations that Cardletter uses, on the SESv2 wire, and the faults they meet."""

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import parse_qs, unquote

from cardletter.rehearsal.acceptlog import Call
from cardletter.rehearsal.account import Window
from cardletter.rehearsal.answers import HALF, HANG, RESET, TORN, Answer, Request, refused, said
from cardletter.rehearsal.faults import Chooser, Fault
from cardletter.rehearsal.fields import Json
from cardletter.rehearsal.model import validate
from cardletter.rehearsal.refusals import TOO_FAST, RefusedError, bad
from cardletter.rehearsal.requests import bulk, single
from cardletter.rehearsal.sends import SUCCESS, Desk, Taken
from cardletter.rehearsal.suppression import suppression

SUPPRESSED = "/v2/email/suppression/addresses"
IDENTITIES = "/v2/email/identities"
NAMED = {SUPPRESSED: "EmailAddress", IDENTITIES: "EmailIdentity"}
"""Paths below which one thing is named, and what the model calls it."""
OPERATIONS = {
    ("POST", "/v2/email/outbound-bulk-emails"): "SendBulkEmail",
    ("POST", "/v2/email/outbound-emails"): "SendEmail",
    ("GET", "/v2/email/account"): "GetAccount",
    ("GET", IDENTITIES + "/*"): "GetEmailIdentity",
    ("PUT", SUPPRESSED): "PutSuppressedDestination",
    ("GET", SUPPRESSED): "ListSuppressedDestinations",
    ("GET", SUPPRESSED + "/*"): "GetSuppressedDestination",
    ("DELETE", SUPPRESSED + "/*"): "DeleteSuppressedDestination",
}
LARGEST_CALL = 1024 * 1024
"""Bytes of a call with a template in it, and all its entries."""
SENDS = {"SendBulkEmail", "SendEmail"}
REFUSALS = {
    "throttle": RefusedError("TooManyRequestsException", TOO_FAST),
    "paused": RefusedError("SendingPausedException", "Sending is paused for this account."),
    "suspended": RefusedError("AccountSuspendedException", "Your account has been shut down."),
    "unavailable": RefusedError("ServiceUnavailableException", "Service unavailable"),
    "error_500": RefusedError("InternalFailure", "An internal failure occurred."),
    "error_503": RefusedError("ServiceUnavailableException", "Service unavailable"),
}
MANNERS = {
    "hang": HANG,
    "hang_before": HANG,
    "reset": RESET,
    "reset_before": RESET,
    "half": HALF,
    "torn": TORN,
}


class Ses:
    """Answers requests as SES does."""

    def __init__(self, desk: Desk, chooser: Chooser) -> None:
        """Take messages at a desk, with faults chosen by a chooser."""
        self.desk, self.chooser = desk, chooser
        self.account, self.log = desk.account, desk.log
        self.calls, self.asks = Window(), Window()

    def answer(self, request: Request) -> Answer:
        """Answer a request; what it did is in the log."""
        operation = _operation(request)
        call = Call(self.log.next_number(), operation, time.time(), time.monotonic())
        call.invocation = request.headers.get("amz-sdk-invocation-id", "")
        try:
            answer = self._answer(request, operation, call)
        except RefusedError as error:
            call.error = error.code
            answer = refused(error)
        answer.headers["x-amzn-RequestId"] = f"00000000-0000-4000-8000-{call.number:012d}"
        call.status, call.manner = answer.status, answer.manner
        self.log.called(call)
        return answer

    def _answer(self, request: Request, operation: str, call: Call) -> Answer:
        self._signed(request)
        if operation not in set(OPERATIONS.values()):
            raise RefusedError("UnknownOperationException", "there is no such operation here")
        self._pace(operation)
        if operation in SENDS:
            return self._send(request, call)
        if operation == "GetAccount":
            return said(self.account.told())
        asked = _asked(request)
        validate(operation, asked)
        if operation == "GetEmailIdentity":
            return said(self.account.identity(asked["EmailIdentity"]))
        return said(suppression(self.account, operation, asked))

    def _send(self, request: Request, call: Call) -> Answer:
        """Send, and let the fault have its way with the answer, or with the call."""
        asked = _json(request.body)
        entries = asked.get("BulkEmailEntries", [])
        call.entries = len(entries) if isinstance(entries, list) else 0
        fault = self.chooser.next(call.entries)
        call.fault = fault.kind
        answer = Answer() if fault.before else self._taken(request, asked, fault, call)
        if fault.kind in REFUSALS:
            answer, call.error = refused(REFUSALS[fault.kind]), REFUSALS[fault.kind].code
        answer.manner = MANNERS.get(fault.kind, answer.manner)
        answer.wait = self.chooser.faults.hang_seconds if answer.manner == HANG else fault.latency
        return answer

    def _taken(self, request: Request, asked: Json, fault: Fault, call: Call) -> Answer:
        try:
            validate(call.operation, asked)
            if call.operation == "SendBulkEmail" and len(request.body) > LARGEST_CALL:
                raise bad(f"the call is larger than {LARGEST_CALL} bytes")
            self.desk.see_account()
            if call.operation == "SendBulkEmail":
                answer = self._bulk(asked, fault, call)
            else:
                answer = self._single(asked, fault, call)
        except RefusedError as error:
            call.error = error.code
            answer = refused(error)
        if fault.kind == "empty" and call.accepted:
            answer.body = b""
        return answer

    def _bulk(self, asked: Json, fault: Fault, call: Call) -> Answer:
        mails = bulk(asked)
        self.desk.see_mail(mails[0])
        results = self.desk.take(mails, fault, call).results()
        if fault.kind == "no_ids":
            results = [{"Status": result["Status"]} for result in results]
        if fault.kind == "fewer":
            results = results[:-1]
        return said({"BulkEmailEntryResults": results})

    def _single(self, asked: Json, fault: Fault, call: Call) -> Answer:
        mail = single(asked)
        call.entries = 1
        self.desk.see_mail(mail)
        taken = self.desk.take([mail], Fault(fault.kind), call)
        if taken.statuses[0] != SUCCESS:
            raise _refusal(taken)
        return said({} if fault.kind in {"no_ids", "fewer"} else {"MessageId": taken.ids[0]})

    def _signed(self, request: Request) -> None:
        """See that a call was signed of late; the signature itself is not looked at."""
        signed, dated = (request.headers.get(name, "") for name in ("authorization", "x-amz-date"))
        if not signed or not dated:
            raise RefusedError("SignatureDoesNotMatch", "The request is not signed.")
        try:
            made = datetime.strptime(dated, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        except ValueError:
            raise RefusedError("SignatureDoesNotMatch", "X-Amz-Date is no date.") from None
        now = self.account.now()
        if abs((now - made).total_seconds()) > self.account.signature_seconds:
            kind = "expired" if made < now else "not yet current"
            raise RefusedError("SignatureDoesNotMatch", f"Signature {kind}: {dated}")

    def _pace(self, operation: str) -> None:
        sends = operation in SENDS
        window = self.calls if sends else self.asks
        most = self.account.calls_per_second if sends else self.account.asks_per_second
        now = time.monotonic()
        if not window.takes(now, 1, most):
            raise RefusedError("TooManyRequestsException", "Rate exceeded")
        window.add(now, 1)


def _operation(request: Request) -> str:
    folder, name = _named(request)
    path = f"{folder}/*" if name else request.path
    return OPERATIONS.get((request.method, path), f"{request.method} {path}")


def _named(request: Request) -> tuple[str, str]:
    """Give the path below which something is named, and its name; or nothing."""
    for folder in NAMED:
        if request.path.startswith(folder + "/"):
            return folder, unquote(request.path.removeprefix(folder + "/"))
    return "", ""


def _asked(request: Request) -> Json:
    """Read what is asked from the body, the path and the query."""
    asked = _json(request.body) if request.method == "PUT" else {}
    folder, name = _named(request)
    if name:
        asked[NAMED[folder]] = name
    read: dict[str, Callable[[list[str]], object]] = {"Reason": list, "PageSize": _number}
    for name, values in parse_qs(request.query).items():
        one = read.get(name, _first)
        asked["Reasons" if name == "Reason" else name] = one(values)
    return asked


def _first(values: list[str]) -> object:
    return values[0]


def _number(values: list[str]) -> object:
    return int(values[0]) if values[0].isdigit() else values[0]


def _json(body: bytes) -> Json:
    try:
        asked = json.loads(body)
    except ValueError:
        asked = None
    if not isinstance(asked, dict):
        raise RefusedError("SerializationException", "the body is no JSON object")
    return asked


def _refusal(taken: Taken) -> RefusedError:
    if taken.statuses[0] == "ACCOUNT_DAILY_QUOTA_EXCEEDED":
        return RefusedError("LimitExceededException", taken.errors[0])
    return RefusedError("MessageRejected", taken.errors[0])
