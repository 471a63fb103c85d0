"""Fills any form with fictitious people: by the column where it tells whose value it is, else by the kind of value."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from digitize.books.composites import split_composite
from digitize.books.dates import PartialDate, date_in_words
from digitize.books.forms import CheckBox, Form, Item
from drawing.commune import POLICE, POLICE_2021
from drawing.draft import Draft
from drawing.habits import DATE_HABITS, PAPER_HABITS, SIGNER_HABITS, Habits, IdPaper
from drawing.names import GROUPS, invent_name
from drawing.people import COMMUNE, ELSEWHERE, VILLAGES, Person, begin_sentence, invent_child, invent_couple, invent_day
from drawing.writing import Writing

WOMEN = ("me", "vo", "meNuoi", "giaoBa")
CHILDREN = {"nks": ("cha", "me"), "nc": ("cha", "me"), "cn": ("giaoOng", "giaoBa"), "dgh": ("cha", "me")}
COUPLES = {"cha": "me", "chong": "vo", "chaNuoi": "meNuoi", "giaoOng": "giaoBa"}
OF_A_PERSON = re.compile(
    r"(?P<who>[a-z]+(?:Nuoi|Ong|Ba)?)"
    r"(?P<what>HoTen|NgaySinh|NgaySinhBangChu|GioiTinh|DanToc|QuocTich|NoiCuTru|NoiThuongTru|NoiSinh|QueQuan"
    r"|SoDinhDanh|SoGiayToTuyThan|GiayTo)"
)
TEXTS = {
    "nktNguyenNhanChet": ("Tuổi già", "Bệnh tim mạch", "Tai nạn giao thông", "Ung thư phổi", "Già yếu", "Đuối nước"),
    "gbtCoQuanCap": ("UBND xã Suối Mơ", "Bệnh viện Đa khoa khu vực Nghĩa Lộ", "Trạm Y tế xã Suối Mơ"),
    "nxnTinhTrangHonNhan": ("Chưa đăng ký kết hôn với ai", "Đã ly hôn, chưa kết hôn với ai", "Đã có vợ"),
    "nxnMucDichSuDung": ("Để đăng ký kết hôn", "Để vay vốn ngân hàng", "Để mua bán đất", "Bổ túc hồ sơ"),
    "cdghLyDo": ("Người được giám hộ đã đủ 18 tuổi", "Người được giám hộ được nhận làm con nuôi"),
    "cnCoSoNuoiDuong": ("Trung tâm Bảo trợ xã hội tỉnh Yên Bái", ""),
    "tdccTenGiayToHoTich": ("Giấy khai sinh", "Giấy chứng nhận kết hôn", "Trích lục khai tử"),
    "tdccNoiCapGiayToHoTich": ("UBND xã Suối Mơ", "UBND huyện Văn Chấn", "UBND xã Tú Lệ"),
    "tdccSoGiayToHoTich": ("12/2009", "105/2014", "07/2016", "33"),
}
NOTES = (
    "Cải chính họ tên mẹ theo Quyết định số 15/QĐ-UBND ngày 12/3/2019",
    "Cấp lại bản chính ngày 20/6/2018",
    "Đã cấp 02 bản sao",
)
CONTENTS = (
    "Cải chính ngày sinh từ 05/6/2004 thành 06/5/2004",
    "Bổ sung dân tộc: Tày",
    "Thay đổi chữ đệm từ Văn thành Đức",
    "Xác định lại dân tộc từ Kinh sang Tày theo dân tộc của mẹ",
)
WORK = ("làm ruộng", "làm nương", "giáo viên", "cán bộ xã", "công nhân", "buôn bán")
RELATIONS = ("Bố đẻ", "Mẹ đẻ", "Ông nội", "Bà ngoại", "Con trai", "Anh trai", "Vợ", "Cha mẹ đẻ", "Chính mình")
TITLES = ("Chủ tịch", "Phó Chủ tịch", "Q. Chủ tịch")
AUTHORITIES = {"CMND": POLICE, "CCCD": POLICE_2021}
IN_CAPITALS = 0.75  # of the names that the form wants in capitals
NOTED = 0.25  # of the pages


@dataclass(slots=True)
class Filling:
    """One page of a form while it is filled, from a seed; whoever stands on it belongs together."""

    rng: Random
    day: date  # of the registration
    taken: set[str] = field(default_factory=set)
    people: dict[str, Person] = field(default_factory=dict)

    def person(self, who: str) -> Person:
        """The person whose columns begin with `who`; couples are couples, children have their parents' names."""
        if who not in self.people:
            self._invent(who)
        return self.people[who]

    def _invent(self, who: str) -> None:
        if who in CHILDREN:
            father, mother = (self.person(parent) for parent in CHILDREN[who])
            years = (self.day.year - 17 if who != "nks" else self.day.year - 1, self.day.year - 1)
            born = invent_day(self.rng, date(years[0], 1, 1), self.day - timedelta(days=3))
            self.people[who] = invent_child(self.rng, father, mother, born, self.taken)
            return
        husband, wife = invent_couple(self.rng, (self.day.year - 45, self.day.year - 24), self.taken)
        his = next((him for him, her in COUPLES.items() if who in (him, her)), None)
        if his:
            self.people[his], self.people[COUPLES[his]] = husband, wife
        else:
            self.people[who] = self.rng.choice((husband, wife))


