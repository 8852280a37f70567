"""The wheel, installed where there is no checkout: every command of an author works there.

Nothing is fetched: the dependencies are those that the tests run with, and no others of theirs can
be seen.
"""

import json
import re
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from importlib.metadata import distribution
from pathlib import Path
from urllib.request import urlopen

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from builder import cli
from tests.conftest import ROOT
from tests.support import patience
from tests.support.commands import previewing, run
from tools import word

pytestmark = pytest.mark.whole

SERVING = {"preview"}
"""Commands that go on until they are ended."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    made = run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder))
    assert made.returncode == 0, made.stdout + made.stderr
    [path] = folder.glob("*.whl")
    return path


def needed(names: list[str]) -> Iterator[str]:
    """The packages of these requirements, and all that they require."""
    waiting, seen = list(names), set[str]()
    while waiting:
        requirement = Requirement(waiting.pop())
        if requirement.marker and not requirement.marker.evaluate({"extra": ""}):
            continue
        name = canonicalize_name(requirement.name)
        if name not in seen:
            seen.add(name)
            yield name
            waiting += distribution(name).requires or []


def metadata(wheel: Path) -> str:
    with zipfile.ZipFile(wheel) as archive:
        [name] = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        return archive.read(name).decode()


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment into which the wheel is installed, with what it requires."""
    folder = tmp_path_factory.mktemp("installed") / "an environment"
    made = run(sys.executable, "-m", "venv", "--without-pip", str(folder))
    assert made.returncode == 0, made.stderr
    [site] = folder.glob("lib/python3*/site-packages")
    for name in needed(re.findall(r"^Requires-Dist: (.*)$", metadata(wheel), re.MULTILINE)):
        package = distribution(name)
        for top in {Path(file).parts[0] for file in package.files or ()} - {"..", "__pycache__"}:
            (site / top).symlink_to(package.locate_file(top))
    uv = ROOT / ".tools" / "uv" / "bin" / "uv"
    command = (str(uv), "pip", "install", "--offline", "--no-deps", "--python", str(folder))
    put = run(*command, str(wheel), UV_CACHE_DIR=str(folder / "cache"))
    assert put.returncode == 0, put.stderr
    return folder / "bin"


Command = Callable[..., subprocess.CompletedProcess[str]]

