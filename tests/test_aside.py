"""Files put in their places: all of them, or none."""

from pathlib import Path

import pytest

from builder import aside


def test_several_files_take_their_places(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")
    with aside.folder(tmp_path) as own:
        for name in "ab":
            (own / name).write_text("new")
        places = [(own / name, tmp_path / place) for name, place in (("a", "a"), ("b", "c/d"))]
        aside.exchange(places, own / "old")
    assert [(tmp_path / name).read_text() for name in ("a", "c/d")] == ["new", "new"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "c"]


def test_where_one_cannot_all_others_go_back(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")
    (tmp_path / "c").mkdir()
    with aside.folder(tmp_path) as own:
        for name in "abc":
            (own / name).write_text("new")
        with pytest.raises(OSError, match="c"):
            aside.exchange([(own / name, tmp_path / name) for name in "abc"], own / "old")
    assert (tmp_path / "a").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "c"]
