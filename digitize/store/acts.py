"""Every act that changes the store, and the permissions of which one is needed for it."""

from digitize.access.actor import Permission
from digitize.books.steps import Act

EVERYBODY = frozenset(Permission)

ACTS: dict[str, frozenset[Permission]] = {
    "book.add": frozenset({Permission.TAKE_IN, Permission.ADMINISTER, Permission.IMPORT}),
    "page.add": frozenset({Permission.TAKE_IN, Permission.ADMINISTER}),
    "page.import": frozenset({Permission.IMPORT}),
    "page.lease": frozenset({Permission.READ}),
    "page.finish": frozenset({Permission.READ}),
    "page.fail": frozenset({Permission.READ}),
    "page.view": EVERYBODY,
    "page.keep": frozenset({Permission.TAKE_IN}),
    "page.replace": frozenset({Permission.TAKE_IN}),
    "page.retry": frozenset({Permission.READ, Permission.TAKE_IN}),
    "page.key_by_hand": frozenset({Permission.TAKE_IN, Permission.REVIEW}),
    "entry.add": frozenset({Permission.READ, Permission.TAKE_IN, Permission.REVIEW, Permission.IMPORT}),
    f"entry.{Act.READ}": frozenset({Permission.READ}),
    f"entry.{Act.REVIEW}": frozenset({Permission.REVIEW}),
    f"entry.{Act.CONFIRM}": frozenset({Permission.CONFIRM}),
    f"entry.{Act.CHECK}": frozenset({Permission.CHECK}),
    f"entry.{Act.MATCH}": frozenset({Permission.MATCH}),
    f"entry.{Act.HAND_OVER}": frozenset({Permission.RELEASE}),
    f"entry.{Act.RECALL}": frozenset({Permission.EXPORT}),
    f"entry.{Act.SEND_BACK}": frozenset({Permission.CONFIRM, Permission.CHECK, Permission.EXPORT}),
    "entry.save": frozenset({Permission.REVIEW}),
    "entry.take_back": frozenset({Permission.REVIEW}),
    "entry.lease": frozenset({Permission.REVIEW}),
    "entry.release": EVERYBODY,  # only of what is in one's own hands
    "entry.take_over": frozenset({Permission.COORDINATE}),
    "question.ask": frozenset({Permission.REVIEW}),
    "question.answer": frozenset({Permission.ANSWER}),
    "question.settle": EVERYBODY,  # only one's own
    "entry.key": frozenset({Permission.REVIEW, Permission.CONFIRM}),
    "entry.doubt": frozenset({Permission.REVIEW}),
    "entry.look": EVERYBODY,
    "entry.read_again": frozenset({Permission.READ_AGAIN}),
    "entry.decide": frozenset({Permission.DECIDE}),
    "entry.search": frozenset({Permission.SEARCH}),
    "sample.draw": frozenset({Permission.SAMPLE}),
    "sample.check": frozenset({Permission.SAMPLE}),
    "sample.close": frozenset({Permission.SAMPLE}),
    "sample.send_back": frozenset({Permission.SAMPLE}),
    "book.fetch": frozenset({Permission.EXPORT, Permission.RELEASE}),
    "package.add": frozenset({Permission.EXPORT}),
    "package.replace": frozenset({Permission.EXPORT}),
    "package.release": frozenset({Permission.RELEASE}),
    "package.receive": frozenset({Permission.EXPORT}),
    "national.add": frozenset({Permission.EXPORT}),
    "survey.add": frozenset({Permission.REPORT}),
    "difficulty.raise": frozenset({Permission.FOLLOW}),
    "difficulty.answer": frozenset({Permission.REPORT}),
    "population.load": frozenset({Permission.ADMINISTER}),
    "match.add": frozenset({Permission.MATCH}),
    "account.add": frozenset({Permission.ADMINISTER}),
    "account.deactivate": frozenset({Permission.ADMINISTER}),
    "account.set_password": EVERYBODY,  # one's own; others' is for administrators of their scope (accounts.py)
    "account.refuse": frozenset({Permission.SIGN_IN}),
    "session.open": frozenset({Permission.SIGN_IN}),
    "session.revoke": EVERYBODY,  # who holds the opaque id may end the session
}
