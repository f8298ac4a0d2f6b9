"""Arms: which of two subjects more people clicked under, said only where it can be told.

Clicks of people alone count, never opens: an open says little more than that a machine fetched a
picture. The arms are compared by a test of two proportions; where chance would do as much, or
where there are too few, the answer is that it cannot be told.
"""

from dataclasses import dataclass

from cardletter.feedback.figures import FEWEST, in_words
from cardletter.ledger.haste import clicks_by_people
from cardletter.permission import read_receipts
from cardletter.workspace import Workspace

SURE = 0.05
"""The chance that equal subjects differ as much, below which one is called better."""
NOT_ENOUGH = "Not enough to say which subject is better."


@dataclass(frozen=True)
class Arm:
    """The members who got one subject: how many, and how many of them clicked."""

    name: str
    subject: str
    sent: int
    clicked: int

    @property
    def share(self) -> float:
        """Give the share who clicked."""
        return self.clicked / self.sent if self.sent else 0.0

    def row(self) -> tuple[object, ...]:
        """Write it as a row of the report, without a figure about too few."""
        share = f"{self.share:.2%}" if self.clicked >= FEWEST else ""
        return (self.name.upper(), self.subject, in_words(self.sent), in_words(self.clicked), share)


def read_arms(desk: Workspace) -> list[Arm]:
    """Give both arms of an edition that tried two subjects, and nothing for any other."""
    subjects: list[str] = desk.read_json("plan.json")["subjects"]
    if len(subjects) < 2:  # noqa: PLR2004 - a trial has two
        return []
    receipts = read_receipts(desk)
    sent = receipts.loc[receipts["outcome"] == "sent", ["member_id", "arm"]]
    clicked = sent["member_id"].isin(clicks_by_people(desk.ledger, desk.edition)["member_id"])
    return [
        Arm(
            name, subject, int((sent["arm"] == name).sum()), int(clicked[sent["arm"] == name].sum())
        )
        for name, subject in zip("ab", subjects, strict=True)
    ]


def verdict(one: Arm, other: Arm) -> str:
    """Say which of two arms did better, if that can be told."""
    chance = by_chance(one, other)
    if chance is None or chance >= SURE:
        told = "" if chance is None else f" Chance does as much (p = {chance:.2f})."
        return NOT_ENOUGH + told
    better = max(one, other, key=lambda arm: arm.share)
    said = "p < 0.001" if chance < 0.001 else f"p = {chance:.3f}"  # noqa: PLR2004 - as one writes it
    return f"Subject {better.name.upper()} is clicked more, and not by chance ({said})."


def by_chance(one: Arm, other: Arm) -> float | None:
    """Give the chance that equal subjects differ as much; None where there is too little to ask."""
    from scipy.stats import chi2_contingency  # noqa: PLC0415 - costs every command a second

    clicked, sent = one.clicked + other.clicked, one.sent + other.sent
    if min(one.sent, other.sent) < FEWEST or clicked < FEWEST or clicked == sent:
        return None
    table = [[arm.clicked, arm.sent - arm.clicked] for arm in (one, other)]
    return float(chi2_contingency(table, correction=False).pvalue)
