"""Reports are read whatever their format, language and columns; what is no report is refused with
its reason."""

import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from builder.results.model import Answer, Report
from builder.results.reading import cells, report, tables
from builder.results.reading.tables import ReportError
from tests.results import moodle
from tests.results.moodle import HEADS, Row
from tests.results.recorded import FOLDER

KNOWN = {"quiz--one", "quiz--two", "page--one", "quiz--typed"}
ROWS = (
    Row("Ann Lee", [("quiz--one", "b", "correct"), ("quiz--two", "a,c", "wrong")]),
    Row("Bo Day", [("quiz--one", "a", "wrong"), ("quiz--two", "a", "0.5")]),
    Row("Cy Roe", attempt=0),
)


def read(path: Path) -> Report:
    return report.read(path, 0, KNOWN)


def given(found: Report) -> list[list[tuple[str, str, float | None]]]:
    return [
        [(one.interaction, one.response, one.result) for one in attempt.answers]
        for attempt in found.attempts
    ]


EXPECTED = [
    [("quiz--one", "b", 1.0), ("quiz--two", "a,c", 0.0)],
    [("quiz--one", "a", 0.0), ("quiz--two", "a", 0.5)],
    [],
]


def test_attempts_with_month_and_minutes(tmp_path: Path) -> None:
    found = read(moodle.write(tmp_path / "r.txt", moodle.table(ROWS, "Title")))
    assert given(found) == EXPECTED
    assert found.titles == ("Title",)
    assert [(one.number, one.month, one.minutes) for one in found.attempts] == [
        (1, "2026-11", 12),
        (1, "2026-11", 12),
        (None, "", None),
    ]


@pytest.mark.parametrize(
    "heads",
    [
        ("Frage {}", "Antwort {}", "Richtige Antwort {}", "Ergebnis {}"),
        ("{}. kérdés", "{}. válasz", "{}. helyes válasz", "{}. eredmény"),
        ("السؤال {}", "الإجابة {}", "الإجابة الصحيحة {}", "النتيجة {}"),
        ("問題{}", "回答{}", "正解{}", "結果{}"),
    ],
    ids=["German", "Hungarian", "Arabic", "Japanese"],
)
def test_headings_in_any_language(heads: Sequence[str], tmp_path: Path) -> None:
    beginning = ("Nume", "E-mail", "Încercare", "x", "y", "Scor")
    written = moodle.table(ROWS, "Titel 2026", heads, beginning)
    assert given(read(moodle.write(tmp_path / "r.txt", written))) == EXPECTED


def test_report_without_right_answers(tmp_path: Path) -> None:
    heads = (HEADS[0], HEADS[1], HEADS[3])
    assert given(read(moodle.write(tmp_path / "r.txt", moodle.table(ROWS, "T", heads)))) == EXPECTED


def test_report_without_responses_has_results(tmp_path: Path) -> None:
    rows = (*ROWS, Row("Di Fox", ROWS[0].answers))
    heads = (HEADS[0], HEADS[2], HEADS[3])
    found = read(moodle.write(tmp_path / "r.txt", moodle.table(rows, "T", heads)))
    assert not found.has_responses
    assert [[one.result for one in attempt.answers] for attempt in found.attempts] == [
        [1.0, 0.0],
        [0.0, 0.5],
        [],
        [1.0, 0.0],
    ]


def test_report_without_results_has_responses(tmp_path: Path) -> None:
    heads = HEADS[:2]
    found = read(moodle.write(tmp_path / "r.txt", moodle.table(ROWS, "T", heads)))
    assert (found.has_responses, found.has_results) == (True, False)
    responses = [[(one.response, one.result) for one in each.answers] for each in found.attempts]
    assert responses == [[(response, None) for _, response, _ in row] for row in EXPECTED]


def test_responses_that_are_numbers_are_not_results(tmp_path: Path) -> None:
    rows = [Row("Ann", [("quiz--age", str(age), "wrong")]) for age in (17, 18, 21)]
    table = moodle.table(rows, "T", HEADS[:2])
    found = report.read(moodle.write(tmp_path / "r.txt", table), 0, {"quiz--age"})
    assert (found.has_responses, found.has_results) == (True, False)


