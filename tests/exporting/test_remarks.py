"""Remarks of reviewers are kept in the course, and a release waits until they are closed."""

import json
import shutil
import subprocess
import sys
import tempfile
import unicodedata
import zipfile
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from builder import cli
from builder.base import transaction
from builder.course.load import load
from builder.course.validate import approvals
from builder.exporting import saved_remarks
from builder.exporting.review import Remark
from tests.exporting.reviewed_course import sent, written
from tests.exporting.reviewer import Reviewer, W
from tests.support.golden import GOOD

pytestmark = pytest.mark.whole
HEAD = (
    "# What reviewers remarked. “scorm-builder review” writes this file, one line for each remark, "
    "and a\n# release waits until all are closed. To list them: scorm-builder review COURSE "
    "--remarks\n"
)
BOOTS = (
    '- {"id": "5JD7-V3VF", "state": "%s", "kind": "change", "by": "Ann Lee", "on": "2026-11-20", '
    '"file": "pages/rain.md", "line": 9, "part": "p:rain", "about": "Boots", '
    '"added": "Wellingtons"}\n'
)
COAT = (
    '- {"id": "QKVT-HRQX", "state": "open", "kind": "comment", "by": "Ann Lee", '
    '"on": "2026-11-20", "file": "pages/rain.md", "line": 10, "part": "p:rain", "about": "coat", '
    '"text": "Too long."}\n'
)


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path / "course")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.main, arguments, catch_exceptions=False)


def review(*arguments: str) -> Result:
    return run("review", "course", *arguments)


def remarks(course: str = "course") -> str:
    return Path(course, "remarks.yaml").read_text("utf-8")


def states(course: str = "course") -> dict[str, str]:
    found = json.loads(run("review", course, "--remarks", "--json").output)
    return {one["id"]: one["state"] for one in found["remarks"]}


def returned(course: str = "course", author: str = "Ann Lee") -> str:
    """A document that came back with a change and a comment."""
    file = sent(Path(course))
    with Reviewer(file, author) as reviewer:
        reviewer.replace("Boots", "Wellingtons")
        reviewer.comment("coat", "Too long.")
    return str(file)


def test_what_a_document_says_is_kept_once() -> None:
    file = returned()
    first = review("--read", file)
    assert first.output.endswith(
        "Saved 2 new remarks in course/remarks.yaml. 2 remarks of this document are open, and a "
        "release is refused until they are closed:\n      scorm-builder review course --remarks\n"
    )
    assert remarks() == HEAD + BOOTS % "open" + COAT
    again = review("--read", file)
    assert "course/remarks.yaml already has all of these remarks. 2 remarks of this" in again.output
    assert remarks() == HEAD + BOOTS % "open" + COAT


def test_remarks_that_say_the_same_are_two() -> None:
    file = sent(Path("course"))
    with Reviewer(file) as reviewer:
        reviewer.comment("coat", "Why?")
        reviewer.comment("coat", "Why?")
    review("--read", str(file))
    review("--read", str(file))
    assert [*states().values()] == ["open", "open"]


def test_rereading_after_a_course_edit_adds_no_remarks() -> None:
    file = returned()
    review("--read", file)
    page = Path("course/pages/rain.md")
    page.write_text(page.read_text("utf-8").replace("## When", "Before.\n\n## When"), "utf-8")
    review("--read", file)
    assert states() == {"5JD7-V3VF": "open", "QKVT-HRQX": "open"}
    assert "course/pages/rain.md:11:3" in review("--remarks").output


def test_remark_list_shows_author_place_and_closing_commands() -> None:
    review("--read", returned())
    assert review("--remarks").output == (
        "2 remarks are open\n\n"
        "5JD7-V3VF open course/pages/rain.md:9:3: change, by Ann Lee, 2026-11-20, [p:rain]\n"
        "   “Boots” → “Wellingtons”\n\n"
        "QKVT-HRQX open course/pages/rain.md:10:5: comment, by Ann Lee, 2026-11-20, [p:rain]\n"
        "   about “coat”\n   Too long.\n\n"
        "To close a remark that the course now follows: scorm-builder review course --resolve "
        "5JD7-V3VF\n"
        "To close a remark that it will not follow: scorm-builder review course --decline "
        '5JD7-V3VF --reason "REASON"\n'
    )


