"""The loop closes: what a member says in the browser shows in the very next letter.

And a no by one click, posted while an edition is being sent, is heard by the next claim.
"""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Browser

from cardletter import (
    content,
    delivery,
    feedback,
    permission,
    profiles,
    segments,
    sources,
    templates,
    workspace,
)
from cardletter.delivery import sending
from cardletter.delivery.transports import Answer, Batch, Outbox
from cardletter.workspace import Workspace

pytestmark = pytest.mark.browser
NEXT = "2027-01"


@pytest.fixture
def address(project: Path) -> Iterator[str]:
    """Serve the preference centre of the project, at the address that its mails lead to."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    settings = project / "pyproject.toml"
    text = settings.read_text("utf-8").replace("https://larkfield.example/pref", f"{url}/pref")
    settings.write_text(text.replace("https://larkfield.example/unsub", f"{url}/unsub"), "utf-8")
    command = [str(Path(sys.executable).with_name("cardletter")), "serve", "--port", str(port)]
    with subprocess.Popen([*command, "--project", str(project)], env=os.environ) as server:
        wait_for(url)
        yield url
        server.terminate()


def wait_for(url: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(url, timeout=1)  # noqa: S310 - our own server
        except urllib.error.HTTPError:
            return  # it answers, if only that there is nothing here
        except OSError:
            time.sleep(0.1)
    pytest.fail("the preference centre did not start")


def prepared(project: Path, edition: str) -> Workspace:
    desk = workspace.begin(workspace.open_edition(edition, project))
    verbs = (sources.pull, profiles.build, segments.assign, content.match, templates.render)
    for verb in (*verbs, templates.lint, templates.hang):
        verb(desk)
    return delivery.freeze(desk)


def sent(project: Path, edition: str) -> Workspace:
    desk = prepared(project, edition)
    for verb in (permission.check, delivery.send, feedback.report):
        verb(desk)
    return desk


def mail_to(desk: Workspace, member_id: str) -> EmailMessage:
    sends = desk.ledger.sends(desk.edition).set_index("member_id")
    file = desk.file("outbox", f"{sends.loc[member_id, 'message_id']}.eml")
    message = message_from_bytes(file.read_bytes(), policy=SMTP)
    assert isinstance(message, EmailMessage)
    return message


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def picks_of(desk: Workspace, member_id: str) -> list[str]:
    """Give the main interests of what a member is shown, the hero first."""
    assigned = pd.read_parquet(desk.file("assignments.parquet")).set_index("member_id")
    picks = pd.read_parquet(desk.file("selections.parquet"))
    items = {item.item_id: item for item in content.read_catalogue(desk.project)[0]}
    own = picks[picks["variant_id"] == assigned.loc[member_id, "variant_id"]]
    return [next(iter(items[name].interests), "") for name in own["item_id"]]


def test_less_of_one_and_more_of_another_show_in_the_next_letter(
    project: Path, address: str, browser: Browser
):
    desk = sent(project, "2026-12")
    receipts = pd.read_parquet(desk.file("receipts.parquet"))
    own = receipts[(receipts["outcome"] == "sent") & (receipts["segment_id"] != segments.GENERIC)]
    member_id = str(own["member_id"].iloc[0])
    before = picks_of(desk, member_id)
    less = before[0]
    more = next(name for name in ("theatre", "garden", "cycling") if name not in before)
    text = part(mail_to(desk, member_id), "plain")
    link = re.search(rf"{re.escape(address)}/preferences/\S+", text)
    assert link
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(link[0])
    page.locator(f'input[name="interest:{less}"][value="less"]').check()
    page.locator("summary").last.click()
    page.locator(f'input[name="topic"][value="{more}"]').check()
    page.get_by_role("button", name="Save").click()
    assert page.get_by_role("status").inner_text().startswith("Saved")

    old = project / "content" / "editions" / "2026-12.yaml"
    new = old.with_name(f"{NEXT}.yaml")
    new.write_text(old.read_text("utf-8").replace("2026-12-03", "2026-12-17"), "utf-8")
    after = sent(project, NEXT)
    assert picks_of(after, member_id)[0] == more
    assert picks_of(after, member_id).count(less) < before.count(less)
    words = " ".join(part(mail_to(after, member_id), "html").split())
    assert "Because you asked for more about" in words


class Interrupted(Outbox):
    """An outbox that lets something happen after the first batch it takes."""

    def __init__(self, folder: Path, what: str) -> None:
        super().__init__(folder)
        self.what: str | None = what

    def take(self, batch: Batch) -> list[Answer]:
        answers = super().take(batch)
        if self.what:
            request = urllib.request.Request(self.what, b"List-Unsubscribe=One-Click")  # noqa: S310
            with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - our own
                assert answer.status == 200
            self.what = None
        return answers


def test_a_no_by_one_click_while_sending_is_heard_by_the_next_claim(
    project: Path, address: str, monkeypatch: pytest.MonkeyPatch
):
    desk = prepared(project, "2026-12")
    permission.check(desk)
    receipts = pd.read_parquet(desk.file("receipts.parquet"))
    allowed = receipts[receipts["outcome"] == "allowed"].sort_values(["variant_id", "member_id"])
    last = str(allowed["member_id"].iloc[-1])
    link = desk.links.unsubscribe(last, desk.edition)
    assert link.startswith(address)
    monkeypatch.setattr(sending, "Outbox", lambda folder: Interrupted(folder, link))
    delivery.send(desk)
    feedback.report(desk)
    receipt = pd.read_parquet(desk.file("receipts.parquet")).set_index("member_id").loc[last]
    assert (receipt["outcome"], receipt["reason"]) == ("refused", "withdrawn_before_send")
    sends = desk.ledger.sends(desk.edition).set_index("member_id")
    assert sends.loc[last, "state"] == "refused"
