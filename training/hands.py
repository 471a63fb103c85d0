"""Real ink: the words and figures of one writer put together into names, places, dates and numbers of that hand."""

import random
import zipfile
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from drawing.names import MIDDLES, SURNAMES
from training.handwriting import RealWord, words
from training.line import Line
from training.paper import Colour, lay, pen_colour, some_crop
from training.pens import STRUCK_OUT, Alpha, Ink, bend, scribble, some_label

X_HEIGHT = 18.0  # pixels of a small x in words.zip
MANY_WORDS = 40  # of one writer: enough to put names and places together
DOUBT = 1.0  # a word's label above this badness per letter is too often wrong
DOUBT_FIGURE = 0.5  # the same for figures and single letters, which have fewer letters to be judged by
LEVELS = frozenset((
    "thôn", "xã", "huyện", "tỉnh", "phường", "quận", "thị", "trấn", "tp", "tx", "tt", "tổ", "ấp", "khu", "phố", "xóm",
    "số", "đường", "ngõ", "hẻm", "khóm", "làng", "bản", "buôn", "kp", "sn", "thành", "p", "q", "h", "x", "t",
))  # fmt: skip
OTHER_NAMES = (
    "Hồ", "Ngô", "Phan", "Võ", "Dương", "Mai", "Đào", "Tô", "Trương", "Cao", "Hà", "Lâm", "Tạ", "Đoàn", "Châu",
    "Thái", "Kiều", "Huỳnh", "Phùng", "Chu", "La", "Tống", "Quách",
)  # fmt: skip
NAMES = frozenset(name for group in SURNAMES.values() for name in group) | frozenset(OTHER_NAMES)
MIDDLE_NAMES = frozenset(
    part for by_group in MIDDLES.values() for names in by_group.values() for name in names for part in name.split()
)
KINDS = (("short", 40), ("run", 22), ("place", 10), ("name", 14), ("date", 7), ("number", 7))


@dataclass(frozen=True, slots=True)
class Piece:
    """Ink of a word, a figure or a mark, the row of its baseline, what it says; `tight`: close to the next."""

    alpha: Alpha
    baseline: float
    text: str
    tight: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """What a writer's ink was put together to."""

    ink: Ink
    text: str
    kind: str
    writer: str
    colour: Colour


