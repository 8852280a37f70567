"""A returned document that does not say what the course says: no name gets under words that this
person did not see. Documents in; approvals.yaml, exit codes and messages out."""

import json
import re
import shutil
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from lxml import etree

from builder import cli
from tests.exporting import answers_course
from tests.exporting.reviewer import NAMESPACE, Reviewer, W, text

pytestmark = pytest.mark.whole

FILE = "review.docx"
PICK, WET, STEPS = "question/pick", "question/wet", "question/steps"
PAIRS, DOSE, WORD, TASK = "question/pairs", "question/dose", "question/word", "question/task"
FIRST, QUIZ, MARK, LEAD, COURSE = "page/first", "page/quiz", "quiz/quiz", "value/lead", "course"
EVERY = {PICK, WET, STEPS, PAIRS, DOSE, WORD, TASK, FIRST, QUIZ, MARK, LEAD, COURSE}
Edit = Callable[[Reviewer], object]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("signed")
    answers_course.written(folder / "course")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert run("review", "course", "-o", FILE).exit_code == 0
    return folder


@pytest.fixture(autouse=True)
def _here(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.main, arguments, catch_exceptions=False)


def read(*more: str) -> Result:
    return run("review", "course", "--read", FILE, *more)


def recorded() -> set[str]:
    """The parts that are approved now."""
    file = Path("course/approvals.yaml")
    return set(re.findall(r"part: (.*)", file.read_text("utf-8"))) if file.exists() else set()


def approve(*more: str) -> Result:
    return run("approve", "course", "--document", FILE, "--by", "Ann Lee", *more)


def sign(reviewer: Reviewer, *exceptions: str, tracked: bool = True) -> None:
    reviewer.sign("Ann Lee", "20.1.2026", *exceptions, tracked=tracked)


def close() -> None:
    """Close every remark as done."""
    listed = json.loads(run("review", "course", "--remarks", "--json").stdout)["remarks"]
    codes = ",".join(one["id"] for one in listed if one["state"] == "open")
    assert run("review", "course", "--resolve", codes).exit_code == 0


def cell(reviewer: Reviewer, row: etree._Element, column: int, new: str, tracked: bool) -> None:
    paragraph = row.findall(f"{W}tc")[column].find(f"{W}p")
    if tracked:
        reviewer.replace(text(paragraph), new, paragraph)
    else:
        first, *others = paragraph.findall(f"{W}r")
        for one in others:
            paragraph.remove(one)
        first.find(f"{W}t").text = new


def row(reviewer: Reviewer, words: str) -> etree._Element:
    return next(one for one in reviewer.root.iter(f"{W}tr") if words in text(one))


def words(reviewer: Reviewer, old: str, new: str, tracked: bool) -> None:
    (reviewer.replace if tracked else reviewer.overwrite)(old, new)


def moved_mark(reviewer: Reviewer, tracked: bool) -> None:
    cell(reviewer, row(reviewer, "[q:pick/a]"), 1, "Not right", tracked)
    cell(reviewer, row(reviewer, "[q:pick/b]"), 1, "✓ Right", tracked)


def other_truth(reviewer: Reviewer, tracked: bool) -> None:
    cell(reviewer, row(reviewer, "[q:wet/t]"), 1, "Not right", tracked)
    cell(reviewer, row(reviewer, "[q:wet/f]"), 1, "✓ Right", tracked)


def other_order(reviewer: Reviewer, tracked: bool) -> None:
    cell(reviewer, row(reviewer, "[q:steps/a]"), 1, "3", tracked)
    cell(reviewer, row(reviewer, "[q:steps/c]"), 1, "1", tracked)


def other_pair(reviewer: Reviewer, tracked: bool) -> None:
    cell(reviewer, row(reviewer, "[q:pairs/i-a]"), 1, "Hat", tracked)


def other_need(reviewer: Reviewer, tracked: bool) -> None:
    cell(reviewer, row(reviewer, "[q:task/b]"), 1, "✓ Needed", tracked)


