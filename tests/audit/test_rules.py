"""Each rule of the audit finds its fault in the smallest package that has it, and nothing in the
clean twin. ``rules/SUBJECT.txt`` has the cases ``CODE wrong`` and ``CODE right`` for the rules of
``builder/audit/rules/SUBJECT.py``, in the notation of ``packages.py``."""

import importlib
import re
from pathlib import Path

import pytest

from builder.audit import ANYWHERE, SYSTEMS, audit
from builder.audit.rules import RULES
from builder.audit.rules.rule import Rule
from builder.cli import explain
from builder.diagnostics.codes import CATALOGUE as OTHERS
from tests.audit import packages
from tests.support import cases

SUBJECTS = {
    path.stem: cases.read(path) for path in sorted((Path(__file__).parent / "rules").iterdir())
}
CASES = {title: case for subject in SUBJECTS.values() for title, case in subject.items()}
WRONG = [title for title in CASES if title.split()[1] == "wrong"]
NO_PACKAGE = {"zip-refused", "size-limit"}
"""Rules that other tests prove, with hostile archives and with hundreds of megabytes."""
CODES = [rule.code for rule in RULES if rule.code not in NO_PACKAGE]


def found(title: str, folder: Path) -> list[str]:
    package = packages.read(CASES[title])
    path = package.zipped(folder / "course.zip")
    against = package.old.zipped(folder / "old.zip") if package.old else None
    return [one.code for one in audit(path, against=against).findings]


@pytest.mark.whole
@pytest.mark.parametrize("title", WRONG)
def test_a_rule_finds_its_fault_alone(title: str, tmp_path: Path) -> None:
    assert found(title, tmp_path) == [title.split()[0]]


@pytest.mark.whole
@pytest.mark.parametrize("code", CODES)
def test_a_rule_finds_nothing_in_the_clean_twin(code: str, tmp_path: Path) -> None:
    assert found(f"{code} right", tmp_path) == []


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_rule_of_a_subject_has_its_cases(subject: str) -> None:
    rules = importlib.import_module(f"builder.audit.rules.{subject}").RULES
    codes = [rule.code for rule in rules if rule.code not in NO_PACKAGE]
    wrong = {title.split()[0] for title in SUBJECTS[subject] if title in WRONG}
    assert list(dict.fromkeys(title.split()[0] for title in SUBJECTS[subject])) == codes
    assert wrong == set(codes)


def test_every_case_belongs_to_a_rule() -> None:
    assert {title for title in CASES if title not in WRONG} == {f"{code} right" for code in CODES}
    assert {title.split()[0] for title in WRONG} == set(CODES)


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
        for line in explain.catalogue(RULES).split("\n")
        if line.startswith(f"{rule.code} ")
    ]
    assert "…" not in listed
    assert listed.endswith(".")
    explanation = explain.audit_explanation(rule)
    assert f"\n\n{listed}\n\n{rule.explanation}\n\n" in explanation
    assert "What to do: …" not in explanation
