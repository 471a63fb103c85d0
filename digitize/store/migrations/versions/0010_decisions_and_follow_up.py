"""Officers' decisions about persons, the follow-up list, and the ink that the reader saw

Revision: 0010, after 0004
"""

import sqlalchemy as sa
from alembic import op
import sqlmodel.sql.sqltypes


revision = '0010'
down_revision = '0004'
branch_labels = None
depends_on = None

SQLITE = [
    f"CREATE TRIGGER match_decision_no_{act.lower()} BEFORE {act} ON match_decision "
    "BEGIN SELECT RAISE(ABORT, 'match_decision is append-only'); END"
    for act in ("UPDATE", "DELETE")
] + [
    "CREATE TRIGGER match_decision_new BEFORE INSERT ON match_decision "
    "WHEN EXISTS (SELECT 1 FROM match_decision WHERE id = NEW.id) "
    "BEGIN SELECT RAISE(ABORT, 'match_decision is append-only'); END"
]
POSTGRESQL = [
    "CREATE TRIGGER match_decision_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON match_decision "
    "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
]


def upgrade() -> None:
    text, moment = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime
    op.create_table('match_decision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('book_id', sa.Integer(), nullable=False),
    sa.Column('role', text(), nullable=False),
    sa.Column('choice', text(), nullable=False),
    sa.Column('personal_id', text(), nullable=True),
    sa.Column('outcome', text(), nullable=False),
    sa.Column('differences', sa.JSON(), nullable=False),
    sa.Column('source', text(), nullable=False),
    sa.Column('why', text(), nullable=False),
    sa.Column('by', text(), nullable=False),
    sa.Column('at', moment(), nullable=False),
    sa.ForeignKeyConstraint(['book_id'], ['book.id'], ),
    sa.ForeignKeyConstraint(['entry_id'], ['entry.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_match_decision_book_id', 'match_decision', ['book_id'], unique=False)
    op.create_index('ix_match_decision_entry_id', 'match_decision', ['entry_id'], unique=False)
    op.create_table('follow_up',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('book_id', sa.Integer(), nullable=False),
    sa.Column('role', text(), nullable=False),
    sa.Column('column', text(), nullable=False),
    sa.Column('kind', text(), nullable=False),
    sa.Column('personal_id', text(), nullable=True),
    sa.Column('book_text', text(), nullable=False),
    sa.Column('population_text', text(), nullable=False),
    sa.Column('why', text(), nullable=False),
    sa.Column('direction', text(), nullable=False),
    sa.Column('state', text(), nullable=False),
    sa.Column('responsible', text(), nullable=True),
    sa.Column('note', text(), nullable=False),
    sa.Column('opened_by', text(), nullable=False),
    sa.Column('opened_at', moment(), nullable=False),
    sa.Column('changed_by', text(), nullable=False),
    sa.Column('changed_at', moment(), nullable=False),
    sa.ForeignKeyConstraint(['book_id'], ['book.id'], ),
    sa.ForeignKeyConstraint(['entry_id'], ['entry.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    for column in ('book_id', 'entry_id', 'state'):
        op.create_index(f'ix_follow_up_{column}', 'follow_up', [column], unique=False)
    op.create_table('candidate_ink',
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('column', text(), nullable=False),
    sa.Column('ink', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['entry_id'], ['entry.id'], ),
    sa.PrimaryKeyConstraint('entry_id', 'column')
    )
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[op.get_context().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    for table in ('candidate_ink', 'follow_up', 'match_decision'):
        op.drop_table(table)
