"""Who stands on which sample page, what each page shows, and what matching should find for it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from drawing.commune import POLICE, Commune
from drawing.draft import Registration
from drawing.entries import LATE, REGISTERED_AGAIN, Birth, Death, Marriage, write_birth, write_death, write_marriage
from drawing.habits import DATE_HABITS, PAPER_HABITS, SIGNER_HABITS, Habits, IdPaper
from drawing.people import COMMUNE, ELSEWHERE, Person, begin_sentence, invent_child, invent_grown_up
from drawing.writing import Writing

CONSISTENT, DISCREPANT, NOT_FOUND, SEVERAL = "consistent", "discrepant", "not_found", "several"
CHAIRMAN, DEPUTY = ("Hà Văn Bình", "Chủ tịch"), ("Lò Thị Hương", "Phó Chủ tịch")
CLERK = "Nông Thị Hạnh"
OFFICE = "UBND xã Suối Mơ"
HOSPITAL = "Bệnh viện Đa khoa khu vực Nghĩa Lộ"


@dataclass(frozen=True, slots=True)
class Case:
    """One page to draw. `expected`: role -> outcome of matching."""

    writing: Writing
    shows: str
    expected: Mapping[str, str]


def _registration(
    volume: str, number: int, day: date, signer: tuple[str, str], habits: tuple[int, int, int], note: str = ""
) -> Registration:
    """`habits` picks this clerk's way of writing dates, papers and signers from drawing.habits."""
    hand = Habits(DATE_HABITS[habits[0]], PAPER_HABITS[habits[1]], SIGNER_HABITS[habits[2]])
    return Registration(f"{number:02d}", volume, str(number), day, *signer, CLERK, hand, note)


def _newborn(town: Commune, parents: tuple[Person, Person], born: date) -> Person:
    child = invent_child(town.rng, *parents, born, town.taken)
    town.enrol(child)
    return child


def births(town: Commune) -> list[Case]:
    """The book of births of 2017: seven pages."""
    makers = (_plain_birth, _late_birth, _birth_without_father, _birth_with_note, _birth_with_namesakes)
    return [maker(town) for maker in (*makers, _birth_day_and_month_swapped, _birth_mother_tone)]


def _plain_birth(town: Commune) -> Case:
    father, mother = parents = town.couple((1986, 1992), "Tày")
    child = _newborn(town, parents, date(2017, 1, 9))
    act = _registration("01/2017", 1, date(2017, 1, 23), CHAIRMAN, (0, 0, 0))
    birth = Birth(child, mother, father, father, town.old_paper(date(2011, 4, 19)))
    return Case(write_birth(birth, act), "mọi mục đều có chữ; đúng hạn", _trio(CONSISTENT))


def _late_birth(town: Commune) -> Case:
    father, mother = parents = town.couple((1984, 1993), "Dao")
    child = _newborn(town, parents, date(2016, 10, 5))
    town.forget(child)
    act = _registration("01/2017", 2, date(2017, 2, 20), CHAIRMAN, (1, 1, 1))
    birth = Birth(child, mother, father, mother, town.old_paper(date(2009, 11, 6)), LATE, with_personal_id=False)
    return Case(write_birth(birth, act), "quá hạn; không ghi số định danh", _trio(NOT_FOUND))


def _birth_without_father(town: Commune) -> Case:
    _, mother = parents = town.couple((1990, 1995), "Thái")
    child = _newborn(town, parents, date(2017, 2, 28))
    child = replace(child, full_name=f"{mother.surname} {child.full_name.split(' ', 1)[1]}")
    child = replace(child, father_name="", father_birth_year=None, hometown=mother.hometown)
    town.enrol(child)
    act = _registration("01/2017", 3, date(2017, 3, 14), DEPUTY, (2, 2, 0))
    birth = Birth(child, mother, None, mother, town.old_paper(date(2013, 8, 1)))
    shows = "không có phần ghi về cha; hai ô được đánh dấu"
    return Case(write_birth(birth, act), shows, {"child": CONSISTENT, "mother": CONSISTENT})


