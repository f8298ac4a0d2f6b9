"""Find the segments among the members, apart from any edition."""

from prefect import flow

from cardletter import profiles, segments, sources, workspace
from cardletter.running import stage, tell, watched

pull, build, assign = stage(sources.pull), stage(profiles.build), stage(segments.assign)


@flow(persist_result=False)
def find_segments(project: str = ".") -> None:
    """Pull spending, build profiles, and assign every member a segment."""
    desk = workspace.open_segments(project)
    with watched():
        pull(desk)
        build(desk)
        assign(desk)
        desk = workspace.commit(desk)
    tell("drift", "\n".join(f"- {line}" for line in segments.read_drift(desk)))
