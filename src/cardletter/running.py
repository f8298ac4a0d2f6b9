"""Running: what Cardletter asks of Prefect, beside the flows themselves.

A flow runs in-process with `run`, the same one that a worker runs; stages become tasks with
`stage`. On the run's page they are shown with `watched`, tables with `show`, words with `tell`.
Prefect keeps no result and no parameter of a stage.
"""

import os
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import ParamSpec, TypeVar, cast
from uuid import UUID

from cardletter import delivery, progress
from cardletter.errors import CardletterError, SettingsError
from cardletter.feedback.live import read_live
from cardletter.workspace import Workspace

WAIT, POLL = 7 * 24 * 3600, 5
"""Seconds that a run waits for an approval, and between two looks for it."""

LOOK, FIRST_LOOK = 30.0, 5.0
"""Seconds between two looks at an edition that is being sent, and until the first."""

P = ParamSpec("P")
R = TypeVar("R")

# Prefect on its own: no telemetry, patience with a slow first start, and a quiet terminal. Set
# before Prefect is imported, since it reads its settings once; what is set already stays.
QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_SERVER_LEVEL": "CRITICAL",
}


def run(project: Path, flow: str, **parameters: str) -> None:
    """Run a flow of the project's flows/ in this process.

    Raises:
        SettingsError: the project has no such flow.
    """
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
    from prefect.flows import load_flow_from_entrypoint  # noqa: PLC0415 - costs a second

    file = project / flow.partition(":")[0]
    if not file.is_file():
        raise SettingsError(f"There is no {file}: copy it from a new project (`cardletter init`).")
    made: Callable[..., object] = load_flow_from_entrypoint(f"{project / flow}")
    made(project=str(project), **parameters)


def stage(verb: Callable[P, R]) -> Callable[P, R]:
    """Make a room's verb a Prefect task that keeps nothing."""
    from prefect import task  # noqa: PLC0415 - costs a second
    from prefect.cache_policies import NO_CACHE  # noqa: PLC0415

    return task(cache_policy=NO_CACHE, persist_result=False)(verb)


def watched(desk: Workspace | None = None) -> AbstractContextManager[None]:
    """Show stages on the page of the flow's run: a log line each, a bar while one works.

    While an edition is sent, how far it is stands there as a table, made anew now and then.
    """
    from prefect import get_run_logger  # noqa: PLC0415 - costs a second
    from prefect.artifacts import (  # noqa: PLC0415
        create_progress_artifact,
        update_progress_artifact,
    )

    bars: dict[str, UUID] = {}
    seen = [time.monotonic() - LOOK + FIRST_LOOK]

    def bar(stage: str, percent: float) -> None:
        if stage not in bars:
            bars[stage] = cast("UUID", create_progress_artifact(percent, key=stage))
        update_progress_artifact(bars[stage], percent)
        if stage == "send" and desk is not None and time.monotonic() - seen[-1] > LOOK:
            seen.append(time.monotonic())
            show(f"sending-{desk.edition.lower()}", read_live(desk).table())

    return progress.watching(progress.Board(get_run_logger().info, bar))


def approved(desk: Workspace) -> None:
    """See that an edition is approved; a run by a worker waits, and asks on its page in the UI.

    Raises:
        NotReadyError: it is not, and this run is one that a person has started and can start again.
    """
    from prefect import get_run_logger, pause_flow_run  # noqa: PLC0415 - costs a second
    from prefect.input import RunInput  # noqa: PLC0415
    from prefect.runtime import deployment  # noqa: PLC0415

    class Approval(RunInput):
        """Who approves the edition; empty where somebody did so elsewhere."""

        approved_by: str = ""
        why: str = ""

    refused = ""
    while waiting := delivery.approval(desk).waiting:
        if not deployment.id:
            delivery.refuse_unapproved(desk)
        told = "\n\n".join(filter(None, (refused, waiting, *delivery.before_you(desk))))
        get_run_logger().info("waits for approval")
        asked = Approval.with_initial_data(description=told)
        answer = pause_flow_run(wait_for_input=asked, timeout=WAIT, poll_interval=POLL)
        refused = _said(desk, answer.approved_by, answer.why)


def _said(desk: Workspace, name: str, why: str) -> str:
    """Record what was said on the run's page; give why it does not count, where it does not."""
    try:
        if name.strip():
            delivery.approve(desk, name, why)
    except CardletterError as error:
        return f"**Not recorded.** {error}"
    return ""


def tell(name: str, text: str) -> None:
    """Show Markdown on the page of the flow's run."""
    from prefect.artifacts import create_markdown_artifact  # noqa: PLC0415 - costs a second

    create_markdown_artifact(text, key=name)


def show(name: str, table: list[dict[str, str | int]]) -> None:
    """Show a table on the page of the flow's run."""
    from prefect.artifacts import create_table_artifact  # noqa: PLC0415 - costs a second

    create_table_artifact(table, key=name)
