"""What the schemas say of a manifest, and what they cannot say."""

import time
from pathlib import Path

import pytest

from tests.scorm.manifests import BAD, GOOD, PLAIN, changed
from tests.scorm.schemas import PUBLISHED
from tests.verify.packages import (
    CONTROL_DOCUMENTS,
    LISTED,
    SOUND,
    faults,
    messages,
    pack,
    with_files,
    with_manifest,
)


def judged(tmp_path: Path, manifest: str | bytes) -> list[str]:
    text = manifest if isinstance(manifest, bytes) else manifest.encode()
    return messages(pack(tmp_path / "a.zip", {**SOUND, "imsmanifest.xml": text}))


@pytest.mark.whole
@pytest.mark.parametrize("name", BAD)
def test_a_schema_error_is_reported_once(tmp_path: Path, name: str) -> None:
    path = pack(tmp_path / "a.zip", {**SOUND, "imsmanifest.xml": changed(BAD[name]).encode()})
    assert {code for _, code in faults(path)} == {"package-schema"}


@pytest.mark.parametrize("name", GOOD)
def test_what_the_schemas_accept_is_no_problem_of_schema(tmp_path: Path, name: str) -> None:
    path = pack(tmp_path / "a.zip", {**SOUND, "imsmanifest.xml": changed(GOOD[name]).encode()})
    assert "package-schema" not in {code for _, code in faults(path)}


def test_a_schema_problem_has_its_line_and_plain_words(tmp_path: Path) -> None:
    assert judged(tmp_path, PLAIN.replace(' identifier="I"', "")) == [
        "imsmanifest.xml:6: The manifest does not match its schema: Element 'item': The attribute "
        "'identifier' is required but missing."
    ]


def test_a_manifest_that_is_not_well_formed(tmp_path: Path) -> None:
    [found] = judged(tmp_path, PLAIN.replace("</resources>", "</resource>"))
    assert found.startswith("imsmanifest.xml:13:14: The manifest does not match its schema: ")


@pytest.mark.parametrize("text", [b"", b"\0", b"PK\x03\x04", b"\xff\xfe<", b"<?xml", b"<a>" * 5000])
def test_a_manifest_that_is_no_xml(tmp_path: Path, text: bytes) -> None:
    path = pack(tmp_path / "a.zip", {**SOUND, "imsmanifest.xml": text})
    assert {code for _, code in faults(path)} == {"package-schema"}


def test_another_document(tmp_path: Path) -> None:
    assert judged(tmp_path, '<manifest identifier="M"/>') == [
        "imsmanifest.xml:1: The manifest does not match its schema: it does not start with the "
        "manifest element of SCORM 1.2."
    ]


LAUGHS = "".join(
    f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' if level else '<!ENTITY l0 "lol">'
    for level in range(12)
)


@pytest.mark.parametrize(
    "doctype",
    [
        f"<!DOCTYPE manifest [{LAUGHS}]>",
        '<!DOCTYPE manifest [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE manifest SYSTEM "http://192.0.2.1/manifest.dtd">',
    ],
)
@pytest.mark.parametrize("place", [("Course</title>", "&l11;&x;</title>"), ('"M"', '"&l11;"')])
def test_entities_are_refused(tmp_path: Path, doctype: str, place: tuple[str, str]) -> None:
    text = doctype + PLAIN.replace(*place)
    start = time.process_time()
    path = pack(tmp_path / "a.zip", {**SOUND, "imsmanifest.xml": text.encode()})
    assert {code for _, code in faults(path)} == {"package-schema"}
    assert time.process_time() - start < 2


TITLE = "<title>Part</title>"
RESOURCE = 'href="index.html" adlcp:scormtype="sco">'


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ('default="O"', 'default="X"', "the default “X” is not an organization"),
        ('default="O"', 'default="R"', "the default “R” is not an organization"),
        (' default="O"', "", "no organization is the default"),
        ('identifierref="R"', 'identifierref="X"', "“X” is not a resource"),
        ('identifierref="R"', 'identifierref="O"', "“O” is not a resource"),
        ('identifierref="R" ', "", "the item “I” has nothing to launch"),
        (LISTED, f'{LISTED}<dependency identifierref="X"/>', "“X” is not a resource"),
    ],
)
def test_a_reference(tmp_path: Path, before: str, after: str, words: str) -> None:
    path = pack(tmp_path / "a.zip", with_manifest(before, after))
    [found] = messages(path)
    assert found.partition(": ")[2] == f"The manifest is inconsistent: {words}."
    assert [code for _, code in faults(path)] == ["package-reference"]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (">ADL SCORM<", ">SCORM<", "“schema” is “SCORM” instead of “ADL SCORM”"),
        (">1.2<", "> 1.2<", "“schemaversion” is “ 1.2” instead of “1.2”"),
        ("<schemaversion>1.2</schemaversion>", "", "“schemaversion” is missing"),
        ('isvisible="true"', 'isvisible="1"', 'the item “I” lacks isvisible="true"'),
        (' isvisible="true"', "", 'the item “I” lacks isvisible="true"'),
        (TITLE, "<title> </title>", "the item “I” has no title"),
        ("<title>Course</title>", "", "the organization “O” has no title"),
        (
            TITLE,
            f"{TITLE}<adlcp:masteryscore>101</adlcp:masteryscore>",
            "the mastery score “101” is not a number from 0 to 100",
        ),
        (
            TITLE,
            f"{TITLE}<adlcp:masteryscore>eighty</adlcp:masteryscore>",
            "the mastery score “eighty” is not a number from 0 to 100",
        ),
        (
            TITLE,
            f"{TITLE}<adlcp:masteryscore>-1</adlcp:masteryscore>",
            "the mastery score “-1” is not a number from 0 to 100",
        ),
        (
            TITLE,
            f"{TITLE}<adlcp:masteryscore>0</adlcp:masteryscore>",
            "the mastery score is “0”, which Moodle ignores",
        ),
        ("webcontent", "text", "the type of the resource “R” is not “webcontent”"),
        (' adlcp:scormtype="sco"', "", "the resource “R” has no adlcp:scormtype"),
        (
            'scormtype="sco"',
            'scormtype="asset"',
            "its first resource is not a SCO, but several LMSs launch the first one",
        ),
        (' href="index.html" adlcp', " adlcp", "the SCO “R” has no href"),
        (
            'href="index.html" adlcp',
            'href="https://example.org/" adlcp',
            "the resource “R” is not in the package",
        ),
        ("<resources>", '<resources xml:base="a/">', "it uses xml:base, which several LMSs ignore"),
    ],
)
def test_a_value(tmp_path: Path, before: str, after: str, words: str) -> None:
    path = pack(tmp_path / "a.zip", with_manifest(before, after))
    [found] = messages(path)
    assert found.partition(": ")[2] == f"The manifest has a wrong value: {words}."
    assert [code for _, code in faults(path)] == ["package-value"]


