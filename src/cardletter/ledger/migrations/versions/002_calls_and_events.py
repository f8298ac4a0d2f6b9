"""Plan sends in calls, and keep what is reported of them."""

import sqlalchemy as sa
from alembic import op

revision = "002"
down_revision = "001"


def upgrade() -> None:
    with op.batch_alter_table("editions") as table:
        table.add_column(sa.Column("not_after", sa.DateTime()))
        table.add_column(sa.Column("epoch", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("paused", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("resumed_at", sa.DateTime()))
    _calls()
    _sends()
    _orders()
    _events()
    op.create_table(
        "pace",
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("grants", sa.Text(), nullable=False),
        sa.Column("factor", sa.Float(), nullable=False),
        sa.Column("slowed_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("account"),
    )


def _calls() -> None:
    op.create_table(
        "calls",
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("call", sa.Integer(), nullable=False),
        sa.Column("variant_id", sa.String(), nullable=False),
        sa.Column("marketing", sa.Boolean(), nullable=False),
        sa.Column("tracked", sa.Boolean(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(), nullable=True),
        sa.Column("lease_until", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("edition", "call"),
    )
    op.create_index("calls_state", "calls", ["edition", "state", "call"])


def _sends() -> None:
    """Put the sends there are into calls: one for what was sent, one for what was in doubt."""
    op.drop_index("sends_member", "sends")
    op.rename_table("sends", "sends_001")
    op.create_table(
        "sends",
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("variant_id", sa.String(), nullable=False),
        sa.Column("consent_id", sa.Integer(), nullable=True),
        sa.Column("address_key", sa.String(length=64), nullable=False),
        sa.Column("call", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "edition", name="sends_once"),
    )
    op.execute(
        "INSERT INTO sends SELECT member_id, edition, message_id, variant_id, consent_id, '', "
        "CASE WHEN state = 'sent' THEN 1 ELSE 2 END, '', '' FROM sends_001"
    )
    op.execute(
        "INSERT INTO calls SELECT edition, CASE WHEN state = 'sent' THEN 1 ELSE 2 END, '', true, "
        "false, count(*), CASE WHEN state = 'sent' THEN 'done' ELSE 'unknown' END, 1, 0, "
        "max(claimed_at), NULL, max(claimed_at), '', '' FROM sends_001 GROUP BY edition, state"
    )
    op.drop_table("sends_001")
    op.create_index("sends_call", "sends", ["edition", "call"])
    op.create_index("sends_message", "sends", ["message_id"])


def _orders() -> None:
    op.create_table(
        "orders",
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("order", sa.String(), nullable=False),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("order_id"),
    )
    op.create_index("ix_orders_edition", "orders", ["edition"])
    op.create_table(
        "releases",
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("call", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("release_id"),
    )


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("event_key", sa.String(length=64), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("provider_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("machine", sa.Boolean(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("orphan", sa.String(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("event_id"),
        sa.UniqueConstraint("event_key"),
    )
    op.create_index("events_message", "events", ["message_id", "kind"])
    op.create_index("events_edition", "events", ["edition", "kind"])


def downgrade() -> None:
    raise NotImplementedError("What was sent cannot be put back into the older form.")
