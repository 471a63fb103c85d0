from pathlib import Path

from PIL import Image
from typer.testing import CliRunner

from digitize.cli import app
from digitize.settings import REPOSITORY

FORMS = REPOSITORY / "digitize" / "books" / "forms"


def test_forms_are_listed() -> None:
    told = CliRunner().invoke(app, ["forms", "list"]).stdout
    assert "KS-2006    SỔ ĐĂNG KÝ KHAI SINH (2006-2015)" in told
    assert "HN-2015" in told


def test_a_sound_form_is_drawn(tmp_path: Path) -> None:
    for form in ("KS-2006", "KT-1998"):
        picture = tmp_path / f"{form}.png"
        result = CliRunner().invoke(app, ["forms", "check", str(FORMS / f"{form}.toml"), "--out", str(picture)])
        assert result.exit_code == 0, result.output
        with Image.open(picture) as image:
            assert image.size == ((1654, 2339) if form == "KS-2006" else (3308, 2339))
            assert image.convert("L").getextrema()[0] < 100


def test_a_form_without_a_layout_is_sound_and_not_drawn(tmp_path: Path) -> None:
    picture = tmp_path / "lh.png"
    result = CliRunner().invoke(app, ["forms", "check", str(FORMS / "LH-2015.toml"), "--out", str(picture)])
    assert result.exit_code == 0 and "chỉ để nhập tay" in result.output
    assert not picture.exists()
