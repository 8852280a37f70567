"""``scorm-builder approve``: what it shows, writes, rejects and moves."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click import unstyle
from click.testing import CliRunner, Result

from builder import approving, cli
from builder.approving import Entry, NotEditedError
from builder.base import transaction
from tests.support import commands
from tests.support.golden import GOOD, TODAY
from tests.support.translations import write_po

pytestmark = pytest.mark.whole

QUESTION = "question/any-child"
CODE = "DM6Q-M933"


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(GOOD, "course")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.main, arguments, catch_exceptions=False)


def approve(*arguments: str) -> Result:
    return run("approve", "course", *arguments)


def edit(name: str, old: str, new: str) -> None:
    path = Path("course", name)
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def approvals() -> str:
    return Path("course/approvals.yaml").read_text("utf-8")


def outline(package: str) -> dict[str, object]:
    with zipfile.ZipFile(next(Path(package).glob("*.zip"))) as archive:
        return json.loads(archive.read("course.json"))  # type: ignore[no-any-return]


def test_value_without_text_keeps_course_a_draft() -> None:
    edit("course.yaml", "value: Anytown Board", "value:")
    edit("questions/all.yaml", "Tell Anytown Board …", "Tell …")
    assert "10 open, 1 unset; 1 of them keeps the course a draft.\n" in approve().stdout
    done = approve("--all", "--by", "Sam")
    assert done.stdout.endswith("Not approved, because there is no text yet: value/board.name.\n")
    assert done.stdout.startswith(
        "course, 4 pages, 2 questions, 1 record, 1 quiz with its rules and 1 address, as they are "
        "now,\napproved by Sam on 2026-01-31.\n"
    )


def test_approve_all_without_name_prints_and_writes_nothing() -> None:
    printed = approve("--all").stdout
    assert printed.startswith(
        "Start here\n"
        "  open      J7J4-XTC7  page/start                            Start here\n\n"
        "The topic\n"
        "  open      XT39-8QD5  page/topic                            The topic\n"
        f"  open      {CODE}  {QUESTION}                    Every child can be at risk.\n\n"
        "Quiz\n"
    )
    assert "\n\nThe whole course\n  open      C7G4-RT69  course    " in printed
    assert printed.endswith(
        "\n\nNothing was recorded. To approve all of them, add --by and a name.\n"
    )
    assert not Path("course/approvals.yaml").exists()


def test_approve_without_part_lists_all_and_writes_nothing() -> None:
    result = approve()
    assert result.exit_code == 0
    message = unstyle(result.stdout)
    assert re.search(
        rf"^  open      {CODE}  {QUESTION} +Every child can be at risk\.$", message, re.M
    )
    assert "Pages (no approval needed for a release)\n  open      C7G4-RT69  course" in message
    assert message.endswith(
        "11 parts: 11 open; none of them keep the course a draft.\n"
        "Add a part to see its text. Add --by and a name to approve it.\n"
    )
    assert not Path("course/approvals.yaml").exists()


def test_approve_with_part_shows_its_text() -> None:
    result = approve(QUESTION)
    assert unstyle(result.stdout) == (
        f"{QUESTION}  {CODE}  not approved\n"
        "    Every child can be at risk.\n"
        "    type: true-false\n"
        "    [x] true\n"
        "    “Every child can be at risk.” <#/topic>\n"
        "    source: #/topic\n"
    )
    assert not Path("course/approvals.yaml").exists()


def test_approve_says_in_two_lines_what_is_recorded() -> None:
    result = approve(QUESTION, "--by", "Sam Lee", "--on", "2026-01-30")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        f"{QUESTION}, as it is now,\napproved by Sam Lee on 2026-01-30.\n"
        f"Recorded in {Path('course/approvals.yaml')}.\n"
    )
    assert approvals().endswith(
        f"\n- part: {QUESTION}\n  by: Sam Lee\n  on: 2026-01-30\n  code: {CODE}\n  words: |-\n"
        "    Every child can be at risk.\n    type: true-false\n    [x] true\n"
        "    “Every child can be at risk.” <#/topic>\n    source: #/topic\n"
    )


def test_a_later_change_is_shown_word_by_word() -> None:
    approve("questions", "--by", "Sam Lee")
    edit("questions/all.yaml", "text: No one", "text: No one else")
    message = unstyle(approve("question/who*").stdout)
    assert message.startswith("question/who-to-tell  ")
    assert "  changed since Sam Lee on 2026-01-31\n" in message
    assert "\n    Changed: [ ] No one {+else+} → You need\n" in message
    built = run("build", "course")
    assert "draft" in built.stdout
    assert (
        "warning approval-stale The question “who-to-tell” changed after the approval by Sam Lee "
        "on 2026-01-31: “else” was added after “[ ] No one”."
    ) in built.stdout
    approve("question/who-to-tell", "--by", "Jo")
    assert "approval-stale" not in run("build", "course").stdout


def test_nobody_approves_what_has_errors() -> None:
    edit("pages/start.md", "(topic.md)", "(nowhere.md)")
    result = approve("--all", "--by", "Sam")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "pages/start.md:6:18: error link-broken" in result.stderr.replace(os.sep, "/")
    assert not Path("course/approvals.yaml").exists()


def test_a_value_that_is_not_set_is_not_approved() -> None:
    edit("course.yaml", "    value: Anytown Board\n", "    value:\n")
    edit("questions/all.yaml", "Tell Anytown Board … and", "and")
    assert approve("--all", "--by", "Sam").exit_code == 0
    assert "value/" not in approvals()
    result = approve("value/board.name", "--by", "Sam")
    assert result.exit_code == 2
    assert "There is no text to approve yet: value/board.name." in result.stderr


def test_value_is_shown_with_its_description() -> None:
    message = unstyle(approve("value/board.name").stdout)
    assert message == (
        "value/board.name  M4TF-2K7H  not approved\n    the safeguarding board\n    Anytown Board\n"
    )


UNSURE = "  unsure: Is it the board?\n"


@pytest.mark.parametrize(
    "arguments",
    [("question/who-to-tell",), ("questions",), ("--all",)],
)
def test_what_is_not_decided_is_not_approved(arguments: tuple[str, ...]) -> None:
    edit("questions/all.yaml", "      correct: yes\n", "")
    edit("questions/all.yaml", "- id: who-to-tell\n", f"- id: who-to-tell\n{UNSURE}")
    result = approve(*arguments, "--by", "Sam")
    assert (result.exit_code, result.stdout) == (1, "")
    place = f"{Path('course/questions/all.yaml')}:9:11"
    assert result.stderr.startswith(
        f"{place}: error approval-undecided “question/who-to-tell” cannot be approved yet, because "
        "something in it is undecided: Is it the board?\n"
    )
    assert "delete “unsure:” and the text below it" in result.stderr
    assert not Path("course/approvals.yaml").exists()
    assert approve(QUESTION, "--by", "Sam").exit_code == 0
    listed = unstyle(approve().stdout)
    assert "  unsure    DQ63-MTJG  question/who-to-tell" in listed
    shown = approve("question/who-to-tell").stdout
    assert "not decided yet, so it cannot be approved" in shown
    assert f"    Undecided: {place}\n" in shown


@pytest.mark.parametrize(
    ("part", "name", "old", "new", "place", "text"),
    [
        (QUESTION, "questions/all.yaml", "prompt: Every", "prompt: ✎ Every", "3:11", "Every child"),
        (
            *("question/who-to-tell", "questions/all.yaml", "feedback: You need not"),
            *("feedback: ✎ Say why; you need not", "17:17", "Say why; you need not be certain"),
        ),
        ("course", "course.yaml", "title: A good", "title: ✎ A good", "2:8", "A good course"),
        ("course", "course.yaml", "module: Learn", "module: ✎ Name it.", "14:13", "Name it"),
        ("value/board.name", "course.yaml", "Anytown Board", "✎ Who?", "29:12", "Who?"),
        ("page/start", "pages/start.md", "title: ", "title: ✎ ", "2:8", ""),
        ("page/topic", "pages/topic.md", "You don’t", "✎ You don’t", "11:1", "You don’t need"),
        (
            *("record/checklist", "pages/checklist.md", "question: How", "question: ✎ How"),
            *("6:15", "How do I recognise the signs?"),
        ),
    ],
)
def test_unwritten_text_cannot_be_approved(
    part: str, name: str, old: str, new: str, place: str, text: str
) -> None:
    edit(name, old, new)
    if part.startswith("value/"):
        edit("questions/all.yaml", "Tell Anytown Board … and", "and")
    if part == QUESTION:
        edit("questions/all.yaml", "  quote: Every child can be at risk.\n", "")
        edit("questions/all.yaml", "  source: topic\n\n", "\n")
    for arguments in ((part,), ("--all",)):
        result = approve(*arguments, "--by", "Sam")
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.startswith(
            f"{Path('course', name)}:{place}: error approval-unwritten “{part}” cannot be approved "
            f"yet, because this text in it is a placeholder: “{text}"
        )
        assert "Replace it with your own text, or delete it. Then approve it." in result.stderr
    assert not Path("course/approvals.yaml").exists()
    assert approve("page/quiz", "--by", "Sam").exit_code == 0
    assert re.search(rf"^  to write  \S+  {part} ", unstyle(approve().stdout), re.MULTILINE)
    shown = unstyle(approve(part).stdout)
    assert "not written yet, so it cannot be approved" in shown
    assert f"\n    To write: {Path('course', name)}:{place}\n" in f"{shown}\n"


def test_part_with_untranslated_text_cannot_be_approved() -> None:
    missing = "You need not be certain."
    write_po(Path("course"), "pl", lambda one: "" if one.text == missing else one.text)
    part = "question/who-to-tell@pl"
    for arguments in ((part,), ("--all",)):
        result = approve(*arguments, "--by", "Sam")
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.startswith(
            f"{Path('course/translations/pl.po')}: error approval-untranslated “{part}” cannot be "
            "approved yet, because some of its text is not translated, or the translation is stale."
        )
        assert "“scorm-builder translate course” lists what is missing" in result.stderr
    assert not Path("course/approvals.yaml").exists()
    assert approve("question/who-to-tell", "--by", "Sam").exit_code == 0
    listed = unstyle(approve().stdout)
    assert re.search(rf"^  partly    \S+  {part} ", listed, re.MULTILINE)
    assert "\n“partly”: some of the text is not translated yet.\n" in listed
    shown = unstyle(approve(part).stdout)
    assert "not wholly translated yet, so it cannot be approved" in shown
    assert f"\n    To translate: {Path('course/translations/pl.po')}\n" in f"{shown}\n"


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("questions/all.yaml", "feedback: You need not", "feedback: ✎ You need not"),
        ("course.yaml", "title: A good", "title: ✎ A good"),
        ("pages/checklist.md", "question: How", "question: ✎ How"),
    ],
)
def test_unwritten_text_cannot_be_released(name: str, old: str, new: str) -> None:
    assert run("build", "course", "--release", "-o", "before").exit_code == 0
    edit(name, old, new)
    refused = run("build", "course", "--release", "-o", "after")
    assert refused.exit_code == 1
    assert not Path("after").exists()
    assert run("build", "course", "-o", "draft").exit_code == 0
    assert [path.suffixes for path in Path("draft").glob("*-draft.zip")]


def test_approve_command_in_build_message_works_when_pasted() -> None:
    edit("course.yaml", "required: []", "required: [questions]")
    Path("course").rename("my course")
    message = run("build", "my course", "--verbose").stdout
    parts = f"{QUESTION} question/who-to-tell"
    asked = f'scorm-builder approve "my course" --by "NAME" {parts}'
    assert f"instead of NAME: {asked}\n" in message
    # Only the name is to be filled in: the sample of it is none.
    assert run(*shlex.split(asked)[1:]).exit_code == 2
    assert run(*shlex.split(asked.replace("NAME", "Ann Lee"))[1:]).exit_code == 0
    os.chdir("my course")
    Path("approvals.yaml").unlink()
    assert run("approve", ".", "--by", "Ann Lee", QUESTION).exit_code == 0
    message = run("build").stdout
    asked = 'scorm-builder approve . --by "NAME" question/who-to-tell'
    assert f"instead of NAME: {asked}\n" in message
    assert run(*shlex.split(asked.replace("NAME", "Ann Lee"))[1:]).exit_code == 0
    assert "scorm-builder approve" not in run("build").stdout


def test_an_address_with_shell_characters_is_quoted() -> None:
    edit("course.yaml", "required: []", "required: [addresses]")
    for name in ("course.yaml", "pages/topic.md"):
        edit(name, "https://www.example.org/help", "https://www.example.org/?a=1&b=2")
    message = run("build", "course", "--verbose").stdout
    assert '--by "NAME" "address/https://www.example.org/?a=1&b=2"\n' in message


@pytest.mark.parametrize("command", ["approve", "build", "review"])
def test_missing_folder_message_names_the_typed_command(
    command: str,
) -> None:
    result = run(command, "nowhere")
    assert result.exit_code == 1
    assert "There is no folder “nowhere”." in result.stderr
    named = re.findall(r"scorm-builder (\S+) FOLDER", result.stderr)
    assert named == [command]


@pytest.mark.parametrize("name", ["AL", "ann lee", "True Love", "李明", "A. L.", "not approved"])
def test_any_name_with_two_letters_is_recorded(name: str) -> None:
    assert approve(QUESTION, "--by", name).exit_code == 0
    assert f"  by: {name}\n" in approvals() or f'  by: "{name}"\n' in approvals()


def test_signed_list_is_refused_with_what_to_do_instead() -> None:
    Path("list.csv").write_text(f"part,code,name\n{QUESTION},{CODE},REJECTED\n", "utf-8")
    for more in ((), ("--by", "Sam"), ("--all", "--by", "Sam")):
        result = approve("--file", "list.csv", *more)
        assert result.exit_code == 2
        assert "Error: --file no longer exists: a person says who approves" in result.stderr
        assert 'scorm-builder approve course PART --by "NAME"\n' in result.stderr
        assert "use --document and --by.\n" in result.stderr
    assert "--file" not in run("approve", "--help").stdout
    assert not Path("course/approvals.yaml").exists()


@pytest.mark.parametrize(
    ("more", "answer", "recorded"),
    [((), "y\n", True), ((), "\n", False), ((), "n\n", False), (("--yes",), "", True)],
)
def test_approve_asks_on_a_terminal(
    more: tuple[str, ...], answer: str, recorded: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builder.cli.approve.can_ask", lambda: True)
    arguments = ("approve", "course", QUESTION, "--by", "Sam", *more)
    result = CliRunner().invoke(cli.main, arguments, input=answer, catch_exceptions=False)
    assert result.exit_code == (0 if recorded else 1)
    assert Path("course/approvals.yaml").exists() == recorded
    assert result.stdout.startswith(f"{QUESTION}, as it is now,\napproved by Sam on 2026-01-31.\n")
    question = f"Record it in {Path('course/approvals.yaml')}? [y/N]: "
    assert (question in result.stderr) == (not more)
    assert ("Nothing was recorded." in result.stderr) == (not recorded)


def test_all_leaves_what_is_approved_as_it_is() -> None:
    approve(QUESTION, "--by", "Ann Lee", "--on", "2026-01-20")
    assert approve("--all", "--by", "Sam").exit_code == 0
    assert f"- part: {QUESTION}\n  by: Ann Lee\n  on: 2026-01-20\n" in approvals()
    before = approvals()
    again = approve("--all", "--by", "Jo Ray")
    assert (again.exit_code, again.stdout) == (
        0,
        "Nothing to record: every part is approved as it is now.\n",
    )
    assert approvals() == before
    assert approve().stdout.startswith("11 parts: 11 approved; none of them keep")


def test_name_without_part_gets_command_that_lists_parts() -> None:
    result = approve("--by", "Sam")
    assert result.exit_code == 2
    assert result.stderr.endswith(
        "Error: Say what is approved: name parts, or add --all or --document.\n"
        "To list what is open: scorm-builder approve course\n"
    )


@pytest.mark.parametrize(
    ("arguments", "wrong", "name"),
    [
        (("--by", "Ann", "Lee", QUESTION), "Lee", "Ann Lee"),
        (("--by", "Ann", "Mary", "Lee", "course"), "Mary", "Ann Mary Lee"),
        ((QUESTION, "--by", "Ann", "Lee"), "Lee", "Ann Lee"),
        ((QUESTION, "questin/x", "--by", "Ann"), "questin/x", ""),
        (("Lee", QUESTION), "Lee", ""),
    ],
)
def test_unquoted_name_with_space_gets_quoting_advice(
    arguments: tuple[str, ...], wrong: str, name: str
) -> None:
    result = approve(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"Error: The course has no “{wrong}”." in result.stderr
    advice = f'Put a name with a space in quotation marks: --by "{name}"\n'
    assert (advice in result.stderr) == bool(name)
    assert ("quotation marks" in result.stderr) == bool(name)
    assert not Path("course/approvals.yaml").exists()


def renamed(change: str = "") -> None:
    """The question and the page of the topic get other ids, and nothing else of their words."""
    edit("questions/all.yaml", "- id: any-child", "- id: every-child\n  was: any-child")
    for file in ("pages/topic.md", "pages/quiz.md"):
        edit(file, "any-child", "every-child")
    if change:
        edit("questions/all.yaml", "prompt: Every child", f"prompt: {change}")


def test_approval_follows_renamed_question_with_same_text() -> None:
    edit("course.yaml", "required: []", "required: [questions]")
    approve("questions", "--by", "Sam Lee", "--on", "2026-01-30")
    renamed()
    built = run("build", "course").stdout
    assert "approval-" not in built
    assert "question-unapproved" not in built
    message = unstyle(approve("question/every-child").stdout)
    assert message.startswith(f"question/every-child  {CODE}  approved by Sam Lee on 2026-01-30\n")
    assert run("build", "course", "-o", "named", "--release").exit_code == 0
    [one] = (one for one in outline("named")["wording"] if one["part"] == "question/every-child")  # type: ignore[attr-defined]
    assert one == {"part": "question/every-child", "code": CODE, "approved_on": "2026-01-30"}
    # A new approval stands beside the old one, which nobody has to clear away.
    approve("question/every-child", "--by", "Jo", "--on", "2026-01-31")
    assert re.findall(r"part: (question/(?:any|every).*)\n  by: (.*)", approvals()) == [
        (QUESTION, "Sam Lee"),
        ("question/every-child", "Jo"),
    ]
    assert "approval-" not in run("build", "course").stdout


def test_approval_of_reworded_question_is_stale_after_rename() -> None:
    approve("questions", "--by", "Sam Lee", "--on", "2026-01-30")
    renamed("Any child")
    edit("pages/topic.md", "Every child can", "Any child can")
    edit("questions/all.yaml", "Every child can be at risk.", "Any child can be at risk.")
    built = run("build", "course").stdout
    assert (
        "warning approval-stale The question “every-child” changed after the approval by Sam Lee "
        "on 2026-01-30: “Every child can be” → “Any child can be”; “"
    ) in built
    assert "approval-unknown" not in built


def test_renamed_page_keeps_approvals_of_page_and_record() -> None:
    approve("pages", "records", "--by", "Sam Lee")
    edit("pages/checklist.md", "title: Checklist\n", "title: Checklist\nid: list\nwas: checklist\n")
    message = approve("page/list", "record/list").stdout
    assert message.count("  approved by Sam Lee on 2026-01-31\n") == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((QUESTION, "--by", "?"), "--by needs the name of a person"),
        (("--all", "--by", "?"), "--by needs the name of a person"),
        ((QUESTION, "--by", "A"), "--by needs the name of a person"),
        ((QUESTION, "--by", "NAME"), "--by needs the name of a person"),
        ((QUESTION, "--by", "“Name”"), "--by needs the name of a person"),
        ((QUESTION, "--by", "Eve\u202eeevE"), "--by needs the name of a person"),
        ((QUESTION, "--by", " "), "--by needs the name of a person"),
        ((QUESTION, "--by", "a\x1bb"), "--by needs the name of a person"),
        ((QUESTION, "--by", "n" * 201), "--by needs the name of a person"),
        (("--by", "Sam"), "Say what is approved"),
        (("--all", QUESTION, "--by", "Sam"), "Give one of --all and PART, not both."),
        (("question/any-chld", "--by", "Sam"), "Did you mean “question/any-child”?"),
        (("question", "--by", "Sam"), "Did you mean “questions”?"),
        (("question/nope", "--by", "Sam"), "The course has no “question/nope”.\n"),
        ((QUESTION, "--by", "Sam", "--on", "2026-02-01"), "2026-02-01 is in the future"),
        ((QUESTION, "--by", "Sam", "--on", "1/2/2026"), "“1/2/2026” is not a date."),
    ],
)
def test_a_command_that_is_wrong_changes_nothing(arguments: tuple[str, ...], words: str) -> None:
    result = approve(*arguments)
    assert result.exit_code == 2
    assert words in result.stderr
    assert not Path("course/approvals.yaml").exists()


def test_approvals_file_in_flow_style_is_not_edited() -> None:
    text = f"[{{part: {QUESTION}, by: S, on: 2026-01-01, code: {CODE}}}]\n"
    Path("course/approvals.yaml").write_text(text, "utf-8")
    result = approve("quiz/quiz", "--by", "Sam")
    assert result.exit_code == 1
    assert "Line 1 of approvals.yaml is written in a way that cannot be edited" in result.stderr
    assert approvals() == text


def test_approve_json_contains_text_codes_and_changes() -> None:
    written = json.loads(approve(QUESTION, "--by", "Sam", "--json").stdout)
    assert written == {
        "diagnostics": [],
        "file": str(Path("course/approvals.yaml")),
        "approved": [
            {
                "part": QUESTION,
                "by": "Sam",
                "on": "2026-01-31",
                "code": CODE,
                "evidence": None,
                "words": "Every child can be at risk.\ntype: true-false\n[x] true\n"
                "“Every child can be at risk.” <#/topic>\nsource: #/topic",
            }
        ],
    }
    edit("questions/all.yaml", "prompt: Every child", "prompt: A child")
    [one] = json.loads(approve(QUESTION, "--json").stdout)["parts"]
    assert one["changes"] == [
        {"before": "", "struck": "Every", "new": "A", "after": "child can be"}
    ]
    assert {key: one[key] for key in ("part", "kind", "state", "required", "by", "on")} == {
        "part": QUESTION,
        "kind": "question",
        "state": "stale",
        "required": False,
        "by": "Sam",
        "on": "2026-01-31",
    }
    assert (one["approved_code"], one["code"] != CODE) == (CODE, True)
    assert len(json.loads(approve("--json").stdout)["parts"]) == 11


def test_package_lists_codes_and_dates_and_names_on_request() -> None:
    approve(QUESTION, "--by", "Sam Lee")
    assert run("build", "course", "-o", "plain").exit_code == 0
    plain = {one["part"]: one for one in outline("plain")["wording"]}  # type: ignore[attr-defined]
    assert plain[QUESTION] == {"part": QUESTION, "code": CODE, "approved_on": "2026-01-31"}
    assert plain["quiz/quiz"] == {"part": "quiz/quiz", "code": "G6QV-G454"}
    assert not any(b"Sam Lee" in content for content in members("plain").values())
    edit("course.yaml", "required: []", "required: []\n  show_names: yes")
    assert run("build", "course", "-o", "named").exit_code == 0
    [named] = (one for one in outline("named")["wording"] if one["part"] == QUESTION)  # type: ignore[attr-defined]
    assert named == {**plain[QUESTION], "approved_by": "Sam Lee"}


def members(folder: str) -> dict[str, bytes]:
    with zipfile.ZipFile(next(Path(folder).glob("*.zip"))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_diff_says_which_approvals_an_edit_costs() -> None:
    edit("questions/all.yaml", "Whom do you tell?", "Whom do you tell first?")
    approve("--all", "--by", "Sam")
    run("build", "course", "-o", "old")
    shutil.copytree("course", "new")
    shutil.move("course", "before")
    shutil.move("new", "course")
    edit("questions/all.yaml", "tell first?", "tell?")
    edit("course.yaml", "pass_mark: 50", "pass_mark: 70")
    approve("quiz/quiz", "--by", "Jo")
    edit("approvals.yaml", "- part: page/quiz", "- part: page/gone")
    edit("pages/checklist.md", "recognise the signs?", "see the signs?")
    [package] = Path("old").glob("*.zip")
    for old in (str(package), "before"):
        message = unstyle(run("diff", old, "course").stdout)
        printed = message[message.index("\nApprovals\n") :].split("\n\n")[0]
        assert " ".join(printed.split()) == (
            "Approvals stale question/who-to-tell: its text has changed since it was approved on "
            "2026-01-31 record/checklist: its text has changed since it was approved on 2026-01-31 "
            "withdrawn page/quiz: approval of 2026-01-31 withdrawn again quiz/quiz: its text has "
            "changed since 2026-01-31, and was approved again"
        )
        data = json.loads(run("diff", old, "course", "--json").stdout)["approvals"]
        assert [(one["part"], one["fate"], one["lost"]) for one in data] == [
            ("page/quiz", "withdrawn", True),
            ("question/who-to-tell", "stale", True),
            ("record/checklist", "stale", True),
            ("quiz/quiz", "again", False),
        ]


def test_a_release_names_parts_in_one_command() -> None:
    edit("course.yaml", "required: []", "required: [pages]")
    parts = ("course", *(f"page/{name}" for name in ("checklist", "quiz", "start", "topic")))
    lines = run("build", "course", "--release").stderr.splitlines()
    first = next(at for at, line in enumerate(lines) if "approval-missing" in line)
    found = [line.rpartition(": error approval-missing ")[2] for line in lines[first : first + 5]]
    assert found == [f"“{part}” is not approved." for part in parts]
    assert lines[first + 5].endswith(f'approve course --by "NAME" {" ".join(parts)}')


def test_a_release_lists_what_nobody_has_approved() -> None:
    edit("course.yaml", "required: []", "required: [questions, pass_mark, values]")
    result = run("build", "course", "--release")
    assert result.exit_code == 1
    assert sorted(re.findall(r": error (\S+) ", result.stderr)) == [
        *("question-unapproved", "question-unapproved"),
        *("tracking-unapproved", "variable-unconfirmed"),
    ]
    assert approve("--all", "--by", "Sam").exit_code == 0
    assert run("build", "course", "--release").exit_code == 0


def test_json_says_why_nothing_was_approved() -> None:
    edit("pages/start.md", "(topic.md)", "(nowhere.md)")
    result = approve("--all", "--by", "Sam", "--json")
    assert result.exit_code == 1
    printed = json.loads(result.stdout)
    assert (printed["approved"], printed["error"]) == ([], None)
    assert [one["code"] for one in printed["diagnostics"]] == ["link-broken"]
    edit("pages/start.md", "(nowhere.md)", "(topic.md)")
    Path("course/approvals.yaml").write_text(
        f"[{{part: quiz/quiz, by: S, on: 2026-01-01, code: {CODE}}}]"
    )
    printed = json.loads(approve("--all", "--by", "Sam", "--json").stdout)
    assert printed["error"].startswith("Line 1 of approvals.yaml")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such pipes")
def test_pipe_given_as_document_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo("sent.docx")
    command = (sys.executable, "-m", "builder", "approve", "course", "--by", "Sam")
    result = commands.run(*command, "--document", "sent.docx", cwd=tmp_path)
    assert result.returncode == 1
    assert "sent.docx: error remark-file" in result.stderr


def test_two_simultaneous_approvals_are_both_kept() -> None:
    """Both have read the course before either of them writes."""
    one, _ = approving.read(Path("course"), TODAY)
    other, _ = approving.read(Path("course"), TODAY)
    assert one
    assert other
    first, second = one.statuses[0].part, one.statuses[1].part
    approving.write(one, [Entry(first, "Ann Lee", TODAY)])
    approving.write(other, [Entry(second, "Sam Lee", TODAY)])
    written = {
        one.part.id: one.approval for one in approving.read(Path("course"), TODAY)[0].statuses
    }
    assert [written[part.id].by for part in (first, second)] == ["Ann Lee", "Sam Lee"]


def test_many_simultaneous_approvals_all_succeed() -> None:
    reading, _ = approving.read(Path("course"), TODAY)
    assert reading
    parts = [one.part.id for one in reading.statuses][:5]
    command = (sys.executable, "-m", "builder", "approve", "course", "--by", "Ann Lee")
    running = [
        subprocess.Popen((*command, part), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        for part in parts
    ]
    ended = [(process.communicate()[1], process.returncode) for process in running]
    assert ended == [(b"", 0)] * len(parts)
    assert all(f"- part: {part}\n" in approvals() for part in parts)


def test_approve_reports_another_command_writing_the_course(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(transaction, "PATIENCE", 0.0)
    with transaction.writing(Path("course")):
        refused = approve(QUESTION, "--by", "Ann Lee")
    assert (refused.exit_code, refused.output) == (
        1,
        f"{QUESTION}, as it is now,\napproved by Ann Lee on 2026-01-31.\n"
        "Nothing was written: another scorm-builder command is writing in this course. Wait until "
        "it has finished, and try again.\n",
    )
    assert approve(QUESTION, "--by", "Ann Lee").exit_code == 0


def test_approvals_file_broken_meanwhile_is_reported_as_cause() -> None:
    reading, _ = approving.read(Path("course"), TODAY)
    assert reading
    Path("course/approvals.yaml").write_text("- part: [\n", "utf-8")
    with pytest.raises(NotEditedError, match=r"was changed meanwhile, and is wrong now: approvals"):
        approving.write(reading, [Entry(reading.statuses[0].part, "Ann Lee", TODAY)])
    assert approvals() == "- part: [\n"


@pytest.mark.parametrize("folder", [".", "course"])
def test_approve_finds_course_in_current_folder(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "there").mkdir()
    shutil.copytree(GOOD, tmp_path / "there" / folder, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path / "there")
    named = run("approve", folder)
    assert named.exit_code == 0
    assert run("approve").output == named.output
    part = run("approve", "question/any-child")
    assert (part.exit_code, part.output) == (0, run("approve", folder, "question/any-child").output)
    assert run("approve", "questions").output == run("approve", folder, "questions").output