class Hands:
    """The words of these writers, from words.zip under `root` (see training.handwriting); others are never opened.

    `variety` is how much their ink is slanted, stretched and bent. Raises ValueError when no word of these writers
    can be trusted.
    """

    def __init__(self, root: Path, writers: Collection[str], doubt: float = DOUBT, variety: float = 1.0) -> None:
        self._variety = variety
        wanted = set(writers)
        trusted = [word for word in words(root) if word.writer in wanted and _trusted(word, doubt)]
        if not trusted:
            raise ValueError("No trusted word of these writers")
        with zipfile.ZipFile(root / "words.zip") as archive:
            self._packed = {word.file: archive.read(word.file) for word in trusted}
        self._pieces: dict[str, Piece] = {}
        self._hands: dict[str, list[RealWord]] = defaultdict(list)
        for word in trusted:
            self._hands[word.writer].append(word)
        self._digits: dict[str, dict[str, list[Piece]]] = {}
        self._writers = sorted(self._hands)
        self._rich = [writer for writer in self._writers if len(self._hands[writer]) >= MANY_WORDS] or self._writers

    def draw_line(self, rng: random.Random, kind: str | None = None, wear: float = 1.0) -> Line:
        """A line of some writer on some paper (`wear` as for lay); of this kind if the writer has the words for it."""
        written = self.compose(rng, kind)
        x = written.ink.x_height
        label = some_label(rng, x) if rng.random() < 0.22 else None
        colour = pen_colour(rng) if rng.random() < 0.6 else written.colour
        image = lay(rng, written.ink, colour, some_crop(rng, x), label, wear)
        return Line(image, written.text, written.kind, f"hand:{written.writer}")

    def write(self, rng: random.Random, text: str) -> Written | None:
        """These very words by somebody who wrote them all, whatever their case; None when nobody did."""
        wanted = text.casefold().split()
        own = {writer: {word.text.casefold(): word for word in self._hands[writer]} for writer in self._writers}
        able = [writer for writer in self._writers if all(word in own[writer] for word in wanted)]
        if not able:
            return None
        writer = rng.choice(able)
        words = [own[writer][word] for word in wanted]
        alpha, baseline = _join(rng, [self._piece(word) for word in words])
        red, green, blue = words[0].ink
        return Written(Ink(alpha, baseline, X_HEIGHT), text, "words", writer, (blue, green, red))

    def compose(self, rng: random.Random, kind: str | None = None) -> Written:
        """Ink of one writer and what it says; "short" where the writer lacks the words for `kind`."""
        kind = kind or rng.choices([k for k, _ in KINDS], [n for _, n in KINDS])[0]
        anybody = kind in ("short", "run") and rng.random() < 0.5
        writer = rng.choice(self._writers if anybody else self._rich)
        pieces = self._compose(rng, kind, writer)
        if not pieces:
            kind, pieces = "short", self._short(rng, self._hands[writer])
        if kind != "short" and rng.random() < STRUCK_OUT:
            pieces.insert(rng.randrange(len(pieces)), _struck_out(rng, self._piece(rng.choice(self._hands[writer]))))
        alpha, baseline = _join(rng, pieces)
        ink = bend(
            rng,
            Ink(alpha, baseline, X_HEIGHT),
            slant=rng.gauss(0, 4) * self._variety,
            width=1 + rng.uniform(-0.15, 0.15) * self._variety,
            force=rng.uniform(0.0, 0.5) * self._variety,
        )
        red, green, blue = rng.choice(self._hands[writer]).ink
        return Written(ink, _text(pieces), kind, writer, (blue, green, red))

    def _compose(self, rng: random.Random, kind: str, writer: str) -> list[Piece]:
        own = self._hands[writer]
        match kind:
            case "run":
                return self._run(rng, own, rng.randint(3, 9))
            case "place":
                return self._place(rng, own)
            case "name":
                return self._name(rng, own)
            case "date":
                return self._date(rng, writer)
            case "number":
                return self._number(rng, writer)
            case _:
                return self._short(rng, own)

    def _short(self, rng: random.Random, own: Sequence[RealWord]) -> list[Piece]:
        """One to three words that stand side by side, or one to three any words."""
        count = rng.choices((1, 2, 3), (5, 4, 2))[0]
        if rng.random() < 0.6:
            return self._run(rng, own, count)
        return [self._piece(word) for word in rng.sample(own, min(count, len(own)))]

    def _run(self, rng: random.Random, own: Sequence[RealWord], count: int) -> list[Piece]:
        """Words that follow each other in one real line."""
        start = rng.randrange(len(own))
        run = [word for word in own[start : start + count] if word.source == own[start].source]
        return [self._piece(word) for word in run]

    def _place(self, rng: random.Random, own: Sequence[RealWord]) -> list[Piece]:
        """Level by level: "Thôn Bình Minh, xã Tân Lập", from words of any of the writer's lines."""
        levels = [word for word in own if word.text.lower() in LEVELS]
        named = [word for word in own if word.text.lower() not in LEVELS and word.text.isalpha()]
        if not levels or len(named) < 2:
            return []
        with_commas = rng.random() < 0.35
        pieces: list[Piece] = []
        for i in range(rng.randint(1, 3)):
            if i and with_commas:
                pieces[-1] = _set_beside(rng, pieces[-1], _comma(rng), ",")
            pieces.append(self._piece(rng.choice(levels)))
            pieces += [self._piece(word) for word in rng.sample(named, rng.choice((1, 2, 2)))]
        return pieces

    def _name(self, rng: random.Random, own: Sequence[RealWord]) -> list[Piece]:
        titled = [word for word in own if word.text.istitle() and word.text.isalpha()]
        surnames = [word for word in titled if word.text in NAMES]
        given = [word for word in titled if word.text.lower() not in LEVELS]
        if not surnames or len(given) < 2:
            return []
        middle = [word for word in titled if word.text in MIDDLE_NAMES] or given
        names = [rng.choice(surnames), rng.choice(middle if rng.random() < 0.7 else given), rng.choice(given)]
        if rng.random() < 0.25:
            names.insert(2, rng.choice(given))
        elif rng.random() < 0.15:
            del names[1]
        return [self._piece(word) for word in names]

    def _date(self, rng: random.Random, writer: str) -> list[Piece]:
        """A date or a year for which the writer has all digits, with separators drawn by a pen as thick as theirs."""
        digits = self._digits_of(writer)
        for _ in range(60):
            day, month, year = rng.randint(1, 31), rng.randint(1, 12), rng.randint(1930, 2024)
            form = rng.choice(
                ("{d}/{m}/{y}", "{d:02}/{m:02}/{y}", "{d}.{m}.{y}", "{d:02}-{m:02}-{y}", "{m}/{y}", "{y}")
            )
            text = form.format(d=day, m=month, y=year)
            if set(text) - set("/.-") <= digits.keys():
                return [self._figure(rng, text, digits)]
        return []

    def _number(self, rng: random.Random, writer: str) -> list[Piece]:
        digits = self._digits_of(writer)
        if len(digits) < 3:
            return []
        length = rng.choice((1, 2, 2, 3, 3, 4, 6, 9, 12))
        text = "".join(rng.choice(sorted(digits)) for _ in range(length))
        if 1 < length < 6 and rng.random() < 0.4:
            at = rng.randrange(1, length)
            text = f"{text[:at]}/{text[at:]}"
        return [self._figure(rng, text, digits)]

    def _figure(self, rng: random.Random, text: str, digits: dict[str, list[Piece]]) -> Piece:
        """Digits and separators side by side, as one piece."""
        thick = rng.uniform(0.09, 0.16) * X_HEIGHT
        parts = [rng.choice(digits[c]) if c in digits else _separator(rng, c, thick) for c in text]
        alpha, baseline = _join(rng, [Piece(p.alpha, p.baseline, p.text, tight=True) for p in parts])
        return Piece(alpha, baseline, text)

    def _digits_of(self, writer: str) -> dict[str, list[Piece]]:
        """The writer's digits one by one, those of longer figures cut apart where they do not touch."""
        if writer not in self._digits:
            found: dict[str, list[Piece]] = defaultdict(list)
            for word in self._hands[writer]:
                if word.text.isdecimal():
                    for piece in _cut_apart(self._piece(word)):
                        found[piece.text].append(piece)
            self._digits[writer] = dict(found)
        return self._digits[writer]

    def _piece(self, word: RealWord) -> Piece:
        if word.file not in self._pieces:
            packed = np.frombuffer(self._packed[word.file], np.uint8)
            alpha = np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), np.uint8)
            self._pieces[word.file] = Piece(alpha, word.baseline, word.text)
        return self._pieces[word.file]


