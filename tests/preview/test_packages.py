"""A package of any tool in the simulated LMS: what its server gives, to whom, and what it never
allows. The attacks that need a browser are in test_package_window.py."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from http.client import HTTPConnection, IncompleteRead
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner

from builder import cli
from builder.cli.preview import package_request
from builder.preview.packages import Opened, running
from tests.audit import packages
from tests.preview.asking import ask
from tests.support import patience

SECRET = "Nobody but the author may read this."
SEVERAL = """\
@ file second.html
<h1>Second</h1>
@ edit imsmanifest.xml
-     </organization>
+       <item identifier="J" identifierref="S" parameters="?lang=de"><title>More</title>
+ <adlcp:masteryscore>80</adlcp:masteryscore><adlcp:datafromlms>x=1</adlcp:datafromlms></item>
+     </organization>
@ edit imsmanifest.xml
-   </resources>
+     <resource identifier="S" type="webcontent" href="second.html#top" adlcp:scormtype="sco"/>
+   </resources>
"""


@contextmanager
def opened(path: Path) -> Iterator[Opened]:
    with running(package_request(path, "moodle")) as found:
        yield found


@pytest.fixture
def package(tmp_path: Path) -> Iterator[Opened]:
    (tmp_path / "note.txt").write_text(SECRET, "utf-8")
    path = packages.read(f"{SEVERAL}@ file media\\film.mp4\nabcdefgh\n").zipped(tmp_path / "a.zip")
    with opened(path) as found:
        yield found


def get(found: Opened, path: str, **headers: str) -> tuple[Any, bytes]:
    """The answer of the package's server, as to a browser that resolves its name."""
    host, port = urlsplit(found.addresses[0]).hostname, urlsplit(found.addresses[0]).port
    given = {"Host": f"{host}:{port}"} | headers
    return ask(f"http://127.0.0.1:{port}", "GET", path, None, **given)


def post(found: Opened, path: str, body: object, **headers: str) -> tuple[int, Any]:
    given = {"Origin": found.address, "X_Token": found.token} | headers
    answer, text = ask(found.address, "POST", path, body, **given)
    return answer.status, json.loads(text or "null")


def test_files_come_from_the_zip_and_nowhere_else(package: Opened) -> None:
    answer, data = get(package, "/content/media/film.mp4", Range="bytes=2-4")
    assert (answer.status, data) == (206, b"cde")
    assert answer.getheader("Content-Type") == "video/mp4"
    # The page says what its encoding is.
    assert get(package, "/content/index.html")[0].getheader("Content-Type") == "text/html"
    assert get(package, "/item/1/content/second.html")[1] == b"<h1>Second</h1>\n"
    for path in (
        *("/content/", "/content/../note.txt", "/content/%2e%2e/note.txt", "/note.txt"),
        *("/content//etc/passwd", "/lms/%2e%2e/preview/index.html", "/item/0/content/note.txt"),
        *("/item/2/lms/", "/item/0/item/1/lms/", "/preview/preview.css", "/api/record", "/"),
    ):
        answer, data = get(package, path)
        assert answer.status == 404, path
        assert SECRET.encode() not in data


@pytest.mark.parametrize("kind", ["damaged", "bzip2"])
def test_unreadable_file_ends_no_preview(kind: str, tmp_path: Path) -> None:
    film = " ".join(map(str, range(400)))
    text = f"@ file film.mp4\n{film}\n@ member film.mp4 {kind}\n"
    with opened(packages.read(text).zipped(tmp_path / "a.zip")) as found:
        server = urlsplit(found.addresses[0])
        with closing(HTTPConnection("127.0.0.1", server.port, patience.SECONDS)) as connection:
            connection.request("GET", "/content/film.mp4", headers={"Host": server.netloc})
            with connection.getresponse() as answer:
                cut = kind == "damaged"
                with pytest.raises(IncompleteRead) if cut else nullcontext():
                    answer.read()
                assert answer.status == 200
        assert get(found, "/content/index.html")[0].status == 200


@pytest.mark.parametrize(
    "path",
    [
        *("/content/index.html", "/content/none.html", "/item/0/lms/", "/lms/simulator.js"),
        *("/item/0/lms/state", "/item/9/lms/", "/lms/level.html", "/none", "/favicon.ico"),
    ],
)
def test_every_response_keeps_requests_inside(path: str, package: Opened) -> None:
    for host in ({}, {"Host": "evil.example"}):
        answer, _ = get(package, path, **host)
        policy = dict(
            part.strip().split(" ", 1)
            for part in str(answer.getheader("Content-Security-Policy")).split(";")
        )
        sources = "'self' data: blob: 'unsafe-inline' 'unsafe-eval'"
        assert {policy[name] for name in ("default-src", "connect-src", "worker-src")} == {sources}
        assert (policy["form-action"], policy["base-uri"]) == ("'self'", "'self'")
        assert policy["frame-ancestors"].split() == ["'self'", *package.windows.split()]
        assert "camera=()" in str(answer.getheader("Permissions-Policy"))


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1:PORT"},
        {"Host": "other.localhost:PORT"},
        {"Origin": "http://evil.example"},
        {"Origin": "http://127.0.0.1:8420"},
        {"Service_Worker": "script"},
    ],
)
def test_package_answers_only_its_own_origin(headers: dict[str, str], package: Opened) -> None:
    port = str(urlsplit(package.addresses[0]).port)
    given = {name: value.replace("PORT", port) for name, value in headers.items()}
    assert get(package, "/content/index.html", **given)[0].status == 403


