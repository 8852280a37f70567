"""Which files a page may link to: those that run nothing, and those that someone answers for."""

from pathlib import Path

import pytest

from builder.course.media.formats import FORMATS, LINKED
from tests.validate.courses import changed, judge

REASON = "linked_files:\n  - {file: media/%s, reason: Checked by our IT.}\n"


def said(folder: Path, name: str, *, allowed: str = "") -> list[str]:
    more = REASON % allowed if allowed else ""
    course = changed(
        folder,
        ("pages/topic.md", "", f"\nSee [this file](media/{name}).\n"),
        ("course.yaml", "", f"\n{more}"),
        (f"media/{name}", "", "text"),
    )
    return [one.code for one in judge(course)[1]]


@pytest.mark.whole
@pytest.mark.parametrize(
    "ending",
    [
        *(
            "html",
            "htm",
            "xhtml",
            "xht",
            "xml",
            "svgz",
            "hta",
            "vbs",
            "ps1",
            "lnk",
            "jar",
            "js",
            "wsf",
        ),
        *(
            "swf",
            "url",
            "scr",
            "msi",
            "docm",
            "xlsm",
            "mhtml",
            "xsl",
            "rdf",
            "css",
            "json",
            "reg",
            "iso",
        ),
        *("HTML", "unknown"),
    ],
)
def test_a_file_that_could_run_needs_a_reason(tmp_path: Path, ending: str) -> None:
    name = f"a.{ending}"
    found = said(tmp_path / "a", name)
    assert "link-active" in found
    assert "link-active" in said(tmp_path / "b", name, allowed=f"b{name}")
    allowed = said(tmp_path / "c", name, allowed=name)
    assert [one for one in found if one != "link-active"] == allowed


def test_a_file_that_runs_nothing_needs_none(tmp_path: Path) -> None:
    for ending in sorted({*LINKED, *FORMATS}):
        assert "link-active" not in said(tmp_path / ending, f"a{ending}"), ending


def test_a_file_without_an_ending_could_be_anything(tmp_path: Path) -> None:
    assert "link-active" in said(tmp_path / "a", "a")


def test_a_reason_is_given(tmp_path: Path) -> None:
    words = "\nlinked_files:\n  - {file: media/map.png}\n"
    course = changed(tmp_path / "a", ("course.yaml", "", words))
    assert [one.code for one in judge(course)[1]] == ["missing-key"]


def test_a_pdf_may_begin_with_lines_for_a_printer(tmp_path: Path) -> None:
    lines = "\x1b%-12345X@PJL JOB\n@PJL ENTER LANGUAGE=PDF\n%PDF-1.7\n"
    link = ("pages/topic.md", "", "\nSee [this file](media/leaflet.pdf).\n")
    course = changed(tmp_path / "course", link, ("media/leaflet.pdf", "", lines))
    assert "media-kind" not in [one.code for one in judge(course)[1]]
