"""What ``results`` prints and writes, and what it never writes."""

import csv
import io
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from builder import cli
from tests.results import moodle
from tests.results.evidence import packs
from tests.results.moodle import Row
from tests.results.recorded import FOLDER, QUIZ, package, without_columns

pytestmark = pytest.mark.whole

Run = Callable[..., Result]
PEOPLE = ("Alex Brook", "Zoë Müller-Tarn", "emp01", "example.com", "Yves")
TYPED = ("@home", "rude", "PROBLEM")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(
        cli.main, ("results", *map(str, arguments)), catch_exceptions=False
    )


@pytest.fixture
def packages(tmp_path: Path) -> list[str]:
    folder = tmp_path / "packages"
    folder.mkdir()
    zips = [package(version, folder) for version in ("1.0.0", "1.1.0")]
    return [word for one in zips for word in ("--package", str(one))]


def test_text_is_short_and_has_the_rows(run: Run, packages: list[str]) -> None:
    found = run(FOLDER / "interactions.txt", *packages)
    assert found.exit_code == 0
    lines = found.stdout.splitlines()
    assert lines[0] == "Child Sexual Exploitation Information for Children's Workforce Induction"
    assert "29 rows" in lines
    assert "       19  first attempts with the whole quiz: they count" in lines
    assert "786 answers" in lines
    at = lines.index(
        "  Would pass   47 % at the mark of 80 (89 % at 50, 68 % at 60, 63 % at 70, 26 % at 90, "
        "0 % at"
    )
    assert lines[at + 1] == "               100)"
    assert any("11 of 19 people chose “a”, which the key calls wrong." in line for line in lines)
    assert len(lines) < 90


def test_too_few_people_for_a_hint(run: Run, packages: list[str], tmp_path: Path) -> None:
    answers = [(f"{QUIZ}--most-parents", "a", "wrong")]
    rows = [Row(f"Person {at}", answers) for at in range(9)]
    report = moodle.write(tmp_path / "r.txt", moodle.table(rows, "T"))
    lines = run(report, *packages).stdout.splitlines()
    at = next(at for at, line in enumerate(lines) if line.startswith("Too few people"))
    # Each sentence has a line of its own.
    assert lines[at : at + 2] == [
        "Too few people have answered to say anything about a question: hints take 10, statements "
        "20.",
        "The figures are below.",
    ]


def test_a_report_without_results_is_judged_by_the_key(
    run: Run, packages: list[str], tmp_path: Path
) -> None:
    report = without_columns(("Result",), tmp_path)
    found = json.loads(run(report, *packages, "--json").stdout)
    [*others, note] = found["notes"]
    assert note == (
        "“interactions.txt” has no column of results, so the answers were judged by the key of the "
        "package. Tick “Summary of result” in Moodle to see how the course judged them."
    )
    whole = json.loads(run(FOLDER / "interactions.txt", *packages, "--json").stdout)
    assert found | {"notes": others} == whole


def test_two_reports_of_one_name_are_told_apart(
    run: Run, packages: list[str], tmp_path: Path
) -> None:
    for site in ("north", "south"):
        (tmp_path / site).mkdir()
    whole = (FOLDER / "interactions.txt").read_bytes()
    (tmp_path / "north/report.txt").write_bytes(whole)
    (tmp_path / "south/report.txt").write_bytes(whole.replace(b"emp", b"off"))
    found = json.loads(run("north/report.txt", "south/report.txt", *packages, "--json").stdout)
    assert found["reports"] == ["north/report.txt", "south/report.txt"]
    split = {one["name"] for one in found["quizzes"][0]["groups"] if one["split"] == "report"}
    assert split == {"north/report.txt", "south/report.txt"}
    (tmp_path / "south/report.txt").write_bytes(b"")
    refused = run("north/report.txt", "south/report.txt", *packages)
    assert "“south/report.txt” is empty" in refused.output


def test_nobody_is_in_any_output(run: Run, packages: list[str]) -> None:
    found = run(
        *(FOLDER / "interactions.txt", *packages, "--json"),
        *("-o", "page.html", "--csv", "table.csv"),
    )
    everything = found.output + Path("page.html").read_text() + Path("table.csv").read_text()
    everything += run(FOLDER / "interactions.txt", *packages).output
    assert not [word for word in (*PEOPLE, *TYPED) if word in everything]
    assert re.search(r"[\w.]+@[\w.]+", everything) is None