def test_right_answers_alone_say_nothing_about_people(tmp_path: Path) -> None:
    table = moodle.table((*ROWS, *ROWS), "T", (HEADS[0], HEADS[2]))
    said = refusal(moodle.write(tmp_path / "r.txt", table))
    assert "does not say what people answered, or whether it was right" in said
    assert "“Summary of responses”" in said


def test_unknown_words_as_results_are_counted(tmp_path: Path) -> None:
    table = moodle.table([*ROWS[:2]] * 5, "T")
    table[3][10] = "perhaps"
    found = read(moodle.write(tmp_path / "r.txt", table))
    assert found.attempts[2].answers[0].result is None
    assert found.changes == {"result": 1}


def test_more_columns_of_the_person(tmp_path: Path) -> None:
    table = [[*row[:2], "00001", "2026", *row[2:]] for row in moodle.table(ROWS, "T")]
    assert given(read(moodle.write(tmp_path / "r.txt", table))) == EXPECTED


def test_rows_longer_than_their_headings(tmp_path: Path) -> None:
    """Of two SCOs: the cell of each is before its answers, and the headings name answers once."""
    table = moodle.table(ROWS[:2], "First")
    heading = [*table[0][:7], "Second", *table[0][7:]]
    rows = [[*row, "Incomplete", *table[1][7:11], *[""] * 4] for row in table[1:]]
    found = read(moodle.write(tmp_path / "r.txt", [heading, *rows]))
    assert found.titles == ("First", "Second")
    assert given(found) == [[*answers, ("quiz--one", "b", 1.0)] for answers in EXPECTED[:2]]


def test_tabs_replaced_by_commas_are_refused(tmp_path: Path) -> None:
    """Moodle puts a cell with a space between quotation marks, and none with only a comma."""
    table = moodle.table((*ROWS, *ROWS), "First aid")
    lines = [[f'"{cell}"' if " " in cell else cell for cell in row] for row in table]
    path = tmp_path / "r.txt"
    path.write_text("\n".join(map("\t".join, lines)) + "\n")
    assert given(read(path)) == [*EXPECTED, *EXPECTED]
    path.write_text("\n".join(map(",".join, lines)) + "\n")
    assert "line 2: the cells do not match the headings" in refusal(path)


def test_a_moved_answer_of_two_scos_is_refused(tmp_path: Path) -> None:
    table = moodle.table(ROWS[:2], "First")
    heading = [*table[0][:7], "Second", *table[0][7:]]
    rows = [[*row, "Incomplete", *table[1][7:11], *[""] * 4] for row in table[1:]]
    rows[0][12:13] = ["a", "c"]
    said = refusal(moodle.write(tmp_path / "r.txt", [heading, *rows]))
    assert "line 2: the cells do not match the headings" in said


def test_a_spreadsheet_row_with_moved_cells_is_refused(tmp_path: Path) -> None:
    table = moodle.table((*ROWS, *ROWS), "T")
    table[1][8:9] = ["a", "c"]
    said = refusal(workbook(tmp_path / "r.xlsx", [row[:15] for row in table]))
    assert "line 2: the cells do not match the headings" in said


