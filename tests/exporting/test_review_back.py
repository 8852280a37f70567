"""A review that comes back: each remark finds its place, and sure words get into the files."""

import re
import shutil
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from builder.exporting import reviewing
from builder.importing import word
from tests.conftest import ROOT
from tests.exporting.reviewed_course import FILES, applied, back, place, sent, texts, written
from tests.exporting.reviewer import Reviewer, W, text
from tests.support.golden import TODAY


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return written(tmp_path / "course")


def test_unchanged_review_document_has_no_remarks(course: Path) -> None:
    review = back(course, sent(course))
    assert (review.remarks, review.is_outdated, review.version) == ((), False, "1.0")


def test_where_a_program_ends_its_pages_is_no_change(course: Path) -> None:
    """LibreOffice writes a page break of its own into a paragraph, Word where it ended a page."""
    file = sent(course)
    with Reviewer(file) as reviewer:
        for words, name, kind in (
            ("Take your time", "br", "page"),
            ("Boots", "br", "column"),
            ("A coat", "lastRenderedPageBreak", ""),
        ):
            run = reviewer.paragraph(words).find(f"{W}r")
            run.append(etree.Element(f"{W}{name}", {f"{W}type": kind} if kind else {}))
        first, *_ = reviewer.root.iter(f"{W}p")
        broken = etree.Element(f"{W}p")
        etree.SubElement(etree.SubElement(broken, f"{W}r"), f"{W}br", {f"{W}type": "page"})
        first.addnext(broken)
    assert back(course, file).remarks == ()


@pytest.mark.whole
@pytest.mark.parametrize("hyphen", ["-", "\u2010", "\u2011"])
def test_another_hyphen_in_a_code_is_no_change(course: Path, hyphen: str) -> None:
    file = sent(course)
    with Reviewer(file) as reviewer:
        for node in list(reviewer.root.iter(f"{W}noBreakHyphen")):
            node.tag = f"{W}t"
            node.text = hyphen
    assert back(course, file).remarks == ()


def test_comment_has_author_date_quoted_text_and_place(course: Path) -> None:
    file = sent(course)
    with Reviewer(file) as reviewer:
        reviewer.comment("umbrella", "Or a hood?\nAsk Sam.")
        reviewer.comment("An umbrella", "Too easy.")
    first, second = back(course, file).remarks
    told = (first.kind, first.author, first.date, first.about, first.text, first.part)
    said = "Or a hood?\nAsk Sam."
    assert told == ("comment", "Ann Lee", "2026-11-20", "umbrella", said, "p:rain")
    assert place(first) == "pages/rain.md:6:11"
    assert (place(second), second.part) == ("questions/all.yaml:19:13", "q:how/a")


CHANGES = [
    # words, new words, the file, the line that it becomes
    ("umbrella", "hood", "pages/rain.md", "Take an **hood** with you, ask {{ lead }}"),
    ("slippery & wet", "wet", "pages/rain.md", "it is wet. See"),
    ("today", "now*", "pages/rain.md", r"\*now*\*."),
    ("Boots", "1. Boots", "pages/rain.md", r"- 1\. Boots"),
    ("Coat", "Coat | cap", "pages/rain.md", r"| Coat \| cap | hall  |"),
    ("Mind the step", "Mind the gap", "pages/rain.md", "::: callout Mind the gap"),
    ("what's next", "it's over", "pages/rain.md", "title: 'Rain, and it''s over'"),
    ("When it rains", "When it snows", "pages/rain.md", "## When it snows"),
    ('"wet", always', '"wet" and \\cold', "questions/all.yaml", r'"Rain is \"wet\" and \\cold."'),
    ("It's water", "It's “tea”", "questions/all.yaml", "'It''s “tea”"),
    ("from above", "from below", "questions/all.yaml", "tea”\n    from below.'"),
    ("a lot", "a little", "questions/all.yaml", "    It rains *a little*."),
    ("It blows", "It blows, and: no", "questions/all.yaml", 'feedback: "It blows, and: no."}'),
    ("do you take", "do you: take", "questions/all.yaml", 'prompt: "What do you: take?"'),
    ("wet days", "wet # days", "pages/diary.md", 'question: "How many *wet* # days were there?"'),
    ("when it rains", "if it rains", "course.yaml", "  What to do\n  if it rains."),
    ("Weather", "Rain # snow", "course.yaml", '- module: "Rain # snow"   # the first of many'),
]


