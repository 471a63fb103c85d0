"""Places as registers write them: village to province, in full, short or bare, and the offices and hospitals there."""

from dataclasses import dataclass
from functools import cache
from random import Random

from digitize.books.places import PLAN_DAY, units_valid_on
from training.texts.lists import cased, phrases, sentence, table, title
from training.texts.names import full_name, given_name
from training.texts.syllables import syllables

_Unit = tuple[str, str]  # kind in lower case and name: ("xã", "Mồ Dề")

_KINDS = ("Thành phố", "Thị xã", "Huyện", "Quận", "Tỉnh")
_NEAR = frozenset(
    {"Lào Cai", "Sơn La", "Lai Châu", "Điện Biên", "Hà Giang", "Tuyên Quang", "Phú Thọ", "Cao Bằng", "Lạng Sơn"}
)
_SHORT = {
    "xã": ("X. ", "x. ", "X.", "xã "),
    "phường": ("P. ", "P.", "p. ", "P "),
    "thị trấn": ("TT. ", "TT ", "TT.", "T.T ", "Ttr. "),
    "huyện": ("H. ", "H.", "h. ", "huyện "),
    "quận": ("Q. ", "Q.", "q. "),
    "thị xã": ("TX. ", "TX ", "TX.", "T.X "),
    "thành phố": ("TP. ", "TP ", "TP.", "T.P ", "Tp. "),
    "tỉnh": ("T. ", "T.", "t. ", "tỉnh "),
}
_STYLES = {"full": 40, "title": 15, "short": 18, "bare": 27}
_JOINTS = {", ": 48, " - ": 22, ",": 4, " ": 14, "-": 4, ". ": 2, " -": 1, "; ": 1, "/": 1}
_LEVELS = {  # v village, c commune, d district, p province
    "c": 10, "d": 4, "p": 9, "v": 9, "vc": 12, "cd": 12, "dp": 14, "cdp": 20, "vcd": 8, "vcdp": 10,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A commune with what it belongs to."""

    commune: _Unit
    district: _Unit
    province: _Unit


@dataclass(frozen=True, slots=True)
class _District:
    province: _Unit
    district: _Unit
    communes: tuple[_Unit, ...]


@cache
def _districts() -> tuple[_District, ...]:
    """All districts of early 2025 that have communes."""
    return tuple(_district(*row) for row in table("units"))


def _district(province: str, district: str, *communes: str) -> _District:
    by_kind = (part.partition(": ") for part in communes)
    named = tuple((kind, name) for kind, _, names in by_kind for name in names.split(", "))
    return _District(_kind_and_name(province), _kind_and_name(district), named)


def _kind_and_name(unit: str) -> _Unit:
    kind = next(kind for kind in _KINDS if unit.startswith(kind))
    return kind.lower(), unit.removeprefix(kind).strip()


@cache
def _districts_near() -> tuple[_District, ...]:
    return tuple(found for found in _districts() if found.province[1] in _NEAR)


def some_place(rng: Random) -> Place:
    """A commune of Yên Bái, of the mountains around it or of all Việt Nam; some under a province of former days."""
    if rng.random() < 0.3:
        home = rng.choice(units_valid_on(PLAN_DAY))
        return Place((home.kind, home.name), _kind_and_name(home.district), ("tỉnh", "Yên Bái"))
    found = rng.choice(_districts_near() if rng.random() < 0.45 else _districts())
    former = ("tỉnh", rng.choice(phrases("former_provinces")))
    return Place(rng.choice(found.communes), found.district, former if rng.random() < 0.06 else found.province)


def _unit(rng: Random, unit: _Unit, style: str) -> str:
    kind, name = unit
    match style:
        case "bare" if not name.isdigit():
            return name
        case "short":
            return rng.choice(_SHORT[kind]) + name
        case "title":
            return f"{rng.choice((title, sentence))(kind)} {name}"
    return f"{kind} {name}"


def commune(rng: Random) -> str:
    """A commune alone: "xã Mồ Dề", "Mồ Dề", "X. Mồ Dề"."""
    return _unit(rng, some_place(rng).commune, _style(rng))


def province(rng: Random) -> str:
    """A province alone, in full, short or bare."""
    return _unit(rng, some_place(rng).province, _style(rng))


def _style(rng: Random) -> str:
    return rng.choices(list(_STYLES), list(_STYLES.values()))[0]


def _village(rng: Random) -> str:
    if rng.random() < 0.35:
        number = rng.choice((str(rng.randrange(1, 16)), f"{rng.randrange(1, 10):02d}", str(rng.randrange(1, 60))))
        return f"{rng.choice(phrases('numbered_kinds'))} {number}{rng.choice(('', '', '', '', 'A', 'B', 'a'))}"
    first = rng.choice(phrases("villages"))
    second = rng.choice((_syllable_of_a_commune(rng), given_name(rng), rng.choice(syllables()).capitalize()))
    name = rng.choice((*[f"{first} {second}"] * 6, second, "Trung Tâm", f"{first} {rng.randrange(1, 4)}"))
    return f"{rng.choice(phrases('village_kinds'))} {name}"


def _syllable_of_a_commune(rng: Random) -> str:
    return rng.choice(some_place(rng).commune[1].split())


def _street(rng: Random) -> str:
    house = f"{rng.randrange(1, 400)}{rng.choice(('', '', '', 'A', 'B', f'/{rng.randrange(1, 60)}'))}"
    way = rng.choice(("đường", "đường", "phố", "ngõ", "Đ.", "ngách", "hẻm"))
    name = rng.choice((full_name(rng, "Kinh"), some_place(rng).commune[1], str(rng.randrange(1, 300))))
    forms = (
        f"số {house} {way} {name}",
        f"{house} {way} {name}",
        f"số nhà {house}",
        f"SN {house}, {way} {name}",
        f"{house} {name}",
    )
    return rng.choice(forms)


def _address(rng: Random) -> str:
    place, levels, common = some_place(rng), rng.choices(list(_LEVELS), list(_LEVELS.values()))[0], _style(rng)
    mixed = rng.random() < 0.15
    units = {"c": place.commune, "d": place.district, "p": place.province}
    parts = [_unit(rng, unit, _style(rng) if mixed else common) for level, unit in units.items() if level in levels]
    if "v" in levels:
        parts.insert(0, _street(rng) if rng.random() < 0.1 else _village(rng))
    text = rng.choices(list(_JOINTS), list(_JOINTS.values()))[0].join(parts)
    return sentence(text) if rng.random() < 0.85 else text


def _facility(rng: Random) -> str:
    place, style = some_place(rng), rng.choice(("full", "full", "full", "bare", "short"))
    units = {"c": place.commune, "d": place.district, "p": place.province}
    where = [_unit(rng, units[level], style) for level in rng.choice(("c", "c", "cd", "d", "p", "cdp", "dp"))]
    return f"{rng.choice(phrases('facilities'))} {rng.choice((', ', ', ', ' - ', ' ')).join(where)}"


def written_place(rng: Random) -> str:
    """What a field for a place has, one to four levels."""
    return cased(rng, _facility(rng) if rng.random() < 0.14 else _address(rng), upper=0.13, lower=0.02, titled=0.12)
