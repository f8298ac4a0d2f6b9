"""Every error a person can mend, named by what is to be mended.

CardletterError
├── SettingsError    mend pyproject.toml or the environment
├── SourceError      mend the data, or the mapping of its columns
├── FilesError       mend the named lines of content/, segments/ or templates/
├── EditionError     name another edition, or make one
├── MemberError      name another member, or record something else of this one
├── StaleError       take consents in again before anything is sent
├── FrozenError      the edition is being sent: finish it, or make a new one
├── LetterError      mend what a variant is made of: it cannot be sent as it is
├── BusyError        wake or end the process that holds the ledger
├── NotReadyError    mend the account that messages leave through
├── PausedError      see why the edition stands still, then let it go on
└── AccountsError    do not trust the run: candidates and outcomes do not add up

No message ever holds a person's value: it says what, where (file, row) and how to mend it.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal

Severity = Literal["error", "warning"]


class CardletterError(Exception):
    """Something a person can mend; its text says what, where and how."""


class SettingsError(CardletterError):
    """The settings are missing, misspelled or contradict each other."""


class SourceError(CardletterError):
    """The data does not keep the contract of the sources."""


class EditionError(CardletterError):
    """There is no such edition, or not yet what was asked of it."""


class MemberError(CardletterError):
    """There is no such member, or what was asked cannot be done for this one."""


class StaleError(CardletterError):
    """What is known of permission is too old to be believed."""


class FrozenError(CardletterError):
    """Sending has begun, so what was planned can no longer be changed."""


class LetterError(CardletterError):
    """A variant cannot be sent as it is."""


class BusyError(CardletterError):
    """Another process writes to the ledger and does not end."""


class NotReadyError(CardletterError):
    """The transport cannot send now."""


class PausedError(CardletterError):
    """The edition stands still: it was stopped, or somebody or something paused it."""


class AccountsError(CardletterError):
    """Candidates are not the sum of their outcomes."""


@dataclass(frozen=True, order=True)
class Finding:
    """One thing found in a file that a person wrote: where it is, what it is, how to mend it."""

    path: str
    line: int
    message: str
    hint: str = ""
    severity: Severity = "error"

    def __str__(self) -> str:
        """Read as editors and terminals link it: `path:line: message`; line 0 is none."""
        where = f"{self.path}:{self.line}" if self.line else self.path
        return f"{where}: {self.message}"

    def as_dict(self) -> dict[str, str | int]:
        """Give the fields by name, for findings.json."""
        return asdict(self)


class FilesError(CardletterError):
    """People's files have findings that stop the work; all of them are told at once."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        """Keep the findings and say the errors among them, one a line."""
        self.findings = sorted(findings)
        errors = [f for f in self.findings if f.severity == "error"]
        lines = [
            f"{finding}" + (f" ({finding.hint})" if finding.hint else "") for finding in errors
        ]
        super().__init__("\n".join(lines))


def stop_on_errors(findings: Sequence[Finding]) -> None:
    """Raise all findings at once if any of them is an error."""
    if any(finding.severity == "error" for finding in findings):
        raise FilesError(findings)
