"""What a diagnostic proposes makes nothing worse: each value is written into the source, and the
course is judged again."""

import re
import shutil
import tempfile
from collections import Counter
from pathlib import Path

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from builder.diagnostics.diagnostic import Diagnostic, Severity
from tests.support.golden import CASES, Case, changed
from tests.validate.courses import changed as changed_good
from tests.validate.courses import judge
from tests.validate.following import follow, proposals

OTHERS = ("approval-", "-unapproved", "-unused")
"""Parts of codes that any edit brings, since somebody must look at it, or that wait until there is
no error."""

PROPOSING = [case for case in CASES if any(proposals(case.expected))]


def found(folder: Path) -> list[Diagnostic]:
    every = judge(folder)[1]
    return [one for one in every if not any(part in one.code for part in OTHERS)]


def worse(before: list[Diagnostic], after: list[Diagnostic], followed: Diagnostic) -> list[str]:
    """What is said more often, or of more people, than before."""
    more = Counter(one.code for one in after) - Counter(one.code for one in before)
    said = [str(one) for one in after if one.code in more]
    same = [
        sum((one.code, one.message) == (followed.code, followed.message) for one in some)
        for some in (before, after)
    ]
    said += [f"again: {followed}"] * (same[0] <= same[1])
    people = [_people(before), _people(after)]
    said += [f"{now} of 100 for {then}" for then, now in zip(*people, strict=False) if now > then]
    return said


def _people(found: list[Diagnostic]) -> list[int]:
    numbers = (re.match(r"About (\d+) of 100", one.message) for one in found)
    return [int(one[1]) for one in numbers if one]


def outcomes(folder: Path, copies: Path) -> list[str]:
    """What is worse after each proposal of each diagnostic of a course."""
    before = found(folder)
    wrong = []
    for number, one in enumerate(before):
        for choice, (more, values) in enumerate(proposals(one.hint)):
            copy = copies / f"{number}-{choice}"
            shutil.copytree(folder, copy)
            follow(copy, one, more, values)
            wrong += [
                f"{one}\n  {values}, {more} questions: {new}"
                for new in worse(before, found(copy), one)
            ]
    return wrong


@pytest.mark.whole
@pytest.mark.parametrize("case", PROPOSING, ids=lambda case: case.name)
def test_what_is_proposed_makes_nothing_worse(case: Case, tmp_path: Path) -> None:
    assert outcomes(changed(case, tmp_path / "course"), tmp_path / "copies") == []


def choice(options: int) -> dict[str, object]:
    texts = ["At home", "In the garden", "On the road", "By the sea"][:options]
    listed = [{"id": "abcd"[at], "text": text} for at, text in enumerate(texts)]
    return {"type": "choice", "options": [listed[0] | {"correct": True}, *listed[1:]]}


KINDS = {
    "statement": {"type": "true-false", "answer": True},
    "three options": choice(3),
    "four options": choice(4),
    "typed": {"type": "numeric", "answer": {"min": 2, "max": 3}},
    "order": {
        "type": "sequencing",
        "items": [{"id": one, "text": f"Step {one}"} for one in "abcd"],
    },
}
PROMPTS = ("Where is the bell?", "Who calls?", "When do you go?", "What comes after rain?")


def asked(number: int, kind: str) -> dict[str, object]:
    prompt = f"{PROMPTS[number % 4]} {number}"
    return {
        "id": f"q{number}",
        "prompt": prompt,
        "explanation": "So it is.",
        "source": "topic",
        **KINDS[kind],
    }


kinds = st.lists(st.sampled_from([*KINDS, "statement", "four options"]), min_size=1, max_size=9)
ABOUT_ITS_MARK = ("pass-mark-full", "test-out-guessable")
percents = st.sampled_from([0, 30, 50, 60, 66, 75, 80, 90, 100])


@pytest.mark.whole
@settings(max_examples=60, deadline=None)
@given(
    kinds,
    st.integers(1, 6),
    st.integers(0, 4),
    percents,
    st.none() | percents,
    st.integers(0, 3),
    st.booleans(),
)
def test_what_is_proposed_for_any_test_out(
    some: list[str],
    count: int,
    in_quiz: int,
    mark: int,
    own: int | None,
    attempts: int,
    shared: bool,
) -> None:
    with tempfile.TemporaryDirectory() as root:
        folder = Path(root, "course")
        rules = {"count": count, "always": "quiz.md", "attempts": attempts}
        if own is not None:
            rules["pass_mark"] = own
        test_out = "".join(f"      {key}: {value}\n" for key, value in rules.items())
        quiz_rules = "" if shared else "quiz:\n  pass_mark: 100\n"
        quiz = "".join(f"  - q{number}\n" for number in range(min(in_quiz, len(some))))
        changed_good(
            folder,
            ("course.yaml", "pass_mark: 50", f"pass_mark: {mark}"),
            ("course.yaml", "      - quiz.md\n", f"      - quiz.md\n    test_out:\n{test_out}"),
            ("pages/quiz.md", "  - who-to-tell\n", f"  - who-to-tell\n{quiz}{quiz_rules}"),
        )
        questions = [asked(number, kind) for number, kind in enumerate(some)]
        (folder / "questions/bank.yaml").write_text(yaml.safe_dump(questions, sort_keys=False))
        # What is wrong with the quiz is said when there is no error.
        assume(not (shared and any(one.severity is Severity.ERROR for one in found(folder))))
        at = [one.position.line for one in found(folder) if one.code in ABOUT_ITS_MARK]
        assert len(at) == len({*at})
        assert outcomes(folder, Path(root, "copies")) == []


@pytest.mark.whole
@settings(max_examples=40, deadline=None)
@given(
    kinds, st.lists(st.integers(1, 5), max_size=2), percents, st.none() | percents, st.booleans()
)
def test_what_is_proposed_for_any_quiz(
    some: list[str], counts: list[int], mark: int, own: int | None, fixed: bool
) -> None:
    with tempfile.TemporaryDirectory() as root:
        folder = Path(root, "course")
        rules = "" if own is None else f"  pass_mark: {own}\n"
        draws = "".join(
            f"    - {{tag: t{number % 2}, count: {count}}}\n" for number, count in enumerate(counts)
        )
        if draws:
            rules += f"  draw:\n{draws}"
        questions = [
            asked(number, kind) | {"tags": f"t{number % 2}"} for number, kind in enumerate(some)
        ]
        changed_good(
            folder,
            ("course.yaml", "pass_mark: 50", f"pass_mark: {mark}"),
            ("pages/quiz.md", "kind: quiz\n", f"kind: quiz\n{rules and 'quiz:'}\n{rules}"),
            ("pages/quiz.md", "  - who-to-tell\n", "  - who-to-tell\n" if fixed else ""),
        )
        (folder / "questions/bank.yaml").write_text(yaml.safe_dump(questions, sort_keys=False))
        assert outcomes(folder, Path(root, "copies")) == []