@pytest.mark.parametrize("row", ["ann,q,correct,a,c", "ann,q,correct"])
def test_our_own_rows_must_match_their_headings(row: str, tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text(f"learner,interaction,result,response\nbo,q,wrong,a\n{row}\n")
    assert "line 3: the row has" in refusal(path)


def test_entities_are_undone_once(tmp_path: Path) -> None:
    typed = "a &amp; b &lt;b&gt; &#039;x&#039; &amp;lt; &#65;"
    rows = [Row("Ann", [("quiz--typed", typed, "wrong")]), Row("Bo", ROWS[0].answers)]
    found = read(moodle.write(tmp_path / "r.txt", moodle.table(rows, "A &amp; B")))
    assert found.attempts[0].answers[0].response == "a & b <b> 'x' &lt; &#65;"
    assert found.titles == ("A & B",)


def workbook(path: Path, table: Sequence[Sequence[object]]) -> Path:
    book = Workbook()
    for row in table:
        book.active.append(list(row))
    book.save(path)
    return path


def test_answers_that_became_formulas_in_excel(tmp_path: Path) -> None:
    rows = [Row("Ann", [("quiz--typed", "TYPED", "wrong")]), Row("Bo", ROWS[0].answers)]
    for typed in ("=pot", "=1+3"):
        table = [
            [typed if cell == "TYPED" else cell for cell in row] for row in moodle.table(rows, "T")
        ]
        found = read(workbook(tmp_path / "r.xlsx", table))
        assert found.attempts[0].answers[0].response == typed
        assert found.changes == {"formula": 1}


def test_numbers_in_excel_are_doubtful(tmp_path: Path) -> None:
    rows = [Row("Ann", [("quiz--typed", "7", "wrong")]), Row("Bo", ROWS[0].answers)]
    table: list[list[object]] = [
        [7 if cell == "7" else cell for cell in row] for row in moodle.table(rows, "T")
    ]
    found = read(workbook(tmp_path / "r.xlsx", table))
    assert found.attempts[0].answers == (Answer("quiz--typed", "7", "x", 0.0, doubtful=True),)
    assert not found.attempts[1].answers[0].doubtful


OPEN_DOCUMENT = """\
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>
<office:spreadsheet><table:table>{}</table:table></office:spreadsheet></office:body>
</office:document-content>"""


def open_document(path: Path, rows: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", OPEN_DOCUMENT.format(rows))
    return path


def test_cells_of_an_open_document(tmp_path: Path) -> None:
    path = open_document(
        tmp_path / "r.ods",
        "<table:table-row><table:table-cell><text:p>a<text:s text:c='2'/>b</text:p>"
        "<text:p>c</text:p></table:table-cell>"
        "<table:table-cell table:number-columns-repeated='2'/>"
        "<table:table-cell table:formula='of:=pot'/>"
        "<table:table-cell office:value-type='float' office:value='1'><text:p>00001</text:p>"
        "</table:table-cell><table:table-cell table:number-columns-repeated='16000'/>"
        "</table:table-row>"
        "<table:table-row table:number-rows-repeated='1048574'><table:table-cell/>"
        "</table:table-row>",
    )
    assert list(tables.rows(path)) == [(1, ["a  b\nc", "", "", "=pot", "00001"])]


def test_text_of_windows_programs(tmp_path: Path) -> None:
    text = "\r\nlearner;interaction;result;response\r\nZoë;quiz--typed;wrong;naïve – “no”\r\n"
    for encoding in ("cp1252", "utf-16", "utf-8-sig"):
        (tmp_path / "r.csv").write_bytes(text.encode(encoding))
        [attempt] = read(tmp_path / "r.csv").attempts
        assert (attempt.person, attempt.answers[0].response) == (("Zoë",), "naïve – “no”")


def test_our_own_columns(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text(
        "﻿Learner;Interaction;Result;Response;Seconds;Started;Attempt\r\n"
        "ann;quiz--one;correct;b;12.5;2026-11-29 10:57;1\r\n"
        "ann;quiz--two;0,5;a;;2026-11-29 10:57;1\r\n"
        "bo;quiz--one;incorrect;a;7;29/11/2026;2\r\n",
        encoding="utf-8",
        newline="",
    )
    found = read(path)
    assert given(found) == [
        [("quiz--one", "b", 1.0), ("quiz--two", "a", 0.5)],
        [("quiz--one", "a", 0.0)],
    ]
    assert [one.seconds for one in found.attempts[0].answers] == [12.5, None]
    assert [(one.number, one.month) for one in found.attempts] == [(1, "2026-11"), (2, "2026-11")]


def test_times_of_our_own_columns_are_those_of_answers(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text(
        "learner,interaction,result,started,ended\n"
        "ann,quiz--one,correct,2026-11-29 10:57,2026-11-29 10:59\n"
        "ann,quiz--two,wrong,2026-11-29 11:01,2026-11-29 11:04\n"
        "ann,quiz--two,correct,2026-11-29 11:05,\n",
        encoding="utf-8",
    )
    [attempt] = read(path).attempts
    assert attempt.minutes == 7
    assert (attempt.details.started, attempt.details.last) == (
        "2026-11-29 10:57",
        "2026-11-29 11:04",
    )


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("Sunday, 29 November 2026, 10:57 AM", "2026-11"),
        ("29 November 2026, 10:57 AM", "2026-11"),
        ("Sonntag, 1. März 2026, 10:57", "2026-03"),
        ("domingo, 29 de noviembre de 2026, 10:57", "2026-11"),
        ("dimanche 2 août 2026, 22:57", "2026-08"),
        ("dydd Sul, 29 Tachwedd 2026, 10:57 AM", "2026-11"),
        ("2026年11月29日(日曜日) 10:57", "2026-11"),
        ("29/11/2026", "2026-11"),
        ("2026-11-29 10:57:02", "2026-11"),
        ("sunnuntai, 29. marraskuuta 2026, 10.57", "2026 marraskuuta"),
        ("-", ""),
    ],
)
def test_month_of_a_date(text: str, month: str) -> None:
    assert cells.month(text) == month


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("12.5", 12.5), ("12,5", 12.5), ("0000:00:12.50", 12.5), ("01:02:03", 3723), ("", None)],
)
def test_seconds_of_an_answer(text: str, seconds: float | None) -> None:
    assert cells.seconds(text) == seconds


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("29 November 2026, 10:57 AM", "29 November 2026, 1:02 PM", 125),
        ("29 November 2026, 12:05 AM", "29 November 2026, 12:10 PM", 725),
        ("29. November 2026, 09:57", "29. November 2026, 23:58", 841),
        ("29 November 2026, 10:57 AM", "30 November 2026, 10:58 AM", None),
        ("29 November 2026", "29 November 2026", None),
    ],
)
def test_minutes_of_an_attempt(start: str, end: str, minutes: float | None) -> None:
    assert cells.minutes_between(start, end) == minutes


