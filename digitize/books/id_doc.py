"""The identity paper written on one line: its kind, number, date and place of issue, in any order."""

import re
from dataclasses import dataclass

from digitize.books.names import letterwise_unaccented, tidy

EDGES = " \t\n,;:.()-–—…_"  # what surrounds a part without belonging to it
DATE = (
    r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}(?!\d)"
    r"|\d{1,2}\s*,?\s*thang\s*\d{1,2}\s*,?\s*nam\s*\d{4}(?!\d)"
)
PARTIAL_DATE = rf"(?:{DATE}|\d{{8}}(?!\d)|\d{{1,2}}\s*[/.-]\s*\d{{4}}(?!\d)|(?:1[89]|20)\d\d(?!\d))"

_PAPERS = {  # code of the list id_paper -> words, without diacritics; the more exact first
    "6": r"(?:giay\s+)?chung\s*minh\s+si\s+quan(?:\s+quan\s+doi)?|cmsq\w*",
    "5": r"(?:giay\s+)?chung\s*minh\s+quan\s+(?:doi|nhan)(?:\s+nhan\s+dan)?|cmqd\w*",
    "7": r"(?:giay\s+)?chung\s*minh\s+cong\s+an(?:\s+nhan\s+dan)?|cmcand",
    "4": r"(?:so\s+)?(?:the\s+)?(?:can\s*cuoc(?:\s*cong\s*dan)?|t?cccd)",
    "3": r"the\s+thuong\s+tru",
    "2": r"(?:so\s+)?ho\s*chieu|passport",
    "1": r"(?:so\s+)?(?:giay\s+)?(?:chung\s*minh(?:\s*thu)?(?:\s*nhan\s*dan)?|c\.?m\.?t?\.?(?:n\.?d)?)",
}
_OTHER_PAPER = r"\b(?P<part>(?:giay|the|so|bang)\s+(?!\d)[a-z][a-z ]*?)(?=\s+so\b|\s*[:\d])"
_ISSUE_DATES = (  # of "ngày" the n may be lost at the edge of a cell
    rf"(?:\b(?:ngay\s*cap|n?gay)\b\s*[:.]?\s*|(?<=\bcap )|(?<=\bcap: ))(?:nam\s+)?(?P<part>{PARTIAL_DATE})",
    rf"(?P<part>{DATE})",
    r"\b(?:ngay\s*cap|ngay)\b\s*[:.]?\s*(?P<part>(?=(?:[/.,-]*\d){5})[\d/.,-]{6,12})(?![\w/.-])",  # a misread separator
)
_NUMBERS = (
    r"\bso\s*[:.]?\s*(?P<part>(?:[a-z]{1,2}\s?)?\d(?:[ .]?\d){0,11}(?![\w/-])|\w*\d\w*(?:[/-]\w+)*)",
    r"(?<![\w/])(?P<part>[a-z]{0,2}\d(?:[ .]?\d){5,11})(?![\w/-])",
    r"(?<![\w/])(?P<part>(?=(?:[^\d\s]*\d){6})(?!\d{1,4}/\d{4}\b)[\dbgiloqsz/]{9,13})(?![\w/-])",  # misread figures
    r"\|\s*[:.]?\s*(?P<part>\d(?:[ .]?\d)+)(?![\w/-])",  # right behind the paper, lost figures or not
)
_AUTHORITIES = (
    r"\b(?:noi|co\s*quan)\s*cap\b\s*[:.]?\s*(?P<part>[^|]+)",
    r"\b(?:do|boi)\s+(?P<part>[^|]+?)\s*(?:\bcap\b\s*)?(?=\||$)",
    r"\b(?:cap\s+)?tai\s+(?P<part>[^|]+)",
    r"(?P<part>\b(?:cong\s*an|ca|cuc|bo\s+cong\s+an|uy\s+ban|ubnd|dai\s+su\s+quan)\b[^|]*?)\s*(?:\bcap\b\s*)?(?=\||$)",
    r"(?P<part>[^|,;\s\d]+\s[^|,;\d]+?)\s+cap\s*(?=\|)",
)
_CONNECTORS = r"(?:\b(?:so|cap|ngay|do|tai|boi|noi|noi cap|ngay cap|va)\b[\s:.,]*)*"


@dataclass(slots=True)
class _Remains:
    """A text from which parts are taken one after the other; a bar stands where something was taken."""

    text: str

    def take(self, pattern: str) -> str:
        """Cuts out the first match and gives its group `part` as it stands in the text; "" without a match."""
        found = re.search(pattern, letterwise_unaccented(self.text))
        if found is None:
            return ""
        part = self.text[slice(*found.span("part"))].strip(EDGES)
        self.text = f"{self.text[: found.start()]}|{self.text[found.end() :]}"
        return part

    def take_first(self, patterns: tuple[str, ...]) -> str:
        """The part that the first fitting pattern takes."""
        return next((part for pattern in patterns if (part := self.take(pattern))), "")

    def leftovers(self) -> str:
        """What nobody took, without connecting words that stand alone."""
        pieces = [piece.strip(EDGES) for piece in self.text.split("|")]
        return ", ".join(p for p in pieces if not re.fullmatch(_CONNECTORS, letterwise_unaccented(p)))


def split_id_doc(text: str) -> tuple[str, str, str, str, str]:
    """Code of the kind, other words, number, date of issue, place of issue.

    The code is "8" for a paper that the list does not have, its name among the other words, and "0" when no
    paper is named. Words without a place are never dropped: they are the other words.
    """
    remains = _Remains(tidy(text).replace("|", " "))
    issued = remains.take_first(_ISSUE_DATES)
    code, name = _take_paper(remains)
    number = remains.take_first(_NUMBERS)
    authority = remains.take_first(_AUTHORITIES)
    return code, ", ".join(filter(None, (name, remains.leftovers()))), number, issued, authority


def _take_paper(remains: _Remains) -> tuple[str, str]:
    """Code and, where the list has none for it, name of the paper that is named first."""
    plain = letterwise_unaccented(remains.text)
    whole_words = {code: rf"(?<!\w)(?P<part>{words})(?!\w)" for code, words in _PAPERS.items()}
    named = {code: found.start() for code, words in whole_words.items() if (found := re.search(words, plain))}
    if named:
        code = min(named, key=lambda code: named[code])
        remains.take(whole_words[code])
        return code, ""
    other = remains.take(_OTHER_PAPER)
    return ("8", other) if other else ("0", "")