def fill_form(form: Form, rng: Random, number: int, day: date) -> Writing:
    """One page of the form, filled; the `number`-th entry of its book, registered on `day`.

    A child's gender and name, a date and its words, a paper and its number fit together.
    """
    habits = Habits(rng.choice(DATE_HABITS), rng.choice(PAPER_HABITS), rng.choice(SIGNER_HABITS))
    draft, filling = Draft(habits), Filling(rng, day)
    for item in form.items():
        if item.field and not _of_person(draft, filling, item):
            _KINDS.get(item.kind, _text)(draft, filling, item)
    _put_registration(draft, filling, number)
    for group, rules in form.checkbox_groups.items():
        boxes = [box for box in form.checkboxes if box.field == group]
        if rules.flag_when_none or rng.random() < 0.3:
            box = rng.choice(boxes)
            draft.tick(box.label, group, _code(box, draft.fields))
    return draft.finish(form.form_id)


def _code(box: CheckBox, fields: Mapping[str, str]) -> str:
    female = [code for column, code in box.when_female.items() if fields.get(column) == "Nữ"]
    empty = [column for column in box.only_empty if column not in fields]
    return female[0] if female else box.only_empty[empty[0]] if len(empty) == 1 else box.code


def _put_registration(draft: Draft, filling: Filling, number: int) -> None:
    for column, text in (("so", f"{number:02d}"), ("quyenSo", f"01/{filling.day.year}"), ("trangSo", str(number))):
        if column in draft.blanks:
            draft.put(column, text)


def _of_person(draft: Draft, filling: Filling, item: Item) -> bool:
    """Whether the item's column tells a person and what of her, and was filled so."""
    found = OF_A_PERSON.fullmatch(item.field or "")
    if not found or item.kind == "signature":
        return False
    who, rng = filling.person(found["who"]), filling.rng
    column = str(item.field)
    match found["what"]:
        case "HoTen":
            capitals = item.kind == "name_upper" and rng.random() < IN_CAPITALS
            draft.put(column, who.full_name.upper() if capitals else who.full_name)
        case "NgaySinh" if item.kind == "year_or_date" and rng.random() < 0.6:
            draft.put(column, str(who.born.year))
        case "NgaySinh":
            draft.put_day(column, who.born)
        case "NgaySinhBangChu":
            draft.put(column, date_in_words(PartialDate(who.born.day, who.born.month, who.born.year)))
        case "GioiTinh":
            draft.put(column, who.gender)
        case "DanToc":
            draft.put(column, who.ethnicity)
        case "QuocTich":
            draft.put(column, who.nationality)
        case "NoiCuTru" | "NoiThuongTru":
            draft.put(column, begin_sentence(who.residence))
        case "NoiSinh":
            draft.put(column, who.place_of_birth)
        case "QueQuan":
            draft.put(column, who.hometown)
        case "SoDinhDanh":
            draft.put(column, who.personal_id)
        case "SoGiayToTuyThan":
            draft.put(column, _paper(filling, who).number)
        case "GiayTo":
            draft.put_paper(found["who"], _paper(filling, who))
    return True


def _paper(filling: Filling, who: Person) -> IdPaper:
    rng, is_new = filling.rng, filling.day.year >= 2018 and filling.rng.random() < 0.5
    issued = invent_day(rng, date(filling.day.year - 9 if not is_new else 2016, 1, 1), filling.day)
    if is_new:
        return IdPaper("CCCD", who.personal_id, issued, AUTHORITIES["CCCD"])
    return IdPaper("CMND", f"06{rng.randrange(10_000_000):07d}", issued, AUTHORITIES["CMND"])


def _text(draft: Draft, filling: Filling, item: Item) -> None:
    draft.put(str(item.field), filling.rng.choice(TEXTS.get(str(item.field), ("Không",))))


def _date(draft: Draft, filling: Filling, item: Item) -> None:
    is_registration = item.field == "ngayDangKy"
    day = filling.day if is_registration else filling.day - timedelta(days=filling.rng.randrange(1, 20))
    draft.put_day(str(item.field), day)


def _place(draft: Draft, filling: Filling, item: Item) -> None:
    rng = filling.rng
    places = (f"UBND {COMMUNE}", f"{rng.choice(VILLAGES)}, {COMMUNE}", begin_sentence(rng.choice(ELSEWHERE)))
    draft.put(str(item.field), rng.choice(TEXTS.get(str(item.field), places)))


