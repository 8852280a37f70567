"""The planted faults can still be planted, and ``tests/README.md`` lists them."""

import ast
import re
from collections import Counter

import pytest

from tests.planted.__main__ import main
from tests.planted.table import AREAS, DOCUMENT, FAULTS, ROOT, Fault, compose

_LINE_NUMBER = re.compile(r":\d+`")
GENERATED = "tests/test_player_bundle.py"
"""It compares generated files with their sources, and would catch every fault of the player."""


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_fits_its_file_once(fault: Fault) -> None:
    text = (ROOT / fault.file).read_text("utf-8")
    assert fault.planted(text) != text
    assert fault.line(text) >= 1


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_names_a_test_that_exists(fault: Fault) -> None:
    file, _, name = fault.caught_by.partition("::")
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    tests = [node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    assert name.partition("[")[0] in tests
    assert file != GENERATED


def test_each_area_has_five_faults_with_different_names() -> None:
    assert Counter(fault.area for fault in FAULTS) == dict.fromkeys(AREAS, 5)
    assert len({fault.name for fault in FAULTS}) == len(FAULTS)


def test_a_fault_that_no_longer_fits_is_refused() -> None:
    fault = Fault("name", AREAS[0], "file.py", "what", "old", "new", "tests/test_file.py::test")
    assert fault.planted("one old\n") == "one new\n"
    assert fault.line("first\none old\n") == 2
    for text in ("none", "old and old"):
        with pytest.raises(ValueError, match=r"^name: file\.py has this"):
            fault.planted(text)


def test_the_readme_lists_the_faults_as_they_are() -> None:
    """After a change of them: ``make checks``. That also writes the line numbers, which every edit
    above a fault changes; they are not compared here."""
    text = DOCUMENT.read_text("utf-8")
    assert _LINE_NUMBER.sub("`", compose(text)) == _LINE_NUMBER.sub("`", text)


def test_unknown_faults_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bitrot"]) == 2
    assert "planted: no bitrot; there are: saved-without-proof, " in capsys.readouterr().err
