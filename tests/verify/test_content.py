"""Nothing in a package loads from outside it, and no image runs a script."""

import json
import time
from pathlib import Path

import pytest

from builder.verify.content import judge
from tests.verify.packages import faults, pack, with_files

OUT = "https://example.org/x"


def found(name: str, text: str) -> list[str]:
    return [one.message for one in judge(name, text.encode())]


def chunk(html: str) -> str:
    """As the builder writes a page that is loaded later."""
    data = json.dumps({"id": "a", "html": html}, ensure_ascii=False).replace("<", "\\u003c")
    return f'scormBuilder.add("page","a",{data});\n'


LOADING = [
    f'<img src="{OUT}">',
    f"<img alt='a > b' src='{OUT}'>",
    f"<IMG\n  SRC={OUT}>",
    '<img src="//example.org/x">',
    f'<img srcset="a.png 1x, {OUT} 2x">',
    f'<link rel="stylesheet" href="{OUT}">',
    f'<base href="{OUT}">',
    f'<script src="{OUT}"></script>',
    f'<script type="module" src=" {OUT}"></script>',
    f'<iframe title="a" src="{OUT}"></iframe>',
    f'<video poster="{OUT}"></video>',
    f'<video><source src="{OUT}"></video>',
    f'<object data="{OUT}"></object>',
    f'<form action="{OUT}"><button>Go</button></form>',
    f'<button formaction="{OUT}">Go</button>',
    f'<a href="pages" ping="{OUT}">Go</a>',
    f'<svg><image href="{OUT}"/></svg>',
    f'<svg><use xlink:href="{OUT}"/></svg>',
    f'<meta http-equiv="refresh" content="0; url={OUT}">',
    f'<p style="background: url({OUT})">',
    f"<p style=\"background: url('{OUT}')\">",
    f'<style>@import "{OUT}";</style>',
    f"<style>p {{ background: url( '{OUT}' ) }}</style>",
]


@pytest.mark.parametrize("html", LOADING)
def test_a_page_that_loads_from_outside(html: str) -> None:
    address = "//example.org/x" if '"//' in html else OUT
    expected = f"“{{}}” would load {address}."
    assert found("index.html", f"<!doctype html>\n<p>Text{html}") == [expected.format("index.html")]
    assert found("pages/a.js", chunk(html)) == [expected.format("pages/a.js")]


HARMLESS = [
    f'<a href="{OUT}" target="_blank" rel="noopener">out</a>',
    f'<area alt="out" href="{OUT}">',
    '<img src="media/a.png" alt="a // b">',
    '<img src="data:image/png;base64,AA//AA==">',
    f"<p>Read {OUT} and //comments",
    f"<pre>&lt;img src='{OUT}'&gt; url({OUT}) fetch('{OUT}')</pre>",
    f'<img src="media/a.png" alt="from {OUT}">',
    f"<img src='media/a.png' alt='src={OUT}'>",
    f'<p data-quote="{OUT}" title="see {OUT}">',
    f'<blockquote cite="{OUT}">',
    '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0"/></svg>',
    "<style>/* https://example.org */ p { background: url(#a) }</style>",
]


@pytest.mark.parametrize("html", HARMLESS)
def test_a_page_that_does_not(html: str) -> None:
    assert found("index.html", f"<!doctype html>\n<p>Text{html}") == []
    assert found("pages/a.js", chunk(html)) == []


@pytest.mark.parametrize(
    "script",
    [
        f'fetch("{OUT}")',
        f"fetch ( '{OUT}', {{}})",
        f"await import(`{OUT}`)",
        f'import "{OUT}";',
        f'import a from "{OUT}";',
        f'new WebSocket("{OUT.replace("https", "wss")}")',
        f'navigator.sendBeacon("{OUT}", d)',
        f'new Worker("{OUT}")',
        f'x.open("POST","{OUT}")',
        f'image.src="{OUT}"',
        f"document.body.innerHTML='<img src=\\'{OUT}\\'>'",
        f'a="<script src=\\"{OUT}\\"><\\/script>"',
        'a="<img src=https:\\/\\/example.org\\/x>"',
    ],
)
def test_a_script_that_loads_from_outside(script: str) -> None:
    address = OUT.replace("https", "wss") if "WebSocket" in script else OUT
    assert found("assets/a.js", script) == [f"“assets/a.js” would load {address}."]


@pytest.mark.parametrize(
    "script",
    [
        'fetch("course.json")',
        f'// see {OUT}\nlet a = "{OUT}";',
        f'link.href = "{OUT}"',
        'n="http://www.w3.org/2000/svg"',
        "a<b/2//c\n",
    ],
)
def test_a_script_that_does_not(script: str) -> None:
    assert found("assets/a.js", script) == []


