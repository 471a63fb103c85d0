"""What a drawn line is, whoever drew it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Line:
    """One line as cut out of a page (height x width x 3, BGR, 30 to 110 px high) and what it says (NFC).

    `kind` is that of training.texts, or "short" and "run" for words as they stand in real lines;
    `source` names the ink: "pen:mali", "print:tinos" or "hand:K007".
    """

    image: NDArray[np.uint8]
    text: str
    kind: str
    source: str