def test_names_and_texts_are_shown_only_on_request(run: Run, packages: list[str]) -> None:
    report = FOLDER / "interactions.txt"
    named = run(report, *packages, "--names").stdout
    assert "interactions.txt, row 17: Nia Glen emp14@example.com: began the quiz with one" in named
    assert "Alex Brook emp01@example.com: a later attempt of the same person" in named
    # Those who finished are not named.
    assert "Oli Crane emp15@example.com: a later attempt" in named
    assert "Pat Finch" not in named
    typed = json.loads(run(report, *packages, "--texts", "--json").stdout)
    [question] = [
        one for one in typed["questions"] if one["interaction"] == f"{QUIZ}--problem-behaviours"
    ]
    texts = {one["text"]: one["people"] for one in question["typed"]}
    assert texts["@home"] == 1
    assert sum(texts.values()) == question["people"] == 19


def test_typed_answers_are_shown_by_language(run: Run, tmp_path: Path) -> None:
    names = ("title", "language", "draft", "modules", "pages", "questions", "record")
    polish = dict(zip(names, ("Kurs", "pl", False, [], {}, {}, {}), strict=True))
    zipped = package("1.1.0", tmp_path, translations=[polish])
    outline = json.loads((FOLDER / "course-1.1.0.json").read_bytes())
    [page] = [one for one in outline["pages"] if one["quiz"]]
    typed = ("[pl] ogień", "'=fire", "[de] feuer")
    rows = [
        Row(
            f"Person {at}",
            [
                (f"{QUIZ}--{name}", typed[at % 3] if name == "problem-behaviours" else "a", "wrong")
                for name in page["quiz"]
            ],
        )
        for at in range(30)
    ]
    report = moodle.write(tmp_path / "report.txt", moodle.table(rows, "Kurs"))
    found = json.loads(
        run(report, "--package", zipped, "--texts", "--json", "-o", "page.html").stdout
    )
    [question] = [one for one in found["questions"] if one["question"] == "problem-behaviours"]
    assert [(one["text"], one["language"], one["people"]) for one in question["typed"]] == [
        ("=fire", "en-GB", 10),
        ("[de] feuer", "en-GB", 10),
        ("ogień", "pl", 10),
    ]
    groups = {(one["split"], one["name"]): one["people"] for one in question["groups"]}
    assert groups == {("language", "en-GB"): 20, ("language", "pl"): 10}
    page_text = Path("page.html").read_text()
    assert '<th scope="row">ogień</th><td>pl</td><td class="n">10</td>' in page_text
    assert "in which language" not in page_text


def test_json_has_the_figures(run: Run, packages: list[str]) -> None:
    found = json.loads(run(FOLDER / "interactions.ods", *packages, "--json").stdout)
    [question] = [
        one for one in found["questions"] if one["interaction"] == f"{QUIZ}--most-parents"
    ]
    groups = {one["name"]: one for one in question["groups"]}
    assert {name: one["people"] for name, one in groups.items()} == {"1.0.0": 11, "1.1.0": 8}
    assert {one["id"] for one in question["options"] if one["right"]} == {"b"}
    assert sum(one["chosen"] for one in question["options"]) == question["people"] == 19
    assert question["upper_half"] + question["lower_half"] == 19
    assert found["rows"]["counted"] == 19
    assert found["quizzes"][0]["pass_rates"]["80"] == 47.3684


def simulated(path: Path, count: int = 60) -> Path:
    """A report in which those who do well choose c in “most-parents”, whose key is b, and nobody
    chooses c in “who-can-be-affected”."""
    outline = json.loads((FOLDER / "course-1.1.0.json").read_bytes())
    [page] = [one for one in outline["pages"] if one["quiz"]]
    questions = {one["id"]: one for one in outline["questions"]}
    rows = []
    for person in range(count):
        answers = []
        for at, name in enumerate(page["quiz"]):
            knows = (at * 7 + person * 3) % 10 < 4 + 5 * (person % 2)
            right = questions[name]["patterns"][0].strip("{}")
            response = right if knows else "a"
            if name == "most-parents":
                response = "c" if person % 2 else right
            answers.append(
                (f"{page['id']}--{name}", response, "correct" if response == right else "wrong")
            )
        rows.append(Row(f"Person {person}", answers))
    return moodle.write(path, moodle.table(rows, outline["title"]))


