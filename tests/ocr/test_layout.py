"""Where values stand, on pages of hand-made lines."""

from digitize.books.entry import Box
from digitize.books.forms import get_form
from digitize.ocr.cells import Cells, split_cells
from digitize.ocr.labels import fit_form
from digitize.ocr.layout import Layout, place_values
from digitize.ocr.rulings import Frame
from digitize.ocr.ticks import TickBox
from tests.ocr.factory import line, rows

BIRTH = get_form("KS-2015")
PAGE = (
    "Họ, chữ đệm, tên: LÒ THỊ SAO",
    "Ngày, tháng, năm sinh: 09/01/2017 ghi bằng chữ: mùng chín",
    "tháng một năm hai nghìn",
    "Giới tính: Nam Dân tộc: Tày Quốc tịch: Việt Nam",
    "Nơi sinh: xã Suối Mơ",
    "huyện Văn Chấn",
    "Quê quán:",
)
LETTER = 12


def laid_out(*texts: str, squares: tuple[TickBox, ...] = (), right: tuple[str, ...] = ()) -> Layout:
    body = rows(*texts)
    return place_values(fit_form(BIRTH, body), Cells(tuple(body), tuple(rows(*right))), squares, None)


def boxes(layout: Layout, field: str) -> tuple[Box, ...]:
    (found,) = (place.boxes for place in layout.places if place.item.field == field)
    return found


def x_of(text: str, piece: str) -> int:
    return 100 + LETTER * text.index(piece)


def test_a_value_stands_between_its_label_and_the_next() -> None:
    layout = laid_out(*PAGE)
    (gender,), (ethnic,) = boxes(layout, "nksGioiTinh"), boxes(layout, "nksDanToc")
    assert x_of(PAGE[3], ":") <= gender.x0 < x_of(PAGE[3], "Nam")
    assert x_of(PAGE[3], " Dân") - LETTER < gender.x1 <= x_of(PAGE[3], "Dân")
    assert ethnic.x0 < x_of(PAGE[3], "Tày") < ethnic.x1 <= x_of(PAGE[3], "Quốc")


def test_a_value_runs_on_in_rows_without_a_label() -> None:
    first, second = boxes(laid_out(*PAGE), "nksNoiSinh")
    assert first.y0 == 100 + 60 * 4
    assert (second.y0, second.x0) == (100 + 60 * 5, 100)
    assert len(boxes(laid_out(*PAGE), "nksNgaySinhBangChu")) == 2


def test_a_number_never_runs_on_into_what_is_written_above_the_next_line() -> None:
    page = ("Quê quán: xã Suối Mơ", "Số định danh cá nhân: 015217000123", "LÒ THỊ", "Họ, chữ đệm, tên mẹ: ĐÀO THỊ MAI")
    assert len(boxes(laid_out(*PAGE[:6], *page), "nksSoDinhDanh")) == 1


def test_labels_that_are_missing_have_no_place() -> None:
    assert boxes(laid_out(*PAGE), "chaHoTen") == ()


def test_every_field_of_the_form_has_its_place_once() -> None:
    fields = [place.item.field for place in laid_out(*PAGE).places]
    assert sorted(fields) == sorted(item.field for item in BIRTH.items() if item.field)


def test_the_blank_after_a_label_is_looked_at_even_when_no_line_was_found_there() -> None:
    body = rows(*PAGE)
    frame = Frame(Box(60, 40, 1500, 900), 1050)
    layout = place_values(fit_form(BIRTH, body), Cells(tuple(body)), (), frame)
    (ethnic,) = boxes(layout, "nksQueQuan")
    assert ethnic.x1 > 1000


def test_check_boxes_are_taken_in_order_when_all_are_there() -> None:
    squares = tuple(TickBox(Box(1500, 100 * i, 1540, 100 * i + 40), 0.0) for i in range(1, len(BIRTH.checkboxes) + 1))
    ticks = laid_out(*PAGE, squares=squares).ticks
    assert [box.label for box, _ in ticks] == [box.label for box in BIRTH.checkboxes]
    assert [square for _, square in ticks] == list(squares)


def test_check_boxes_are_taken_by_their_label_when_some_were_not_found() -> None:
    square = TickBox(Box(1500, 160, 1540, 200), 0.3)
    ticks = laid_out(*PAGE, squares=(square,), right=("Đúng hạn", "Quá hạn", "Đăng ký lại")).ticks
    assert ("Quá hạn", square) in [(box.label, found) for box, found in ticks]
    assert "Đúng hạn" not in [box.label for box, _ in ticks]


def test_lines_right_of_the_split_are_the_right_cell() -> None:
    frame = Frame(Box(60, 90, 1500, 900), 1050)
    lines = [line("Nơi sinh", 100, 100), line("Đúng hạn", 1100, 100), line("Trang số", 1100, 950)]
    cells = split_cells(lines, frame)
    assert [row.text for row in cells.body] == ["Nơi sinh", "Trang số"]
    assert [row.text for row in cells.right] == ["Đúng hạn"]


def test_without_a_frame_everything_is_body() -> None:
    cells = split_cells([line("a", 1100, 100)], None)
    assert (len(cells.body), cells.right, cells.columns) == (1, (), ())


def test_a_value_whose_short_label_was_missed_stands_before_the_next_label() -> None:
    texts = ("Nơi chết: Tại nhà", "   UBND xã Suối Mơ      Cấp ngày: 28/2/2022")
    body = rows(*texts)
    cells = Cells(tuple(body))
    layout = place_values(fit_form(get_form("KT-2015"), body), cells, (), None)
    (issuer,) = boxes(layout, "gbtCoQuanCap")
    assert 100 < issuer.x0 <= x_of(texts[1], "UBND") and issuer.y0 == 160
    assert x_of(texts[1], "Cấp") - LETTER < issuer.x1 <= x_of(texts[1], "Cấp")


def test_the_last_letter_of_a_label_is_not_the_values() -> None:
    text = "Số: 55  Quyển: 01/2021  Ngày, tháng, năm đăng ký: 5/6/2021"
    (number,) = boxes(laid_out(text), "so")
    assert x_of(text, ":") - LETTER / 2 <= number.x0 < x_of(text, "55")