def _birth_with_note(town: Commune) -> Case:
    father, mother = parents = town.couple((1985, 1991), "Kinh")
    child = _newborn(town, parents, date(2017, 5, 21))
    town.move(mother)
    town.forget(father)
    note = f"Bổ sung số định danh cá nhân {child.personal_id} ngày 12/3/2019. Người thực hiện: {CLERK}"
    act = _registration("01/2017", 4, date(2017, 6, 2), CHAIRMAN, (3, 3, 1), note)
    birth = Birth(child, mother, father, father, town.old_paper(date(2012, 6, 5)), with_personal_id=False)
    shows = "có ghi chú; nơi cư trú của mẹ trên CSDL khác sổ (không tính là sai lệch)"
    return Case(write_birth(birth, act), shows, _trio(CONSISTENT) | {"father": NOT_FOUND})


def _birth_with_namesakes(town: Commune) -> Case:
    father, mother = parents = town.couple((1988, 1994), "Mông")
    child = _newborn(town, parents, date(2017, 7, 12))
    town.add_namesake(child, date(2017, 3, 30))
    town.add_namesake(child, date(2016, 12, 2))
    act = _registration("01/2017", 5, date(2017, 7, 31), DEPUTY, (4, 0, 2))
    birth = Birth(child, mother, father, father, town.old_paper(date(2014, 2, 17)), parents_ethnicity="Mèo")
    shows = "hai người trùng họ tên trên CSDL; dân tộc của cha mẹ ghi là Mèo (Mông)"
    return Case(write_birth(birth, act), shows, _trio(CONSISTENT))


def _birth_day_and_month_swapped(town: Commune) -> Case:
    father, mother = parents = town.couple((1983, 1990), "Tày")
    child = _newborn(town, parents, date(2017, 8, 4))
    town.swap_day_and_month(child)
    act = _registration("01/2017", 6, date(2017, 8, 18), CHAIRMAN, (0, 2, 0))
    birth = Birth(child, mother, father, mother, town.old_paper(date(2010, 10, 25)))
    return Case(write_birth(birth, act), "ngày và tháng sinh đảo chỗ trên CSDL", _trio(DISCREPANT))


def _birth_mother_tone(town: Commune) -> Case:
    father, mother = town.couple((1987, 1993), "Kinh")
    other = town.rows.pop(mother.personal_id)
    mother = replace(mother, full_name=f"{mother.surname} Thị Thúy")
    town.taken.add(mother.full_name)
    town.enrol(replace(other, full_name=f"{mother.surname} Thị Thùy"))
    child = _newborn(town, (father, mother), date(2017, 10, 15))
    act = _registration("01/2017", 7, date(2017, 11, 1), CHAIRMAN, (1, 0, 0))
    birth = Birth(child, mother, father, father, town.old_paper(date(2015, 9, 8)))
    shows = "ảnh lưu nằm ngang, hướng EXIF 6; tên mẹ khác dấu thanh trên CSDL"
    return Case(write_birth(birth, act), shows, _trio(CONSISTENT) | {"mother": DISCREPANT})


def _trio(child: str) -> dict[str, str]:
    return {"child": child, "mother": CONSISTENT, "father": CONSISTENT}


def marriages(town: Commune) -> list[Case]:
    """The book of marriages of 2021: four pages."""
    return [maker(town) for maker in (_plain_marriage, _marriage_moved, _marriage_again, _marriage_husband_tone)]


def _plain_marriage(town: Commune) -> Case:
    husband, wife = town.couple((1994, 1998), "Thái")
    day = date(2021, 3, 8)
    act = _registration("01/2021", 1, day, CHAIRMAN, (0, 0, 0))
    papers = town.old_paper(date(2014, 5, 12)), town.old_paper(date(2013, 3, 27))
    marriage = Marriage(wife, papers[0], husband, papers[1], day)
    return Case(write_marriage(marriage, act), "kết hôn lần đầu; giấy CMND", _both(CONSISTENT, CONSISTENT))


