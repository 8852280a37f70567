"""What packages are, who made them, and what the command does with an audit."""

import json
import os
import resource
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from builder import cli
from builder.audit import Kind, Verdict, audit
from builder.audit.package import Package
from builder.audit.rules import CATALOGUE
from builder.cli.report.audit_text import describe_package
from tests.audit import packages
from tests.audit.packages import Case

NEWER = (
    '@ edit imsmanifest.xml\n- "http://www.adlnet.org/xsd/adlcp_rootv1p2"\n'
    '+ "http://www.adlnet.org/xsd/adlcp_v1p3"\n'
)
"""Makes the elements of a manifest those of SCORM 2004."""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli.main, ["audit", *map(str, arguments)])


@pytest.mark.parametrize(
    ("changes", "kind", "edition"),
    [
        ("", Kind.SCORM_12, ""),
        (f"@ edit imsmanifest.xml\n- >1.2<\n+ >CAM 1.3<\n{NEWER}", Kind.SCORM_2004, ""),
        (
            f"@ edit imsmanifest.xml\n- >1.2<\n+ >2004 4th Edition<\n{NEWER}",
            Kind.SCORM_2004,
            "4th Edition",
        ),
        # The version says one thing, and the elements of the manifest another.
        (NEWER, Kind.SCORM_2004, ""),
        ("@ edit imsmanifest.xml\n- >1.2<\n+ >2004 4th Edition<\n", Kind.SCORM_12, ""),
        # Without elements of either version, the version decides.
        (
            "@ edit imsmanifest.xml\n- >1.2<\n+ >CAM 1.3<\n"
            '@ edit imsmanifest.xml\n-  adlcp:scormtype="sco"\n+ \n',
            Kind.SCORM_2004,
            "",
        ),
        ("@ rename imsmanifest.xml -> CSF.xml\n", Kind.SCORM_11, ""),
        ("@ rename imsmanifest.xml -> course/CSF.xml\n", Kind.SCORM_11, ""),
        ("@ rename imsmanifest.xml -> cmi5.xml\n", Kind.CMI5, ""),
        ("@ rename imsmanifest.xml -> tincan.xml\n", Kind.XAPI, ""),
        ("@ rename imsmanifest.xml -> h5p.json\n", Kind.H5P, ""),
        ("@ rename imsmanifest.xml -> course.crs\n", Kind.AICC, ""),
        ("@ rename imsmanifest.xml -> META-INF/container.xml\n", Kind.EPUB, ""),
        ("@ rename imsmanifest.xml -> [Content_Types].xml\n", Kind.OFFICE, ""),
        (
            "@ edit imsmanifest.xml\n- http://www.imsproject.org/xsd/imscp_rootv1p1p2\n"
            "+ http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1\n",
            Kind.COMMON_CARTRIDGE,
            "",
        ),
        ("@ delete imsmanifest.xml\n", Kind.UNKNOWN, ""),
        # Both: what an LMS is given is the manifest.
        ("@ file tincan.xml\n<tincan/>\n", Kind.SCORM_12, ""),
    ],
)
def test_what_a_package_is_made_for(changes: str, kind: Kind, edition: str, tmp_path: Path) -> None:
    facts = audit(packages.read(changes).zipped(tmp_path / "a.zip")).facts
    assert (facts.kind, facts.edition) == (kind, edition)


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("course.crs", "an AICC package"),
        ("cmi5.xml", "a cmi5 package"),
        ("tincan.xml", "an xAPI (Tin Can) package"),
        ("h5p.json", "an H5P package"),
        ("META-INF/container.xml", "an EPUB, a book"),
        ("[Content_Types].xml", "an Office document, such as a presentation or a sheet"),
        ("CSF.xml", "a SCORM 1.1 package"),
    ],
)
def test_package_of_another_standard_is_named(name: str, printed: str, tmp_path: Path) -> None:
    changed = packages.read(f"@ rename imsmanifest.xml -> {name}\n")
    audited = audit(changed.zipped(tmp_path / "a.zip"))
    assert [one.message for one in audited.findings] == [f"This is {printed}, not SCORM 1.2."]


def test_a_truncated_download_is_reported_as_such(tmp_path: Path) -> None:
    whole = packages.read("").zipped(tmp_path / "a.zip")
    whole.write_bytes(whole.read_bytes()[:-30])
    assert [one.message for one in audit(whole).findings] == [
        "This file cannot be opened: it is not a zip file, or its end is missing, for example "
        "after an interrupted download."
    ]


