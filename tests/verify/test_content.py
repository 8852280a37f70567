"""Nothing in a package loads from outside it, and no image runs a script."""

import json
from pathlib import Path

import pytest

from builder.package.verify.content import judge
from tests.support.growth import linear
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
    '<img src="ht\ntps://example.org/x">',
    '<img src="\\\\example.org/x">',
    '<img src="/\\example.org/x">',
    f"<style>@import/* a */'{OUT}';</style>",
    f"<style>p {{ background: u\\72l('{OUT}') }}</style>",
]


@pytest.mark.parametrize("html", LOADING)
def test_a_page_that_loads_from_outside(html: str) -> None:
    address = OUT if "tps:" in html else "//example.org/x"
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


INKSCAPE = """<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<svg xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"
   xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"
   xmlns:xlink="http://www.w3.org/1999/xlink"
   xmlns="http://www.w3.org/2000/svg" xmlns:svg="http://www.w3.org/2000/svg"
   xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
   xmlns:cc="http://creativecommons.org/ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"
   version="1.1" inkscape:export-filename="C:\\Users\\me\\map.png" sodipodi:docname="map.svg">
  <sodipodi:namedview id="v" pagecolor="#ffffff"><inkscape:grid type="xygrid"/></sodipodi:namedview>
  <defs><linearGradient id="g" inkscape:collect="always"/><svg:path id="p"/></defs>
  <metadata><rdf:RDF><cc:Work rdf:about=""><dc:format>image/svg+xml</dc:format>
    <cc:license rdf:resource="http://creativecommons.org/licenses/by/4.0/"/></cc:Work></rdf:RDF>
  </metadata>
  <g inkscape:label="Layer 1"><use xlink:href="#p" style="fill:url(#g)"/></g>
</svg>"""


def svg(inside: str, attributes: str = "") -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f"{attributes}>{inside}</svg>"
    )


OTHERWISE = "be read differently by each browser: it is not UTF-8, or declares another encoding"


@pytest.mark.parametrize("name", ["JOHAB", "CP936", "CP950", "iso-8859-1", "UTF-16", "utf-7", ""])
@pytest.mark.parametrize("quote", ['"', "'"])
def test_an_image_that_declares_another_encoding(name: str, quote: str) -> None:
    declared = f"<?xml version='1.0' encoding = {quote}{name}{quote}?>\n"
    assert found("media/a.svg", declared + svg("")) == [f"“media/a.svg” would {OTHERWISE}."]


def test_an_image_whose_bytes_hide_a_script_from_another_reader() -> None:
    # In JOHAB the first byte takes in the second, which opens markup to whoever reads it as UTF-8.
    start, end = svg("|").split("|")
    hidden = b"<![CDATA[\xd9]]><script>a()</script><!-- ]]> -->"
    content = b'<?xml version="1.0" encoding="JOHAB"?>' + start.encode() + hidden + end.encode()
    assert [one.message for one in judge("a.svg", content)] == [f"“a.svg” would {OTHERWISE}."]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_an_image_that_is_in_another_encoding(encoding: str) -> None:
    assert judge("a.svg", svg("<title>\xe9</title>").encode(encoding))


@pytest.mark.parametrize("name", ["UTF-8", "utf-8", "UTF8"])
def test_an_image_may_say_that_it_is_utf_8(name: str) -> None:
    for mark in ("", "\ufeff"):
        assert found("a.svg", f'{mark}<?xml version="1.0" encoding="{name}"?>' + svg("<g/>")) == []


