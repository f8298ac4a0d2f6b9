"""The bench: what a worker's process does, question by question, until nobody asks any more."""

import json
import os
import resource
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO

from cardletter import checking
from cardletter.errors import CardletterError, FilesError
from cardletter.studio import approvals
from cardletter.studio.letters import Letters, Wanted, unprinted
from cardletter.studio.proofs import send_proof
from cardletter.studio.trying import Trials

MEMORY = 8 * 1024**3
"""Bytes that a letter may need, all libraries included."""

Answer = dict[str, Any]


class Bench:
    """Answers questions about a project."""

    def __init__(self, project: Path) -> None:
        """Open a project."""
        self.project, self.letters = project, Letters(project)
        self.trials = Trials(project)

    def answer(self, verb: str, about: dict[str, Any]) -> Answer:
        """Answer a question; what a person can mend is part of the answer."""
        verbs: dict[str, Callable[..., Answer]] = {
            "look": self.look,
            "whom": self.letters.whom,
            "check": self.check,
            "proof": self.proof,
            "approval": self.approval,
            "approve": self.approve,
            "what_if": self.trials.what_if,
        }
        try:
            return verbs[verb](**about)
        except FilesError as error:
            return {"findings": unprinted(error)}
        except CardletterError as error:
            return {"refused": str(error)}
        except (MemoryError, RecursionError) as error:
            return {"refused": f"That needs too much: {type(error).__name__}."}

    def look(self, wanted: dict[str, Any]) -> Answer:
        """Print a letter."""
        return self.letters.look(Wanted(**wanted))

    def proof(self, wanted: dict[str, Any], to: str) -> Answer:
        """Print a letter, and send it to look at it in a mailbox."""
        return asdict(send_proof(self.project, self.letters.printed(Wanted(**wanted)), to))

    def approval(self, edition: str) -> Answer:
        """Say how the approval of an edition stands."""
        return approvals.approval(self.project, edition)

    def approve(self, edition: str, by: str, why: str) -> Answer:
        """Record that somebody approves an edition."""
        return approvals.approve(self.project, edition, by, why)

    def check(self, drafts: dict[str, str]) -> Answer:
        """Look over all that people wrote, drafts included."""
        findings = checking.check(self.letters.drafts.laid_out(drafts))
        return {"findings": [each.as_dict() for each in findings]}


def main(project: Path, questions: TextIO, answers: TextIO) -> None:
    """Say that one is there, then answer each line with a line."""
    bench = Bench(project)
    answers.write("{}\n")
    answers.flush()
    for line in questions:
        about = json.loads(line)
        answer = bench.answer(about.pop("verb"), about)
        answers.write(json.dumps(answer, default=str) + "\n")
        answers.flush()


def _only_answers() -> TextIO:
    """Give where answers go; whatever else is printed goes where errors go."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return answers


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    main(Path(sys.argv[1]), sys.stdin, _only_answers())
