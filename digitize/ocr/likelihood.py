"""How well given texts fit the ink of a field, from what the reader saw there (pure).

What it saw is kept packed beside the candidate, so that names that come later, from the population, can be weighed
against the strokes without the engine and without the picture.
"""

import zlib
from collections.abc import Iterable, Sequence
from struct import pack, unpack_from

import numpy as np

from digitize.books.dates import parse_date
from digitize.books.names import tidy, tone_placement
from digitize.ocr.decode import FLOOR, log_likelihoods
from digitize.ocr.engine import Posterior

LEAST = 1e-4  # a sign that never reaches it is not kept
STEPS = 16.0  # of the kept logarithm in one nat: a byte reaches down to FLOOR
KEPT_KINDS = frozenset({"name", "name_upper", "date", "year_or_date", "pid12"})
_HEAD = "<HHH"  # moments, width, bytes of the signs


def packed(posterior: Posterior) -> bytes:
    """Some 500 bytes for a name: logarithms in steps of 1/16, signs that were never likely left out."""
    seen = np.flatnonzero(posterior.probabilities.max(axis=0) >= LEAST)
    seen = np.union1d(seen, [0])
    told = -np.log(np.maximum(posterior.probabilities[:, seen], FLOOR)) * STEPS
    signs = "\0".join(posterior.signs[sign] for sign in seen).encode()
    head = pack(_HEAD, len(posterior.probabilities), min(posterior.width, 65535), len(signs))
    return head + signs + zlib.compress(np.minimum(np.round(told), 255).astype(np.uint8).tobytes(), 9)


def unpacked(ink: bytes, letters: Iterable[str] = ()) -> Posterior:
    """The posterior again; `letters` that were not kept are there as unlikely as can be."""
    moments, width, length = unpack_from(_HEAD, ink)
    start = len(pack(_HEAD, 0, 0, 0))
    signs = tuple(ink[start : start + length].decode().split("\0"))
    told = np.frombuffer(zlib.decompress(ink[start + length :]), np.uint8).reshape(moments, len(signs))
    more = tuple(sorted(set(letters) - set(signs)))
    probabilities = np.pad(np.exp(told / -STEPS), ((0, 0), (0, len(more))), constant_values=FLOOR)
    return Posterior(probabilities.astype(np.float32), (*signs, *more), width)


def fits(ink: bytes, texts: Sequence[str]) -> list[float]:
    """Natural logarithm of how likely the ink is, were it each of these texts, however a clerk might write it."""
    writings = [writings_of(text) for text in texts]
    posterior = unpacked(ink, {letter for group in writings for text in group for letter in text})
    told = log_likelihoods(posterior, [text for group in writings for text in group])
    best, start = [], 0
    for group in writings:
        best.append(float(told[start : start + len(group)].max()) if group else float("-inf"))
        start += len(group)
    return best


def writings_of(text: str) -> tuple[str, ...]:
    """A date in the habits of the books; a name in capitals and not, with the tone on either vowel."""
    if date := parse_date(text):
        parts = [part for part in (date.day, date.month, date.year) if part]
        short, long = [str(part) for part in parts], [f"{part:02d}" for part in parts]
        return tuple(dict.fromkeys(mark.join(way) for mark in "/.-" for way in (long, short)))
    placed = [tone_placement(tidy(text), style) for style in ("new", "old")]
    return tuple(dict.fromkeys(cased for each in placed for cased in (each, each.upper(), each.title()) if cased))
