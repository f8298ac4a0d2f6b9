"""An edition for some: who is in its audience, who is held out, and who gets which subject."""

import re
import shutil
from collections import Counter
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path

import pandas as pd
import pytest

import little
from cardletter import content, delivery, feedback, permission
from cardletter.content.audience import draw
from cardletter.content.edition import Edition
from cardletter.delivery.addressing import read_arms
from cardletter.delivery.plan import refuse_early
from cardletter.errors import EditionError, NotReadyError
from cardletter.feedback import read_accounts
from cardletter.feedback.arms import NOT_ENOUGH
from cardletter.links import lot
from cardletter.receipts import read_receipt
from cardletter.workspace import Workspace

SUBJECTS = {"": ("One for all", "Two for some"), "warm": ("One, warmly", "Two, warmly")}
LETTER = """\
date: 2026-12-03
preheader: What there is
slots: {hero: 1, stories: 2, briefs: 1, offers: 2}
subject: One for all
subject_b: Two for some
split: 0.4
tones: {warm: {subject: "One, warmly", subject_b: "Two, warmly"}}
audience:
  products: [Plus]
  exclude: {countries: [FR]}
holdout: 0.25
"""


def where(number: int) -> tuple[str, str]:
    """Nine of ten have the card it is for; of those, every eighth lives where it does not go."""
    return ("Basic" if number % 10 == 3 else "Plus"), ("FR" if number % 8 == 5 else "GB")


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = little.unpack(tmp_path_factory.mktemp("audience") / "letter")
    rows = pd.read_csv(folder / "data/members.csv", dtype=str).fillna("")
    known = [where(int(each[1:])) for each in rows["member_id"]]
    rows["product"], rows["country"] = zip(*known, strict=True)
    rows.to_csv(folder / "data/members.csv", index=False)
    little.put(folder, f"content/editions/{little.EDITION}.yaml", LETTER)
    little.put(folder, "segments/names.yaml", "s001: {tone: warm}\n")
    desk = little.freeze(folder)
    delivery.send(desk)
    feedback.report(desk)
    return desk


@pytest.fixture(scope="module")
def receipts(sent: Workspace) -> pd.DataFrame:
    return permission.read_receipts(sent).set_index("member_id")


def reference(desk: Workspace, number: int) -> str:
    product, country = where(number)
    if product != "Plus" or country == "FR":
        return "not_in_audience"
    if reason := little.outcome(number):
        return reason
    held_out = lot(desk.hash_key, "holdout", little.member(number)) < 0.25
    return "holdout" if held_out else ""


def test_every_candidate_is_sent_to_or_refused_as_audience_permission_and_lot_say(
    sent: Workspace, receipts: pd.DataFrame
):
    wanted = {little.member(n): reference(sent, n) for n in range(little.MEMBERS)}
    assert receipts["reason"].to_dict() == wanted
    outcomes = {member: "refused" if reason else "sent" for member, reason in wanted.items()}
    assert receipts["outcome"].to_dict() == outcomes
    counts = Counter(wanted.values())
    assert min(counts[each] for each in ("", "holdout", "not_in_audience", "no_consent")) > 0
    del counts[""]
    assert read_accounts(sent).refused == counts


def test_each_member_reads_the_subject_of_their_tone_and_arm(
    sent: Workspace, receipts: pd.DataFrame
):
    segments = {each.variant_id: each.segment_id for each in content.read_variants(sent)}
    of = {little.email(int(member[1:])).casefold(): row for member, row in receipts.iterrows()}
    read = Counter[str]()
    for file in sent.file("outbox").glob("*.eml"):
        message = message_from_bytes(file.read_bytes(), policy=SMTP)
        row = of[str(message["To"]).casefold()]
        tone = "warm" if segments[row["variant_id"]] == "s001" else ""
        assert message["Subject"] == SUBJECTS[tone][row["arm"] == "b"]
        read[message["Subject"]] += 1
    assert read.keys() == {subject for both in SUBJECTS.values() for subject in both}


def test_report_and_receipt_say_which_subject_was_tried_and_which_a_member_got(
    sent: Workspace, receipts: pd.DataFrame
):
    page = sent.file("report.html").read_text(encoding="utf-8")
    assert "Two subjects" in page
    assert NOT_ENOUGH in page
    second = receipts.query("outcome == 'sent' and arm == 'b'").index[0]
    said = list(read_receipt(sent, second))
    assert "Subject B of two that are tried: Two for some" in said


@pytest.mark.parametrize(
    ("opens", "sends"), [("2999-01-01T08:00:00Z", False), ("2020-01-01T08:00", True)]
)
def test_nothing_is_sent_before_the_window_opens(sent: Workspace, opens: str, sends: bool):
    window = Edition(date="2026-12-03", subject="Hello", window={"opens": opens}).window
    assert window.opens is not None
    plan = sent.read_json("plan.json") | {"opens": window.opens.isoformat()}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Workspace, "read_json", lambda *_: plan)
        if sends:
            refuse_early(sent)
        else:
            with pytest.raises(NotReadyError, match="opens at 2999-01-01T08:00:00"):
                refuse_early(sent)


def test_arms_are_drawn_anew_for_each_edition_and_the_holdout_is_the_same_in_all(
    sent: Workspace, tmp_path: Path
):
    edition, _ = content.read_edition(sent.project, sent.edition, [])
    assert edition is not None
    drawn = []
    for name in (sent.edition, "2027-01"):
        desk = Workspace(sent.project, name, sent.root, tmp_path / name)
        shutil.copy(sent.file("assignments.parquet"), desk.file("assignments.parquet"))
        draw(desk, edition)
        drawn.append(pd.read_parquet(desk.file("assignments.parquet")))
    one, other = drawn
    assert one["held_out"].equals(other["held_out"])
    assert not one["arm"].equals(other["arm"])
    assert len(read_arms(sent)) == int((one["arm"] == "b").sum())


def test_a_larger_holdout_holds_out_all_of_a_smaller_one(sent: Workspace):
    ids = [little.member(n) for n in range(little.MEMBERS)]
    lots = {each: lot(sent.hash_key, "holdout", each) for each in ids}
    few, many = ({each for each in ids if lots[each] < share} for share in (0.1, 0.4))
    assert few < many
    assert few


def test_an_audience_too_small_to_be_a_group_is_refused(sent: Workspace, tmp_path: Path):
    desk = Workspace(sent.project, sent.edition, sent.root, tmp_path)
    shutil.copy(sent.file("assignments.parquet"), desk.file("assignments.parquet"))
    audience = {"countries": ["FR"], "exclude": {"products": ["Plus"]}}
    few = Edition(date="2026-12-03", subject="Good things", audience=audience)
    with pytest.raises(EditionError, match=r"fewer than 20 members .* name more") as raised:
        draw(desk, few)
    assert not re.search(r"m\d{3}", str(raised.value))


def test_lots_are_spread_evenly_and_told_apart_by_key_and_use():
    lots = pd.Series([lot("key", "holdout", f"m{number}") for number in range(4_000)])
    shares = pd.cut(lots, 8).value_counts(normalize=True)
    assert shares.between(0.10, 0.15).all()
    assert lot("key", "holdout", "m1") != lot("other", "holdout", "m1") != lot("key", "arm", "m1")