@pytest.mark.whole
def test_changed_words_get_into_the_files_as_these_write_them(course: Path) -> None:
    file = sent(course)
    with Reviewer(file) as reviewer:
        for old, new, *_ in CHANGES:
            reviewer.replace(old, new)
    remarks = {one.about: one for one in back(course, file).remarks}
    assert {about: (one.added, one.reason) for about, one in remarks.items()} == {
        old: (new, "") for old, new, *_ in CHANGES
    }
    assert applied(course, file).diagnostics == ()
    changed = texts(course)
    for _, _, name, becomes in CHANGES:
        assert becomes in changed[name]
    # What nobody has changed is as it was.
    for name, content in changed.items():
        others = set(content.splitlines()) - set(FILES[name].splitlines())
        assert len(others) <= sum(one[2] == name for one in CHANGES)
    # The document that is made of it has the new words, and nothing is asked for again.
    fresh = sent(course, "fresh.docx")
    with Reviewer(fresh) as reviewer:
        said = "\n".join(map(text, reviewer.paragraphs()))
    assert [new for _, new, *_ in CHANGES if new not in said] == []
    assert {one.reason for one in back(course, file).remarks} == {
        "the course already has these words"
    }


def test_a_document_for_reviewers_is_not_imported_as_a_course(course: Path) -> None:
    file = sent(course)
    [told] = word.read(file)[1]
    assert str(told) == (
        f"{file.name}: error word-review This is a review document of the course “small”: it "
        "cannot be imported as a course."
    )
    assert told.hint == (
        f"Read its comments and changes: scorm-builder review COURSE --read {file.as_posix()}"
    )
    # Some programs drop what others have noted in a file.
    bare = file.with_name("saved.docx")
    with zipfile.ZipFile(file) as whole, zipfile.ZipFile(bare, "w") as rest:
        for name in whole.namelist():
            if name != "docProps/custom.xml":
                rest.writestr(name, whole.read(name))
    assert [one.code for one in word.read(bare)[1]] == ["word-review"]


def test_words_can_be_put_in_and_struck_out(course: Path) -> None:
    file = sent(course)
    with Reviewer(file) as reviewer:
        reviewer.insert(" folding", "Take an")
        reviewer.strike(" with you")
        reviewer.insert(" at all", "A fan")
    assert applied(course, file).diagnostics == ()
    changed = texts(course)
    assert "Take an folding **umbrella**, ask {{ lead }}" in changed["pages/rain.md"]
    assert "{id: b, text: A fan at all, feedback" in changed["questions/all.yaml"]


def test_line_ends_and_the_mark_at_the_start_stay(course: Path) -> None:
    path = course / "pages/rain.md"
    path.write_bytes(b"\xef\xbb\xbf" + FILES["pages/rain.md"].replace("\n", "\r\n").encode())
    before = path.read_bytes()
    file = sent(course)
    with Reviewer(file) as reviewer:
        reviewer.replace("run: it is", "walk: it is")
        reviewer.replace("The step is wet", "The step is dry")
    assert applied(course, file).diagnostics == ()
    after = before.replace(b"*do not* run:", b"*do not* walk:")
    assert path.read_bytes() == after.replace(b"step is wet", b"step is dry")


def test_only_the_numbers_that_are_asked_for_are_applied(course: Path) -> None:
    file = sent(course)
    with Reviewer(file) as reviewer:
        reviewer.replace("Boots", "Shoes")
        reviewer.replace("A coat", "A cape")
        reviewer.replace("A fan", "A hat")
    result = applied(course, file, 1, 3)
    assert result.applied
    assert result.applied.numbers == (1, 3)
    assert "- Shoes\n- A coat" in texts(course)["pages/rain.md"]
    left = back(course, file)
    assert left.is_outdated
    assert [(one.about, one.is_applicable) for one in left.remarks] == [
        ("Boots", False),
        ("A coat", True),
        ("A fan", False),
    ]


UNSURE = [
    ("Sam Lee, and", "Kim, and", "it is the local value “lead”: change it in course.yaml"),
    (
        "Quiz",
        "Question · One",
        "this text is generated, so it cannot be changed here",
    ),
    ("A coat", "", "the whole text was deleted: delete it, and what belongs to it, by hand"),
    ("Boots", "Shoes\nBoots", "the new words contain a line break"),
    ("an umbrella with", "a hat with", ""),
    ("ask Sam Lee, and do", "do", "it is the local value “lead”: change it in course.yaml"),
]


