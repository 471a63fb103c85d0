"""Many people, one pile

Revision: 0003, after 0002
"""

import sqlalchemy as sa
from alembic import op
import sqlmodel.sql.sqltypes


revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

# What `store.repositories.doubt` keeps from now on, for the entries that are there already.
UNTOUCHED = (
    "FROM candidate WHERE candidate.entry_id = entry.id AND NOT EXISTS (SELECT 1 FROM field_value "
    "WHERE field_value.entry_id = candidate.entry_id AND field_value.\"column\" = candidate.\"column\")"
)


def upgrade() -> None:
    op.create_table('entry_lease',
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('book_id', sa.Integer(), nullable=False),
    sa.Column('owner', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('since', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('until', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['book_id'], ['book.id'], ),
    sa.ForeignKeyConstraint(['entry_id'], ['entry.id'], ),
    sa.PrimaryKeyConstraint('entry_id')
    )
    op.create_index('ix_entry_lease_book_id', 'entry_lease', ['book_id'], unique=False)
    op.create_table('entry_edit',
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('sitting', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['entry_id'], ['entry.id'], ),
    sa.PrimaryKeyConstraint('entry_id', 'sitting')
    )
    op.create_table('question',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('book_id', sa.Integer(), nullable=False),
    sa.Column('column', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('text', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('asked_by', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('asked_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('to_account', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('to_role', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('answer', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('answered_by', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('answered_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('settled_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['book_id'], ['book.id'], ),
    sa.ForeignKeyConstraint(['entry_id'], ['entry.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_question_book_id', 'question', ['book_id'], unique=False)
    op.create_index('ix_question_entry_id', 'question', ['entry_id'], unique=False)
    op.add_column('candidate', sa.Column('version', sa.Integer(), nullable=False, server_default='0'))
    op.add_column('field_value', sa.Column('version', sa.Integer(), nullable=False, server_default='0'))
    op.add_column('field_value', sa.Column('sitting', sqlmodel.sql.sqltypes.AutoString(), nullable=True))
    op.add_column('entry', sa.Column('doubt', sa.Float(), nullable=False, server_default='0'))
    op.add_column('entry', sa.Column('least_sure', sa.Float(), nullable=True))
    op.execute(f"UPDATE entry SET doubt = (SELECT COALESCE(SUM(1 - confidence), 0) {UNTOUCHED})")
    op.execute(f"UPDATE entry SET least_sure = (SELECT MIN(confidence) {UNTOUCHED})")


def downgrade() -> None:
    for table, column in (
        ('entry', 'least_sure'), ('entry', 'doubt'), ('field_value', 'sitting'), ('field_value', 'version'),
        ('candidate', 'version'),
    ):
        op.drop_column(table, column)
    for table in ('question', 'entry_edit', 'entry_lease'):
        op.drop_table(table)
