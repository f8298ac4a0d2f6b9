"""A newsletter project as its members meet it on the web: one who said yes, and what is known."""

import asyncio
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pandas as pd
from fastapi import FastAPI
from limits import RateLimitItemPerSecond
from sqlalchemy import select

from cardletter import starter, workspace
from cardletter.ledger import Act, Ledger, metadata
from cardletter.links import Links
from cardletter.profiles import PROFILES
from cardletter.web import create_app
from cardletter.web.guard import Pace

EDITION = "2026-12"
ADA, BO, CY = "M-ada-01", "M-bo-02", "M-cy-03"
LEISURELY = Pace(*[RateLimitItemPerSecond(10**9, 10, name) for name in ("t", "a", "s")])
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
NAMES = {
    "pets": "Pets",
    "reading": "Books & magazines",
    "coffee-tea": "Coffee & tea",
    "dining": "Dining out",
    "garden": "Garden",
    "diy": "DIY & tools",
    "hotels": "Hotels & stays",
    "rail": "Rail & local travel",
}
INTERESTS = "interests:\n" + "".join(
    f"  {name}: {{name: {said}, phrase: {name}, categories: [{name.upper()}]}}\n"
    for name, said in NAMES.items()
)
SPEND = {  # cents: pets and books set Ada apart, coffee does not
    ADA: {"pets": 9_000_17, "reading": 4_000_23, "coffee-tea": 100_31},
    BO: {"coffee-tea": 5_000_41, "dining": 6_000_43},
    CY: {"garden": 7_000_47, "coffee-tea": 3_000_53},
}
PURPOSES = ("newsletter", "profiling", "tracking", "coaching", "automatic", "survey")


def act(member_id: str, purpose: str, state: str = "granted") -> Act:
    return Act(member_id, purpose, state, "web_form", "Yes.", source="application")


class Client:
    """Asks an application without a net between; follows no redirect."""

    def __init__(self, app: FastAPI, address: str = "203.0.113.7") -> None:
        self.app, self.address = app, address

    def request(self, method: str, path: str, **more: object) -> httpx.Response:
        return self.at_once([(method, path, more)])[0]

    def at_once(self, requests: list[tuple[str, str, dict[str, Any]]]) -> list[httpx.Response]:
        """Ask several things at the same time."""

        async def ask() -> list[httpx.Response]:
            pipe = httpx.ASGITransport(
                self.app, raise_app_exceptions=False, client=(self.address, 4_321)
            )
            async with httpx.AsyncClient(transport=pipe, base_url="http://letter") as client:
                made = (client.request(method, path, **more) for method, path, more in requests)
                return await asyncio.gather(*made)

        return asyncio.run(ask())

    def get(self, path: str, **more: object) -> httpx.Response:
        return self.request("GET", path, **more)

    def head(self, path: str, **more: object) -> httpx.Response:
        return self.request("HEAD", path, **more)

    def post(self, path: str, **more: object) -> httpx.Response:
        return self.request("POST", path, **more)


def yeses() -> list[Act]:
    return [*(act(ADA, purpose) for purpose in PURPOSES), act(BO, "newsletter")]


@dataclass
class House:
    """The project, its ledger, and somebody at the door."""

    project: Path
    pace: Pace = field(default_factory=lambda: LEISURELY)

    def __post_init__(self) -> None:
        self.desk = workspace.open_edition(EDITION, self.project)
        self.ledger: Ledger = self.desk.ledger
        self.app: FastAPI = create_app(self.project, self.pace)
        self.client = Client(self.app)

    @property
    def links(self) -> Links:
        return self.desk.links

    def close(self) -> None:
        self.ledger.engine.dispose()
        self.app.state.centre.ledger.engine.dispose()

    def path(self, door: str, member_id: str = ADA, edition: str = EDITION) -> str:
        return f"/{door}/{self.links.token(door, member_id, edition)}"

    def one_click(self, member_id: str = ADA) -> httpx.Response:
        return self.client.post(self.path("unsubscribe", member_id), data=ONE_CLICK)

    def page(self, member_id: str = ADA) -> str:
        answer = self.client.get(self.path("preferences", member_id))
        assert answer.status_code == 200
        return answer.text

    def ticket(self, member_id: str = ADA) -> str:
        found = re.search(r'name="ticket" value="([^"]+)"', self.page(member_id))
        assert found
        return found[1]

    def save(self, said: dict[str, Any], member_id: str = ADA) -> httpx.Response:
        """Open the page, fill it in, save it."""
        form = {"ticket": self.ticket(member_id)} | said
        return self.client.post(self.path("preferences", member_id), data=form)

    def all_there_is(self) -> dict[str, list[dict[str, Any]]]:
        """Give everything the ledger holds, to see that nothing changed."""
        return {table.name: self.ledger.rows(select(table)) for table in metadata.sorted_tables}

    def erase(self, member_id: str) -> None:
        self.ledger.erase(member_id, member_key(self.app)(member_id), [])


def member_key(app: FastAPI) -> Callable[[str], str]:
    key: Callable[[str], str] = app.state.centre.member_key
    return key


def build(folder: Path, *, every_interest: bool = False) -> Path:
    """Make the project: Ada said yes to everything, Bo to the newsletter only, Cy to nothing."""
    project = starter.unpack(folder)
    if not every_interest:
        (project / "segments/interests.yaml").write_text(INTERESTS, encoding="utf-8")
    logo = (project / "content/pictures/logo.png").read_bytes()
    shutil.rmtree(project / "content")
    (project / "content/pictures").mkdir(parents=True)
    (project / "content/pictures/logo.png").write_bytes(logo)
    desk = workspace.open_edition(EDITION, project)
    desk.ledger.act(*yeses())
    profiles(desk.private / PROFILES)
    return project


def profiles(file: Path, purchases: int = 10) -> None:
    rows = [
        {"member_id": who, "interest": name, "cents": cents, "purchases": purchases}
        for who, spend in SPEND.items()
        for name, cents in spend.items()
    ]
    pd.DataFrame(rows).assign(last_on=pd.Timestamp("2026-11-01")).to_parquet(file, index=False)