@pytest.mark.whole
@pytest.mark.parametrize(("old", "new", "reason"), UNSURE, ids=[one[0] for one in UNSURE])
def test_uncertain_change_is_listed_with_reason(
    course: Path, old: str, new: str, reason: str
) -> None:
    file = sent(course)
    with Reviewer(file) as reviewer:
        where = [one for one in reviewer.paragraphs() if old in text(one)][
            -1 if old == "Quiz" else 0
        ]
        reviewer.replace(old, new, where)
    [remark] = back(course, file).remarks
    assert (remark.reason, remark.is_applicable) == (reason, not reason)
    applied(course, file)
    assert bool(texts(course)) == (not reason)


@pytest.mark.whole
def test_a_change_that_would_make_an_error_is_not_made(tmp_path: Path) -> None:
    course = tmp_path / "course"
    shutil.copytree(ROOT / "tests/golden/course", course)
    file = sent(course)
    with Reviewer(file) as reviewer:
        reviewer.replace(
            "child can be", "one is", reviewer.paragraph("Every child can be at risk. T")
        )
        reviewer.replace("No one", "Nobody")
    quoted, plain = back(course, file).remarks
    assert plain.is_applicable
    assert quoted.reason.startswith(
        "the course would then have an error, questions/all.yaml:6:10: "
    )
    refused = applied(course, file, quoted.number)
    assert [str(one).partition(" The")[0] for one in refused.diagnostics] == [
        "pages/topic.md:6:7: error remark-unsure Change 1 cannot be applied: the course would then "
        "have an error, questions/all.yaml:6:10:"
    ]
    both = applied(course, file)
    assert both.applied
    assert both.applied.numbers == (plain.number,)
    assert "text: Nobody" in (course / "questions/all.yaml").read_text("utf-8")


@pytest.mark.whole
def test_conflicting_changes_by_two_reviewers_are_reported(course: Path) -> None:
    file = sent(course)
    with Reviewer(file) as reviewer:
        reviewer.insert(" thick", "A")
        reviewer.paragraph("coat")
    with Reviewer(file, "Bo Ray") as reviewer:
        reviewer.replace("Take", "Bring")
    review = back(course, file)
    assert {one.author for one in review.remarks} == {"Ann Lee", "Bo Ray"}
    # The description stands on the cover only, the title in two places.
    twice = sent(course, "twice.docx")
    with Reviewer(twice) as reviewer:
        first, second = [one for one in reviewer.paragraphs() if "A small course" in text(one)][:2]
        reviewer.replace("small", "tiny", first)
        reviewer.replace("small", "short", second)
    remarks = back(course, twice).remarks
    assert [(one.is_applicable, one.clashes) for one in remarks] == [(True, (2,)), (True, (1,))]
    assert (
        applied(course, twice).applied
        == reviewing.read_review(course, twice, TODAY, None, True).applied
    )
    assert texts(course) == {}
    clash = applied(course, twice, 1, 2)
    assert [one.code for one in clash.diagnostics] == ["remark-overlap", "remark-overlap"]
    assert applied(course, twice, 2).diagnostics == ()
    assert "title: A short course" in texts(course)["course.yaml"]


def test_changes_without_tracking_are_found(course: Path) -> None:
    file = sent(course)
    with Reviewer(file) as reviewer:
        reviewer.overwrite("Take your time", "Take all your time")
    [remark] = back(course, file).remarks
    assert (remark.tracked, remark.added, remark.is_applicable) == (False, " all", True)
    applied(course, file)
    assert "Take all your time." in texts(course)["pages/quiz.md"]


def test_without_bookmarks_and_properties_the_grey_codes_lead_there(course: Path) -> None:
    file = sent(course)
    with Reviewer(file) as reviewer:
        for name in ("bookmarkStart", "bookmarkEnd", "proofErr", "lang"):
            reviewer.without(name)
        reviewer.forget("docProps/custom.xml")
        reviewer.replace("A fan", "A hat")
        reviewer.comment("Boots", "High ones?")
    comment, change = back(course, file).remarks
    assert (change.is_applicable, change.part) == (True, "q:how/b")
    assert not back(course, file).is_outdated
    assert place(comment) == "pages/rain.md:9:3"


