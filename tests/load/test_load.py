"""A course folder: what is read, what is left alone, what is refused."""

import hashlib
import os
import shutil
import sys
from pathlib import Path

import pytest

from builder.course.load import TEXT_LIMIT, load
from builder.course.load.discovery import DEPTH_LIMIT
from builder.course.sources import Sources

GOOD = Path(__file__).parent.parent / "golden" / "course"

links = pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    folder = tmp_path / "my course"
    shutil.copytree(GOOD, folder)
    return folder


def write(file: Path, content: str | bytes = "") -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def read(folder: Path) -> tuple[Sources, list[str]]:
    sources, found = load(folder)
    assert sources is not None
    return sources, [str(one) for one in found]


def test_all_files_are_read_in_the_order_of_their_names(course: Path) -> None:
    write(course / "pages/more/last.md", "---\ntitle: Last\n---\n")
    write(course / "questions/b.yml", "")
    write(course / "media/a/map.png", b"abc")
    sources, found = read(course)
    assert found == []
    assert list(sources.pages) == [
        "pages/checklist.md",
        "pages/more/last.md",
        "pages/quiz.md",
        "pages/start.md",
        "pages/topic.md",
    ]
    assert list(sources.questions) == ["questions/all.yaml", "questions/b.yml"]
    assert list(sources.media) == ["media/a/map.png", "media/map.png"]
    media = sources.media["media/a/map.png"]
    assert (media.size, media.sha256) == (3, hashlib.sha256(b"abc").hexdigest())
    assert media.file.read_bytes() == b"abc"
    assert sources.course.value["id"] == "good-course"  # type: ignore[index]
    assert sources.failed == frozenset()


@pytest.mark.parametrize(
    "name",
    [
        "media/.DS_Store",
        "media/Thumbs.db",
        "media/desktop.ini",
        "media/.cache/x.png",
        "pages/topic.md~",
        "pages/#topic.md#",
        "pages/.topic.md.swp",
        "questions/~$all.yaml",
        ".vscode/settings.json",
    ],
)
def test_system_and_editor_files_are_ignored(course: Path, name: str) -> None:
    before = read(course)
    write(course / name, b"\xff")
    assert read(course) == before


def test_unread_files_are_named_and_block_nothing(course: Path) -> None:
    write(course / "pages/rights.txt", b"---\ntitle: Rights\n---\n")
    write(course / "questions/all.csv")
    write(course / "plan.png", b"x")
    sources, found = load(course)
    assert sources is not None
    assert sources.failed == frozenset()
    assert [(one.position.path, one.code) for one in found] == [
        ("pages/rights.txt", "file-ignored"),
        ("questions/all.csv", "file-ignored"),
        ("plan.png", "file-ignored"),
    ]


def test_files_outside_course_folders_are_not_reported(course: Path) -> None:
    for name in ("README.md", "LICENSE", "dist/a.zip", "notes/plan.docx"):
        write(course / name, b"x")
    assert load(course)[1] == ()


def test_a_name_that_macos_took_apart_is_put_together(course: Path) -> None:
    write(course / "media/cafe\u0301.png")
    sources, _ = read(course)
    assert "media/caf\u00e9.png" in sources.media


@links
@pytest.mark.parametrize("name", ["media/away.png", "pages/away.md", "questions/away.yaml"])
def test_a_link_out_of_the_course_is_refused(course: Path, tmp_path: Path, name: str) -> None:
    (course / name).symlink_to(write(tmp_path / "secret", "---\ntitle: Secret\n---\n"))
    sources, found = read(course)
    assert found == [f"{name}: error outside-course “{name}” is outside the course folder."]
    assert sources.failed == {name}
    assert name not in {**sources.pages, **sources.questions, **sources.media}


@links
def test_linked_folder_outside_the_course_is_refused(course: Path, tmp_path: Path) -> None:
    write(tmp_path / "elsewhere/photo.png")
    (course / "media/more").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    sources, found = read(course)
    assert found == ["media/more: error outside-course “media/more” is outside the course folder."]
    assert list(sources.media) == ["media/map.png"]


