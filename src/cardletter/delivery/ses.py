"""Amazon SES as a transport: calls of up to 50 members of one variant, each made exactly once.

Botocore's own retries are off: it would send an accepted call again after a timeout, up to five
times. Whatever an answer leaves open stays open until SES reports of it. The place where a lease is
looked at last is after a request is signed: SES refuses a request five minutes after its signature,
so a sender that is paused there can do no harm when it wakes.
"""

import math
import ssl
import threading
import time
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from email.utils import parseaddr
from typing import Any

import boto3
from botocore import exceptions
from botocore.config import Config

from cardletter.delivery.account import LARGEST, Told, call_size, left, look_over, unverified
from cardletter.delivery.answers import DEFINITE, bulk_answers, one_answer, refused
from cardletter.delivery.message import Letter, Recipient
from cardletter.delivery.requests import Requests
from cardletter.delivery.template import template_of
from cardletter.delivery.transports import Answer, Batch, DoubtError, NotTakenError
from cardletter.delivery.validation import from_line, look_at
from cardletter.errors import LetterError, NotReadyError
from cardletter.ledger import Limits, now
from cardletter.settings import Ses as SesSettings

QUESTIONS = (1.1, 2.2)
"""Seconds until a question is asked again that SES had no time to answer."""

BREAKS = ("Cc", "Cs", "Zl", "Zp")
"""Categories of Unicode that end a header, or cannot be written."""

LEAVING = threading.local()
"""The call that a thread makes: the batch, which says when it may leave, and the body."""

UNREACHABLE = (
    exceptions.EndpointConnectionError,
    exceptions.ConnectTimeoutError,
    exceptions.ProxyConnectionError,
    exceptions.NoCredentialsError,
)