def test_a_remark_is_closed_by_how_its_code_begins() -> None:
    review("--read", returned())
    declined = review("--decline", "qk", "--reason", "It is  short.")
    assert declined.output == (
        "QKVT-HRQX declined course/pages/rain.md:10:5: comment, by Ann Lee, 2026-11-20, [p:rain]\n"
        "   about “coat”\n   Too long.\n   Declined: It is short.\n\n1 remark is still open.\n"
    )
    assert review("--resolve", "5JD7-V3VF").output.endswith("\n\nNo remark is open.\n")
    closed = COAT.replace('"open"', '"declined", "reason": "It is short."')
    assert remarks() == HEAD + BOOTS % "done" + closed


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--resolve", "X"], "The course has no remark “X”.\n"),
        (["--resolve", "1"], "no remark “1”. Give its code, not its number in a list."),
        (["--resolve", ","], "Name a remark by its code, as --remarks lists it."),
        (["--decline", "5JD7"], "Say why it is declined: add --reason and a sentence"),
        (["--decline", "5JD7", "--reason", "REASON"], "Say why it is declined"),
        (["--resolve", "5JD7", "--reason", "Yes."], "--reason only works with --decline."),
        (
            ["--resolve", "5J", "--decline", "QK", "--reason", "No."],
            "Give only one of --output, --read",
        ),
    ],
)
def test_what_closes_nothing_says_why(options: list[str], message: str) -> None:
    review("--read", returned())
    refused = review(*options)
    assert refused.exit_code == 2
    assert message in refused.output
    assert [*states().values()] == ["open", "open"]


def test_a_beginning_that_several_codes_share_is_refused() -> None:
    review("--read", returned())
    file = Path("course/remarks.yaml")
    file.write_text(remarks().replace("QKVT", "5KVT"), "utf-8")
    refused = review("--resolve", "5")
    assert refused.exit_code == 2
    assert "“5” matches several remarks: 5JD7-V3VF, 5KVT-HRQX." in refused.output


def test_applied_changes_are_done() -> None:
    file = returned()
    applied = review("--read", file, "--apply", "all")
    assert "1 remark of this document is open" in applied.output
    assert states() == {"5JD7-V3VF": "done", "QKVT-HRQX": "open"}
    assert "Wellingtons" in Path("course/pages/rain.md").read_text("utf-8")


def test_remark_already_in_course_is_done_after_apply_all() -> None:
    file = returned()
    review("--read", file)
    page = Path("course/pages/rain.md")
    page.write_text(page.read_text("utf-8").replace("Boots", "Wellingtons"), "utf-8")
    review("--read", file)
    assert states()["5JD7-V3VF"] == "open"
    review("--read", file, "--apply", "all")
    assert states()["5JD7-V3VF"] == "done"


def test_unapplied_change_writes_no_remark_and_no_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = returned()
    monkeypatch.setattr(transaction, "PATIENCE", 0.0)
    with transaction.writing(Path("course")):
        refused = review("--read", file, "--apply", "all")
    assert refused.exit_code == 1
    assert "another scorm-builder command is writing in this course" in refused.output
    assert not Path("course/remarks.yaml").exists()
    assert "Boots" in Path("course/pages/rain.md").read_text("utf-8")


def test_a_comment_that_was_resolved_in_the_document_is_done() -> None:
    file = sent(Path("course"))
    with Reviewer(file) as reviewer:
        reviewer.comment("coat", "Too long.")
        reviewer.comment("coat", "It is not.")
        reviewer.thread(resolved=True)
    found = json.loads(review("--read", str(file), "--json").output)
    assert found["kept"]["ids"]["1"] == "QKVT-HRQX"
    assert states()["QKVT-HRQX"] == "done"
    assert found["kept"] == {**found["kept"], "new": 2, "open": 0, "problem": None}


def ready() -> None:
    """A course that can be released."""
    shutil.rmtree("course")
    shutil.copytree(GOOD, "course")
    found = run("approve", "course", "--all", "--by", "Sam Lee")
    assert found.exit_code == 0, found.output


