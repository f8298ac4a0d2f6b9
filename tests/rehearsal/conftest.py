from collections.abc import Iterator

import pytest

from cardletter.rehearsal import Faults
from cardletter.rehearsal.standin import Standin
from standing_in import Client, connected


@pytest.fixture
def standin() -> Iterator[Standin]:
    """Serve a stand-in at which nothing goes wrong until it is told to; a hang lasts a minute."""
    with Standin(seed=7, keep_mails=True, faults=Faults(hang_seconds=60)) as made:
        yield made


@pytest.fixture
def ses(standin: Standin) -> Iterator[Client]:
    """Give a client of it that sends whatever it is told to."""
    with connected(standin.url, read_timeout=10, checked=False) as made:
        yield made