@links
def test_course_yaml_linked_outside_the_course_is_refused(course: Path, tmp_path: Path) -> None:
    shutil.move(course / "course.yaml", tmp_path / "course.yaml")
    (course / "course.yaml").symlink_to(tmp_path / "course.yaml")
    sources, [one] = load(course)
    assert sources is None
    assert one.code == "outside-course"


@links
def test_a_link_within_the_course_is_followed(course: Path) -> None:
    (course / "media/same.png").symlink_to(course / "media/map.png")
    (course / "pages/same").symlink_to(course / "pages", target_is_directory=True)
    sources, found = read(course)
    assert sources.media["media/same.png"].sha256 == sources.media["media/map.png"].sha256
    assert found == [
        "pages/same: error file-unreadable This cannot be read: it links to the folder “pages”, "
        "which was already read."
    ]


@links
def test_folder_is_read_once_despite_links_to_it(course: Path, tmp_path: Path) -> None:
    write(course / "media/z/map.png", b"abc")
    (course / "media/a").symlink_to(course / "media/z", target_is_directory=True)
    write(course / "assets/plan.png", b"abc")
    (course / "media/m").symlink_to(course / "assets", target_is_directory=True)
    sources, found = read(course)
    assert list(sources.media) == ["media/m/plan.png", "media/map.png", "media/z/map.png"]
    assert found == [
        "media/a: error file-unreadable This cannot be read: it links to the folder “media/z”, "
        "which was already read."
    ]


@links
def test_folders_linking_to_each_other_are_read_once(course: Path) -> None:
    names = [f"media/{letter}" for letter in "abcdefghi"]
    for name in names:
        write(course / name / "x.png", b"x")
        for other in names:
            (course / name / other[-1]).symlink_to(course / other, target_is_directory=True)
    sources, found = read(course)
    assert list(sources.media) == [*(f"{name}/x.png" for name in names), "media/map.png"]
    assert len(found) == len(names) ** 2


def test_folders_nested_too_deeply_are_refused(course: Path) -> None:
    deep = course / "media" / "/".join("a" * DEPTH_LIMIT)
    write(deep / "x.png", b"x")
    assert read(course)[1] == []
    # One by one: the whole path would be too long for some systems.
    folder = deep
    for _ in range(30):
        folder = folder / "a"
        folder.mkdir()
    sources, found = read(course)
    assert f"media/{'a/' * DEPTH_LIMIT}x.png" in sources.media
    assert found == [
        f"media/{'a/' * DEPTH_LIMIT}a: error file-unreadable This cannot be read: it is nested "
        f"more than {DEPTH_LIMIT} folders deep."
    ]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="takes such names for one")
@pytest.mark.parametrize("folder", ["pages", "media"])
def test_two_names_that_look_alike_are_an_error(course: Path, folder: str) -> None:
    for name in ("caf\u00e9.md", "cafe\u0301.md"):
        write(course / folder / name, "---\ntitle: One\n---\n")
    sources, found = read(course)
    assert found == [
        f"{folder}/caf\u00e9.md: error file-repeated The names of this file and of "
        f"“{folder}/caf\u00e9.md” differ only in how their accents are stored, which is invisible."
    ]
    assert sources.failed == {f"{folder}/caf\u00e9.md"}


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="takes such names for one")
@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("pages/topic.md", "pages/Topic.md"),
        ("questions/all.yaml", "questions/ALL.yaml"),
        ("media/a/b.png", "media/A/b.png"),
    ],
)
def test_two_names_that_differ_in_capitals_are_an_error(
    course: Path, name: str, other: str
) -> None:
    for path in (name, other):
        write(course / path, "---\ntitle: One\n---\n" if path.endswith(".md") else "")
    sources, found = read(course)
    assert found == [
        f"{name}: error file-repeated The names of this file and of “{other}” differ only in "
        "capital and small letters."
    ]
    assert sources.failed == {name}


