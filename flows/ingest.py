"""Take in what SES reported, from the queue of the settings."""

from prefect import flow

from cardletter import feedback
from cardletter.running import show


@flow(persist_result=False)
def ingest_events(project: str = ".") -> None:
    """Pull events until the queue is empty, keep them, and do what follows from them."""
    taken = feedback.take_in(feedback.open_inbox(project))
    counts = {"told": taken.told, "new": taken.new, **taken.kinds, **taken.effects}
    show("events", [{"what": what, "events": count} for what, count in counts.items()])
