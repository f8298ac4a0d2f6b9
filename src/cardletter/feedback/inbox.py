"""The inbox: what was reported comes from a file, a folder, or the queue of the settings."""

from pathlib import Path
from threading import Event as Flag

from cardletter.feedback.files import from_files
from cardletter.feedback.ingest import Taken, ingest
from cardletter.settings import load
from cardletter.workspace import Workspace


def open_inbox(project: str | Path = ".") -> Workspace:
    """Open a project's workspace, of no edition in particular."""
    settings = load(project)
    root = settings.path(settings.workspace)
    return Workspace(settings.project, "", root, root)


def take_in(desk: Workspace, path: Path | None = None, stopping: Flag | None = None) -> Taken:
    """Take in the events of a file or folder, or without one what is in the queue.

    Set `stopping` to end after the batch that is being taken in.

    Raises:
        SourceError: there is no such file or folder.
        NotReadyError: there is no queue, or it cannot be read.
    """
    settings = desk.settings.ses
    if path is not None:
        return ingest(desk, from_files(path), accounts=settings.accounts, topics=settings.topics)
    from cardletter.feedback.sqs import open_queue  # noqa: PLC0415 - boto3 costs half a second

    queue = open_queue(desk)
    queue.stopping = stopping or queue.stopping
    try:
        return ingest(desk, queue.batches(), accounts=settings.accounts, topics=settings.topics)
    finally:
        queue.client.close()
