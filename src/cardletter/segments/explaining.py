"""Explaining: why a member is in their segment; inferred, observed and declared stand apart."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pandas as pd

from cardletter.errors import EditionError, MemberError
from cardletter.profiles import read_engagement, read_profile, set_apart
from cardletter.segments.assignment import Asked, read_asked
from cardletter.segments.description import GENERIC, RULE, Segment, read_segments
from cardletter.segments.drift import DRIFT
from cardletter.segments.identity import last_folder
from cardletter.segments.typical import in_words
from cardletter.segments.wishes import Wishes
from cardletter.workspace import Workspace


def explain(desk: Workspace, member_id: str) -> Iterator[str]:
    """Say in words why a member is in their segment, by the last run of any edition.

    Raises:
        EditionError: segments were never found.
        MemberError: nobody has this id.
    """
    folder = last_folder(desk)
    if folder is None:
        raise EditionError("No segments yet. Find them with `cardletter segment`.")
    run = replace(desk, folder=folder, edition=folder.name)
    assigned = pd.read_parquet(folder / "assignments.parquet").set_index("member_id")
    if member_id not in assigned.index:
        raise MemberError("Nobody has this id. Ids are written as they are delivered, zeros too.")
    asked, own = read_asked(desk.project), assigned.loc[member_id]
    names = {name: each.name for name, each in asked.interests.interests.items()}
    segments = {each.segment_id: each for each in read_segments(run)}
    segment = segments[str(own["segment_id"])]
    yield f"Segment: {segment.name} ({segment.segment_id}), by the last run ({folder.name})."
    yield from _why(desk, asked, names, segment, member_id)
    yield from _observed(desk, names, member_id)
    yield from Wishes.read(str(own["wishes"])).in_words(names)
    yield from _around(run, segment, segments)


def _why(
    desk: Workspace, asked: Asked, names: Mapping[str, str], segment: Segment, member_id: str
) -> Iterator[str]:
    least = asked.clustering.least_purchases
    profile = read_profile(desk, member_id)
    if profile is None or not profile["profiled"]:
        yield "No yes to profiling counts, so spending was not looked at: everyone's letter."
        return
    if segment.kind == RULE:
        rule = asked.rules.rules.get(segment.segment_id)
        yield f"By a rule of yours: {rule.when if rule else 'it is no more in rules.yaml'}."
    if told := list(in_words(profile)):
        yield f"How they shop: {'; '.join(told)}."
    found = set_apart(desk, member_id, least)
    if found is None:
        yield f"Fewer than {least} purchases count, too few to tell (least_purchases)."
        return
    for like in found:
        called = names.get(like.interest, like.interest)
        yield (
            f"Inferred: {like.share:.0%} of spending goes to {called}, {like.lift:.1f} times "
            "everybody's share."
        )


def _observed(desk: Workspace, names: Mapping[str, str], member_id: str) -> Iterator[str]:
    """Say what the member followed links about, as far as that may be known."""
    clicks = read_engagement(desk)
    for each in clicks[clicks["member_id"] == member_id].itertuples():
        letters = "a letter" if each.letters == 1 else f"{each.letters} letters"
        called = names.get(str(each.interest), str(each.interest))
        yield f"Observed: followed links about {called} in {letters} of the last year."


def _around(run: Workspace, segment: Segment, segments: dict[str, Segment]) -> Iterator[str]:
    """Say what sets the segment apart, and what lies nearest."""
    if segment.segment_id == GENERIC:
        return
    if segment.traits:
        yield f"What sets its members apart: {', '.join(map(str, segment.traits[:3]))}."
    near = [segments[other].name for other in segment.neighbours if other in segments]
    if near:
        yield f"The segments most like it: {', '.join(near)}."
    if run.read_json(DRIFT)["before"] and segment.kept is not None:
        yield f"Of its members of the run before, {segment.kept:.0%} are still in it."