def test_worst_question_comes_first_with_its_line(
    run: Run, packages: list[str], tmp_path: Path
) -> None:
    report = simulated(tmp_path / "report.txt")
    course = FOLDER.parent.parent.parent / "course"
    found = run(report, *packages[2:], "--course", course, "-o", "page.html").stdout
    first = found.partition("What to look at, worst first\n\n")[2].splitlines()
    assert re.search(r"questions.check\.yaml:106 +most-parents “", first[0])
    assert first[1:3] == [
        "    30 of the 30 people who do best in the rest of the quiz chose “c”, which the key "
        "calls",
        "    wrong. Check the key.",
    ]
    assert first[3] == "    The page with the answer: “If I am worried?”."
    assert (
        "Nobody of 60 people chose “c”. Of many people, up to 9 in 100 might. Think about" in found
    )
    page = Path("page.html").read_text()
    assert page.index("which the key calls wrong") < page.index("Nobody of 60 people")


def test_no_question_stands_out(run: Run, tmp_path: Path) -> None:
    made = packs.package(tmp_path, "1.0.0", "the front door")
    rows = [
        Row(f"Person {at}", [packs.ASK if at % 3 else ("check--ask", "f", "wrong")])
        for at in range(24)
    ]
    report = packs.report(tmp_path, rows)
    words = "No question stands out: where figures look unusual, chance can explain it."
    assert words in run(report, "--package", made, "-o", "page.html").stdout
    assert words in Path("page.html").read_text("utf-8")