def other_value(reviewer: Reviewer, tracked: bool) -> None:
    cell(reviewer, row(reviewer, "[v:lead]"), 1, "Kim Roe", tracked)


def first_value(reviewer: Reviewer, tracked: bool) -> None:
    cell(reviewer, row(reviewer, "[v:ward]"), 1, "Ward 3", tracked)


MEANT: dict[str, tuple[Callable[[Reviewer, bool], None], set[str], str, str, str]] = {
    # what is done, the parts that it holds, what is said, the file, and what it says when applied
    "right": (
        moved_mark,
        {PICK},
        "The reviewer says that b is right; the course says a.",
        "questions/all.yaml",
        "correct: no\n    - {id: b, correct: yes, text: A fan",
    ),
    "true": (
        other_truth,
        {WET},
        "The reviewer says that f is right; the course says t.",
        "questions/all.yaml",
        "answer: false   # obviously",
    ),
    "order": (
        other_order,
        {STEPS},
        "The reviewer says that the order is c, b, a; the course says a, b, c.",
        "questions/all.yaml",
        "- id: c\n      text: Feel\n    - id: b\n      text: Listen\n    # The last one.\n"
        "    - id: a\n      text: Look\n",
    ),
    "pair": (
        other_pair,
        {PAIRS},
        "The reviewer says that a belongs to “Hat”; the course says “Umbrella”.",
        "questions/all.yaml",
        "text: Rain\n      match: y",
    ),
    "needed": (
        other_need,
        {TASK},
        "The reviewer says that a, b are needed; the course says a.",
        "questions/all.yaml",
        "- id: b\n      needed: yes\n      text: Come in",
    ),
    "number": (
        lambda reviewer, tracked: words(reviewer, "10 ±", "100 ±", tracked),
        {DOSE},
        "The reviewer says that 100 ± 1 mg is right; the course says 10 ± 1 mg.",
        "questions/all.yaml",
        "answer: 100\n",
    ),
    "pass mark": (
        lambda reviewer, tracked: words(reviewer, "Pass mark 80", "Pass mark 70", tracked),
        {MARK},
        "The reviewer says that the pass mark is 70; the course says 80.",
        "course.yaml",
        "pass_mark: 70\n",
    ),
    "attempts": (
        lambda reviewer, tracked: words(reviewer, "Attempts: 2", "Attempts: 3", tracked),
        {MARK},
        "The reviewer says that the number of attempts is 3; the course says 2.",
        "course.yaml",
        "attempts: 3\n",
    ),
    "value": (other_value, {LEAD}, "“Sam Lee” → “Kim Roe”", "course.yaml", "value: Kim Roe\n"),
    "first value": (
        first_value,
        set(),
        "The reviewer says that ward is “Ward 3”; the course has no value yet.",
        "course.yaml",
        'label: the ward\n    value: "Ward 3"\n',
    ),
}


@pytest.mark.sampled
@pytest.mark.parametrize("tracked", [True, False])
@pytest.mark.parametrize("name", MEANT)
def test_changed_answer_is_reported_and_blocks_its_approval(name: str, tracked: bool) -> None:
    edit, held, said, file, applied = MEANT[name]
    with Reviewer(Path(FILE)) as reviewer:
        edit(reviewer, tracked)
        sign(reviewer)
    told = " ".join(read().stdout.split())
    for part in said.split(" → ") if name == "value" else [said]:
        assert part.strip("“”") in told
    result = approve()
    assert (result.exit_code, EVERY - recorded()) == (1 if held else 0, _held(name, held))
    assert applied not in Path("course", file).read_text("utf-8")
    assert read("--apply", "all").exit_code == 0
    assert applied in Path("course", file).read_text("utf-8")
    # What is applied is not asked for again. What it replaces was only read if it was tracked.
    again = read("--json").stdout
    assert '"sure": true' not in again
    approve()
    # The reviewer has changed one of the two places that say how many attempts there are.
    left = {MARK} if name == "attempts" else set()
    assert EVERY - recorded() == (_held(name, held) if tracked else left)


