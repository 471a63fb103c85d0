"""Tables of the extract's own database file. Their metadata is their own: the workspace never sees them."""

from collections.abc import Sequence

from digitize.matching.population import Citizen

CITIZEN_COLUMNS: Sequence[str] = tuple(Citizen.__dataclass_fields__)

# `sought` lies in the order of birth, so that whoever is born in a month is read in one go.
_TEXTS = ", ".join(f"{column} TEXT NOT NULL" for column in CITIZEN_COLUMNS)
SCHEMA = (
    f"CREATE TABLE citizen (row_number INTEGER PRIMARY KEY, {_TEXTS})",
    "CREATE TABLE sought (born INTEGER, row_number INTEGER, name TEXT, given TEXT, mother TEXT, father TEXT,"
    " PRIMARY KEY (born, row_number)) WITHOUT ROWID",
    "CREATE TABLE name_part (part TEXT, gender TEXT, word TEXT, people INTEGER, PRIMARY KEY (part, gender, word))"
    " WITHOUT ROWID",
    "CREATE TABLE refused (row_number INTEGER PRIMARY KEY, reason TEXT NOT NULL)",
    "CREATE TABLE converted (encoding TEXT PRIMARY KEY, rows INTEGER NOT NULL)",
    "CREATE TABLE filling (fingerprint TEXT, read_to INTEGER)",  # how far a load has come that may be taken up again
    "CREATE TABLE extract (source TEXT, loaded_at TEXT, rows INTEGER, as_of TEXT, scope TEXT)",
)
# Made after the rows are in: filling is faster without.
INDEXES = (
    "CREATE INDEX ix_citizen_personal_id ON citizen (personal_id)",
    *(f"CREATE INDEX ix_sought_{key} ON sought ({key}, born)" for key in ("name", "given", "mother", "father")),
)