def test_an_unreadable_package_has_one_finding(tmp_path: Path) -> None:
    whole = packages.read("").zipped(tmp_path / "a.zip")
    whole.write_bytes(whole.read_bytes()[:-30])
    ended = CliRunner().invoke(cli.main, ["audit", str(whole)])
    assert ended.exit_code == 1
    assert ended.output.split("\n")[1].startswith("not readable; ")
    assert ended.output.endswith("\n\nNothing in the package was read.\n")


@pytest.mark.parametrize(
    ("changes", "tool"),
    [
        ("", "None"),
        (
            "@ file index_lms.html\n<!-- Created using Storyline 360 - http://www.articulate.com  "
            "--> \n<!-- version: 3.43.22859.0 --> \n",
            "Articulate Storyline 3.43.22859.0",
        ),
        (
            '@ file meta.xml\n<a><application name="Articulate Storyline" version="1.3"/></a>\n',
            "Articulate Storyline 1.3",
        ),
        ("@ file story_content/a.png\nx\n", "Articulate Storyline"),
        (
            "@ file res/index.html\n<!DOCTYPE html>\n<!-- Created with iSpring -->\n"
            "<!-- 1304 794 -->\n<!--version 10.3.5.15004 -->\n",
            "iSpring 10.3.5.15004",
        ),
        ("@ file scormcontent/index.html\nwindow.courseData = 1\n", "Articulate Rise"),
        ('@ file project.txt\n{"metadata":{"generator":"Captivate"}}\n', "Adobe Captivate"),
        ("@ file trivantis-util.js\n1\n", "Lectora"),
        ("@ file adapt/js/adapt.min.js\n1\n", "Adapt"),
        (
            '@ file 1.html\n<meta name="generator" content="eXeLearning 2.8 - exelearning.net">\n',
            "eXeLearning 2.8",
        ),
        ("@ file common_html5/js/xenith.js\n1\n", "Xerte Online Toolkits"),
        (
            "@ edit index.html\n- <h1>Course</h1>\n+ <!-- Created using Articulate Storyline 2.11 "
            "--><!-- version: 2.11.1609.3020 -->\n",
            "Articulate Storyline 2.11.1609.3020",
        ),
        ("@ file lib/tdvplayer.js\n1\n", "3DVista"),
        ("@ file index.html\n<script>ADAPT_BUILD_TYPE = 'production'</script>\n", "Adapt"),
        (
            "@ file index.html\n<script>USE_LEGACY_IDENTIFIERS_FOR_2004 = true;</script>\n",
            "Adobe Captivate",
        ),
        (
            "@ edit imsmanifest.xml\n-   <metadata>\n+   <!--SCORM 1.2 Content Package document "
            "generated by Ludiscape 2012 --><metadata>\n",
            "Ludiscape 2012",
        ),
        (
            "@ edit imsmanifest.xml\n-   <metadata>\n+   <!--This is a Reload version 2.5.5 SCORM "
            "1.2 Content Package document--><metadata>\n",
            "RELOAD Editor 2.5.5",
        ),
        (
            '@ edit imsmanifest.xml\n- default="O"\n+ default="WS_QUIZ_O"\n',
            "Wondershare QuizCreator",
        ),
        (
            '@ file index.html\n<meta name="generator" content="Course Maker 4.1; x">\n',
            "Course Maker 4.1",
        ),
        ("@ file index.html\n<script>H5PIntegration = {}</script>\n", "H5P"),
        # A course may contain a page that another tool made.
        (
            "@ file adapt/js/adapt.min.js\n1\n"
            "@ file assets/part/index.html\n<!-- Created with iSpring -->\n",
            "Adapt",
        ),
        # Its content is not in the zip.
        (
            '@ edit imsmanifest.xml\n- default="O"\n+ default="articulate_rise"\n'
            '@ edit imsmanifest.xml\n- identifier="O"\n+ identifier="articulate_rise"\n'
            "@ file scormdriver/scormdriver.js\n1\n",
            "Articulate Rise",
        ),
        ("@ file scormcontent/locales/und.js\n1\n", "Articulate Rise"),
        # Made by hand: by a person who gives a name, in an editor, with a library.
        ('@ file index.html\n<meta name="generator" content="Ann Lee">\n', "None"),
        (
            '@ file index.html\n<meta content="Microsoft Visual Studio .NET 7.1" '
            'name="GENERATOR">\n',
            "None",
        ),
        ('@ file lib/docs/a.html\n<meta name="generator" content="JsMaker 3.6">\n', "None"),
        ("@ file scormdriver/scormdriver.js\n1\n", "None"),
        ("@ file scripts/techsmith-smart-player.min.js\n1\n", "Camtasia"),
        ('@ file course.json\n{"format":1,"builder":"0.1.0"}\n', "scorm-builder 0.1.0"),
    ],
)
def test_a_tool_is_known_by_its_marks(changes: str, tool: str, tmp_path: Path) -> None:
    assert str(audit(packages.read(changes).zipped(tmp_path / "a.zip")).facts.tool) == tool