def _held(name: str, held: set[str]) -> set[str]:
    # The page of the quiz shows both. The cover says “2 of 2” with either mark.
    return held | ({QUIZ} if name in {"pass mark", "attempts"} else set())


def test_a_pair_in_new_words_is_changed_by_hand() -> None:
    with Reviewer(Path(FILE)) as reviewer:
        cell(reviewer, row(reviewer, "[q:pairs/i-a]"), 1, "Boots", False)
        sign(reviewer)
    told = " ".join(read().stdout.split())
    assert "The reviewer says that a belongs to “Boots”; the course says “Umbrella”." in told
    assert "no answer has these words: change it by hand" in told


def gone(node: etree._Element) -> None:
    node.getparent().remove(node)


def of(reviewer: Reviewer, said: str) -> etree._Element:
    return reviewer.paragraph(said)


def strike_all(reviewer: Reviewer, said: str) -> None:
    paragraph = of(reviewer, said)
    reviewer.strike(text(paragraph), paragraph)
    _mark(reviewer, paragraph, "del")


def _mark(reviewer: Reviewer, paragraph: etree._Element, kind: str) -> None:
    properties = paragraph.find(f"{W}pPr")
    etree.SubElement(properties, f"{W}rPr").append(reviewer._change(kind))


def added(reviewer: Reviewer, behind: str, said: str, tracked: bool) -> None:
    paragraph = of(reviewer, behind)
    new = etree.Element(f"{W}p")
    etree.SubElement(new, f"{W}pPr")
    run = reviewer._run(said)
    if tracked:
        inserted = reviewer._change("ins")
        inserted.append(run)
        new.append(inserted)
        _mark(reviewer, new, "ins")
    else:
        new.append(run)
    paragraph.addnext(new)


def swapped(reviewer: Reviewer, one: str, other: str) -> None:
    first, second = of(reviewer, one), of(reviewer, other)
    second.addnext(first)


def without_question(reviewer: Reviewer) -> None:
    """Everything from the line above a question to the line above the next one."""
    node = of(reviewer, "[q:wet]")
    while node is not None and "[q:steps]" not in text(node):
        following = node.getnext()
        gone(node)
        node = following


def set_as(reviewer: Reviewer, said: str, name: str) -> None:
    for run in reviewer._cut(of(reviewer, said), said):
        properties = run.find(f"{W}rPr")
        if properties is None:
            properties = etree.Element(f"{W}rPr")
            run.insert(0, properties)
        value = {f"{W}val": "superscript"} if name == "vertAlign" else {}
        etree.SubElement(properties, f"{W}{name}", value)


def styled(reviewer: Reviewer, said: str, name: str) -> None:
    """The same by a style of the document."""
    root = etree.fromstring(reviewer.files["word/styles.xml"])
    for key, based in (("Ours", "Base"), ("Base", "")):
        style = etree.SubElement(root, f"{W}style", {f"{W}type": "character", f"{W}styleId": key})
        if based:
            etree.SubElement(style, f"{W}basedOn", {f"{W}val": based})
        else:
            etree.SubElement(etree.SubElement(style, f"{W}rPr"), f"{W}{name}")
    reviewer.files["word/styles.xml"] = etree.tostring(root)
    [run] = reviewer._cut(of(reviewer, said), said)
    properties = run.find(f"{W}rPr")
    if properties is None:
        properties = etree.Element(f"{W}rPr")
        run.insert(0, properties)
    properties.insert(0, etree.Element(f"{W}rStyle", {f"{W}val": "Ours"}))


BOX = (
    '<w:r xmlns:w="{w}" xmlns:wps="urn:wps" xmlns:a="urn:a"><w:drawing><a:graphic><wps:txbx>'
    "<w:txbxContent><w:p><w:r><w:t>This is wrong.</w:t></w:r></w:p></w:txbxContent></wps:txbx>"
    "</a:graphic></w:drawing></w:r>"
)