@pytest.mark.parametrize("score", ["1", "80", "82.5", "100"])
def test_a_mastery_score_that_counts(tmp_path: Path, score: str) -> None:
    given = f"{TITLE}<adlcp:masteryscore>{score}</adlcp:masteryscore>"
    assert messages(pack(tmp_path / "a.zip", with_manifest(TITLE, given))) == []


def test_prefixes_that_moodle_does_not_understand(tmp_path: Path) -> None:
    prefixed = PLAIN.replace("<adlcp", "<a").replace("adlcp:", "a:").replace(":adlcp=", ":a=")
    assert judged(tmp_path, prefixed) == [
        "imsmanifest.xml:1: The manifest has a wrong value: the prefix of "
        "http://www.adlnet.org/xsd/adlcp_rootv1p2 is “a” instead of “adlcp”."
    ]
    tags = ("manifest", "metadata", "schema", "organization", "item", "title", "resource", "file")
    for tag in tags:
        prefixed = prefixed.replace(f"<{tag}", f"<ims:{tag}").replace(f"</{tag}", f"</ims:{tag}")
    prefixed = prefixed.replace("a:scorm", "adlcp:scorm").replace(":a=", ":adlcp=")
    assert judged(tmp_path, prefixed.replace("xmlns=", "xmlns:ims=")) == [
        "imsmanifest.xml:1: The manifest has a wrong value: Moodle recognizes “ims:manifest” only "
        "without its prefix."
    ]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    files = with_manifest(LISTED, f'{LISTED}<file href="gone.html"/>')
    assert messages(pack(tmp_path / "a.zip", files)) == [
        "imsmanifest.xml:11: The manifest and the zip do not agree: there is no file “gone.html”."
    ]


def test_a_launch_file_that_is_not_there(tmp_path: Path) -> None:
    files = with_manifest(RESOURCE, RESOURCE.replace("index", "start"))
    assert faults(pack(tmp_path / "a.zip", files)) == [("imsmanifest.xml:10", "package-files")]


def test_a_file_that_is_not_listed(tmp_path: Path) -> None:
    files = {**SOUND, "more.html": b""}
    assert messages(pack(tmp_path / "a.zip", files)) == [
        "more.html: The manifest and the zip do not agree: “more.html” is not listed."
    ]


def test_a_launch_file_that_is_not_listed(tmp_path: Path) -> None:
    files = with_manifest(LISTED, "")
    assert faults(pack(tmp_path / "a.zip", files)) == [("index.html", "package-files")]


def test_an_address_with_escapes_and_parameters_is_a_file(tmp_path: Path) -> None:
    files = with_files({"start.html": b""})
    manifest = files["imsmanifest.xml"].replace(
        b'href="index.html" ', b'href="st%61rt.html?a=1#b" '
    )
    assert messages(pack(tmp_path / "a.zip", files | {"imsmanifest.xml": manifest})) == []


def test_metadata_in_a_file_need_not_be_listed(tmp_path: Path) -> None:
    version = "<schemaversion>1.2</schemaversion>"
    files = with_manifest(version, f"{version}<adlcp:location>md.xml</adlcp:location>")
    assert messages(pack(tmp_path / "a.zip", {**files, "md.xml": b"<lom/>"})) == []
    assert faults(pack(tmp_path / "b.zip", files)) == [("imsmanifest.xml:2", "package-files")]


@pytest.mark.parametrize("name", CONTROL_DOCUMENTS)
def test_a_control_document_that_is_missing(tmp_path: Path, name: str) -> None:
    files = {one: content for one, content in SOUND.items() if one != name}
    assert faults(pack(tmp_path / "a.zip", files)) == [(name, "package-files")]


def test_a_control_document_for_something_else(tmp_path: Path) -> None:
    files = {**SOUND, "imsmd_rootv1p2p1.xsd": SOUND["ims_xml.xsd"]}
    assert faults(pack(tmp_path / "a.zip", files)) == [("imsmd_rootv1p2p1.xsd", "package-schema")]


def test_the_published_control_documents_are_as_good(tmp_path: Path) -> None:
    published = {name: (PUBLISHED / name).read_bytes() for name in CONTROL_DOCUMENTS}
    assert messages(pack(tmp_path / "a.zip", {**SOUND, **published})) == []
