"""What render, manifest and package make together is what verify asks for."""

from dataclasses import replace
from pathlib import Path

import pytest

from builder.course.model import Course
from builder.package import archive, manifest, render
from builder.package.artifacts import MANIFEST, Member
from builder.package.plan import plan
from builder.package.verify import judge
from tests.support.courses import COURSE
from tests.verify.packages import messages


def build(path: Path, course: Course = COURSE, listed: Course | None = None) -> list[str]:
    """Pack a course, with the manifest of another one where ``listed`` is given; what is wrong."""
    planned = plan(course)
    files = render.render(planned)
    listing = manifest.build(plan(listed or course), [file.name for file in files])
    members, _ = archive.seal([*files, Member(MANIFEST, listing)])
    _, found = archive.publish(members, path, judge)
    return [one.message for one in found]


def test_a_course_becomes_a_sound_package(tmp_path: Path) -> None:
    build(tmp_path / "a.zip")
    assert messages(tmp_path / "a.zip") == []


def test_two_builds_of_a_course_are_the_same(tmp_path: Path) -> None:
    build(tmp_path / "a.zip")
    build(tmp_path / "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def judged_by(mark: int | None) -> Course:
    return replace(COURSE, tracking=replace(COURSE.tracking, mastery=mark))


def test_a_course_with_its_mark_in_the_manifest_is_sound(tmp_path: Path) -> None:
    build(tmp_path / "a.zip", judged_by(80))
    assert messages(tmp_path / "a.zip") == []


@pytest.mark.parametrize(
    ("course", "listed", "words"),
    [
        (80, 70, "its mastery score is “70”, but course.json has “80”"),
        (None, 80, "its mastery score is “80”, but course.json has none"),
        (80, None, "its mastery score is none, but course.json has “80”"),
    ],
)
def test_manifest_mastery_score_must_match_the_player(
    tmp_path: Path, course: int | None, listed: int | None, words: str
) -> None:
    found = build(tmp_path / "a.zip", judged_by(course), judged_by(listed))
    assert found == [f"The manifest has a wrong value: {words}."]