def _marriage_moved(town: Commune) -> Case:
    husband, wife = town.couple((1995, 1999), "Tày")
    husband = replace(husband, residence=f"Thôn Trung Tâm, {ELSEWHERE[3]}")
    town.move(wife)
    day = date(2021, 5, 20)
    act = _registration("01/2021", 2, day, DEPUTY, (2, 3, 1))
    papers = town.new_paper(wife, date(2021, 4, 12)), town.new_paper(husband, date(2021, 4, 2))
    marriage = Marriage(wife, papers[0], husband, papers[1], day)
    shows = "giấy CCCD; nơi cư trú trên CSDL khác sổ (không tính là sai lệch)"
    return Case(write_marriage(marriage, act), shows, _both(CONSISTENT, CONSISTENT))


def _marriage_again(town: Commune) -> Case:
    husband, wife = town.couple((1963, 1968), "Dao")
    town.forget(wife)
    act = _registration("01/2021", 3, date(2021, 8, 16), CHAIRMAN, (1, 1, 0), "Sổ gốc năm 1988 đã mất.")
    papers = town.new_paper(wife, date(2021, 6, 25)), town.new_paper(husband, date(2021, 6, 25))
    marriage = Marriage(wife, papers[0], husband, papers[1], date(1988, 2, 14), REGISTERED_AGAIN)
    shows = "đăng ký lại, có ghi chú; người vợ không có trên CSDL"
    return Case(write_marriage(marriage, act), shows, _both(CONSISTENT, NOT_FOUND))


def _marriage_husband_tone(town: Commune) -> Case:
    husband, wife = town.couple((1996, 2000), "Mông")
    db_name, book_name = f"{husband.surname} A Sự", f"{husband.surname} A Sử"
    town.taken |= {db_name, book_name}
    town.rename(husband, db_name)
    husband = replace(husband, full_name=book_name)
    day = date(2021, 11, 29)
    act = _registration("01/2021", 4, day, DEPUTY, (4, 2, 2))
    papers = town.new_paper(wife, date(2021, 9, 10)), town.old_paper(date(2016, 1, 21))
    marriage = Marriage(wife, papers[0], husband, papers[1], day)
    shows = "một giấy CCCD, một giấy CMND; tên chồng khác dấu thanh trên CSDL"
    return Case(write_marriage(marriage, act), shows, _both(DISCREPANT, CONSISTENT))


def _both(husband: str, wife: str) -> dict[str, str]:
    return {"husband": husband, "wife": wife}


def deaths(town: Commune) -> list[Case]:
    """The book of deaths of 2022: four pages and two more in one PDF."""
    makers = (
        _plain_death,
        _death_birth_year_only,
        _death_of_infant,
        _late_death,
        _death_year_differs,
        _death_in_hospital,
    )
    return [maker(town) for maker in makers]


def _plain_death(town: Commune) -> Case:
    person, declarant = town.couple((1941, 1948), "Tày")
    act = _registration("01/2022", 1, date(2022, 1, 17), CHAIRMAN, (0, 0, 0))
    paper, other = town.old_paper(date(2008, 6, 30)), town.new_paper(declarant, date(2021, 5, 14))
    paper_of_death = ("Giấy báo tử số", "02/GBT", "1")
    home = begin_sentence(person.residence)
    death = Death(
        person, paper, "05 giờ 30 phút", date(2022, 1, 12), home, "Tuổi già", paper_of_death, OFFICE,
        date(2022, 1, 14), declarant, other,
    )  # fmt: skip
    return Case(write_death(death, act), "đủ giờ, phút, ngày chết; đúng hạn", {"deceased": CONSISTENT})