def test_without_the_grey_codes_bookmarks_and_words_lead_there(course: Path) -> None:
    file = sent(course)
    with Reviewer(file) as reviewer:
        for node in list(reviewer.root.iter("{*}t")):
            node.text = re.sub(r" \[[a-z]:[^\]]*\]", "", node.text or "")
        reviewer.replace("A fan", "A hat")
    [change] = back(course, file).remarks
    assert (change.is_applicable, change.part) == (True, "q:how/b")


def test_document_of_older_version_still_finds_its_places(course: Path) -> None:
    file = sent(course)
    with Reviewer(file) as reviewer:
        reviewer.replace("A fan", "A hat")
        reviewer.replace("The step is wet", "The step is dry")
        reviewer.replace("Boots", "Shoes")
        reviewer.replace("slippery", "icy")
        reviewer.comment("A coat", "Red?")
    settings = course / "course.yaml"
    settings.write_text(
        settings.read_text("utf-8")
        .replace('"1.0"', '"1.1"')
        .replace("  - quiz.md\n", "")
        .replace("  - module: Weather", "  - quiz.md\n  - module: Weather"),
        "utf-8",
    )
    page = course / "pages/rain.md"
    page.write_text(
        page.read_text("utf-8")
        .replace("## When it rains\n", "## When it rains\n\nA new first sentence.\n")
        .replace("Take an", "Always take an")
        .replace("- Boots\n", ""),
        "utf-8",
    )
    review = back(course, file)
    assert (review.is_outdated, review.version) == (True, "1.0")
    told = {one.about: (one.is_applicable, place(one)) for one in review.remarks}
    assert told["A fan"] == (True, "questions/all.yaml:21:21")
    assert told["The step is wet"] == (True, "pages/rain.md:19:1")
    assert told["slippery"] == (True, "pages/rain.md:9:7")
    assert told["A coat"] == (False, "pages/rain.md:11:3")
    boots = next(one for one in review.remarks if one.about == "Boots")
    assert boots.reason == "the course no longer has this paragraph"


def test_replies_and_what_is_resolved_are_told(course: Path) -> None:
    file = sent(course)
    with Reviewer(file) as reviewer:
        reviewer.comment("Boots", "High ones?")
        reviewer.comment("Boots", "Yes.")
        reviewer.thread(resolved=True)
    first, second = back(course, file).remarks
    assert (first.reply, first.done, second.reply) == (False, True, True)


@pytest.mark.whole
def test_every_text_that_is_written_once_can_be_changed(tmp_path: Path) -> None:
    """In the first course, a word of every paragraph that is not the interface's is changed."""
    course = tmp_path / "course"
    shutil.copytree(ROOT / "course", course)
    file = sent(course)
    with Reviewer(file) as reviewer:
        for paragraph in list(reviewer.paragraphs()):
            words = re.findall(r"\w{3,}", re.sub(r"\s*\[\w:[^\]]*\]", "", text(paragraph)))
            if words:
                reviewer.replace(words[0], words[0][::-1], paragraph)
    remarks = back(course, file).remarks
    reasons = {one.reason.partition(",")[0] for one in remarks}
    values = ("emergency_route", "board.procedures_url", "safeguarding_lead", "learner_support")
    assert reasons == {
        "",
        "this text is generated",
        "the course would then have an error",
        *(f"it is the local value “{name}”: change it in course.yaml" for name in values),
    }
    assert sum(one.is_applicable for one in remarks) > 80


def test_a_file_that_has_changed_in_between_is_left_alone(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = sent(course)
    with Reviewer(file) as reviewer:
        reviewer.replace("Boots", "Shoes")
    from builder.exporting import review as reviewing

    check_changes = reviewing.check_changes

    def meanwhile(*given: object) -> object:
        path = course / "pages/rain.md"
        path.write_text(path.read_text("utf-8") + "\nMine.\n", "utf-8")
        return check_changes(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(reviewing, "check_changes", meanwhile)
    result = applied(course, file)
    assert [one.code for one in result.diagnostics] == ["remark-meanwhile"]
    assert texts(course)["pages/rain.md"] == FILES["pages/rain.md"] + "\nMine.\n"


def test_untouched_document_of_the_showcase_has_no_changes(tmp_path: Path) -> None:
    """It has every block, and pictures that Word does not show."""
    course = shutil.copytree(ROOT / "tests/showcase", tmp_path / "course")
    assert back(course, sent(course)).remarks == ()