def boxed(reviewer: Reviewer, said: str) -> None:
    of(reviewer, said).append(etree.fromstring(BOX.format(w=NAMESPACE)))


def in_header(reviewer: Reviewer) -> None:
    name = next(one for one in reviewer.files if re.fullmatch(r"word/header\d*\.xml", one))
    root = etree.fromstring(reviewer.files[name])
    paragraph = etree.SubElement(root, f"{W}p")
    paragraph.append(reviewer._run("NOT APPROVED"))
    reviewer.files[name] = etree.tostring(root)


def copied_row(reviewer: Reviewer, said: str) -> None:
    one = row(reviewer, said)
    one.addnext(deepcopy(one))


def deleted_row(reviewer: Reviewer, said: str, tracked: bool) -> None:
    one = row(reviewer, said)
    if tracked:
        one.find(f"{W}trPr").append(reviewer._change("del"))
    else:
        gone(one)


def footnote(reviewer: Reviewer) -> None:
    reviewer.files["word/footnotes.xml"] = (
        f'<w:footnotes xmlns:w="{NAMESPACE}"><w:footnote w:id="2"><w:p><w:r><w:t>Wrong.</w:t></w:r>'
        "</w:p></w:footnote></w:footnotes>"
    ).encode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    reviewer._relate("footnotes.xml", kind)


CHOICE = (
    '<mc:AlternateContent xmlns:w="{w}" xmlns:mc="http://schemas.openxmlformats.org/'
    'markup-compatibility/2006"><mc:Choice Requires="later"/><mc:Fallback><w:r><w:t>Not.</w:t>'
    "</w:r></mc:Fallback></mc:AlternateContent>"
)


def alternative(reviewer: Reviewer, said: str) -> None:
    """What only programs show that do not know the first choice."""
    of(reviewer, said).append(etree.fromstring(CHOICE.format(w=NAMESPACE)))


def merged(reviewer: Reviewer, said: str) -> None:
    """A cell that goes on from the one above: its own words are not shown."""
    properties = row(reviewer, said).findall(f"{W}tc")[1].find(f"{W}tcPr")
    etree.SubElement(properties, f"{W}vMerge")


def numbered(reviewer: Reviewer) -> None:
    """The items of all lists begin with words."""
    root = etree.fromstring(reviewer.files["word/numbering.xml"])
    for level in root.iter(f"{W}lvlText"):
        level.set(f"{W}val", "Never: %1")
    reviewer.files["word/numbering.xml"] = etree.tostring(root)


def turned(reviewer: Reviewer, said: str) -> None:
    """Words whose letters are shown in the other order."""
    for run in reviewer._cut(of(reviewer, said), said):
        turn = etree.Element(f"{W}bdo", {f"{W}val": "rtl"})
        run.addprevious(turn)
        turn.append(run)


def computed(reviewer: Reviewer, said: str) -> None:
    """A field that says something once it is updated."""
    etree.SubElement(of(reviewer, said), f"{W}fldSimple", {f"{W}instr": 'QUOTE "Not."'})


def picture(reviewer: Reviewer, said: str) -> None:
    run = etree.SubElement(of(reviewer, said), f"{W}r")
    etree.SubElement(run, f"{W}drawing")


