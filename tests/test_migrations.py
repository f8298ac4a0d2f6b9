"""Migrations: an older ledger is brought up to date with all that it holds, and fits the code."""

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, text

from cardletter.ledger import Ledger, metadata
from cardletter.ledger.database import MIGRATIONS
from databases import BOTH, a_fresh_url, server  # noqa: F401 - a fixture

SENT = "('2026-11', '{0}', 'id-{0}', 'v1', 1, '{1}', '2026-11-03 08:00:00')"


@pytest.fixture(params=BOTH)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return a_fresh_url(request, tmp_path)


def test_the_migrations_make_what_the_code_expects(url: str):
    ledger = Ledger(url)
    with ledger.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    ledger.engine.dispose()


def test_what_an_older_ledger_sent_is_still_sent_and_what_it_left_open_is_unknown(url: str):
    engine, config = create_engine(url), Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "001")
        edition = "('2026-11', 'plan', 'outbox', '2026-11-03 07:00:00', NULL, '')"
        connection.execute(text(f"INSERT INTO editions VALUES {edition}"))  # noqa: S608
        rows = ", ".join(SENT.format(*each) for each in (("ada", "sent"), ("bo", "calling")))
        connection.execute(text(f"INSERT INTO sends VALUES {rows}"))  # noqa: S608
    engine.dispose()
    ledger = Ledger(url)
    sends = ledger.sends("2026-11").set_index("member_id")
    assert sends["state"].to_dict() == {"ada": "sent", "bo": "unknown"}
    assert sends.loc["ada", "message_id"] == "id-ada"
    assert str(sends.loc["ada", "claimed_at"]) == "2026-11-03 08:00:00"
    ledger.engine.dispose()
