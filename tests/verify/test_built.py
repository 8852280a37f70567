"""What render, manifest and package make together is what verify asks for."""

from pathlib import Path

from builder import manifest, package, render
from builder.artifacts import MANIFEST, Member
from builder.plan import plan
from builder.verify import judge
from tests.courses import COURSE
from tests.verify.packages import messages


def build(path: Path) -> None:
    planned = plan(COURSE)
    files = render.render(planned)
    listing = manifest.build(planned, [file.name for file in files])
    members, _ = package.seal([*files, Member(MANIFEST, listing)])
    package.publish(members, path, judge)


def test_a_course_becomes_a_sound_package(tmp_path: Path) -> None:
    build(tmp_path / "a.zip")
    assert messages(tmp_path / "a.zip") == []


def test_two_builds_of_a_course_are_the_same(tmp_path: Path) -> None:
    build(tmp_path / "a.zip")
    build(tmp_path / "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
