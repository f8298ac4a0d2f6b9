"""A letter as an inline template of SES: the variant once, and each member's values beside it.

SES puts a value in as it is, so each field is given twice: escaped for HTML, and plain for the
subject and the text. A field that is missing makes SES say yes and send nothing; so all of it is
looked at before the first call.
"""

import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

import orjson

from cardletter.delivery.message import Letter, Recipient, fill
from cardletter.errors import LetterError
from cardletter.templates import FIELDS, PICTURES, places

LONGEST_TEMPLATE = 500_000
"""Bytes of subject, text and HTML together; SES takes 1 MB of a call with all its entries."""
SUBJECT = "subject"
PLACE = re.compile(r"\{\{([^{}]*)\}\}")
TRIPLE = re.compile(r"\{{3}|\}{3}")
"""To SES a field as well, whose outer braces are lost."""


@dataclass(frozen=True)
class Template:
    """A variant as SES takes it."""

    variant_id: str
    content: Mapping[str, object]
    subject_b: str = ""
    """The subject to try against the other, which then are a field of their own."""
    subject_a: str = ""
    names: tuple[str, ...] = FIELDS
    """The fields that may stand in it."""

    def data(self, recipient: Recipient) -> str:
        """Give one member's values as JSON: each plain, and escaped for HTML."""
        plain = recipient.fields
        escaped = {f"{name}_html": html.escape(value) for name, value in plain.items()}
        for name, each in recipient.personal.items():
            escaped |= {name: each.text, f"{name}_html": each.html}
        own = fill(self.subject_b if recipient.arm == "b" else self.subject_a, plain, str)
        return orjson.dumps({**plain, **escaped, **({SUBJECT: own} if own else {})}).decode()

    def prove(self, recipient: Recipient) -> None:
        """See that SES can fill the template in.

        Raises:
            LetterError: it could not.
        """
        data = json.loads(self.data(recipient))
        if any(
            "{{" in places(self.names).sub("", tried) for tried in (self.subject_a, self.subject_b)
        ):
            raise LetterError(self._words("its subject has braces that are no field"))
        parts: Mapping[str, str] = self.content["TemplateContent"]  # type: ignore[assignment]
        for part, text in parts.items():
            names = PLACE.findall(text)
            unknown = sorted({name for name in names if name not in data})
            rest = PLACE.sub("", text)
            if unknown or any(each in rest for each in ("{{", "}}")) or TRIPLE.search(text):
                raise LetterError(self._words(f"its {part.lower()} has braces that are no field"))
            if "\\{{" in text:
                raise LetterError(self._words(f"its {part.lower()} has a backslash before a field"))
        if sum(len(text.encode()) for text in parts.values()) > LONGEST_TEMPLATE:
            raise LetterError(self._words(f"it has more than {LONGEST_TEMPLATE:,} bytes"))
        if PICTURES in parts["Html"]:
            raise LetterError(
                self._words("its pictures have no address: set assets_url and make it again")
            )

    def _words(self, wrong: str) -> str:
        return f"Variant {self.variant_id} cannot be sent through SES: {wrong}."


def template_of(letter: Letter) -> Template:
    """Make a letter's template."""
    rendered = letter.rendered
    tried = rendered.subject_b
    content = {
        "Subject": f"{{{{{SUBJECT}}}}}" if tried else rendered.subject,
        "Text": rendered.text,
        "Html": places(letter.names).sub(r"{{\1_html}}", rendered.html),
    }
    first = rendered.subject if tried else ""
    told = {"TemplateContent": content}
    return Template(letter.variant_id, told, tried, first, letter.names)


def fields_given(recipient: Recipient) -> bool:
    """Tell whether every field has a value."""
    return all(map(recipient.fields.get, FIELDS))