def test_each_run_has_an_origin_of_its_own(package: Opened, tmp_path: Path) -> None:
    with opened(tmp_path / "a.zip") as other:
        ours, theirs = (urlsplit(one.addresses[0]) for one in (package, other))
        assert ours.hostname != theirs.hostname
        assert ours.port != theirs.port
        assert re.fullmatch(r"package-[0-9a-f]{12}\.localhost", str(ours.hostname))


def test_the_window_cannot_be_used_by_the_package(package: Opened) -> None:
    body = {"item": 0, "messages": []}
    for headers in (
        {"Origin": package.addresses[0]},
        {"Origin": "null"},
        {"X_Token": "wrong"},
        {"Host": urlsplit(package.addresses[0]).netloc},
    ):
        assert post(package, "/api/begin", body, **headers)[0] == 403
    assert post(package, "/api/begin", body) == (200, {})
    for path in ("/item/0/lms/", "/item/0/lms/state", "/content/index.html"):
        assert package.token.encode() not in get(package, path)[1]


def test_the_frame_allows_no_top_navigation_and_no_escape(package: Opened) -> None:
    answer, page = ask(package.address, "GET", "/")
    [tokens] = re.findall(r'<iframe id="frame"[^>]* sandbox="([^"]*)"', page.decode())
    assert set(tokens.split()) == {
        *("allow-scripts", "allow-same-origin", "allow-forms", "allow-modals"),
        *("allow-downloads", "allow-popups"),
    }
    policy = str(answer.getheader("Content-Security-Policy"))
    assert f"frame-src {' '.join(package.addresses)};" in policy
    assert "script-src 'self';" in policy


def test_browser_storage_can_be_cleared(package: Opened) -> None:
    answer, page = get(package, "/clear")
    assert (answer.status, page) == (200, b"")
    assert answer.getheader("Clear-Site-Data") == '"cache", "storage", "cookies"'
    # Under the name “localhost”, the cookies are also those of other servers.
    answer, _ = get(package, "/clear", Host=urlsplit(package.addresses[1]).netloc)
    assert answer.getheader("Clear-Site-Data") == '"cache", "storage"'
    assert get(package, "/clear", Host="evil.example")[0].status == 403


def test_each_part_has_a_record_of_its_own(package: Opened) -> None:
    assert [one["title"] for one in package.printed()["items"]] == ["Part", "More"]
    assert package.printed()["items"][1] | {"version": ""} == {
        **{"item": "J", "title": "More", "href": "second.html#top?lang=de"},
        **{"mastery": "80", "launchData": "x=1", "version": ""},
    }
    held = {"type": "held", "values": {"cmi.core.lesson_status": "passed"}}
    assert post(package, "/api/begin", {"item": 1, "messages": [held]})[0] == 200
    assert [package.record(item, 0)["messages"] for item in (0, 1)] == [[], [held]]
    assert post(package, "/api/begin", {"item": 2, "messages": []})[0] == 400
    assert ask(package.address, "GET", "/api/record?item=x&calls=0")[0].status == 400
    printed = get(package, "/item/1/lms/")[1].decode()
    assert '"item": "J"' in printed
    assert '"passed"' in printed
    # A new trainee has opened no part.
    assert post(package, "/api/begin", {"item": 0, "messages": []})[0] == 200
    assert package.record(1, 0)["messages"] == []


def test_a_fault_applies_to_every_part(package: Opened) -> None:
    assert post(package, "/api/faults", {"offline": True}) == (200, {})
    assert [lms.faults.offline for lms in package.lmss] == [True, True]
    assert post(package, "/api/faults", {"none": True})[0] == 400


def test_only_our_own_package_has_example_trainees(
    showcase_package: Path, package: Opened, tmp_path: Path
) -> None:
    assert package.trainees() == {}
    assert post(package, "/api/explain", {"state": "1AAAA"}) == (200, None)
    with opened(showcase_package) as found:
        assert set(found.trainees()) == {"half-way", "finished", "failed"}
        state = found.trainees()["finished"]["values"]["cmi.suspend_data"]
        explained = post(found, "/api/explain", {"state": state})[1]
        assert (explained["length"], explained["damage"]) == (len(state), None)
    forged = packages.read('@ file course.json\n{"format": 1, "pages": [[[[]]]]}\n')
    with opened(forged.zipped(tmp_path / "forged.zip")) as found:
        assert found.trainees() == {}


