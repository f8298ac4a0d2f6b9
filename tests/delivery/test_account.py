"""The SES account: one that cannot send is told so in words before anything is sent."""

import shutil
import socket
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

import little
import posting
from cardletter import delivery
from cardletter.delivery import sending
from cardletter.delivery.account import UNLIMITED, left, look_over
from cardletter.errors import NotReadyError, SettingsError
from cardletter.ledger import Limits
from cardletter.rehearsal.account import Account
from cardletter.rehearsal.standin import Standin
from mailing import opened, settings

SANDBOX = {"production_access_enabled": False}
PAUSED = {"sending_enabled": False}
SHUT = {"enforcement_status": "SHUTDOWN"}
REVIEW = {"enforcement_status": "PROBATION"}
USED_UP = {"max_24_hour_send": 200.0, "sent_last_24_hours": 200.0}
NO_RATE = {"max_send_rate": 0.0}
STRANGER = {"identities": {"another.example"}}
PENDING = {"identities": {"another.example"}, "pending": {"larkfield.example"}}
WORDS = {
    "sandbox": (SANDBOX, "it is in the SES sandbox"),
    "paused": (PAUSED, "its sending is paused"),
    "shut down": (SHUT, "SES has shut it down"),
    "under review": (REVIEW, "SES has it under review"),
    "quota used up": (USED_UP, "its quota for 24 hours is used up"),
    "no rate": (NO_RATE, "SES gives it no sending rate"),
    "sender unknown": (STRANGER, "it does not know larkfield.example, which the letter is from"),
    "not yet verified": (PENDING, "larkfield.example, which the letter is from, is not verified"),
}


@pytest.fixture
def standin() -> Iterator[Standin]:
    with Standin() as made:
        yield made


def refusal(account: Mapping[str, object], messages: int = 100, **more: bool | str) -> str:
    with Standin(account=Account(**account)) as standin, opened(standin.url, **more) as ses:
        with pytest.raises(NotReadyError) as no:
            ses.ready(messages)
        assert standin.log.posts() == 0
        return str(no.value)


@pytest.mark.parametrize("name", WORDS)
def test_an_account_that_cannot_send_is_told_so_in_one_sentence(name: str):
    account, words = WORDS[name]
    said = refusal(account)
    assert said.startswith("The SES account cannot send: " + words)
    assert said.endswith(".")
    assert not [other for other in WORDS.values() if other[1] != words and other[1] in said]


def test_all_reasons_are_told_at_once():
    account = SANDBOX | PAUSED | SHUT | USED_UP | NO_RATE | STRANGER
    said = refusal(account)
    for name, (_, words) in WORDS.items():
        assert (words in said) is (name not in {"under review", "not yet verified"})


@pytest.mark.parametrize(
    "verified", ["larkfield.example", "letter@mail.larkfield.example", "mail.larkfield.example"]
)
def test_the_address_its_domain_or_one_above_may_be_verified(standin: Standin, verified: str):
    standin.account.identities = {verified}
    with opened(standin.url, sender="The Letter <Letter@mail.larkfield.example>") as ses:
        assert ses.ready(100).recipients > 0


def test_a_question_that_ses_has_no_time_for_is_asked_again(
    standin: Standin, monkeypatch: pytest.MonkeyPatch
):
    standin.account.asks_per_second = 1
    waited = []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        standin.ses.asks.happened.clear()
        standin.ses.asks.sum = 0

    monkeypatch.setattr("cardletter.delivery.ses.time.sleep", wait)
    with opened(standin.url) as ses:
        assert ses.ready(100).recipients > 0
    assert waited == [1.1]


def test_an_account_that_is_well_says_how_fast_it_may_send(standin: Standin):
    standin.account.max_send_rate = 14.0
    with opened(standin.url) as ses:
        assert ses.ready(100) == Limits(14.0)


