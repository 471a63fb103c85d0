"""Who acts: every act of the workflow takes an Actor."""

from dataclasses import dataclass
from enum import StrEnum

from digitize.access.scope import PROVINCE
from digitize.errors import AccessDenied


class Agency(StrEnum):
    """The two offices that key the books together."""

    POLICE = "police"
    CIVIL_STATUS = "civil_status"


class Role(StrEnum):
    OPERATOR = "operator"
    OFFICER = "officer"
    CHECKER = "checker"
    TEAM_LEAD = "team_lead"
    ADMINISTRATOR = "administrator"
    WORKER = "worker"  # what the machine does by itself; never given to a person
    GATE = "gate"  # the sign-in of the web application; never given to a person


PERSON_ROLES = frozenset(Role) - {Role.WORKER, Role.GATE}


class Permission(StrEnum):
    """What a role may do; the name of the act."""

    TAKE_IN = "take_in"
    READ = "read"
    REVIEW = "review"
    CONFIRM = "confirm"
    ANSWER = "answer"  # questions of those who key
    COORDINATE = "coordinate"  # take an entry out of a colleague's hands
    CHECK = "check"
    READ_AGAIN = "read_again"  # a field another officer confirmed, blind
    SAMPLE = "sample"  # draw a sample of a book, and accept the book or send it back
    DECIDE = "decide"  # between two readings
    SEARCH = "search"
    MATCH = "match"
    VERIFY = "verify"  # follow up what differs between book and population database
    EXPORT = "export"  # packages made, receipts and answers recorded
    RELEASE = "release"  # a package that another person made
    IMPORT = "import"  # packages that others made
    REPORT = "report"  # monthly report, surveys, answers to difficulties
    FOLLOW = "follow"  # see books and counts
    COUNT = "count"  # the inventory: which books there are and what they hold
    CUSTODY = "custody"  # give, receive and return books
    PLAN = "plan"  # days, lanes and order of the campaign
    ADMINISTER = "administer"  # accounts, population extract, settings
    SIGN_IN = "sign_in"  # open a session for an account that has shown its password


PERMISSION_TITLES = {
    Permission.TAKE_IN: "nạp ảnh quét",
    Permission.READ: "đọc trang sổ bằng máy",
    Permission.REVIEW: "nhập liệu",
    Permission.CONFIRM: "xác nhận",
    Permission.ANSWER: "trả lời câu hỏi",
    Permission.COORDINATE: "điều phối việc nhập",
    Permission.CHECK: "kiểm tra",
    Permission.READ_AGAIN: "đọc lần hai",
    Permission.SAMPLE: "kiểm tra mẫu",
    Permission.DECIDE: "phân xử",
    Permission.SEARCH: "tra cứu",
    Permission.MATCH: "đối chiếu",
    Permission.VERIFY: "theo dõi, xác minh sai lệch",
    Permission.EXPORT: "xuất gói bàn giao",
    Permission.RELEASE: "phát hành gói bàn giao",
    Permission.IMPORT: "nhập gói của đơn vị khác",
    Permission.REPORT: "báo cáo, khảo sát",
    Permission.FOLLOW: "theo dõi tiến độ",
    Permission.COUNT: "kiểm kê sổ",
    Permission.CUSTODY: "giao nhận sổ",
    Permission.PLAN: "đặt kế hoạch",
    Permission.ADMINISTER: "quản trị",
    Permission.SIGN_IN: "mở phiên làm việc",
}

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.OPERATOR: frozenset({Permission.TAKE_IN, Permission.COUNT, Permission.CUSTODY, Permission.FOLLOW}),
    Role.OFFICER: frozenset(
        {
            Permission.REVIEW,
            Permission.CONFIRM,
            Permission.ANSWER,
            Permission.MATCH,
            Permission.VERIFY,
            Permission.READ_AGAIN,
            Permission.SEARCH,
            Permission.COUNT,
            Permission.CUSTODY,
            Permission.FOLLOW,
        }
    ),
    Role.CHECKER: frozenset(
        {
            Permission.CHECK,
            Permission.RELEASE,
            Permission.ANSWER,
            Permission.READ_AGAIN,
            Permission.SAMPLE,
            Permission.SEARCH,
            Permission.FOLLOW,
        }
    ),
    Role.TEAM_LEAD: frozenset(
        {
            Permission.COORDINATE,
            Permission.ANSWER,
            Permission.EXPORT,
            Permission.VERIFY,
            Permission.REPORT,
            Permission.IMPORT,
            Permission.RELEASE,
            Permission.SAMPLE,
            Permission.DECIDE,
            Permission.SEARCH,
            Permission.COUNT,
            Permission.CUSTODY,
            Permission.PLAN,
            Permission.FOLLOW,
        }
    ),
    Role.ADMINISTRATOR: frozenset({Permission.ADMINISTER, Permission.READ, Permission.PLAN, Permission.FOLLOW}),
    Role.WORKER: frozenset({Permission.READ, Permission.MATCH, Permission.FOLLOW}),
    Role.GATE: frozenset({Permission.SIGN_IN}),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person, or the reading worker.

    `scope` holds unit codes (commune, district or province) the person may see; a unit stands for
    everything below it.
    """

    account: str
    agency: Agency
    unit: str
    roles: frozenset[Role]
    scope: frozenset[str]

    def may(self, permission: Permission) -> bool:
        return any(permission in PERMISSIONS[role] for role in self.roles)

    def demand(self, permission: Permission) -> None:
        """Raises AccessDenied unless a role of the actor carries the permission."""
        if not self.may(permission):
            raise AccessDenied(f"Tài khoản {self.account} không có quyền «{PERMISSION_TITLES[permission]}».")


def worker_actor() -> Actor:
    """The machine: reads queued pages and looks up who waits for an extract, for every unit of the province."""
    return Actor("worker", Agency.CIVIL_STATUS, PROVINCE, frozenset({Role.WORKER}), frozenset({PROVINCE}))


def gate_actor() -> Actor:
    """The sign-in of the web application: opens sessions and sees no book."""
    return Actor("gate", Agency.CIVIL_STATUS, PROVINCE, frozenset({Role.GATE}), frozenset())


def setup_actor() -> Actor:
    """Whoever installs the program at its command line: makes the first accounts."""
    return Actor("setup", Agency.CIVIL_STATUS, PROVINCE, frozenset({Role.ADMINISTRATOR}), frozenset({PROVINCE}))