HELD: dict[str, tuple[Edit, set[str]]] = {
    "a paragraph is struck out": (lambda r: strike_all(r, "Wait for ten"), {FIRST}),
    "a paragraph is deleted": (lambda r: gone(of(r, "Wait for ten")), {FIRST}),
    "a paragraph is added": (lambda r: added(r, "Wait for ten", "Or don't.", True), {FIRST}),
    "one is added untracked": (lambda r: added(r, "Wait for ten", "Or don't.", False), {FIRST}),
    "an item is deleted": (lambda r: gone(of(r, "Listen")), {FIRST}),
    # What comes behind the last line of a page may belong to the next one.
    "items are swapped": (lambda r: swapped(r, "Look", "Listen"), {FIRST, QUIZ}),
    "a short text is changed": (lambda r: r.overwrite("Look", "Run"), {FIRST}),
    "words are struck through": (lambda r: set_as(r, "ten minutes", "strike"), {FIRST}),
    "words are struck through twice": (lambda r: set_as(r, "ten minutes", "dstrike"), {FIRST}),
    "words are hidden": (lambda r: set_as(r, "ten minutes", "vanish"), {FIRST}),
    "words are set in capitals": (lambda r: set_as(r, "ten minutes", "caps"), {FIRST}),
    "words are set in small capitals": (lambda r: set_as(r, "ten minutes", "smallCaps"), {FIRST}),
    "a style sets words in capitals": (lambda r: styled(r, "ten minutes", "caps"), {FIRST}),
    "words are raised": (lambda r: set_as(r, "ten", "vertAlign"), {FIRST}),
    "a style strikes words": (lambda r: styled(r, "ten minutes", "strike"), {FIRST}),
    "a style hides words": (lambda r: styled(r, "ten minutes", "vanish"), {FIRST}),
    "a text box is added": (lambda r: boxed(r, "Wait for ten"), {FIRST}),
    "a picture is added": (lambda r: picture(r, "Wait for ten"), {FIRST}),
    "another choice has words": (lambda r: alternative(r, "Wait for ten"), {FIRST}),
    "letters are turned": (lambda r: turned(r, "ten"), {FIRST}),
    "a field is added": (lambda r: computed(r, "Wait for ten"), {FIRST}),
    "cells are merged": (lambda r: merged(r, "[q:pick/b]"), {PICK}),
    "lists say something": (numbered, EVERY),
    "the header says something": (in_header, EVERY),
    "a footnote says something": (footnote, EVERY),
    "a row is copied": (lambda r: copied_row(r, "[q:pick/a]"), {PICK}),
    "a row is deleted": (lambda r: deleted_row(r, "[q:pick/b]", False), {PICK}),
    "a row is deleted, tracked": (lambda r: deleted_row(r, "[q:pick/b]", True), {PICK}),
    "a question is deleted": (without_question, {WET, QUIZ, MARK}),
    "a local value is changed on a page": (
        lambda r: r.overwrite("Sam Lee on", "Kim on"),
        {FIRST, LEAD},
    ),
    "an answer is added": (lambda r: r.overwrite("rain; snow", "rain; snow; hail"), {WORD}),
    "above everything": (lambda r: added(r, "[c:title]", "Not approved.", False), EVERY),
    "among the reasons for a draft": (
        lambda r: added(r, "[c:draft]", "I approve none of it.", False),
        EVERY,
    ),
    "below the statement": (
        lambda r: r.root[0].insert(len(r.root[0]) - 1, _paragraph(r, "I approve none of it.")),
        EVERY,
    ),
}


def _paragraph(reviewer: Reviewer, said: str) -> etree._Element:
    paragraph = etree.Element(f"{W}p")
    paragraph.append(reviewer._run(said))
    return paragraph


@pytest.mark.parametrize("name", HELD)
def test_changed_parts_are_listed_and_not_approved(name: str) -> None:
    edit, held = HELD[name]
    with Reviewer(Path(FILE)) as reviewer:
        edit(reviewer)
        sign(reviewer)
    assert not read().stdout.startswith("No comments and no changes")
    result = approve()
    assert result.exit_code == 1
    assert EVERY - recorded() == held
    for part in held:
        assert f"confirm “{part}” as" in result.stderr or "confirm any part as" in result.stderr


def test_without_a_change_every_part_is_recorded() -> None:
    with Reviewer(Path(FILE)) as reviewer:
        sign(reviewer)
    assert read().stdout.startswith("No remarks in review.docx\n")
    assert (approve().exit_code, recorded()) == (0, EVERY)