def _trusted(word: RealWord, doubt: float) -> bool:
    short = len(word.text) == 1 or not word.text.isalpha()
    return word.nll_per_letter <= (min(doubt, DOUBT_FIGURE) if short else doubt)


def _cut_apart(piece: Piece) -> list[Piece]:
    """One piece for each digit; none when the ink does not fall into as many parts."""
    if len(piece.text) == 1:
        return [piece]
    inked = np.flatnonzero(np.r_[False, (piece.alpha > 70).any(axis=0), False])
    if not inked.size:
        return []
    breaks = np.flatnonzero(np.diff(inked) > 1)
    starts, ends = inked[np.r_[0, breaks + 1]] - 1, inked[np.r_[breaks, len(inked) - 1]]
    if len(starts) != len(piece.text):
        return []
    return [
        Piece(np.ascontiguousarray(piece.alpha[:, s:e]), piece.baseline, c)
        for s, e, c in zip(starts, ends, piece.text, strict=True)
    ]


def _join(rng: random.Random, pieces: Sequence[Piece]) -> tuple[Alpha, float]:
    """Pieces side by side on one baseline, spaced as this line is; and the row of the baseline."""
    space, size = rng.choice((rng.uniform(0.35, 0.7), rng.uniform(0.5, 1.5))) * X_HEIGHT, rng.uniform(0.92, 1.08)
    scaled = [_scaled(piece, size * rng.uniform(0.96, 1.04)) for piece in pieces]
    jumps = [rng.gauss(0, 0.04) * X_HEIGHT for _ in pieces]
    room = round(0.8 * X_HEIGHT)
    tops = [p.baseline - jump for p, jump in zip(scaled, jumps, strict=True)]
    above = round(max(tops)) + room
    below = round(max(p.alpha.shape[0] - top for p, top in zip(scaled, tops, strict=True))) + room
    gaps = [rng.uniform(0.02, 0.25) * X_HEIGHT if p.tight else space * rng.uniform(0.7, 1.3) for p in scaled]
    width = 2 * room + round(sum(p.alpha.shape[1] for p in scaled) + sum(gaps))
    line = np.zeros((above + below, width + len(scaled)), np.uint8)
    left = float(room)
    for piece, top, gap in zip(scaled, tops, gaps, strict=True):
        row, column = above - round(top), round(left)
        height, wide = piece.alpha.shape
        part = line[row : row + height, column : column + wide]
        cv2.max(part, piece.alpha[: part.shape[0], : part.shape[1]], dst=part)
        left += wide + gap
    return line, float(above)


