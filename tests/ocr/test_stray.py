import cv2
import numpy as np

from digitize.ocr.engine import Image
from digitize.ocr.stray import without_back

WRITTEN, BEHIND = (300, 420), (620, 740)  # rows of the page


def page(behind: int = 255, blur: float = 0.0) -> Image:
    """A page with strong letters, and others so dark (grey) and so much blurred below them."""
    paper = np.full((900, 1200, 3), 245, np.uint8)
    for row in range(3):
        cv2.putText(paper, "Nguyen Van An 1987", (80, 330 + 40 * row), 0, 1.2, (40, 30, 30), 2, cv2.LINE_AA)
    if behind < 255:
        back = np.full_like(paper, 255)
        for row in range(3):
            cv2.putText(back, "Nguyen Van An 1987", (80, 650 + 40 * row), 0, 1.2, (behind,) * 3, 2, cv2.LINE_AA)
        back = np.asarray(cv2.GaussianBlur(back, (0, 0), blur), np.uint8) if blur else back
        paper = np.minimum(paper, back)
    return paper


def darkest(image: Image, rows: tuple[int, int]) -> int:
    return int(image[rows[0] : rows[1]].min())


def test_the_soft_writing_of_the_back_is_taken_away() -> None:
    seen = page(behind=190, blur=1.8)
    clean = without_back(seen)
    assert darkest(seen, BEHIND) < 225
    assert darkest(clean, BEHIND) > 235
    assert darkest(clean, WRITTEN) == darkest(seen, WRITTEN)


def test_faded_ink_stays() -> None:
    faded = page(behind=185)
    assert without_back(faded) is faded


def test_a_clean_page_and_a_blank_one_stay_as_they_are() -> None:
    for image in (page(), np.full((900, 1200, 3), 245, np.uint8)):
        assert without_back(image) is image
