"""Make an edition: from spending to segments, variants, and messages to those who said yes."""

from prefect import flow

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
from cardletter.running import approved, show, stage, watched
from cardletter.workspace import Workspace

pull, build, assign = stage(sources.pull), stage(profiles.build), stage(segments.assign)
match, render, lint = stage(content.match), stage(templates.render), stage(templates.lint)
hang, freeze, check = stage(templates.hang), stage(delivery.freeze), stage(permission.check)
judge, send, report = stage(segments.backtest), stage(delivery.send), stage(feedback.report)


@flow(flow_run_name="{edition}", persist_result=False)
def render_edition(edition: str, project: str = ".") -> None:
    """Make every variant of an edition to look at; nothing is sent."""
    desk = workspace.open_edition(content.due(edition, project), project)
    with watched():
        workspace.commit(prepare(delivery.still_open(desk)))


@flow(flow_run_name="{edition}", persist_result=False)
def send_edition(edition: str, project: str = ".") -> None:
    """Make an edition and send it to all who may get it; begun before, finish what is left."""
    desk = workspace.open_edition(content.due(edition, project), project)
    with watched(desk):
        if delivery.begun(desk):
            pull(desk)  # members may have changed their minds since
        elif delivery.kept(desk):
            pull(desk)
            freeze(desk)
        else:
            desk = freeze(prepare(desk))
        approved(desk)
        if not delivery.finished(desk):
            check(desk)
            send(desk)
            report(desk)
    accounts = feedback.read_accounts(desk)
    show(f"accounts-{desk.edition.lower()}", accounts.table())


def prepare(desk: Workspace) -> Workspace:
    """Prepare all that is to be said, in a folder that takes the edition's place when whole."""
    desk = workspace.begin(desk)
    for step in (pull, build, assign, judge, match, render, lint, hang):
        step(desk)
    return desk