def test_a_release_waits_until_every_remark_is_closed() -> None:
    ready()
    assert run("build", "course", "--release").exit_code == 0
    file = sent(Path("course"))
    with Reviewer(file) as reviewer:
        reviewer.comment("what worries you", "Rather: <b>whatever</b>.")
    review("--read", str(file))
    [name] = states()
    refused = run("build", "course", "--release")
    assert refused.exit_code == 1
    assert refused.output == (
        "No package was made: fix 1 problem. The earlier package was not changed.\n\n"
        "course/pages/topic.md:6:51: error review-open A remark by Ann Lee, 2026-11-20 is open: "
        "Rather: <b>whatever</b>.\n"
        "    Make the change that it asks for, then close it: scorm-builder review course "
        f"--resolve {name}; or "
        "decline it, with your reason instead of REASON: "
        f'scorm-builder review course --decline {name} --reason "REASON"\n\n'
        "More about a problem, with an example: scorm-builder explain review-open\n"
    )
    draft = run("build", "course")
    assert "-draft.zip" in draft.output
    review("--decline", name, "--reason", "It is said below.")
    assert run("build", "course", "--release").exit_code == 0
    for package in Path("dist").glob("*.zip"):
        with zipfile.ZipFile(package) as archive:
            held = b"".join(archive.read(one) for one in archive.namelist())
        assert b"whatever" not in held
        assert b"said below" not in held


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("<<<<<<< HEAD\n", "course/remarks.yaml:1:1"),
        ('- {"id": "5JD7-V3VF", "state": "open", "kind": "comment"\n', "course/remarks.yaml:"),
        ('- {"id": "5JD7-V3VF", "state": "perhaps", "kind": "comment"}\n', "remarks.yaml:1:"),
        ("remarks: none\n", "course/remarks.yaml:1:1"),
    ],
)
def test_unreadable_remarks_file_blocks_release_and_stays_unchanged(text: str, place: str) -> None:
    ready()
    file = returned_of_good()
    Path("course/remarks.yaml").write_text(text, "utf-8")
    refused = run("build", "course", "--release")
    assert refused.exit_code == 1
    assert place in refused.output
    assert review("--remarks").exit_code == 1
    assert review("--read", file).exit_code == 1
    assert remarks() == text


def returned_of_good() -> str:
    file = sent(Path("course"))
    with Reviewer(file) as reviewer:
        reviewer.comment("what worries you", "Why?")
    return str(file)


def test_remarks_file_written_by_hand_is_read_not_edited() -> None:
    ready()
    file = returned_of_good()
    by_hand = "- id: 5JD7-V3VF\n  state: open\n  kind: comment\n  text: Why?\n"
    Path("course/remarks.yaml").write_text(by_hand, "utf-8")
    assert states() == {"5JD7-V3VF": "open"}
    refused = review("--read", file)
    assert refused.exit_code == 1
    assert (
        "course/remarks.yaml: error remark-unkept The remarks of reviewers cannot be saved in "
        "remarks.yaml: it has a remark that is not on a line of its own.\n"
    ) in refused.output
    assert remarks() == by_hand


def test_line_ends_notes_and_a_byte_order_mark_stay() -> None:
    ready()
    Path("course/remarks.yaml").write_bytes("\ufeff# Ours.\r\n[]\r\n".encode())
    review("--read", returned_of_good())
    [name] = states()
    found = Path("course/remarks.yaml").read_bytes().decode()
    assert found.startswith(f'\ufeff# Ours.\r\n- {{"id": "{name}", ')
    assert found.count("\r\n") == found.count("\n") == 2


