"""A person of the book beside a citizen of the extract, as HTML: the ink, both texts, what differs, and its weight."""

from collections.abc import Iterable, Set
from difflib import SequenceMatcher
from html import escape

from digitize.app.telling import gender, masked
from digitize.matching.compare import Agreement
from digitize.workflow.evidence import Evidence, Likeness

SIGNS = {
    Agreement.EQUAL: ("=", "Khớp", "same"),
    Agreement.ALIAS: ("≈", "Khớp, ghi cách khác", "same"),
    Agreement.PARTIAL: ("◐", "Khớp một phần", "part"),
    Agreement.MISSING: ("–", "Không so được", "none"),
    Agreement.DIFFERENT: ("≠", "Khác", "other"),
}
KINDS = {"basic": "cơ bản", "other": "thông tin khác"}

SHEET = """
.beside { border-collapse: collapse; width: 100%; font-size: .875rem; }
.beside th, .beside td { text-align: left; vertical-align: top; padding: .25rem .5rem; border-top: 1px solid #d5dae1; }
.beside thead th { border-top: 0; color: #4a5768; font-weight: 600; font-size: .8rem; }
.beside tbody th { font-weight: 600; white-space: nowrap; }
.beside tbody th small { display: block; font-weight: 400; color: #4a5768; }
.beside img { display: block; max-width: 100%; max-height: 40px; margin-bottom: .15rem; }
.beside mark { background: #ffe08a; color: inherit; font-weight: 700; text-decoration: underline; }
.beside .sign { white-space: nowrap; font-weight: 600; }
.beside .sign b { display: inline-block; min-width: 1.1em; }
.beside tr.other { background: #fff4e5; } .beside tr.other .sign { color: #8a3b00; }
.beside tr.same .sign { color: #1b5e20; } .beside tr.part .sign { color: #5d4a00; }
.beside tr.none .sign, .beside tr.none .why { color: #4a5768; }
.beside .weight { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.more { font-size: .875rem; color: #4a5768; margin: .35rem .5rem; }
.beside td:nth-child(2) { min-width: 12rem; }
.twofold { table-layout: fixed; } .twofold th:first-child { width: 15%; } .twofold .sign, .twofold .why { width: 12%; }
.twofold tbody th { white-space: normal; } .twofold .sign { white-space: normal; }
.beside .silent { color: #4a5768; font-style: italic; }
"""


def beside(entry_id: int, like: Likeness, inked: Set[str], told: Iterable[str] = ()) -> str:
    """The table of one citizen; `inked` are columns whose ink can be shown, `told` more sentences under it."""
    citizen = like.citizen
    rows = "".join(_row(entry_id, each, inked) for each in like.evidence if each.book)
    more = [*told, *_only_there(like)]
    return (
        f"<style>{SHEET}</style><table class='beside'><thead><tr><th scope='col'>Nội dung</th>"
        "<th scope='col'>Trong sổ</th><th scope='col'>So sánh</th>"
        f"<th scope='col'>Bản trích · {masked(citizen.personal_id)}</th><th scope='col'>Vì sao</th>"
        f"<th scope='col' class='weight'>Sức nặng</th></tr></thead><tbody>{rows}</tbody></table>"
        + "".join(f"<p class='more'>{escape(sentence)}</p>" for sentence in more)
    )


def _only_there(like: Likeness) -> list[str]:
    """What the book is silent about; it is never taken over."""
    extra = [each for each in like.evidence if each.population and not each.book and each.field != "personal_id"]
    told = [f"{each.title.lower()} {each.population}" for each in extra]
    told += [f"nơi cư trú {like.citizen.residence} (không bao giờ so sánh)"] if like.citizen.residence else []
    scale = "Sức nặng: mỗi điểm cộng làm khả năng đúng là người này tăng gấp đôi, mỗi điểm trừ giảm một nửa."
    return [*([f"Chỉ bản trích ghi: {'; '.join(told)}."] if told else []), scale]


def _row(entry_id: int, each: Evidence, inked: Set[str]) -> str:
    sign, word, look = SIGNS[each.agreement]
    kind = f"<small>{KINDS[each.kind]}</small>" if each.agreement is Agreement.DIFFERENT else ""
    book, population = marked(each.book, each.population, each.agreement is Agreement.DIFFERENT)
    if each.field == "gender":
        book = gender(book)
    strokes = ink(entry_id, each.column, each.title) if each.column in inked else ""
    weight = f"{each.weight:+d}".replace("-", "−") if each.weight else "0"
    return (
        f"<tr class='{look}'><th scope='row'>{escape(each.title)}{kind}</th><td>{strokes}{book}</td>"
        f"<td class='sign'><b aria-hidden='true'>{sign}</b> {word}</td><td>{population}</td>"
        f"<td class='why'>{escape(each.sentence)}</td><td class='weight'>{weight}</td></tr>"
    )


def ink(entry_id: int, column: str, title: str) -> str:
    """The strokes of one field, as HTML."""
    return f"<img src='/strip/{entry_id}/{column}' alt='Nét chữ: {escape(title)}' loading='lazy'>"


def marked(book: str, population: str, is_different: bool) -> tuple[str, str]:
    """Both texts, the letters that differ marked; upper and lower case do not count."""
    if not (book and population and is_different):
        return _or_silent(book), _or_silent(population)
    steps = SequenceMatcher(None, book.casefold(), population.casefold(), autojunk=False).get_opcodes()
    ours = "".join(_part(book[a:b], step == "equal") for step, a, b, _, _ in steps)
    theirs = "".join(_part(population[c:d], step == "equal") for step, _, _, c, d in steps)
    return ours, theirs


def _part(text: str, is_equal: bool) -> str:
    return escape(text) if is_equal or not text else f"<mark>{escape(text)}</mark>"


def _or_silent(text: str) -> str:
    return escape(text) if text else "<span class='silent'>(không ghi)</span>"
