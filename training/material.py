"""What a training run sees: batches of real and drawn lines, made by number, so that it can go on where it stopped."""

import random
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import torch
from torch import Tensor
from torch.utils.data import Dataset

from training import augment, handwriting
from training.alphabet import encode
from training.augment import HEIGHT, WIDEST, Image
from training.forms import draw_row
from training.hands import Hands
from training.lines import draw, draw_empty
from training.pens import TRAINING_PENS, TRAINING_PRINTS

WIDTHS = (64, 128, 192, 256, 320, 448, 640, 896, 1216, WIDEST)  # of batches: every new shape costs the kernels a set-up
SHORTEST = 320  # columns to which PaddleOCR pads short lines
CHUNK = 10  # batches made of lines that were drawn together and sorted by width
USUAL_WIDTH = 430  # columns of a line, padding included
HANDS_VARIETY = 1.5  # writers are few: each is seen as more than one
Source = Callable[[random.Random], tuple[Image, str]]

_MORE_OF: dict[str | None, float] = {  # beside what registers ask for (None): what is misread most in drawn lines
    None: 50, "letters": 17, "id_document": 8, "date": 11, "entry_number": 6, "number": 8,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Batch:
    """Images (batch x 3 x 48 x width, uint8, padded with 128), sign numbers in a row, their count per line."""

    images: Tensor
    signs: Tensor
    lengths: Tensor


class Material(Dataset[list[Batch]]):
    """Chunk `i` is always the same batches, whoever makes it."""

    def __init__(self, mix: dict[str, float], columns: int, seed: int, first: int = 0, chunks: int = 1_000_000) -> None:
        self._mix, self._columns, self._seed, self.first, self._chunks = mix, columns, seed, first, chunks
        self._sources: dict[str, Source] | None = None  # opened in the worker that uses them

    def __len__(self) -> int:
        return self._chunks

    def __getitem__(self, index: int) -> list[Batch]:
        cv2.setNumThreads(1)
        rng = random.Random(self._seed * 1_000_003 + self.first + index)
        if self._sources is None:
            self._sources = {name: _SOURCES[name]() for name in self._mix}
        names = rng.choices(list(self._mix), list(self._mix.values()), k=CHUNK * self._columns // USUAL_WIDTH)
        samples = [self._sources[name](rng) for name in names]
        return _batches(samples, self._columns, rng)


def _batches(samples: list[tuple[Image, str]], columns: int, rng: random.Random) -> list[Batch]:
    """Lines of like width together, as many as `columns` columns hold; what fills no batch goes to wider ones."""
    roomy = [(max(image.shape[1], SHORTEST if rng.random() < 0.3 else 0), image, text) for image, text in samples]
    roomy.sort(key=lambda sample: sample[0])
    batches, waiting, begin = [], list[tuple[Image, str]](), 0
    for width in WIDTHS:
        end = bisect_right(roomy, width, lo=begin, key=lambda sample: sample[0])
        waiting += [(image, text) for _, image, text in roomy[begin:end]]
        begin, size = end, columns // width
        while len(waiting) >= size or (waiting and width == WIDTHS[-1]):
            full = waiting[:size] + rng.choices(waiting, k=size - len(waiting[:size]))
            batches.append(_pack(full, width))
            del waiting[:size]
    rng.shuffle(batches)
    return batches


def _pack(samples: list[tuple[Image, str]], width: int) -> Batch:
    images = np.full((len(samples), HEIGHT, width, 3), 128, np.uint8)
    for row, (image, _) in zip(images, samples, strict=True):
        row[:, : image.shape[1]] = image
    texts = [encode(text) for _, text in samples]
    return Batch(
        torch.from_numpy(images.transpose(0, 3, 1, 2).copy()),
        torch.tensor([sign for text in texts for sign in text]),
        torch.tensor([len(text) for text in texts]),
    )


def _real() -> Source:
    """Real lines of the writers that are not held out."""
    lines = [line for line in handwriting.lines(handwriting.root()) if not line.held_out]
    packed = [(np.fromfile(line.path, np.uint8), line.text) for line in lines]

    def sample(rng: random.Random) -> tuple[Image, str]:
        bytes_, text = rng.choice(packed)
        image = np.asarray(cv2.imdecode(bytes_, cv2.IMREAD_COLOR), np.uint8)
        if rng.random() < 0.007:  # upside down: nothing to read
            return augment.vary(np.ascontiguousarray(image[::-1, ::-1]), rng), ""
        return augment.vary(image, rng), text

    return sample


def _drawn(faces: Sequence[str]) -> Source:
    def sample(rng: random.Random) -> tuple[Image, str]:
        line = draw(rng, faces, kind=rng.choices(list(_MORE_OF), list(_MORE_OF.values()))[0])
        return _seen(line.image, rng), line.text

    return sample


def _hand() -> Source:
    """Words of one writer put together anew; only writers that are not held out."""
    folder = handwriting.root()
    held_out = {word.writer for word in handwriting.words(folder) if word.held_out}
    hands = Hands(folder, {word.writer for word in handwriting.words(folder)} - held_out, variety=HANDS_VARIETY)

    def sample(rng: random.Random) -> tuple[Image, str]:
        line = hands.draw_line(rng)
        return _seen(line.image, rng), line.text

    return sample


def _form(rng: random.Random) -> tuple[Image, str]:
    line = draw_row(rng, TRAINING_PENS, TRAINING_PRINTS)
    return _seen(line.image, rng), line.text


def _seen(image: Image, rng: random.Random) -> Image:
    """Drawn lines have their paper and light already; half of them are moved about once more."""
    return augment.moved(image, rng) if rng.random() < 0.5 else augment.fit(image)


_SOURCES: dict[str, Callable[[], Source]] = {
    "real": _real,
    "hand": _hand,
    "pen": lambda: _drawn(TRAINING_PENS),
    "print": lambda: _drawn(TRAINING_PRINTS),
    "form": lambda: _form,
    "empty": lambda: lambda rng: (augment.fit(draw_empty(rng)), ""),
}
