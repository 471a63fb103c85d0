"""What is wrong with a form's TOML beyond its grammar, in words for whoever writes one."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import pairwise

from digitize.books.composites import split_composite
from digitize.books.forms import Form, Item

VALUELESS = frozenset(("section", "signature"))
SINGLE = frozenset((
    "entry_no", "volume", "number", "date", "year_or_date", "date_words", "name", "name_upper", "gender", "ethnic",
    "nationality", "place", "relation", "text", "notes", "pid12", "id_number",
))  # fmt: skip
COMPOSITE = frozenset((
    "id_doc", "signer", "datetime", "death_paper", "number_date", "date_range", "person_cell", "person_group_cell",
    "person_relation", "date_or_age",
))  # fmt: skip
FAMILIES = ("page", "ledger", "columns")
SOURCES = frozenset(("book", "officer", "derived", "match", "empty", "export"))
MARKS = frozenset(("V", "V2", "B", "D"))


def problems_of(form: Form) -> list[str]:
    """One sentence in Vietnamese for each thing to mend; empty for a sound form."""
    return [*_head(form), *_rows(form), *_items(form), *_check_boxes(form), *_columns(form)]


def _head(form: Form) -> Iterator[str]:
    if not re.fullmatch(rf"{form.kind}-\d{{4}}\w*", form.form_id):
        yield f"id «{form.form_id}» phải có dạng «{form.kind}-năm», ví dụ {form.kind}-2015."
    if form.family not in FAMILIES:
        yield f"family «{form.family}» chỉ có thể là {', '.join(FAMILIES)}."
    if form.mark not in MARKS:
        yield f"mark «{form.mark}» chỉ có thể là {', '.join(sorted(MARKS))}."
    if form.entries_per_page < 1:
        yield "entries_per_page phải từ 1 trở lên."
    if not 0.3 <= form.left_cell <= 1:
        yield f"left_cell = {form.left_cell} phải nằm giữa 0,3 và 1."
    if form.family == "ledger" and len(form.body) != 2:
        yield "Sổ cột phải có đúng hai dòng trong body: các cột của trang trái và của trang phải."
    if form.family != "ledger" and not form.body:
        yield "body trống: biểu mẫu chưa có nhãn nào."
    if form.family == "columns" and any(len(item.columns) != 1 for item in form.items()):
        yield "Biểu mẫu columns chỉ để nhập tay: mỗi mục trong body phải là đúng một cột."


def _rows(form: Form) -> Iterator[str]:
    for row in form.printed_rows:
        for left, right in pairwise(row):
            if right.at <= left.at:
                yield f"«{right.label}» đứng sau «{left.label}» nên at phải lớn hơn {left.at}."
        if any(not item.printed for item in row) and not (row[0].printed and row[0].kind == "section"):
            yield f'Dòng bảng có ô «{row[0].label}» phải bắt đầu bằng nhãn của dòng, kind = "section".'


def _items(form: Form) -> Iterator[str]:
    for item in form.items():
        yield from _item(item)


def _item(item: Item) -> Iterator[str]:
    if not item.label.strip():
        yield f"Mục {item.field or '?'} thiếu label."
    if not 0 <= item.at < 1:
        yield f"«{item.label}»: at = {item.at} phải nằm giữa 0 và 1."
    if item.lines < 1:
        yield f"«{item.label}»: lines phải từ 1 trở lên."
    if item.kind not in VALUELESS | SINGLE | COMPOSITE:
        yield f"«{item.label}»: không có kind «{item.kind}»; xem bảng trong docs/forms.md."
    if item.kind not in VALUELESS and not item.field:
        yield f"«{item.label}»: thiếu field."
    if item.splits_into and item.kind not in COMPOSITE:
        yield f"«{item.label}»: kind «{item.kind}» không tách thành nhiều cột."
    if item.kind in COMPOSITE:
        try:
            split_composite(item.kind, item.splits_into, "1")
        except ValueError:
            yield f"«{item.label}»: kind «{item.kind}» không tách được thành {len(item.splits_into)} cột."


def _check_boxes(form: Form) -> Iterator[str]:
    fields = {box.field for box in form.checkboxes}
    for field in fields - form.checkbox_groups.keys():
        yield f"Ô đánh dấu «{field}» thiếu [checkbox_group.{field}]."
    for field in form.checkbox_groups.keys() - fields:
        yield f"[checkbox_group.{field}] không có ô đánh dấu nào."


def _columns(form: Form) -> Iterator[str]:
    on_page = [column for item in form.items() for column in item.columns]
    off_page = [column for group in form.off_page for column in group.columns]
    for column, times in Counter(on_page).items():
        if times > 1:
            yield f"Cột {column} đứng {times} lần trên trang."
    for column in sorted(set(off_page) & set(form.columns())):
        yield f"Cột {column} vừa có trên trang vừa nằm trong not_on_page."
    for group in form.off_page:
        if group.source not in SOURCES:
            columns, sources = ", ".join(group.columns), ", ".join(sorted(SOURCES))
            yield f"not_on_page {columns}: from «{group.source}» phải là một trong {sources}."
    for template in form.export:
        exported = _templates().get(template)
        if exported is None:
            yield f"Không có mẫu Excel «{template}» trong columns.toml."
            continue
        missing = [column for column in exported if column not in {*form.columns(), *off_page}]
        if missing:
            yield f"Cột của mẫu Excel «{template}» chưa có chỗ trong biểu mẫu: {', '.join(missing)}."


@cache
def _templates() -> dict[str, list[str]]:
    return tomllib.loads(files("digitize.books").joinpath("columns.toml").read_text("utf-8"))
