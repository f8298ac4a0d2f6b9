"""Naming: a cluster is called after what sets its members apart.

Interests that at least a quarter of them spend on, ranked by mean share x log lift; the mean is
over members, so that one heavy buyer names nothing. It is taken at the lower end of what it may be,
so that chance names nothing either: small clusters, and what few of them spend much on, wait.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from babel import Locale, UnknownLocaleError
from babel.lists import format_list

from cardletter.profiles import Interest
from cardletter.segments.points import Labels, Matrix
from cardletter.segments.taste import Taste

PENETRATION = 0.25
MOST = 3
SURE = 1.64
"""Standard errors that a mean is drawn down by: 95 of 100 true ones lie above."""


@dataclass(frozen=True)
class Trait:
    """One interest that sets a cluster apart."""

    interest: str
    name: str
    lift: float
    share: float

    def __str__(self) -> str:
        """Say the interest and how many times the usual share of spending it takes."""
        return f"{self.name} ×{self.lift:.1f}"


def traits(taste: Taste, rows: Labels, interests: list[Interest]) -> list[Trait]:
    """Give what sets the rows apart from all members, strongest first."""
    share: Matrix = taste.share[rows]
    mean, everyone = share.mean(axis=0), taste.share.mean(axis=0)
    least = mean - SURE * share.std(axis=0) / np.sqrt(max(len(share) - 1, 1))
    with np.errstate(divide="ignore", invalid="ignore"):
        lift = np.where(everyone > 0, mean / everyone, 0)
        score = np.where(least > everyone, least * np.log(least / everyone), 0)
    score[(share > 0).mean(axis=0) < PENETRATION] = 0
    order = [i for i in np.argsort(-score, kind="stable") if score[i] > 0]
    return [
        Trait(interests[i].interest_id, interests[i].name, round(lift[i], 2), round(mean[i], 4))
        for i in order
    ]


class Proposal(NamedTuple):
    """What the machine calls a cluster, and the interests that it is called after."""

    name: str
    phrase: str
    after: tuple[str, ...] = ()

    def today(self, interests: dict[str, Interest]) -> "Proposal | None":
        """Say it as the interests are called today; None where one is no interest any more."""
        if not set(self.after) <= set(interests):
            return None
        return _called([interests[name] for name in self.after]) if self.after else self


def propose(
    found: list[list[Trait]],
    interests: dict[str, Interest],
    given: list[str | None],
    last: list[Proposal | None] | None = None,
) -> list[Proposal]:
    """Propose a name and a phrase per cluster, no name twice; the names people gave are theirs.

    What was proposed last time is proposed again, as long as it can be said.
    """
    taken = {name for name in given if name}
    kept: list[Proposal | None] = []
    for before, own in zip(last or [None] * len(given), given, strict=True):
        again = before.today(interests) if before else None
        kept.append(again if again and again.name not in taken - {own} else None)
        taken |= {again.name} if again else set()
    proposed = []
    for cluster, own, again in zip(found, given, kept, strict=True):
        of = [interests[trait.interest] for trait in cluster[: MOST + 2]]
        proposal = again or _shortest_free(of, taken - {own})
        taken.add(own or proposal.name)
        proposed.append(proposal)
    return proposed


def _shortest_free(of: list[Interest], taken: set[str]) -> Proposal:
    for count in range(min(2, len(of)), len(of) + 1):
        proposal = _called(of[:count])
        if proposal.name and proposal.name not in taken:
            return proposal
    number = next(n for n in range(1, len(taken) + 2) if f"A bit of everything {n}" not in taken)
    return Proposal(f"A bit of everything {number}", "a bit of everything")


def _called(of: list[Interest]) -> Proposal:
    name, phrase = (_join([getattr(each, word) for each in of]) for word in ("name", "phrase"))
    return Proposal(name, phrase, tuple(each.interest_id for each in of))


def _join(words: list[str]) -> str:
    """Join words as one says them, the later ones without their capital."""
    if len(words) < 2:  # noqa: PLR2004 - one word needs no joining
        return "".join(words)
    # DIY stays DIY.
    later = [word if word[:2].isupper() else word[0].lower() + word[1:] for word in words[1:]]
    # "good cuts and a hot grill, and a proper breakfast": two ands want a comma between them.
    comma = "," if words[2:] or any(" and " in word for word in words) else ""
    return ", ".join([words[0], *later[:-1]]) + f"{comma} and " + later[-1]


def joined(words: list[str], language: str) -> str:
    """Join words as another language does."""
    try:
        return str(format_list(words, locale=Locale.parse(language, sep="-")))
    except (UnknownLocaleError, ValueError):
        return ", ".join(words)