def test_the_limit_of_calls_is_a_setting(standin: Standin):
    standin.account.max_send_rate = 150.0
    with opened(standin.url, calls_per_second=2.5) as ses:
        assert ses.ready(100) == Limits(150.0, 2.5)


@pytest.mark.parametrize(
    ("account", "allowed"), [(SANDBOX, "sandbox"), (REVIEW, "while_under_review")]
)
def test_a_trial_and_a_review_may_be_allowed_by_a_setting(account: dict[str, object], allowed: str):
    with (
        Standin(account=Account(**account)) as standin,
        opened(standin.url, **{allowed: True}) as ses,
    ):
        assert ses.ready(100).recipients > 0


@pytest.mark.parametrize("account", [PAUSED, SHUT, USED_UP, NO_RATE, STRANGER, PENDING])
def test_no_setting_allows_what_ses_itself_would_refuse(account: dict[str, object]):
    assert refusal(account, sandbox=True, while_under_review=True)


def test_where_nothing_is_to_be_sent_a_used_up_quota_hinders_nobody():
    with Standin(account=Account(**USED_UP)) as standin, opened(standin.url) as ses:
        assert ses.ready(0).recipients > 0


@pytest.mark.parametrize(
    ("quota", "sent", "rest"),
    [
        (200, 0, 200),
        (200, 199, 1),
        (200, 199.5, 0),
        (200, 200, 0),
        (200, 250, 0),
        (-1, 5, UNLIMITED),
    ],
)
def test_what_the_quota_leaves_is_whole_messages(
    standin: Standin, quota: float, sent: float, rest: int
):
    standin.account.max_24_hour_send, standin.account.sent_last_24_hours = quota, sent
    with opened(standin.url) as ses:
        assert ses.quota_left() == rest


def test_an_account_that_says_nothing_of_itself_cannot_send():
    with pytest.raises(NotReadyError, match=r"its sending is paused.*no sending rate"):
        look_over({}, settings(""), 10)
    assert left({}) == 0


def test_credentials_that_ses_does_not_believe_are_told_before_anything_is_sent(standin: Standin):
    standin.account.ahead = 3_600.0  # to SES, a clock that is wrong is a wrong signature
    with opened(standin.url) as ses:
        with pytest.raises(NotReadyError, match=r"SignatureDoesNotMatch.*see the credentials"):
            ses.ready(10)
        with pytest.raises(NotReadyError, match="could not be asked"):
            ses.quota_left()
    assert standin.log.posts() == 0


def test_an_ses_that_cannot_be_reached_is_told_before_anything_is_sent():
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}"
        with opened(url) as ses, pytest.raises(NotReadyError, match="the network"):
            ses.ready(10)


@pytest.mark.parametrize("missing", ["configuration_set", "assets_url"])
def test_what_sending_needs_and_nobody_set_is_named(
    missing: str, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
):
    project = shutil.copytree(posting.frozen(tmp_path_factory), tmp_path / "letter")
    file = project / "pyproject.toml"
    lines = file.read_text("utf-8").splitlines(keepends=True)
    file.write_text("".join(x for x in lines if not x.startswith(missing)), encoding="utf-8")
    with pytest.raises(SettingsError, match=missing):
        sending.open_transport(posting.open_desk(project))


@pytest.mark.parametrize("name", WORDS)
def test_nothing_of_an_edition_is_planned_or_sent_where_the_account_is_not_ready(
    name: str,
    tmp_path_factory: pytest.TempPathFactory,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    project = shutil.copytree(posting.frozen(tmp_path_factory), tmp_path / "letter")
    with Standin(account=Account(**WORDS[name][0])) as standin:
        with posting.sent_to(standin, monkeypatch):
            desk = posting.open_desk(project)
            with pytest.raises(NotReadyError, match=WORDS[name][1]):
                delivery.send(desk)
        assert standin.log.posts() == 0
        assert standin.log.accepted == []
    assert desk.ledger.sends(little.EDITION).empty
    assert not desk.ledger.begun(little.EDITION)
