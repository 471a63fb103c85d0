"""Real ink that training never sees: what every figure is measured on."""

from collections.abc import Iterator

import cv2
import numpy as np

from training import handwriting
from training.augment import Image
from training.hands import Hands
from training.handwriting import RealLine


def lines() -> Iterator[tuple[RealLine, Image]]:
    """Every line kept apart, with its picture. Raises HandwritingMissing."""
    for line in handwriting.lines(handwriting.root()):
        if line.held_out:
            yield line, np.asarray(cv2.imread(str(line.path)), np.uint8)


def hands() -> Hands:
    """The writers kept apart, to write anything with. Raises HandwritingMissing."""
    folder = handwriting.root()
    return Hands(folder, {word.writer for word in handwriting.words(folder) if word.held_out})
