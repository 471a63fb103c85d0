from pathlib import Path

import pytest

from training import handwriting


def a_folder(root: Path) -> Path:
    for collection, rows in {
        "kalapa": [f"{page:03}_{line:02}.jpg\tThôn {line} Xã {page}" for page in range(60) for line in range(3)],
        "cinnamon": [f"{i:04}_samples.jpg\tSố {i // 2} Yên Bái" for i in range(200)],
    }.items():
        (root / collection).mkdir(parents=True)
        (root / collection / "labels.tsv").write_text("\n".join(rows), "utf-8")
    header = "file\ttext\twriter\tbaseline\tink_rgb\tsource\tnll_per_letter"
    words = [f"w{page}.png\tXã\tK{page:03}\t40.5\t10,20,30\t{page:03}_00.jpg\t0.5" for page in range(60)]
    (root / "words.tsv").write_text("\n".join([header, *words]), "utf-8")
    return root


def test_a_writer_is_trained_on_or_held_out_never_both(tmp_path: Path) -> None:
    lines = [line for line in handwriting.lines(a_folder(tmp_path)) if line.collection == "kalapa"]
    trained = {line.writer for line in lines if not line.held_out}
    held_out = {line.writer for line in lines if line.held_out}
    assert trained.isdisjoint(held_out)
    assert 2 <= len(held_out) <= 12


def test_the_same_text_stands_on_one_side_only(tmp_path: Path) -> None:
    lines = [line for line in handwriting.lines(a_folder(tmp_path)) if line.collection == "cinnamon"]
    assert {line.text for line in lines if line.held_out}.isdisjoint(line.text for line in lines if not line.held_out)


def test_a_word_goes_where_its_line_goes(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    held_out = {line.writer for line in handwriting.lines(folder) if line.held_out and line.collection == "kalapa"}
    words = handwriting.words(folder)
    assert {word.writer for word in words if word.held_out} == held_out
    assert words[0].ink == (10, 20, 30)


def test_a_missing_folder_says_what_to_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGITIZE_HANDWRITING", str(tmp_path / "nowhere"))
    with pytest.raises(handwriting.HandwritingMissing, match="DIGITIZE_HANDWRITING"):
        handwriting.root()