@pytest.mark.parametrize("name", ["pages/long.md", "questions/long.yaml"])
def test_a_text_file_of_megabytes_is_not_read(course: Path, name: str) -> None:
    file = write(course / name, "---\ntitle: Long\n---\n" if name.startswith("pages") else "[]\n")
    os.truncate(file, TEXT_LIMIT + 1_000_000)
    sources, found = read(course)
    assert found == [
        f"{name}: error file-too-large This file has 5.0 MB; the limit for a page or a YAML file "
        "is 4 MB."
    ]
    assert sources.failed == {name}


def test_course_yaml_of_megabytes_is_not_read(course: Path) -> None:
    os.truncate(course / "course.yaml", TEXT_LIMIT + 1)
    sources, [one] = load(course)
    assert sources is None
    assert (one.position.path, one.code) == ("course.yaml", "file-too-large")


def test_a_text_file_at_the_limit_is_read(course: Path) -> None:
    start = "---\ntitle: Long\n---\n"
    write(course / "pages/long.md", start + "x" * (TEXT_LIMIT - len(start)))
    assert read(course)[1] == []


@links
def test_a_course_may_be_reached_by_a_link(course: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(course, target_is_directory=True)
    assert read(tmp_path / "link")[1] == []


@links
def test_a_link_to_nothing_is_said(course: Path) -> None:
    (course / "media/gone.png").symlink_to(course / "media/nowhere.png")
    (course / "media/round.png").symlink_to(course / "media/round.png")
    sources, found = read(course)
    assert [one.partition(": error ")[0] for one in found] == ["media/gone.png", "media/round.png"]
    assert "it is a link to a file that does not exist" in found[0]
    assert sources.failed == {"media/gone.png", "media/round.png"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_waited_for(course: Path) -> None:
    os.mkfifo(course / "pages/pipe.md")
    _, found = read(course)
    assert found == [
        "pages/pipe.md: error file-unreadable This cannot be read: it is a device or a pipe, not a "
        "regular file."
    ]


def test_faulty_file_does_not_hide_faults_elsewhere(course: Path) -> None:
    write(course / "course.yaml", "id: a: b\n")
    write(course / "pages/topic.md", b"---\ntitle: \xe9\n---\n")
    write(course / "questions/all.yaml", "- id: *a\n")
    sources, found = load(course)
    assert sources is None
    assert sorted(f"{one.position} {one.code}" for one in found) == [
        "course.yaml:1:6 yaml-syntax",
        "pages/topic.md:2:8 file-encoding",
        "questions/all.yaml:1:7 yaml-alias",
    ]


def test_a_folder_that_is_not_there_is_no_course(course: Path) -> None:
    folder = course.parent / "nowhere"
    sources, [one] = load(folder)
    assert sources is None
    assert str(one) == f".: error course-missing There is no folder “{folder}”."


@pytest.mark.parametrize("name", ["my course/course.yaml", "my course/pages"])
def test_a_folder_without_course_yaml_is_no_course(course: Path, name: str) -> None:
    sources, [one] = load(course.parent / name)
    assert sources is None
    assert str(one) == "course.yaml: error course-missing This folder has no course.yaml."


@pytest.mark.whole
@pytest.mark.parametrize("entries", ["\n".join(["- {}"] * 50_001), f"[{'{},' * 50_001}]"])
def test_more_approvals_than_any_course_has_parts_are_not_read(course: Path, entries: str) -> None:
    write(course / "approvals.yaml", f"# Ours\n{entries}\n")
    sources, found = load(course)
    assert sources is not None
    assert (sources.approvals, sources.failed) == (None, {"approvals.yaml"})
    [one] = found
    assert str(one) == (
        "approvals.yaml:1:1: error value-invalid “approvals.yaml”: there are 50,001 or more "
        "entries, more than any course has parts."
    )
    assert one.hint == "Keep only the entries for parts of this course: at most 50,000 are read."
