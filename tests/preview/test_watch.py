"""What an editor does to a folder, and whether it is noticed once, when it is done."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from builder.preview.watch import Watch

Act = Callable[[Path], object]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    folder = tmp_path / "course"
    for part in ("pages/more", "questions", "media", "translations"):
        (folder / part).mkdir(parents=True)
    pages = "pages/one.md", "pages/more/two.md"
    for name in ("course.yaml", *pages, "questions/all.yaml", "translations/pl.po"):
        (folder / name).write_text("first\n")
    (folder / "media" / "plan.png").write_bytes(b"\x89PNG")
    return folder


def aside_and_renamed(course: Path) -> None:
    new = course / "pages" / "one.md~"
    new.write_text("other\n")
    new.replace(course / "pages" / "one.md")


def made_again(course: Path) -> None:
    shutil.rmtree(course)
    (course / "pages").mkdir(parents=True)
    (course / "course.yaml").write_text("again\n")


EDITS: dict[str, Act] = {
    "a page is saved": lambda course: (course / "pages" / "one.md").write_text("second\n"),
    "a page in a folder is saved": lambda course: (course / "pages/more/two.md").write_text("2\n"),
    "a page is written aside and renamed": aside_and_renamed,
    "a page is added": lambda course: (course / "pages" / "three.md").write_text("third\n"),
    "a page is renamed": lambda course: (course / "pages/one.md").rename(course / "pages/two.md"),
    "a page is deleted": lambda course: (course / "pages" / "one.md").unlink(),
    "a folder is added": lambda course: (course / "pages" / "new").mkdir(),
    "a list of questions is saved": lambda course: (course / "questions/all.yaml").write_text("-"),
    "a translation is saved": lambda course: (course / "translations/pl.po").write_text("2\n"),
    "a picture is replaced": lambda course: (course / "media" / "plan.png").write_bytes(b"GIF89a"),
    "course.yaml is saved": lambda course: (course / "course.yaml").write_text("title: Other\n"),
    "course.yaml is deleted": lambda course: (course / "course.yaml").unlink(),
    "the folder is deleted": shutil.rmtree,
    "the folder is made again": made_again,
}


class Author:
    """Who does one thing after another while a watch waits, and then ends it.

    Time passes only while the watch waits.
    """

    def __init__(self, course: Path) -> None:
        self.course = course
        self.acts: list[Act] = []
        self.now = 0.0
        self.watch = Watch(course, lambda: self.now)

    def does(self, *acts: Act) -> bool:
        """Whether the watch has noticed anything before all is done."""
        self.acts = list(acts)
        return self.watch.wait(self._stopped)

    def _stopped(self, seconds: float) -> bool:
        self.now += seconds
        if not self.acts:
            return True
        self.acts.pop(0)(self.course)
        return False


def save(course: Path) -> None:
    page = course / "pages" / "one.md"
    page.write_text(f"{page.read_text()}more\n")


def nothing(course: Path) -> None:
    pass


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_edit_is_noticed_once(course: Path, edit: Act) -> None:
    author = Author(course)
    assert author.does(edit, *[nothing] * 10)
    assert not author.does(*[nothing] * 10)


def test_a_change_that_was_looked_for_is_reported_once(course: Path) -> None:
    author = Author(course)
    # The first change is found by the scan of all files, which is rare.
    assert author.does(save, *[nothing] * 10)
    assert not author.watch.has_change()
    save(course)
    assert author.watch.has_change()
    assert author.watch.has_change()
    assert author.does(*[nothing] * 10)
    assert not author.watch.has_change()
    assert not author.does(*[nothing] * 10)


def test_change_before_waiting_is_noticed(course: Path) -> None:
    author = Author(course)
    save(course)
    assert author.does(*[nothing] * 10)


def test_many_saves_are_one_change(course: Path) -> None:
    author = Author(course)
    assert author.does(*[save] * 10, nothing)
    assert not author.does(*[nothing] * 10)


def test_folder_that_keeps_changing_is_still_read(course: Path) -> None:
    author = Author(course)
    assert author.does(*[save] * 1000)
    assert author.now < 1


def test_page_saved_last_is_noticed_at_next_check(course: Path) -> None:
    author = Author(course)
    author.does(save, *[nothing] * 10)
    begun = author.now
    assert author.does(save, *[nothing] * 10)
    assert author.now - begun < 0.1


def test_folders_outside_the_course_are_not_watched(course: Path) -> None:
    author = Author(course)
    for folder in (".git", "dist"):
        (course / folder).mkdir()
    author.does(*[nothing] * 10)
    for folder in (".git", "dist"):
        (course / folder / "file").write_text("new\n")
    assert not author.does(*[nothing] * 10)


def test_links_that_lead_round_in_a_circle_end(course: Path) -> None:
    (course / "pages" / "again").symlink_to(course, target_is_directory=True)
    (course / "pages" / "nowhere").symlink_to(course / "gone")
    author = Author(course)
    assert author.does(save, *[nothing] * 10)


def test_a_drive_that_tells_times_two_seconds_apart(course: Path) -> None:
    def written(words: str) -> Act:
        def act(course: Path) -> None:
            (course / "pages" / "one.md").write_text(words)
            os.utime(course / "pages" / "one.md", (1_700_000_000, 1_700_000_000))

        return act

    author = Author(course)
    assert author.does(written("some\n"), *[nothing] * 10)
    # As long as before, and at the same time, as far as the drive says.
    for words in ("same\n", "more\n"):
        assert author.does(*[nothing] * 20, written(words), *[nothing] * 10)
        assert not author.does(*[nothing] * 10)


def test_repeatedly_saved_page_is_noticed_without_full_scan(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    author = Author(course)
    author.does(save, *[nothing] * 10)
    author.watch._scan_all()
    monkeypatch.setattr(author.watch, "_scan_all", lambda: pytest.fail("every file looked at"))
    author.watch._next = author.now + 1
    assert author.does(save, *[nothing] * 10)
    assert not author.does(*[nothing] * 10)