def test_open_comment_blocks_its_part_until_resolved() -> None:
    with Reviewer(Path(FILE)) as reviewer:
        sign(reviewer)
        reviewer.comment("ten minutes", "Five!")
    result = approve()
    assert (result.exit_code, EVERY - recorded()) == (1, {FIRST})
    assert "is open: “Five!”." in result.stderr
    for name in ("approvals.yaml", "remarks.yaml"):
        Path("course", name).unlink()
    with Reviewer(Path(FILE)) as reviewer:
        root = etree.fromstring(reviewer.files["word/comments.xml"])
        reviewer.comments = list(root)
        reviewer.thread(resolved=True)
        reviewer.files["word/comments.xml"] = etree.tostring(
            etree.Element(root.tag, nsmap=root.nsmap)
        )
    assert (approve().exit_code, recorded()) == (0, EVERY)


def test_comment_without_a_range_blocks_every_approval() -> None:
    with Reviewer(Path(FILE)) as reviewer:
        sign(reviewer)
        reviewer.comment("ten minutes", "All of it is wrong.")
    with Reviewer(Path(FILE)) as reviewer:
        for name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
            reviewer.without(name)
    assert (approve().exit_code, recorded()) == (1, set())


def test_unapplied_changes_are_found_again_next_time() -> None:
    with Reviewer(Path(FILE)) as reviewer:
        sign(reviewer)
        reviewer.overwrite("Look", "Run")
        reviewer.overwrite("Take your time", "Take all your time")
        gone(of(reviewer, "Wait for ten"))
        other_pair(reviewer, False)
        moved_mark(reviewer, False)
    left = [
        ("Wait for ten minutes.", "", False),
        ("Look", "", False),
        ("", "Run", False),
        ("", " all", True),
        ("a", "b", True),
        ("Umbrella", "Hat", True),
    ]
    assert changes() == left
    assert read("--apply", "4").exit_code == 0
    assert changes() == [*left[:3], *left[4:]]
    assert read("--apply", "5").exit_code == 0
    assert changes() == [*left[:3], left[4]]
    approve()
    assert EVERY - recorded() == {FIRST, LEAD, PICK}


def changes() -> list[tuple[str, str, bool]]:
    """What differs, and whether it can be applied."""
    listed = json.loads(read("--json").stdout)["remarks"]
    return [(one["about"], one["added"], one["sure"]) for one in listed]


def saved_elsewhere(reviewer: Reviewer) -> None:
    """As Google Docs and Pages save it: no bookmarks, no properties, other spaces."""
    for name in ("bookmarkStart", "bookmarkEnd", "proofErr", "lang"):
        reviewer.without(name)
    listed = [one for one in reviewer.files if one.startswith("customXml/")]
    reviewer.forget("docProps/custom.xml", *(one for one in listed if one in reviewer.files))
    for control in list(reviewer.root.iter(f"{W}sdt")):
        for paragraph in list(control.find(f"{W}sdtContent")):
            control.addprevious(paragraph)
        gone(control)
    for style in reviewer.root.iter(f"{W}pStyle"):
        style.set(f"{W}val", "Normal")
    for node in list(reviewer.root.iter(f"{W}t")):
        node.text = (node.text or "").replace(" ", "\u00a0")
    for number, entry in enumerate(reviewer.root.iter(f"{W}tab")):
        # The numbers of the pages, which the program has worked out.
        page = etree.SubElement(entry.getparent(), f"{W}t")
        page.text = str(number)


def saved_without_codes(reviewer: Reviewer) -> None:
    saved_elsewhere(reviewer)
    for node in reviewer.root.iter(f"{W}t"):
        node.text = re.sub(r"\s*\[[a-z]:[^\]]*\]", "", node.text or "")


