"""Approval in Prefect: a worker's run waits, asks for a name on its page, and goes on."""

import os
import shutil
import threading
import time
from pathlib import Path
from uuid import UUID

import pytest
from prefect import flow
from prefect.client.orchestration import get_client
from prefect.flow_runs import resume_flow_run
from prefect.testing.utilities import prefect_test_harness

import little
from cardletter import running, workspace
from cardletter.errors import NotReadyError
from cardletter.workspace import Workspace


@pytest.fixture
def desk(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    project = shutil.copytree(little.frozen(tmp_path_factory), tmp_path / "letter")
    edition = project / f"content/editions/{little.EDITION}.yaml"
    edition.write_text(edition.read_text("utf-8") + "approvals: 1\nauthor: Ada Writer\n", "utf-8")
    desk = workspace.open_edition(little.EDITION, project)
    later = time.time() + 5
    os.utime(desk.folder / "variants.json", (later, later))
    return desk


def paused(again: bool) -> UUID:
    """Wait until the run stands still, and asks for the first or the second time."""
    with get_client(sync_client=True) as client:
        for _ in range(600):
            for run in client.read_flow_runs():
                asked = (run.state and run.state.state_details.pause_key) or ""
                if run.state and run.state.is_paused() and ("2" in asked) == again:
                    return run.id
            time.sleep(0.1)
    pytest.fail("the run does not ask")


def test_a_run_waits_for_a_name_that_counts(desk: Workspace, monkeypatch: pytest.MonkeyPatch):
    @flow(persist_result=False)
    def wait() -> None:
        running.approved(desk)

    monkeypatch.setattr(running, "POLL", 1)
    with prefect_test_harness(server_startup_timeout=240):
        with pytest.raises(NotReadyError, match="cardletter approve"):
            wait()  # a person has started it: nobody would see a page
        monkeypatch.setenv("PREFECT__RUNTIME__DEPLOYMENT__ID", "of-a-worker")
        run = threading.Thread(target=wait)
        run.start()
        first = paused(again=False)
        resume_flow_run(first, run_input={"approved_by": "Ada Writer", "why": ""})
        assert paused(again=True) == first
        resume_flow_run(first, run_input={"approved_by": "Bo Boss", "why": "looked at the wall"})
        run.join(timeout=60)
        assert not run.is_alive()
    acts = desk.ledger.approvals(little.EDITION)
    assert [(act["given_by"], act["why"]) for act in acts] == [("Bo Boss", "looked at the wall")]
