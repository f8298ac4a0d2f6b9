"""The gate: every candidate of an edition is allowed, held, or refused with one reason.

What can stop a message stands in gate.sql, in the order in which it is asked. The verdict is
written down before anything is sent, and permission is read once more in the transaction that
claims a send: a withdrawal in between still counts.
"""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import duckdb
import pandas as pd

from cardletter.consent import RULE, acts_of
from cardletter.content import Item, read_catalogue
from cardletter.errors import Finding, StaleError, stop_on_errors
from cardletter.ledger import Ledger, now
from cardletter.permission.addresses import mailbox
from cardletter.permission.firewall import misfiled, purpose_of
from cardletter.permission.receipts import keep_erased, write_receipts
from cardletter.progress import Counts
from cardletter.settings import Permission
from cardletter.sources import Warehouse, checked
from cardletter.workspace import Workspace, stage

REASONS = {
    "test_member": "is an employee or a test, kept apart from the members",
    "not_in_audience": "the edition is for others",
    "no_address": "the issuer gave no email address",
    "bad_address": "the email address cannot be mailed",
    "deceased": "the member has died",
    "account_closed": "the account is closed",
    "minor": "the member is under age",
    "suppressed": "the address must not be mailed any more",
    "no_consent": "never said yes to the newsletter",
    "consent_withdrawn": "said yes once, and withdrew it",
    "consent_not_valid": "the yes was given in a way that does not count where the member lives",
    "consent_expired": "the yes has run out, as the law where the member lives says",
    "asked_for_fewer": "asked for fewer letters, and had one lately",
    "frequency_cap": "has had as many letters as anybody may have in this time",
    "duplicate_address": "another member with the same address gets the letter",
    "nothing_to_say": "said never to everything the edition has",
    "holdout": "is held out of the letters, so that their effect can be told",
    "withdrawn_before_send": "withdrew while the edition was being sent",
    "wording_revoked": "the words that were said yes to are revoked: held until that is cleared up",
    "window_closed": "the time for sending the edition was over",
    "quiet_hours": "it is night where the member lives: held until morning",
    "erased": "asked to be forgotten",
}
"""Why a candidate is refused or held, in the order in which the first that holds is the reason."""

PURPOSES = "purposes.json"
"""variant_id -> marketing or service, as the firewall derived it."""

FEWER = {"quarterly": 80, "yearly": 350}
"""Days between letters that a member may ask for in the preference centre."""

ADULT = 18
ASKED_OF_IT = ["marketing", "in_audience", "held_out"]
"""What of the edition itself the gate asks, of each candidate."""
MEMBER_COLUMNS = (
    "email",
    "country",
    "time_zone",
    "born_on",
    "closed_on",
    "closure_reason",
    "deceased",
    "apart",
)


@stage("permission")
def check(desk: Workspace) -> Counts:
    """Judge every candidate of the edition and write the verdicts to the receipts.

    Raises:
        StaleError: consents were taken in too long ago to be believed.
        FilesError: an item that is filed as service is marketing.
    """
    rules = desk.settings.permission
    _refuse_stale(desk.ledger, rules)
    candidates = pd.read_parquet(desk.file("assignments.parquet"))
    purposes = _purposes(desk)
    desk.write_json(PURPOSES, purposes)
    candidates["marketing"] = candidates["variant_id"].map(purposes) == "marketing"
    verdicts = judge(inputs(desk, candidates, rules), rules, now())
    receipts = candidates.drop(columns=ASKED_OF_IT).merge(verdicts, on="member_id", how="left")
    may = (receipts["outcome"] != "refused") | (receipts["reason"] == "holdout")
    speechless = receipts["variant_id"].isna() & may
    receipts.loc[speechless, ["outcome", "reason"]] = ["refused", "nothing_to_say"]
    receipts["decided_at"] = now()
    receipts = keep_erased(desk, receipts)
    write_receipts(desk, receipts)
    outcomes = receipts["outcome"].value_counts()
    counted = {name: int(outcomes.get(name, 0)) for name in ("allowed", "refused", "held")}
    if revoked := int((receipts["reason"] == "wording_revoked").sum()):
        counted["wording_revoked"] = revoked
    return {"candidates": len(receipts), **counted}


def judge(tables: Mapping[str, pd.DataFrame], rules: Permission, moment: datetime) -> pd.DataFrame:
    """Give member_id, outcome (allowed, refused, held), reason, consent_id of every candidate.

    Tables by name: candidates (member_id, marketing, in_audience, held_out), members (member_id,
    email, address, country, time_zone, born_on, closed_on, deceased, apart), consents (what was
    said last), suppressed, letters, asked, rules, revoked, zones; `moment` in UTC without a zone.
    """
    engine = duckdb.connect()
    for name, table in tables.items():
        engine.register(name, table)
    engine.execute(RULE)
    query = files("cardletter.permission").joinpath("gate.sql").read_text(encoding="utf-8")
    limits = {
        "now": moment,
        "adult_born_before": (pd.Timestamp(moment) - pd.DateOffset(years=ADULT)).to_pydatetime(),
        "most_letters": rules.letters,
    }
    return engine.execute(query, limits).df()


