"""What Moodle itself writes into what it exports, and what Word leaves in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.importing import formats, making
from builder.importing.document.form import Box, Document, Question
from builder.importing.document.tally import text, words
from builder.importing.writing import write
from tests.importing.banks import second_readers


def read(folder: Path, inside: str) -> tuple[Document, float]:
    """A bank, and the share of its words that its course has or was told by."""
    path = folder / "bank.xml"
    path.write_text(f"<?xml version='1.0'?>\n<quiz>\n{inside}\n</quiz>\n", "utf-8")
    form = formats.format_of(path)
    assert form is not None
    document, problems = form.read(path)
    assert document is not None
    assert problems == ()
    made = write(document, "bank", "auto", lambda _: "")
    return document, making.compare_words(second_readers.count(path), document, made).share


def asked(words: str, kind: str = "truefalse", more: str = "") -> str:
    text = f"<questiontext format='html'><text><![CDATA[{words}]]></text></questiontext>"
    return f"<question type='{kind}'><name><text>Name</text></name>{text}{more}</question>"


def test_default_category_description_is_not_imported(tmp_path: Path) -> None:
    info = "The default category for questions shared in context &#039;Fire&#039;."
    category = (
        "<question type='category'><category><text>$course$/top/Default for Fire</text></category>"
        f"<info format='html'><text>{info}</text></info></question>"
    )
    document, share = read(tmp_path, category + asked("Is it so?"))
    assert (words(document.blocks[:1]), len(document.blocks), share) == (
        *(["Default", "for", "Fire"], 2, 1.0),
    )


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("top/Top/Alarm", "Top / Alarm"),
        ("$course$/top/top", "top"),
        ("$system$/top", ""),
        ("Top", "Top"),
        ("Shelves/top", "Shelves / top"),
        ("top//bottom", "top/bottom"),
    ],
)
def test_only_moodles_own_top_is_removed_from_category_names(
    written: str, shown: str, tmp_path: Path
) -> None:
    category = f"<question type='category'><category><text>{written}</text></category></question>"
    document, share = read(tmp_path, category + asked("Is it so?"))
    headings = [" ".join(text(document.blocks[:1]).split())] if len(document.blocks) > 1 else [""]
    assert (headings, share) == ([shown], 1.0)
    (question,) = (one for one in document.blocks if isinstance(one, Question))
    assert question.tags == ((shown,) if shown else ())


def test_a_question_that_moodle_draws_is_listed(tmp_path: Path) -> None:
    document, share = read(tmp_path, asked("1", "random") + asked("Is it so?"))
    assert (len(document.blocks), share) == (1, 1.0)
    (rest,) = document.rest
    assert (rest.kind, rest.words) == ("question", "Name")
    assert rest.reason.endswith("write “draw:” in a quiz")


def test_the_numbers_of_a_formula_are_no_text_for_trainees(tmp_path: Path) -> None:
    numbers = (
        "<dataset_definitions><dataset_definition><status><text>private</text></status>"
        "<name><text>a</text></name><minimum><text>1</text></minimum></dataset_definition>"
        "</dataset_definitions>"
    )
    document, share = read(tmp_path, asked("How much is {a}?", "calculated", numbers))
    (box,) = document.blocks
    assert isinstance(box, Box)
    assert (words([box]), share) == (["How", "much", "is", "a"], 1.0)


def test_word_markup_pasted_in_moodle_is_ignored(tmp_path: Path) -> None:
    pasted = (
        "<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]-->"
        '<p class="MsoNormal"><b style="mso-x:y">What is <o:p>fir</o:p>st?<o:p></o:p></b></p>'
        '<p class="MsoNormal"><o:p>&nbsp;</o:p></p>'
    )
    document, share = read(tmp_path, asked(pasted))
    (question,) = document.blocks
    assert isinstance(question, Question)
    assert (words(question.prompt), share) == (["What", "is", "first"], 1.0)


def test_a_windows_export_in_gift_is_read_as_any_other(tmp_path: Path) -> None:
    lines = [
        *("// question: 0  name: Switch category to $course$/top/Fire", "$CATEGORY: Fire", "", ""),
        *("// question: 21  name: The alarm", "::The alarm::[html]<p>What first?</p>{"),
        *("\t=<p>Leave</p>#<p>Right</p>", "\t~%-50%<p>Stay</p>", "}", "", ""),
    ]
    read_as = []
    for name, end in (("windows", "\r\n"), ("linux", "\n")):
        path = tmp_path / f"{name}.gift"
        path.write_bytes(b"\xef\xbb\xbf" + end.join(lines).encode())
        form = formats.format_of(path)
        assert form is not None
        document, problems = form.read(path)
        assert problems == ()
        counts = second_readers.count(path)
        read_as.append((document, counts.kinds, counts.words))
    assert read_as[0] == read_as[1]
    assert read_as[0][1]["questions with feedback"] == 1
