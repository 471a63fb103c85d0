from digitize.books.kinds import BookKind
from digitize.books.persons import ROLE_TITLES, Person, personal_id_column, persons_of

BIRTH = {
    **{"nksHoTen": "GIÀNG A PÁO", "nksNgaySinh": "5/2/2004", "nksGioiTinh": "Nam", "nksDanToc": "Mèo"},
    **{"nksQuocTich": "Việt Nam", "nksNoiSinh": "Trạm y tế xã Mồ Dề", "nksQueQuan": "xã Mồ Dề"},
    **{"meHoTen": "SÙNG THỊ MỶ", "meNgaySinh": "1984", "meDanToc": "Mông", "chaHoTen": "GIÀNG A SỬ"},
    **{"chaNgaySinh": "1982", "chaSoDinhDanhCaNhan": "015082000012"},
}


def test_a_birth_has_child_mother_father_letter_for_letter() -> None:
    child, mother, father = persons_of(BookKind.BIRTH, BIRTH)
    assert child == Person(
        role="child",
        name="GIÀNG A PÁO",
        birth="5/2/2004",
        gender="Nam",
        ethnic="Mèo",
        nationality="Việt Nam",
        place_of_birth="Trạm y tế xã Mồ Dề",
        hometown="xã Mồ Dề",
        father_name="GIÀNG A SỬ",
        mother_name="SÙNG THỊ MỶ",
        father_birth="1982",
        mother_birth="1984",
    )
    assert mother == Person(role="mother", name="SÙNG THỊ MỶ", birth="1984", gender="2", ethnic="Mông")
    assert father == Person("father", "GIÀNG A SỬ", birth="1982", gender="1", personal_id="015082000012")


def test_a_person_without_a_name_is_left_out() -> None:
    assert [p.role for p in persons_of(BookKind.BIRTH, {**BIRTH, "chaHoTen": "  "})] == ["child", "mother"]
    assert persons_of(BookKind.DEATH, {}) == ()


def test_a_marriage_has_husband_and_wife_and_a_12_digit_paper_is_the_personal_id() -> None:
    fields = {"voHoTen": "LÒ THỊ MAI", "chongHoTen": "HÀ VĂN BÌNH", "chongSoGiayToTuyThan": "060345678"}
    husband, wife = persons_of(BookKind.MARRIAGE, {**fields, "voSoGiayToTuyThan": "015 185 001 234"})
    assert (husband.role, husband.gender, husband.id_number, husband.personal_id) == ("husband", "1", "060345678", "")
    assert (wife.role, wife.gender) == ("wife", "2")
    assert (wife.id_number, wife.personal_id) == ("015 185 001 234", "015185001234")


def test_a_death_takes_the_gender_from_the_book() -> None:
    (deceased,) = persons_of(BookKind.DEATH, {"nktHoTen": "HÀ VĂN BÌNH", "nktGioiTinh": "Nam", "nktNgaySinh": "1930"})
    assert deceased == Person("deceased", "HÀ VĂN BÌNH", birth="1930", gender="Nam")


def test_books_keyed_straight_into_civil_status_have_nobody_to_look_for() -> None:
    assert persons_of(BookKind.GUARDIANSHIP, BIRTH) == ()


def test_where_a_confirmed_match_is_written() -> None:
    assert personal_id_column("child") == "nksSoDinhDanh"
    assert personal_id_column("mother") == "meSoDinhDanhCaNhan"
    assert personal_id_column("father") == "chaSoDinhDanhCaNhan"
    assert len({personal_id_column(role) for role in ROLE_TITLES}) == len(ROLE_TITLES)


def test_the_declarant_comes_on_request_with_the_number_of_her_paper() -> None:
    told = {"nktHoTen": "HÀ VĂN BÌNH", "nycHoTen": "HÀ THỊ AN", "nycSoGiayToTuyThan": "015 185 001 234"}
    assert [p.role for p in persons_of(BookKind.DEATH, told)] == ["deceased"]
    _, declarant = persons_of(BookKind.DEATH, told, with_declarant=True)
    assert (declarant.role, declarant.name, declarant.personal_id) == ("declarant", "HÀ THỊ AN", "015185001234")
    assert persons_of(BookKind.GUARDIANSHIP, told, with_declarant=True) == ()
