"""Pens and print faces that can spell Vietnamese, taken from npm packages; only needed to draw again.

All of them stand under the SIL Open Font License. They are kept in `.cache/fonts` of the checkout
and never committed. Needs `npm` on the path the first time.
"""

import subprocess
import tarfile
import unicodedata
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from PIL import ImageFont

CACHE = Path(__file__).parents[1] / ".cache" / "fonts"
SUBSETS = ("latin", "latin-ext", "vietnamese")
VERSIONS = {
    "alex-brush": "5.3.0",
    "allison": "5.3.0",
    "allura": "5.3.0",
    "arimo": "5.3.0",
    "bad-script": "5.3.0",
    "be-vietnam-pro": "5.3.0",
    "bellota": "5.3.0",
    "bilbo": "5.3.0",
    "birthstone": "5.3.0",
    "birthstone-bounce": "5.3.0",
    "bitter": "5.3.0",
    "bonheur-royale": "5.3.0",
    "borel": "5.3.0",
    "caramel": "5.3.0",
    "charm": "5.2.7",
    "charmonman": "5.2.7",
    "corinthia": "5.3.0",
    "cousine": "5.3.0",
    "crimson-pro": "5.3.0",
    "dancing-script": "5.3.0",
    "eb-garamond": "5.3.0",
    "edu-qld-hand": "5.3.0",
    "ephesis": "5.3.0",
    "fuggles": "5.3.0",
    "fuzzy-bubbles": "5.3.0",
    "gluten": "5.3.0",
    "grandstander": "5.3.0",
    "grape-nuts": "5.3.0",
    "great-vibes": "5.3.0",
    "grechen-fuemen": "5.3.0",
    "hurricane": "5.3.0",
    "italianno": "5.3.0",
    "itim": "5.3.0",
    "jetbrains-mono": "5.3.0",
    "kodchasan": "5.2.8",
    "licorice": "5.3.0",
    "lora": "5.3.0",
    "mali": "5.3.0",
    "mansalva": "5.3.0",
    "merienda": "5.3.0",
    "merriweather": "5.3.0",
    "montecarlo": "5.2.8",
    "ms-madi": "5.3.0",
    "mynerve": "5.3.0",
    "noto-sans": "5.3.0",
    "noto-serif": "5.3.0",
    "oooh-baby": "5.3.0",
    "pacifico": "5.3.0",
    "pangolin": "5.3.0",
    "patrick-hand": "5.3.0",
    "playpen-sans": "5.3.0",
    "playwrite-vn": "5.3.0",
    "qwigley": "5.2.8",
    "qwitcher-grypen": "5.3.0",
    "roboto": "5.3.0",
    "sedgwick-ave": "5.3.0",
    "shantell-sans": "5.3.0",
    "smooch": "5.3.0",
    "source-serif-4": "5.3.1",
    "square-peg": "5.3.0",
    "sriracha": "5.3.0",
    "the-nautigal": "5.2.7",
    "tinos": "5.3.0",
    "vujahday-script": "5.3.0",
    "water-brush": "5.3.0",
    "waterfall": "5.1.1",
    "whisper": "5.3.0",
    "yomogi": "5.3.0",
}
PRINTS = (
    "arimo",
    "be-vietnam-pro",
    "bitter",
    "cousine",
    "crimson-pro",
    "eb-garamond",
    "jetbrains-mono",
    "lora",
    "merriweather",
    "noto-sans",
    "noto-serif",
    "roboto",
    "source-serif-4",
    "tinos",
)
PENS = tuple(name for name in VERSIONS if name not in PRINTS)


def vietnamese_letters() -> frozenset[str]:
    """The 134 letters with a mark, lower and upper case, in NFC."""
    tones = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    spelled = {unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in tones} | {"đ"}
    accented = {letter for letter in spelled if not letter.isascii()}
    return frozenset(accented | {letter.upper() for letter in accented})


def font_file(name: str, weight: int = 400, style: str = "normal") -> Path:
    """A TrueType file of one face that holds every Vietnamese letter, made on first use.

    `style` is "normal" or "italic". Raises KeyError for a face not listed here, ValueError when the
    face lacks letters or does not come in this weight and style.
    """
    merged = CACHE / f"{name}-{weight}{'' if style == 'normal' else '-' + style}.ttf"
    if not merged.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=CACHE) as room:  # several processes may want one face at once
            _make(Path(room), name, weight, style).replace(merged)
    return merged


@cache
def font(name: str, size: int, weight: int = 400) -> ImageFont.FreeTypeFont:
    """The face at `size` pixels, laid out by Raqm so that school cursive joins."""
    return ImageFont.truetype(str(font_file(name, weight)), size, layout_engine=ImageFont.Layout.RAQM)


def _make(room: Path, name: str, weight: int, style: str) -> Path:
    with tarfile.open(_package(room, name)) as archive:
        parts = [_subset(archive, inside, room) for inside in _subset_names(archive, name, weight, style)]
    return _merge(parts, room / "whole.ttf", f"{name} {weight} {style}")


def _package(room: Path, name: str) -> Path:
    package = CACHE / f"fontsource-{name}-{VERSIONS[name]}.tgz"
    if not package.exists():
        wanted = f"@fontsource/{name}@{VERSIONS[name]}"
        subprocess.run(["npm", "pack", "--silent", wanted], cwd=room, check=True, stdout=subprocess.DEVNULL)
        (room / package.name).replace(package)
    return package


def _subset_names(archive: tarfile.TarFile, name: str, weight: int, style: str) -> list[str]:
    """The subsets that the package holds; some faces put everything into `latin`."""
    wanted = [f"package/files/{name}-{subset}-{weight}-{style}.woff2" for subset in SUBSETS]
    return [inside for inside in wanted if inside in archive.getnames()]


def _subset(archive: tarfile.TarFile, inside: str, room: Path) -> Path:
    """Unpacks one subset, as TrueType because the merger reads nothing else."""
    packed = archive.extractfile(inside)
    if packed is None:
        raise ValueError(f"{inside} is not a file")
    part = TTFont(packed)
    part.flavor = None
    path = room / f"{Path(inside).stem}.ttf"
    part.save(path)
    return path


def _merge(parts: list[Path], whole: Path, told: str) -> Path:
    if not parts:
        raise ValueError(f"{told} is not in its package")
    face = Merger().merge([str(part) for part in parts]) if len(parts) > 1 else TTFont(parts[0])
    lacking = {letter for letter in vietnamese_letters() if ord(letter) not in face.getBestCmap()}
    if lacking:
        raise ValueError(f"{told} lacks {len(lacking)} letters")
    face.save(whole)
    return whole
