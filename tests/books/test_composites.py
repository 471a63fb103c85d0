import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.books.composites import part_kind, split_composite
from digitize.books.forms import all_forms
from digitize.books.names import tidy
from digitize.errors import FormInvalid

ID_DOC = ("code", "other", "number", "issued", "authority")
CMND_NO, CCCD_NO = "060345678", "015185001234"

ID_DOCS = [
    (
        "Căn cước công dân số 015185001234 do Cục Cảnh sát QLHC về TTXH cấp ngày 10/05/2021",
        ("4", "", CCCD_NO, "10/05/2021", "Cục Cảnh sát QLHC về TTXH"),
    ),
    (
        "CMND số 060345678, Công an tỉnh Yên Bái cấp ngày 05062012",  # full stops taken for leaders
        ("1", "", "060345678", "05062012", "Công an tỉnh Yên Bái"),
    ),
    (
        "CMND 060345678 cấp ngày 5/6/2012 tại Công an tỉnh Yên Bái",
        ("1", "", CMND_NO, "5/6/2012", "Công an tỉnh Yên Bái"),
    ),
    (
        "CMND số 060345678, Công an tỉnh Yên Bái cấp ngày 05/6/2012",
        ("1", "", CMND_NO, "05/6/2012", "Công an tỉnh Yên Bái"),
    ),
    (
        "Cấp ngày 5/6/2012 tại Công an tỉnh Yên Bái, CMND 060345678",
        ("1", "", CMND_NO, "5/6/2012", "Công an tỉnh Yên Bái"),
    ),
    (
        "Chứng minh nhân dân số: 060345678, ngày cấp: 05/6/2012, nơi cấp: Công an huyện Văn Yên, tỉnh Yên Bái",
        ("1", "", CMND_NO, "05/6/2012", "Công an huyện Văn Yên, tỉnh Yên Bái"),
    ),
    (
        "CCCD: 015185001234, cấp ngày 10.05.2021, nơi cấp: Cục CS QLHC về TTXH",
        ("4", "", CCCD_NO, "10.05.2021", "Cục CS QLHC về TTXH"),
    ),
    ("Can cuoc cong dan so 015185001234 do Cuc CS cap ngay 10/05/2021", ("4", "", CCCD_NO, "10/05/2021", "Cuc CS")),
    ("Cắn cuớc công dận sổ 015185001234 câp ngay 10/05/2021", ("4", "", CCCD_NO, "10/05/2021", "")),
    ("Thẻ căn cước số 015185001234 Bộ Công an cấp 10/8/2024", ("4", "", CCCD_NO, "10/8/2024", "Bộ Công an")),
    (
        "Hộ chiếu số C1234567 cấp ngày 03 tháng 4 năm 2019, nơi cấp Cục Quản lý xuất nhập cảnh",
        ("2", "", "C1234567", "03 tháng 4 năm 2019", "Cục Quản lý xuất nhập cảnh"),
    ),
    ("Giấy CMND số 060 345 678 do CA Yên Bái cấp năm 2010", ("1", "", "060 345 678", "2010", "CA Yên Bái")),
    ("CMND 060345678 do CA Yên Bái cấp gày 5/6/2012", ("1", "", CMND_NO, "5/6/2012", "CA Yên Bái")),  # misread
    ("CMTND 060345678 CA Yên Bái 5/6/2012", ("1", "", CMND_NO, "5/6/2012", "CA Yên Bái")),
    ("CMND 060345678 Phòng Cảnh sát QLHC cấp ngày 5/6/2012", ("1", "", CMND_NO, "5/6/2012", "Phòng Cảnh sát QLHC")),
    ("Chứng minh quân đội số 12345678 cấp ngày 5/6/2012", ("5", "", "12345678", "5/6/2012", "")),
    ("Chứng minh sĩ quan quân đội số 12345678", ("6", "", "12345678", "", "")),
    ("Chứng minh công an nhân dân số 123-456", ("7", "", "123-456", "", "")),
    (
        "Giấy khai sinh số 12/2010 do UBND xã Mồ Dề cấp ngày 2/3/2010",
        ("8", "Giấy khai sinh", "12/2010", "2/3/2010", "UBND xã Mồ Dề"),
    ),
    ("CMND số 060345678 (cũ), CCCD 015185001234", ("1", "cũ), CCCD 015185001234", CMND_NO, "", "")),
    ("CMND 060345678 do CA Yên Bái cấp ngày 23.05.20/3", ("1", "", CMND_NO, "23.05.20/3", "CA Yên Bái")),
    ("CCCD số 015185001234, Cục CS cấp ngày 24//2020", ("4", "", CCCD_NO, "24//2020", "Cục CS")),
    ("CMND số 060345678, cấp ngày 05.032011, nơi cấp: CA YB", ("1", "", CMND_NO, "05.032011", "CA YB")),
    ("CMND 06 505 do CA Yên Bái cấp ngày 4/10/2016", ("1", "", "06 505", "4/10/2016", "CA Yên Bái")),
    ("CMND cấp ngày 12", ("1", "cấp ngày 12", "", "", "")),
    ("số 060345678 cấp 5/2012 CA YB", ("0", "", CMND_NO, "5/2012", "CA YB")),
    (CMND_NO, ("0", "", CMND_NO, "", "")),
    ("không có", ("0", "không có", "", "", "")),
    ("CMND số", ("1", "", "", "", "")),
    ("", ("", "", "", "", "")),
    (" ......", ("", "", "", "", "")),
]


