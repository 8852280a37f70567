"""The files that are given to ``import``: which can be read at all, and how they are named."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from builder import cli

LONE = "Which?\nA) x\nB) y\nANSWER: A\n\nlone\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def imported(*arguments: str) -> Result:
    return CliRunner().invoke(cli.main, ["import", *arguments], catch_exceptions=False)


@pytest.mark.parametrize("named", [(), ("--from", "gift"), ("--from", "xlsx"), ("--from", "qti")])
def test_pipe_or_device_is_refused_for_import(named: tuple[str, ...]) -> None:
    os.mkfifo("pipe.gift")
    result = imported("pipe.gift", "/dev/zero", *named)
    why = "error file-unreadable This cannot be read: it is a folder, a device or a pipe."
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        f"pipe.gift: {why}\n"
        f"/dev/zero: {why}\n"
        "    Put a file that you have permission to read in its place, with the same name.\n"
    )


def test_problem_shows_file_path_as_author_typed_it() -> None:
    Path("banks").mkdir()
    Path("banks/bank.txt").write_text(LONE, "utf-8")
    Path("bank.txt").write_text("1\n2\n3\n4\n5\nanother file\n", "utf-8")
    result = imported("banks/bank.txt", "--dry-run")
    assert result.exit_code == 0
    assert "banks/bank.txt:6: warning bank-line “lone” is text on the page" in result.stdout
    assert "    6 | lone\n" in result.stdout
    assert "another file" not in result.stdout


def test_unreadable_word_file_is_named_with_its_path() -> None:
    Path("banks").mkdir()
    Path("banks/course.docx").write_bytes(b"PK\x05\x06" + b"\0" * 18)
    result = imported("banks/course.docx")
    assert result.exit_code == 1
    assert result.stderr.startswith("banks/course.docx: error word-")


def test_a_program_reads_why_no_course_was_made() -> None:
    Path("banks").mkdir()
    Path("banks/bank.xml").write_text("<quiz>\n<question></quiz>", "utf-8")
    result = imported("banks/bank.xml", "--json")
    assert (result.exit_code, result.stderr) == (1, "")
    told = json.loads(result.stdout)
    [wrong] = told.pop("problems")
    assert told == {"source": "banks/bank.xml", "folder": None}
    assert [wrong[key] for key in ("file", "line", "column", "code")] == [
        *("banks/bank.xml", 2, 18, "bank-damaged"),
    ]