@pytest.fixture(autouse=True)
def ends_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A preview goes on until it is ended."""
    monkeypatch.setattr(Opened, "wait", lambda opened: None)


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(cli.main, ["preview", "--no-open", *map(str, arguments)])
    return result.exit_code, " ".join(result.output.split())


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        (
            "@ rename imsmanifest.xml -> cmi5.xml\n",
            "it is made for cmi5, and the simulated LMSs open only SCORM",
        ),
        (
            "@ delete imsmanifest.xml\n",
            "there is no imsmanifest.xml in it, so it is not a SCORM package",
        ),
        (
            "@ rename index.html -> index.html/a.html\n",
            "“index.html”, which its imsmanifest.xml launches, is not in it",
        ),
        (
            '@ edit imsmanifest.xml\n- href="index.html" adlcp\n+ adlcp\n',
            "its imsmanifest.xml names no file to launch",
        ),
        (
            "@ edit imsmanifest.xml\n- </manifest>\n+ </manifesto>\n",
            "its imsmanifest.xml is not valid XML: Opening and ending tag mismatch: manifest line "
            "2 and manifesto, line 18, column 13",
        ),
        ("@ member index.html encrypted\n", "“index.html” in it needs a password"),
        ("@ member imsmanifest.xml encrypted\n", "“imsmanifest.xml” in it needs a password"),
        ("@ file ../out.html\nout\n", "“../out.html” would be unpacked outside of its folder"),
        (
            f"@ file film.mp4 bytes={5 << 20}\n\n",
            "“film.mp4” unpacks to more than 250 times its size",
        ),
        (
            f"@ file imsmanifest.xml\n<!--{' '.join(map(str, range(1_600_000)))}-->\n",
            "its imsmanifest.xml is too large to be read",
        ),
    ],
)
def test_what_cannot_be_opened_is_explained(changes: str, why: str, tmp_path: Path) -> None:
    path = packages.read(changes).zipped(tmp_path / "a.zip")
    assert run(path) == (1, f"“a.zip” cannot be opened: {why}.")


def test_what_is_no_package_is_explained(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_text("no zip", "utf-8")
    (tmp_path / "folder.zip").mkdir()
    cannot = "cannot be opened: it is"
    code, output = run(tmp_path / "a.zip")
    assert (code, output.startswith(f"“a.zip” {cannot} not a zip file, or its end")) == (1, True)
    assert run(tmp_path / "folder.zip") == (
        1,
        f"“folder.zip” {cannot} a folder: zip what is in it.",
    )
    for wrong, why in (
        ((tmp_path / "none.zip",), "There is no file “"),
        ((f"{'a' * 5000}.zip",), " cannot be read: File name too long."),
        ((tmp_path / "a.zip", "--editor", "kate"), "--editor is for a course, not for a package."),
    ):
        code, output = run(*wrong)
        assert (code, why in output) == (2, True), output


def test_damaged_manifest_is_named(tmp_path: Path) -> None:
    path = packages.read("@ member imsmanifest.xml damaged\n").zipped(tmp_path / "a.zip")
    code, output = run(path)
    assert (code, "cannot be opened: “imsmanifest.xml” is damaged (" in output) == (1, True)


def test_what_the_zip_lacks_is_on_view(tmp_path: Path) -> None:
    path = packages.read(f"{SEVERAL}@ delete second.html\n@ folder course\n").zipped(tmp_path / "a")
    request = package_request(path, "moodle")
    assert [item["href"] for item in request.items] == ["course/index.html"]
    assert request.notice == (
        "imsmanifest.xml is in the folder “course”: most learning systems refuse such a zip. "
        "Left out, because the zip does not contain them: “course/second.html”."
    )


def test_scorm_2004_says_that_its_api_is_missing(tmp_path: Path) -> None:
    newer = (
        "@ edit imsmanifest.xml\n- >1.2<\n+ >2004 4th Edition<\n"
        '@ edit imsmanifest.xml\n- "http://www.adlnet.org/xsd/adlcp_rootv1p2"\n'
        '+ "http://www.adlnet.org/xsd/adlcp_v1p3"\n'
    )
    request = package_request(packages.read(newer).zipped(tmp_path / "a.zip"), "moodle")
    assert request.about == "SCORM 2004 4th Edition"
    assert "API_1484_11, is missing" in request.notice
    request = package_request(packages.read("").zipped(tmp_path / "b.zip"), "moodle")
    assert (request.title, request.about, request.notice) == ("Course", "SCORM 1.2", "")
