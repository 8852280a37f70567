"""What an audit says: in words, for machines, and as a page for people."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest

from builder.audit import SYSTEMS, Audited, audit
from builder.cli.report import audit_formats as report
from tests.audit import packages

ROOT = Path(__file__).parent.parent.parent
SCHEMA = json.loads((ROOT / "docs" / "audit.schema.json").read_text("utf-8"))
SARIF = json.loads(
    (ROOT / "node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json").read_text(
        "utf-8"
    )
)
"""SARIF's own schema, as code hosts hold uploads against it."""
FORMATS = jsonschema.FormatChecker(())


@FORMATS.checks("uri")
@FORMATS.checks("uri-reference")
def is_of_a_uri(text: str) -> bool:
    """Whether all characters may stand in a URI (RFC 3986)."""
    return not re.search(r"[^A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]|%(?![0-9A-Fa-f]{2})", text)


FAULTY = """\
@ edit imsmanifest.xml
-         <title>Part</title>
+         <title>Fire &lt;b&gt;&#x202e;safety</title>
@ edit imsmanifest.xml
- identifierref="R"
+ identifierref="R9"
@ file lib/send.php
<?php
@ file handouts.dat
x
"""


def audited(text: str, folder: Path, **options: object) -> Audited:
    return audit(packages.read(text).zipped(folder / "course.zip"), **options)  # type: ignore[arg-type]


def test_text_report_gives_place_effect_and_advice(tmp_path: Path) -> None:
    output = report.text(audited(FAULTY, tmp_path, systems=("docebo", "moodle")))
    assert "\nlib/send.php: \x1b[31m\x1b[1merror\x1b[0m server-file\n" in output
    assert re.sub(r"\x1b\[\d+m", "", output).split("\n\n") == [
        "course.zip: Course\n"
        "SCORM 1.2; launches index.html; 8 files, 1 KB unpacked; 1 KB to upload\n"
        "2 errors found in course.zip.",
        "imsmanifest.xml:8: error item-resource\n"
        "    The item “Fire <b>\\u202esafety” names the resource “R9”, which is not in the "
        "manifest.\n"
        "    Each of these learning systems: if trainees choose this part, nothing opens.\n"
        "    What to do: Write the identifier of a resource of this manifest into identifierref: "
        "R.\n"
        "    Evidence: read in line 8 of imsmanifest.xml.",
        "lib/send.php: error server-file\n"
        "    “lib/send.php” is a program for a web server.\n"
        "    Docebo: the upload is refused.\n"
        "    What to do: Delete it, and export again: a course runs only in the browser and must "
        "not need\n    a server program.\n"
        "    Evidence: read in the file lib/send.php.",
        "Learning systems\n  Trouble        in all 2 that were asked for",
        "1 finding matters only in other learning systems (see --lms).\n"
        "Only the files were checked: whether the course completes and saves a bookmark can only "
        "be seen\nby walking through it, with “scorm-builder preview”.",
    ]


@pytest.mark.parametrize("text", ["", FAULTY, "@ delete imsmanifest.xml\n", "@ late\n"])
def test_json_is_as_its_schema_says(text: str, tmp_path: Path) -> None:
    output = json.loads(report.as_json(audited(text, tmp_path)))
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(output, SCHEMA)


def test_json_has_what_the_text_has(tmp_path: Path) -> None:
    output = json.loads(report.as_json(audited(FAULTY, tmp_path, systems=("docebo",))))
    assert [(one["code"], one["path"], one["line"]) for one in output["findings"]] == [
        ("item-resource", "imsmanifest.xml", 8),
        ("server-file", "lib/send.php", 0),
    ]
    assert output["verdicts"] == [{"lms": "docebo", "name": "Docebo", "verdict": "trouble"}]
    assert output["elsewhere"] == 1


def test_sarif_names_rule_place_and_weight(tmp_path: Path) -> None:
    output = json.loads(report.as_sarif(audited(FAULTY, tmp_path)))
    [run] = output["runs"]
    assert output["version"] == "2.1.0"
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == ["item-resource", "name-ending", "server-file"]
    results = [(one["ruleId"], rules[one["ruleIndex"]], one["level"]) for one in run["results"]]
    assert results == [
        ("item-resource", "item-resource", "error"),
        ("server-file", "server-file", "error"),
        ("name-ending", "name-ending", "warning"),
    ]
    assert run["results"][0]["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "imsmanifest.xml"},
                "region": {"startLine": 8},
            }
        }
    ]


# Nothing found, a place that is no URI as it stands, no manifest at all, every weight.
@pytest.mark.parametrize(
    "text", ["", FAULTY, "@ delete imsmanifest.xml\n", "@ late\n", "@ file a b%[1].php\nx\n"]
)
def test_sarif_is_as_its_schema_says(text: str, tmp_path: Path) -> None:
    output = json.loads(report.as_sarif(audited(text, tmp_path)))
    jsonschema.Draft4Validator(SARIF, format_checker=FORMATS).validate(output)


def test_junit_has_a_test_for_each_learning_system(tmp_path: Path) -> None:
    systems = ("moodle", "docebo", "tovuti")
    output = report.as_junit(audited("@ file handouts.dat\nx\n", tmp_path, systems=systems))
    suites = ElementTree.fromstring(output)
    cases = [(case.get("name"), [one.tag for one in case]) for case in suites.iter("testcase")]
    assert cases == [("Moodle", []), ("Docebo", []), ("Tovuti", ["system-out"])]
    output = report.as_junit(audited(FAULTY, tmp_path, systems=systems))
    suites = ElementTree.fromstring(output)
    assert [len(list(case.iter("failure"))) for case in suites.iter("testcase")] == [1, 1, 1]
    assert suites[0].get("failures") == "3"


class Reader(HTMLParser):
    """What a page has: its elements, its ids, the places that its links name, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.addresses: list[str] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attributes:
            if name == "id":
                self.ids.append(str(value))
            if name in ("href", "src"):
                self.addresses.append(str(value))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_the_page_is_for_people(tmp_path: Path) -> None:
    text = report.as_page(audited(FAULTY, tmp_path))
    page = Reader(text)
    assert text.startswith('<!doctype html>\n<html lang="en">')
    assert page.tags.count("h1") == 1
    assert page.tags.count("article") == 3
    # Head and foot of the table, and a row for each learning system.
    assert page.tags.count("tr") == 1 + len(SYSTEMS)
    assert page.tags.count("caption") == 1
    # It loads nothing, and every link is to a finding.
    assert {address.removeprefix("#") for address in page.addresses} <= set(page.ids)
    assert not {"script", "img", "iframe"} & set(page.tags)
    words = " ".join(" ".join(page.words).split())
    assert "What to do Write the identifier of a resource of this manifest" in words
    assert "Only the files were checked" in words


def test_nothing_of_a_package_becomes_markup(tmp_path: Path) -> None:
    text = "@ edit imsmanifest.xml\n- <title>Course</title>\n+ <title>&lt;b&gt;&#x202e;x</title>\n"
    page = report.as_page(audited(text, tmp_path))
    assert "<h1>&lt;b&gt;\\u202ex</h1>" in page
    assert "\u202e" not in page
