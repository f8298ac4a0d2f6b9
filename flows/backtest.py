"""Judge the segments by the last weeks, apart from any edition."""

from prefect import flow

from cardletter import profiles, segments, sources, workspace
from cardletter.running import stage, tell, watched

pull, build, judge = stage(sources.pull), stage(profiles.build), stage(segments.backtest)


@flow(persist_result=False)
def judge_segments(project: str = ".") -> None:
    """Pull spending, build profiles, hold out the last weeks, and judge segments by them."""
    desk = workspace.open_backtest(project)
    with watched():
        pull(desk)
        build(desk)
        judge(desk)
        desk = workspace.commit(desk)
    if found := segments.read_backtest(desk):
        tell("backtest", segments.in_markdown(found))