@pytest.mark.parametrize(
    ("changes", "library"),
    [
        ("", ""),
        ("@ file js/wrapper.js\npipwerks.SCORM = {}\n", "the pipwerks SCORM wrapper"),
        ("@ file APIWrapper.js\n1\n", "ADL’s APIWrapper.js"),
        ("@ file scormdriver/scormdriver.js\n1\n", "Rustici’s SCORM Driver"),
        # An authoring tool uses it.
        ("@ file scormdriver/scormdriver.js\n1\n@ file story_content/a.png\nx\n", ""),
    ],
)
def test_a_library_is_not_called_an_authoring_tool(
    changes: str, library: str, tmp_path: Path
) -> None:
    audited = audit(packages.read(changes).zipped(tmp_path / "a.zip"))
    assert audited.facts.library == library
    assert (f"made by hand, with {library}; " in describe_package(audited)) == bool(library)


def test_a_folder_is_audited_as_its_zip(tmp_path: Path) -> None:
    case = packages.read("@ file lib/send.php\n<?php\n")
    folder, zipped = case.unpacked(tmp_path / "course"), case.zipped(tmp_path / "course.zip")
    assert audit(folder).findings == audit(zipped).findings
    assert [one.code for one in audit(folder).findings] == ["server-file"]


def test_equal_manifest_faults_are_one_finding_with_count(tmp_path: Path) -> None:
    end = "    </organization>"
    items = "".join(f'<item identifier="{at} x"><title>A</title></item>' for at in range(300))
    case = packages.read(f"@ edit imsmanifest.xml\n- {end}\n+ {items}{end}\n")
    audited = audit(case.zipped(tmp_path / "a.zip"))
    [finding] = [one for one in audited.findings if one.code == "identifier-odd"]
    assert finding.count == 300
    assert len(finding.evidence) == 11
    assert finding.evidence[-1] == "… and 290 more"
    assert finding.position.path == "imsmanifest.xml"


def findings(text: str, folder: Path) -> list[tuple[str, str, str]]:
    """Severity, code and message of all findings, in their order."""
    found = audit(packages.read(text).zipped(folder / "course.zip")).findings
    return [(one.severity.value, one.code, one.message) for one in found]


def test_items_without_visibility_share_one_finding(tmp_path: Path) -> None:
    items = "".join(
        f'<item identifier="J{at}" identifierref="R"><title>Part {at}</title></item>'
        for at in range(230)
    )
    end = "    </organization>"
    case = packages.read(f"@ edit imsmanifest.xml\n- {end}\n+ {items}{end}\n")
    audited = audit(case.zipped(tmp_path / "a.zip"))
    [hidden] = [one for one in audited.findings if one.code == "item-hidden"]
    assert hidden.count == 230
    assert audited.not_reached == ()


def test_a_launch_page_without_its_script_is_an_error(tmp_path: Path) -> None:
    missing = '@ edit index.html\n- <h1>Course</h1>\n+ <script src="player.js"></script>\n'
    assert findings(missing, tmp_path) == [
        (
            *("error", "page-missing-file"),
            "“index.html” uses 1 file that is not in the package, such as “player.js”.",
        )
    ]


