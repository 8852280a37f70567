"""The phrases that ``make lint`` looks for are found, and so are typing errors."""

import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.support.commands import run
from tools.phrases import LIST, find, read_phrases

PHRASES = read_phrases(
    "# a comment\n\n[everywhere]\nhas to be had = is needed\n\n[documents]\nanew = again\n"
)


def write(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def found(root: Path) -> list[str]:
    return [str(hit) for hit in find(root, PHRASES)]


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("docs/page.md", "One line.\n\nIt HAS to be had.\n", 3),
        ("builder/a/b.py", '"""Says that it has\nto be had."""\n', 1),
        ("builder/c.py", "x = 1\n# It has to\n# be had.\n", 2),
        ("builder/d.py", 'x = (\n    "it has "\n    "to be had"\n)\n', 2),
        ("templates/player/e.ts", "/**\n * It has to be\n * had.\n */\n", 2),
        ("templates/page.html.j2", "<p>It has to be had.</p>\n", 1),
        ("tools/f.py", "# has to be had\n", 1),
    ],
)
def test_a_phrase_is_found(tmp_path: Path, name: str, text: str, line: int) -> None:
    write(tmp_path, name, text)
    [hit] = found(tmp_path)
    assert hit.startswith(f"{name}:{line}: “")
    assert hit.endswith("reads as if translated. Write: is needed.")


def test_a_phrase_of_documents_is_found_there_alone(tmp_path: Path) -> None:
    for name in ("README.md", "templates/player/README.md", "templates/i18n/interface.pot"):
        write(tmp_path, name, "Once anew.\n")
    write(tmp_path, "builder/a.py", "# Once anew.\n")
    assert [hit.split(":")[0] for hit in found(tmp_path)] == [
        *("README.md", "templates/i18n/interface.pot", "templates/player/README.md"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The canewood.\n",
        "```\n$ scorm-builder build\nanew\n```\n",
        "<!-- keys: Quiz -->\n| Key |\n| --- |\n| anew |\n",
        "<!-- profiles: made by tools/systems.py -->\nanew\n<!-- /profiles -->\n",
    ],
)
def test_nothing_is_found_in_other_words_and_generated_blocks(tmp_path: Path, text: str) -> None:
    write(tmp_path, "docs/page.md", text)
    assert found(tmp_path) == []


def test_generated_scripts_are_skipped(tmp_path: Path) -> None:
    write(tmp_path, "templates/parts/a.js", "// It has to be had.\n")
    assert found(tmp_path) == []


def test_a_phrase_without_advice_is_an_error() -> None:
    with pytest.raises(ValueError, match="“anew” has no “ = ”"):
        read_phrases("[documents]\nanew\n")


def test_the_list_can_be_read_and_has_no_phrase_twice() -> None:
    phrases = [phrase.pattern.pattern for phrase in read_phrases(LIST.read_text("utf-8"))]
    assert len(phrases) > 30
    assert len(phrases) == len(set(phrases))


def test_codespell_finds_a_typing_error_but_not_names(tmp_path: Path) -> None:
    wrong = "tra" + "inning"  # Written in pieces, or codespell would find it here.
    write(tmp_path, "page.md", f"The {wrong} of fillIn.\n")
    result = run(
        *(sys.executable, "-m", "codespell_lib", "--toml", str(ROOT / "pyproject.toml")),
        str(tmp_path / "page.md"),
    )
    assert result.returncode == 65
    assert result.stdout.split(": ")[-1] == f"{wrong} ==> training\n"
