"""The Ministry's code lists (codelists.toml) and the free texts that stand for a code."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from digitize.books.names import name_key, unaccented

FOREIGNER = "55"  # of the list ethnic: stands beside the 54 groups
MALE, FEMALE = "1", "2"  # of the list gender
_GENDERS = {"nam": "1", "trai": "1", "nu": "2", "gai": "2", "1": "1", "2": "2", "3": "3"}


@cache
def _lists() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("codelists.toml").read_text("utf-8"))


def codes(name: str) -> Mapping[str, str]:
    """Code -> meaning of one list, e.g. `codes("gender")`. Raises KeyError when there is no such list."""
    return MappingProxyType(_lists()[name])


@cache
def _ethnic_names() -> Mapping[str, frozenset[str]]:
    """Every known name of a group -> the canonical groups that it may mean."""
    groups: dict[str, set[str]] = {_letters(group): {group} for group in codes("ethnic").values()}
    for group, aliases in _lists()["ethnic_alias"].items():
        for alias in aliases:
            groups.setdefault(_letters(alias), set()).add(group)
    return {name: frozenset(found) for name, found in groups.items()}


def ethnic_spellings() -> tuple[str, ...]:
    """Every known name of a group as the lists write it, the 54 canonical ones first."""
    groups = [group for code, group in codes("ethnic").items() if code != FOREIGNER]
    return (*groups, *(alias for aliases in _lists()["ethnic_alias"].values() for alias in aliases))


def _letters(text: str) -> str:
    return re.sub(r"[\W\d_]", "", name_key(text))


def ethnic_group(text: str) -> str | None:
    """The canonical group of a name or alias: "Mèo" -> "Mông", "Dao (Dao Đỏ)" -> "Dao".

    None when the name is unknown or may mean several groups ("Thổ", "Xá ..." are used for more than one).
    """
    known = [_ethnic_names()[key] for part in re.split(r"[()]", text) if (key := _letters(part)) in _ethnic_names()]
    groups = frozenset.intersection(*known) if known else frozenset()
    return next(iter(groups)) if len(groups) == 1 else None


def gender_code(text: str) -> str | None:
    """ "Nam" -> "1", "Nữ" -> "2", "Không xác định" and "Chưa xác định ..." -> "3"; None for anything else."""
    plain = " ".join(re.findall(r"\w+", unaccented(text)))
    if plain.startswith(("khong xac dinh", "chua xac dinh")):
        return "3"
    return _GENDERS.get(plain)
