"""Vietnamese in old fonts (TCVN3, VNI) or code page 1258, recognised and put into Unicode.

A text is recognised by its syllables: what is no Vietnamese as it stands and is Vietnamese when read so, was so.
The two tables are the fonts' own (common knowledge among those who convert them; no standard text was read).
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from digitize.books.names import TONES

UNICODE, TCVN3, VNI, CP1258 = "Unicode", "TCVN3", "VNI", "Windows-1258"

_TCVN3 = str.maketrans(
    dict(
        zip(
            "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\u00adõö÷øùúûüýþ¡¢£¤¥¦§",
            "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂÊÔƠƯĐ",
            strict=True,
        )
    )
)
_VNI_ALONE = dict(zip("ñôöæóòîÑÔÖÆÓÒÎ", "đơưỉĩịỵĐƠƯỈĨỊỴ", strict=True))
_VNI_MARKS = {
    **{"ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"},
    **{"â": "\u0302", "à": "\u0302\u0300", "á": "\u0302\u0301", "å": "\u0302\u0309", "ã": "\u0302\u0303"},
    **{"ä": "\u0302\u0323", "ê": "\u0306", "è": "\u0306\u0300", "é": "\u0306\u0301", "ú": "\u0306\u0309"},
    **{"ü": "\u0306\u0303", "ë": "\u0306\u0323"},
}
_VNI = re.compile(f"([aeiouyôöAEIOUYÔÖ])([{''.join(_VNI_MARKS)}{''.join(_VNI_MARKS).upper()}])|[{''.join(_VNI_ALONE)}]")

_ONSET = "(?:ngh?|gh?|gi|kh?|qu|ph?|th?|tr?|ch?|nh?|[bdđhlmrsvx])?"
_VOWEL = (
    "(?:uyê|uya|iêu|yêu|ươu|ươi|uôi|oai|oay|oeo|uây|uêu|uyu|[ou]?[aăâeêiouyơư]|oa|oă|oe|uâ|uê|uy|uơ|iê|ia|yê|ya|uô|ua|ươ|ưa"
    "|ai|ao|au|ay|âu|ây|eo|êu|iu|oi|ôi|ơi|ui|ưi|ưu|ô|oo)"
)
_SYLLABLE = re.compile(f"{_ONSET}{_VOWEL}(?:ch|nh|ng|[cmnpt])?")
_LETTERS = frozenset("aăâbcdđeêghiklmnoôơpqrstuưvxy")


def to_unicode(cells: Sequence[str]) -> tuple[list[str], str]:
    """The texts of a row in Unicode (NFC), and the encoding that was recognised; UNICODE when nothing was converted.

    A text that could be either is read as the rest of its row.
    """
    if all(cell.isascii() for cell in cells):
        return list(cells), UNICODE
    told = [_encoding(cell) for cell in cells]
    legacy = next((encoding for encoding in told if encoding != UNICODE), UNICODE)
    if legacy == UNICODE:
        return [unicodedata.normalize("NFC", cell) for cell in cells], UNICODE
    return [_converted(cell, encoding, legacy) for cell, encoding in zip(cells, told, strict=True)], legacy


def _converted(cell: str, own: str, of_row: str) -> str:
    if own == UNICODE and (cell.isascii() or any(ord(sign) > 0x2FF for sign in cell)):
        return unicodedata.normalize("NFC", cell)
    read = _READERS[of_row if own == UNICODE else own](cell)
    return read if _is_vietnamese(read) or own != UNICODE else unicodedata.normalize("NFC", cell)


@lru_cache(maxsize=100_000)
def _encoding(cell: str) -> str:
    if cell.isascii() or _is_vietnamese(unicodedata.normalize("NFC", cell)):
        return UNICODE
    return next((name for name, read in _READERS.items() if _is_vietnamese(read(cell))), UNICODE)


def _is_vietnamese(text: str) -> bool:
    return all(_is_syllable(word) for word in re.findall(r"[^\W\d_]+|[^\x00-\x7f]+", text) if not word.isascii())


@lru_cache(maxsize=100_000)
def _is_syllable(word: str) -> bool:
    """A syllable of Vietnamese letters with at most one tone."""
    apart = unicodedata.normalize("NFD", word.lower())
    toneless = unicodedata.normalize("NFC", "".join(sign for sign in apart if sign not in TONES))
    single = sum(sign in TONES for sign in apart) <= 1
    return single and set(toneless) <= _LETTERS and _SYLLABLE.fullmatch(toneless) is not None


def _from_tcvn3(text: str) -> str:
    return text.translate(_TCVN3)


def _from_vni(text: str) -> str:
    def read(found: re.Match[str]) -> str:
        if not found[1]:
            return _VNI_ALONE[found[0]]
        letter = _VNI_ALONE.get(found[1], found[1])
        return unicodedata.normalize("NFC", letter + _VNI_MARKS[found[2].lower()])

    return _VNI.sub(read, text)


def _from_1258(text: str) -> str:
    try:
        return unicodedata.normalize("NFC", text.encode("cp1252").decode("cp1258"))
    except UnicodeError:
        return text


_READERS = {TCVN3: _from_tcvn3, VNI: _from_vni, CP1258: _from_1258}
