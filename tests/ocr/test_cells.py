"""Lines sorted into the ruled cells of a page, and the cells of a table beside their row's label."""

from digitize.books.entry import Box
from digitize.books.forms import get_form
from digitize.ocr.cells import split_cells
from digitize.ocr.labels import fit_form
from digitize.ocr.layout import place_values
from digitize.ocr.rulings import Frame
from tests.ocr.factory import line

MARRIAGE = get_form("KH-2006")
UPRIGHTS = tuple(Box(x, 90, x + 2, 700) for x in (400, 700))
LEVELS = tuple(Box(60, y, 1000, y + 2) for y in (150, 250, 400))
FRAME = Frame(Box(60, 40, 1500, 900), 1050, LEVELS, UPRIGHTS)


def test_a_line_over_two_columns_is_cut_at_the_ruling() -> None:
    cells = split_cells([line("Dân tộc" + " " * 18 + "Kinh" + " " * 21 + "Tày", 100, 300)], FRAME)
    assert [row.text.strip() for row in cells.body] == ["Dân tộc"]
    assert [row.text.strip() for row in cells.columns] == ["Kinh", "Tày"]


def test_a_scrap_beyond_a_ruling_is_no_line() -> None:
    cells = split_cells([line("Dân tộc" + " " * 18 + "K", 100, 300)], FRAME)
    assert [row.text.strip() for row in cells.body] == ["Dân tộc"]


def test_cells_of_a_row_hold_all_lines_between_its_rulings() -> None:
    lines = [
        line("Họ và tên", 100, 180),
        line("VŨ VĂN VIỆT", 420, 170),
        line("LÝ THỊ DỞ", 720, 190),
        line("Dân tộc", 100, 320),
        line("Kinh", 420, 270),
        line("(đã cải chính)", 420, 340),
        line("Tày", 720, 300),
    ]
    cells = split_cells(lines, FRAME)
    layout = place_values(fit_form(MARRIAGE, cells.body), cells, (), FRAME)
    found = {place.item.field: [(box.x0, box.x1, box.y0) for box in place.boxes] for place in layout.places}
    assert found["chongHoTen"] == [(402, 702, 170)]
    assert found["voHoTen"] == [(702, 1050, 190)]
    assert found["chongDanToc"] == [(402, 702, 270), (402, 702, 340)]
    assert found["voDanToc"] == [(702, 1050, 300)]


def test_a_table_without_rulings_is_parted_where_the_form_parts_it() -> None:
    lines = [line("Họ và tên", 100, 100), line("VŨ VĂN VIỆT", 500, 100), line("LÝ THỊ DỞ", 800, 100)]
    cells = split_cells(lines, None)
    layout = place_values(fit_form(MARRIAGE, cells.body), cells, (), None)
    (his,) = next(place.boxes for place in layout.places if place.item.field == "chongHoTen")
    assert his.x0 < 500 < his.x1
