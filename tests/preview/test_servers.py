"""The preview's two servers: what they give, to whom, and what they do for nobody."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from builder.package.artifacts import LAUNCH
from tests.preview.asking import ask
from tests.preview.desk import Author, author
from tests.support import patience

SECRET = "Nobody but the author may read this."


@pytest.fixture
def writing(tmp_path: Path) -> Iterator[Author]:
    note = tmp_path / "note"
    script = tmp_path / "editor.py"
    script.write_text(
        "import sys, pathlib\npathlib.Path(sys.argv[1]).write_text('|'.join(sys.argv[2:]))\n"
    )
    command = f'"{sys.executable}" "{script}" "{note}" {{file}} {{line}} $(id)'
    with author(tmp_path, editor=command) as found:
        (found.course / "notes.txt").write_text(SECRET)
        (found.course / "media/unused.png").write_bytes(
            (found.course / "media/map.png").read_bytes()
        )
        (found.course / "media/link.png").symlink_to(found.course / "notes.txt")
        yield found


def post(writing: Author, path: str, body: object, **headers: str) -> tuple[int, Any]:
    address = writing.preview.address
    given = {"Origin": address, "X_Token": writing.preview.stage.token} | headers
    answer, text = ask(address, "POST", path, body, **given)
    return answer.status, json.loads(text or "null")


def test_preview_serves_exactly_the_files_of_a_build(writing: Author) -> None:
    course = writing.preview.stage.lms.address
    for name, member in writing.preview.stage.shown.files.items():
        answer, data = ask(course, "GET", f"/content/{name}")
        assert (answer.status, data) == (200, member.read())
    for path in (
        *("/content/course.yaml", "/content/notes.txt", "/content/media/unused.png"),
        *("/content/media/map.png", "/content/media/link.png", "/content/../course.yaml"),
        *("/content/%2e%2e/course/notes.txt", "/pages/topic.md", "/preview/main.css"),
        *("/preview/../server.js", "/preview/server.js", "/content/", "/api/view", "/"),
    ):
        answer, data = ask(course, "GET", path)
        assert answer.status == 404, path
        assert SECRET.encode() not in data


def test_next_visit_has_what_the_last_one_sent_while_closing(writing: Author) -> None:
    lms = writing.preview.stage.lms
    lms.take([{"type": "launch"}])
    with ThreadPoolExecutor() as browser:
        with lms.answering():
            page = browser.submit(ask, lms.address, "GET", "/lms/")
            with pytest.raises(TimeoutError):
                page.result(0.3)
            lms.take([{"type": "data", "body": "sent while closing"}])
        answer, data = page.result(patience.SECONDS)
    assert answer.status == 200
    assert b"sent while closing" in data


@pytest.mark.whole
@pytest.mark.parametrize("swap", ["link", "pipe", "file"])
def test_preview_does_not_serve_replaced_media_file(
    writing: Author, tmp_path: Path, swap: str
) -> None:
    if os.name == "nt":
        pytest.skip("links and pipes of Unix")
    stage = writing.preview.stage
    stage.hold(True)
    media = writing.course / "media/map.png"
    [name] = [one for one, member in stage.shown.files.items() if member.content == media]
    assert ask(stage.lms.address, "GET", f"/content/{name}")[0].status == 200
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    media.unlink()
    if swap == "link":
        media.symlink_to(secret)
    elif swap == "pipe":
        os.mkfifo(media)
    else:
        media.write_text(SECRET)
    answer, data = ask(stage.lms.address, "GET", f"/content/{name}")
    assert (answer.status, SECRET.encode() in data) == (404, False)


def test_the_window_serves_its_own_scripts_alone(writing: Author) -> None:
    address = writing.preview.address
    for path in ("/", "/preview/main.js", "/preview/preview.css"):
        answer, _ = ask(address, "GET", path)
        assert answer.status == 200
        assert "frame-ancestors 'none'" in (answer.getheader("Content-Security-Policy") or "")
        assert answer.getheader("Cross-Origin-Resource-Policy") == "same-origin"
    for path in (
        *("/course.yaml", "/preview/../../course/course.yaml", "/preview/index.html", "/lms/"),
        *("/lms/simulator.js", "/preview/main.ts", "/preview/stage/main.js"),
        *("/preview/%2e%2e/player/app/main.ts", "/preview/tsconfig.json", f"/content/{LAUNCH}"),
        *("/preview/%00.js", "/i18n/interface.pot"),
    ):
        assert ask(address, "GET", path)[0].status == 404, path


def test_the_token_is_nowhere_that_a_course_can_read(writing: Author) -> None:
    stage = writing.preview.stage
    assert stage.token in ask(writing.preview.address, "GET", "/")[1].decode()
    for path in ("/lms/?author=x", "/preview/main.js", "/lms/state", "/content/index.html"):
        answer, data = ask(stage.lms.address, "GET", path)
        assert answer.status == 200
        assert stage.token.encode() not in data


@pytest.mark.whole
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "COURSE"},
        {"X_Token": "wrong"},
        {"X_Token": ""},
        {"Host": "evil.example"},
    ],
)
def test_nobody_else_can_have_anything_done(writing: Author, headers: dict[str, str]) -> None:
    course = writing.preview.stage.lms.address
    given = {name: course if value == "COURSE" else value for name, value in headers.items()}
    assert post(writing, "/api/hold", {"held": True}, **given)[0] == 403
    assert not writing.preview.stage.held
    assert post(writing, "/api/hold", {"held": True}) == (200, {})
    assert writing.preview.stage.held


@pytest.mark.whole
@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "", "["])
def test_request_with_foreign_host_name_is_refused(writing: Author, host: str) -> None:
    assert ask(writing.preview.address, "GET", "/api/view", Host=host)[0].status == 403


@pytest.mark.whole
@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/nothing", {}),
        ("/api/faults", {"delay": "long"}),
        ("/api/faults", {"evil": 1}),
        ("/api/begin", {}),
        ("/api/cue", {"window": "x"}),
    ],
)
def test_invalid_api_request_is_a_bad_request(writing: Author, path: str, body: object) -> None:
    assert post(writing, path, body) == (400, None)


def test_editor_opens_only_course_files_without_a_shell(writing: Author, tmp_path: Path) -> None:
    topic = writing.read("pages/topic.md")
    stage = writing.preview.stage
    edition = stage.now
    writing.write("pages/topic.md", topic.replace("::: callout", "::: callut"))
    assert stage.lms.wait(lambda: stage.now is not edition, patience.SECONDS)

    for place in (
        {"path": "/etc/passwd", "line": 1, "column": 1},
        {"path": "../secret", "line": 1, "column": 1},
        {"path": "pages/topic.md", "line": 9999, "column": 1},
        {"path": "pages/topic.md; id", "line": 10, "column": 1},
    ):
        assert post(writing, "/api/open", place) == (
            200,
            {"refused": "This is no place of the course as it is now."},
        )
    assert not (tmp_path / "note").exists()

    assert post(writing, "/api/open", {"path": "pages/topic.md", "line": 10, "column": 1}) == (
        200,
        {},
    )
    assert stage.lms.wait((tmp_path / "note").exists, patience.SECONDS)
    assert stage.lms.wait(lambda: bool((tmp_path / "note").read_text()), patience.SECONDS)
    assert (tmp_path / "note").read_text() == f"{writing.course.resolve()}/pages/topic.md|10|$(id)"


@pytest.mark.whole
@pytest.mark.parametrize(
    ("wanted", "status", "span", "data"),
    [
        ("bytes=0-3", 206, "bytes 0-3/67", slice(0, 4)),
        ("bytes=63-", 206, "bytes 63-66/67", slice(63, 67)),
        ("bytes=-4", 206, "bytes 63-66/67", slice(63, 67)),
        ("bytes=60-999", 206, "bytes 60-66/67", slice(60, 67)),
        ("bytes=67-", 416, "bytes */67", slice(0, 0)),
        ("bytes=5-2", 416, "bytes */67", slice(0, 0)),
        ("bytes=0-1,3-4", 200, None, slice(0, 67)),
        ("lines=0-1", 200, None, slice(0, 67)),
    ],
)
def test_a_recording_can_be_asked_for_in_pieces(
    writing: Author, wanted: str, status: int, span: str | None, data: slice
) -> None:
    stage = writing.preview.stage
    name = next(name for name in stage.shown.files if name.endswith(".png"))
    whole = stage.shown.files[name].read()
    answer, found = ask(stage.lms.address, "GET", f"/content/{name}", Range=wanted)
    assert (answer.status, answer.getheader("Content-Range"), found) == (status, span, whole[data])


def shows(writing: Author, words: str) -> bool:
    """Wait until the page that the tests change has these words; returns whether the course's
    server gives them."""
    stage = writing.preview.stage

    def name() -> str:
        [found] = [one for one in stage.shown.files if one.startswith("pages/topic-")]
        return found

    def arrived() -> bool:
        return words.encode() in stage.shown.files[name()].read()

    assert stage.lms.wait(arrived, patience.SECONDS)
    answer, data = ask(stage.lms.address, "GET", f"/content/{name()}")
    return answer.status == 200 and words.encode() in data


@pytest.mark.whole
def test_occupied_port_gives_each_preview_its_own_course(writing: Author, tmp_path: Path) -> None:
    with author(tmp_path / "second") as second:
        assert second.preview.address != writing.preview.address
        second.change("pages/topic.md", "what worries you", "whatever worries you")
        assert shows(second, "whatever worries you")
        assert shows(writing, "what worries you")
