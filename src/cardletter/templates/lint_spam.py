"""SpamAssassin's word on a letter, where it is installed; it is asked here, and asks nobody else.

What it says of headers is not counted: the headers of a real message are made when it is sent.
"""

import re
import shutil
import subprocess
from dataclasses import dataclass
from email.message import EmailMessage

from cardletter.errors import CardletterError, Finding
from cardletter.templates.lint_checks import CHECKS
from cardletter.templates.lint_letter import PAGE_AT
from cardletter.typesetting.setting import Rendered

PROGRAM = "spamassassin"
SECONDS = 120
HALF = 0.5
"""Share of the points of spam from which on a letter is warned of."""

FIELD = re.compile(r"\{\{(\w+)\}\}")
POINTS = re.compile(r"\((-?[\d.]+) points, ([\d.]+) required\)")
RULE = re.compile(r"^[ *]*(-?\d+\.\d)\s+([A-Z0-9_]{3,})\s+(\S.*(?:\n\s{10,}\S.*)*)", re.MULTILINE)
OF_HEADERS = frozenset({"NO_RECEIVED", "NO_RELAYS", "MSGID_SHORT", "MISSING_MID", "MISSING_DATE"})


@dataclass(frozen=True)
class Score:
    """What SpamAssassin gives a letter."""

    points: float
    most: float
    """From which on it is spam."""
    rules: tuple[tuple[float, str], ...]
    """What they are for, the dearest first."""

    def findings(self) -> list[Finding]:
        """Make a finding of a score that is high."""
        if self.points < self.most * HALF:
            return []
        said = "; ".join(f"{words} ({points:g})" for points, words in self.rules[:3])
        check = "is_spam" if self.points >= self.most else "spam"
        values = {"score": f"{self.points:g}", "most": f"{self.most:g}", "rules": said}
        return [CHECKS[check].at(PAGE_AT, **values)]


def installed() -> bool:
    """Tell whether SpamAssassin can be asked."""
    return shutil.which(PROGRAM) is not None


def score(rendered: Rendered, sender: str) -> Score:
    """Ask SpamAssassin what it gives a letter, by its local tests only.

    Raises:
        CardletterError: it does not answer.
    """
    command = [PROGRAM, "--local", "--test-mode", "--nocreate-prefs"]
    try:
        told = subprocess.run(  # noqa: S603 - a program of the system, and our own letter
            command,
            input=_message(rendered, sender),
            capture_output=True,
            timeout=SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise CardletterError(f"SpamAssassin does not answer: {type(error).__name__}.") from None
    return read(told.stdout.decode("utf-8", "replace"))


def read(report: str) -> Score:
    """Read a report of SpamAssassin.

    Raises:
        CardletterError: it is none.
    """
    summed = POINTS.search(report)
    if not summed:
        raise CardletterError("SpamAssassin gave no score.")
    rules = [
        (float(found[1]), " ".join(found[3].split()))
        for found in RULE.finditer(report, summed.end())
        if found[2] not in OF_HEADERS and float(found[1]) > 0
    ]
    dearest = sorted(rules, key=lambda rule: -rule[0])
    return Score(float(summed[1]), float(summed[2]), tuple(dearest))


def _message(rendered: Rendered, sender: str) -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = sender, "reader@mail.example"
    message["Subject"] = _filled(rendered.subject)
    message["Date"] = "Thu, 03 Dec 2026 09:00:00 +0000"
    message["Message-ID"] = "<of-no-real-letter-at-all@mail.example>"
    message.set_content(_filled(rendered.text))
    message.add_alternative(_filled(rendered.html), subtype="html")
    return message.as_bytes()


def _filled(text: str) -> str:
    """Fill fields in with what is nobody's."""
    return FIELD.sub(
        lambda found: "https://letters.example/x" if found[1].endswith("url") else "Hello", text
    )