def test_error_in_an_unlinked_page_is_a_warning(tmp_path: Path) -> None:
    page = '<script src="http://example.org/a.js"></script>\n'
    assert [one[:2] for one in findings(f"@ file old.html\n{page}", tmp_path)] == [
        ("warning", "page-insecure")
    ]
    link = '@ edit index.html\n- <h1>Course</h1>\n+ <a href="old.html">Old</a>\n'
    assert [one[:2] for one in findings(f"@ file old.html\n{page}{link}", tmp_path)] == [
        ("error", "page-insecure")
    ]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (">1.2.0<", "The manifest has the version “1.2.0”; SCORM 1.2 requires “1.2”."),
        ("><", "The manifest has no version; SCORM 1.2 requires “1.2”."),
    ],
)
def test_a_missing_version_is_distinguished_from_a_wrong_one(
    change: str, message: str, tmp_path: Path
) -> None:
    case = packages.read(f"@ edit imsmanifest.xml\n- >1.2<\n+ {change}\n")
    [found] = audit(case.zipped(tmp_path / "a.zip"), systems=("moodle",)).findings
    assert (found.code, found.message) == ("manifest-version", message)


def test_a_manifest_that_names_nothing_to_launch_is_an_error(tmp_path: Path) -> None:
    without = '@ edit imsmanifest.xml\n-  href="index.html" adlcp\n+  adlcp\n'
    assert findings(without, tmp_path) == [
        ("error", "launch-missing", "The manifest launches no file for “R”, which has no href.")
    ]
    assert run(tmp_path / "course.zip").exit_code == 1


def test_missing_files_in_use_affect_every_learning_system(tmp_path: Path) -> None:
    listed = '@ edit imsmanifest.xml\n-       <file href="index.html"/>\n'
    listed += '+       <file href="index.html"/><file href="a.mp4"/><file href="b.mp4"/>\n'
    script = "@ edit index.html\n- <h1>Course</h1>\n+ <script>play('a.mp4')</script>\n"
    used, unused = audit(packages.read(listed + script).zipped(tmp_path / "a.zip")).findings
    assert (used.evidence, {one.lms for one in used.effects}) == (
        ("a.mp4",),
        {"any", "strict", "rustici"},
    )
    assert (unused.evidence, {one.lms for one in unused.effects}) == (
        ("b.mp4",),
        {"strict", "rustici"},
    )


def test_scorm_2004_report_lists_what_was_not_checked(tmp_path: Path) -> None:
    case = packages.read(
        f"@ edit imsmanifest.xml\n- >1.2<\n+ >2004 4th Edition<\n{NEWER}"
        "@ file index.html\n<script>parent.API_1484_11.Initialize('')</script>\n"
    )
    audited = audit(case.zipped(tmp_path / "a.zip"))
    [finding] = audited.findings
    assert finding.message == (
        "This is SCORM 2004 (its schemaversion says “2004 4th Edition”), not SCORM 1.2."
    )
    assert {one.lms: one.what.split(":")[0] for one in finding.effects} == {
        "moodle": "it offers API_1484_11 and ignores sequencing",
        "totara": "it offers API_1484_11 and ignores sequencing",
        "strict": "an LMS for SCORM 1.2 offers no API_1484_11",
    }
    assert audited.verdicts["moodle"] is Verdict.DOUBTS
    assert audited.verdicts["docebo"] is Verdict.NOT_JUDGED
    assert audited.not_reached == (
        "A SCORM 2004 4th Edition package has sequencing rules and an API of its own, for which "
        "there are few checks.",
    )


def test_course_for_scorm_1_2_declared_as_2004_is_error(tmp_path: Path) -> None:
    result = findings("@ edit imsmanifest.xml\n- >1.2<\n+ >2004 3rd Edition<\n", tmp_path)
    assert result[0] == (
        *("error", "api-2004"),
        "The manifest says SCORM 2004, but the course looks only for the API of SCORM 1.2, in "
        "“index.html”.",
    )
    assert [one[1] for one in result] == ["api-2004", "manifest-mixed"]


def test_findings_are_sorted_by_effect_on_trainees(tmp_path: Path) -> None:
    faults = (
        "@ file lib/send.php\n<?php\n@ file my plan.png\nx\n"
        "@ edit index.html\n- <h1>Course</h1>\n+ <img src='none.png'>"
        "<script>api.LMSSetValue('cmi.core.exit', 'logout')</script>\n"
        '@ edit imsmanifest.xml\n- identifier="I"\n+ identifier="1 I"\n'
    )
    assert [one[1] for one in findings(faults, tmp_path)] == [
        *("server-file", "exit-logout", "name-odd", "page-missing-file", "identifier-odd"),
    ]


