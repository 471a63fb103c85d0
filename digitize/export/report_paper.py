"""The monthly report as an administrative paper. Every number comes from the report's own sums (pure)."""

from collections.abc import Iterable, Sequence
from datetime import date

from digitize.books.readiness import DIFFICULTY_TITLES, Difficulty, DifficultyKind
from digitize.books.report import AreaStand, MonthlyReport, Stand, add_up
from digitize.export.papers.paper import Cell, Letterhead, Paper, Section, Table, told

LETTERHEAD = Letterhead(  # what the plan says of who reports to whom (V.2); every word can be changed
    superior="BỘ CÔNG AN",
    issuer="CÔNG AN TỈNH YÊN BÁI",
    number="          /BC-CAT",
    place="Yên Bái",
    addressee="Ủy ban nhân dân tỉnh Yên Bái (qua Sở Tư pháp)",
    recipients=("Như trên", "Sở Tư pháp", "Lưu: VT"),
    signer_title="GIÁM ĐỐC",
)
SUBJECT = "Kết quả, tiến độ nhập dữ liệu hộ tịch từ sổ hộ tịch trên nền CSDL quốc gia về dân cư (tính đến ngày {day})"
HEAD = ("Số sổ", "Sổ nhập xong", "Phải nhập", "Đã đọc", "Đã nhập", "Tỷ lệ", "Trong kỳ", "Đã bàn giao", "Sở đã nhận")
WIDTHS = (0.95, 0.95, 1.25, 1.25, 1.25, 1.1, 1.1, 1.25, 1.1)
SUCCESSION = date(2025, 7, 1)  # districts are gone, communes merged
LANES = ((True, "Các sổ nhập trên nền CSDL quốc gia về dân cư"), (False, "Các sổ nhập trực tiếp CSDL hộ tịch điện tử"))


def report_paper(report: MonthlyReport, letterhead: Letterhead = LETTERHEAD) -> Paper:
    """The report with its tables, ready to sign."""
    sections = (
        _results(report),
        _areas(report),
        _difficulties(report.difficulties, 3 + (report.day >= SUCCESSION)),
        Section("IV. KIẾN NGHỊ, ĐỀ XUẤT", (_asked(report.difficulties),)),
    )
    return Paper(letterhead, report.day, "BÁO CÁO", SUBJECT.format(day=_day(report.day)), sections)


def _results(report: MonthlyReport) -> Section:
    total, lanes = report.total, [(title, report.of_lane(lane)) for lane, title in LANES]
    first = (
        f"Tính đến hết ngày {_day(report.day)}, theo kiểm kê phải nhập {told(total.books)} sổ với "
        f"{told(total.planned)} trường hợp; đã quét và đọc {told(total.entries)} trường hợp; đã nhập và xác nhận "
        f"{told(total.confirmed)} trường hợp, đạt {told(total.share)}; trong kỳ (từ sau ngày {_day(report.before)}) "
        f"nhập được {told(total.in_period)} trường hợp; đã bàn giao {told(total.handed_over)} trường hợp, Sở Tư pháp "
        f"đã tiếp nhận {told(total.received)} trường hợp."
    )
    by_lane = [
        f"{title}: {told(stand.confirmed)}/{told(stand.planned)} trường hợp, đạt {told(stand.share)}."
        for title, stand in lanes
    ]
    rows, strong = list[tuple[Cell, ...]](), list[int]()
    for lane, title in LANES:
        strong.append(len(rows))
        rows.append((title.upper(), *_cells(report.of_lane(lane))))
        rows += [(kind.book_title, *_cells(report.of_kind(kind))) for kind in report.kinds_of_lane(lane)]
    rows.append(("TỔNG CỘNG", *_cells(total)))
    table = Table(
        ("Loại sổ", *HEAD), tuple(rows), (3.2, *WIDTHS), "Biểu 1. Kết quả theo loại sổ", (*strong, len(rows) - 1)
    )
    note = (
        "«Phải nhập» là số trường hợp theo kiểm kê hiện có, không tính sổ đã có trong CSDL hộ tịch điện tử; sổ chưa "
        "kiểm kê thì tính số trường hợp đã đọc. «Đã đọc» là số trường hợp trên các trang đã quét. «Đã nhập» là trường "
        "hợp cán bộ đã xác nhận đúng từng chữ như trong sổ."
    )
    return Section("I. KẾT QUẢ NHẬP DỮ LIỆU", (first, *by_lane), (table,), (note,))


