"""Which courses have a certificate, and that none stops fitting because of it."""

from pathlib import Path

import pytest

from builder.course import state
from builder.course.model import Certificate, Course
from tests.validate.courses import changed, judge

COURSE = "course.yaml"
BARE = (COURSE, "  - checklist.md\n", "")


def made(folder: Path, *changes: tuple[str, str, str]) -> Course:
    course, problems = judge(changed(folder, *changes))
    assert course is not None, problems
    return course


def without_record(folder: Path) -> Path:
    """The good course without its record, and without links to it."""
    changed(folder, BARE)
    (folder / "pages/checklist.md").unlink()
    return folder


def written(folder: Path, more: str) -> Course:
    file = folder / COURSE
    file.write_text(file.read_text("utf-8") + more, "utf-8")
    course, problems = judge(folder)
    assert course is not None, problems
    return course


@pytest.mark.parametrize(
    ("more", "certificate"),
    [
        ("", Certificate()),
        ("certificate: no\n", None),
        ("certificate: {signed_by: Jo Smith}\n", Certificate(("Jo Smith",))),
        ("certificate: {show: no, signed_by: Jo Smith}\n", None),
    ],
)
def test_course_without_record_has_certificate_unless_disabled(
    tmp_path: Path, more: str, certificate: Certificate | None
) -> None:
    assert written(without_record(tmp_path / "course"), more).certificate == certificate


@pytest.mark.parametrize(
    ("more", "certificate"),
    [
        ("", None),
        ("certificate: yes\n", Certificate()),
        ("certificate: {show: yes, signed_by: [A, B]}\n", Certificate(("A", "B"))),
        # Who signs it says nothing of whether there is one.
        ("certificate: {signed_by: A}\n", None),
    ],
)
def test_course_with_record_has_certificate_only_if_enabled(
    tmp_path: Path, more: str, certificate: Certificate | None
) -> None:
    folder = changed(tmp_path / "course", (COURSE, "", more))
    course, _ = judge(folder)
    assert course is not None
    assert course.certificate == certificate


def reflecting(folder: Path, limits: list[int]) -> Course:
    """The course with a reflection of so many letters for each of these, on a page each."""
    pages = [f"more-{number}" for number in range(len(limits))]
    listed = "".join(f"  - {name}.md\n" for name in pages)
    course = without_record(folder)
    file = course / COURSE
    file.write_text(file.read_text("utf-8").replace("pages:\n", f"pages:\n{listed}", 1), "utf-8")
    for name in pages:
        text = f"---\ntitle: Title of {name}\n---\nText.\n\n::: check {name}\n"
        (course / f"pages/{name}.md").write_text(text, "utf-8")
    questions = "".join(
        f"- id: {name}\n  type: reflection\n  prompt: What of {name}?\n  limit: {limit}\n"
        for name, limit in zip(pages, limits, strict=True)
    )
    (course / "questions/words.yaml").write_text(questions, "utf-8")
    made, problems = judge(course)
    assert made is not None, [problem for problem in problems if problem.severity == "error"]
    assert "state-near-limit" not in [problem.code for problem in problems]
    return made


def test_default_certificate_is_dropped_when_space_is_short(tmp_path: Path) -> None:
    near = int(state.LIMIT * state.NEAR_LIMIT)
    filled = reflecting(tmp_path / "some", [360] * 7 + [100])
    assert filled.certificate
    room = near - filled.worst_state
    last = reflecting(tmp_path / "last", [360] * 7 + [100 + room])
    assert last.certificate
    assert last.worst_state == near
    more = reflecting(tmp_path / "more", [360] * 7 + [100 + room + 1])
    assert more.certificate is None
    assert more.worst_state == near + 1 - state.day_size()
