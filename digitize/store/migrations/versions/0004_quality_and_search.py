"""Doubts, second readings, samples, and the keys by which entries are found

Revision: 0004, after 0003
"""

import sqlalchemy as sa
from alembic import op
import sqlmodel.sql.sqltypes

from digitize.books.search_keys import search_keys


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

APPEND_ONLY = ("second_reading", "sample_check")
SQLITE = [
    f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    for table in APPEND_ONLY
    for act in ("UPDATE", "DELETE")
] + [
    f"CREATE TRIGGER {table}_new BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) "
    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    for table in APPEND_ONLY
]
POSTGRESQL = [
    f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    for table in APPEND_ONLY
]


def upgrade() -> None:
    op.create_table('field_doubt',
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('column', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('book_id', sa.Integer(), nullable=False),
    sa.Column('by', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['book_id'], ['book.id'], ),
    sa.ForeignKeyConstraint(['entry_id'], ['entry.id'], ),
    sa.PrimaryKeyConstraint('entry_id', 'column')
    )
    op.create_index('ix_field_doubt_book_id', 'field_doubt', ['book_id'], unique=False)
    op.create_table('second_reading',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('book_id', sa.Integer(), nullable=False),
    sa.Column('column', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('first_text', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('first_by', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('text', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('decides', sa.Boolean(), nullable=False),
    sa.Column('by', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['book_id'], ['book.id'], ),
    sa.ForeignKeyConstraint(['entry_id'], ['entry.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_second_reading_book_id', 'second_reading', ['book_id'], unique=False)
    op.create_index('ix_second_reading_entry_id', 'second_reading', ['entry_id'], unique=False)
    op.create_table('book_sample',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('book_id', sa.Integer(), nullable=False),
    sa.Column('seed', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('accept', sa.Integer(), nullable=False),
    sa.Column('entries', sa.JSON(), nullable=False),
    sa.Column('by', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('verdict', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('closed_by', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('closed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['book_id'], ['book.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_book_sample_book_id', 'book_sample', ['book_id'], unique=False)
    op.create_table('sample_check',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('sample_id', sa.Integer(), nullable=False),
    sa.Column('book_id', sa.Integer(), nullable=False),
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('keyed_by', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('looked', sa.JSON(), nullable=False),
    sa.Column('wrong', sa.JSON(), nullable=False),
    sa.Column('by', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['book_id'], ['book.id'], ),
    sa.ForeignKeyConstraint(['entry_id'], ['entry.id'], ),
    sa.ForeignKeyConstraint(['sample_id'], ['book_sample.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('sample_id', 'entry_id', name='uq_sample_entry')
    )
    op.create_index('ix_sample_check_book_id', 'sample_check', ['book_id'], unique=False)
    op.create_table('search_key',
    sa.Column('what', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('key', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('book_id', sa.Integer(), nullable=False),
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['book_id'], ['book.id'], ),
    sa.ForeignKeyConstraint(['entry_id'], ['entry.id'], ),
    sa.PrimaryKeyConstraint('what', 'key', 'book_id', 'entry_id')
    )
    op.create_index('ix_search_key_entry_id', 'search_key', ['entry_id'], unique=False)
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[op.get_context().dialect.name]:
        op.execute(statement)
    if not op.get_context().as_sql:
        _fill_search_keys()


def _fill_search_keys() -> None:
    """What has been keyed so far."""
    connection = op.get_bind()
    keyed = connection.execute(sa.text(
        'SELECT v.entry_id, e.book_id, v."column", v.text FROM field_value v JOIN entry e ON e.id = v.entry_id'
    )).all()
    rows = {
        (what, key, entry_id): {"what": what, "key": key, "entry_id": entry_id, "book_id": book_id}
        for entry_id, book_id, column, text in keyed
        for what, key in search_keys({column: text})
    }
    if rows:
        connection.execute(
            sa.text("INSERT INTO search_key (what, key, entry_id, book_id) VALUES (:what, :key, :entry_id, :book_id)"),
            list(rows.values()),
        )


def downgrade() -> None:
    for table in ('search_key', 'sample_check', 'book_sample', 'second_reading', 'field_doubt'):
        op.drop_table(table)
