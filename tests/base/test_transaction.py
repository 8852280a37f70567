"""Several files of a course are written all or none, despite kills and concurrent edits."""

import os
from pathlib import Path

import pytest

from builder.base import temporary, transaction
from builder.base.transaction import Change
from builder.course import load
from tests.support import killing

OLD = {"course.yaml": b"old", "pages/one.md": b"one", "pages/two.md": b"two"}
CHANGES = (
    Change("pages/one.md", b"one", b"ONE"),
    Change("media/new.txt", None, b"NEW"),
    Change("pages/two.md", b"two", b"TWO"),
)
WHOLE = {
    "course.yaml": b"old",
    "pages/one.md": b"ONE",
    "media/new.txt": b"NEW",
    "pages/two.md": b"TWO",
}


@pytest.fixture
def course(tmp_path: Path) -> Path:
    for path, content in OLD.items():
        (tmp_path / "course" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "course" / path).write_bytes(content)
    return tmp_path / "course"


def files(course: Path) -> dict[str, bytes]:
    return {path: content for path, content in killing.held(course).items() if content is not None}


def put(course: Path) -> None:
    with transaction.writing(course, patience=0) as own:
        own.put(CHANGES)


class KilledError(BaseException):
    """Nothing of the process runs any more: what it holds is left as it is."""


def killed(course: Path, monkeypatch: pytest.MonkeyPatch, renames: int) -> None:
    """An exchange whose process ends after so many renames: the first decides it."""
    with monkeypatch.context() as patched:
        replace, calls = Path.replace, iter(range(100))

        def dying(self: Path, target: Path) -> Path:
            if next(calls) == renames:
                patched.setattr(transaction._Journal, "undo", lambda self: None)
                raise KilledError
            return replace(self, target)

        patched.setattr(Path, "replace", dying)
        with pytest.raises(KilledError):
            put(course)


def test_all_files_are_written_and_nothing_else_is_left(course: Path) -> None:
    put(course)
    assert files(course) == WHOLE


@pytest.mark.parametrize(("renames", "then"), [(0, OLD), (1, WHOLE), (2, WHOLE), (3, WHOLE)])
def test_interrupted_write_is_completed_or_dropped_on_recovery(
    course: Path, monkeypatch: pytest.MonkeyPatch, renames: int, then: dict[str, bytes]
) -> None:
    killed(course, monkeypatch, renames)
    assert transaction.recover(course) is None
    assert files(course) == then


def test_edit_during_interrupted_write_undoes_other_changes(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed(course, monkeypatch, 3)
    assert files(course).items() >= {"pages/one.md": b"ONE", "media/new.txt": b"NEW"}.items()
    (course / "pages/two.md").write_bytes(b"the author's")
    assert transaction.recover(course) == transaction.Undone("pages/two.md")
    assert files(course) == OLD | {"pages/two.md": b"the author's"}
    assert not (course / "media").exists()


def test_an_edit_of_a_file_already_written_stays(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed(course, monkeypatch, 3)
    (course / "pages/one.md").write_bytes(b"the author's")
    assert transaction.recover(course) is None
    assert files(course) == WHOLE | {"pages/one.md": b"the author's"}


@pytest.mark.parametrize("path", ["pages/one.md", "media/new.txt", "pages/two.md"])
def test_an_edit_before_the_exchange_keeps_all_from_being_written(course: Path, path: str) -> None:
    (course / path).parent.mkdir(exist_ok=True)
    (course / path).write_bytes(b"the author's")
    with pytest.raises(transaction.ChangedError, match=path):
        put(course)
    assert files(course) == OLD | {path: b"the author's"}


def test_an_edit_during_the_exchange_undoes_it(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = temporary.replace

    def editing(made: Path, place: Path) -> None:
        replace(made, place)
        (course / "pages/two.md").write_bytes(b"the author's")

    monkeypatch.setattr(temporary, "replace", editing)
    with pytest.raises(transaction.ChangedError, match="two"):
        put(course)
    assert files(course)["pages/one.md"] == b"one"
    assert not (course / "media").exists()


def test_file_that_cannot_be_replaced_leaves_course_unchanged(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = temporary.replace

    def refusing(made: Path, place: Path) -> None:
        if place.name == "two.md":
            raise PermissionError(13, "open elsewhere")
        replace(made, place)

    monkeypatch.setattr(temporary, "replace", refusing)
    with pytest.raises(PermissionError):
        put(course)
    assert files(course) == OLD


def test_a_file_keeps_its_rights_and_a_link_its_target(course: Path) -> None:
    if os.name == "nt":
        pytest.skip("rights and links of Unix")
    (course / "pages/one.md").chmod(0o640)
    (course / "pages/two.md").rename(course / "pages/target.md")
    (course / "pages/two.md").symlink_to("target.md")
    put(course)
    assert (course / "pages/one.md").stat().st_mode & 0o777 == 0o640
    assert (course / "pages/two.md").is_symlink()
    assert (course / "pages/target.md").read_bytes() == b"TWO"


def test_second_writer_is_refused_with_a_reason(course: Path) -> None:
    with transaction.writing(course) as own:
        with pytest.raises(transaction.BusyError, match="another scorm-builder command is writing"):
            put(course)
        # Whoever only reads waits for nothing, as long as nothing was written.
        assert transaction.recover(course) is None
        own.put(CHANGES)
    assert files(course) == WHOLE


@pytest.mark.parametrize(
    "journal",
    [
        "",
        "{",
        "[]",
        '{"files": [{"path": "../outside.txt", "before": null, "after": "x"}], "folders": []}',
        '{"files": [{"path": "/outside.txt", "before": null, "after": "x"}], "folders": []}',
        '{"files": [{"path": ".git/hooks/x", "before": null, "after": "x"}], "folders": []}',
        '{"files": [], "folders": ["../elsewhere"]}',
    ],
)
def test_damaged_or_foreign_journal_is_not_applied(course: Path, journal: str) -> None:
    (course / transaction.FOLDER).mkdir()
    (course / transaction.FOLDER / "journal.json").write_text(journal)
    (course / transaction.FOLDER / "new-0").write_bytes(b"planted")
    with pytest.raises(transaction.UnfinishedError, match="its journal cannot be read"):
        transaction.recover(course)
    with pytest.raises(transaction.UnfinishedError):
        put(course)
    sources, problems = load.load(course)
    assert sources is None
    assert [one.code for one in problems] == ["course-busy"]


@pytest.mark.parametrize("kind", ["file", "link"])
def test_stray_file_at_journal_path_does_not_block_writing(course: Path, kind: str) -> None:
    if kind == "file":
        (course / transaction.FOLDER).write_bytes(b"")
    else:
        (course / transaction.FOLDER).symlink_to(course.parent, target_is_directory=True)
    put(course)
    assert files(course) == WHOLE
