"""Pictures of what was found on a page: right in green, wrong in red, missed in magenta, true boxes thin in blue."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from io import BytesIO
from pathlib import Path

from PIL import ImageDraw

from benchmarks.drawn_pages import DrawnPage
from benchmarks.tally import FieldTold
from digitize.books.entry import Box, Candidate
from drawing.fonts import font

RIGHT, WRONG, MISSED, TRUE = (0, 140, 50), (215, 20, 20), (220, 0, 200), (60, 110, 230)
WIDTH = 1400  # pixels of a picture in the report


def overlay(page: DrawnPage, entries: Sequence[Mapping[str, Candidate]], fields: Iterable[FieldTold]) -> bytes:
    """The page as JPEG with the found boxes and what was read in each; under a wrong text the right one."""
    image = page.image.convert("RGB")
    draw, letters = ImageDraw.Draw(image), font("noto-sans", max(16, min(image.size) // 100))
    for entry in page.entries:
        for true in entry.boxes.values():
            draw.rectangle(tuple(true), outline=TRUE, width=1)
    told = {(field.column, field.read): field for field in fields}
    for found in entries:
        places = defaultdict[Box, list[tuple[str, Candidate]]](list)
        for column, candidate in found.items():
            if candidate.box:
                places[candidate.box].append((column, candidate))
        for box, said in places.items():  # the parts of a composite share a box
            wrong = [(column, told.get((column, c.text))) for column, c in said]
            wrong = [(column, field) for column, field in wrong if not (field and field.right)]
            colour = WRONG if wrong else RIGHT
            draw.rectangle((box.x0, box.y0, box.x1, box.y1), outline=colour, width=3)
            text = " | ".join(f"{c.text} {c.confidence:.2f}" for _, c in said)
            draw.text((box.x0, box.y0), text, colour, letters, "ld")
            right = " | ".join(f"{column}: {field.truth if field else '∅'}" for column, field in wrong)
            draw.text((box.x0, box.y1), right, TRUE, letters, "la")
    _draw_missed(draw, page, fields, letters)
    image.thumbnail((WIDTH * (2 if image.width > image.height else 1), 10_000))
    file = BytesIO()
    image.save(file, "JPEG", quality=80)
    return file.getvalue()


def _draw_missed(draw: ImageDraw.ImageDraw, page: DrawnPage, fields: Iterable[FieldTold], letters: object) -> None:
    missed = {(field.column, field.truth) for field in fields if not field.read}
    for entry in page.entries:
        for column, _ in missed & set(entry.fields.items()):
            x0, y0, x1, y1 = entry.boxes[column]
            draw.rectangle((x0, y0, x1, y1), outline=MISSED, width=3)
            draw.text((x0, y1), f"{column}: {entry.fields[column]}", MISSED, letters, "la")  # type: ignore[arg-type]


def write_report(folder: Path, pictures: Mapping[str, Sequence[bytes]], tables: str) -> None:
    """index.html with the tables and the pictures of each set."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = ["<!doctype html><meta charset=utf-8><title>bench-pages</title>", f"<pre>{escape(tables)}</pre>"]
    for name, each in pictures.items():
        parts.append(f"<h2>{escape(name)}</h2>")
        for number, jpeg in enumerate(each):
            file = f"{name.replace(' ', '_').replace(',', '')}_{number:02}.jpg"
            (folder / file).write_bytes(jpeg)
            parts.append(f'<a href="{file}"><img src="{file}" width=700 alt="{escape(name)}"></a>')
    (folder / "index.html").write_text("\n".join(parts), "utf-8")
