"""Closed fields, occupations, causes of death, relations, signers, notes and what forms print."""

from functools import cache
from random import Random

from digitize.books.codelists import codes
from digitize.books.forms import all_forms
from training.texts.dates import below_hundred_in_words, in_digits, some_day
from training.texts.lists import cased, phrases
from training.texts.names import full_name, given_name
from training.texts.numbers import entry_number
from training.texts.places import commune

_FREQUENT_GROUPS = (
    "Kinh", "Kinh", "Tày", "Tày", "Mông", "Mông", "Dao", "Dao", "Thái", "Thái", "Nùng", "Mường", "HMông", "Giáy",
    "Khơ Mú", "Phù Lá", "Cao Lan", "Hoa",
)  # fmt: skip
_GENDERS = (*["Nam", "Nữ"] * 8, "Trai", "Gái", "Nam giới", "Nữ giới", "Không xác định", "Nam, nữ", "Nam/Nữ")
_ACTS = ("QĐST-HNGĐ", "HNGĐ-ST", "QĐ-UBND", "QĐ", "HN-ST", "DS-ST", "CV-TP")


def written_phrase(rng: Random, name: str) -> str:
    """A line of words/<name>.txt in some case."""
    return cased(rng, rng.choice(phrases(name)), upper=0.08, lower=0.14, titled=0.06)


def ethnic_group(rng: Random) -> str:
    """An ethnic group: one of Yên Bái's for the most part, any of the 54, or another name of one."""
    any_group, alias = rng.choice(list(codes("ethnic").values())), rng.choice(phrases("ethnic_groups"))
    group = rng.choices((rng.choice(_FREQUENT_GROUPS), any_group, alias), (50, 22, 28))[0]
    return cased(rng, group, upper=0.16, lower=0.12, titled=0)


def nationality(rng: Random) -> str:
    """Việt Nam for the most part."""
    return cased(rng, "Việt Nam" if rng.random() < 0.55 else rng.choice(phrases("nationalities")), 0.16, 0.1, 0.02)


def gender(rng: Random) -> str:
    """Nam, Nữ and what else stands there."""
    return cased(rng, rng.choice(_GENDERS), upper=0.2, lower=0.15, titled=0)


def cause_of_death(rng: Random) -> str:
    """A cause of death as people put it, or a disease of some organ."""
    text = rng.choice(phrases("causes_of_death"))
    organ = rng.choice(phrases("organs"))
    disease = rng.choice(("Ung thư", "Ung thư", "K", "Viêm", "U", "Bệnh", "Đau"))
    forms = {
        text: 62,
        f"{rng.choice(('do', 'bị', 'Chết do', 'Do', 'Bị'))} {text[0].lower()}{text[1:]}": 12,
        f"{disease} {organ}": 20,
        f"Ung thư {organ} giai đoạn cuối": 6,
    }
    return cased(rng, rng.choices(list(forms), list(forms.values()))[0], upper=0.06, lower=0.14, titled=0.05)


def signer(rng: Random) -> str:
    """Who signed, with or without name."""
    name, title = cased(rng, full_name(rng), upper=0.15, lower=0, titled=0), rng.choice(phrases("titles"))
    alone = cased(rng, title, upper=0.15, lower=0.1, titled=0.1)
    forms = (f"{name}, {title}", f"{name} - {title}", f"{title}, {name}", f"{title}: {name}", f"{title} {name}")
    return rng.choice((alone, alone, alone, *forms))


def note(rng: Random) -> str:
    """A remark, or two facts in one field: "Ly hôn theo Bản án số ...", "SN 1965", "Con ông ..."."""
    day = some_day(rng)
    small, amount = rng.randrange(1, 10), rng.randrange(10, 100)
    text = rng.choice(phrases("notes")).format(
        name=full_name(rng),
        given=given_name(rng),
        date=in_digits(rng, day, bare=True),
        long=f"ngày {day.day:02d} tháng {day.month:02d} năm {day.year}",
        year=day.year,
        number=entry_number(rng),
        act=f"{rng.randrange(1, 300)}/{day.year}/{rng.choice(_ACTS)}",
        commune=commune(rng),
        ethnic=rng.choice(_FREQUENT_GROUPS),
        age=rng.randrange(1, 99),
        reason=rng.choice(phrases("reasons")),
        grade=rng.choice((f"{rng.randrange(1, 13)}/12", f"{small}/10", f"Lớp {small}", "Không biết chữ", "Đại học")),
        amount=rng.choice((str(amount), f"{amount} ({below_hundred_in_words(amount)})")),
        small=small,
        kilo=f"{rng.randrange(2, 5)},{rng.randrange(10)}",
    )
    return cased(rng, text, upper=0.04, lower=0.06, titled=0.03)


@cache
def _labels() -> tuple[str, ...]:
    """Labels, headings and check boxes of all our forms, and what older books and certificates print."""
    forms = [form for form in all_forms().values() if form.family != "columns"]  # whose labels nobody printed
    labels = [
        label.replace("…", "...") for form in forms for item in form.items() for label in (item.label, *item.also)
    ]
    boxes = [box.label for form in forms for box in form.checkboxes]
    return tuple(dict.fromkeys([*labels, *boxes, *(form.title for form in forms), *phrases("printed")]))


def printed(rng: Random) -> str:
    """A printed label or heading, with its colon or without."""
    return cased(rng, rng.choice(_labels()), upper=0.12, lower=0.03, titled=0.03) + rng.choice(
        ("", "", ":", ":", " :", "...")
    )
