"""The server of the simulator: what it serves, to whom, and what it keeps."""

import json
import re
import socket
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from threading import Condition
from typing import Any
from urllib.parse import urlsplit

import pytest

from builder.preview.lms import Faults, Lms, running
from tests.support import patience


@pytest.fixture
def lms(tmp_path: Path) -> Iterator[Lms]:
    package = tmp_path / "package"
    (package / "deep").mkdir(parents=True)
    (package / "index.html").write_text("the course")
    (package / "deep/a b.js").write_text("1")
    (tmp_path / "secret").write_text("no")
    (package / "link").symlink_to(tmp_path / "secret")
    with running(package) as lms:
        yield lms


def ask(
    lms: Lms, method: str, path: str, body: object = None, **headers: str
) -> tuple[int, bytes, str]:
    connection = HTTPConnection(urlsplit(lms.address).netloc, timeout=patience.SECONDS)
    data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
    connection.request(method, path, data, headers)
    answer = connection.getresponse()
    found = answer.status, answer.read(), answer.getheader("Content-Type") or ""
    connection.close()
    return found


def test_the_package_and_the_simulator_are_served(lms: Lms) -> None:
    assert ask(lms, "GET", "/content/index.html")[:2] == (200, b"the course")
    assert ask(lms, "GET", "/content/deep/a%20b.js?x=1") == (
        200,
        b"1",
        "text/javascript; charset=utf-8",
    )
    assert ask(lms, "GET", "/lms/")[2] == "text/html; charset=utf-8"
    assert b"LMSInitialize" in ask(lms, "GET", "/lms/simulator.js")[1]
    lms.package = lms.package / "deep"
    assert ask(lms, "GET", "/content/index.html")[0] == 404


@pytest.mark.parametrize(
    "path",
    [
        "/content/../secret",
        "/content/%2e%2e/secret",
        "/content//etc/passwd",
        "/content/link",
        "/content/nothing.js",
        "/lms/../../pyproject.toml",
        "/secret",
        "/content/%00",
        "/",
    ],
)
def test_nothing_else_is_served(lms: Lms, path: str) -> None:
    assert ask(lms, "GET", path)[0] == 404


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1.evil.example:80"},
        {"Host": ""},
        {"Host": "["},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_other_sites_can_neither_read_nor_write(lms: Lms, headers: dict[str, str]) -> None:
    assert ask(lms, "POST", "/lms/messages", {"type": "held"}, **headers)[0] == 403
    if "Host" in headers:
        assert ask(lms, "GET", "/lms/state", **headers)[0] == 403
    assert lms.messages == []


def test_it_listens_on_this_machine_alone(lms: Lms) -> None:
    port = urlsplit(lms.address).port
    assert urlsplit(lms.address).hostname == urlsplit(lms.elsewhere).hostname == "127.0.0.1"
    assert lms.address != lms.elsewhere
    with socket.socket() as other, pytest.raises(ConnectionRefusedError):
        other.connect(("127.0.0.2", port))


def test_messages_are_kept_in_order(lms: Lms) -> None:
    assert ask(lms, "POST", "/lms/messages", {"type": "package"})[0] == 200
    number = ask(lms, "POST", "/lms/messages", {"type": "launch"})[1]
    assert json.loads(number) == {"number": 1}
    assert ask(lms, "POST", "/lms/data", {"type": "data", "body": 1})[0] == 200
    assert ask(lms, "POST", "/lms/calls", [{"launch": 1, "order": 1}, {"launch": 1, "order": 0}])
    state = json.loads(ask(lms, "GET", "/lms/state")[1])
    assert [message["type"] for message in state["messages"]] == ["package", "launch", "data"]
    assert [call["order"] for call in lms.calls] == [0, 1]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/lms/data", b"{", 400),
        ("/lms/data", b"\xff", 400),
        ("/lms/data", [], 404),
        ("/lms/calls", {}, 404),
        ("/lms/elsewhere", {}, 404),
        ("/lms/faults", {"status": "503"}, 400),
        ("/lms/faults", {"refuse": [1]}, 400),
        ("/lms/faults", {"mood": 1}, 400),
    ],
)
def test_what_makes_no_sense_is_refused(lms: Lms, path: str, body: object, status: int) -> None:
    assert ask(lms, "POST", path, body)[0] == status
    assert lms.messages == lms.calls == []
    assert lms.faults == Faults()


