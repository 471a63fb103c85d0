"""Identity papers, entry and book numbers, amounts, telephone numbers."""

from random import Random

from training.texts.dates import below_hundred_in_words, in_digits, some_day
from training.texts.lists import cased, digits, phrases
from training.texts.places import province

_PAPER_FORMS = (
    "{paper} số {number}, {authority} cấp ngày {day}",
    "{paper} số {number}, cấp ngày {day}, nơi cấp: {authority}",
    "{paper} {number} do {authority} cấp ngày {day}",
    "{paper}: {number}, ngày cấp {day}, {authority}",
    "{paper} số {number} {authority} cấp {day}",
    "{paper} {number}, {day}, {authority}",
)


def _grouped(number: str, mark: str, size: int) -> str:
    return mark.join(number[at : at + size] for at in range(0, len(number), size))


def paper_number(rng: Random) -> str:
    """Nine or twelve digits, at times in groups of three, or a passport's letter and digits."""
    number = rng.choice((f"06{digits(rng, 7)}", digits(rng, 9), f"015{digits(rng, 9)}", f"0{digits(rng, 11)}"))
    passport = f"{rng.choice('BCNPKEM')}{digits(rng, 7)}"
    return rng.choices((number, _grouped(number, rng.choice(" ."), 3), passport), (80, 14, 6))[0]


def _authority(rng: Random) -> str:
    local = f"{rng.choice(('Công an', 'Công an', 'CA', 'CA.', 'công an', 'Ty Công an'))} {province(rng)}"
    return rng.choice((local, rng.choice(phrases("authorities"))))


def written_paper(rng: Random) -> str:
    """An identity paper with number, day and place of issue, or a part of that."""
    form = rng.choice(phrases("id_documents")).replace("{whole}", rng.choice(_PAPER_FORMS))
    text = form.format(
        paper=rng.choice(phrases("papers")),
        number=paper_number(rng),
        authority=_authority(rng),
        day=in_digits(rng, some_day(rng), bare=True),
    )
    return cased(rng, text, upper=0.05, lower=0.02, titled=0.02)


def written_number(rng: Random) -> str:
    """A bare number, or one with its unit or sign."""
    whole, small, phone = rng.randrange(10 ** rng.randrange(1, 7)), rng.randrange(10, 100), f"0{digits(rng, 9)}"
    return rng.choice(phrases("numbers")).format(
        whole=whole,
        small=small,
        small_in_words=below_hundred_in_words(small),
        few=rng.randrange(1, 10),
        digit=rng.randrange(10),
        digits=digits(rng, rng.randrange(1, 13)),
        year=rng.randrange(1920, 2025),
        thousands=f"{whole * 1000 + rng.choice((0, 500)):,}".replace(",", "."),
        phone=phone,
        phone_in_groups=_grouped(phone, rng.choice(". -"), rng.choice((3, 4))),
    )


def entry_number(rng: Random) -> str:
    """The number of an entry, a book, a page or a paper of an office."""
    year = rng.randrange(1955, 2025)
    return rng.choice(phrases("entry_numbers")).format(
        n=f"{rng.choice((rng.randrange(1, 13), rng.randrange(1, 400))):0{rng.choice((1, 2, 2, 3))}d}",
        year=year,
        short_year=f"{year % 100:02d}",
        few=rng.randrange(1, 10),
        code=rng.choice(("KS", "KH", "KT", "GH", "CMC", "CN", "HN", "TDCC")),
        digits=digits(rng, 6),
    )