@pytest.mark.parametrize(
    "rule",
    [
        f"p{{background:url({OUT})}}",
        f"@import url('{OUT}');",
        f"@IMPORT '{OUT}';",
        f'@font-face{{src:local(a),url("{OUT}")}}',
        f'p{{background:image-set("{OUT}" 1x)}}',
    ],
)
def test_a_style_sheet_that_loads_from_outside(rule: str) -> None:
    assert found("a.css", f"/* {OUT} */\n{rule}") == [f"“a.css” would load {OUT}."]
    [diagnostic] = judge("a.css", f"\n\n{rule}".encode())
    assert str(diagnostic.position) == "a.css:3"


def svg(inside: str, attributes: str = "") -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f"{attributes}>{inside}</svg>"
    )


@pytest.mark.parametrize(
    ("image", "words"),
    [
        (svg("<script>a()</script>"), "run a program or show a page: it has a script element"),
        (svg("<foreignObject/>"), "run a program or show a page: it has a foreignObject element"),
        (svg("", 'onload="a()"'), "run a script: it has the attribute onload"),
        (svg("<rect onClick='a()'/>"), "run a script: it has the attribute onClick"),
        (svg(f'<image href="{OUT}"/>'), f"load {OUT}"),
        (svg(f'<use xlink:href=" {OUT}#a"/>'), f"load {OUT}#a"),
        (
            svg('<a href="java&#10;script:a()"/>'.replace("&#10;", "")),
            "run a script or open a page: href is “javascript:a()”",
        ),
        (
            svg('<use href="data:text/html,x"/>'),
            "run a script or open a page: href is “data:text/html,x”",
        ),
        (
            svg('<a><set attributeName="href" to=" javascript:a()"/></a>'),
            "run a script or open a page: to is “ javascript:a()”",
        ),
        (svg(f'<rect style="fill:url({OUT})"/>'), f"load {OUT}"),
        (svg(f'<rect fill="url({OUT})"/>'), f"load {OUT}"),
        (svg(f"<style>@import '{OUT}';</style>"), f"load {OUT}"),
        (svg(f"<style><![CDATA[@import '{OUT}';]]></style>"), f"load {OUT}"),
        (svg("", f'xml:base="{OUT}"'), f"load {OUT}"),
        (f'<?xml-stylesheet href="{OUT}"?>' + svg(""), f"load {OUT}"),
        (svg("<g>"), "not be shown: it is not well-formed SVG"),
        (
            '<!DOCTYPE svg [<!ENTITY a "<script>a()</script>">]>' + svg("&a;"),
            "hide content behind “&a;”",
        ),
    ],
)
def test_an_image_that_runs_or_loads(image: str, words: str) -> None:
    assert found("media/a.svg", image) == [f"“media/a.svg” would {words}."]


@pytest.mark.parametrize(
    "image",
    [
        svg('<a href="https://example.org"><text>Link</text></a>'),
        svg('<linearGradient id="g"/><rect fill="url(#g)" class="one"/><use href="#g"/>'),
        svg('<image href="data:image/png;base64,AA//"/>'),
        svg(f'<metadata xmlns:r="urn:r"><r:Work r:about="{OUT}" r:resource="{OUT}"/></metadata>'),
        '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
        '"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">' + svg("<!-- made by hand -->"),
        '<?xpacket begin=""?>' + svg("<title>Map</title>"),
    ],
)
def test_an_image_that_only_shows(image: str) -> None:
    assert found("media/a.svg", image) == []


def test_names_that_cannot_load_anything_are_not_read() -> None:
    assert found("media/a.txt", LOADING[0]) == []
    assert found("course.json", json.dumps(LOADING)) == []


def test_any_bytes_are_judged() -> None:
    for name in ("a.html", "a.css", "a.js"):
        assert judge(name, bytes(range(256)) * 10) == ()
    assert [one.code for one in judge("a.svg", bytes(range(256)))] == ["package-content"]


@pytest.mark.parametrize(
    "text", ["<a ", "<a href=", '<a "', "<a '\"", "<img a='//' ", "<style>", "url(", "<a style='"]
)
def test_a_hostile_page_takes_no_longer_than_any_other(text: str) -> None:
    start = time.process_time()
    judge("a.html", f"https:{text * (200_000 // len(text))}".encode())
    assert time.process_time() - start < 2


def test_the_fault_is_told_of_the_package(tmp_path: Path) -> None:
    files = with_files({"pages/a.js": chunk(LOADING[0]).encode()})
    assert faults(pack(tmp_path / "a.zip", files)) == [("pages/a.js:1", "package-content")]