def test_the_same_fault_in_many_pages_is_one_finding(tmp_path: Path) -> None:
    page = '<img src="https://example.org/a.png">'
    pages = "".join(f"@ file page-{at:02}.html\n{page}\n" for at in range(12))
    [finding] = audit(packages.read(pages).zipped(tmp_path / "a.zip")).findings
    assert (finding.code, finding.position.path) == ("page-external", "page-00.html")
    assert finding.evidence[0] == "page-00.html:1"
    assert finding.evidence[-1] == "… and 2 more"


def test_upload_limits_are_reported_for_the_lmss_that_have_them() -> None:
    files = {"film.mp4": 240_000_000, "index.html": 1_000}
    codes = []
    for packed in (99_000_000, 101_000_000, 251_000_000):
        package = Package("a.zip", packed, (), files)
        found = [*CATALOGUE["size-limit"].findings(package)]
        codes.append([[effect.lms for effect in one.effects] for one in found])
    assert codes == [[], [["scormhost"]], [["cornerstone", "scormhost"]]]


def test_the_source_of_a_course_is_no_package_yet(tmp_path: Path) -> None:
    (tmp_path / "course.yaml").write_text("title: A\n", "utf-8")
    [finding] = audit(tmp_path).findings
    assert finding.code == "manifest-missing"
    assert "build its package with “scorm-builder build”." in finding.hint


def test_the_course_of_this_checkout_has_no_finding(package: Path) -> None:
    audited = audit(package)
    assert (audited.findings, audited.elsewhere, audited.not_reached) == ((), 0, ())
    assert str(audited.facts.tool).startswith("scorm-builder ")


def test_the_showcase_has_no_finding(showcase_package: Path) -> None:
    audited = audit(showcase_package)
    assert (audited.findings, audited.elsewhere, audited.not_reached) == ((), 0, ())


def test_an_update_of_our_own_package_is_compared_too(
    package: Path, showcase_package: Path
) -> None:
    audited = audit(showcase_package, against=package)
    assert audited.comparison is not None
    assert audited.comparison.old.id == "wfi-1-cse"
    assert "update-identifiers" in [one.code for one in audited.findings]
    same = audit(package, against=package)
    assert (same.findings, same.comparison and same.comparison.changed) == ((), False)


def test_a_loss_for_trainees_is_in_the_summary(
    package: Path, showcase_package: Path, tmp_path: Path
) -> None:
    result = run(showcase_package, "--against", package).stdout.split("\n")
    assert result[3].endswith("But trainees who have started the old package lose something.")
    page = run(showcase_package, "--against", package, "--format", "html").stdout
    assert result[3] in page


