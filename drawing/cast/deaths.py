"""The book of deaths of 2022."""

from datetime import date

from drawing.cast import CHAIRMAN, CONSISTENT, DEPUTY, DISCREPANT, NOT_FOUND, SEVERAL, Case, newborn, registration
from drawing.commune import POLICE, Commune
from drawing.entries import LATE, Death, write_death
from drawing.habits import IdPaper
from drawing.people import COMMUNE, begin_sentence, invent_grown_up

OFFICE = "UBND xã Suối Mơ"
HOSPITAL = "Bệnh viện Đa khoa khu vực Nghĩa Lộ"


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
    act = registration("01/2022", 1, date(2022, 1, 17), CHAIRMAN, (0, 0, 0))
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
    act = registration("01/2022", 2, date(2022, 3, 1), DEPUTY, (2, 1, 1))
    death = Death(
        person, None, "", date(2022, 2, 24), f"Tại nhà, {person.residence}", "Tuổi già",
        ("", "05/GBT", "1"), OFFICE, date(2022, 2, 28), declarant, town.old_paper(date(2007, 12, 3)),
        only_birth_year=True,
    )  # fmt: skip
    shows = "chỉ ghi năm sinh, không giấy tờ, bỏ trống giờ; hai người trùng họ tên và năm sinh"
    return Case(write_death(death, act), shows, {"deceased": SEVERAL})


def _death_of_infant(town: Commune) -> Case:
    father, mother = town.couple((1991, 1996), "Thái")
    child = newborn(town, (father, mother), date(2021, 11, 3))
    act = registration("01/2022", 3, date(2022, 4, 21), CHAIRMAN, (3, 3, 0))
    death = Death(
        child, None, "22 giờ 10 phút", date(2022, 4, 15), HOSPITAL, "Viêm phổi nặng",
        ("Giấy báo tử số", "37/GBT-BV", "1"), HOSPITAL, date(2022, 4, 16), father,
        town.new_paper(father, date(2021, 7, 19)), age_box=("Trẻ dưới 01 tuổi", "1"),
    )  # fmt: skip
    return Case(write_death(death, act), "trẻ dưới 01 tuổi; hai ô được đánh dấu", {"deceased": CONSISTENT})


def _late_death(town: Commune) -> Case:
    person, declarant = town.couple((1952, 1958), "Nùng")
    town.forget(person)
    act = registration("01/2022", 4, date(2022, 6, 9), CHAIRMAN, (1, 2, 0))
    death = Death(
        person, town.old_paper(date(2006, 9, 20)), "14 giờ 00 phút", date(2021, 12, 26), begin_sentence(COMMUNE),
        "Bệnh hiểm nghèo", ("Biên bản xác nhận việc chết số", "02/BB", "6"), OFFICE, date(2022, 6, 7), declarant,
        town.new_paper(declarant, date(2021, 10, 8)), manner=LATE,
    )  # fmt: skip
    return Case(write_death(death, act), "quá hạn; biên bản xác nhận; không có trên CSDL", {"deceased": NOT_FOUND})


def _death_year_differs(town: Commune) -> Case:
    person, declarant = town.couple((1946, 1953), "Dao")
    town.change_birth_year(person, person.born.year + 1)
    act = registration("01/2022", 5, date(2022, 8, 3), DEPUTY, (4, 0, 1))
    death = Death(
        person, town.new_paper(person, date(2021, 4, 7)), "03 giờ 45 phút", date(2022, 7, 28),
        begin_sentence(person.residence),
        "Tai biến mạch máu não", ("Giấy báo tử số", "19/GBT", "1"), OFFICE, date(2022, 8, 1), declarant,
        town.new_paper(declarant, date(2021, 8, 30)),
    )  # fmt: skip
    return Case(
        write_death(death, act),
        "trang 1 của tệp PDF; giấy CCCD; năm sinh lệch một năm trên CSDL",
        {"deceased": DISCREPANT},
    )


def _death_in_hospital(town: Commune) -> Case:
    home = f"Thôn Đồng Rộc, {COMMUNE}"
    person = invent_grown_up(town.rng, "Nữ", "Kinh", home, (1958, 1964), town.taken)
    declarant = invent_grown_up(town.rng, "Nam", "Kinh", home, (1984, 1990), town.taken)
    town.enrol(person, declarant)
    act = registration("01/2022", 6, date(2022, 9, 26), CHAIRMAN, (0, 1, 0))
    paper = IdPaper("CMND", "060731924", date(2011, 3, 9), POLICE)
    death = Death(
        person, paper, "18 giờ 20 phút", date(2022, 9, 19), HOSPITAL, "Suy thận mạn",
        ("Giấy báo tử số", "114/GBT-BV", "1"), HOSPITAL, date(2022, 9, 19), declarant,
        town.new_paper(declarant, date(2021, 12, 15)),
    )  # fmt: skip
    return Case(write_death(death, act), "trang 2 của tệp PDF; chết tại bệnh viện", {"deceased": CONSISTENT})
