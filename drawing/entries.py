"""Entries of the three books of 2016 and later, filled with fictitious people: birth, marriage, death."""

from dataclasses import dataclass
from datetime import date

from digitize.books.dates import PartialDate, date_in_words
from drawing.draft import Draft, Registration
from drawing.habits import IdPaper
from drawing.people import Person
from drawing.writing import Writing

ON_TIME = ("Đúng hạn", "1")
LATE = ("Quá hạn", "4")
FIRST_MARRIAGE = ("Kết hôn lần đầu", "1")
REGISTERED_AGAIN = ("Đăng ký lại", "2")


@dataclass(frozen=True, slots=True)
class Birth:
    """A child's birth as told to the clerk; a father who is not known is None."""

    child: Person
    mother: Person
    father: Person | None
    declarant: Person
    paper: IdPaper | None
    manner: tuple[str, str] = ON_TIME  # label and code of the ticked box
    with_personal_id: bool = True
    parents_ethnicity: str = ""  # where the clerk wrote another name of the group


@dataclass(frozen=True, slots=True)
class Marriage:
    """A marriage; `since` is the day on which it began."""

    wife: Person
    wife_paper: IdPaper
    husband: Person
    husband_paper: IdPaper
    since: date
    manner: tuple[str, str] = FIRST_MARRIAGE


@dataclass(frozen=True, slots=True)
class Death:
    """A death; `paper_words` names the paper of `paper_code` when the clerk wrote its name."""

    person: Person
    paper: IdPaper | None
    hour: str  # "05 giờ 30 phút", or empty when the blanks were left empty
    died: date
    place: str
    cause: str
    death_paper: tuple[str, str, str]  # words before the number, number, code
    death_paper_by: str
    death_paper_day: date
    declarant: Person
    declarant_paper: IdPaper
    manner: tuple[str, str] = ON_TIME
    age_box: tuple[str, str] | None = None  # label and code of the box for small children
    only_birth_year: bool = False


def write_birth(birth: Birth, registration: Registration) -> Writing:
    """One page of form KS-2015."""
    draft, child = Draft(registration.habits), birth.child
    draft.put_registration(registration)
    draft.put("nksHoTen", child.full_name.upper())
    draft.put_day("nksNgaySinh", child.born)
    draft.put("nksNgaySinhBangChu", date_in_words(PartialDate(child.born.day, child.born.month, child.born.year)))
    draft.put("nksGioiTinh", child.gender)
    draft.put_origin("nks", child)
    draft.put("nksNoiSinh", child.place_of_birth)
    draft.put("nksQueQuan", child.hometown)
    draft.put("nksSoDinhDanh", child.personal_id if birth.with_personal_id else "")
    _put_parent(draft, "me", birth.mother, birth.parents_ethnicity)
    draft.tick(birth.manner[0], "loaiDangKy", birth.manner[1])
    if birth.father:
        _put_parent(draft, "cha", birth.father, birth.parents_ethnicity)
    else:
        # The one box for unknown parents means 3 when the mother is named and the father is not.
        draft.tick("Trẻ chưa xác định được cha mẹ", "nksLoaiKhaiSinh", "3")
    _put_declarant(draft, birth.declarant, birth.paper, "Người đi khai sinh")
    return draft.finish("KS-2015")


def write_marriage(marriage: Marriage, registration: Registration) -> Writing:
    """One page of form KH-2015."""
    draft = Draft(registration.habits)
    draft.put_registration(registration)
    _put_spouse(draft, "vo", marriage.wife, marriage.wife_paper)
    _put_spouse(draft, "chong", marriage.husband, marriage.husband_paper)
    draft.put_day("ngayXacLapQuanHeHonNhan", marriage.since)
    draft.tick(marriage.manner[0], "loaiDangKy", marriage.manner[1])
    draft.signed["Vợ"] = marriage.wife.full_name
    draft.signed["Chồng"] = marriage.husband.full_name
    return draft.finish("KH-2015")


def write_death(death: Death, registration: Registration) -> Writing:
    """One page of form KT-2015."""
    draft, person = Draft(registration.habits), death.person
    draft.put_registration(registration)
    draft.put("nktHoTen", person.full_name.upper())
    born = str(person.born.year) if death.only_birth_year else draft.habits.write_day(person.born)
    draft.put("nktNgaySinh", born)
    draft.put("nktGioiTinh", person.gender)
    draft.put_origin("nkt", person)
    draft.put_paper("nkt", death.paper)
    _put_death(draft, death)
    draft.tick(death.manner[0], "loaiDangKy", death.manner[1])
    if death.age_box:
        draft.tick(death.age_box[0], "nktNhomTuoi", death.age_box[1])
    _put_declarant(draft, death.declarant, death.declarant_paper, "Người đi khai tử")
    return draft.finish("KT-2015")


def _put_parent(draft: Draft, prefix: str, parent: Person, ethnicity: str) -> None:
    draft.put(f"{prefix}HoTen", parent.full_name.upper())
    draft.put(f"{prefix}NgaySinh", str(parent.born.year))
    draft.put_origin(prefix, parent, ethnicity)
    draft.put(f"{prefix}NoiCuTru", parent.residence)


def _put_spouse(draft: Draft, prefix: str, spouse: Person, paper: IdPaper) -> None:
    draft.put(f"{prefix}HoTen", spouse.full_name.upper())
    draft.put_day(f"{prefix}NgaySinh", spouse.born)
    draft.put_origin(prefix, spouse)
    draft.put(f"{prefix}NoiCuTru", spouse.residence)
    draft.put_paper(prefix, paper)


def _put_declarant(draft: Draft, declarant: Person, paper: IdPaper | None, label: str) -> None:
    draft.put("nycHoTen", declarant.full_name.upper())
    draft.put_paper("nyc", paper)
    draft.signed[label] = declarant.full_name


def _put_death(draft: Draft, death: Death) -> None:
    died = draft.habits.write_day(death.died)
    when = f"{death.hour or '… giờ … phút'}, ngày {died}"
    draft.put_parts("nktGioPhutChet+nktNgayChet", when, {"nktGioPhutChet": death.hour, "nktNgayChet": died})
    draft.put("nktNoiChet", death.place)
    draft.put("nktNguyenNhanChet", death.cause)
    words, number, code = death.death_paper
    draft.put_parts("gbtLoai+gbtSo", f"{words} {number}".strip(), {"gbtLoai": code, "gbtSo": number})
    draft.put("gbtCoQuanCap", death.death_paper_by)
    draft.put_day("gbtNgay", death.death_paper_day)
