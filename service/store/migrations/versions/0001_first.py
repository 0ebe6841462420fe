"""The first tables: briefs, meetings and the words they are found by, dossiers, decisions.

Written out, not taken from ``service.store.tables``: a migration says what was, whatever the tables become.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "briefs",
        sa.Column("number", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("created", sa.String(32), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("outlet", sa.Text),
        sa.Column("published", sa.String(40)),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_briefs"),
        sa.UniqueConstraint("id", name="uq_briefs_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_briefs_sha256", "briefs", ["sha256"])
    op.create_table(
        "meetings",
        sa.Column("number", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("brief", sa.String(64), nullable=False),
        sa.Column("meeting", sa.String(64), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("first", sa.String(10)),
        sa.Column("last", sa.String(10)),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_meetings"),
        sa.UniqueConstraint("brief", "meeting", name="uq_meetings_brief_meeting"),
        sa.ForeignKeyConstraint(["brief"], ["briefs.id"], name="fk_meetings_brief", ondelete="CASCADE"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_meetings_status", "meetings", ["status"])
    op.create_index("ix_meetings_first_last", "meetings", ["first", "last"])
    op.create_table(
        "meeting_words",
        sa.Column("meeting", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("word", sa.String(80), nullable=False),
        sa.PrimaryKeyConstraint("meeting", "kind", "word", name="pk_meeting_words"),
        sa.ForeignKeyConstraint(["meeting"], ["meetings.number"], name="fk_meeting_words_meeting", ondelete="CASCADE"),
    )
    op.create_index("ix_meeting_words_kind_word", "meeting_words", ["kind", "word"])
    op.create_table(
        "dossiers",
        sa.Column("number", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("created", sa.String(32), nullable=False),
        sa.Column("body", sa.Text),
        sa.PrimaryKeyConstraint("number", name="pk_dossiers"),
        sa.UniqueConstraint("id", name="uq_dossiers_id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "dossier_briefs",
        sa.Column("dossier", sa.String(64), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("brief", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("dossier", "position", name="pk_dossier_briefs"),
        sa.ForeignKeyConstraint(["dossier"], ["dossiers.id"], name="fk_dossier_briefs_dossier", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["brief"], ["briefs.id"], name="fk_dossier_briefs_brief", ondelete="CASCADE"),
    )
    op.create_index("ix_dossier_briefs_brief", "dossier_briefs", ["brief"])
    op.create_table(
        "decisions",
        sa.Column("dossier", sa.String(64), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("refs", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("dossier", "position", name="pk_decisions"),
        sa.ForeignKeyConstraint(["dossier"], ["dossiers.id"], name="fk_decisions_dossier", ondelete="CASCADE"),
    )


def downgrade() -> None:
    """Back to nothing."""
    for table in ("decisions", "dossier_briefs", "dossiers", "meeting_words", "meetings", "briefs"):
        op.drop_table(table)
