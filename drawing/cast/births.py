"""The book of births of 2017."""

from dataclasses import replace
from datetime import date

from drawing.cast import (
    CHAIRMAN,
    CLERK,
    CONSISTENT,
    DEPUTY,
    DISCREPANT,
    NOT_FOUND,
    SEVERAL,
    Case,
    newborn,
    registration,
)
from drawing.commune import Commune
from drawing.entries import LATE, Birth, write_birth


def births(town: Commune) -> list[Case]:
    """The book of births of 2017: seven pages."""
    makers = (_plain_birth, _late_birth, _birth_without_father, _birth_with_note, _birth_with_namesakes)
    return [maker(town) for maker in (*makers, _birth_day_and_month_swapped, _birth_mother_tone)]


def _plain_birth(town: Commune) -> Case:
    father, mother = parents = town.couple((1986, 1992), "Tày")
    child = newborn(town, parents, date(2017, 1, 9))
    act = registration("01/2017", 1, date(2017, 1, 23), CHAIRMAN, (0, 0, 0))
    birth = Birth(child, mother, father, father, town.old_paper(date(2011, 4, 19)))
    return Case(write_birth(birth, act), "mọi mục đều có chữ; đúng hạn", _trio(CONSISTENT))


def _late_birth(town: Commune) -> Case:
    father, mother = parents = town.couple((1984, 1993), "Dao")
    child = newborn(town, parents, date(2016, 10, 5))
    town.forget(child)
    act = registration("01/2017", 2, date(2017, 2, 20), CHAIRMAN, (1, 1, 1))
    birth = Birth(child, mother, father, mother, town.old_paper(date(2009, 11, 6)), LATE, with_personal_id=False)
    return Case(write_birth(birth, act), "quá hạn; không ghi số định danh", _trio(NOT_FOUND))


def _birth_without_father(town: Commune) -> Case:
    _, mother = parents = town.couple((1990, 1995), "Thái")
    child = newborn(town, parents, date(2017, 2, 28))
    child = replace(child, full_name=f"{mother.surname} {child.full_name.split(' ', 1)[1]}")
    child = replace(child, father_name="", father_birth_year=None, hometown=mother.hometown)
    town.enrol(child)
    act = registration("01/2017", 3, date(2017, 3, 14), DEPUTY, (2, 2, 0))
    birth = Birth(child, mother, None, mother, town.old_paper(date(2013, 8, 1)))
    shows = "không có phần ghi về cha; hai ô được đánh dấu"
    return Case(write_birth(birth, act), shows, {"child": CONSISTENT, "mother": CONSISTENT})


def _birth_with_note(town: Commune) -> Case:
    father, mother = parents = town.couple((1985, 1991), "Kinh")
    child = newborn(town, parents, date(2017, 5, 21))
    town.move(mother)
    town.forget(father)
    note = f"Bổ sung số định danh cá nhân {child.personal_id} ngày 12/3/2019. Người thực hiện: {CLERK}"
    act = registration("01/2017", 4, date(2017, 6, 2), CHAIRMAN, (3, 3, 1), note)
    birth = Birth(child, mother, father, father, town.old_paper(date(2012, 6, 5)), with_personal_id=False)
    shows = "có ghi chú; nơi cư trú của mẹ trên CSDL khác sổ (không tính là sai lệch)"
    return Case(write_birth(birth, act), shows, _trio(CONSISTENT) | {"mother": SEVERAL, "father": NOT_FOUND})


def _birth_with_namesakes(town: Commune) -> Case:
    father, mother = parents = town.couple((1988, 1994), "Mông")
    child = newborn(town, parents, date(2017, 7, 12))
    town.add_namesake(child, date(2017, 3, 30))
    town.add_namesake(child, date(2016, 12, 2))
    act = registration("01/2017", 5, date(2017, 7, 31), DEPUTY, (4, 0, 2))
    birth = Birth(child, mother, father, father, town.old_paper(date(2014, 2, 17)), parents_ethnicity="Mèo")
    shows = "hai người trùng họ tên trên CSDL; dân tộc của cha mẹ ghi là Mèo (Mông)"
    return Case(write_birth(birth, act), shows, _trio(CONSISTENT))


def _birth_day_and_month_swapped(town: Commune) -> Case:
    father, mother = parents = town.couple((1983, 1990), "Tày")
    child = newborn(town, parents, date(2017, 8, 4))
    town.swap_day_and_month(child)
    act = registration("01/2017", 6, date(2017, 8, 18), CHAIRMAN, (0, 2, 0))
    birth = Birth(child, mother, father, mother, town.old_paper(date(2010, 10, 25)))
    return Case(write_birth(birth, act), "ngày và tháng sinh đảo chỗ trên CSDL", _trio(DISCREPANT))


def _birth_mother_tone(town: Commune) -> Case:
    father, mother = town.couple((1987, 1993), "Kinh")
    other = town.rows.pop(mother.personal_id)
    mother = replace(mother, full_name=f"{mother.surname} Thị Thúy")
    town.taken.add(mother.full_name)
    town.enrol(replace(other, full_name=f"{mother.surname} Thị Thùy"))
    child = newborn(town, (father, mother), date(2017, 10, 15))
    act = registration("01/2017", 7, date(2017, 11, 1), CHAIRMAN, (1, 0, 0))
    birth = Birth(child, mother, father, father, town.old_paper(date(2015, 9, 8)))
    shows = "ảnh lưu nằm ngang, hướng EXIF 6; tên mẹ khác dấu thanh trên CSDL"
    return Case(write_birth(birth, act), shows, _trio(CONSISTENT) | {"mother": DISCREPANT})


def _trio(child: str) -> dict[str, str]:
    """The page tells only name and birth year of the parents: enough where the extract shows them in one home."""
    return {"child": child, "mother": CONSISTENT, "father": CONSISTENT}