def refusal(path: Path) -> str:
    with pytest.raises(ReportError) as refused:
        read(path)
    return str(refused.value)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("default.txt", "does not say which question an answer belongs to"),
        ("basic.txt", "it is Moodle's basic report or its report of objectives"),
        ("objectives.txt", "it is Moodle's basic report or its report of objectives"),
        ("gradebook.csv", "is not an interactions report: its first columns are “First name”"),
        ("logs.csv", "is not an interactions report: its first columns are “Time”"),
        ("completion.csv", "is not an interactions report"),
        ("interactions.txt", "is the report of another activity"),
        ("interactions.xlsx", "is the report of another activity"),
    ],
)
def test_other_files_of_moodle(name: str, words: str) -> None:
    said = refusal(FOLDER / name)
    assert words in said
    assert name in said


@pytest.mark.parametrize("heads", [HEADS, HEADS[1:2]], ids=["no answers", "no ids"])
def test_a_title_tells_the_report_of_another_activity(heads: Sequence[str], tmp_path: Path) -> None:
    answers = [("", "", "")] if heads == HEADS else ROWS[0].answers
    table = moodle.table([Row("Ann Lee", answers)], "Fire &amp; smoke", heads)
    path = moodle.write(tmp_path / "r.txt", table)
    with pytest.raises(ReportError, match="another activity: its title is “Fire & smoke”, and you"):
        report.read(path, 0, KNOWN, {"First aid"})
    with pytest.raises(ReportError, match=r"has no answers yet|does not say which question"):
        report.read(path, 0, KNOWN, {"Fire & smoke"})


