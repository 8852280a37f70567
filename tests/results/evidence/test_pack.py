"""A folder of evidence: what is in it, what is missing, and whether it was changed."""

import hashlib
import json
import re
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from builder import cli, updating
from builder.results.evidence import manifest, pack
from builder.results.reading.tables import ReportError
from tests.results.evidence import packs
from tests.results.evidence.packs import ASK, DOOR, seen
from tests.results.moodle import Row
from tests.support.packages import built


@pytest.fixture(scope="session")
def zips(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return packs.both(tmp_path_factory)


def rows(zips: tuple[Path, Path]) -> list[Row]:
    old, new = map(packs.label, zips)
    return [
        Row("=1+1", [seen(old), DOOR, ASK, seen(old, "passed 2025-11-01")]),
        Row("Ben", [seen(old), DOOR, seen(new), ASK, seen(new, "passed 2026-11-28")]),
        Row("Cai", [DOOR, ASK]),
        Row("Dee", attempt=0),
    ]


def text(path: Path) -> str:
    html = path.read_text("utf-8").replace("<wbr>", "")
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.whole
def test_what_was_taught_and_who_completed_it(zips: tuple[Path, Path], tmp_path: Path) -> None:
    old, new = map(packs.label, zips)
    made = pack.make(packs.request(tmp_path, rows(zips), zips))
    assert (made.people, made.completed, made.overdue) == (4, 2, 1)
    assert made.versions == (old, new)
    folder = tmp_path / "evidence"
    names = [f"version-{one.replace(' ', '-')}.html" for one in (old, new)]
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        ["index.html", "manifest.json", "people.html", "people.xlsx", *names]
    )
    first, second = (text(folder / name) for name in names)
    for words in (
        "Lock the front door.",
        "Which door?",
        "Right answer: a. The front door",
        "The back door has no lock.",
        "Ask for a key?",
        "Where is your key?",
        "outside (https://www.example.org/)",
    ):
        assert words in first
    assert "Lock every door." in second
    assert f"What changed since version {old}" in second
    assert "The page “Locks”: its words changed. “Lock the front door" in second
    assert "The question “Ask for the key?”: its words changed. “Ask for a key? True" in second
    assert "Seen by 2 Completed by 1 Completed on 2025-11-01" in first
    for page in folder.glob("*.html"):
        assert "These files name people" in text(page)


def test_no_cell_of_the_workbook_is_a_formula(zips: tuple[Path, Path], tmp_path: Path) -> None:
    pack.make(packs.request(tmp_path, rows(zips), zips))
    book = load_workbook(tmp_path / "evidence/people.xlsx")
    assert book.sheetnames == ["People", "Versions", "Approvals", "Missing"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells)
    new = packs.label(zips[1])
    people = [[cell.value or "" for cell in row] for row in book["People"].iter_rows()]
    assert people[0][:3] == ["Name", "Email address", "Attempt"]
    assert [row[0] for row in people] == ["Name", "=1+1", "Ben", "Cai", "Dee"]
    assert people[2][5:] == [
        packs.label(zips[0]),
        new,
        new,
        "passed",
        "2026-11-28",
        "80",
        "filled in",
        "2027-11-28",
    ]


