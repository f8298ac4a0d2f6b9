"""The studio hears its own page only: whatever else the same browser has open is turned away."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

import little
from cardletter.studio.app import create_app
from cardletter.studio.guard import LARGEST

PORT, TOKEN = 8123, "t0ken-of-this-start"
HOST = f"127.0.0.1:{PORT}"
KNOWN = {"Authorization": f"Bearer {TOKEN}"}
PAGE = "templates/newsletter.mjml"


@pytest.fixture(scope="module")
def letter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return little.unpack(tmp_path_factory.mktemp("guarded") / "letter")


class Stranger:
    """Asks the studio anything; nothing is started, since no test here prints a letter."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app

    def request(self, method: str, path: str, **more: object) -> httpx.Response:
        async def ask() -> httpx.Response:
            pipe = httpx.ASGITransport(self.app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=pipe, base_url=f"http://{HOST}") as client:
                return await client.request(method, path, **more)

        return asyncio.run(ask())

    def get(self, path: str, **more: object) -> httpx.Response:
        return self.request("GET", path, **more)

    def post(self, path: str, **more: object) -> httpx.Response:
        return self.request("POST", path, **more)

    def put(self, path: str, **more: object) -> httpx.Response:
        return self.request("PUT", path, **more)


@pytest.fixture(scope="module")
def studio(letter: Path) -> Stranger:
    return Stranger(create_app(letter, PORT, TOKEN))


@pytest.fixture(autouse=True)
def unchanged(letter: Path) -> Iterator[None]:
    """See that no attack of a test wrote anything."""
    before = {file: file.read_bytes() for file in letter.rglob("*") if file.is_file()}
    yield
    assert {file: file.read_bytes() for file in letter.rglob("*") if file.is_file()} == before


def test_the_page_needs_no_token_and_says_nothing_of_the_project(studio: Stranger):
    answer = studio.get("/")
    assert answer.status_code == 200
    assert "Larkfield" not in answer.text
    assert TOKEN not in answer.text


def test_the_project_needs_the_token(studio: Stranger):
    assert studio.get("/api/project", headers=KNOWN).json()["editions"] == ["2026-12"]


@pytest.mark.parametrize(
    "given", ["", "Bearer ", "Bearer t0ken", TOKEN[:-1], "Basic dDo=", "Bearer é"]
)
@pytest.mark.parametrize("path", ["/api/project", "/api/file?path=" + PAGE, "/api/events"])
def test_without_the_token_nothing_is_told(studio: Stranger, path: str, given: str):
    answer = studio.get(path, headers={"Authorization": given.encode()})
    assert answer.status_code == 401
    assert "cardletter studio" in answer.json()["refused"]


HOSTS = [
    "evil.example",
    f"evil.example:{PORT}",
    "127.0.0.1",
    "127.0.0.1:80",
    f"127.0.0.1.evil.example:{PORT}",
    f"localhost.evil.example:{PORT}",
    f"evil@127.0.0.1:{PORT}",
    f"127.0.0.2:{PORT}",
    f"0.0.0.0:{PORT}",
    f"[::]:{PORT}",
    f"LOCALHOST:{PORT}.",
    "",
]


@pytest.mark.parametrize("host", HOSTS)
def test_a_name_that_leads_here_by_dns_rebinding_is_refused(studio: Stranger, host: str):
    answer = studio.get("/api/project", headers=KNOWN | {"Host": host})
    assert answer.status_code == 421
    assert studio.get("/", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "[::1]"])
def test_every_name_of_this_machine_is_heard(studio: Stranger, name: str):
    own = {"Host": f"{name}:{PORT}", "Origin": f"http://{name}:{PORT}"}
    assert studio.get("/api/project", headers=KNOWN | own).status_code == 200


ORIGINS = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1:8000"},
    {"Origin": f"https://{HOST}"},
    {"Origin": f"http://localhost:{PORT}"},  # not the address that was asked
    {"Origin": ""},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
]


@pytest.mark.parametrize("headers", ORIGINS, ids=lambda h: "-".join(h.values()) or "empty")
def test_another_page_cannot_ask_or_write_even_with_the_token(
    studio: Stranger, headers: dict[str, str]
):
    change = {"path": PAGE, "text": "gone", "version": ""}
    assert studio.put("/api/file", json=change, headers=KNOWN | headers).status_code == 403
    assert (
        studio.post("/api/make", json={"edition": "2026-12"}, headers=KNOWN | headers).status_code
        == 403
    )
    assert studio.get("/api/project", headers=KNOWN | headers).status_code == 403
    assert studio.get("/", headers=headers).status_code == 403


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]
)
def test_a_form_of_another_page_is_no_request(studio: Stranger, kind: str):
    body = b'{"path": "templates/newsletter.mjml", "text": "gone", "version": ""}'
    answer = studio.post("/api/look", content=body, headers=KNOWN | {"Content-Type": kind})
    assert answer.status_code == 415


@pytest.mark.parametrize("method", ["DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT"])
def test_other_methods_are_refused_without_a_word_that_lets_pages_in(studio: Stranger, method: str):
    answer = studio.request(
        method, "/api/file", headers=KNOWN | {"Access-Control-Request-Method": "PUT"}
    )
    assert answer.status_code == 405
    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_a_body_that_is_too_large_is_not_read(studio: Stranger):
    change = {"path": PAGE, "text": "x" * (LARGEST + 1), "version": ""}
    assert studio.put("/api/file", json=change, headers=KNOWN).status_code == 413


def test_a_body_that_does_not_say_how_large_it_is_is_stopped(studio: Stranger):
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(LARGEST // 65_536 + 2):
            yield b"x" * 65_536

    kind = {"Content-Type": "application/json"}
    answer = studio.put("/api/file", content=endless(), headers=KNOWN | kind)
    assert answer.status_code == 413


def test_every_answer_says_what_it_may_be_used_for(studio: Stranger):
    for path in ("/", "/page/main.js", "/api/project", "/nothing", "/api/file?path=x"):
        headers = studio.get(path, headers=KNOWN).headers
        assert "script-src 'self'" in headers["content-security-policy"]
        assert "unsafe-inline'; script" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "set-cookie" not in headers


@pytest.mark.parametrize(
    "name", ["../app.py", "..%2fapp.py", "%2e%2e/guard.py", "x.py", "", "main.js%00.css"]
)
def test_nothing_but_the_pages_own_files_is_given_as_such(studio: Stranger, name: str):
    answer = studio.get(f"/page/{name}")
    assert answer.status_code in (404, 405)
    assert "import" not in answer.text


def test_pictures_and_the_wall_need_the_key_of_this_start(studio: Stranger, letter: Path):
    key = studio.get("/api/project", headers=KNOWN).json()["key"]
    assert (
        studio.get(f"/pictures/{key}/logo.png").content
        == (letter / "content/pictures/logo.png").read_bytes()
    )
    for path in (
        "/pictures/guessed/logo.png",
        f"/pictures/{key}/..%2f..%2fpyproject.toml",
        f"/pictures/{key}/pyproject.toml",
        f"/pictures/{key}/gone.png",
        "/wall/guessed/2026-12",
        f"/wall/{key}/2026-12",
    ):
        assert studio.get(path).status_code == 404
    assert studio.get(f"/wall/{key}/..%2f..").status_code in (400, 404)
