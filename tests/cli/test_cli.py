"""The command line as a whole: what it makes, what it prints, and its exit codes."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from builder import cli
from builder.package import pipeline
from tests.support.commands import finish, outcome

pytestmark = pytest.mark.whole

ROOT = Path(__file__).parent.parent.parent
GOOD = ROOT / "tests" / "golden" / "course"
TODAY = date(2026, 11, 25)
ZIP = "good-course-1.0.0.zip"
KEY = "good-course-1.0.0-key.csv"

SAVED = "1AAAAAAAAAAAD__AAAAAAAA68NAAD-AAAC6CAAB2EAAAyG"

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def _one_process(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(cli, "_today", lambda: TODAY)
    monkeypatch.chdir(tmp_path)
    shutil.copytree(GOOD, tmp_path / "course")


@pytest.fixture
def run() -> Run:
    return lambda *arguments: CliRunner().invoke(cli.main, arguments, catch_exceptions=False)


def edit(name: str, old: str, new: str) -> None:
    path = Path("course", name)
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_builds_the_course_of_this_folder_into_dist(run: Run) -> None:
    result = run("build")
    assert (result.exit_code, result.stderr) == (0, "")
    assert f"Made the package {Path('dist', ZIP)}" in result.stdout
    assert {path.name for path in Path("dist").iterdir()} == {ZIP, KEY}


def test_no_cache_is_accepted_and_ignored_but_not_offered(run: Run) -> None:
    assert run("build", "-o", "plain").exit_code == 0
    ignored = run("build", "-o", "ignored", "--no-cache")
    assert (ignored.exit_code, ignored.stderr) == (0, "")
    assert Path("ignored", ZIP).read_bytes() == Path("plain", ZIP).read_bytes()
    assert "cache" not in run("build", "--help").stdout


def test_a_build_writes_nothing_outside_its_output_folder(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("HOME", "USERPROFILE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path))
    before = {path for path in Path().rglob("*") if "dist" not in path.parts}
    assert run("build").exit_code == 0
    assert {path for path in Path().rglob("*") if "dist" not in path.parts} == before


def test_builds_from_inside_the_course_folder(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("course")
    assert run("build", "-o", "../out dir").exit_code == 0
    assert Path("../out dir", ZIP).exists()


@pytest.mark.parametrize("command", ["build", "preview", "review", "export"])
def test_missing_course_message_suggests_nearby_course(
    run: Run, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = ["--to", "gift"] if command == "export" else []
    Path("empty").mkdir()
    Path("course").rename("first aid")
    result = run(command, *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.endswith(
        "Error: There is no course in this folder: it has no file course.yaml and no folder "
        "“course”.\n"
        f'There is one in “first aid”: scorm-builder {command} "first aid"\n'
    )
    monkeypatch.chdir("empty")
    assert run(command, *options).stderr.endswith(
        f"\nName the folder of your course: scorm-builder {command} FOLDER. "
        "To make one: scorm-builder new\n"
    )


def test_command_help_uses_complete_sentences(run: Run) -> None:
    commands = run("--help").stdout.partition("Commands:\n")[2].partition("\n\n")[0].splitlines()
    assert len(commands) == len(cli.main.commands)
    assert [line for line in commands if not line.endswith(".") or line.endswith("...")] == []


def test_package_name_is_refused_as_output_folder(run: Run) -> None:
    result = run("build", "-o", "course.zip")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "“course.zip” looks like the name of a package, but -o takes a folder." in (
        result.stderr
    )
    assert not Path("course.zip").exists()


def test_build_reports_all_problems_and_keeps_earlier_package(run: Run) -> None:
    run("build")
    before = Path("dist", ZIP).read_bytes()
    edit("course.yaml", "title:", "titel:")
    edit("pages/topic.md", "## Who", "#### Who")
    result = run("build")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "error unknown-key The key “titel” is not allowed here." in result.stderr
    assert "error heading-skipped" in result.stderr
    assert result.stderr.startswith(
        "No package was made: fix 2 problems. The earlier package was not changed.\n\n"
    )
    assert Path("dist", ZIP).read_bytes() == before
    assert {path.name for path in Path("dist").iterdir()} == {ZIP, KEY}


def test_package_of_another_course_is_not_called_earlier_package(run: Run) -> None:
    Path("dist").mkdir()
    for name in ("another-course-1.0.0.zip", "good-course-two-1.0.0.zip"):
        Path("dist", name).write_bytes(b"")
    edit("course.yaml", "title:", "titel:")
    assert run("build").stderr.startswith("No package was made: fix 1 problem.\n\n")


def test_a_warning_is_reported_and_strict_rejects_it(run: Run) -> None:
    Path("course", "pages", "extra.md").write_text("---\ntitle: Extra\n---\nText.\n", "utf-8")
    result = run("build")
    assert result.exit_code == 0
    assert "warning page-unlisted" in result.stdout
    strict = run("build", "--strict", "-o", "strict")
    assert strict.exit_code == 1
    assert "error page-unlisted" in strict.stderr
    assert not Path("strict").exists()


def test_draft_builds_with_draft_name_but_release_is_refused(run: Run) -> None:
    edit("course.yaml", "review_by: ", "review_by: 2020-01-31 #")
    assert run("build").exit_code == 0
    assert {path.name for path in Path("dist").iterdir()} == {
        "good-course-1.0.0-draft.zip",
        "good-course-1.0.0-draft-key.csv",
    }
    release = run("build", "--release", "-o", "release")
    assert release.exit_code == 1
    assert "error review-overdue The review of this course was due by 2020-01-31." in release.stderr
    assert not Path("release").exists()


def test_json_is_for_machines(run: Run) -> None:
    edit("pages/topic.md", "## Who", "#### Who")
    result = run("build", "--json")
    assert (result.exit_code, result.stderr) == (1, "")
    output = json.loads(result.stdout)
    assert (output["made"], output["package"]) == (False, None)
    assert [one["code"] for one in output["diagnostics"]] == ["heading-skipped"]


def test_an_output_folder_that_is_a_file_is_a_problem(run: Run) -> None:
    Path("dist").write_text("mine", "utf-8")
    result = run("build", "-o", "dist/inner")
    assert result.exit_code == 1
    assert "error output-unwritable" in result.stderr
    assert Path("dist").read_text("utf-8") == "mine"


@pytest.mark.parametrize(
    "arguments", [("bild",), ("build", "--fast"), ("build", "a", "b"), ("explain", "link-broke")]
)
def test_wrong_usage_exits_with_2(run: Run, arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


def test_a_folder_without_a_course_is_a_problem(run: Run) -> None:
    result = run("build", "nowhere")
    assert result.exit_code == 1
    assert result.stderr == (
        "No package was made: fix 1 problem.\n\n"
        "nowhere: error course-missing There is no folder “nowhere”.\n"
        "    Name the folder that contains course.yaml: scorm-builder build FOLDER. If the file "
        "has another name, rename it; Windows may hide the endings of file names.\n\n"
        "More about a problem, with an example: scorm-builder explain course-missing\n"
    )
    Path("empty").mkdir()
    assert "error course-missing This folder has no course.yaml." in run("build", "empty").stderr


def test_older_drafts_beside_a_release_are_listed(run: Run) -> None:
    dist = Path("dist")
    dist.mkdir()
    for name in ("0.9", "1.0.0", "2-1.0.0", "x"):
        (dist / f"good-course-{name}-draft.zip").touch()
    assert run("build").stdout.splitlines()[-1] == (
        f"Older drafts are still here: {dist / 'good-course-0.9-draft.zip'}, "
        f"{dist / 'good-course-1.0.0-draft.zip'}"
    )
    edit("course.yaml", "review_by: ", "review_by: 2020-01-31 #")
    assert "still here" not in run("build").stdout


def process(*arguments: str, **options: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "builder", *arguments]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True, **options)


COMMANDS = [("build",), ("build", "--json"), ("explain",), ("--help",), ("--version",)]


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_closed_output_ends_command_quietly(arguments: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        child = process(*arguments, stdout=writing)
    finally:
        os.close(writing)
    assert (outcome(child)[1], child.returncode) == ("", 1)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a full device")
@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_output_on_a_full_disk_ends_the_command_quietly(arguments: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w") as full:
        child = process(*arguments, stdout=full)
    assert (outcome(child)[1], child.returncode) == ("", 1)


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a process without asking it")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_terminated_build_leaves_nothing_behind(name: str) -> None:
    """The signal comes when the package is written and not yet in its place."""
    # What nohup runs ignores a hang-up, and so does all that it starts.
    program = (
        "import os, signal\n"
        "signal.signal(signal.SIGHUP, signal.SIG_DFL)\n"
        "from builder import cli\n"
        "from builder.package import verify\n"
        f"verify.judge = lambda path: os.kill(os.getpid(), signal.{name})\n"
        "cli.run()\n"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", program, "build"]
    child = finish(command, env=environment)
    number = getattr(signal, name)
    assert (child.returncode, child.stdout, child.stderr) == (128 + number, "", "")
    assert list(Path("dist").iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a process without asking it")
def test_signal_during_destructor_still_ends_the_command() -> None:
    program = (
        "import os, signal, sys\n"
        "from builder.cli import process\n"
        "class Dying:\n"
        "    def __del__(self):\n"
        "        os.kill(os.getpid(), signal.SIGTERM)\n"
        "def command():\n"
        "    Dying()\n"
        "    signal.pause()\n"
        "process.run(command)\n"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", program]
    child = finish(command, env=environment)
    assert (child.returncode, child.stdout, child.stderr) == (143, "", "")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
@pytest.mark.parametrize("name", ["course.html", "course.docx"])
def test_document_that_does_not_fit_leaves_existing_file(name: str) -> None:
    Path(name).write_text("before", "utf-8")
    program = (
        "import resource\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "from builder import cli\n"
        "cli.run()\n"
    )
    # The limit would also cut off bytecode, which later processes would fail to read.
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", program, "review", "course", "-o", name]
    child = finish(command, env=environment)
    assert (child.returncode, child.stdout) == (1, "")
    assert child.stderr == (
        ".: error output-unwritable Nothing can be written here: the file is larger than may be "
        "written there.\n    Choose another folder with -o, or free some space in this one.\n"
    )
    assert (Path(name).read_text("utf-8"), [*Path().glob(".scorm*")]) == ("before", [])


def test_a_crash_is_reported_without_a_traceback(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(request: object) -> None:
        raise KeyError("pages\x1b[2J\u202e")

    monkeypatch.setattr(pipeline, "build", fail)
    result = run("build")
    assert (result.exit_code, result.stdout) == (3, "")
    first, second, third = result.stderr.splitlines()
    assert first == (
        "scorm-builder crashed. This is a bug in scorm-builder, not a mistake of yours. Earlier "
        "packages and files were not changed."
    )
    assert second.startswith("Please report it to the people who gave you scorm-builder")
    assert re.fullmatch(r"    scorm-builder \S+: KeyError, test_cli\.py:\d+: \S+", third)
    assert third.isprintable()


EVIL = "a\x1b]0;owned\x07\u202egpj\u2066\x9b2J\x7f"


NAMED = [
    ("build", "--since", EVIL),
    ("build", f"--{EVIL}"),
    ("build", EVIL),
    ("build", "course", EVIL),
    ("build", "-o", f"evil/{EVIL}.zip/x"),
    ("diff", EVIL, "course"),
    ("diff", "course", f"evil/{EVIL}.zip"),
    ("state", EVIL, SAVED),
    ("state", f"evil/{EVIL}.zip", SAVED),
    ("state", f"dist/{ZIP}", f"{EVIL[-8:]}owned.txt"),
    ("rehearse", f"evil/{EVIL}.zip", f"dist/{ZIP}"),
    ("rehearse", f"dist/{ZIP}", f"dist/{ZIP}", "--states", f"evil/{EVIL}.csv"),
    ("rehearse", f"dist/{ZIP}", f"dist/{ZIP}", "--states", EVIL),
    ("rehearse", f"dist/{ZIP}", f"dist/{ZIP}", "--states", f"evil/{EVIL}.txt", "--details"),
    ("explain", EVIL),
    (EVIL,),
    (f"--{EVIL}",),
]


def test_printed_text_contains_no_terminal_controls(run: Run) -> None:
    run("build", "-o", "dist")
    Path("evil").mkdir()
    Path("evil", f"{EVIL}.zip").write_text("no zip")
    Path("evil", f"{EVIL}.csv").write_text(f"{EVIL},b\nAnn,1\n", "utf-8")
    Path("evil", f"{EVIL}.txt").write_text(f"name,suspend_data\n{EVIL},{SAVED}\n", "utf-8")
    for arguments in NAMED:
        result = run(*arguments)
        output = result.stdout + result.stderr
        assert "owned" in output, arguments
        assert [one for one in output if one != "\n" and not one.isprintable()] == [], arguments
        assert result.exit_code == (0 if "--details" in arguments else result.exit_code or 4)


def test_explain(run: Run) -> None:
    result = run("explain", "alt-missing")
    assert result.exit_code == 0
    assert result.stdout.startswith("alt-missing (error)\n\n")
    assert "Did you mean “link-broken”?" in run("explain", "link-broke").stderr
    assert "state-too-large" in run("explain").stdout


def test_a_schema_is_written_whole_or_not_at_all(run: Run) -> None:
    assert run("schema", "page", "-o", "new/page.json").exit_code == 0
    assert Path("new/page.json").read_text("utf-8") == run("schema", "page").stdout
    assert [path.name for path in Path("new").iterdir()] == ["page.json"]
    os.mkfifo("pipe")
    output = run("schema", "-o", "pipe")
    assert (output.exit_code, output.stdout) == (2, "")
    assert "pipe: Nothing can be written here: it is a folder, a device or a pipe." in output.stderr


def test_every_command_says_what_it_does(run: Run) -> None:
    for name, command in cli.main.commands.items():
        assert command.help
        assert run(name, "--help").exit_code == 0
        options = [param for param in command.params if isinstance(param, click.Option)]
        assert [option.name for option in options if not option.help] == []
    page = Path(__file__).parent.parent.parent.joinpath("docs/commands.md").read_text("utf-8")
    for name in cli.main.commands:
        assert f"\n## {name}\n" in page


def test_state_is_explained_as_text_and_as_json(run: Run) -> None:
    run("build")
    package = str(Path("dist", ZIP))
    result = run("state", package, SAVED)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Status      incomplete: not finished yet" in result.stdout
    found = json.loads(run("state", package, "--json", SAVED).stdout)
    assert (found["whole"], found["head"]["attempt"], found["damage"]) == (True, "AAAAAAAA", None)


def test_state_reads_a_file_and_its_input(run: Run) -> None:
    run("build")
    package = str(Path("dist", ZIP))
    output = run("state", package, SAVED).stdout
    Path("saved.txt").write_text(f"\ufeff{SAVED}\r\n", "utf-8")
    assert run("state", package, "saved.txt").stdout == output
    piped = CliRunner().invoke(cli.main, ["state", package, "-"], input=f"{SAVED}\n")
    assert piped.stdout == output
    garbled = CliRunner().invoke(cli.main, ["state", package, "-"], input=b"\xff\xfe")
    assert garbled.exit_code == 1


def test_state_of_an_empty_string_is_no_folder(run: Run) -> None:
    run("build")
    result = run("state", str(Path("dist", ZIP)), "")
    assert (result.exit_code, result.stderr) == (1, "")
    assert "Not readable: It is empty: the trainee has not started, or" in result.stdout


def test_state_command_fails_for_damaged_string(run: Run) -> None:
    run("build")
    result = run("state", str(Path("dist", ZIP)), SAVED[:-1])
    assert result.exit_code == 1
    assert "Partly readable: It is cut short" in result.stdout
    assert "Lost: the record answers; which answers still have to be" in result.stdout


def test_state_without_its_package_or_file_is_a_wrong_command(run: Run) -> None:
    Path("other.zip").write_text("no zip")
    run("build")
    for arguments, words in (
        (("nowhere.zip", SAVED), "does not exist"),
        (("other.zip", SAVED), "This package cannot be read"),
        ((str(Path("dist", ZIP)), "save.txt"), "There is no file “save.txt”"),
    ):
        result = run("state", *arguments)
        assert (result.exit_code, result.stdout) == (2, "")
        assert words in result.stderr


def test_rehearse_reports_effect_on_trainees(run: Run) -> None:
    run("build", "-o", "old")
    run("build", "-o", "new")
    packages = (str(Path("old", ZIP)), str(Path("new", ZIP)))
    result = run("rehearse", *packages)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "keep everything" in result.stdout
    Path("states.csv").write_text(f"Name,suspend_data\nAnn,{SAVED}\nBen,rubbish\n")
    result = run("rehearse", *packages, "--states", "states.csv", "--details")
    assert result.exit_code == 1
    assert "Ben\n  Problem     It does not begin with “1”" in result.stdout
    found = json.loads(run("rehearse", *packages, "--states", "states.csv", "--json").stdout)
    assert [one["learner"] for one in found["trainees"]] == ["Ann", "Ben"]
    assert [one["loses"] for one in found["trainees"]] == [False, False]


def test_rehearse_takes_course_folders_as_diff_does(run: Run) -> None:
    run("build")
    result = run("rehearse", str(Path("dist", ZIP)), "course")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "the old version" in result.stdout
    Path("course", "course.yaml").write_text("title: [", "utf-8")
    result = run("rehearse", str(Path("dist", ZIP)), "course")
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{Path('course/course.yaml')}:1:9: error yaml-syntax " in result.stderr


def test_rehearse_with_wrong_input_is_a_usage_error(run: Run) -> None:
    run("build")
    package = str(Path("dist", ZIP))
    Path("other.zip").write_text("no zip")
    Path("states.csv").write_text("Name\nAnn\n")
    for arguments, words in (
        ((package, "other.zip"), "other.zip: error package-foreign This package cannot be read"),
        ((package, package, "--states", "states.csv"), "has no column suspend_data"),
        ((package, package, "--states", "none.csv"), "does not exist"),
    ):
        result = run("rehearse", *arguments)
        assert (result.exit_code, result.stdout) == (2, "")
        assert words in result.stderr


@pytest.mark.parametrize("command", ["build", "approve", "translate", "export"])
def test_a_course_is_also_named_by_its_file(run: Run, command: str) -> None:
    options = ("--to", "gift") if command == "export" else ()
    result = run(command, str(Path("course", "course.yaml")), *options)
    assert (result.exit_code, "is a file" in result.output) == (0, False)


@pytest.mark.parametrize("option", ["–release", "—release"])
@pytest.mark.parametrize("before", [(), ("course",)])
def test_a_long_dash_of_word_is_named(run: Run, option: str, before: tuple[str, ...]) -> None:
    result = run("build", *before, option)
    assert result.exit_code == 2
    assert result.stderr.endswith(
        f"Error: “{option}” starts with a long dash, which Word and phones write instead of "
        "hyphens. Write --release\n"
    )


def test_a_build_says_where_the_package_is(run: Run) -> None:
    output = run("build", "course", "-o", "out").stdout
    assert f"  Folder    {Path('out').absolute()}\n" in output
