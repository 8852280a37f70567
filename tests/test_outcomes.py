"""A build with nothing to do says what the last one said; any other one knows no cache."""

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from builder import outcomes, pipeline
from builder.artifacts import Result
from tests.support.commands import run
from tests.validate.courses import GOOD, TODAY

PAGE = "---\ntitle: Start here\n---\nRead [the topic](topic.md). ![A map](media/map.png)\n"
Act = Callable[[Path], object]


@pytest.fixture
def request_of(tmp_path: Path) -> pipeline.Request:
    """A build of a course, with a cache of its own."""
    shutil.copytree(GOOD, tmp_path / "course")
    return pipeline.Request(
        course=tmp_path / "course",
        output=tmp_path / "out",
        release=False,
        strict=False,
        today=TODAY,
        cache=tmp_path / "cache",
    )


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[Result]:
    """What was really built."""
    made: list[Result] = []
    build = pipeline._build

    def counted(request: pipeline.Request) -> Result:
        made.append(build(request))
        return made[-1]

    monkeypatch.setattr(pipeline, "_build", counted)
    return made


def test_nothing_is_built_again_that_is_there(
    request_of: pipeline.Request, builds: list[Result]
) -> None:
    first, second = pipeline.build(request_of), pipeline.build(request_of)
    assert len(builds) == 1
    assert second == first
    assert [one.hint for one in second.diagnostics] == [one.hint for one in first.diagnostics]


def test_what_was_only_touched_is_not_built_again(
    request_of: pipeline.Request, builds: list[Result], tmp_path: Path
) -> None:
    pipeline.build(request_of)
    for file in (*tmp_path.rglob("*.md"), *tmp_path.rglob("*.zip")):
        os.utime(file, ns=(0, 0))
    pipeline.build(request_of)
    assert len(builds) == 1