def _areas(report: MonthlyReport) -> Section:
    districts, successors = report.districts, report.successors
    finished, communes = sum(area.finished for area in districts), sum(area.communes for area in districts)
    first = (
        f"Có {finished}/{communes} xã, phường, thị trấn (theo đơn vị hành chính khi lập Kế hoạch, năm 2023) đã nhập "
        "xong mọi sổ."
    )
    tables = [_area_table("Biểu 2. Số xã đã nhập xong theo huyện, thị xã, thành phố (năm 2023)", "Đơn vị", districts)]
    if report.day >= SUCCESSION:
        caption = "Biểu 3. Số xã đã nhập xong theo đơn vị giữ sổ từ ngày 01/7/2025"
        tables.append(_area_table(caption, "Đơn vị kế thừa", [area for area in successors if area.begun]))
    return Section("II. KẾT QUẢ THEO ĐỊA BÀN", (first,), tuple(tables))


def _area_table(caption: str, of: str, areas: Sequence[AreaStand]) -> Table:
    rows: list[tuple[Cell, ...]] = [_area_row(area.name, area, area.stand) for area in areas]
    whole = AreaStand(
        "TỔNG CỘNG",
        sum(area.communes for area in areas),
        sum(area.begun for area in areas),
        sum(area.finished for area in areas),
        add_up(area.stand for area in areas),
    )
    rows.append(_area_row(whole.name, whole, whole.stand))
    head = (of, "Số xã", "Xã có sổ", "Xã nhập xong", "Phải nhập", "Đã nhập", "Tỷ lệ", "Trong kỳ")
    return Table(head, tuple(rows), (3.0, 0.9, 1.0, 1.1, 1.3, 1.3, 1.1, 1.1), caption, (len(rows) - 1,))


def _area_row(name: str, area: AreaStand, stand: Stand) -> tuple[Cell, ...]:
    share = stand.share if stand.planned else None
    return (
        name, area.communes, area.begun, area.finished, stand.planned, stand.confirmed, share, stand.in_period,
    )  # fmt: skip


def _difficulties(difficulties: Sequence[Difficulty], number: int) -> Section:
    heading = "III. KHÓ KHĂN, VƯỚNG MẮC"
    if not difficulties:
        return Section(heading, ("Trong kỳ không có đơn vị nào báo khó khăn, vướng mắc.",))
    rows: list[tuple[Cell, ...]] = []
    for kind in DifficultyKind:
        of_kind = [each for each in difficulties if each.kind is kind]
        if of_kind:
            open_ones = [each for each in of_kind if each.is_open]
            units = len({each.unit_code for each in of_kind})
            rows.append((DIFFICULTY_TITLES[kind], len(of_kind), len(open_ones), units))
    still_open = sum(each.is_open for each in difficulties)
    rows.append(("TỔNG CỘNG", len(difficulties), still_open, len({each.unit_code for each in difficulties})))
    head = ("Nội dung", "Số lượt", "Chưa giải quyết", "Số đơn vị")
    table = Table(
        head, tuple(rows), (4, 1, 1.3, 1), f"Biểu {number}. Khó khăn, vướng mắc các đơn vị báo", (len(rows) - 1,)
    )
    told_ones = tuple(f"- {_told(each)}" for each in difficulties if each.is_open)
    return Section(heading, (), (table,), told_ones)


def _told(each: Difficulty) -> str:
    return f"{each.unit_name} ({DIFFICULTY_TITLES[each.kind].lower()}): {each.text.rstrip('.')}."


def _asked(difficulties: Iterable[Difficulty]) -> str:
    if any(each.is_open for each in difficulties):
        return "Đề nghị cấp có thẩm quyền xem xét, tháo gỡ các khó khăn, vướng mắc chưa giải quyết nêu tại Mục III."
    return "Không có."


def _cells(stand: Stand) -> tuple[Cell, ...]:
    return (
        stand.books, stand.finished, stand.planned, stand.entries, stand.confirmed,
        stand.share if stand.planned else None, stand.in_period, stand.handed_over, stand.received,
    )  # fmt: skip


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
