"""The book of marriages of 2021."""

from dataclasses import replace
from datetime import date

from drawing.cast import CHAIRMAN, CONSISTENT, DEPUTY, DISCREPANT, NOT_FOUND, Case, registration
from drawing.commune import Commune
from drawing.entries import REGISTERED_AGAIN, Marriage, write_marriage
from drawing.people import ELSEWHERE


def marriages(town: Commune) -> list[Case]:
    """The book of marriages of 2021: four pages."""
    return [maker(town) for maker in (_plain_marriage, _marriage_moved, _marriage_again, _marriage_husband_tone)]


def _plain_marriage(town: Commune) -> Case:
    husband, wife = town.couple((1994, 1998), "Thái")
    day = date(2021, 3, 8)
    act = registration("01/2021", 1, day, CHAIRMAN, (0, 0, 0))
    papers = town.old_paper(date(2014, 5, 12)), town.old_paper(date(2013, 3, 27))
    marriage = Marriage(wife, papers[0], husband, papers[1], day)
    return Case(write_marriage(marriage, act), "kết hôn lần đầu; giấy CMND", _both(CONSISTENT, CONSISTENT))


def _marriage_moved(town: Commune) -> Case:
    husband, wife = town.couple((1995, 1999), "Tày")
    husband = replace(husband, residence=f"Thôn Trung Tâm, {ELSEWHERE[3]}")
    town.move(wife)
    day = date(2021, 5, 20)
    act = registration("01/2021", 2, day, DEPUTY, (2, 3, 1))
    papers = town.new_paper(wife, date(2021, 4, 12)), town.new_paper(husband, date(2021, 4, 2))
    marriage = Marriage(wife, papers[0], husband, papers[1], day)
    shows = "giấy CCCD; nơi cư trú trên CSDL khác sổ (không tính là sai lệch)"
    return Case(write_marriage(marriage, act), shows, _both(CONSISTENT, CONSISTENT))


def _marriage_again(town: Commune) -> Case:
    husband, wife = town.couple((1963, 1968), "Dao")
    town.forget(wife)
    act = registration("01/2021", 3, date(2021, 8, 16), CHAIRMAN, (1, 1, 0), "Sổ gốc năm 1988 đã mất.")
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
    act = registration("01/2021", 4, day, DEPUTY, (4, 2, 2))
    papers = town.new_paper(wife, date(2021, 9, 10)), town.old_paper(date(2016, 1, 21))
    marriage = Marriage(wife, papers[0], husband, papers[1], day)
    shows = "một giấy CCCD, một giấy CMND; tên chồng khác dấu thanh trên CSDL"
    return Case(write_marriage(marriage, act), shows, _both(DISCREPANT, CONSISTENT))


def _both(husband: str, wife: str) -> dict[str, str]:
    return {"husband": husband, "wife": wife}
