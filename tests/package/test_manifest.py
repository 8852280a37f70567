"""The manifest has exactly what LMSs need to find, launch and describe a course."""

from dataclasses import replace

import pytest
from lxml import etree

from builder.course.model import Course
from builder.package import manifest
from builder.package.artifacts import CONTROL_DOCUMENTS, Plan
from builder.package.plan import plan
from tests.support.courses import COURSE, SEVERAL

NAMES = ["media/map.png", "index.html", *CONTROL_DOCUMENTS, "course.json", "pages/a.js"]

EXPECTED = """\
<?xml version='1.0' encoding='UTF-8'?>
<manifest xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" \
xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2" \
xmlns:imsmd="http://www.imsglobal.org/xsd/imsmd_rootv1p2p1" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
identifier="sb-331ecd6b8f-first-aid" version="1.2.0" \
xsi:schemaLocation="http://www.imsproject.org/xsd/imscp_rootv1p1p2 imscp_rootv1p1p2.xsd \
http://www.imsglobal.org/xsd/imsmd_rootv1p2p1 imsmd_rootv1p2p1.xsd \
http://www.adlnet.org/xsd/adlcp_rootv1p2 adlcp_rootv1p2.xsd">
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>1.2</schemaversion>
    <imsmd:lom>
      <imsmd:general>
        <imsmd:title>
          <imsmd:langstring xml:lang="en">First aid</imsmd:langstring>
        </imsmd:title>
        <imsmd:catalogentry>
          <imsmd:catalog>scorm-builder</imsmd:catalog>
          <imsmd:entry>
            <imsmd:langstring xml:lang="x-none">first-aid</imsmd:langstring>
          </imsmd:entry>
        </imsmd:catalogentry>
        <imsmd:language>en</imsmd:language>
        <imsmd:description>
          <imsmd:langstring xml:lang="en">What to do first.</imsmd:langstring>
        </imsmd:description>
        <imsmd:keyword>
          <imsmd:langstring xml:lang="en">first aid</imsmd:langstring>
        </imsmd:keyword>
        <imsmd:keyword>
          <imsmd:langstring xml:lang="en">safety</imsmd:langstring>
        </imsmd:keyword>
      </imsmd:general>
      <imsmd:lifecycle>
        <imsmd:version>
          <imsmd:langstring xml:lang="x-none">1.2.0</imsmd:langstring>
        </imsmd:version>
        <imsmd:status>
          <imsmd:source>
            <imsmd:langstring xml:lang="x-none">LOMv1.0</imsmd:langstring>
          </imsmd:source>
          <imsmd:value>
            <imsmd:langstring xml:lang="x-none">Final</imsmd:langstring>
          </imsmd:value>
        </imsmd:status>
      </imsmd:lifecycle>
      <imsmd:metametadata>
        <imsmd:metadatascheme>ADL SCORM 1.2</imsmd:metadatascheme>
      </imsmd:metametadata>
      <imsmd:technical>
        <imsmd:format>text/html</imsmd:format>
        <imsmd:location type="URI">index.html</imsmd:location>
      </imsmd:technical>
      <imsmd:rights>
        <imsmd:cost>
          <imsmd:source>
            <imsmd:langstring xml:lang="x-none">LOMv1.0</imsmd:langstring>
          </imsmd:source>
          <imsmd:value>
            <imsmd:langstring xml:lang="x-none">no</imsmd:langstring>
          </imsmd:value>
        </imsmd:cost>
        <imsmd:copyrightandotherrestrictions>
          <imsmd:source>
            <imsmd:langstring xml:lang="x-none">LOMv1.0</imsmd:langstring>
          </imsmd:source>
          <imsmd:value>
            <imsmd:langstring xml:lang="x-none">yes</imsmd:langstring>
          </imsmd:value>
        </imsmd:copyrightandotherrestrictions>
        <imsmd:description>
          <imsmd:langstring xml:lang="en">Free to use.</imsmd:langstring>
        </imsmd:description>
      </imsmd:rights>
      <imsmd:classification>
        <imsmd:purpose>
          <imsmd:source>
            <imsmd:langstring xml:lang="x-none">LOMv1.0</imsmd:langstring>
          </imsmd:source>
          <imsmd:value>
            <imsmd:langstring xml:lang="x-none">Educational Objective</imsmd:langstring>
          </imsmd:value>
        </imsmd:purpose>
        <imsmd:description>
          <imsmd:langstring xml:lang="en">What to do first.</imsmd:langstring>
        </imsmd:description>
        <imsmd:keyword>
          <imsmd:langstring xml:lang="en">first aid</imsmd:langstring>
        </imsmd:keyword>
        <imsmd:keyword>
          <imsmd:langstring xml:lang="en">safety</imsmd:langstring>
        </imsmd:keyword>
      </imsmd:classification>
    </imsmd:lom>
  </metadata>
  <organizations default="org-331ecd6b8f-first-aid">
    <organization identifier="org-331ecd6b8f-first-aid">
      <title>First aid</title>
      <item identifier="sco-331ecd6b8f-first-aid" \
identifierref="res-331ecd6b8f-first-aid" isvisible="true">
        <title>First aid</title>
      </item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="res-331ecd6b8f-first-aid" type="webcontent" \
adlcp:scormtype="sco" href="index.html">
      <file href="index.html"/>
      <file href="course.json"/>
      <file href="media/map.png"/>
      <file href="pages/a.js"/>
    </resource>
  </resources>
</manifest>
"""


