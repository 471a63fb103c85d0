"""Pens and print faces that can spell Vietnamese, taken from npm packages; only needed to draw again.

All of them stand under the SIL Open Font License. They are kept in `.cache/fonts` of the checkout
and never committed. Needs `npm` on the path the first time.
"""

import subprocess
import tarfile
import unicodedata
from functools import cache
from pathlib import Path

from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from PIL import ImageFont

CACHE = Path(__file__).parents[1] / ".cache" / "fonts"
SUBSETS = ("latin", "latin-ext", "vietnamese")
VERSIONS = {
    "patrick-hand": "5.3.0",
    "mali": "5.3.0",
    "dancing-script": "5.3.0",
    "charm": "5.2.7",
    "itim": "5.3.0",
    "pangolin": "5.3.0",
    "sriracha": "5.3.0",
    "playwrite-vn": "5.3.0",
    "tinos": "5.3.0",
    "noto-serif": "5.3.0",
    "be-vietnam-pro": "5.3.0",
}
PRINTS = ("tinos", "noto-serif", "be-vietnam-pro")
PENS = tuple(name for name in VERSIONS if name not in PRINTS)


def vietnamese_letters() -> frozenset[str]:
    """The 134 letters with a mark, lower and upper case, in NFC."""
    tones = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    spelled = {unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in tones} | {"đ"}
    accented = {letter for letter in spelled if not letter.isascii()}
    return frozenset(accented | {letter.upper() for letter in accented})


def font_file(name: str, weight: int = 400) -> Path:
    """A TrueType file of one face that holds every Vietnamese letter, made on first use.

    Raises KeyError for a face not listed here, ValueError when the face lacks letters.
    """
    merged = CACHE / f"{name}-{weight}.ttf"
    if not merged.exists():
        with tarfile.open(_package(name)) as archive:
            parts = [_subset(archive, inside) for inside in _subset_names(archive, name, weight)]
        _merge(parts, merged)
    return merged


@cache
def font(name: str, size: int, weight: int = 400) -> ImageFont.FreeTypeFont:
    """The face at `size` pixels, laid out by Raqm so that school cursive joins."""
    return ImageFont.truetype(str(font_file(name, weight)), size, layout_engine=ImageFont.Layout.RAQM)


def _package(name: str) -> Path:
    CACHE.mkdir(parents=True, exist_ok=True)
    package = CACHE / f"fontsource-{name}-{VERSIONS[name]}.tgz"
    if not package.exists():
        wanted = f"@fontsource/{name}@{VERSIONS[name]}"
        subprocess.run(["npm", "pack", "--silent", wanted], cwd=CACHE, check=True, stdout=subprocess.DEVNULL)
    return package


def _subset_names(archive: tarfile.TarFile, name: str, weight: int) -> list[str]:
    """The subsets that the package holds; some faces put everything into `latin`."""
    wanted = [f"package/files/{name}-{subset}-{weight}-normal.woff2" for subset in SUBSETS]
    return [inside for inside in wanted if inside in archive.getnames()]


def _subset(archive: tarfile.TarFile, inside: str) -> Path:
    """Unpacks one subset, as TrueType because the merger reads nothing else."""
    packed = archive.extractfile(inside)
    if packed is None:
        raise ValueError(f"{inside} is not a file")
    part = TTFont(packed)
    part.flavor = None
    path = CACHE / f"{Path(inside).stem}.part.ttf"
    part.save(path)
    return path


def _merge(parts: list[Path], merged: Path) -> None:
    face = Merger().merge([str(part) for part in parts]) if len(parts) > 1 else TTFont(parts[0])
    lacking = {letter for letter in vietnamese_letters() if ord(letter) not in face.getBestCmap()}
    if lacking:
        raise ValueError(f"{merged.name} lacks {len(lacking)} letters")
    face.save(merged)
    for part in parts:
        part.unlink()
