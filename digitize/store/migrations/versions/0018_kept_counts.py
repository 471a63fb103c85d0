"""Counts of pages and entries, kept by triggers: no writer can forget them

Revision: 0018, after 0017
"""

import sqlalchemy as sa
from alembic import op
import sqlmodel.sql.sqltypes


revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None

STEPS = ('scanned', 'read', 'in_review', 'confirmed', 'checked', 'matched', 'handed_over', 'set_aside')
DAY = {
    'sqlite': "date({0}.changed_at, '+7 hours')",
    'postgresql': "({0}.changed_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date",
}


def one(row, step):
    return f"CASE WHEN {row}.step = '{step}' THEN 1 ELSE 0 END"


def delta(step, old, new):
    """By how much a step's count changes; `old` or `new` is empty where there is no such row."""
    return ' '.join(filter(None, [one('NEW', step) if new else '0', f"- {one('OLD', step)}" if old else '']))


def of_entry(dialect, old, new):
    row = 'NEW' if new else 'OLD'
    moved = ', moved_at = NEW.changed_at' if new else ''
    sums = ', '.join(f"{step} = {step} + {delta(step, old, new)}" for step in STEPS)
    return [
        f"UPDATE book_tally SET {sums}{moved} WHERE book_id = {row}.book_id;",
        f"INSERT INTO book_day (book_id, day, {', '.join(STEPS)}) VALUES ({row}.book_id, {DAY[dialect].format(row)}, "
        f"{', '.join(delta(step, old, new) for step in STEPS)}) ON CONFLICT (book_id, day) DO UPDATE SET "
        f"{', '.join(f'{step} = book_day.{step} + excluded.{step}' for step in STEPS)};",
    ]


def of_page(old, new):
    row = 'NEW' if new else 'OLD'

    def by(state):
        return ' '.join(filter(None, [
            f"+ CASE WHEN NEW.state = '{state}' THEN 1 ELSE 0 END" if new else '',
            f"- CASE WHEN OLD.state = '{state}' THEN 1 ELSE 0 END" if old else '',
        ]))

    return [
        f"UPDATE book_tally SET pages = pages {'+ 1' if new else ''} {'- 1' if old else ''}, "
        f"pages_read = pages_read {by('read')}, pages_failed = pages_failed {by('failed')} WHERE book_id = {row}.book_id;"
    ]


def triggers(dialect):
    """Name, event, table, condition, statements."""
    zeros = ', '.join('0' for _ in ('pages', 'pages_read', 'pages_failed', *STEPS))
    columns = ', '.join(('pages', 'pages_read', 'pages_failed', *STEPS))
    yield 'tally_book', 'INSERT', 'book', '', [f"INSERT INTO book_tally (book_id, {columns}) VALUES (NEW.id, {zeros});"]
    changed = 'WHEN {0}OLD.{1} <> NEW.{1}{2}'
    bracket = ('(', ')') if dialect == 'postgresql' else ('', '')
    for event, old, new in (('INSERT', False, True), ('UPDATE OF step', True, True), ('DELETE', True, False)):
        when = changed.format(bracket[0], 'step', bracket[1]) if old and new else ''
        yield f"tally_entry_{event.split()[0].lower()}", event, 'entry', when, of_entry(dialect, old, new)
    for event, old, new in (('INSERT', False, True), ('UPDATE OF state', True, True), ('DELETE', True, False)):
        when = changed.format(bracket[0], 'state', bracket[1]) if old and new else ''
        yield f"tally_page_{event.split()[0].lower()}", event, 'page', when, of_page(old, new)


def create(dialect):
    for name, event, table, when, statements in triggers(dialect):
        body = ' '.join(statements)
        if dialect == 'sqlite':
            yield f"CREATE TRIGGER {name} AFTER {event} ON {table} {when} BEGIN {body} END"
        else:
            yield f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NULL; END $$"
            yield f"CREATE TRIGGER {name} AFTER {event} ON {table} FOR EACH ROW {when} EXECUTE FUNCTION {name}()"


def upgrade() -> None:
    op.create_table('book_tally',
    sa.Column('book_id', sa.Integer(), nullable=False),
    *(sa.Column(name, sa.Integer(), nullable=False) for name in ('pages', 'pages_read', 'pages_failed', *STEPS)),
    sa.Column('moved_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['book_id'], ['book.id'], ),
    sa.PrimaryKeyConstraint('book_id')
    )
    op.create_table('book_day',
    sa.Column('book_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    *(sa.Column(name, sa.Integer(), nullable=False) for name in STEPS),
    sa.ForeignKeyConstraint(['book_id'], ['book.id'], ),
    sa.PrimaryKeyConstraint('book_id', 'day')
    )
    op.create_index('ix_book_day_day', 'book_day', ['day'], unique=False)
    dialect = op.get_context().dialect.name
    _fill(dialect)
    for statement in create(dialect):
        op.execute(statement)


def _fill(dialect) -> None:
    """What is there already; an entry counts on the day on which it was last changed."""
    steps = ', '.join(STEPS)
    sums = ', '.join(f"COALESCE(SUM(CASE WHEN e.step = '{step}' THEN 1 ELSE 0 END), 0)" for step in STEPS)
    of_pages = [f"(SELECT COUNT(*) FROM page p WHERE p.book_id = b.id{more})"
                for more in ('', " AND p.state = 'read'", " AND p.state = 'failed'")]
    op.execute(
        f"INSERT INTO book_tally (book_id, pages, pages_read, pages_failed, {steps}, moved_at) "
        f"SELECT b.id, {', '.join(of_pages)}, {sums}, MAX(e.changed_at) FROM book b "
        "LEFT JOIN entry e ON e.book_id = b.id GROUP BY b.id"
    )
    day = DAY[dialect].format('e')
    op.execute(f"INSERT INTO book_day (book_id, day, {steps}) SELECT e.book_id, {day}, {sums} FROM entry e GROUP BY e.book_id, {day}")


def downgrade() -> None:
    dialect = op.get_context().dialect.name
    for name, _, table, _, _ in triggers(dialect):
        op.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if dialect == 'postgresql' else ''))
        if dialect == 'postgresql':
            op.execute(f"DROP FUNCTION {name}()")
    op.drop_table('book_day')
    op.drop_table('book_tally')