def planned(**fields: object) -> Plan:
    course: Course = replace(COURSE, **fields)
    return plan(course)


def test_the_whole_manifest() -> None:
    assert manifest.build(planned(), NAMES).decode() == EXPECTED


def test_the_order_of_names_changes_nothing() -> None:
    assert manifest.build(planned(), NAMES[::-1]).decode() == EXPECTED


def test_mastery_score_follows_the_item_title() -> None:
    tracking = replace(COURSE.tracking, mastery=80)
    title = "        <title>First aid</title>\n"
    named = f"{title}        <adlcp:masteryscore>80</adlcp:masteryscore>\n"
    expected = EXPECTED.replace(title, named)
    assert expected != EXPECTED
    assert manifest.build(planned(tracking=tracking), NAMES).decode() == expected


def test_a_draft_says_so() -> None:
    built = manifest.build(planned(draft=True), NAMES).decode()
    assert built == EXPECTED.replace(">Final<", ">Draft<")


def test_what_is_mandatory_is_never_empty() -> None:
    built = manifest.build(planned(description="", keywords=(), rights=""), NAMES)
    texts = etree.fromstring(built).xpath(
        "//*[local-name()='description' or local-name()='keyword']/*/text()"
    )
    assert texts == ["First aid"] * 4


def test_letters_are_written_as_they_are() -> None:
    title = "Erste Hilfe – für «alle» 急救 🚑"
    assert f"<title>{title}</title>".encode() in manifest.build(planned(title=title), NAMES)


def test_a_text_is_one_line() -> None:
    built = manifest.build(planned(description="One\r\n  two\tthree\u00a0four \n"), NAMES)
    assert b"\r" not in built
    assert b"&#" not in built
    assert ">One two three\u00a0four</imsmd:langstring>".encode() in built


class Moodle:
    """Moodle's reader: PHP hands it libxml2's pieces of text, and it drops “empty” ones."""

    def __init__(self) -> None:
        self.path: list[str] = []
        self.texts: dict[str, str] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.path.append(etree.QName(tag).localname)

    def end(self, tag: str) -> None:
        self.path.pop()

    def data(self, piece: str) -> None:
        # PHP: if (trim($piece)), and “0” is false.
        if piece.strip(" \t\n\r\0\x0b") not in ("", "0"):
            place = "/".join(self.path)
            self.texts[place] = self.texts.get(place, "") + piece

    def close(self) -> str:
        return self.texts["manifest/organizations/organization/item/title"]


def read_by_moodle(text: bytes) -> str:
    title: str = etree.fromstring(text, etree.XMLParser(target=Moodle()))
    return title


@pytest.mark.parametrize(
    "title",
    [
        "Plain",
        "Health & safety",
        "R& &D",
        "A < B > C",
        "Café & école",
        "Café & 0 école & 0",
        "Caf\u00e9 && \u00e9cole",
        "100 & 0",
    ],
)
def test_moodle_shows_the_title(title: str) -> None:
    seen = read_by_moodle(manifest.build(planned(title=title), NAMES))
    assert seen.replace("\u00a0", " ") == title


def test_moodle_would_drop_spaces() -> None:
    """Why the manifest has no-break spaces: with plain ones the title is not what it was."""
    built = manifest.build(planned(title="Café & école"), NAMES).decode()
    assert "<title>Café &amp;\u00a0école</title>" in built
    assert read_by_moodle(built.replace("\u00a0", " ").encode()) == "Café &école"


def test_each_language_is_listed_after_that_of_the_sources() -> None:
    one = "        <imsmd:language>en</imsmd:language>\n"
    others = "".join(one.replace("en<", f"{tag}<") for tag in ("ar", "fr"))
    built = manifest.build(plan(SEVERAL), NAMES).decode()
    assert built == EXPECTED.replace(one, one + others)