def test_a_course_that_changed_while_it_was_built_is_built_again(
    request_of: pipeline.Request, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    build = pipeline._build

    def overtaken(request: pipeline.Request) -> Result:
        result = build(request)
        (tmp_path / "course/pages/start.md").write_text(PAGE)
        return result

    monkeypatch.setattr(pipeline, "_build", overtaken)
    first = pipeline.build(request_of)
    monkeypatch.setattr(pipeline, "_build", build)
    assert pipeline.build(request_of) == pipeline.build(replace(request_of, cache=None)) != first


CHANGES: dict[str, Act] = {
    "a page": lambda place: (place / "course/pages/start.md").write_text(PAGE),
    "a new file": lambda place: (place / "course/pages/new.md").write_text("---\ntitle: N\n---\n"),
    "a letter, at the same time": lambda place: unseen(place / "course/pages/start.md"),
    "a picture, at the same time": lambda place: unseen(place / "course/media/map.png"),
    "a file beside": lambda place: (place / "course/more.yaml").write_text("a: b"),
    "a folder beside": lambda place: (place / "course/page").mkdir(),
    "what a link leads to": lambda place: unseen(place / "course/drafts/linked.md"),
    "a link": lambda place: relinked(place / "course/pages/linked.md"),
    "the package is gone": lambda place: next((place / "out").glob("*.zip")).unlink(),
    "the package is another": lambda place: next((place / "out").glob("*.zip")).write_bytes(b"PK"),
    "the key is gone": lambda place: next((place / "out").glob("*.csv")).unlink(),
    "a draft beside it": lambda place: (place / "out/good-course-0.9-draft.zip").write_bytes(b"P"),
}


def unseen(file: Path) -> None:
    """Change one byte so that neither the size nor the times that a program can set tell."""
    before, content = file.stat(), bytearray(file.read_bytes())
    content[-2] ^= 1
    file.write_bytes(content)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def relinked(link: Path) -> None:
    link.unlink()
    link.symlink_to(Path("..", "drafts", "other.md"))


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_has_changed_is_built_again(
    request_of: pipeline.Request, builds: list[Result], tmp_path: Path, change: Act
) -> None:
    drafts = tmp_path / "course" / "drafts"
    drafts.mkdir()
    for name in ("linked.md", "other.md"):
        (drafts / name).write_text(f"---\ntitle: {name}\n---\nSome words.\n")
    (tmp_path / "course" / "pages" / "linked.md").symlink_to(Path("..", "drafts", "linked.md"))
    pipeline.build(request_of)
    change(tmp_path)
    again = pipeline.build(request_of)
    assert len(builds) == 2
    assert again == pipeline.build(replace(request_of, cache=None))


def test_another_day_request_or_program_builds_again(
    request_of: pipeline.Request, builds: list[Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline.build(request_of)
    for other in (
        replace(request_of, today=TODAY + timedelta(days=1)),
        replace(request_of, release=True),
        replace(request_of, strict=True),
        replace(request_of, output=request_of.output / "other"),
    ):
        pipeline.build(other)
    monkeypatch.setattr(outcomes, "__version__", "99")
    pipeline.build(request_of)
    assert len(builds) == 6


def checked(text: bytes) -> bytes:
    return hashlib.sha256(text).hexdigest().encode() + b"\n" + text


BROKEN: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda note: b"",
    "cut": lambda note: note[:-10],
    "one byte": lambda note: note.replace(b"good-course", b"bad-course!", 1),
    "foreign": lambda note: b"\x80\x04\x95",
    "another list": lambda note: checked(b"[1, 2]"),
    "another kind": lambda note: checked(json.dumps({"sources": {}, "made": 1}).encode()),
    "no summary": lambda note: checked(
        json.dumps({**json.loads(note.partition(b"\n")[2]), "summary": {}}).encode()
    ),
    "other diagnostics": lambda note: checked(
        json.dumps({**json.loads(note.partition(b"\n")[2]), "diagnostics": [[1]]}).encode()
    ),
}


@pytest.mark.parametrize("damage", BROKEN.values(), ids=BROKEN)
def test_a_broken_note_is_none(
    request_of: pipeline.Request, builds: list[Result], tmp_path: Path, damage: Act
) -> None:
    first = pipeline.build(request_of)
    [note] = (tmp_path / "cache").glob("*.json")
    note.write_bytes(damage(note.read_bytes()))
    assert pipeline.build(request_of) == first
    assert len(builds) == 2


def test_a_cache_that_cannot_be_written_to_is_none(
    request_of: pipeline.Request, builds: list[Result], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder")
    closed = replace(request_of, cache=tmp_path / "file" / "cache")
    assert pipeline.build(closed) == pipeline.build(closed)
    assert len(builds) == 2


def test_the_cache_keeps_so_many_notes_and_no_more(
    request_of: pipeline.Request, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outcomes, "_MOST", 3)
    for number in range(6):
        pipeline.build(replace(request_of, output=tmp_path / f"out-{number}"))
    assert len(list((tmp_path / "cache").glob("*.json*"))) == 3


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such pipes")
@pytest.mark.parametrize("place", ["since", "zip", "key"])
def test_nothing_that_never_ends_is_looked_into(place: str, tmp_path: Path) -> None:
    course, dist, pipe = tmp_path / "course", tmp_path / "dist", tmp_path / "pipe.zip"
    shutil.copytree(GOOD, course)
    os.mkfifo(pipe)
    command = (sys.executable, "-m", "builder", "build", str(course), "-o", str(dist))
    kept = {"XDG_CACHE_HOME": str(tmp_path / "cache"), "LOCALAPPDATA": str(tmp_path / "cache")}
    if place == "since":
        result = run(*command, "--since", str(pipe), **kept)
        assert result.returncode == 1
        assert "pipe.zip: error package-foreign" in result.stdout + result.stderr
        return
    assert run(*command, **kept).returncode == 0
    [made] = dist.glob("*.zip" if place == "zip" else "*-key.csv")
    before = made.read_bytes()
    made.unlink()
    made.symlink_to(pipe)
    assert run(*command, **kept).returncode == 0
    assert made.read_bytes() == before
    assert pipe.is_fifo()