def test_a_report_without_headings_is_called_that(tmp_path: Path) -> None:
    table = moodle.table(ROWS, "T")
    for rows in (table[1:], table[3:]):
        assert "has no headings" in refusal(moodle.write(tmp_path / "r.txt", rows))
    (tmp_path / "other.csv").write_text("ann,quiz--one,correct\nbo,quiz--one,wrong\n")
    assert "has no headings" in refusal(tmp_path / "other.csv")


def test_a_report_without_rows_is_called_that(tmp_path: Path) -> None:
    table = moodle.table(ROWS, "T")
    assert "has headings and no rows" in refusal(moodle.write(tmp_path / "r.txt", table[:1]))
    (tmp_path / "other.csv").write_text("learner,interaction,result\n")
    assert "has headings and no rows" in refusal(tmp_path / "other.csv")


def _text(content: bytes) -> Callable[[Path], Path]:
    def make(path: Path) -> Path:
        path.write_bytes(content)
        return path

    return make


def _recorded(name: str, length: float) -> Callable[[Path], Path]:
    content = (FOLDER / name).read_bytes()
    return _text(content[: int(len(content) * length)])


def _edited(path: Path) -> Path:
    table = moodle.table((*ROWS, *ROWS), "T")
    table[4][3] = "yesterday"
    return moodle.write(path, table)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (_text(b""), "is empty"),
        (_text(b"\xef\xbb\xbf\n\n"), "is empty"),
        (_text(b"<!DOCTYPE html><p>Formula Error"), "is a web page, not a report"),
        (_text(b"\xd0\xcf\x11\xe0" + bytes(99)), "is locked with a password or is an old Excel"),
        (_text(b"PK\x03\x04" + bytes(99)), "it is not a zip file, or its end is missing"),
        (_text(b"nothing"), "is not a table"),
        (_text(b"\0\1\2,\3\n" * 99), "is not an interactions report"),
        (_text(b"a,b\n" + b'"' + b"x" * 200_000), "field larger than field limit"),
        (_text(b"a\t" * 9000), "the row has 9,001 cells, more than 8,000"),
        (_recorded("interactions.xlsx", 0.7), "its end is missing, for example after an"),
        (_recorded("interactions.ods", 0.7), "its end is missing, for example after an"),
        (_text(b"learner,result\nann,correct\n"), "lacks the column “interaction”"),
        (_text(b"learner,interaction\nann,q\n"), "lacks the column “result” or “response”"),
        (_text(b"learner,interaction,result\nann,q,maybe\n"), "line 2: “maybe” is not a result"),
        (_text(b"learner,interaction,result\n,q,wrong\n"), "line 2: the cell “learner” is empty"),
        (
            _text(b"learner,interaction,result,attempt\na,q,wrong,first\n"),
            "line 2: “first” is not a number of an attempt",
        ),
        (_edited, "line 5: the cells do not match the headings"),
        (
            lambda path: open_document(path, "<table:table-row>" + "<x/>" * 3),
            "is damaged",
        ),
    ],
)
def test_unreadable_files_are_rejected(
    make: Callable[[Path], Path], words: str, tmp_path: Path
) -> None:
    assert words in refusal(make(tmp_path / "file"))


def test_a_download_that_was_cut_off(tmp_path: Path) -> None:
    whole = moodle.write(tmp_path / "whole.txt", moodle.table(ROWS, "T")).read_bytes()
    cut = tmp_path / "cut.txt"
    last = whole.index(b"Cy Roe")
    for end in range(last + 7, len(whole) - 10, 5):
        cut.write_bytes(whole[:end])
        assert "line 4: the row has" in refusal(cut)


def test_a_document_type_in_a_workbook_is_refused(tmp_path: Path) -> None:
    whole = workbook(tmp_path / "whole.xlsx", moodle.table(ROWS, "T"))
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(whole) as good, zipfile.ZipFile(path, "w") as archive:
        for name in good.namelist():
            content = good.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = b'<!DOCTYPE x [<!ENTITY a "b">]>' + content
            archive.writestr(name, content)
    assert "has a document type" in refusal(path)
