"""Oddities: addresses that may be mailed and are worth a look; counted, and nothing else."""

import unicodedata
from collections.abc import Iterator

import pandas as pd
from ibis import _
from ibis.expr.types import Table

ODDITIES = {
    "role_address": "a role reads it, not a person: info@, postmaster@, ...",
    "example_address": "its domain is reserved for examples: nobody reads it",
    "gmail_variant": "differs from another member's in dots or after a + only: the same mailbox",
    "mixed_script_domain": "its domain mixes letters of several alphabets, as forged ones do",
}
"""What is counted, and why it is worth a look."""

ROLES = (
    *("abuse", "admin", "administrator", "billing", "contact", "help", "hello", "hostmaster"),
    *("info", "mail", "mailer-daemon", "marketing", "no-reply", "noreply", "office", "postmaster"),
    *("root", "sales", "security", "service", "support", "webmaster"),
)
EXAMPLES = r"(^|\.)example\.(com|net|org)$"
GMAIL = ("gmail.com", "googlemail.com")
TOGETHER = {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HANGUL", "BOPOMOFO", "LATIN"}
"""Scripts that are written beside each other in an honest name."""


def oddities(members: Table) -> dict[str, int]:
    """Count the members with each kind of odd address; kinds that nobody has are left out."""
    split = r"^(.*)@([^@]*)$"
    email = members.email.lower()
    parts = members.filter(members.email.notnull()).select(
        email=email, local=email.re_extract(split, 1), domain=email.re_extract(split, 2)
    )
    told = parts.agg(
        role_address=parts.local.isin(ROLES).sum(),
        example_address=parts.domain.re_search(EXAMPLES).sum(),
    ).to_pandas()
    counted = {str(name): told[name].fillna(0).iloc[0] for name in told.columns}
    counted |= {"gmail_variant": _variants(parts), "mixed_script_domain": _mixed(parts)}
    return {name: int(counted[name]) for name in ODDITIES if counted[name]}


def _variants(parts: Table) -> int:
    gmail = parts.filter(parts.domain.isin(GMAIL))
    mailbox = gmail.local.re_replace(r"\+.*$", "").replace(".", "")
    groups = gmail.group_by(mailbox=mailbox).agg(rows=_.count(), ways=_.email.nunique())
    rows = groups.filter(groups.ways > 1).rows.sum().to_pandas()
    return 0 if pd.isna(rows) else int(rows)


def _mixed(parts: Table) -> int:
    odd = parts.filter(parts.domain.re_search(r"[^\x00-\x7F]|xn--"))
    told = odd.group_by("domain").agg(rows=_.count()).to_pandas()
    return int(sum(told["rows"][[any(map(_forged, _labels(d))) for d in told["domain"]]]))


def _labels(domain: str) -> Iterator[str]:
    for label in domain.split("."):
        try:
            yield label.encode().decode("idna") if label.startswith("xn--") else label
        except UnicodeError:
            yield label


def _forged(label: str) -> bool:
    """Tell whether a label has letters of alphabets that are not written beside each other."""
    scripts = {unicodedata.name(c, "?").split()[0] for c in label if c.isalpha()}
    return len(scripts) > 1 and not scripts <= TOGETHER