@pytest.mark.parametrize(
    "style",
    [
        f'p{{background:image-set(/**/"{OUT}" 1x)}}',
        f'p{{background:image-set("a.png" 1x, "{OUT}" 2x)}}',
        f'p{{--a:"{OUT}"}}',
        f"p{{--a:url({OUT})}}",
    ],
)
def test_styles_that_call_out_wherever_they_stand(style: str) -> None:
    words = f"would load {OUT}."
    assert found("a.css", style) == [f"“a.css” {words}"]
    assert found("a.svg", svg(f"<style>{style}</style>")) == [f"“a.svg” {words}"]
    rule = style[2:-1]
    assert found("a.svg", svg(f"<rect style='{rule}'/>")) == [f"“a.svg” {words}"]
    assert found("a.html", f"<p style='{rule}'>") == [f"“a.html” {words}"]
    cue = f"00:01.000 --> 00:02.000\r\nurl({OUT})\r\n"
    captions = f"WEBVTT\r\n\r\nSTYLE\r\n{style}\r\n\r\n{cue}"
    assert found("a.vtt", captions) == [f"“a.vtt” {words}"]
    [diagnostic] = judge("a.vtt", captions.encode())
    assert str(diagnostic.position) == "a.vtt:4"


def test_styles_that_only_name_an_address() -> None:
    assert found("a.css", f"@namespace svg '{OUT}'; a::before {{ content: ' // ' }}") == []
    assert found("a.css", "@import 'data:text/css,a';") == ["“a.css” would load data:text/css,a."]


HIDDEN = "hide an address: its styles contain a backslash"
DOCTYPE = "be able to hide a script in its DOCTYPE; delete the line that starts with <!DOCTYPE"