def inputs(desk: Workspace, candidates: pd.DataFrame, rules: Permission) -> dict[str, pd.DataFrame]:
    """Gather what the gate looks at, from the warehouse and the ledger."""
    ledger, moment = desk.ledger, now()
    members = _members(desk)
    members["time_zone"] = members["time_zone"].fillna(rules.time_zone)
    since = moment - timedelta(days=rules.days)
    return {
        "candidates": candidates[["member_id", *ASKED_OF_IT]],
        "members": members,
        "suppressed": _suppressed(desk, members),
        "letters": ledger.sent_since(since, but=desk.edition),
        "asked": _asked(ledger),
        "zones": _zones(members["time_zone"], rules, moment),
    } | acts_of(desk, ledger.consented("newsletter"), members)


def _members(desk: Workspace) -> pd.DataFrame:
    table = checked(Warehouse(desk.settings), "members")
    columns = [name for name in MEMBER_COLUMNS if name in table.columns]
    found: pd.DataFrame = table.select("member_id", *columns).to_pandas()
    members = found.reindex(columns=["member_id", *MEMBER_COLUMNS])
    members["address"] = members["email"].map(mailbox, na_action="ignore")
    members["born_on"] = pd.to_datetime(members["born_on"], errors="coerce")
    said = members["deceased"].astype("string").str.lower().isin(["true", "yes", "1"])
    members["deceased"] = said | (members["closure_reason"] == "deceased")
    return members.astype(
        dict.fromkeys(("email", "address", "country", "time_zone", "closed_on"), "string")
    )


def _suppressed(desk: Workspace, members: pd.DataFrame) -> pd.DataFrame:
    """Give the members who are suppressed, by their id or by their address's keyed hash."""
    known = desk.ledger.suppressed()
    if keys := desk.ledger.suppressed_keys():
        addresses = members.dropna(subset="address")
        hashed = addresses["address"].map(desk.links.address_key)
        known |= set(addresses.loc[hashed.isin(keys), "member_id"])
    return pd.DataFrame({"member_id": pd.Series(sorted(known), dtype="string")})


def _asked(ledger: Ledger) -> pd.DataFrame:
    declared = ledger.declared()
    asked = declared[(declared["topic"] == "frequency") & declared["value"].isin(list(FEWER))]
    days = asked["value"].map(FEWER).astype("int64")
    return pd.DataFrame({"member_id": asked["member_id"].astype("string"), "days": days})


def _zones(zones: pd.Series, rules: Permission, moment: datetime) -> pd.DataFrame:
    """Tell for each time zone whether it is night there; one that is not known is the default."""
    names = zones.dropna().unique()
    quiet = [night(rules, moment, str(name)) for name in names]
    told = {"time_zone": pd.Series(names, dtype="string"), "quiet": pd.Series(quiet, dtype=bool)}
    return pd.DataFrame(told)


def night(rules: Permission, moment: datetime, zone: str) -> bool:
    """Tell whether a moment (UTC) lies in the quiet hours of a time zone."""
    if rules.quiet_from is None or rules.quiet_until is None:
        return False
    try:
        there = moment.replace(tzinfo=ZoneInfo("UTC")).astimezone(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError):
        there = moment.replace(tzinfo=ZoneInfo("UTC")).astimezone(ZoneInfo(rules.time_zone))
    return _between(there.time(), rules.quiet_from, rules.quiet_until)


def _between(moment: time, start: time, end: time) -> bool:
    if start <= end:
        return start <= moment < end
    return moment >= start or moment < end


def _purposes(desk: Workspace) -> dict[str, str]:
    """Give each variant's purpose: one marketing item makes the whole letter marketing."""
    items = {item.item_id: item for item in read_catalogue(desk.project)[0]}
    stop_on_errors(firewall_findings(list(items.values())))
    selections = pd.read_parquet(desk.file("selections.parquet"))
    return {
        str(variant_id): purpose_of(items[str(name)] for name in picks["item_id"])
        for variant_id, picks in selections.groupby("variant_id")
    }


def firewall_findings(items: list[Item]) -> list[Finding]:
    """Give a finding for every item that is filed as service but is marketing."""
    return [
        Finding(
            item.path,
            item.line,
            f"is filed as service but is marketing: {sign}",
            "write `purpose: marketing`, or take that out",
        )
        for item, sign in misfiled(items)
    ]


def _refuse_stale(ledger: Ledger, rules: Permission) -> None:
    last = ledger.imported("consents")
    limit = now() - timedelta(hours=rules.consents_max_age_hours)
    if last is None or last["recorded_at"] < limit:
        raise StaleError(
            "Consents were taken in too long ago to be believed "
            f"(permission.consents_max_age_hours is {rules.consents_max_age_hours}). "
            "Run the edition, which takes them in anew."
        )
