"""Events: what SES publishes of a message, in the form its configuration sets use."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from cardletter.rehearsal.acceptlog import Accepted
from cardletter.rehearsal.account import Account
from cardletter.rehearsal.fields import Json
from cardletter.rehearsal.mail import Mail, bare

MTA = "dsn; a1-2.smtp-out.eu-west-1.amazonses.com"
EXPIRES = 14 * 3600
"""Seconds for which a delayed message is tried."""
OUTGOING = "192.0.2.44"
NOT_SENT = (
    "Amazon SES did not send the message to this address because it is on the suppression list "
    "for your account."
)


class Story:
    """What can be told of one message; times are in seconds after it was accepted."""

    def __init__(self, mail: Mail, accepted: Accepted, account: Account) -> None:
        """Tell of a message."""
        self.mail, self.accepted, self.account = mail, accepted, account
        self.count = 0
        self.about = self._about()

    def send(self) -> Json:
        """Tell that it was accepted."""
        return self._event("Send", "send", {})

    def failure(self, name: str) -> Json:
        """Tell that a placeholder had no value."""
        words = f"Attribute '{name}' is not present in the rendering data."
        return self._event(
            "Rendering Failure", "failure", {"templateName": "", "errorMessage": words}
        )

    def reject(self) -> Json:
        """Tell that it was found bad and not sent."""
        return self._event("Reject", "reject", {"reason": "Bad content"})

    def delivery(self, after: float, recipients: Sequence[str]) -> Json:
        """Tell that the receiver's server took it."""
        told = {
            "timestamp": self.when(after),
            "processingTimeMillis": int(after * 1000),
            "recipients": list(recipients),
            "smtpResponse": "250 2.6.0 Message received",
            "remoteMtaIp": "198.51.100.7",
            "reportingMTA": MTA,
        }
        return self._event("Delivery", "delivery", told, {"ses:outgoing-ip": [OUTGOING]})

    def bounce(
        self, after: float, recipients: Sequence[str], kind: tuple[str, str], reply: tuple[str, str]
    ) -> Json:
        """Tell that it came back: type and subtype, status and words of the receiver."""
        status, words = reply
        came_back = [
            {"emailAddress": each, "action": "failed", "status": status, "diagnosticCode": words}
            for each in recipients
        ]
        told = {
            "bounceType": kind[0],
            "bounceSubType": kind[1],
            "bouncedRecipients": came_back,
            "timestamp": self.when(after),
            "feedbackId": self._feedback(),
            "reportingMTA": MTA,
        }
        return self._event("Bounce", "bounce", told)

    def suppressed(self, recipients: Sequence[str], reason: str) -> Json:
        """Tell that it was not sent, the address being suppressed for a bounce or a complaint."""
        if reason == "COMPLAINT":
            return self.complaint(0.1, recipients, subtype="OnAccountSuppressionList")
        kind = ("Permanent", "OnAccountSuppressionList")
        return self.bounce(0.1, recipients, kind, ("5.1.1", NOT_SENT))

    def complaint(
        self,
        after: float,
        recipients: Sequence[str],
        *,
        kind: str = "abuse",
        subtype: str | None = None,
    ) -> Json:
        """Tell that somebody complained: one of the recipients told, which may be strangers too."""
        told: Json = {
            "complainedRecipients": [{"emailAddress": each} for each in recipients],
            "timestamp": self.when(after),
            "feedbackId": self._feedback(),
            "complaintSubType": subtype,
        }
        if subtype is None:
            told |= {
                "userAgent": "ExampleFeedbackLoop/0.1",
                "complaintFeedbackType": kind,
                "arrivalDate": self.when(after - 1),
            }
        return self._event("Complaint", "complaint", told)

    def delay(self, after: float, recipients: Sequence[str]) -> Json:
        """Tell that it could not be delivered yet."""
        delayed = [
            {"emailAddress": each, "status": "4.4.1", "diagnosticCode": "smtp; 421 4.4.1 no answer"}
            for each in recipients
        ]
        told = {
            "timestamp": self.when(after),
            "delayType": "TransientCommunicationFailure",
            "expirationTime": self.when(EXPIRES),
            "delayedRecipients": delayed,
            "reportingMTA": MTA,
        }
        return self._event("DeliveryDelay", "deliveryDelay", told)

    def opened(self, after: float, agent: str, address: str) -> Json:
        """Tell that its picture was fetched, by which program and from where."""
        told = {"ipAddress": address, "timestamp": self.when(after), "userAgent": agent}
        return self._event("Open", "open", told)

    def clicked(self, after: float, agent: str, address: str, link: str) -> Json:
        """Tell that a link was followed, by which program and from where."""
        told = {
            "ipAddress": address,
            "timestamp": self.when(after),
            "userAgent": agent,
            "link": link,
            "linkTags": None,
        }
        return self._event("Click", "click", told)

    def unsubscribed(self, after: float) -> Json:
        """Tell that the reader unsubscribed through SES."""
        told = {
            "contactList": "letters",
            "timestamp": self.when(after),
            "source": "UnsubscribeHeader",
            "newTopicPreferences": {"unsubscribeAll": True, "topicSubscriptionStatus": []},
            "oldTopicPreferences": {"unsubscribeAll": False, "topicSubscriptionStatus": []},
        }
        return self._event("Subscription", "subscription", told)

    def when(self, after: float) -> str:
        """Write a time as SES does."""
        at = datetime.fromtimestamp(self.accepted.at, UTC) + timedelta(seconds=after)
        return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def _event(self, kind: str, key: str, told: Json, tags: Json | None = None) -> Json:
        about = self.about
        if tags:
            about = about | {"tags": about["tags"] | tags}
        return {"eventType": kind, "mail": about, key: told}

    def _about(self) -> Json:
        mail = self.mail
        subject = "" if mail.missing else mail.subject
        own = {"From": mail.sender, "To": ", ".join(mail.to), "Subject": subject}
        more = {"MIME-Version": "1.0", "Content-Type": "multipart/alternative"}
        return {
            "timestamp": self.when(0),
            "source": mail.sender,
            "sourceArn": f"arn:aws:ses:{self.account.region}:{self.account.sending_account_id}:"
            f"identity/{_domain(mail)}",
            "sendingAccountId": self.account.sending_account_id,
            "messageId": self.accepted.ses_id,
            "destination": mail.recipients,
            "headersTruncated": False,
            "headers": [
                {"name": name, "value": value}
                for name, value in (own | mail.headers | more).items()
            ],
            "commonHeaders": {
                "from": [mail.sender],
                "to": mail.to,
                "messageId": self.accepted.ses_id,
                "subject": subject,
            },
            "tags": {
                "ses:operation": [mail.operation],
                "ses:configuration-set": [mail.configuration_set],
                "ses:source-ip": ["127.0.0.1"],
                "ses:from-domain": [_domain(mail)],
                "ses:caller-identity": ["letters"],
                **{name: [value] for name, value in mail.tags.items()},
            },
        }

    def _feedback(self) -> str:
        self.count += 1
        return f"{self.accepted.ses_id[:-7]}-{self.count:06d}"


def _domain(mail: Mail) -> str:
    return bare(mail.sender).rpartition("@")[2]