def _death_birth_year_only(town: Commune) -> Case:
    person, declarant = town.couple((1936, 1940), "Mông")
    town.add_namesake(person, person.born.replace(month=4, day=16))
    act = _registration("01/2022", 2, date(2022, 3, 1), DEPUTY, (2, 1, 1))
    death = Death(
        person, None, "", date(2022, 2, 24), f"Tại nhà, {person.residence}", "Tuổi già",
        ("", "05/GBT", "1"), OFFICE, date(2022, 2, 28), declarant, town.old_paper(date(2007, 12, 3)),
        only_birth_year=True,
    )  # fmt: skip
    shows = "chỉ ghi năm sinh, không giấy tờ, bỏ trống giờ; hai người trùng họ tên và năm sinh"
    return Case(write_death(death, act), shows, {"deceased": SEVERAL})


def _death_of_infant(town: Commune) -> Case:
    father, mother = town.couple((1991, 1996), "Thái")
    child = _newborn(town, (father, mother), date(2021, 11, 3))
    act = _registration("01/2022", 3, date(2022, 4, 21), CHAIRMAN, (3, 3, 0))
    death = Death(
        child, None, "22 giờ 10 phút", date(2022, 4, 15), HOSPITAL, "Viêm phổi nặng",
        ("Giấy báo tử số", "37/GBT-BV", "1"), HOSPITAL, date(2022, 4, 16), father,
        town.new_paper(father, date(2021, 7, 19)), age_box=("Trẻ dưới 01 tuổi", "1"),
    )  # fmt: skip
    return Case(write_death(death, act), "trẻ dưới 01 tuổi; hai ô được đánh dấu", {"deceased": CONSISTENT})


def _late_death(town: Commune) -> Case:
    person, declarant = town.couple((1952, 1958), "Nùng")
    town.forget(person)
    act = _registration("01/2022", 4, date(2022, 6, 9), CHAIRMAN, (1, 2, 0))
    death = Death(
        person, town.old_paper(date(2006, 9, 20)), "14 giờ 00 phút", date(2021, 12, 26), begin_sentence(COMMUNE),
        "Bệnh hiểm nghèo", ("Biên bản xác nhận việc chết số", "02/BB", "6"), OFFICE, date(2022, 6, 7), declarant,
        town.new_paper(declarant, date(2021, 10, 8)), manner=LATE,
    )  # fmt: skip
    return Case(write_death(death, act), "quá hạn; biên bản xác nhận; không có trên CSDL", {"deceased": NOT_FOUND})


def _death_year_differs(town: Commune) -> Case:
    person, declarant = town.couple((1946, 1953), "Dao")
    town.change_birth_year(person, person.born.year + 1)
    act = _registration("01/2022", 5, date(2022, 8, 3), DEPUTY, (4, 0, 1))
    death = Death(
        person, town.old_paper(date(2009, 4, 7)), "03 giờ 45 phút", date(2022, 7, 28), begin_sentence(person.residence),
        "Tai biến mạch máu não", ("Giấy báo tử số", "19/GBT", "1"), OFFICE, date(2022, 8, 1), declarant,
        town.new_paper(declarant, date(2021, 8, 30)),
    )  # fmt: skip
    return Case(write_death(death, act), "trang 1 của tệp PDF; năm sinh lệch một năm", {"deceased": DISCREPANT})


def _death_in_hospital(town: Commune) -> Case:
    home = f"Thôn Đồng Rộc, {COMMUNE}"
    person = invent_grown_up(town.rng, "Nữ", "Kinh", home, (1958, 1964), town.taken)
    declarant = invent_grown_up(town.rng, "Nam", "Kinh", home, (1984, 1990), town.taken)
    town.enrol(person, declarant)
    act = _registration("01/2022", 6, date(2022, 9, 26), CHAIRMAN, (0, 1, 0))
    paper = IdPaper("CMND", "060731924", date(2011, 3, 9), POLICE)
    death = Death(
        person, paper, "18 giờ 20 phút", date(2022, 9, 19), HOSPITAL, "Suy thận mạn",
        ("Giấy báo tử số", "114/GBT-BV", "1"), HOSPITAL, date(2022, 9, 19), declarant,
        town.new_paper(declarant, date(2021, 12, 15)),
    )  # fmt: skip
    return Case(write_death(death, act), "trang 2 của tệp PDF; chết tại bệnh viện", {"deceased": CONSISTENT})