def test_it_is_bounded(lms: Lms, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask(lms, "POST", "/lms/data", b"", **{"Content-Length": str(1 << 30)})[0] == 413
    monkeypatch.setattr("builder.preview.lms.record._MAX_BYTES", 100)
    sent = [ask(lms, "POST", "/lms/data", {"body": "x" * 40})[0] for _ in range(3)]
    assert sent == [200, 507, 507]
    assert ask(lms, "POST", "/lms/calls", [{"launch": 1, "order": 1, "args": "x" * 60}])[0] == 507


def test_faults_hit_data_and_nothing_else(lms: Lms) -> None:
    lms.faults = Faults(status=503, times=2)
    said = [ask(lms, "POST", "/lms/data", {"n": n})[0] for n in range(3)]
    assert said == [503, 503, 200]
    assert lms.messages == [{"n": 2}]
    given = {"status": 500, "keep": True, "refuse": ["cmi.suspend_data"], "times": None, "delay": 0}
    assert ask(lms, "POST", "/lms/faults", given)[0] == 200
    assert lms.faults == Faults(status=500, keep=True, refuse=("cmi.suspend_data",))
    assert ask(lms, "POST", "/lms/data", {"n": 3})[0] == 500
    assert ask(lms, "POST", "/lms/messages", {"n": 4})[0] == 200
    assert lms.messages[1:] == [{"n": 3}, {"n": 4}]
    lms.faults = Faults(expired=True)
    assert ask(lms, "POST", "/lms/data", {"n": 5})[0] == 401
    lms.faults = Faults(drop=True, times=1)
    assert [ask(lms, "POST", "/lms/data", {"n": n})[0] for n in (6, 7)] == [200, 200]
    assert [message["n"] for message in lms.messages] == [2, 3, 4, 7]
    assert lms.failed == 5


def test_a_package_can_need_the_session(lms: Lms) -> None:
    lms.faults = Faults(locked=True)
    assert ask(lms, "HEAD", "/content/index.html")[0] == 200
    lms.faults = Faults(expired=True)
    assert ask(lms, "HEAD", "/content/index.html")[0] == 200
    lms.faults = Faults(expired=True, locked=True)
    assert ask(lms, "HEAD", "/content/index.html")[0] == 401
    assert ask(lms, "GET", "/content/index.html")[0] == 401
    assert ask(lms, "GET", "/lms/index.html")[0] == 200


def printed(lms: Lms, query: str = "") -> dict[str, Any]:
    """What is printed into the simulator's page."""
    text = ask(lms, "GET", f"/lms/{query}")[1].decode()
    [found] = re.findall('<script type="application/json" id="printed">(.*)</script>', text)
    whole: dict[str, Any] = json.loads(found)
    return whole


def test_lms_page_contains_messages_up_to_its_request(lms: Lms) -> None:
    first = printed(lms)
    assert first["messages"] == []
    ask(lms, "POST", "/lms/messages", {"type": "data", "body": "</script>"})
    second = printed(lms)
    assert second["messages"] == [{"type": "data", "body": "</script>"}]
    assert second["page"] != first["page"]
    assert second["version"] == first["version"]


@pytest.mark.parametrize(
    ("path", "kept"),
    [("/lms/?visit=1&kept", True), ("/lms/?visit=1", False), ("/lms/simulator.js?kept", False)],
)
def test_a_browser_caches_a_page_only_if_allowed(lms: Lms, path: str, kept: bool) -> None:
    connection = HTTPConnection(urlsplit(lms.address).netloc, timeout=patience.SECONDS)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    wanted = "private, max-age=0" if kept else "no-store"
    assert answer.getheader("Cache-Control") == wanted
    connection.close()


def test_a_page_that_is_shown_again_is_no_launch(lms: Lms) -> None:
    page = printed(lms)["page"]
    launch = {"type": "launch", "page": page}
    for message in ({"type": "package", "page": page}, launch) * 2:
        assert ask(lms, "POST", "/lms/messages", message)[0] == 200
    kinds = [message["type"] for message in lms.messages]
    assert kinds == ["package", "launch", "copy"]
    assert lms.launches == 2
    ask(lms, "POST", "/lms/messages", {"type": "launch", "page": printed(lms)["page"]})
    assert lms.messages[-1]["type"] == "launch"


def test_late_messages_of_previous_trainee_are_ignored(lms: Lms) -> None:
    """A browser may send what a page had to say after it has shown the next one."""
    page = printed(lms)["page"]
    data = {"type": "data", "launch": 1, "page": page}
    ask(lms, "POST", "/lms/messages", {"type": "launch", "page": page})
    ask(lms, "POST", "/lms/data", data)
    assert len(lms.messages) == 2
    lms.clear()
    for path in ("/lms/data", "/lms/messages"):
        assert ask(lms, "POST", path, data)[0] == 200
    assert ask(lms, "POST", f"/lms/calls?page={page}", [{"launch": 1, "order": 1}])[0] == 200
    assert (lms.messages, lms.calls) == ([], [])
    ask(lms, "POST", "/lms/data", {**data, "page": printed(lms)["page"]})
    assert len(lms.messages) == 1


def test_trainee_restored_from_another_server_has_no_open_page(
    lms: Lms,
) -> None:
    lms.take([{"type": "launch", "page": 1}])
    ask(lms, "POST", "/lms/messages", {"type": "launch", "page": printed(lms)["page"]})
    assert [message["type"] for message in lms.messages] == ["launch", "launch"]


class Looks(Condition):
    """Counts how often it is waited for, and tells of each; nobody waits."""

    def __init__(self, look: Callable[[int], object]) -> None:
        super().__init__()
        self.look = look
        self.count = 0

    def wait(self, timeout: float | None = None) -> bool:
        self.count += 1
        self.look(self.count)
        return True


def test_stalled_machine_does_not_count_as_quiet(lms: Lms, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second goes by between two looks, in which no request could come either."""
    seconds = count()
    monkeypatch.setattr(time, "monotonic", lambda: float(next(seconds)))

    def look(number: int) -> None:
        if number == 3:
            with lms.answering():
                pass

    looks = Looks(look)
    lms._changed = looks
    lms.wait_until_quiet(0.2, 100)
    # Four looks with nothing new after the third, which found a request.
    assert looks.count == 7
