"""What is wrong with a picture as a picture, told to the operator in words."""

import cv2
import numpy as np

from digitize.books.entry import Problem
from digitize.scans.files import PageImage

WORKING_WIDTH = 1200  # pixels; sharpness is compared at one size
# Sharpness of eight sample pages under Gaussian blur: 511-773 as drawn, 26-44 at 2 pixels (words still read),
# 5-9 at 3 pixels (letters get lost), 2-3 at 4 pixels (nothing is read). Light and ink are first guesses.
LEAST_SHARPNESS = 15.0  # variance of the Laplacian
LEAST_LIGHT = 90.0  # median grey of the page, which is paper; the samples have 240
LEAST_INK = 0.002  # part of the page


def find_problems(page: PageImage) -> tuple[Problem, ...]:
    """Problems of a page image; codes `too blurred`, `too dark`, `blank page`."""
    scale = WORKING_WIDTH / page.shape[1]
    grey = cv2.cvtColor(cv2.resize(page, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2GRAY)
    ink = cv2.adaptiveThreshold(grey, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 15)
    problems = []
    if float(np.median(grey)) < LEAST_LIGHT:
        problems.append(Problem("too dark", "Ảnh quá tối. Tăng độ sáng rồi quét lại."))
    if float(np.mean(ink)) < LEAST_INK:
        problems.append(Problem("blank page", "Trang trắng."))
    elif float(cv2.Laplacian(grey, cv2.CV_64F).var()) < LEAST_SHARPNESS:
        problems.append(Problem("too blurred", "Ảnh quá mờ. Giữ sổ phẳng, lau kính rồi quét lại."))
    return tuple(problems)
