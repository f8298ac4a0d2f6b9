"""The ledger's tables; migrations/ makes them and changes them."""

from sqlalchemy import (
    Column,
    DateTime,
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
    Column("kind", String, nullable=False),  # survey, complaint, call, visit
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
)

SENDS = Table(
    "sends",
    metadata,
    Column("edition", String, primary_key=True),
    Column("member_id", String, primary_key=True),
    Column("message_id", String, nullable=False),
    Column("variant_id", String, nullable=False),
    Column("consent_id", Integer),
    Column("state", String, nullable=False),  # calling, then sent
    Column("claimed_at", DateTime, nullable=False),
    Index("sends_member", "member_id", "claimed_at"),
)
