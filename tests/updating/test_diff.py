"""``scorm-builder diff`` as an author meets it: words, JSON, exit codes.

``tests/golden/compare.txt`` has changes to the good course in ``tests/golden/course``, and what the
command then says. ``pytest tests/updating/test_diff.py --regenerate`` writes that again.
"""

import json
import shutil
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from builder import cli
from tests.support.golden import GOLDEN, read
from tests.verify.packages import SOUND, pack

CASES = {case.name: case for case in read(GOLDEN / "compare.txt")}
ZIP = "dist/good-course-1.0.0.zip"


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(GOLDEN / "course", "old")
    shutil.copytree(GOLDEN / "course", "new")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.main, arguments, catch_exceptions=False)


def edited(case: str) -> None:
    CASES[case].apply(Path("new"))


@pytest.mark.parametrize("case", CASES)
def test_what_an_author_reads(case: str, request: pytest.FixtureRequest) -> None:
    edited(case)
    result = run("diff", "old", "new")
    message = f"{result.stdout}exit {result.exit_code}\n"
    if request.config.getoption("--regenerate"):
        CASES[case].write_expected(message)
    else:
        assert message == CASES[case].expected


def test_package_and_its_own_folder_show_no_difference() -> None:
    run("build", "old")
    result = run("diff", ZIP, "old")
    assert result.exit_code == 0
    assert "Nothing has changed for trainees." in result.stdout
    run("build", "new", "-o", "other")
    assert "byte for byte" in run("diff", ZIP, "other/good-course-1.0.0.zip").stdout


def test_package_edited_after_build_is_not_called_identical() -> None:
    run("build", "old")
    with zipfile.ZipFile(ZIP) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    pack(Path("edited.zip"), files | {"index.html": b"<title>Mine</title>"})
    pack(Path("packed-anew.zip"), files)
    for name in ("edited.zip", "packed-anew.zip"):
        for arguments in ((ZIP, name), (name, ZIP)):
            output = " ".join(run("diff", *arguments).stdout.split())
            assert "byte for byte" not in output
            assert (
                "Both packages have the same build id but different bytes: one was changed or "
                "zipped again. Only their course.json files were compared."
            ) in output
            assert json.loads(run("diff", *arguments, "--json").stdout)["identical"] is False
        output = " ".join(run("audit", name, "--against", ZIP).stdout.split())
        assert "byte for byte" not in output
    shutil.copy("edited.zip", "again.zip")
    assert "byte for byte" in run("diff", "edited.zip", "again.zip").stdout


def test_json_has_all_that_the_text_has() -> None:
    edited("mistakes")
    result = run("diff", "old", "new", "--json")
    found = json.loads(result.stdout)
    assert result.exit_code == 1
    assert (found["lost"], found["suspicious"], found["same_course"]) == (True, True, True)
    assert [(one["id"], one["fate"], one["lost"]) for one in found["questions"]] == [
        ("any-child", "kept", False),
        ("whom-to-tell", "new", False),
        ("who-to-tell", "gone", True),
    ]
    assert found["questions"][0] == {
        "id": "any-child",
        "title": "Every child can be at risk.",
        "fate": "kept",
        "lost": False,
        "was": None,
        "why": None,
        "pages": ["topic", "quiz"],
        "notes": ["key"],
    }
    assert [(one["code"], one["kind"], one["id"]) for one in found["suspicions"]] == [
        ("key", "question", "any-child"),
        ("limit", "record", "signs"),
        ("was", "question", "whom-to-tell"),
    ]
    assert [*found["trainees"]] == ["not_started", "half_way", "finished", "failed"]


@pytest.mark.parametrize("arguments", [(), ("old",), ("old", "nowhere.zip"), ("old", "new", "x")])
def test_a_wrong_command(arguments: tuple[str, ...]) -> None:
    result = run("diff", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")


def test_unreadable_packages_are_both_reported() -> None:
    foreign = pack(Path("foreign.zip"), SOUND)
    page = Path("new/pages/topic.md")
    page.write_text(page.read_text("utf-8").replace("any-child", "no-child"), "utf-8")
    result = run("diff", str(foreign), "new")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "foreign.zip: error package-foreign This package cannot be read: it has no" in (
        result.stderr
    )
    assert f"{Path('new/pages/topic.md')}:14:1: error question-unknown" in result.stderr


def test_foreign_package_text_contains_no_terminal_controls() -> None:
    run("build", "old")
    files = {}
    with zipfile.ZipFile(ZIP) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    outline = json.loads(files["course.json"])
    outline["title"] = "\x1b[2J"
    outline["pages"][0]["title"] = "\x1b[2J"
    outline["pages"][0]["key"] = "none"
    pack(Path("odd.zip"), files | {"course.json": json.dumps(outline).encode()})
    assert "\x1b" not in run("diff", ZIP, "odd.zip").stdout


def test_build_since_package_warns_of_losses_and_mistakes() -> None:
    run("build", "old")
    edited("mistakes")
    result = run("build", "new", "-o", "other", "--since", ZIP)
    assert result.exit_code == 0
    lines = [line for line in result.stdout.splitlines() if ": warning " in line]
    odd = "warning since-odd This edit looks like a mistake."
    assert lines[0] == (
        f"{Path('new/course.yaml')}: warning since-lost Trainees who have started lose something: "
        "the question “who-to-tell” was removed."
    )
    page, bank = Path("new/pages/checklist.md"), Path("new/questions/all.yaml")
    assert [line.partition(" Its ")[0].partition(" The ")[0] for line in lines[1:3]] == [
        f"{page}:5:5: {odd}",
        f"{bank}:1:3: {odd}",
    ]
    renamed = "“who-to-tell” was removed, and the new “whom-to-tell” is similar to it."
    assert lines[3:] == [f"{bank}:8:3: {odd} {renamed}"]
    assert "  half-way     What they did on 4 pages, 1 question and 1 record item counts." in (
        result.stdout
    )
    assert run("build", "new", "-o", "strict", "--strict", "--since", ZIP).exit_code == 1
    assert not Path("strict").exists()


def test_lossless_build_since_package_passes_strict_and_json() -> None:
    run("build", "old")
    edited("wording")
    result = run("build", "new", "--strict", "--since", ZIP, "--json")
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert found["diagnostics"] == []
    assert found["package"]["since"]["half_way"] == ["Everything that they did still counts."]


def test_a_build_since_a_foreign_package_is_refused() -> None:
    result = run("build", "new", "--since", str(pack(Path("foreign.zip"), SOUND)))
    assert result.exit_code == 1
    assert "foreign.zip: error package-foreign" in result.stderr
    assert not Path("dist").exists()