def _words_of_date(draft: Draft, filling: Filling, item: Item) -> None:
    day = filling.day - timedelta(days=3)
    draft.put(str(item.field), date_in_words(PartialDate(day.day, day.month, day.year)))


def _number(draft: Draft, filling: Filling, item: Item) -> None:
    draft.put(str(item.field), f"{filling.rng.randrange(1, 200):02d}")


def _name(draft: Draft, filling: Filling, item: Item) -> None:
    draft.put(str(item.field), invent_name(filling.rng, filling.rng.choice(("Nam", "Nữ")), filling.rng.choice(GROUPS)))


def _relation(draft: Draft, filling: Filling, item: Item) -> None:
    draft.put(str(item.field), filling.rng.choice(RELATIONS))


def _notes(draft: Draft, filling: Filling, item: Item) -> None:
    is_note = item.field == "ghiChu"
    if not is_note or filling.rng.random() < NOTED:
        draft.put(str(item.field), filling.rng.choice(NOTES if is_note else CONTENTS))


def _signer(draft: Draft, filling: Filling, item: Item) -> None:
    name = invent_name(filling.rng, filling.rng.choice(("Nam", "Nữ")), filling.rng.choice(GROUPS))
    title = filling.rng.choice(TITLES)
    parts = dict(zip(item.splits_into, (name, title), strict=True))
    draft.put_parts(str(item.field), draft.habits.write_signer(name, title), parts)


def _split(text: Callable[[Draft, Filling], str]) -> Callable[[Draft, Filling, Item], None]:
    """A composite whose parts are what its splitter makes of the text as printed and written."""

    def put(draft: Draft, filling: Filling, item: Item) -> None:
        written = text(draft, filling)
        draft.put_parts(str(item.field), written, split_composite(item.kind, item.splits_into, written))

    return put


def _in_blanks(day: date) -> str:
    return f"{day.day:02d} tháng {day.month:02d} năm {day.year}"


def _date_range(draft: Draft, filling: Filling) -> str:
    first, last = filling.day - timedelta(days=filling.rng.randrange(400, 4000)), filling.day
    return f"{_in_blanks(first)}, đến ngày {_in_blanks(last)}"


def _number_date(draft: Draft, filling: Filling) -> str:
    day = filling.day - timedelta(days=filling.rng.randrange(300))
    return f"{filling.rng.randrange(1, 90):02d}/{day.year} ngày {_in_blanks(day)}"


def _hour_and_day(draft: Draft, filling: Filling) -> str:
    rng, day = filling.rng, filling.day - timedelta(days=3)
    hour = f"{rng.randrange(24):02d} giờ {rng.randrange(0, 60, 5):02d} phút" if rng.random() < 0.8 else "… giờ … phút"
    return f"{hour}, ngày {draft.habits.write_day(day)}"


def _person_cell(draft: Draft, filling: Filling, item: Item) -> None:
    who = filling.person(item.splits_into[0].removesuffix("HoTen"))
    age, work = f"{filling.day.year - who.born.year} tuổi", filling.rng.choice(WORK)
    group = [who.ethnicity] if item.kind == "person_group_cell" else []
    text = ", ".join([who.full_name, age, *group, work, who.residence.split(",")[0]])
    draft.put_parts(str(item.field), text, split_composite(item.kind, item.splits_into, text))


def _person_relation(draft: Draft, filling: Filling) -> str:
    rng = filling.rng
    name = invent_name(rng, rng.choice(("Nam", "Nữ")), rng.choice(GROUPS))
    return f"{name} ({rng.choice(('bố', 'mẹ', 'ông nội', 'con trai'))})"


def _date_or_age(draft: Draft, filling: Filling) -> str:
    years = filling.rng.randrange(30, 90)
    return filling.rng.choice((f"{years} tuổi", str(filling.day.year - years)))


def _death_paper(draft: Draft, filling: Filling) -> str:
    return f"{filling.rng.randrange(1, 60):02d}/GBT"


_KINDS: dict[str, Callable[[Draft, Filling, Item], None]] = {
    "date": _date,
    "date_words": _words_of_date,
    "place": _place,
    "name": _name,
    "name_upper": _name,
    "signature": _name,
    "entry_no": _number,
    "volume": _number,
    "number": _number,
    "relation": _relation,
    "notes": _notes,
    "signer": _signer,
    "date_range": _split(_date_range),
    "number_date": _split(_number_date),
    "datetime": _split(_hour_and_day),
    "death_paper": _split(_death_paper),
    "person_cell": _person_cell,
    "person_group_cell": _person_cell,
    "person_relation": _split(_person_relation),
    "date_or_age": _split(_date_or_age),
}
