"""Rules: segments that marketers define themselves, and clusters that they split or merge by hand.

segments/rules.yaml need not be there. A member is in the first rule of the file whose condition
they meet; all others are clustered.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, field_validator

from cardletter.errors import Finding
from cardletter.profiles import Interests
from cardletter.segments.expression import Condition, others, read_condition
from cardletter.segments.files import ID
from cardletter.segments.vocabulary import MisreadError, Vocabulary
from cardletter.yamlfile import YamlFile

RULES = "segments/rules.yaml"
MOST_RULES = 200
A_CLUSTER = re.compile(r"s\d+")
RESERVED = ("everyone",)


class Rule(BaseModel):
    """A segment by its condition."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=2, max_length=60)
    phrase: str = Field(min_length=2, max_length=80)
    phrases: dict[str, str] = Field(default_factory=dict)
    when: str = Field(min_length=3)
    exclusive: bool = Field(default=False, strict=True)
    until: dt.date | None = None


class Hands(BaseModel):
    """What is done to clusters by hand: by cluster, who joins it, or into how many it is split."""

    model_config = ConfigDict(extra="forbid")

    version: int = Field(1, strict=True)
    merge: dict[str, list[str]] = Field(default_factory=dict)
    split: dict[str, int] = Field(default_factory=dict)

    @field_validator("version")
    @classmethod
    def _known(cls, version: int) -> int:
        if version != 1:
            raise ValueError("this Cardletter reads version 1: upgrade it, or write version: 1")
        return version


@dataclass(frozen=True)
class Rules:
    """What segments/rules.yaml says, in its order."""

    rules: dict[str, Rule] = field(default_factory=dict)
    conditions: dict[str, Condition] = field(default_factory=dict)
    hands: Hands = field(default_factory=Hands)
    file: YamlFile = field(default_factory=lambda: YamlFile(RULES, {}))


def read_rules(project: Path, interests: Interests) -> tuple[Rules, list[Finding]]:
    """Read segments/rules.yaml, if there is one; give the good rules and every finding."""
    if not (project / RULES).is_file():
        return Rules(), []
    file = YamlFile.read(project, RULES)
    found = list(file.findings)
    table = file.table("rules", found, needed=False)
    if len(table) > MOST_RULES:
        hint = "clusters find groups by themselves: write rules for a few only"
        found.append(file.finding(("rules",), f"has more than {MOST_RULES} rules", hint))
        table = {}
    rules = {name: rule for name in table if (rule := _rule(file, name, found))}
    words = Vocabulary(
        frozenset(interests.interests),
        frozenset(name.casefold() for name in interests.themes_left_out),
        frozenset(table),
    )
    conditions = {
        name: condition
        for name, rule in rules.items()
        if (condition := _condition(file, name, rule.when, words, found))
    }
    found += _same(file, rules)
    found += _circles(file, conditions)
    hands, more = _hands(file)
    return Rules(rules, conditions, hands, file), found + more


def _rule(file: YamlFile, name: str, found: list[Finding]) -> Rule | None:
    if not ID.fullmatch(name) or A_CLUSTER.fullmatch(name) or name in RESERVED:
        hint = "use a-z, 0-9 and -, as in weekend-bakers; s001 and such are the machine's"
        found.append(file.finding(("rules", name), f"{name!r} cannot be a rule's id", hint))
    rule, findings = file.under("rules").fit(Rule, name)
    found.extend(findings)
    return rule


def _condition(
    file: YamlFile, name: str, text: str, words: Vocabulary, found: list[Finding]
) -> Condition | None:
    try:
        return read_condition(text, words)
    except MisreadError as error:
        at = ("rules", name, "when")
        found.append(file.finding(at, f"condition of {name}: {error.message}", error.hint))
        return None


def _same(file: YamlFile, rules: dict[str, Rule]) -> Iterator[Finding]:
    owner: dict[str, str] = {}
    for name, rule in rules.items():
        if (other := owner.setdefault(rule.name, name)) != name:
            message = f"{name} is called what {other} is called: {rule.name!r}"
            yield file.finding(("rules", name, "name"), message, "give it a name of its own")


def _circles(file: YamlFile, conditions: dict[str, Condition]) -> Iterator[Finding]:
    """Find rules that stand for themselves, whatever the way round, and take them out."""
    needs = {name: set(others(condition)) for name, condition in conditions.items()}
    while free := [name for name, of in needs.items() if not of & set(needs)]:
        for name in free:
            del needs[name]
    for name in needs:
        message = f"rule {name} stands for itself: {' and '.join(sorted(needs))} go in a circle"
        yield file.finding(("rules", name, "when"), message, "take one rule(...) out")
        conditions.pop(name)


def _hands(file: YamlFile) -> tuple[Hands, list[Finding]]:
    keys = {key: value for key, value in file.content.items() if key != "rules"}
    known = ", ".join(["rules", *Hands.model_fields])
    own = YamlFile(file.path, keys, file.lines)
    hands, found = own.fit(Hands)
    found = [
        Finding(each.path, each.line, each.message, f"known: {known}")
        if each.message.startswith("unknown key") and not each.hint.startswith("is it")
        else each
        for each in found
    ]
    hands = hands or Hands()
    for what, ids in (("merge", hands.merge), ("split", hands.split)):
        found += [
            file.finding((what, name), f"{name!r} is no cluster", "as `cardletter segment`: s001")
            for name in ids
            if not A_CLUSTER.fullmatch(name)
        ]
    found += [
        file.finding(("split", name), f"{name} cannot be split into {parts}", "write 2 to 10")
        for name, parts in hands.split.items()
        if not 2 <= parts <= 10  # noqa: PLR2004 - as the hint says
    ]
    return hands, found + list(_merged(file, hands))


def _merged(file: YamlFile, hands: Hands) -> Iterator[Finding]:
    joined = [name for names in hands.merge.values() for name in names]
    for into, names in hands.merge.items():
        for place, name in enumerate(names):
            at = ("merge", into, str(place))
            if not A_CLUSTER.fullmatch(name):
                yield file.finding(at, f"{name!r} is no cluster", "as `cardletter segment`: s001")
            elif name == into or name in hands.merge or name in hands.split:
                yield file.finding(at, f"{name} is merged away and used again", "keep one of both")
            elif joined.count(name) > 1:
                yield file.finding(at, f"{name} is merged twice", "keep it in one place")