ELSEWHERE: dict[str, Edit] = {
    "elsewhere": saved_elsewhere,
    "without codes": saved_without_codes,
}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_document_saved_by_another_program_is_read(name: str) -> None:
    with Reviewer(Path(FILE)) as reviewer:
        sign(reviewer)
        ELSEWHERE[name](reviewer)
    assert read().stdout.startswith("No remarks in review.docx\n")
    assert (approve().exit_code, recorded()) == (0, EVERY)


@pytest.mark.parametrize("name", ELSEWHERE)
def test_change_in_document_saved_elsewhere_is_found(name: str) -> None:
    with Reviewer(Path(FILE)) as reviewer:
        sign(reviewer)
        reviewer.overwrite("Take your time", "Take all your time")
        gone(of(reviewer, "Wait for ten"))
        ELSEWHERE[name](reviewer)
    told = read().stdout
    assert told.startswith("2 changes in review.docx\n")
    assert "struck out: “Wait for ten minutes.”" in told
    assert (approve().exit_code, EVERY - recorded()) == (1, {FIRST, QUIZ})


def split(reviewer: Reviewer, said: str) -> None:
    """A paragraph in two."""
    paragraph = of(reviewer, said)
    [run] = reviewer._cut(paragraph, said)
    new = etree.Element(f"{W}p")
    paragraph.addprevious(new)
    new.append(run)


def test_paragraphs_that_were_split_or_merged_hold_their_parts() -> None:
    with Reviewer(Path(FILE)) as reviewer:
        sign(reviewer)
        split(reviewer, "Wait for")
        first, second = of(reviewer, "Take your time"), of(reviewer, "What falls?")
        first.extend(second.findall(f"{W}r"))
        gone(second)
    assert (approve().exit_code, EVERY - recorded()) == (1, {FIRST, LEAD, QUIZ, WORD})


def test_text_copied_into_new_document_confirms_nothing() -> None:
    """Only the words are left, paragraph by paragraph: there are no tables any more."""
    with Reviewer(Path(FILE)) as reviewer:
        sign(reviewer)
    with Reviewer(Path(FILE)) as reviewer:
        reviewer.forget("docProps/custom.xml")
        for table in list(reviewer.root.iter(f"{W}tbl")):
            for paragraph in list(table.iter(f"{W}p")):
                table.addprevious(paragraph)
            gone(table)
    assert (approve().exit_code, recorded()) == (1, set())


def edit(name: str, old: str, new: str) -> None:
    path = Path("course", name)
    said = path.read_text("utf-8")
    assert old in said
    path.write_text(said.replace(old, new), "utf-8")


def test_older_document_approves_only_unchanged_parts() -> None:
    with Reviewer(Path(FILE)) as reviewer:
        sign(reviewer)
        other_pair(reviewer, False)
    edit("pages/first.md", "ten minutes", "five minutes")
    edit("questions/all.yaml", "      correct: yes\n", "")
    edit("questions/all.yaml", "{id: b, text: A fan", "{id: b, correct: yes, text: A fan")
    # Only what the reviewer has changed is a change, and not what the course has changed since.
    assert changes() == [("Umbrella", "Hat", True)]
    result = approve()
    assert (result.exit_code, EVERY - recorded()) == (1, {FIRST, PICK, PAIRS})
    assert result.stderr.count("error approval-held") == 3


def test_differences_of_unknown_origin_are_listed_not_applied() -> None:
    with Reviewer(Path(FILE)) as reviewer:
        sign(reviewer)
        saved_elsewhere(reviewer)
        reviewer.overwrite("Take\u00a0your", "Take all\u00a0your")
    edit("pages/first.md", "ten minutes", "five minutes")
    listed = changes()
    assert [(before, after) for before, after, _ in listed] == [
        ("Wait for five minutes.", "Wait for ten minutes."),
        ("Take your time.", "Take all your time."),
    ]
    assert not any(sure for *_, sure in listed)
    assert (approve().exit_code, EVERY - recorded()) == (1, {FIRST, QUIZ})