HOSTILE = (
    "</script><img src=x onerror=alert(1)>",
    "\x1b[31mred\x07",
    "{{ variable }} {% raw %}",
    '": "closed", "state": "done',
    "- id: x\n- id: y",
    "\u202egnp.exe \u200b\ufeff",
    "😀 \U000e0041 é\u0301",
    "'--- !!python/object:os.system",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_a_reviewer_writes_is_text(text: str) -> None:
    file = sent(Path("course"))
    printable = "".join(sign for sign in text if sign >= " " or sign == "\n")
    with Reviewer(file, author=f"Ann {printable}") as reviewer:
        reviewer.comment("coat", printable)
    for arguments in (("--read", str(file)), ("--remarks",), ("--remarks", "--json")):
        told = review(*arguments)
        assert told.exit_code == 0
        assert not {*"\x1b\x07\u202e\ufeff\U000e0041"} & {*told.output}
    [entry] = yaml.safe_load(remarks())
    assert entry["state"] == "open"
    assert entry["text"].replace("\ufeff", "") == printable.replace("\ufeff", "").strip()
    sources, _ = load(Path("course"))
    assert sources
    assert sources.remarks
    made = run("review", "course", "-o", "again.html")
    assert made.exit_code == 0, made.output
    page = Path("again.html").read_text("utf-8")
    assert "<img src=x" not in page
    assert "\x1b" not in page
    assert run("review", "course", "-o", "again.docx").exit_code == 0


def git(folder: Path, *arguments: str) -> str:
    who = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org")
    ended = subprocess.run(
        ("git", *who, *arguments), cwd=folder, capture_output=True, text=True, check=True
    )
    return ended.stdout


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no Git")
def test_git_merges_remarks_of_two_people(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main", "course")
    git(tmp_path / "course", "add", ".")
    git(tmp_path / "course", "commit", "-q", "-m", "A course")
    shutil.copytree("course", "other")
    # Both add to a file that there was not.
    review("--read", returned())
    run("review", "other", "--read", returned("other", "Bob Ray"))
    merge("other", "course")
    ids = states("course")
    assert [*ids.values()] == ["open"] * 4
    git(tmp_path / "other", "pull", "-q", "../course", "main")
    # One closes two remarks, the other one adds more between them and closes one otherwise.
    first, second, third, _ = sorted(ids)
    review("--resolve", f"{first},{second}")
    run("review", "other", "--decline", first, "--reason", "No.")
    file = sent(Path("other"))
    with Reviewer(file, "Cy Fox") as reviewer:
        for number in range(20):
            reviewer.comment("coat", f"Remark {number}.")
    run("review", "other", "--read", str(file))
    merge("other", "course")
    now = states("course")
    assert len(now) == 24
    assert now[first] in ("done", "declined")
    assert now[second] == "done"
    assert now[third] == "open"
    # What Git has kept twice is no hindrance.
    assert review("--resolve", third).exit_code == 0
    assert states("course")[third] == "done"


def merge(source: str, target: str) -> None:
    for folder in (source, target):
        git(Path(folder), "add", ".")
        git(Path(folder), "commit", "-q", "-m", "Remarks")
    git(Path(target), "pull", "-q", "--no-rebase", f"../{source}", "main")


def test_without_git_nothing_is_written_for_it() -> None:
    review("--read", returned())
    assert not Path("course/.gitattributes").exists()


def test_keeping_remarks_makes_no_change_in_the_document() -> None:
    """They make the course a draft, which the document of a course that is none does not say."""
    ready()
    file = returned_of_good()
    first = json.loads(review("--read", file, "--json").output)
    again = json.loads(review("--read", file, "--json").output)
    assert again["remarks"] == first["remarks"]
    assert len(again["remarks"]) == 1


def read_back(texts: list[str]) -> list[tuple[str, str, str]]:
    """Save a comment and a change with each of these texts, and read all of them as a build
    does."""
    listed = [
        Remark(number=2 * at + more, kind=kind, author=text, about=text, text=text, added=text)
        for at, text in enumerate(texts)
        for more, kind in enumerate(("comment", "change"))
    ]
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(GOOD, folder, dirs_exist_ok=True)
        kept = saved_remarks.save(Path(folder), saved_remarks.entries(listed))
        assert (kept.problem, kept.new) == (None, len(listed))
        sources, problems = load(Path(folder))
        assert sources is not None
        assert problems == ()
        found, problems = approvals.read_remarks(sources.remarks)
        assert problems == ()
        ids = [one.id for one in found]
        assert saved_remarks.close(Path(folder), ids, "declined", texts[0]) is None
        assert saved_remarks.save(Path(folder), saved_remarks.entries(listed)).new == 0
    return [(one.about, one.added, one.text) for one in found]


def test_every_format_character_is_read_back() -> None:
    signs = [chr(at) for at in range(sys.maxunicode) if unicodedata.category(chr(at)) == "Cf"]
    assert len(signs) > 160
    alone = read_back(signs)
    assert ("U+200F right-to-left mark",) * 3 in alone
    assert all(text for one in alone for text in one)
    between = read_back([f"a{sign}b" for sign in signs])
    assert ("a\u2066b",) * 3 in between


TYPED = st.text(st.characters(exclude_categories=("Cs",)), min_size=1).filter(str.strip)


@settings(max_examples=30, deadline=None)
@given(texts=st.lists(TYPED, min_size=1, max_size=4))
def test_whatever_is_typed_is_read_back(texts: list[str]) -> None:
    assert len(read_back(texts)) == 2 * len(texts)


@pytest.mark.parametrize("tracked", [True, False])
@pytest.mark.parametrize("sign", ["\u200f", "\u2066", "\u2066Sam\u2069"])
def test_mark_of_writing_direction_does_not_lock_the_course(sign: str, tracked: bool) -> None:
    file = sent(Path("course").absolute())
    with Reviewer(file) as reviewer:
        if tracked:
            reviewer.insert(sign, "Boots")
        else:
            paragraph = reviewer.root.makeelement(f"{W}p")
            paragraph.append(reviewer._run(sign))
            reviewer.paragraph("Boots").addnext(paragraph)
        reviewer.comment("coat", sign)
    for _ in range(2):
        assert review("--read", str(file)).exit_code == 0
        assert review("--remarks").exit_code == 0
        assert run("build", "course").exit_code == 0
        assert run("approve", "course").exit_code == 0
        assert review("-o", "again.docx").exit_code == 0