class Reader(HTMLParser):
    """Collects tags, ids and links, and checks that tags are closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.count: dict[str, int] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.count[tag] = self.count.get(tag, 0) + 1
        values = dict(attrs)
        if values.get("id"):
            self.ids.append(str(values["id"]))
        if values.get("href"):
            self.links.append(str(values["href"]))
        assert not {"src", "style"} & values.keys()
        if tag not in ("meta", "rect", "line", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("rect", "line"):
            assert self.open.pop() == tag


def test_page_is_whole_and_each_chart_has_its_table(
    run: Run, packages: list[str], tmp_path: Path
) -> None:
    run(simulated(tmp_path / "report.txt"), *packages, "-o", "page.html")
    text = Path("page.html").read_text()
    reader = Reader()
    reader.feed(text)
    assert reader.open == []
    assert len(reader.ids) == len(set(reader.ids))
    assert {link.removeprefix("#") for link in reader.links} <= set(reader.ids)
    regions = re.findall(r'role="region" aria-label="([^"]+)"', text)
    assert len(regions) == len(set(regions)) == reader.count["table"]
    assert "></th>" not in text
    assert reader.count["svg"] == text.count('role="img"') == text.count("<figcaption>")
    assert reader.count["table"] >= reader.count["svg"]
    assert "script" not in reader.count
    assert "http" not in text.replace("http-equiv", "")
    assert text.count("<h1>") == 1
    assert "prefers-color-scheme: dark" in text
    assert "@media print" in text


def test_a_workbook_has_the_figures_as_numbers(run: Run, packages: list[str]) -> None:
    report = FOLDER / "interactions.txt"
    found = run(report, *packages, "-o", "r.xlsx")
    assert (found.exit_code, "Wrote r.xlsx." in found.stdout) == (0, True)
    book = load_workbook("r.xlsx")
    assert book.sheetnames == ["Questions", "Options", "Quizzes", "Rows", "Notes"]
    sheets = {name: [*book[name].iter_rows(values_only=True)] for name in book.sheetnames}
    data = json.loads(run(report, *packages, "--json").stdout)
    heads, *questions = sheets["Questions"]
    assert {row[0]: row[heads.index("Right, %")] for row in questions} == {
        one["interaction"]: one["facility"] for one in data["questions"]
    }
    # Those that need work are first.
    assert "8 of 10 people chose “a”" in str(questions[0][heads.index("What to look at")])
    assert len(sheets["Options"]) - 1 == sum(len(one["options"]) for one in data["questions"])
    [quiz] = sheets["Quizzes"][1:]
    assert (quiz[1], quiz[3]) == (19, 80)
    assert ("first attempts with the whole quiz: they count", 19) in sheets["Rows"]
    everything = " ".join(str(cell) for rows in sheets.values() for row in rows for cell in row)
    assert not [word for word in (*PEOPLE, *TYPED) if word in everything]
    cells = [cell for name in book.sheetnames for row in book[name].iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in cells}
    # The same reports give the same bytes.
    before = Path("r.xlsx").read_bytes()
    run(report, *packages, "-o", "r.xlsx")
    assert Path("r.xlsx").read_bytes() == before


def test_no_cell_is_a_formula_and_no_text_is_markup(run: Run, tmp_path: Path) -> None:
    outline = json.loads((FOLDER / "course-1.1.0.json").read_bytes())
    for question in outline["questions"]:
        question["prompt"] = '=HYPERLINK("x")<script>alert(1)</script>\u202e\x1b[2J'
        question["texts"] = dict.fromkeys(question["texts"], "@SUM(1)<b>")
    zipped = package("1.1.0", tmp_path, questions=outline["questions"], title="<i>&amp;\u202e")
    found = run(
        *(FOLDER / "interactions.txt", "--package", zipped, "--texts"),
        *("-o", "page.html", "--csv", "table.csv"),
    )
    assert found.exit_code == 0
    assert not re.search("[\x1b\u202e]", found.output)
    page = Path("page.html").read_text()
    assert "<script" not in page
    assert "<b>" not in page
    assert not re.search("[\x1b\u202e]", page)
    rows = list(csv.reader(io.StringIO(Path("table.csv").read_bytes().decode("utf-8-sig"))))
    assert any(cell.startswith("'=HYPERLINK") for row in rows for cell in row)
    assert not [
        cell
        for row in rows
        for cell in row
        if re.match(r"[=+@\t\r]|-(?!\d+(\.\d+)?$)", cell) or re.search(r";\s*[=+@]", cell)
    ]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["-o", "report.pdf"], "“report.pdf” must end with .html or .json or .xlsx."),
        (["--csv", "report.html"], "“report.html” must end with .csv."),
        (["--course", "."], "“.” is not a course: it has no file course.yaml."),
        (["-o", "nowhere/page.html"], "cannot be written to “nowhere/page.html”: there is no such"),
    ],
)
def test_wrong_use(run: Run, packages: list[str], arguments: list[str], words: str) -> None:
    found = run(FOLDER / "interactions.txt", *packages, *arguments)
    assert found.exit_code == 2
    assert words in " ".join(found.stderr.split())


def test_the_package_is_needed(run: Run) -> None:
    found = run(FOLDER / "interactions.txt")
    assert (found.exit_code, "Missing option '--package'" in found.stderr) == (2, True)


def test_report_that_cannot_be_read_leaves_earlier_files(
    run: Run, packages: list[str], tmp_path: Path
) -> None:
    Path("page.html").write_text("earlier")
    cut = tmp_path / "cut.txt"
    cut.write_bytes((FOLDER / "interactions.txt").read_bytes()[:30_000])
    found = run(cut, *packages, "-o", "page.html", "--csv", "table.csv")
    assert found.exit_code == 2
    assert "“cut.txt”, line" in found.stderr
    assert Path("page.html").read_text() == "earlier"
    assert not Path("table.csv").exists()


def test_preview_results_file_is_written_completely_or_unchanged(
    run: Run, packages: list[str], tmp_path: Path
) -> None:
    printed = run(FOLDER / "interactions.txt", *packages, "--json").stdout
    assert run(FOLDER / "interactions.txt", *packages, "-o", "results.json").exit_code == 0
    assert Path("results.json").read_text("utf-8") == printed
    cut = tmp_path / "cut.txt"
    cut.write_bytes((FOLDER / "interactions.txt").read_bytes()[:30_000])
    assert run(cut, *packages, "-o", "results.json").exit_code == 2
    assert Path("results.json").read_text("utf-8") == printed


def test_two_packages_that_cannot_be_told_apart(run: Run, tmp_path: Path) -> None:
    first = package("1.1.0", tmp_path)
    second = package("1.1.0", tmp_path, digest="0" * 64)
    found = run(FOLDER / "interactions.txt", "--package", first, "--package", second)
    assert found.exit_code == 2
    words = " ".join(found.stderr.split())
    assert f"“{first.name}” and “{second.name}” are both version 1.1.0, and their words" in words


def test_packages_of_two_courses(run: Run, tmp_path: Path) -> None:
    first = package("1.0.0", tmp_path)
    second = package("1.1.0", tmp_path, id="fire-safety")
    found = run(FOLDER / "interactions.txt", "--package", first, "--package", second)
    assert found.exit_code == 2
    assert "is the course “fire-safety”. Name the packages of one" in " ".join(found.stderr.split())


def test_a_report_as_package_and_a_package_as_report(run: Run, tmp_path: Path) -> None:
    report, zipped = FOLDER / "interactions.txt", package("1.1.0", tmp_path)
    assert "“interactions.txt”: " in run(report, "--package", report).stderr
    assert "is not a spreadsheet" in " ".join(run(zipped, "--package", zipped).stderr.split())


def test_package_that_was_changed_after_its_build(run: Run, tmp_path: Path) -> None:
    """The recorded outlines are in zips of their own, whose digests do not fit."""
    found = run(FOLDER / "interactions.txt", "--package", package("1.1.0", tmp_path))
    assert "was changed after it was built. Its questions may differ" in found.stdout