def test_audit_against_package_with_other_identifiers_warns_without_comparison(
    package: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(package) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "imsmanifest.xml":
                content = content.replace(b'identifier="sco-', b'identifier="item-')
            new.writestr(name, content)
    audited = audit(other, against=package)
    assert [one.code for one in audited.findings] == ["update-identifiers"]
    assert audited.comparison is None


def test_zip_without_scorm_is_reported_as_no_package(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "photos.zip", "w") as archive:
        archive.writestr("a.jpg", b"x")
    result = run(tmp_path / "photos.zip").stdout.split("\n")[1]
    assert result.startswith("not a SCORM package, and no other known type; 1 file, ")


def test_the_exit_code_says_how_heavy_the_findings_are(tmp_path: Path) -> None:
    sound = Case().zipped(tmp_path / "sound.zip")
    warned = packages.read("@ delete ims_xml.xsd\n").zipped(tmp_path / "warned.zip")
    faulty = packages.read("@ folder x\n").zipped(tmp_path / "faulty.zip")
    codes = [run(path).exit_code for path in (sound, warned, faulty)]
    strict = [run(path, "--fail-on", "warning").exit_code for path in (sound, warned, faulty)]
    assert (codes, strict) == ([0, 0, 1], [0, 1, 1])
    # What matters only in the standard's letter fails no other.
    assert run(warned, "--fail-on", "warning", "--lms", "moodle").exit_code == 0


def test_a_learning_system_that_is_none(tmp_path: Path) -> None:
    result = run(Case().zipped(tmp_path / "a.zip"), "--lms", "moodel")
    assert result.exit_code == 2
    assert "There is no LMS “moodel”. Did you mean “moodle”?" in result.stderr
    assert run(tmp_path / "a.zip", "--lms", ",").exit_code == 2
    assert run(tmp_path / "none.zip").exit_code == 2


def test_a_report_is_written_into_a_file(tmp_path: Path) -> None:
    package, file = Case().zipped(tmp_path / "a.zip"), tmp_path / "report.json"
    result = run(package, "--format", "json", "-o", file)
    assert (result.exit_code, result.stdout) == (
        0,
        f"Nothing found in a.zip. The report is in {file}.\n",
    )
    assert json.loads(file.read_text("utf-8"))["findings"] == []
    lost = run(package, "-o", tmp_path / "none" / "report.txt")
    assert lost.exit_code == 2
    assert "cannot be written" in lost.stderr


def test_no_report_takes_the_place_of_a_package(tmp_path: Path) -> None:
    package, old = (tmp_path / name for name in ("course.zip", "old.zip"))
    content = Case().zipped(package).read_bytes()
    old.write_bytes(content)
    (tmp_path / "link").symlink_to(package)
    for place in (package, tmp_path / "link", old):
        result = run(package, "--against", old, "-o", place)
        assert result.exit_code == 2
        assert f"“{place}” is the package itself: give the report another name." in result.stderr
    assert package.read_bytes() == old.read_bytes() == content


def test_no_report_goes_into_the_folder_of_a_package(tmp_path: Path) -> None:
    folder = Case().unpacked(tmp_path / "course")
    before = (folder / "imsmanifest.xml").read_bytes()
    result = run(folder, "-o", folder / "imsmanifest.xml")
    assert result.exit_code == 2
    assert "write the report to a file outside it" in result.stderr
    assert (folder / "imsmanifest.xml").read_bytes() == before


def test_audit_refuses_pipe_as_output(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    result = run(Case().zipped(tmp_path / "course.zip"), "-o", tmp_path / "pipe")
    assert result.exit_code == 2
    assert "is a pipe. Leave out -o to print the report." in result.stderr


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("n" * 300, "the path is too long"),
        ("course.zip/report", "part of the path is a file, not a folder"),
        ("nowhere/report", "there is no such folder"),
    ],
)
def test_a_report_that_cannot_be_written_says_why(name: str, reason: str, tmp_path: Path) -> None:
    result = run(Case().zipped(tmp_path / "course.zip"), "-o", tmp_path / name)
    assert result.exit_code == 2
    assert f"”: {reason}." in result.stderr


def test_a_disk_that_is_full_leaves_the_report_of_before(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    report.write_text("of before", "utf-8")
    package = Case().zipped(tmp_path / "course.zip")
    command = ("from builder import cli; cli.run()", "audit", "--format", "json")
    child = subprocess.run(
        [sys.executable, "-c", *command, "-o", str(report), str(package)],
        capture_output=True,
        text=True,
        # The limit would also cut off bytecode, which later processes would fail to read.
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)),
    )
    assert (child.returncode, report.read_text("utf-8")) == (2, "of before")
    assert (
        f"The report cannot be written to “{report}”: the file is larger than may be written"
        in child.stderr
    )
    assert sorted(one.name for one in tmp_path.iterdir()) == ["course.zip", "report.json"]


def test_report_file_name_is_escaped_in_the_terminal(tmp_path: Path) -> None:
    result = run(Case().zipped(tmp_path / "course.zip"), "-o", tmp_path / "a\nb")
    assert result.stdout.count("\n") == 1
    assert "a\\nb." in result.stdout


def test_a_folder_that_is_too_deep_is_not_read(tmp_path: Path) -> None:
    course, folder = tmp_path / "course", "d" * 250
    course.mkdir()
    at = os.open(course, os.O_RDONLY)
    for _ in range(20):
        os.mkdir(folder, dir_fd=at)
        inner = os.open(folder, os.O_RDONLY, dir_fd=at)
        os.close(at)
        at = inner
    os.close(at)
    result = run(course)
    assert result.exit_code == 1
    assert "cannot be looked at (File name too long)." in " ".join(result.stdout.split())


def test_explain_knows_the_codes_of_the_audit() -> None:
    printed = CliRunner().invoke(cli.main, ["explain", "adlcp-prefix"])
    assert printed.exit_code == 0
    assert "    Moodle: the SCO is treated as an asset" in printed.stdout
    assert 'Wrong:\n    <resource adl:scormtype="sco" …>' in printed.stdout
    every = CliRunner().invoke(cli.main, ["explain"]).stdout
    assert "\nadlcp-prefix " in every
    near = CliRunner().invoke(cli.main, ["explain", "adlcp-prefx"])
    assert "Did you mean “adlcp-prefix”?" in near.stderr