def _scaled(piece: Piece, by: float) -> Piece:
    if abs(by - 1) < 0.02:
        return piece
    alpha = np.asarray(cv2.resize(piece.alpha, None, fx=by, fy=by, interpolation=cv2.INTER_LINEAR), np.uint8)
    return Piece(alpha, piece.baseline * by, piece.text, piece.tight)


def _separator(rng: random.Random, mark: str, thick: float) -> Piece:
    """A stroke, a full stop or a dash between figures."""
    x = X_HEIGHT
    match mark:
        case "/":
            lean = rng.uniform(0.3, 0.9) * x  # and longer than the figures are high, or it could be a 1
            return _stroked([(0, rng.uniform(0.15, 0.5) * x), (lean, -rng.uniform(1.6, 2.1) * x)], thick, mark)
        case ".":
            return _stroked([(0, -0.05 * x), (rng.uniform(0, 0.08) * x, rng.uniform(-0.1, 0.05) * x)], thick, mark)
        case _:
            row = -rng.uniform(0.4, 0.9) * x
            return _stroked([(0, row), (rng.uniform(0.25, 0.6) * x, row + rng.uniform(-0.1, 0.1) * x)], thick, mark)


def _comma(rng: random.Random) -> Piece:
    x = X_HEIGHT
    points = [(0.12 * x, -0.06 * x), (0.14 * x, 0.1 * x), (rng.uniform(-0.05, 0.05) * x, rng.uniform(0.2, 0.4) * x)]
    return _stroked(points, rng.uniform(0.08, 0.14) * x, ",")


def _set_beside(rng: random.Random, word: Piece, mark: Piece, text: str) -> Piece:
    """The word with a mark close behind it."""
    alpha, baseline = _join(rng, [Piece(word.alpha, word.baseline, "", tight=True), mark])
    return Piece(alpha[:, round(0.8 * X_HEIGHT) : -round(0.8 * X_HEIGHT)], baseline, word.text + text)


def _stroked(points: Iterable[tuple[float, float]], thick: float, text: str) -> Piece:
    """A stroke through points that are given from the baseline, in pixels."""
    path = np.array(list(points), np.float32)
    room = thick + 2
    low = path.min(axis=0) - room
    wide, high = np.ceil(path.max(axis=0) + room - low).astype(int)
    fine = 4  # drawn so many times too large, so that strokes have parts of a pixel
    alpha = np.zeros((high * fine, wide * fine), np.uint8)
    cv2.polylines(alpha, [np.round((path - low) * fine).astype(np.int32)], False, 255, max(1, round(thick * fine)))
    small = np.asarray(cv2.resize(alpha, (int(wide), int(high)), interpolation=cv2.INTER_AREA), np.uint8)
    return Piece(small, float(-low[1]), text)


def _struck_out(rng: random.Random, piece: Piece) -> Piece:
    """The word crossed out: it says nothing any more."""
    alpha, wide = piece.alpha.copy(), piece.alpha.shape[1]
    points = [(u * wide, piece.baseline - v * X_HEIGHT) for u, v in scribble(rng)]
    cv2.polylines(alpha, [np.round(points).astype(np.int32)], False, 255, rng.randint(2, 3), cv2.LINE_AA)
    return Piece(alpha, piece.baseline, "")


def _text(pieces: Sequence[Piece]) -> str:
    return " ".join(piece.text for piece in pieces if piece.text)
