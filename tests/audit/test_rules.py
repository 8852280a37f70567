"""Each rule of the audit finds its fault in the smallest package that has it, and nothing in the
clean twin: ``rules/CODE/wrong.txt`` and ``right.txt``, in the notation of ``packages.py``."""

import re
from pathlib import Path

import pytest

from builder.audit import ANYWHERE, SYSTEMS, audit
from builder.audit.rules import RULES
from builder.audit.rules.rule import Rule
from builder.codes import CATALOGUE as OTHERS
from builder.report.audited import explained
from tests.audit import packages

FOLDER = Path(__file__).parent / "rules"
NO_PACKAGE = {"zip-refused", "size-limit"}
"""What other tests show: archives of every hostile kind, and sizes of hundreds of megabytes."""
WRONG = sorted(FOLDER.glob("*/wrong*.txt"))
CODES = [rule.code for rule in RULES if rule.code not in NO_PACKAGE]


def found(case: Path, folder: Path) -> list[str]:
    package = packages.read(case.read_text("utf-8"))
    path = package.zipped(folder / "course.zip")
    against = package.old.zipped(folder / "old.zip") if package.old else None
    return [one.code for one in audit(path, against=against).findings]


@pytest.mark.parametrize("case", WRONG, ids=lambda case: f"{case.parent.name}-{case.stem}")
def test_a_rule_finds_its_fault_alone(case: Path, tmp_path: Path) -> None:
    assert found(case, tmp_path) == [case.parent.name]


@pytest.mark.parametrize("code", CODES)
def test_a_rule_finds_nothing_in_the_clean_twin(code: str, tmp_path: Path) -> None:
    assert found(FOLDER / code / "right.txt", tmp_path) == []


def test_every_rule_has_its_folder_and_none_is_left() -> None:
    assert sorted(one.name for one in FOLDER.iterdir()) == sorted(CODES)
    assert {case.parent.name for case in WRONG} == set(CODES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_says_all_that_people_need(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", rule.code)
    assert rule.code not in OTHERS
    assert set(rule.effects) <= {*SYSTEMS, ANYWHERE}
    assert rule.effects
    assert rule.message.endswith(".")
    assert rule.explanation.endswith(".")
    assert rule.hint
    assert rule.wrong != rule.right
    # The end of a sentence is put behind it.
    assert not any(what.endswith(".") for what in rule.effects.values())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_says_something_without_a_package(rule: Rule) -> None:
    [listed] = [
        line.partition(" ")[2].strip()
        for line in explained.catalogue().split("\n")
        if line.startswith(f"{rule.code} ")
    ]
    assert "…" not in listed
    assert listed.endswith(".")
    explanation = explained.explanation(rule)
    assert f"\n\n{listed}\n\n{rule.explanation}\n\n" in explanation
    assert "What to do: …" not in explanation


def test_a_rule_is_a_module_of_its_name() -> None:
    modules = {path.stem for path in (Path("builder") / "audit" / "rules").glob("*.py")}
    assert {rule.code.replace("-", "_") for rule in RULES} == modules - {"__init__", "rule"}