class Ses:
    """Sends through Amazon SES, version 2 of its API."""

    name = "ses"
    repeatable = False

    def __init__(self, settings: SesSettings, sender: str) -> None:
        """Open a client that asks once and gives up soon."""
        self.settings, self.requests = settings, Requests(settings, from_line(sender))
        self.sender = parseaddr(sender)[1].lower()
        self.connections = settings.connections
        once = Config(
            retries={"mode": "standard", "total_max_attempts": 1},
            connect_timeout=settings.connect_timeout,
            read_timeout=settings.read_timeout,
            max_pool_connections=settings.connections,
            # We look at everything before the call, more strictly than botocore, which is slow.
            parameter_validation=False,
            # Botocore's own is put together anew for every call.
            user_agent="Cardletter",
        )
        self.client = boto3.Session(region_name=settings.region or None).client(
            "sesv2", endpoint_url=settings.endpoint_url or None, config=once
        )
        self.client.meta.events.register("before-call.sesv2.SendBulkEmail", _written)
        self.client.meta.events.register("before-send.sesv2", _in_time)

    def ready(self, messages: int) -> Limits:
        """Ask SES whether the account may send so many messages now, and how fast.

        Raises:
            NotReadyError: it may not, or not now.
        """
        more = unverified(self.sender, self.identity)
        limits = look_over(self._account(), self.settings, messages, more)
        return replace(limits, calls=self.settings.calls_per_second or math.inf)

    def quota_left(self) -> int:
        """Give how many messages the account may still send in these 24 hours."""
        return left(self._account())

    def _account(self) -> Told:
        return self._asked("ses:GetAccount", self.client.get_account)

    def identity(self, name: str) -> Told:
        """Ask about an address or a domain; of what SES does not know it says nothing."""
        try:
            return self._asked(
                "ses:GetEmailIdentity", lambda: self.client.get_email_identity(EmailIdentity=name)
            )
        except self.client.exceptions.NotFoundException:
            return {}

    def _asked(self, allowed: str, ask: Callable[[], Told]) -> Told:
        """Ask what may be asked again: SES answers one such question a second.

        Raises:
            NotReadyError: there was no answer.
        """
        for wait in (*QUESTIONS, None):
            try:
                return ask()
            except self.client.exceptions.NotFoundException:
                raise
            except (exceptions.BotoCoreError, exceptions.ClientError) as error:
                code = _code(error)
                soon = DEFINITE.get(code) == "slow" or code == "ReadTimeoutError"
                if not soon or wait is None:
                    msg = (
                        f"SES could not be asked about the account ({code}): see the credentials, "
                        f"ses.region, the network, and whether {allowed} is allowed."
                    )
                    raise NotReadyError(msg) from None
                time.sleep(wait)
        raise AssertionError("the last time it is not asked again")

    def size(self, limits: Limits | None, fits: int = LARGEST) -> int:
        """Give the largest size of calls that uses the rate up and never exceeds it."""
        most = min(self.settings.batch, LARGEST, fits)
        return call_size(limits.recipients if limits else math.inf, most)

    def prove(self, letter: Letter, recipient: Recipient) -> None:
        """See that SES can fill the letter in: every field known, nothing too long.

        Raises:
            LetterError: it cannot; SES would not say so, and send nothing.
        """
        subjects = letter.rendered.subject + letter.rendered.subject_b
        if any(unicodedata.category(sign) in BREAKS for sign in subjects):
            raise LetterError(
                f"Variant {letter.variant_id} cannot be sent through SES: its subject has line "
                "ends or control characters."
            )
        template = template_of(letter)
        template.prove(recipient)
        self.requests.add(template)

    def take(self, batch: Batch) -> list[Answer]:
        """Make one call for the recipients who can be mailed; the others are rejected here."""
        known = [look_at(recipient, self.settings.endpoint_url) for recipient in batch.recipients]
        good = [each for each, wrong in zip(batch.recipients, known, strict=True) if not wrong]
        answers = iter(self._call(batch, good) if good else [])
        return [Answer("rejected", wrong) if wrong else next(answers) for wrong in known]

    def _call(self, batch: Batch, recipients: Sequence[Recipient]) -> list[Answer]:
        if len(recipients) > LARGEST:
            words = f"a call has {len(recipients)} members, and SES takes {LARGEST}"
            raise NotTakenError("stop", "too_many", words)
        # A call may have been planned larger, before the setting was 1.
        alone = self.settings.batch == 1 and len(recipients) == 1
        try:
            LEAVING.batch = batch
            if alone:
                return one_answer(self.client.send_email(**self.requests.one(batch, recipients[0])))
            LEAVING.body = self.requests.body(batch, recipients)
            return bulk_answers(self.client.send_bulk_email(), len(recipients))
        except exceptions.ClientError as error:
            told, meta = error.response["Error"], error.response["ResponseMetadata"]
            status = meta.get("HTTPStatusCode", 0)
            code, words = told.get("Code", ""), told.get("Message", "")
            raise refused(code, words, status, self.sender) from None
        except UNREACHABLE as error:
            raise NotTakenError("wait", _code(error)) from None
        except exceptions.BotoCoreError as error:
            if _handshake(error):
                raise NotTakenError("wait", "tls") from None
            raise DoubtError(_code(error)) from None
        except (AttributeError, LookupError, TypeError, ValueError):
            # Botocore reads any JSON as if it were an answer, and trips over what is none.
            raise DoubtError("unreadable_answer") from None
        finally:
            LEAVING.batch = None  # what else this thread asks has no lease


def _written(params: dict[str, Any], **_told: object) -> None:
    """Put the body that is written already in the place of botocore's own, which is empty."""
    params["body"] = LEAVING.body


def _in_time(**_told: object) -> None:
    """Let a request leave when it may; not after its lease. Nothing was sent yet."""
    batch: Batch | None = getattr(LEAVING, "batch", None)
    if batch is None:
        return
    try:
        batch.leave()
    except NotTakenError:
        raise
    except Exception as error:  # the ledger cannot be asked, and nothing is in doubt yet
        raise NotTakenError("wait", type(error).__name__) from error
    if now() >= batch.until:
        raise NotTakenError("back", "lease_over")


def _code(error: Exception) -> str:
    """Name an error without its text, which may hold what was sent."""
    if isinstance(error, exceptions.ClientError):
        return str(error.response["Error"].get("Code", "")) or "ClientError"
    return type(error).__name__


def _handshake(error: exceptions.BotoCoreError) -> bool:
    """Tell whether a connection was never made, as the server could not show who it is."""
    cause = getattr(error, "kwargs", {}).get("error")
    while cause is not None and not isinstance(cause, ssl.SSLCertVerificationError):
        cause = getattr(cause, "reason", None) or cause.__cause__ or cause.__context__
    return cause is not None
