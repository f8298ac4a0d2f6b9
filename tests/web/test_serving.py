"""`cardletter serve`, as the net sees it: a real server on a real port."""

import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from cardletter import workspace
from cardletter.workspace import Workspace
from house import ADA, EDITION, ONE_CLICK

PATIENCE = 0.5
COMMAND = "from cardletter.cli import main; main()"


@dataclass
class Server:
    """A server that runs, and the workspace of its project."""

    desk: Workspace
    port: int
    log: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def path(self, door: str, member_id: str = ADA) -> str:
        return f"/{door}/{self.desk.links.token(door, member_id, EDITION)}"

    def say(self, request: bytes) -> bytes:
        """Say something to it, byte for byte, and give all it answers."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as pipe:
            pipe.sendall(request)
            pipe.settimeout(PATIENCE)
            answer = b""
            with suppress(TimeoutError, ConnectionResetError):
                while more := pipe.recv(65_536):
                    answer += more
            return answer

    def states(self) -> dict[str, str]:
        ledger = self.desk.ledger
        found = ledger.standing(ADA)
        ledger.engine.dispose()
        return found


@pytest.fixture(scope="module")
def running(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("served")
    project = shutil.copytree(built, folder / "letter")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    log = folder / "log.txt"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-c", COMMAND, "serve", "--port", str(port), "--project", project],
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    server = Server(workspace.open_edition(EDITION, project), port, log)
    for _ in range(600):
        try:
            httpx.get(server.url)
            break
        except httpx.ConnectError:
            assert process.poll() is None, log.read_text()
            time.sleep(0.1)
    yield server
    process.terminate()
    assert process.wait(20) in {0, -15}


def test_it_says_where_it_answers(running: Server):
    assert f"Answering at {running.url}" in running.log.read_text()


def test_a_mailbox_provider_unsubscribes(running: Server):
    answer = httpx.post(running.url + running.path("unsubscribe", "M-one"), data=ONE_CLICK)
    assert (answer.status_code, answer.text) == (200, "Unsubscribed.\n")
    assert "server" not in answer.headers
    head = httpx.head(running.url + running.path("unsubscribe", "M-one"))
    assert (head.status_code, head.content) == (200, b"")


def test_what_is_saved_leads_back_to_the_page_behind_any_proxy(running: Server):
    with httpx.Client(base_url=running.url, follow_redirects=True) as client:
        page = client.get(running.path("preferences", "M-two"))
        ticket = re.search(r'name="ticket" value="([^"]+)"', page.text)
        assert ticket
        said = {"ticket": ticket[1], "topic": "garden"}
        after = client.post(page.url, data=said)
    assert after.url.path == page.url.path
    assert "<strong>Saved.</strong>" in after.text


RAW = {
    "no UTF-8 in the path": b"POST /unsubscribe/\xff\xfe HTTP/1.1\r\nHost: a\r\n\r\n",
    "a null byte in the path": b"POST /unsubscribe/\x00 HTTP/1.1\r\nHost: a\r\n\r\n",
    "a space in the path": b"POST /unsubscribe/TOKEN a HTTP/1.1\r\nHost: a\r\n\r\n",
    "a line end in the path": b"POST /unsubscribe/a\nb HTTP/1.1\r\nHost: a\r\n\r\n",
    "up and down again": b"GET /preferences/../unsubscribe/x HTTP/1.1\r\nHost: a\r\n\r\n",
    "a whole address": b"GET http://larkfield.example/unsubscribe/x HTTP/1.1\r\nHost: a\r\n\r\n",
    "an address of 200,000 letters": b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
    "two lengths": b"POST TOKEN HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n"
    b"Content-Length: 30\r\n\r\na",
    "a length below zero": b"POST TOKEN HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
    "a length and pieces": b"POST TOKEN HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n",
    "a body that is cut": b"POST TOKEN HTTP/1.1\r\nHost: a\r\nContent-Length: 99\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n\r\nList-Unsubscribe=One-Cli",
    "no host": b"POST TOKEN HTTP/1.1\r\n\r\n",
    "HTTP/0.9": b"POST TOKEN\r\n",
    "another protocol": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    "a method of nobody": b"UNSUBSCRIBE TOKEN HTTP/1.1\r\nHost: a\r\n\r\n",
    "an upgrade": b"GET TOKEN HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
}


@pytest.mark.parametrize("request_", RAW.values(), ids=RAW)
def test_what_is_no_request_of_ours_changes_nothing(running: Server, request_: bytes):
    before = running.states()
    answer = running.say(request_.replace(b"TOKEN", running.path("unsubscribe").encode()))
    assert not answer.startswith(b"HTTP/1.1 101")
    assert b"Unsubscribed" not in answer
    assert running.states() == before
    assert httpx.get(running.url).status_code == 404


def test_a_body_in_pieces_is_read_as_one(running: Server):
    head = (
        f"POST {running.path('unsubscribe', 'M-four')} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
    )
    kind = "Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n"
    body = "10\r\nList-Unsubscribe\r\na\r\n=One-Click\r\n0\r\n\r\n"
    assert b"Unsubscribed." in running.say(f"{head}{kind}{body}".encode())


def test_the_address_is_the_one_the_proxy_tells(running: Server):
    with httpx.Client(base_url=running.url) as client:

        def ask(address: str) -> int:
            return client.get("/preferences/x", headers={"X-Forwarded-For": address}).status_code

        assert 429 in [ask("198.51.100.1") for _ in range(100)]
        assert ask("198.51.100.2") == 404


def test_no_token_and_no_member_is_in_the_log(running: Server):
    path = running.path("preferences", "M-five")
    httpx.get(running.url + path)
    httpx.post(running.url + path, data={"ticket": "x"})
    httpx.put(running.url + path)
    running.say(path.encode())
    log = running.log.read_text()
    assert path.split("/")[-1] not in log
    assert not re.search(r"M-\w+|eyJ|WyJ|/preferences|/unsubscribe", log)
    assert "Traceback" not in log
