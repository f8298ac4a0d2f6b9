"""Our calls, read by two emulators of SES that others wrote, and the mails read back from them.

moto (PyPI, `moto[server]`) for single sends; aws-ses-v2-local (npm) for single and bulk ones. What
they are asked was not written with them in mind: what they read of it is what SES reads, too.
"""

import contextlib
import html
import json
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from attacks_on_mail import SMUGGLED
from cardletter.delivery.account import unverified
from cardletter.delivery.transports import DoubtError, NotTakenError
from mailing import (
    LETTER,
    NAMES,
    ONE_CLICK,
    SENDER,
    SUBJECT,
    address,
    batch,
    eventually,
    opened,
    recipient,
    recipients,
)

LOCAL = {
    "name": "emulator",
    "version": "1.0.0",
    "private": True,
    "dependencies": {"aws-ses-v2-local": "2.10.2"},
    # Its own mailparser asks for a mailsplit that was never published.
    "overrides": {"mailparser": "3.9.14"},
}
WAIT = 20.0


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


@contextlib.contextmanager
def serving(command: Sequence[str | Path], port: int) -> Iterator[str]:
    """Start a server, and give its URL once somebody answers there."""
    told = subprocess.DEVNULL
    with subprocess.Popen([*map(str, command)], stdout=told, stderr=told) as process:
        try:
            eventually(lambda: listens(port) or process.poll() is not None, 60)
            assert process.poll() is None, "the emulator ended at once"
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(20)


def listens(port: int) -> bool:
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0


def read(url: str) -> Any:  # noqa: ANN401 - JSON
    with urllib.request.urlopen(url, timeout=WAIT) as answer:  # noqa: S310
        return json.load(answer)


@pytest.fixture(scope="module")
def moto() -> Iterator[str]:
    beside = Path(sys.executable).with_name("moto_server")
    command = str(beside) if beside.exists() else shutil.which("moto_server")
    if command is None:
        pytest.skip("moto is not installed: uv pip install 'moto[server]'")
    port = free_port()
    with serving([command, "-H", "127.0.0.1", "-p", str(port)], port) as url:
        yield url


def verified(url: str) -> None:
    with opened(url, read_timeout=WAIT) as ses:
        ses.client.create_email_identity(EmailIdentity="larkfield.example")


def test_moto_reads_each_single_send_as_it_was_meant(moto: str):
    verified(moto)
    with opened(moto, batch=1, read_timeout=WAIT) as ses:
        answers = [answer for each in recipients(6) for answer in ses.take(batch([each]))]
    assert [answer.state for answer in answers] == ["sent"] * 6
    kept = {each["id"]: each for each in read(f"{moto}/moto-api/data.json")["ses"]["Message"]}
    for number, answer in enumerate(answers):
        mail = kept[answer.told]
        assert mail["source"] == SENDER
        assert mail["destinations"]["ToAddresses"] == [address(number)]
        assert mail["subject"] == SUBJECT
        assert mail["body"] == LETTER.page(recipient(number))


def test_moto_says_of_a_sender_that_it_is_not_verified_yet_or_not_known(moto: str):
    verified(moto)
    with opened(moto, read_timeout=WAIT) as ses:
        (pending,) = unverified("letter@larkfield.example", ses.identity)
        (unknown,) = unverified("a@unknown.example", ses.identity)
    assert "larkfield.example, which the letter is from, is not verified yet" in pending
    assert "it does not know unknown.example" in unknown


def test_moto_refuses_a_sender_whom_it_does_not_know_and_none_is_sent(moto: str):
    stranger = {"sender": "A <a@unknown.example>", "read_timeout": WAIT}
    with opened(moto, batch=1, **stranger) as ses, pytest.raises(NotTakenError) as no:
        ses.take(batch(recipients(1)))
    assert (no.value.remedy, no.value.code) == ("stop", "MessageRejected")


def test_what_moto_does_not_know_is_a_doubt_and_no_yes(moto: str):
    """It has no bulk sends; what answers 404 in its place is not SES."""
    with opened(moto, read_timeout=WAIT) as ses, pytest.raises(DoubtError):
        ses.take(batch(recipients(2)))


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        pytest.skip("npm and node are not installed (Debian: apt-get install npm)")
    folder = tmp_path_factory.mktemp("aws-ses-v2-local")
    (folder / "package.json").write_text(json.dumps(LOCAL), encoding="utf-8")
    quietly = ["--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline"]
    made = subprocess.run(
        [npm, "install", *quietly], cwd=folder, check=False, capture_output=True, timeout=180
    )
    if made.returncode:
        pytest.skip("npm could not install aws-ses-v2-local: is there no registry?")
    port = free_port()
    command = folder / "node_modules/.bin/aws-ses-v2-local"
    with serving([command, "--host", "127.0.0.1", "--port", str(port)], port) as url:
        yield url


def kept(url: str, ids: Sequence[str]) -> list[dict[str, Any]]:
    mails = {mail["messageId"]: mail for mail in read(f"{url}/store")["emails"]}
    return [mails[each] for each in ids]


SIZES = pytest.mark.parametrize("size", [50, 1], ids=["bulk", "single"])


@SIZES
def test_the_local_one_has_each_mail_with_its_own_values_and_headers(local: str, size: int):
    count = len(NAMES)
    calls = [recipients(count)] if size > 1 else [[each] for each in recipients(count)]
    with opened(local, batch=size, read_timeout=WAIT) as ses:
        answers = [answer for each in calls for answer in ses.take(batch(each))]
    assert [answer.state for answer in answers] == ["sent"] * count
    for number, mail in enumerate(kept(local, [answer.told for answer in answers])):
        one = recipient(number)
        assert mail["from"] == SENDER
        assert mail["destination"] == {"to": [address(number)], "cc": [], "bcc": []}
        assert mail["subject"] == SUBJECT
        assert mail["body"]["html"] == LETTER.page(one)
        assert mail["body"]["text"].startswith(one.fields["greeting"])
        assert {each["name"]: each["value"] for each in mail["headers"]} == {
            "List-Unsubscribe": f"<{one.fields['unsubscribe_url']}>",
            "List-Unsubscribe-Post": ONE_CLICK,
        }


@SIZES
def test_what_is_smuggled_into_names_is_text_to_the_local_one_as_well(local: str, size: int):
    people = [
        recipient(number, greeting=f"Dear {value},")
        for number, value in enumerate(SMUGGLED.values())
    ]
    calls = [people] if size > 1 else [[each] for each in people]
    with opened(local, batch=size, read_timeout=WAIT) as ses:
        answers = [answer for each in calls for answer in ses.take(batch(each))]
    for one, mail in zip(people, kept(local, [answer.told for answer in answers]), strict=True):
        assert mail["body"]["text"].startswith(one.fields["greeting"])
        assert f"<p>{html.escape(one.fields['greeting'])}</p>" in mail["body"]["html"]
        assert mail["destination"]["to"] == [one.address]


def test_a_call_of_fifty_is_fifty_mails_to_the_local_one(local: str):
    with opened(local, read_timeout=WAIT) as ses:
        answers = ses.take(batch(recipients(50)))
    mails = kept(local, [answer.told for answer in answers])
    assert [mail["destination"]["to"][0] for mail in mails] == [address(n) for n in range(50)]