@pytest.mark.parametrize(("text", "parts"), ID_DOCS)
def test_identity_papers(text: str, parts: tuple[str, ...]) -> None:
    assert tuple(split_composite("id_doc", ID_DOC, text).values()) == parts


PIECES = st.lists(
    st.sampled_from(
        ["CMND", "CCCD", CMND_NO, "số", "cấp ngày", "5/6/2012", "Công an tỉnh Yên Bái", "do", "cũ", "tại", ",", "mất"]
    ),
    max_size=8,
)


@given(PIECES)
def test_no_figure_and_no_word_of_an_identity_paper_is_lost(pieces: list[str]) -> None:
    text = tidy(" ".join(pieces))
    parts = split_composite("id_doc", ID_DOC, text)
    told = "|".join(parts[column] for column in ID_DOC[1:])
    for figure_or_word in ("060345678", "5/6/2012", "cũ", "mất", "Công an tỉnh Yên Bái"):
        assert told.count(figure_or_word) == text.count(figure_or_word)


@given(st.text(max_size=40), st.sampled_from(["id_doc", "signer", "datetime", "death_paper"]))
def test_any_text_can_be_split(text: str, kind: str) -> None:
    columns = ID_DOC if kind == "id_doc" else ("first", "second")
    assert tuple(split_composite(kind, columns, text)) == columns


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        ("Hà Văn Bình, Chủ tịch", "Hà Văn Bình", "Chủ tịch"),
        ("Hà Văn Bình - Phó Chủ tịch", "Hà Văn Bình", "Phó Chủ tịch"),
        ("Hà Văn Bình\nChủ tịch UBND xã", "Hà Văn Bình", "Chủ tịch UBND xã"),
        ("Chủ tịch Hà Văn Bình", "Hà Văn Bình", "Chủ tịch"),
        ("Q. Chủ tịch: Hà Văn Bình", "Hà Văn Bình", "Q. Chủ tịch"),
        ("&. Chủ tịch, Hà Văn Bình", "Hà Văn Bình", "&. Chủ tịch"),  # misread
        ("PCT Hà Văn Bình", "Hà Văn Bình", "PCT"),
        ("Pho Chu tich - Hà Văn Bình", "Hà Văn Bình", "Pho Chu tich"),
        ("KT. Chủ tịch, Phó Chủ tịch, Hà Văn Bình", "Hà Văn Bình", "KT. Chủ tịch, Phó Chủ tịch"),
        ("Hà Văn Bình Phó chủ tịch UBND xã Mồ Dề", "Hà Văn Bình", "Phó chủ tịch UBND xã Mồ Dề"),
        ("Phó Chủ tịch UBND xã Hà Văn Bình", "Hà Văn Bình", "Phó Chủ tịch UBND xã"),
        ("Nguyễn Trường Phong Chủ tịch", "Nguyễn Trường Phong", "Chủ tịch"),
        ("Trương Phong Hải, Chủ tịch", "Trương Phong Hải", "Chủ tịch"),
        ("Hà Văn Bình", "Hà Văn Bình", ""),
        ("Chủ tịch", "", "Chủ tịch"),
        ("", "", ""),
    ],
)
def test_signers(text: str, name: str, title: str) -> None:
    split = split_composite("signer", ("nguoiKy", "chucVuNguoiKy"), text)
    assert split == {"nguoiKy": name, "chucVuNguoiKy": title}


