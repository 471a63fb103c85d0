"""The people of an entry, as they are looked for in the population database."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from digitize.books.codelists import FEMALE, MALE
from digitize.books.kinds import BookKind
from digitize.books.names import tidy
from digitize.books.personal_id import personal_id_digits

# The Ministry's columns of child, mother and father (birth, 70 columns); of the others it has none, the names are ours.
_PERSONAL_ID_COLUMNS = {
    "child": "nksSoDinhDanh",
    "mother": "meSoDinhDanhCaNhan",
    "father": "chaSoDinhDanhCaNhan",
    "husband": "chongSoDinhDanh",
    "wife": "voSoDinhDanh",
    "deceased": "nktSoDinhDanh",
    "adopted": "cnSoDinhDanh",
    "adoptive_mother": "meNuoiSoDinhDanh",
    "adoptive_father": "chaNuoiSoDinhDanh",
    "declarant": "nycSoDinhDanh",
}
DECLARANT = "declarant"


@dataclass(frozen=True, slots=True)
class Person:
    """What the book says of one person, letter for letter; "" where it is silent.

    `gender` is the text of the book, or the code "1"/"2" where the role alone tells it.
    """

    role: str  # a key of ROLE_TITLES
    name: str
    birth: str = ""
    gender: str = ""
    ethnic: str = ""
    nationality: str = ""
    place_of_birth: str = ""
    hometown: str = ""
    father_name: str = ""
    mother_name: str = ""
    father_birth: str = ""
    mother_birth: str = ""
    personal_id: str = ""
    id_number: str = ""


Fields = Mapping[str, str]


def persons_of(kind: BookKind, fields: Fields, with_declarant: bool = False) -> tuple[Person, ...]:
    """The named people of an entry; `fields` maps the Ministry's columns to texts. The declarant comes on request only.

    Empty for kinds that are not matched on the population database or have no form yet.
    """
    makers = _PEOPLE.get(kind, ())
    asked = (*makers, _adult(DECLARANT, "nyc")) if makers and with_declarant else makers
    return tuple(person for make in asked if tidy((person := make(fields)).name))


def personal_id_column(role: str) -> str:
    """The column that takes the personal ID of a confirmed match."""
    return _PERSONAL_ID_COLUMNS[role]


ROLE_TITLES = {
    "child": "Người được khai sinh",
    "mother": "Mẹ",
    "father": "Cha",
    "husband": "Chồng",
    "wife": "Vợ",
    "deceased": "Người chết",
    "adopted": "Con nuôi",
    "adoptive_mother": "Mẹ nuôi",
    "adoptive_father": "Cha nuôi",
    "declarant": "Người đi khai",
}

_NAME_COLUMNS = {
    "child": "nksHoTen",
    "mother": "meHoTen",
    "father": "chaHoTen",
    "husband": "chongHoTen",
    "wife": "voHoTen",
    "deceased": "nktHoTen",
    "adopted": "cnHoTen",
    "adoptive_mother": "meNuoiHoTen",
    "adoptive_father": "chaNuoiHoTen",
    "declarant": "nycHoTen",
}


def name_column(role: str) -> str:
    """The Ministry's column of the person's name; "" for a role that is not matched."""
    return _NAME_COLUMNS.get(role, "")


def _child(fields: Fields) -> Person:
    def text(column: str) -> str:
        return fields.get(column, "")

    return Person(
        role="child",
        name=text("nksHoTen"),
        birth=text("nksNgaySinh"),
        gender=text("nksGioiTinh"),
        ethnic=text("nksDanToc"),
        nationality=text("nksQuocTich"),
        place_of_birth=text("nksNoiSinh"),
        hometown=text("nksQueQuan"),
        father_name=text("chaHoTen"),
        mother_name=text("meHoTen"),
        father_birth=text("chaNgaySinh"),
        mother_birth=text("meNgaySinh"),
        personal_id=text("nksSoDinhDanh"),
    )


def _adult(role: str, prefix: str, gender: str | None = None) -> Callable[[Fields], Person]:
    """A maker of the person whose columns begin with `prefix`; `gender` None = the book has a column for it.

    The number of a căn cước công dân is the personal ID, so a paper number of 12 digits is both.
    """

    def make(fields: Fields) -> Person:
        id_number = fields.get(f"{prefix}SoGiayToTuyThan", "")
        return Person(
            role=role,
            name=fields.get(f"{prefix}HoTen", ""),
            birth=fields.get(f"{prefix}NgaySinh", ""),
            gender=fields.get(f"{prefix}GioiTinh", "") if gender is None else gender,
            ethnic=fields.get(f"{prefix}DanToc", ""),
            nationality=fields.get(f"{prefix}QuocTich", ""),
            personal_id=fields.get(f"{prefix}SoDinhDanhCaNhan", "") or personal_id_digits(id_number) or "",
            id_number=id_number,
        )

    return make


_PEOPLE: dict[BookKind, tuple[Callable[[Fields], Person], ...]] = {
    BookKind.BIRTH: (_child, _adult("mother", "me", FEMALE), _adult("father", "cha", MALE)),
    BookKind.MARRIAGE: (_adult("husband", "chong", MALE), _adult("wife", "vo", FEMALE)),
    BookKind.DEATH: (_adult("deceased", "nkt"),),
    BookKind.ADOPTION: (
        _adult("adopted", "cn"),
        _adult("adoptive_mother", "meNuoi", FEMALE),
        _adult("adoptive_father", "chaNuoi", MALE),
    ),
}
