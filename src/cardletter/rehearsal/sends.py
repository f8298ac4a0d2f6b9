"""Sends: whether the account lets messages go, and their acceptance."""

import hashlib
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from cardletter.rehearsal.acceptlog import EDITION_TAG, MESSAGE_TAGS, Accepted, Call, LogBook
from cardletter.rehearsal.account import Account, Window
from cardletter.rehearsal.faults import Fault
from cardletter.rehearsal.fields import Json
from cardletter.rehearsal.mail import Mail, bare
from cardletter.rehearsal.refusals import TOO_FAST, TOO_MANY, RefusedError

SUCCESS = "SUCCESS"
UNVERIFIED = "Email address is not verified. The following identities failed the check in region"


@dataclass
class Taken:
    """What became of the entries of a call."""

    mails: list[Mail]
    statuses: list[str]
    errors: list[str]
    ids: list[str]

    def results(self) -> list[Json]:
        """Give the results as SendBulkEmail has them."""
        return [
            {"Status": status, "MessageId": ses_id}
            if status == SUCCESS
            else {"Status": status, "Error": error}
            for status, error, ses_id in zip(self.statuses, self.errors, self.ids, strict=True)
        ]


@dataclass
class Desk:
    """Where messages are accepted."""

    account: Account
    log: LogBook
    seed: int
    keep_mails: bool = False
    on_accepted: Callable[[Sequence[tuple[Mail, Accepted]]], None] | None = None
    mails: list[Json] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin with an empty window."""
        self.recipients = Window()
        self.chance = random.Random(f"ids {self.seed}")  # noqa: S311 - not secrets
        self.count = 0

    def see_account(self) -> None:
        """See that the account may send at all.

        Raises:
            RefusedError: it is suspended or paused.
        """
        if self.account.enforcement_status == "SHUTDOWN":
            raise RefusedError("AccountSuspendedException", "Your account has been shut down.")
        if not self.account.sending_enabled:
            raise RefusedError("SendingPausedException", "Sending is paused for this account.")

    def see_mail(self, mail: Mail) -> None:
        """See that the sender and the configuration set are there.

        Raises:
            RefusedError: one is not.
        """
        sets = self.account.configuration_sets
        if sets is not None and mail.configuration_set and mail.configuration_set not in sets:
            words = f"Configuration set <{mail.configuration_set}> does not exist."
            raise RefusedError("NotFoundException", words)
        sender = bare(mail.sender)
        if self.account.identities and not self.account.verified(sender):
            raise RefusedError("MessageRejected", self._unverified(sender))

    def take(self, mails: list[Mail], fault: Fault, call: Call) -> Taken:
        """Accept what may be accepted of a call; all of it is in the log on return.

        Raises:
            RefusedError: the rate or the daily quota lets none of it go.
        """
        taken = Taken(mails, [], [], [])
        for number, mail in enumerate(mails):
            status, error = self._judged(mail, fault.entries.get(number, ""))
            taken.statuses.append(status)
            taken.errors.append(error)
        self._within_quota(taken)
        clock = self._within_rate(taken)
        pairs = self._accept(taken, fault, call, clock)
        self.log.accept([accepted for _, accepted in pairs])
        if self.keep_mails:
            self.mails.extend(
                mail.whole() | {"ses_id": one.ses_id} for mail, one in pairs if one.fate == "sent"
            )
        if self.on_accepted is not None:
            self.on_accepted(pairs)
        return taken

    def _judged(self, mail: Mail, status: str) -> tuple[str, str]:
        if mail.wrong:
            return "INVALID_PARAMETER", mail.wrong
        for address in mail.recipients:
            if address in self.account.rejected:
                return "MESSAGE_REJECTED", "Message rejected"
            if not self.account.may_get(address):
                return "MESSAGE_REJECTED", self._unverified(address)
        return (status, "Try again later") if status else (SUCCESS, "")

    def _within_quota(self, taken: Taken) -> None:
        left = self.account.left_today()
        if left <= 0:
            raise RefusedError("LimitExceededException", TOO_MANY)
        for number, mail in enumerate(taken.mails):
            if taken.statuses[number] == SUCCESS:
                left -= len(mail.recipients)
                if left < 0:
                    taken.statuses[number] = "ACCOUNT_DAILY_QUOTA_EXCEEDED"
                    taken.errors[number] = TOO_MANY

    def _within_rate(self, taken: Taken) -> float:
        """See that the rate is kept; give the time that counts, which the log has too."""
        pairs = zip(taken.mails, taken.statuses, strict=True)
        count = sum(len(mail.recipients) for mail, status in pairs if status == SUCCESS)
        now = time.monotonic()
        if not self.recipients.takes(now, count, self.account.max_send_rate):
            raise RefusedError("TooManyRequestsException", TOO_FAST)
        self.recipients.add(now, count)
        self.account.sent_last_24_hours += count
        return now

    def _accept(
        self, taken: Taken, fault: Fault, call: Call, clock: float
    ) -> list[tuple[Mail, Accepted]]:
        pairs = []
        wall = time.time()
        for number, mail in enumerate(taken.mails):
            if taken.statuses[number] != SUCCESS:
                taken.ids.append("")
                continue
            taken.ids.append(self._id())
            recipients = mail.recipients
            accepted = Accepted(
                at=wall,
                clock=clock,
                call=call.number,
                entry=number,
                edition=mail.tags.get(EDITION_TAG, ""),
                message=next((mail.tags[tag] for tag in MESSAGE_TAGS if tag in mail.tags), ""),
                address=recipients[0],
                recipients=len(recipients),
                ses_id=taken.ids[-1],
                subject="" if mail.missing else _hash(mail.subject),
                fault=fault.kind,
                definite=fault.definite,
                fate=self._fate(mail, recipients),
                tags=mail.tags,
            )
            pairs.append((mail, accepted))
        call.accepted = len(pairs)
        return pairs

    def _fate(self, mail: Mail, recipients: Sequence[str]) -> str:
        if mail.missing:
            return "unrendered"
        if all(map(self.account.suppressed_for, recipients)):
            return "suppressed"
        return "sent"

    def _id(self) -> str:
        self.count += 1
        drawn = f"{self.chance.getrandbits(128):032x}"
        parts = [drawn[:8], drawn[8:12], drawn[12:16], drawn[16:20], drawn[20:]]
        return f"0102{self.count:012x}-{'-'.join(parts)}-000000"

    def _unverified(self, address: str) -> str:
        return f"{UNVERIFIED} {self.account.region.upper()}: {address}"


def _hash(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:16]
