"""SpamAssassin is asked where it is installed, by tests that need no net; else that is said."""

import shutil
from pathlib import Path

import pytest

from cardletter.errors import CardletterError
from cardletter.templates import Press, Rendered, lint_spam
from cardletter.templates.sample import read_sample

REPORT = """\
Content analysis details:   ({points} points, 5.0 required)

 pts rule name              description
---- ---------------------- --------------------------------------------------
-0.0 NO_RELAYS              Informational: message was not relayed via SMTP
 0.7 HTML_FONT_LOW_CONTRAST BODY: HTML font color similar or identical to
                            background
 1.9 MONEY_BACK             BODY: Money back guarantee
 0.5 MISSING_MID            Missing Message-Id: header
"""


@pytest.mark.parametrize(
    ("points", "found"),
    [("0.7", []), ("2.4", []), ("2.5", ["warning"]), ("5.0", ["error"]), ("-1.0", [])],
)
def test_half_of_what_is_spam_is_a_warning_and_all_of_it_an_error(points: str, found: list[str]):
    score = lint_spam.read(REPORT.format(points=points))
    assert [each.severity for each in score.findings()] == found
    for each in score.findings():
        said = "SpamAssassin takes it for spam: " if found == ["error"] else "SpamAssassin gives "
        assert each.message.startswith(f"{said}{float(points):g} of 5 points: ")
        assert "Money back guarantee (1.9); " in each.message
        assert "identical to background (0.7)" in each.message
        assert "Message-Id" not in each.message


def test_what_is_no_report_is_told():
    with pytest.raises(CardletterError, match="no score"):
        lint_spam.read("")


def test_a_program_that_fails_is_told_in_words(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(lint_spam, "PROGRAM", "false")
    with pytest.raises(CardletterError, match="SpamAssassin does not answer"):
        lint_spam.score(Rendered("s", "<p>h</p>", "t"), "a@mail.example")
    monkeypatch.setattr(lint_spam, "PROGRAM", "there-is-no-such-program")
    assert not lint_spam.installed()


@pytest.mark.skipif(not shutil.which("spamassassin"), reason="needs Debian's spamassassin")
def test_our_sample_is_no_spam_and_a_bad_letter_has_more_points(made_project: Path):
    rendered = Press(made_project).print(read_sample(made_project))
    good = lint_spam.score(rendered, "letter@larkfield.example")
    assert good.findings() == []
    words = "FREE VIAGRA!!! MAKE MONEY FAST!!! 100% guaranteed, act now, dear friend"
    spam = Rendered(words, f"<html><body><h1>{words}</h1></body></html>", words)
    assert lint_spam.score(spam, "letter@larkfield.example").points > good.points + 1
