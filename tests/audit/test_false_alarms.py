"""What looks like a fault and is none."""

import base64
import gzip
import zlib
from pathlib import Path

import pytest

from builder.audit import audit
from tests.audit import packages

HEADING = "@ edit index.html\n- <h1>Course</h1>\n+ "
SOUND = {
    "a manifest in UTF-16": (
        '@ edit imsmanifest.xml\n- encoding="UTF-8"\n+ encoding="UTF-16"\n'
        "@ encoding imsmanifest.xml utf-16\n"
    ),
    "a manifest with a byte order mark": "@ encoding imsmanifest.xml utf-8-sig\n",
    "a manifest in Windows-1252 that says so": (
        '@ edit imsmanifest.xml\n- encoding="UTF-8"\n+ encoding="windows-1252"\n'
        "@ edit imsmanifest.xml\n- <title>Course</title>\n+ <title>Überblick</title>\n"
        "@ encoding imsmanifest.xml cp1252\n"
    ),
    "a title in CDATA": (
        "@ edit imsmanifest.xml\n- <title>Course</title>\n"
        "+ <title><![CDATA[Health & safety]]></title>\n"
    ),
    "an address with an escape": (
        "@ file my-plan(1).png unlisted\nx\n"
        '@ edit imsmanifest.xml\n- <file href="index.html"/>\n'
        '+ <file href="index.html"/><file href="my-plan%281%29.png"/>\n'
    ),
    "markup that a script makes": (
        f"{HEADING}<h1>C</h1><script>box.innerHTML = '<img src=\"' + name + '.png\">';</script>\n"
    ),
    "markup of templates": (
        f'{HEADING}<img src="{{{{photo}}}}"><img src="${{photo}}"><a href="<%= x %>">a</a>\n'
    ),
    "markup in a comment": (
        f'{HEADING}<!--[if lt IE 9]><script src="x.js"></script><![endif]-->\n'
    ),
    "addresses of other kinds": (
        f'{HEADING}<h1>C</h1><a href="mailto:a@example.org">a</a><a href="tel:1">b</a>'
        '<a href="javascript:void(0)">c</a><img src="data:image/gif;base64,R0lGOD">'
        '<a href="#x">d</a>\n'
    ),
    "links to other sites": f'{HEADING}<h1>C</h1><a href="http://example.org/old.swf">a</a>\n',
    "a page that says where its addresses begin": (
        f'{HEADING}<base href="media/"><img src="plan.png">\n@ file media/plan.png\nx\n'
    ),
    "a page that another one shows": (
        '@ file parts/one.html\n<img src="media/plan.png">\n@ file media/plan.png\nx\n'
    ),
    "Flash for browsers of before": (
        '@ file old.html\n<video src="a.mp4"><object data="a.swf"></object></video>\n'
        "@ file a.mp4\nx\n@ file a.swf\nx\n"
    ),
    "a library that clears up at unload": (
        "@ file lib/jquery.js\n/*! jQuery v3.6.0 */ window.addEventListener('unload', clear);\n"
    ),
    "names of the API that are put together": (
        "@ file index.html\n<script>parent.API['LMS' + 'Initialize']('');</script>\n"
    ),
    "an API that is looked for in both ways": (
        "@ file index.html\n<script src='api.js'></script>\n"
        "@ file api.js\nvar api = parent.API_1484_11 || parent.API; api.LMSInitialize('');\n"
    ),
    "a page that leads to the one that talks": (
        "@ file index.html\n<script src='start.js'></script>\n@ file start.js\nload('talk.js')\n"
        "@ file talk.js\nparent.API.LMSInitialize('')\n"
        "@ file other.html\n<script src='talk.js'></script>\n"
    ),
    "what systems leave behind": (
        "@ file __MACOSX/._index.html unlisted\nx\n@ file Thumbs.db unlisted\nx\n"
        "@ file media/.DS_Store unlisted\nx\n"
        "@ file .gitattributes unlisted\nx\n@ file media/.gitignore unlisted\nx\n"
    ),
    "names that a script puts together": (
        "@ file media/slide12.png bytes=1500160\n"
        "@ file lib/show.js\nshow('media/slide' + n + '.png')\n"
    ),
    "a mark that a course has itself": (
        "@ edit imsmanifest.xml\n-         <title>Part</title>\n"
        "+         <title>Part</title><adlcp:masteryscore>66.5</adlcp:masteryscore>\n"
    ),
    "remarks in a script": (
        "@ file lib/exit.js\n"
        '//MySetValue( "cmi.core.exit", "logout" );\n'
        "/* before you call\n set( 'cmi.core.exit', 'logout' ) */\n"
        '  x = 1; // window.onunload = f; request.open("POST", "save", false)\n'
    ),
    "a driver for AICC, too": (
        '@ file lib/driver.js\nif (standard == "AICC") request.open("POST", url, false);\n'
    ),
    "a page of a library’s documentation": (
        '@ file lib/ui/demos/maps.html\n<script src="http://maps.example.org/a.js"></script>'
        '<img src="none.png">\n'
    ),
    "a wrapper that is told to set no exit": (
        "@ file index.html\n<script src='wrapper.js'></script><script src='player.js'></script>\n"
        "@ file wrapper.js\nif (scorm.handleExitMode) scorm.set('cmi.core.exit', 'logout');\n"
        "@ file player.js\nscorm.handleExitMode=!1;parent.API.LMSInitialize('')\n"
    ),
    "a page with content that later opens another page": (
        f"{HEADING}<p>{'Read this. ' * 30}</p><script>done.onclick = function () "
        '{ location.href = "end.html"; }</script>\n'
    ),
    "a page that opens one of two pages": (
        '@ file index.html\n<script>api = "LMSInitialize"; if (old) location = "old.html"; else '
        'location = "new.html"</script>\n@ file new.html\n<h1>Course</h1>\n'
    ),
    "a page that opens a page whose name a script completes": (
        '@ file index.html\n<script>api = "LMSInitialize"; location = "part.html" + query; '
        '/* contentLocation = "old.html" */</script>\n'
    ),
    "a request in the background": (
        "@ file lib/send.js\nrequest.open('POST', 'save', true);\n"
        "request.open('GET', 'a.json', false);\n"
    ),
}


