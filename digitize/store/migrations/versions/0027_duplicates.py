"""Duplicates: the keys by which they are found, and what officers decide

Revision: 0027, after 0026
"""

from collections import defaultdict

import sqlalchemy as sa
from alembic import op
import sqlmodel.sql.sqltypes

from digitize.books.search_keys import birth_keys


revision = '0027'
down_revision = '0026'
branch_labels = None
depends_on = None

SQLITE = [
    f"CREATE TRIGGER pair_decision_no_{act.lower()} BEFORE {act} ON pair_decision "
    "BEGIN SELECT RAISE(ABORT, 'pair_decision is append-only'); END"
    for act in ("UPDATE", "DELETE")
] + [
    "CREATE TRIGGER pair_decision_new BEFORE INSERT ON pair_decision "
    "WHEN EXISTS (SELECT 1 FROM pair_decision WHERE id = NEW.id) "
    "BEGIN SELECT RAISE(ABORT, 'pair_decision is append-only'); END"
]
POSTGRESQL = [
    "CREATE TRIGGER pair_decision_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON pair_decision "
    "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
]


def upgrade() -> None:
    op.create_table('pair_decision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('first_id', sa.Integer(), nullable=False),
    sa.Column('second_id', sa.Integer(), nullable=False),
    sa.Column('book_id', sa.Integer(), nullable=False),
    sa.Column('finding', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('seen', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('choice', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('why', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('by', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['book_id'], ['book.id'], ),
    sa.ForeignKeyConstraint(['first_id'], ['entry.id'], ),
    sa.ForeignKeyConstraint(['second_id'], ['entry.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    for column in ('book_id', 'first_id', 'second_id'):
        op.create_index(f'ix_pair_decision_{column}', 'pair_decision', [column], unique=False)
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[op.get_context().dialect.name]:
        op.execute(statement)
    if not op.get_context().as_sql:
        _fill_birth_keys()


def _fill_birth_keys() -> None:
    """Of the births that were keyed so far."""
    connection = op.get_bind()
    told = defaultdict(dict)
    for entry_id, book_id, column, text in connection.execute(sa.text(
        'SELECT v.entry_id, e.book_id, v."column", v.text FROM field_value v JOIN entry e ON e.id = v.entry_id '
        "WHERE v.\"column\" IN ('nksHoTen', 'nksNgaySinh', 'meHoTen', 'chaHoTen', 'meNgaySinh', 'chaNgaySinh')"
    )):
        told[entry_id, book_id][column] = text
    rows = [
        {"what": what, "key": key, "entry_id": entry_id, "book_id": book_id}
        for (entry_id, book_id), texts in told.items()
        for what, key in set(birth_keys(texts))
    ]
    if rows:
        connection.execute(
            sa.text("INSERT INTO search_key (what, key, entry_id, book_id) VALUES (:what, :key, :entry_id, :book_id)"),
            rows,
        )


def downgrade() -> None:
    op.execute("DELETE FROM search_key WHERE what IN ('birth', 'parents', 'parents_told')")
    op.drop_table('pair_decision')