@pytest.mark.parametrize(
    ("image", "words"),
    [
        (svg("<script>a()</script>"), "run a program or show a page: it has a script element"),
        (svg("<foreignObject/>"), "run a program or show a page: it has a foreignObject element"),
        (svg("", 'onload="a()"'), "run a script: it has the attribute onload"),
        (svg("<rect onClick='a()'/>"), "run a script: it has the attribute onClick"),
        (svg(f'<image href="{OUT}"/>'), f"load {OUT}"),
        (svg(f'<use xlink:href=" {OUT}#a"/>'), f"load {OUT}#a"),
        *(
            (
                svg(f'<a href="{address}"/>'),
                "run a script or open a page: href is “javascript:a()”",
            )
            for address in ("javascript:a()", "java&#9;script:a()", "java&#10;script:a()")
        ),
        (
            svg('<a><animate attributeName="href" values="#;javascript:a()"/></a>'),
            "run a script or open a page: values is “javascript:a()”",
        ),
        (svg('<image href="ht&#9;tps://example.org/x"/>'), f"load {OUT}"),
        (svg(r'<image href="\\example.org/x"/>'), "load //example.org/x"),
        (svg(r'<image href="/\example.org\x"/>'), "load //example.org/x"),
        (svg(f'<a href="#a" ping="{OUT}"/>'), f"load {OUT}"),
        (svg(r'<style>@import "\68ttps://example.org"</style>'), HIDDEN),
        (svg(r'<rect style="fill:u\72l(https://example.org)"/>'), HIDDEN),
        (svg(r'<rect fill="u\72l(https://example.org)"/>'), HIDDEN),
        (svg(r'<set attributeName="fill" to="u\72l(https://example.org)"/>'), HIDDEN),
        (svg('<style>@import "a.css"</style>'), "load another style sheet: it has an @import"),
        *(
            (
                svg(f'<g><h:{tag} xmlns:h="http://www.w3.org/1999/xhtml"/></g>'),
                f"show more than an image: it has the element {tag.split()[0]}, which is not part "
                "of SVG",
            )
            for tag in (
                "script",
                'form action="javascript:a()"',
                f'meta http-equiv="refresh" content="0; url={OUT}"',
                f'img srcset="{OUT} 2x"',
            )
        ),
        (
            svg('<metadata><h:script xmlns:h="http://www.w3.org/1999/xhtml"/></metadata>'),
            "show more than an image: it has the element script, which is not part of SVG",
        ),
        (
            "<svg/>",
            "show more than an image: it has the element svg, which is not part of SVG",
        ),
        (
            svg('<use href="data:text/html,x"/>'),
            "run a script or open a page: href is “data:text/html,x”",
        ),
        *(
            (
                svg(f'<{element}="data:image/svg+xml;base64,PHN2Zy8+#a"/>'),
                f"run a script or open a page: {name} is “data:image/svg+xml;base64,PHN2Zy8+#a”",
            )
            for element, name in (
                ("use href", "href"),
                ("use xlink:href", "href"),
                ('set attributeName="href" to', "to"),
                ("a href", "href"),
            )
        ),
        (
            svg('<a><set attributeName="href" to=" javascript:a()"/></a>'),
            "run a script or open a page: to is “javascript:a()”",
        ),
        (svg(f'<rect style="fill:url({OUT})"/>'), f"load {OUT}"),
        (svg(f'<rect fill="url({OUT})"/>'), f"load {OUT}"),
        (svg(f"<style>@import '{OUT}';</style>"), f"load {OUT}"),
        (svg(f"<style><![CDATA[@import '{OUT}';]]></style>"), f"load {OUT}"),
        (svg("", f'xml:base="{OUT}"'), f"load {OUT}"),
        (
            '<?xml-stylesheet href="a.css"?>' + svg(""),
            "load a style sheet: it has an xml-stylesheet line",
        ),
        (svg("<g>"), "not be shown: it is not well-formed SVG"),
        *(
            (f"<!DOCTYPE svg{rest}>" + svg(""), DOCTYPE)
            for rest in (
                " []",
                ' SYSTEM "a>b" [<!ATTLIST svg onload CDATA "a()">]',
                ' [<!ATTLIST svg onload CDATA "a()">]',
                ' [<!ENTITY a "<script>a()</script>">]',
            )
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
        svg('<image href="data:image/svg+xml;base64,PHN2Zy8+"/>'),
        svg(f'<metadata xmlns:r="urn:r"><r:Work r:about="{OUT}" r:resource="{OUT}"/></metadata>'),
        '<?xml version="1.0"?>' + svg("<!-- made by hand -->"),
        "<!DOCTYPE svg>" + svg(""),
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd">' + svg(""),
        INKSCAPE,
        '<?xpacket begin=""?>' + svg("<title>Map</title>"),
    ],
)
def test_an_image_that_only_shows(image: str) -> None:
    assert found("media/a.svg", image) == []


def test_a_fault_in_an_image_has_its_line() -> None:
    assert [one.position.line for one in judge("a.svg", svg("\n\n<script/>").encode())] == [3]
    doctype = b"<!-- a -->\n<!DOCTYPE svg []>\n" + svg("").encode()
    assert [one.position.line for one in judge("a.svg", doctype)] == [2]


WORDS = "Write <img src=https://example.org/x> for an image."


@pytest.mark.parametrize(
    "data",
    [
        {"html": r"<p><code>\u003cimg src=https://x.example/y</code></p>"},
        {"html": "<pre>&lt;img src=https://x.example/y&gt;\n</pre>"},
        {"questions": {"a": {"prompt": WORDS, "options": [{"text": WORDS, "feedback": None}]}}},
        {"pages": [{"title": WORDS}]},
    ],
)
def test_a_line_of_a_program_on_a_page_is_text(data: object) -> None:
    """Data as the builder writes it, and as JSON may be written, too."""
    for plain in (True, False):
        text = json.dumps(data, ensure_ascii=not plain)
        assert found("pages/a.js", f'scormBuilder.add("page","a",{text});\n') == []


@pytest.mark.parametrize("key", ["html", "explanation", "because", "feedback"])
def test_html_deep_in_a_chunk_is_judged(key: str) -> None:
    data = json.dumps({"questions": {"a": {"options": [{key: LOADING[0]}]}}})
    assert found("pages/a.js", f'scormBuilder.add("page","a",{data});\n') == [
        f"“pages/a.js” would load {OUT}."
    ]


def test_what_only_starts_like_a_chunk_is_a_script() -> None:
    script = f'scormBuilder.add("page","a",{{}});fetch("{OUT}");\n'
    assert found("pages/a.js", script) == [f"“pages/a.js” would load {OUT}."]
    deep = f'scormBuilder.add("{OUT}",{"[" * 100_000});\n'
    assert found("pages/a.js", deep) == []


def test_names_that_cannot_load_anything_are_not_read() -> None:
    assert found("media/a.txt", LOADING[0]) == []
    assert found("course.json", json.dumps(LOADING)) == []


@pytest.mark.parametrize("name", ["a.html", "a.HTML", "..html", "media/...html", ".html"])
def test_a_page_is_one_however_many_dots_its_name_has(name: str) -> None:
    assert found(name, LOADING[0]) == [f"“{name}” would load {OUT}."]


def test_any_bytes_are_judged() -> None:
    for name in ("a.html", "a.css", "a.js"):
        assert judge(name, bytes(range(256)) * 10) == ()
    assert [one.code for one in judge("a.svg", bytes(range(256)))] == ["package-content"]


@pytest.mark.sampled
@pytest.mark.parametrize("name", ["a.html", "a.js"])
@pytest.mark.parametrize(
    "start",
    [
        *("", "<a", "<a href=", "<img src", "<img src=", "<img srcset='", "<style", "<p style="),
        *("<meta content='", "<meta content='0;", "import", "import(", "from", "fetch", "a.src"),
        *('x.open("A"', "x.open("),
    ],
)
@pytest.mark.parametrize("part", [" ", "<a ", '<a "', "<a '\"", "<style>", "url(", "\t/", "a="])
def test_a_hostile_page_takes_no_longer_than_any_other(name: str, start: str, part: str) -> None:
    def page(n: int) -> bytes:
        return f"https: {start}{part * (n // len(part))}".encode()

    linear(lambda content: judge(name, content), page, 4_000)


@pytest.mark.whole
@pytest.mark.parametrize("name", ["a.css", "a.html", "a.js", "a.svg", "a.vtt"])
def test_many_faults_take_no_longer_than_as_many_lines(name: str) -> None:
    around = {
        "a.css": ("", ""),
        "a.html": ("<style>", "</style>"),
        "a.js": ("a='<style>", "</style>'"),
        "a.svg": svg("<style>|</style>").split("|"),
        "a.vtt": ("WEBVTT\n\nSTYLE\n", ""),
    }
    start, end = around[name]

    def content(n: int) -> bytes:
        return (start + f"a{{b:url({OUT})}}\n" * n + end).encode()

    linear(lambda given: judge(name, given), content, 500)
    assert len(judge(name, content(3))) == (1 if name == "a.svg" else 3)


def test_the_fault_is_reported_for_the_package(tmp_path: Path) -> None:
    files = with_files({"pages/a.js": chunk(LOADING[0]).encode()})
    assert faults(pack(tmp_path / "a.zip", files)) == [("pages/a.js:1", "package-content")]


@pytest.mark.parametrize(
    "address",
    [
        "/logout",
        "../../../logout",
        "..\\..\\logout",
        "%2e%2E/.%2e/logout",
        "a/../../../logout",
        " /",
    ],
)
def test_a_drawing_loads_nothing_from_beyond_its_package(address: str) -> None:
    read = address.replace("\\", "/").strip()
    for element in (f'<image href="{address}"/>', f'<feImage xlink:href="{address}"/>'):
        assert found("a.svg", svg(element)) == [f"“a.svg” would load {read}."]
    animated = f'<image><set attributeName="href" to="{address}"/></image>'
    assert found("a.svg", svg(animated)) == [f"“a.svg” would load {read}."]


@pytest.mark.parametrize(
    "address", ["", "#a", "map.png", "../index.html", "a/../b.png", "data:image/png;base64,/../../"]
)
def test_a_drawing_may_name_what_is_in_its_package(address: str) -> None:
    assert found("a.svg", svg(f'<image href="{address}"/>')) == []