FORKING = """
import json, os, signal, sys
import jinja2, lxml.etree, markdown_it, yaml
from builder import cli
for line in sys.stdin:
    child = os.fork()
    if not child:
        signal.alarm(120)
        (*sys.argv, out, err) = json.loads(line)
        for number, name in enumerate([os.devnull, out, err]):
            os.dup2(os.open(name, os.O_RDWR | os.O_CREAT | os.O_TRUNC), number)
        cli.run()
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
"""Runs the command with the arguments of each line, in a copy of a process that has only started:
each command loads the modules that it needs; Python and the libraries are loaded once."""


@pytest.fixture
def command(installed: Path, tmp_path: Path) -> Iterator[Command]:
    """Runs the installed command in an empty folder."""
    here = tmp_path / "my courses"
    here.mkdir()
    files = tmp_path / "stdout.txt", tmp_path / "stderr.txt"
    started = [str(installed / "python"), "-c", FORKING]
    pipe = subprocess.PIPE
    with subprocess.Popen(started, cwd=here, stdin=pipe, stdout=pipe, text=True) as process:

        def called(*arguments: str) -> subprocess.CompletedProcess[str]:
            assert process.stdin
            assert process.stdout
            process.stdin.write(json.dumps(["scorm-builder", *arguments, *map(str, files)]) + "\n")
            process.stdin.flush()
            code = int(process.stdout.readline())
            said = (file.read_text("utf-8") for file in files)
            return subprocess.CompletedProcess(arguments, code, *said)

        yield called


def test_wheel_holds_the_package_and_its_templates(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        entry_points = next(name for name in names if name.endswith("/entry_points.txt"))
        assert "scorm-builder = builder.cli:run" in archive.read(entry_points).decode()
    in_wheel = {name for name in names if name.startswith("builder/_data/templates/")}
    in_checkout = {
        "builder/_data/" + path.relative_to(ROOT).as_posix()
        for path in (ROOT / "templates").rglob("*")
        if path.is_file() and path.parent.name != "__pycache__"
    }
    assert in_wheel == in_checkout
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"builder"}


def test_the_page_on_installing_names_the_wheel(wheel: Path) -> None:
    page = (ROOT / "docs/install.md").read_text("utf-8")
    assert set(re.findall(r"scorm_builder-\S+?\.whl", page)) == {wheel.name}


def test_the_checkout_cannot_be_seen(installed: Path, tmp_path: Path) -> None:
    tell = "import builder, sys; print(builder.__file__); print(*sys.path, sep='\\n')"
    origin, *paths = run(str(installed / "python"), "-c", tell, cwd=tmp_path).stdout.splitlines()
    assert Path(origin).is_relative_to(installed.parent)
    assert not any(Path(path) == ROOT for path in paths)
    for name in ("pytest", "hatchling", "jsonschema"):
        assert run(str(installed / "python"), "-c", f"import {name}", cwd=tmp_path).returncode == 1


def test_every_command_works(command: Command, tmp_path: Path) -> None:
    old, new = "out/first-1.0.0-draft.zip", "out/first-1.0.1-draft.zip"
    settings = tmp_path / "my courses" / "first" / "course.yaml"
    output = {"state"}

    def done(*arguments: str) -> str:
        ended = command(*arguments)
        assert (ended.returncode, ended.stderr) == (0, ""), arguments
        output.add(arguments[0])
        return ended.stdout

    assert "Made the course “First” in first" in done("new", "first", "-t", "compliance")
    assert "Made the draft" in done("build", "first", "-o", "out")
    settings.write_text(settings.read_text("utf-8").replace('"1.0.0"', '"1.0.1"', 1), "utf-8")
    assert "Made the draft" in done("build", "first", "-o", "out", "--since", old)
    assert "Nothing has changed for trainees." in done("diff", old, "first")
    assert "approved by Sam on" in done("approve", "first", "pass_mark", "--by", "Sam")
    assert "stages of progress through the old version" in done("rehearse", old, new)
    assert "Made the review document" in done("review", "first", "-o", "out/first.docx")
    assert "No comments and no changes" in done("review", "first", "--read", "out/first.docx")
    assert "Made the review document" in done("review", "first", "-o", "out/first.html")
    for to, name in (("gift", "b.gift"), ("moodle-xml", "b.xml"), ("xlsx", "b.xlsx")):
        assert "Made the question bank" in done("export", "first", "--to", to, "-o", f"out/{name}")
    assert "Made the page" in done("export", "first", "--to", "html", "-o", "out/page.html")
    assert "Made" in done("translate", "first", "en-XA", "-o", "out/first.xlf")
    assert "Read first.xlf" in done("translate", "first", "--read", "out/first.xlf")
    assert "link-broken (error)" in done("explain", "link-broken")
    assert '"title": "Questions of a course"' in done("schema", "questions")
    done("schema", "course", "-o", "first/.schemas/course.json")
    word.write(settings.parent.parent / "hand-out.docx", "# Welcome\nWe are glad that you came.\n")
    assert "Made the course “hand-out” in made" in done("import", "hand-out.docx", "-o", "made")
    done("new", "--sheet", "questions.xlsx")
    assert "Made the course" in done("import", "questions.xlsx", "-o", "asked")
    assert "Nothing found in" in done("audit", new, "--against", old)
    answers = "learner,interaction,result\nann,final-quiz--who,correct\n"
    (settings.parent.parent / "report.csv").write_text(answers, "utf-8")
    # No answer of a made-up question belongs to the course.
    foreign = command("results", "report.csv", "--package", new)
    assert "No answer in the reports belongs to a question" in " ".join(foreign.stderr.split())
    output.add("results")
    damaged = command("state", old, "1AAAA")
    assert (damaged.returncode, "Traceback" in damaged.stderr) == (1, False)
    assert output == set(cli.main.commands) - SERVING


def test_the_preview_serves_its_window_and_a_course(installed: Path, tmp_path: Path) -> None:
    program = str(installed / "scorm-builder")
    assert run(program, "new", "first", cwd=tmp_path).returncode == 0
    with previewing(program, "preview", "first", cwd=tmp_path) as (process, address):
        window = fetched(f"{address}/")
        assert '<iframe id="frame"' in window
        assert "Ask for a new attempt" in fetched(f"{address}/preview/main.js")
        printed = re.search(r'id="printed">(\{.*?\})</script>', window)
        assert printed
        course = json.loads(printed[1])["course"]
        assert "LMSInitialize" in fetched(f"{course}/lms/simulator.js")
        assert "<title>Start – First</title>" in fetched(f"{course}/content/index.html")
        process.send_signal(signal.SIGINT)
        assert process.wait(patience.SECONDS) == 128 + signal.SIGINT


def fetched(address: str) -> str:
    with urlopen(address, timeout=patience.SECONDS) as answer:
        return str(answer.read().decode())


def test_every_command_has_its_help(command: Command) -> None:
    for name in cli.main.commands:
        ended = command(name, "--help")
        assert (ended.returncode, ended.stderr) == (0, "")
        assert ended.stdout.startswith(f"Usage: scorm-builder {name}")