def test_evidence_lists_skipped_pages_only_if_report_has_them(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = packs.with_test_out(tmp_path_factory)
    begun = seen(packs.label(path))
    shown = [Row("Ann", [begun, ("test-out_doors", "locks", "neutral")]), Row("Ben", [begun])]
    for name, rows in (("with", shown), ("without", shown[1:])):
        folder = tmp_path / name
        folder.mkdir()
        pack.make(packs.request(folder, rows, [path]))
        sheet = load_workbook(folder / "evidence/people.xlsx")["People"]
        heads, *people = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
        page = text(folder / "evidence/people.html")
        if name == "with":
            assert heads[-2:] == ["Due again on", "Shown by test"]
            assert [row[-1] for row in people] == ["Doors: “Locks”", ""]
            assert "“Shown by test” lists the pages that trainees need not read" in page
        else:
            assert heads[-1] == "Due again on"
            assert "Shown by test" not in page


def test_gaps_in_the_evidence_are_listed(zips: tuple[Path, Path], tmp_path: Path) -> None:
    strange = seen("2.0.0 7KQ2-M9XR")
    more = [
        Row("Eve", [strange, DOOR], score="50"),
        Row("Fay", [seen(packs.label(zips[0])), DOOR], score="90"),
        Row("Gil", [seen(packs.label(zips[0])), DOOR], score="Passed"),
    ]
    made = pack.make(packs.request(tmp_path, [*rows(zips), *more], zips))
    page = text(tmp_path / "evidence/index.html")
    for words in made.missing:
        assert words.replace("'", "&#x27;") in page
    said = "\n".join(made.missing)
    assert "Not started: Dee." in said
    assert "whether they completed it: Cai." in said
    assert "Not completed, or failed: Eve." in said
    assert "Reached the pass mark, and no pass was reported: Fay." in said
    assert "does not say with which version and when: Gil." in said
    assert "Began with one version and ended with another: Ben." in said
    assert "Version 2.0.0 7KQ2-M9XR was seen in 1 attempt, " in said
    assert f"Version {packs.label(zips[0])}: nobody approved " in said


def test_document_of_an_approval_is_named(zips: tuple[Path, Path], tmp_path: Path) -> None:
    outline = updating.read(zips[1])[0]
    assert outline
    code = next(one.code for one in outline.wording if one.part == "page/locks")
    file = tmp_path / "approvals.yaml"
    digest = "0123456789abcdef" * 4
    file.write_text(
        f"- {{part: page/locks, by: Kim Hall, on: 2026-11-20, code: {code}, "
        f"evidence: {{file: back.docx, sha256: {digest}}}}}\n",
        "utf-8",
    )
    asked = packs.request(tmp_path, rows(zips), zips)
    pack.make(pack.Request(asked.reports, asked.packages, (file,), asked.output, "", packs.TODAY))
    *_, new = (text(path) for path in sorted((tmp_path / "evidence").glob("version-*.html")))
    assert f"{code} Kim Hall 2026-11-20 back.docx, SHA-256 {digest}" in new


def test_names_come_from_files_of_approvals(zips: tuple[Path, Path], tmp_path: Path) -> None:
    outline = updating.read(zips[1])[0]
    assert outline
    code = next(one.code for one in outline.wording if one.part == "page/locks")
    file = tmp_path / "approvals.yaml"
    file.write_text(
        f"- {{part: page/locks, by: Kim Hall, on: 2026-11-20, code: {code}}}\n", "utf-8"
    )
    asked = packs.request(tmp_path, rows(zips), zips)
    pack.make(pack.Request(asked.reports, asked.packages, (file,), asked.output, "", packs.TODAY))
    old, new = (text(path) for path in sorted((tmp_path / "evidence").glob("version-*.html")))
    assert f"page/locks Locks {code} Kim Hall 2026-11-20" in new
    assert "Kim Hall" not in old


def test_one_person_only(zips: tuple[Path, Path], tmp_path: Path) -> None:
    pack.make(packs.request(tmp_path, rows(zips), zips, person="BEN@example.com"))
    everything = "".join(text(path) for path in (tmp_path / "evidence").glob("*.html"))
    assert "Ben" in everything
    assert not {"Cai", "Dee"} & set(everything.split())
    (tmp_path / "other").mkdir()
    with pytest.raises(ReportError, match="No row of the reports has “Zoe”"):
        pack.make(packs.request(tmp_path / "other", rows(zips), zips, person="Zoe"))


def test_the_same_request_gives_the_same_bytes(zips: tuple[Path, Path], tmp_path: Path) -> None:
    seals = set()
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        seals.add(pack.make(packs.request(tmp_path / name, rows(zips), zips)).seal)
    assert len(seals) == 1


def test_a_change_is_found(zips: tuple[Path, Path], tmp_path: Path) -> None:
    made = pack.make(packs.request(tmp_path, rows(zips), zips))
    folder = tmp_path / "evidence"
    listed = json.loads((folder / "manifest.json").read_bytes())["files"]
    assert (
        listed["people.html"] == hashlib.sha256((folder / "people.html").read_bytes()).hexdigest()
    )
    assert manifest.check(folder) == manifest.Checked(5, (), made.seal)
    (folder / "people.html").write_text("Nobody", "utf-8")
    (folder / "people.xlsx").unlink()
    (folder / "more.txt").write_text("", "utf-8")
    assert manifest.check(folder).problems == (
        "“people.html” was changed.",
        "“people.xlsx” is missing.",
        "“more.txt” was added.",
    )


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": 1, "files": {"a": "b"}}'])
def test_a_folder_without_a_valid_manifest_is_rejected(content: str, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(content, "utf-8")
    with pytest.raises(ReportError, match="is not a manifest of evidence"):
        manifest.check(tmp_path)
    (tmp_path / "manifest.json").unlink()
    with pytest.raises(ReportError, match="cannot be checked"):
        manifest.check(tmp_path)


def test_evidence_is_written_completely_or_not_at_all(
    zips: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*given: object) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(pack.workbook, "content", fail)
    with pytest.raises(ReportError, match="the disk is full"):
        pack.make(packs.request(tmp_path, rows(zips), zips))
    assert [path.name for path in tmp_path.iterdir()] == ["report.txt"]


def test_an_existing_folder_is_never_replaced(zips: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "evidence").mkdir()
    with pytest.raises(ReportError, match="exists already"):
        pack.make(packs.request(tmp_path, rows(zips), zips))
    assert list((tmp_path / "evidence").iterdir()) == []


def test_a_package_that_was_edited_runs_nothing(tmp_path: Path) -> None:
    path = packs.package(tmp_path, "1.0.0", "<script>alert(1)</script> [x](javascript:alert(1))")
    pack.make(packs.request(tmp_path, [Row("Ann", [DOOR])], [path]))
    page = next((tmp_path / "evidence").glob("version-*.html")).read_text("utf-8")
    assert "<script" not in page
    assert "javascript:" not in page.replace("(javascript:alert(1))", "")


def run(*words: object) -> tuple[int, str]:
    result = CliRunner().invoke(cli.main, ["results", *map(str, words)])
    return result.exit_code, result.output


def test_the_command(
    zips: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "_today", lambda: packs.TODAY)
    asked = packs.request(tmp_path, rows(zips), zips)
    names = [word for path in zips for word in ("--package", path)]
    code, output = run(*asked.reports, *names, "--evidence", "-o", asked.output)
    assert code == 0
    assert "It names people" in output
    assert "2 of 4 people completed a version that the report names; 1 is due again." in output
    assert run("--check", asked.output)[0] == 0
    (asked.output / "people.html").unlink()
    code, output = run("--check", asked.output)
    assert (code, "“people.html” is missing." in output) == (1, True)


@pytest.mark.parametrize("option", [["--csv", "t.csv"], ["--json"], ["--texts"], ["--names"]])
def test_evidence_mixes_with_no_other_output(
    option: list[str], zips: tuple[Path, Path], tmp_path: Path
) -> None:
    asked = packs.request(tmp_path, rows(zips), zips)
    words = (*asked.reports, "--package", zips[0], "--evidence", "-o", asked.output, *option)
    code, output = run(*words)
    assert (code, f"{option[0]} cannot be used with --evidence" in output) == (2, True)
    assert not asked.output.exists()


def test_evidence_in_a_course_folder_is_in_no_package(
    zips: tuple[Path, Path], tmp_path: Path
) -> None:
    path = zips[0]
    course = packs.write(tmp_path, "1.0.0", packs.FIRST)
    asked = packs.request(tmp_path, [Row("Ann", [DOOR])], [path])
    pack.make(pack.Request(asked.reports, (path,), (), course / "evidence", "", packs.TODAY))
    assert built(course, tmp_path / "again").read_bytes() == path.read_bytes()
    words = (*asked.reports, "--package", path, "--course", course, "--evidence", "-o")
    code, output = run(*words, course / "media/evidence")
    assert (code, "Choose a place outside its folders" in output) == (2, True)


def test_words_in_other_languages(tmp_path: Path) -> None:
    course = packs.write(tmp_path, "1.0.0", "the door")
    assert CliRunner().invoke(cli.main, ["translate", str(course), "cy"]).exit_code == 0
    file = course / "translations/cy.po"
    source = file.read_text("utf-8")
    file.write_text(
        source.replace(
            'msgid "Lock the door."\nmsgstr ""', 'msgid "Lock the door."\nmsgstr "Clo."'
        ),
        "utf-8",
    )
    path = built(course, tmp_path / "both")
    pack.make(packs.request(tmp_path, [Row("Ann", [DOOR])], [path]))
    page = text(next((tmp_path / "evidence").glob("version-*.html")))
    assert "Lock the door." in page
    assert "cy Clo." in page
    with zipfile.ZipFile(path) as package:
        visits = [name for name in package.namelist() if name.startswith("assets/visit")]
        versions = [
            re.findall(r'"version":"([^"]+)"', package.read(name).decode()) for name in visits
        ]
    assert versions == [[packs.label(path)]] * 2
