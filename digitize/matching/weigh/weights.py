"""The frozen weights (weights.toml) as values."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import log2
from typing import Any


@dataclass(frozen=True, slots=True)
class Prior:
    """What is believed before anything is compared."""

    present: float
    least_people: int
    siblings: float
    twin: float


@dataclass(frozen=True, slots=True)
class Channel:
    """How a written word comes about from the right one; probabilities."""

    equal: float
    letter: float
    accent: float
    float_: float
    middle: float
    unseen: float
    pseudo: float
    changed: Mapping[str, float]
    common: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Weights:
    """`bits`: kind of field -> level of agreement -> bits for the person."""

    prior: Prior
    found: float
    possible: float
    name: Channel
    family: Mapping[str, float]
    bits: Mapping[str, Mapping[str, float]]
    chance: Mapping[str, Mapping[str, float]]  # the u of the same levels


_OWN = {"prior", "thresholds", "name", "family"}


@cache
def frozen() -> Weights:
    """The weights that matching works with."""
    return weights_of(tomllib.loads(files(__package__).joinpath("weights.toml").read_text("utf-8")))


def weights_of(told: Mapping[str, Any]) -> Weights:
    """The values of a table as in weights.toml."""
    levels = {kind: table for kind, table in told.items() if kind not in _OWN}
    name = {("float_" if key == "float" else key): value for key, value in told["name"].items()}
    return Weights(
        prior=Prior(**told["prior"]),
        **told["thresholds"],
        name=Channel(**name),
        family=told["family"],
        bits={kind: {level: log2(m / u) for level, (m, u) in table.items()} for kind, table in levels.items()},
        chance={kind: {level: u for level, (_, u) in table.items()} for kind, table in levels.items()},
    )