MISSING_SCRIPTS = {
    "a missing script": (
        '@ file index.html\n<h1>Course</h1><script src="js/scorm.js"></script>\n',
        ["page-missing-file"],
    ),
    "a missing script of a page that the launch page shows": (
        '@ file index.html\n<iframe src="part.html"></iframe>\n'
        '@ file part.html\n<script src="js/scorm.js"></script>\n',
        ["page-missing-file"],
    ),
    "a missing launch page": ("@ delete index.html\n", ["launch-missing"]),
    "a script of another site": (
        "@ file index.html\n<h1>Course</h1>"
        '<script src="https://cdn.example.org/SCORM_API_wrapper.js"></script>\n',
        ["page-external"],
    ),
}


@pytest.mark.parametrize("name", MISSING_SCRIPTS)
def test_a_script_outside_the_package_may_call_the_functions(name: str, tmp_path: Path) -> None:
    text, codes = MISSING_SCRIPTS[name]
    audited = audit(packages.read(text).zipped(tmp_path / "a.zip"))
    assert [one.code for one in audited.findings] == codes


PLAN = b'{"film": "media/zebra-crossing.mp4"}'
ENCODED = {
    "Base64": base64.b64encode(PLAN),
    "deflate in Base64": base64.b64encode(zlib.compress(PLAN)),
    "gzip in Base64": base64.b64encode(gzip.compress(PLAN)),
    "Base64 in Base64": base64.b64encode(base64.b64encode(PLAN)),
    "percent signs": b"media%2F%7Aebra%2Dcrossing.mp4",
    "escapes of scripts": b"media/\\u007aebra-cro\\x73sing.mp4",
}


@pytest.mark.parametrize("way", ENCODED)
def test_a_file_that_encoded_data_name_is_used(way: str, tmp_path: Path) -> None:
    case = packages.read("@ file media/zebra-crossing.mp4 bytes=1500160\n@ file data.js\nx\n")
    assert [one.code for one in audit(case.zipped(tmp_path / "a.zip")).findings] == ["file-unused"]
    case.files["data.js"] = b'data = "' + ENCODED[way] + b'"'
    assert audit(case.zipped(tmp_path / "b.zip")).findings == ()


def test_file_of_unknown_kind_suppresses_unused_file_findings(tmp_path: Path) -> None:
    case = packages.read("@ file media/zebra-crossing.mp4 bytes=1500160\n@ file data.pak\nx\n")
    assert audit(case.zipped(tmp_path / "a.zip")).findings == ()


@pytest.mark.parametrize("name", SOUND)
def test_nothing_is_found(name: str, tmp_path: Path) -> None:
    audited = audit(packages.read(SOUND[name]).zipped(tmp_path / "a.zip"))
    assert [(one.code, str(one.position), one.message) for one in audited.findings] == []


def test_launch_file_belongs_to_default_organization(tmp_path: Path) -> None:
    other = (
        '<organization identifier="P"><title>Other</title><item identifier="K" identifierref="A">'
        "<title>Logo</title></item></organization>"
    )
    resource = (
        '<resource identifier="A" type="webcontent" href="logo.html" adlcp:scormtype="asset">'
        '<file href="logo.html"/></resource>'
    )
    case = packages.read(
        "@ file logo.html unlisted\nx\n"
        f'@ edit imsmanifest.xml\n- default="O">\n+ default="O">{other}\n'
        f"@ edit imsmanifest.xml\n-   </resources>\n+ {resource}</resources>\n"
    )
    audited = audit(case.zipped(tmp_path / "a.zip"))
    assert audited.facts.launch == "index.html"
    assert [one.code for one in audited.findings] == ["item-hidden", "organizations-many"]
