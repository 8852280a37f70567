"""The rules of the house that no linter holds: how long functions, files and lines may be."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.node import Call, running

ROOT = Path(__file__).resolve().parent.parent.parent
TEMPLATES = ROOT / "templates"
PLAYER = TEMPLATES / "player"
MODULES = sorted(PLAYER.rglob("*.ts"))
ROOMS = sorted({path.parent.name for path in MODULES})
OTHERS = sorted(path for path in TEMPLATES.rglob("*.ts") if PLAYER not in path.parents)
FOLDERS = [
    *(f"player/{room}" for room in ROOMS),
    *sorted({path.parent.relative_to(ROOT / "templates").as_posix() for path in OTHERS}),
]
BUILDER = sorted((ROOT / "builder").rglob("*.py"))

LONGEST_FUNCTION, LONGEST_FILE, LONGEST_LINE = 60, 250, 100
LONGEST_PROFILE = 450
"""An LMS is one file, so that all that is believed of it stands together."""


@pytest.fixture(scope="module")
def measure() -> Iterator[Call]:
    with running(Path(__file__).with_name("sizes.mjs")) as call:
        yield call


def of(folder: str) -> dict[str, str]:
    return {
        path.name: path.read_text("utf-8")
        for path in sorted((ROOT / "templates" / folder).glob("*.ts"))
    }


def test_the_rooms_are_those_of_the_contract() -> None:
    rooms = (ROOT / "tools/rooms.mjs").read_text("utf-8").split("const ROWS = [")[1]
    assert sorted(re.findall(r'"(\w+)"', rooms.split("];")[0])) == ROOMS


@pytest.mark.whole
@pytest.mark.parametrize("folder", FOLDERS)
def test_functions_can_be_seen_at_once(measure: Call, folder: str) -> None:
    functions = {
        f"{name}:{line} {function}": lines
        for name, source in of(folder).items()
        for function, line, lines in measure("functions", source)
    }
    assert functions or folder == "player/parts"
    longer = {name: lines for name, lines in functions.items() if lines > LONGEST_FUNCTION}
    assert longer == {}


@pytest.mark.parametrize("folder", FOLDERS)
def test_files_and_lines_are_short(folder: str) -> None:
    sources = of(folder)
    files = {name: source.count("\n") for name, source in sources.items()}
    most = LONGEST_PROFILE if folder == "lms/profiles" else LONGEST_FILE
    longer = [f"{name} has {lines} lines" for name, lines in files.items() if lines > most]
    longer += [
        f"{name}:{number} has {len(line)} characters"
        for name, source in sources.items()
        for number, line in enumerate(source.splitlines(), 1)
        if len(line) > LONGEST_LINE
    ]
    assert longer == []


def test_lines_of_tools_and_tests_are_short() -> None:
    scripts = [*(ROOT / "tools").glob("*.mjs"), *(ROOT / "tests").rglob("*.mjs")]
    assert len(scripts) > 10
    longer = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in scripts
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if len(line) > LONGEST_LINE
    ]
    assert longer == []


def test_types_have_no_any() -> None:
    # In a type, any follows or precedes a sign; in a sentence, letters.
    anything = re.compile(r"[<(|:=] ?any\b(?! [a-z])|\bany\[\]|\bas any[;,)]")
    assert anything.search("thing: any;")
    assert anything.search("(thing as any)")
    found = [
        f"{path.relative_to(TEMPLATES)}: {match.group()}"
        for path in [*MODULES, *OTHERS]
        for match in anything.finditer(path.read_text("utf-8"))
    ]
    assert found == []


@pytest.mark.whole
def test_functions_of_the_builder_can_be_seen_at_once() -> None:
    functions = {
        f"{path.relative_to(ROOT)} {node.name}": node.end_lineno - node.lineno + 1
        for path in BUILDER
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno
    }
    assert len(functions) > 500
    assert [name for name, lines in functions.items() if lines > LONGEST_FUNCTION] == []


def test_a_long_function_is_found(measure: Call) -> None:
    source = "const short = () => 1;\nexport function long() {\n" + "  short();\n" * 60 + "}\n"
    assert measure("functions", source) == [["short", 1, 1], ["long", 2, 62]]
