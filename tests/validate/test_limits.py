"""Texts of the manifest may have exactly the maximum length."""

from pathlib import Path

import pytest

from tests.validate.courses import changed, judge


@pytest.mark.parametrize(("size", "codes"), [(200, []), (201, ["text-too-long"])])
def test_a_title_may_have_200_characters(tmp_path: Path, size: int, codes: list[str]) -> None:
    title = ("course.yaml", "title: A good course", f"title: {'A' * size}")
    folder = changed(tmp_path / "course", title)
    assert [one.code for one in judge(folder)[1]] == codes
