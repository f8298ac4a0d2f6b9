"""The ledger's tables; migrations/ makes them and changes them."""

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Float,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

WORDINGS = Table(
    "wordings",
    metadata,
    Column("wording_hash", String(64), primary_key=True),
    Column("wording", Text, nullable=False),
)

# Every act as it was told; nothing here is ever updated.
CONSENTS = Table(
    "consents",
    metadata,
    Column("consent_id", Integer, primary_key=True),
    Column("member_id", String, nullable=False),
    Column("purpose", String, nullable=False),
    Column("state", String, nullable=False),
    Column("occurred_at", DateTime, nullable=False),
    Column("method", String, nullable=False),
    Column("wording_hash", String(64), nullable=False),
    Column("version", String, nullable=False, default=""),
    Column("source", String, nullable=False, default=""),
    Column("jurisdiction", String, nullable=False, default=""),
    Column("evidence", Text, nullable=False, default=""),
    Column("recorded_at", DateTime, nullable=False),
    # The same act delivered again is the same row.
    UniqueConstraint("member_id", "purpose", "occurred_at", "state", "source", name="one_act"),
)

# What counts now, derived from the acts: one row per member and purpose.
STANDING = Table(
    "standing",
    metadata,
    Column("member_id", String, primary_key=True),
    Column("purpose", String, primary_key=True),
    Column("state", String, nullable=False),
    Column("consent_id", Integer, nullable=False),
    Column("occurred_at", DateTime, nullable=False),
    Column("method", String, nullable=False),
    Column("jurisdiction", String, nullable=False),
)

# What members told us they like, and how often and in which way; the latest word on a topic counts.
PREFERENCES = Table(
    "preferences",
    metadata,
    Column("preference_id", Integer, primary_key=True),
    Column("member_id", String, nullable=False),
    Column("topic", String, nullable=False),  # interest:pets, frequency, language, experience:pets
    Column("value", String, nullable=False),
    Column("source", String, nullable=False),
    Column("recorded_at", DateTime, nullable=False),
    Index("preferences_member", "member_id", "topic"),
)

INTERACTIONS = Table(
    "interactions",
    metadata,
    Column("interaction_id", Integer, primary_key=True),
    Column("member_id", String, nullable=False, index=True),
    Column("kind", String, nullable=False),  # survey, complaint, call, visit, redemption
    Column("occurred_at", DateTime, nullable=False),
    Column("score", Integer),
    Column("text", Text, nullable=False, default=""),
    Column("topic", String, nullable=False, default=""),
)

# Whom we must not mail: a member, or an address known by its keyed hash only.
SUPPRESSIONS = Table(
    "suppressions",
    metadata,
    Column("suppression_id", Integer, primary_key=True),
    Column("member_id", String, nullable=False, default="", index=True),
    Column("address_key", String(64), nullable=False, default="", index=True),
    Column("reason", String, nullable=False),  # hard_bounce, complaint, manual, imported, erased
    Column("source", String, nullable=False, default=""),
    Column("recorded_at", DateTime, nullable=False),
)

# Whom we were asked to forget: keyed hashes, so that they cannot come back unnoticed.
ERASURES = Table(
    "erasures",
    metadata,
    Column("member_key", String(64), primary_key=True),
    Column("recorded_at", DateTime, nullable=False),
)

# By what the key of these hashes is known again: one row, and never the key itself.
KEYS = Table("keys", metadata, Column("mark", String(64), primary_key=True))

