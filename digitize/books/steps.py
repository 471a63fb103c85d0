"""ONE table of lawful steps: which act is allowed on an entry in which step, and where it leads."""

from enum import StrEnum

from digitize.errors import StepNotLawful


class Step(StrEnum):
    """How far an entry has come."""

    SCANNED = "scanned"
    READ = "read"
    IN_REVIEW = "in_review"
    CONFIRMED = "confirmed"
    CHECKED = "checked"
    MATCHED = "matched"
    HANDED_OVER = "handed_over"
    SET_ASIDE = "set_aside"  # no entry at all: the page is blank, a cover, scanned twice


FINISHED = frozenset({Step.CONFIRMED, Step.CHECKED, Step.MATCHED, Step.HANDED_OVER})
SETTLED = FINISHED | {Step.SET_ASIDE}  # what was set aside holds no book up


class Act(StrEnum):
    """What is done to an entry."""

    READ = "read"
    REVIEW = "review"
    CONFIRM = "confirm"
    CHECK = "check"
    MATCH = "match"
    HAND_OVER = "hand_over"
    SEND_BACK = "send_back"
    SET_ASIDE = "set_aside"
    TAKE_UP = "take_up"  # what was set aside, again
    RECALL = "recall"  # what was handed over and came back with faults


LAWFUL: dict[tuple[Step, Act], Step] = {
    (Step.SCANNED, Act.READ): Step.READ,
    (Step.READ, Act.READ): Step.READ,
    (Step.READ, Act.REVIEW): Step.IN_REVIEW,
    (Step.IN_REVIEW, Act.REVIEW): Step.IN_REVIEW,
    (Step.IN_REVIEW, Act.CONFIRM): Step.CONFIRMED,
    (Step.CONFIRMED, Act.CHECK): Step.CHECKED,
    (Step.CONFIRMED, Act.MATCH): Step.MATCHED,
    (Step.CHECKED, Act.MATCH): Step.MATCHED,
    (Step.MATCHED, Act.MATCH): Step.MATCHED,
    (Step.MATCHED, Act.CHECK): Step.CHECKED,
    (Step.CONFIRMED, Act.HAND_OVER): Step.HANDED_OVER,  # of a book that was checked by sample
    (Step.CHECKED, Act.HAND_OVER): Step.HANDED_OVER,
    (Step.MATCHED, Act.HAND_OVER): Step.HANDED_OVER,
    (Step.HANDED_OVER, Act.RECALL): Step.IN_REVIEW,
    (Step.CONFIRMED, Act.SEND_BACK): Step.IN_REVIEW,
    (Step.CHECKED, Act.SEND_BACK): Step.IN_REVIEW,
    (Step.MATCHED, Act.SEND_BACK): Step.IN_REVIEW,
    (Step.SCANNED, Act.SET_ASIDE): Step.SET_ASIDE,
    (Step.READ, Act.SET_ASIDE): Step.SET_ASIDE,
    (Step.IN_REVIEW, Act.SET_ASIDE): Step.SET_ASIDE,
    (Step.SET_ASIDE, Act.TAKE_UP): Step.READ,
}

STEP_TITLES = {
    Step.SCANNED: "Đã quét",
    Step.READ: "Đã đọc",
    Step.IN_REVIEW: "Đang nhập",
    Step.CONFIRMED: "Đã xác nhận",
    Step.CHECKED: "Đã kiểm tra",
    Step.MATCHED: "Đã đối chiếu",
    Step.HANDED_OVER: "Đã bàn giao",
    Step.SET_ASIDE: "Không phải trường hợp",
}

ACT_TITLES = {
    Act.READ: "Đọc lại",
    Act.REVIEW: "Nhập",
    Act.CONFIRM: "Xác nhận",
    Act.CHECK: "Kiểm tra",
    Act.MATCH: "Đối chiếu",
    Act.HAND_OVER: "Bàn giao",
    Act.SEND_BACK: "Trả lại",
    Act.SET_ASIDE: "Bỏ ra",
    Act.TAKE_UP: "Đưa trở lại",
    Act.RECALL: "Lấy lại",
}


def step_after(step: Step, act: Act) -> Step:
    """The step an act leads to. Raises StepNotLawful when the act is not allowed now."""
    try:
        return LAWFUL[step, act]
    except KeyError as cause:
        told = f"Không thể thực hiện «{ACT_TITLES[act]}» khi trường hợp ở bước «{STEP_TITLES[step]}»."
        raise StepNotLawful(told) from cause
