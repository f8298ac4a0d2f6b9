"""The account that the stand-in plays: GetAccount tells it, and sends are judged by it."""

from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime

from cardletter.rehearsal.fields import Json
from cardletter.rehearsal.refusals import RefusedError

UNLIMITED = -1.0
SIMULATOR = "simulator.amazonses.com"
WINDOW = 1.0
"""Seconds in which no more than the send rate is accepted, wherever they begin."""


@dataclass
class Account:
    """What may be sent, how fast, and to whom. Every field may be set while the server runs."""

    max_send_rate: float = 100_000.0
    """Recipients in any one second."""
    max_24_hour_send: float = UNLIMITED
    sent_last_24_hours: float = 0.0
    production_access_enabled: bool = True
    sending_enabled: bool = True
    enforcement_status: str = "HEALTHY"
    identities: set[str] = field(default_factory=set)
    """Verified addresses and domains; in the sandbox nobody else gets mail. Empty: any sender."""
    pending: set[str] = field(default_factory=set)
    """Addresses and domains that are not verified yet."""
    configuration_sets: set[str] | None = None
    """The ones there are; None: whatever is named."""
    suppressed: dict[str, str] = field(default_factory=dict)
    """Address, in lower case, to BOUNCE or COMPLAINT: accepted, counted, not sent."""
    suppressed_reasons: tuple[str, ...] = ("BOUNCE", "COMPLAINT")
    rejected: set[str] = field(default_factory=set)
    """Addresses refused with MESSAGE_REJECTED."""
    calls_per_second: float | None = None
    asks_per_second: float | None = None
    """Of all that is no send; SES has 1."""
    signature_seconds: float = 300.0
    ahead: float = 0.0
    """Seconds by which the server's clock is ahead of this machine's."""
    sending_account_id: str = "123456789012"
    region: str = "eu-west-1"

    def verified(self, address: str) -> bool:
        """Tell whether an address, its domain or one above it is verified."""
        parts = address.rpartition("@")[2].split(".")
        domains = {".".join(parts[start:]) for start in range(len(parts))}
        return bool({address, *domains} & self.identities)

    def suppressed_for(self, address: str) -> str:
        """Give why an address is suppressed: BOUNCE, COMPLAINT, or nothing."""
        return self.suppressed.get(address.lower(), "")

    def may_get(self, address: str) -> bool:
        """Tell whether an address may get mail: in the sandbox only verified ones."""
        if self.production_access_enabled:
            return True
        return self.verified(address) or address.endswith("@" + SIMULATOR)

    def left_today(self) -> float:
        """Count the recipients that the daily quota leaves."""
        if self.max_24_hour_send == UNLIMITED:
            return float("inf")
        return self.max_24_hour_send - self.sent_last_24_hours

    def told(self) -> Json:
        """Give the account as GetAccount answers it."""
        return {
            "DedicatedIpAutoWarmupEnabled": False,
            "EnforcementStatus": self.enforcement_status,
            "ProductionAccessEnabled": self.production_access_enabled,
            "SendQuota": {
                "Max24HourSend": self.max_24_hour_send,
                "MaxSendRate": self.max_send_rate,
                "SentLast24Hours": self.sent_last_24_hours,
            },
            "SendingEnabled": self.sending_enabled,
            "SuppressionAttributes": {"SuppressedReasons": list(self.suppressed_reasons)},
        }

    def identity(self, name: str) -> Json:
        """Give an address or domain as GetEmailIdentity answers it.

        Raises:
            RefusedError: there is no such identity.
        """
        pending = name in self.pending
        verified = not pending and (not self.identities or name in self.identities)
        if not (verified or pending):
            raise RefusedError("NotFoundException", f"Email identity {name} does not exist.")
        return {
            "IdentityType": "EMAIL_ADDRESS" if "@" in name else "DOMAIN",
            "FeedbackForwardingStatus": False,
            "VerifiedForSendingStatus": verified,
            "VerificationStatus": "SUCCESS" if verified else "PENDING",
        }

    def now(self) -> datetime:
        """Give the time by the server's clock."""
        return datetime.fromtimestamp(datetime.now(UTC).timestamp() + self.ahead, UTC)


class Window:
    """What happened in the last second: honest wherever the second begins."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.happened: deque[tuple[float, float]] = deque()
        self.sum = 0.0

    def takes(self, now: float, count: float, most: float | None) -> bool:
        """Tell whether so many more stay within the most, `now` in seconds."""
        while self.happened and self.happened[0][0] <= now - WINDOW:
            self.sum -= self.happened.popleft()[1]
        return most is None or self.sum + count <= most

    def add(self, now: float, count: float) -> None:
        """Note that so many happened."""
        self.happened.append((now, count))
        self.sum += count
