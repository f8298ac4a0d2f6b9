"""Requests: calls as SES reads them, written here and not by botocore.

A bulk call is mostly its template, the same in every call of a variant: it is written once, and put
into each body as it is. Botocore would look through all of it and write it anew for every call.
"""

from collections.abc import Sequence
from typing import Any

import orjson

from cardletter.delivery.message import Recipient
from cardletter.delivery.template import Template
from cardletter.delivery.transports import Batch
from cardletter.settings import Ses as SesSettings

ONE_CLICK = {"Name": "List-Unsubscribe-Post", "Value": "List-Unsubscribe=One-Click"}


class Requests:
    """Makes the requests of one sender."""

    def __init__(self, settings: SesSettings, sender: str) -> None:
        """Write in the name of a sender: a From line as SES takes it."""
        self.settings, self.sender = settings, sender
        self.templates: dict[str, Template] = {}
        self._written: dict[str, bytes] = {}
        """The templates as they stand in a body."""

    def add(self, template: Template) -> None:
        """Take a variant's template, to write calls of it."""
        self.templates[template.variant_id] = template
        self._written[template.variant_id] = orjson.dumps(_default(template))

    def bulk(self, batch: Batch, recipients: Sequence[Recipient]) -> dict[str, Any]:
        """Give the request of a bulk call."""
        template = self.templates[batch.letter.variant_id]
        entries = [
            {
                "Destination": {"ToAddresses": [each.address]},
                "ReplacementTags": _tags(each),
                "ReplacementEmailContent": {
                    "ReplacementTemplate": {"ReplacementTemplateData": template.data(each)}
                },
                "ReplacementHeaders": [_unsubscribe(each)],
            }
            for each in recipients
        ]
        return self._common(batch) | {
            "DefaultContent": _default(template),
            "BulkEmailEntries": entries,
        }

    def body(self, batch: Batch, recipients: Sequence[Recipient]) -> bytes:
        """Give the request of a bulk call as its body: what botocore would write of it."""
        template = orjson.Fragment(self._written[batch.letter.variant_id])
        return orjson.dumps(self.bulk(batch, recipients) | {"DefaultContent": template})

    def one(self, batch: Batch, recipient: Recipient) -> dict[str, Any]:
        """Give the request of a call to one member."""
        body = {
            "Text": _utf8(batch.letter.words(recipient)),
            "Html": _utf8(batch.letter.page(recipient)),
        }
        simple = {
            "Subject": _utf8(batch.letter.subject(recipient)),
            "Body": body,
            "Headers": [_unsubscribe(recipient), ONE_CLICK],
        }
        return self._common(batch) | {
            "Destination": {"ToAddresses": [recipient.address]},
            "Content": {"Simple": simple},
            "EmailTags": _tags(recipient),
        }

    def _common(self, batch: Batch) -> dict[str, Any]:
        tracking = "ENABLED" if batch.tracked else "DISABLED"
        request: dict[str, Any] = {
            "FromEmailAddress": self.sender,
            "ConfigurationSetName": self.settings.configuration_set,
            "ConfigurationOverrides": {
                "Tracking": {"OpenTrackingEnabled": tracking, "ClickTrackingEnabled": tracking}
            },
        }
        if self.settings.tenant:
            request["TenantName"] = self.settings.tenant
        return request


def _default(template: Template) -> dict[str, Any]:
    return {"Template": {**template.content, "Headers": [ONE_CLICK]}}


def _unsubscribe(recipient: Recipient) -> dict[str, str]:
    return {"Name": "List-Unsubscribe", "Value": f"<{recipient.fields['unsubscribe_url']}>"}


def _tags(recipient: Recipient) -> list[dict[str, str]]:
    """Give what SES reports come back with: ids that say nothing to anybody else."""
    return [
        {"Name": "edition", "Value": recipient.edition},
        {"Name": "message", "Value": recipient.message_id},
    ]


def _utf8(text: str) -> dict[str, str]:
    return {"Data": text, "Charset": "UTF-8"}