@pytest.mark.parametrize(
    ("text", "time", "date"),
    [
        ("05 giờ 30 phút, ngày 12/3/2018", "05 giờ 30 phút", "12/3/2018"),
        ("giờ phút, ngày 12/3/2018", "", "12/3/2018"),
        ("... giờ ... phút, ngày 12/3/2018", "", "12/3/2018"),
        ("ngày 03 tháng 4 năm 2019", "", "03 tháng 4 năm 2019"),
        ("Đã chết vào lúc 5 giờ, ngày 12/3/2018", "5 giờ", "12/3/2018"),
        ("ngày 12/3/2018 lúc 5 giờ 30", "5 giờ 30", "12/3/2018"),
        ("5h30, 12/3/2018", "5h30", "12/3/2018"),
        ("khoảng sáng sớm ngày 12/3/2018", "khoảng sáng sớm", "12/3/2018"),
        ("giờ phút, ngày 3/2018", "", "3/2018"),
        ("05 gio 30 phut ngay 12/3/2018", "05 gio 30 phut", "12/3/2018"),
        ("12/3/2018", "", "12/3/2018"),
        ("2018", "", "2018"),
        ("05 giờ 30 phút", "05 giờ 30 phút", ""),
        ("giờ phút, ngày", "", ""),
        ("", "", ""),
    ],
)
def test_time_and_date_of_death(text: str, time: str, date: str) -> None:
    assert split_composite("datetime", ("time", "date"), text) == {"time": time, "date": date}


@pytest.mark.parametrize(
    ("text", "code", "number"),
    [
        ("Giấy báo tử số 02/2018", "1", "02/2018"),
        ("Giay bao tu so 02/2018", "1", "02/2018"),
        ("02/BT", "1", "02/BT"),
        ("số 02", "1", "02"),
        ("Giấy báo tử", "1", ""),
        ("Biên bản xác nhận số 02/BB", "6", "02/BB"),
        ("Bản án số 5/2010/DS-ST của TAND huyện", "3", "5/2010/DS-ST của TAND huyện"),
        ("Văn bản xác nhận việc chết của người làm chứng", "7", ""),
        ("Giấy xác nhận của Công an xã Mồ Dề số 7", "4", "Giấy xác nhận của Công an xã Mồ Dề số 7"),
        ("Trích lục 02/2018", "", "Trích lục 02/2018"),
        ("", "", ""),
    ],
)
def test_death_papers(text: str, code: str, number: str) -> None:
    assert split_composite("death_paper", ("gbtLoai", "gbtSo"), text) == {"gbtLoai": code, "gbtSo": number}


def test_every_composite_of_every_form_can_be_split() -> None:
    composites = [item for form in all_forms().values() for item in form.items() if item.splits_into]
    assert composites
    for item in composites:
        assert tuple(split_composite(item.kind, item.splits_into, "12/3/2018")) == item.splits_into


def test_another_kind_is_a_fault_of_the_form() -> None:
    with pytest.raises(FormInvalid):
        split_composite("place", ("x",), "xã Mồ Dề")


def test_parts_are_compared_by_their_own_kind() -> None:
    assert part_kind("nycNgayCapGiayToTuyThan") == part_kind("nktNgayChet") == "date"
    assert part_kind("voSoGiayToTuyThan") == "id_number"
    assert part_kind("nguoiKy") == "name"
    assert part_kind("chucVuNguoiKy") == part_kind("nycNoiCapGiayToTuyThan") == "text"