IMPORTS = Table(
    "imports",
    metadata,
    Column("import_id", Integer, primary_key=True),
    Column("table_name", String, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("recorded_at", DateTime, nullable=False),
)

EDITIONS = Table(
    "editions",
    metadata,
    Column("edition", String, primary_key=True),
    Column("plan", String, nullable=False),
    Column("transport", String, nullable=False),
    Column("frozen_at", DateTime, nullable=False),
    Column("finished_at", DateTime),
    Column("receipts_head", String(64), nullable=False, default=""),
    # No call starts after this moment: yesterday's edition is not sent today.
    Column("not_after", DateTime),
    # How many senders have begun; each is known by its number, so that a late one is known too.
    Column("epoch", Integer, nullable=False, default=0),
    Column("paused", String, nullable=False, default=""),  # why; empty: it may go on
    Column("resumed_at", DateTime),  # breakers count what came after
)

# What leaves at once: up to so many members of one variant, handed over in one request.
CALLS = Table(
    "calls",
    metadata,
    Column("edition", String, primary_key=True),
    Column("call", Integer, primary_key=True),
    Column("variant_id", String, nullable=False),
    Column("marketing", Boolean, nullable=False),
    Column("tracked", Boolean, nullable=False),  # opens and clicks may be recorded
    Column("members", Integer, nullable=False),
    Column("state", String, nullable=False),  # planned, calling, then done or unknown
    Column("attempts", Integer, nullable=False, default=0),
    Column("epoch", Integer, nullable=False, default=0),  # of the sender that claimed it
    Column("claimed_at", DateTime),
    Column("lease_until", DateTime),
    Column("ended_at", DateTime),
    Column("code", String, nullable=False, default=""),  # what the last answer was, if not yes
    Column("answers", Text, nullable=False, default=""),  # the transport's ids, in order, as JSON
    Index("calls_state", "edition", "state", "call"),
)

# Whom an edition is for: planned once, in one call; what the call came to holds for its members,
# but for those who have a state of their own.
SENDS = Table(
    "sends",
    metadata,
    Column("member_id", String, primary_key=True),
    Column("edition", String, primary_key=True),
    Column("message_id", String, nullable=False),
    Column("variant_id", String, nullable=False),
    Column("consent_id", Integer),
    Column("address_key", String(64), nullable=False, default=""),
    Column("call", Integer, nullable=False),
    Column("state", String, nullable=False, default=""),  # own: refused, rejected, unknown, sent
    Column("reason", String, nullable=False, default=""),
    Index("sends_call", "edition", "call"),
    Index("sends_message", "message_id"),
)

# Members whose message was unknown and whom a named person released, with the call it was in.
RELEASES = Table(
    "releases",
    metadata,
    Column("release_id", Integer, primary_key=True),
    Column("edition", String, nullable=False),
    Column("member_id", String, nullable=False),
    Column("message_id", String, nullable=False),
    Column("call", Integer, nullable=False),
    Column("order_id", Integer, nullable=False),
)

# What a person, or a breaker, ordered about an edition.
ORDERS = Table(
    "orders",
    metadata,
    Column("order_id", Integer, primary_key=True),
    Column("edition", String, nullable=False, index=True),
    Column("order", String, nullable=False),  # pause, resume, release
    Column("given_by", String, nullable=False),
    Column("why", Text, nullable=False, default=""),
    Column("members", Integer, nullable=False, default=0),
    Column("given_at", DateTime, nullable=False),
)

# Who let an edition go out, with the hashes of what they had before them.
APPROVALS = Table(
    "approvals",
    metadata,
    Column("approval_id", Integer, primary_key=True),
    Column("edition", String, nullable=False, index=True),
    Column("pages", String(64), nullable=False),  # what is in every letter
    Column("audience", String(64), nullable=False),  # who gets which
    Column("files", String(64), nullable=False),  # what people wrote for it
    Column("given_by", String, nullable=False),
    Column("why", Text, nullable=False, default=""),
    Column("author", Text, nullable=False),  # who changed those files last
    Column("members", Integer, nullable=False),
    Column("variants", Integer, nullable=False),
    Column("warnings", Integer, nullable=False),
    Column("expires_at", DateTime, nullable=False),
    Column("given_at", DateTime, nullable=False),
)

# What was reported of messages, each thing once however often it is told; nothing is updated.
EVENTS = Table(
    "events",
    metadata,
    Column("event_id", Integer, primary_key=True),
    Column("event_key", String(64), nullable=False, unique=True),
    Column("edition", String, nullable=False, default=""),
    Column("message_id", String, nullable=False, default=""),  # our own, from the tag
    Column("provider_id", String, nullable=False, default=""),
    Column("kind", String, nullable=False),  # delivered, bounced, ...: the names of feedback
    Column("reason", String, nullable=False, default=""),  # hard, soft, policy, ...
    Column("machine", Boolean, nullable=False, default=False),  # opened or clicked by no person
    Column("link", Text, nullable=False, default=""),
    Column("orphan", String, nullable=False, default=""),  # why it belongs to no message of ours
    Column("occurred_at", DateTime, nullable=False),
    Column("recorded_at", DateTime, nullable=False),
    Column("payload", Text, nullable=False, default=""),  # as told, without personal data
    Index("events_message", "message_id", "kind"),
    Index("events_edition", "edition", "kind"),
)

# What was sent lately through an account, by whoever sends: the limit is the account's.
PACE = Table(
    "pace",
    metadata,
    Column("account", String, primary_key=True),
    Column("grants", Text, nullable=False, default="[]"),
    Column("factor", Float, nullable=False, default=1.0),
    Column("slowed_at", DateTime),
)
