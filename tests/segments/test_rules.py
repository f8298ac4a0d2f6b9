"""Rules: what marketers may write in segments/rules.yaml, and what is told of what they may not."""

from pathlib import Path

import pytest

from cardletter.errors import Finding
from cardletter.profiles import read_interests
from cardletter.segments import read_rules
from cardletter.segments.rules import RULES, Rules
from tiny import INTERESTS, put

RULE = """\
rules:
  diners:
    name: The diners
    phrase: eating out
    when: dining.share >= 10%
"""
ANOTHER = """\
  readers:
    name: The readers
    phrase: good books
    when: rule(diners) and reading.days > 1
"""


def read(folder: Path, text: str) -> tuple[Rules, list[Finding]]:
    put(folder / "segments/interests.yaml", INTERESTS)
    put(folder / RULES, text)
    return read_rules(folder, read_interests(folder)[0])


def test_without_the_file_there_are_no_rules(tmp_path: Path):
    put(tmp_path / "segments/interests.yaml", INTERESTS)
    rules, findings = read_rules(tmp_path, read_interests(tmp_path)[0])
    assert rules == Rules()
    assert findings == []


def test_rules_are_read_in_their_order(tmp_path: Path):
    rules, findings = read(tmp_path, f"version: 1\n{RULE}{ANOTHER}merge: {{s001: [s002]}}\n")
    assert findings == []
    assert list(rules.conditions) == ["diners", "readers"]
    assert rules.hands.merge == {"s001": ["s002"]}


AN_ID = "use a-z, 0-9 and -, as in weekend-bakers; s001 and such are the machine's"
SENSITIVE = "condition of diners: 'gambling' is sensitive: nobody is picked, or left out, by it"
VERSION = "version: this Cardletter reads version 1: upgrade it, or write version: 1"
CLUSTER = "as `cardletter segment`: s001"
KEYS = "known: rules, version, merge, split"
BAD = {
    "a list": ("- a\n", 1, "is not a table of keys", "write `key: value` lines"),
    "an unknown key": (RULE + "rule: 1\n", 6, "unknown key 'rule'", KEYS),
    "a key of a rule": (RULE + "    wen: x\n", 6, "unknown key 'wen'", "is it when?"),
    "no condition": (RULE.replace("when: dining.share >= 10%", "until: 2027-01-01"), 2,
                     "when is missing", "add `when:`"),
    "a condition that is none": (RULE.replace("10%", "10"), 5,
                                 "condition of diners: dining.share is no number",
                                 "write a percentage, as 10%"),
    "21 sensitive": (RULE.replace("dining.share", "gambling.share"), 5,
                     SENSITIVE, "take it out; see `sensitive` in segments/interests.yaml"),
    "5 yes for a name": (RULE.replace("The diners", "yes"), 3, "name is not text",
                         "put it in quotes: YAML reads 0742 as a number and NO as false"),
    "5 a word for yes": (RULE + '    exclusive: "yes"\n', 6,
                         "exclusive is neither yes nor no", "write true or false"),
    "the machine's own id": (RULE.replace("  diners:", "  s007:"), 2,
                             "'s007' cannot be a rule's id",
                             AN_ID),
    "everyone's id": (RULE.replace("  diners:", "  everyone:"), 2,
                      "'everyone' cannot be a rule's id",
                      AN_ID),
    "15 two names alike": (RULE + ANOTHER.replace("The readers", "The diners"), 7,
                           "readers is called what diners is called: 'The diners'",
                           "give it a name of its own"),
    "17 a circle of one": (RULE.replace("dining.share >= 10%", "rule(diners)"), 5,
                           "rule diners stands for itself: diners go in a circle",
                           "take one rule(...) out"),
    "35 ten thousand rules": ("rules:\n" + "".join(f"  r{n}: {{}}\n" for n in range(10_000)), 1,
                              "has more than 200 rules",
                              "clusters find groups by themselves: write rules for a few only"),
    "36 no date": (RULE + "    until: 2025-02-30\n", 6,
                   "a date or number that does not exist", "mend or quote it"),
    "37 a time of day without a zone": (RULE + "    until: 2027-02-03 10:00:00\n", 6,
                                        "until is a time of day, not a date",
                                        "write it as 2026-12-03"),
    "12 a date in words": (RULE + "    until: spring\n", 6, "until is no date",
                           "write it as 2026-12-03"),
    "39 another version": ("version: 2\n" + RULE, 1,
                           VERSION, ""),
    "a merge into no cluster": ("merge: {bakers: [s001]}\n", 1, "'bakers' is no cluster", CLUSTER),
    "a merge of no cluster": ("merge: {s001: [bakers]}\n", 1, "'bakers' is no cluster", CLUSTER),
    "a merge into itself": ("merge: {s001: [s001]}\n", 1, "s001 is merged away and used again",
                            "keep one of both"),
    "a split into one": ("split: {s001: 1}\n", 1, "s001 cannot be split into 1", "write 2 to 10"),
    "split and merged": ("merge: {s001: [s002]}\nsplit: {s002: 2}\n", 1,
                         "s002 is merged away and used again", "keep one of both"),
}  # fmt: skip


@pytest.mark.parametrize("told", BAD.values(), ids=BAD)
def test_a_mistake_is_one_finding_at_its_line_with_a_remedy(tmp_path: Path, told: tuple):
    text, line, message, hint = told
    _rules, findings = read(tmp_path, text)
    assert findings == [Finding(RULES, line, message, hint)]


def test_17_rules_that_stand_for_each_other_are_told_each(tmp_path: Path):
    circle = RULE.replace("dining.share >= 10%", "rule(readers)") + ANOTHER
    rules, findings = read(tmp_path, circle)
    assert {each.line for each in findings} == {5, 9}
    assert rules.conditions == {}


def test_a_cluster_is_merged_once_only(tmp_path: Path):
    _rules, findings = read(tmp_path, "merge:\n  s001: [s003]\n  s002:\n    - s003\n")
    assert [each.line for each in findings] == [2, 4]
    assert {each.message for each in findings} == {"s003 is merged twice"}
