"""What a clerk wrote on one page: the text in every blank, and the truth a reader should find."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Writing:
    """One page of one form, filled in.

    `blanks`: an item's field key -> the text on the page, a composite as its one text; a printed blank
    inside a label that was left empty stands as "…".
    `fields`: the Ministry's column -> what the page says in it, only where it says something; check
    boxes as codes. `ticked`: labels of the ticked boxes. `signed`: label of a signature -> name beneath.
    """

    form_id: str
    blanks: Mapping[str, str]
    fields: Mapping[str, str]
    ticked: tuple[str, ...] = ()
    signed: Mapping[str, str] = field(default_factory=dict)
