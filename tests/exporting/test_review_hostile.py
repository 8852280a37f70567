"""Files that are no review, or want to be more than one: each is refused in words."""

import io
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from builder import cli
from tests.exporting.reviewed_course import sent, written
from tests.exporting.reviewer import DOCUMENT, NAMESPACE, Reviewer

pytestmark = pytest.mark.whole

RELATIONS = "_rels/.rels"
W = f'xmlns:w="{NAMESPACE}"'
BOMB = (
    '<!DOCTYPE w:document [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + f"]><w:document {W}><w:body><w:p><w:r><w:t>&i;</w:t></w:r></w:p></w:body></w:document>"
)
OUTSIDE = (
    f'<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document {W}><w:body>'
    "<w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>"
)
DEEP = f"<w:document {W}>" + "<w:sdt>" * 300 + "</w:sdt>" * 300 + "</w:document>"


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return written(tmp_path / "course")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.main, ["review", *arguments], catch_exceptions=False)


def zipped(**members: str | bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


FILES: dict[str, tuple[bytes, str]] = {
    "text": (b"no zip at all", "it is not a zip file, or its end is missing"),
    "empty": (b"", "it is not a zip file, or its end is missing"),
    "other zip": (zipped(**{"a.txt": "a"}), "it is not a Word document"),
    "damaged": (zipped(**{DOCUMENT: "<w:document"}), "“word/document.xml” in it is damaged"),
    "other xml": (zipped(**{DOCUMENT: "<html/>"}), "it is not a Word document"),
    "laughs": (zipped(**{DOCUMENT: BOMB}), "“word/document.xml” in it "),
    "entity": (zipped(**{DOCUMENT: OUTSIDE}), "has a document type, which Word files never have"),
    "deep": (zipped(**{DOCUMENT: DEEP}), "“word/document.xml” in it is damaged"),
    "tight": (zipped(**{DOCUMENT: b" " * (2 << 20)}), "unpacks to more than 250 times its size"),
    "strict": (
        zipped(
            **{DOCUMENT: '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'}
        ),
        "it is saved as “Strict Open XML”",
    ),
    "relation": (
        zipped(
            **{
                RELATIONS: '<Relationships><Relationship Type="x/officeDocument" '
                'Target="../../../etc/passwd"/></Relationships>'
            }
        ),
        "it is not a Word document",
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_what_is_no_review_is_refused_in_words(course: Path, name: str) -> None:
    content, said = FILES[name]
    Path("back.docx").write_bytes(content)
    result = run("course", "--read", "back.docx", "--apply", "all")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("back.docx: error remark-file This file cannot be read: ")
    assert said in result.stderr.replace("\n", " ")
    assert "root:" not in result.stderr


def test_a_review_of_another_course_is_refused(course: Path, tmp_path: Path) -> None:
    from tests.conftest import ROOT

    other = sent(ROOT / "course", str(tmp_path / "other.docx"))
    result = run("course", "--read", str(other))
    assert result.exit_code == 1
    assert "error remark-foreign This is not a review document of this course." in result.stderr


def test_what_somebody_wrote_moves_no_cursor(course: Path) -> None:
    file = sent(course)
    with Reviewer(file, author="Eve\u202e\u2066") as reviewer:
        reviewer.replace("Boots", "\u202eseohS\u2028")
        reviewer.comment("A coat", "\u200f\u2067Red?")
    for options in ((), ("--json",)):
        result = run("course", "--read", file.name, *options)
        assert result.exit_code == 0
        assert not {"\u202e", "\u2028", "\u2066", "\u2067", "\u200f"} & set(result.stdout)


def test_invisible_letters_get_into_no_file(course: Path) -> None:
    file = sent(course)
    with Reviewer(file) as reviewer:
        reviewer.replace("Boots", "Sho\u2028es")
    run("course", "--read", file.name, "--apply", "all")
    assert "\u2028" not in (course / "pages/rain.md").read_text("utf-8")


USAGE: list[tuple[list[str], str]] = [
    (["course", "--apply", "1"], "--apply needs --read"),
    (
        ["course", "-o", "a.docx", "--read", "a.docx"],
        "Give only one of --output, --read, --remarks, --resolve and --decline.",
    ),
    (["course", "-o", "a.pdf"], "“a.pdf” must end with .docx or .html."),
    (["course", "--read", "a.docx", "--apply", "x"], "“x” is not a change number"),
    (["course", "--read", "a.docx", "--apply", "1-999999"], "is too large a range of changes"),
    (["course", "--read", "gone.docx"], "does not exist"),
]


@pytest.mark.parametrize(("arguments", "said"), USAGE, ids=[said for _, said in USAGE])
def test_a_wrong_command_is_told(course: Path, arguments: list[str], said: str) -> None:
    Path("a.docx").write_bytes(b"")
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())


def test_the_command_writes_reads_and_applies(course: Path) -> None:
    made = run("course")
    assert (made.exit_code, made.stderr) == (0, "")
    assert (
        made.stdout.splitlines()[0]
        == f"Made the review document {Path('dist', 'small-1.0-review.docx')}"
    )
    file = Path("dist/small-1.0-review.docx")
    with Reviewer(file) as reviewer:
        reviewer.comment("Boots", "High ones?")
        reviewer.replace("A fan", "A hat")
    read = run("course", "--read", str(file))
    assert (read.exit_code, read.stderr) == (0, "")
    assert read.stdout == (
        "1 comment and 1 change in small-1.0-review.docx\n"
        "1 change can be applied: --apply all, or --apply with its number.\n\n"
        f"1. {Path('course/pages/rain.md')}:9:3: comment, by Ann Lee, 2026-11-20, [p:rain]\n"
        "   about “Boots”\n   High ones?\n\n"
        f"2. {Path('course/questions/all.yaml')}:21:21: change, by Ann Lee, 2026-11-20, [q:how/b]\n"
        "   “A fan” → “A hat”\n   Can be applied.\n\n"
        f"Saved 2 new remarks in {Path('course/remarks.yaml')}. 2 remarks of this document are "
        "open, and a release is refused until they are closed:\n"
        "      scorm-builder review course --remarks\n"
    )
    unknown = run("course", "--read", str(file), "--apply", "1,2")
    assert unknown.exit_code == 1
    assert "error remark-unknown There is no change 1 to apply in this file." in unknown.stderr
    assert "text: A fan" in (course / "questions/all.yaml").read_text("utf-8")
    done = run("course", "--read", str(file), "--apply", "2")
    assert (done.exit_code, done.stderr) == (0, "")
    assert f"Applied 1 change in {Path('course/questions/all.yaml')}" in done.stdout


def test_a_course_with_an_error_gets_no_document(course: Path) -> None:
    (course / "pages/rain.md").write_text("---\ntitel: Rain\n---\n", "utf-8")
    result = run("course", "-o", "a.docx")
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"{Path('course/pages/rain.md')}:2:1: error unknown-key" in result.stderr
    assert not Path("a.docx").exists()
