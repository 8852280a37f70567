"""Finding the addresses in a style sheet as a browser does."""

import pytest

from builder.base import css
from tests.support.growth import linear

OUT = "http://a.example/b"


def outside(styles: str) -> list[str]:
    return [one.outside for one in css.addresses(styles) if one.outside]


@pytest.mark.parametrize(
    "styles",
    [
        f"p{{background:url({OUT})}}",
        f"p{{background:URL(  {OUT}  )}}",
        f'p{{background:url("{OUT}")}}',
        f"p{{background:u\\72l({OUT})}}",
        f"p{{background:\\000075 rl({OUT})}}",
        "p{background:url(ht\\74 p://a.example/b)}",
        "p{background:url('ht\\\ntp://a.example/b')}",
        f'p{{background:image-set(/**/"{OUT}" 1x)}}',
        f'p{{background:image-set("a.png" 1x, "{OUT}" 2x)}}',
        f'p{{background:-webkit-image-set(url(a.png) 1x,url("{OUT}") 2x)}}',
        f'p{{background:cross-fade(image("{OUT}"),red)}}',
        f'p{{--a:"{OUT}";background:image-set(var(--a) 1x)}}',
        f"p{{--a:url({OUT});background:var(--a)}}",
        f'@property --a{{syntax:"<url>";inherits:true;initial-value:url({OUT})}}',
        f'@import/**/"{OUT}";',
        f'@im\\70ort "{OUT}" layer(a);',
        f"/* a *//**/@import url({OUT})",
        f"p{{background:url(it's) }} q{{background:url({OUT})}}",
        f'p{{content:"a\n}} q{{background:url({OUT})}}',
        f"p{{a:'\\'' ; background:url({OUT})}}",
        f"}}}} p{{background:url({OUT}",
        f"(@namespace url({OUT}));",
        "p{background:url(\x01 http://a.example/b)}".replace("\x01 ", ""),
    ],
)
def test_an_address_outside(styles: str) -> None:
    assert outside(styles) == [OUT]


@pytest.mark.parametrize(
    ("styles", "address"),
    [
        ("a{b:url(//a.example)}", "//a.example"),
        ("a{b:url('///a.example')}", "///a.example"),
        ('a{b:url("\\\\/a.example")}', "//a.example"),
        ('a{b:url("/\\9/a.example")}', "//a.example"),
        ("a{b:url(file:///etc/passwd)}", "file:///etc/passwd"),
        ("a{b:url(blob:x)}", "blob:x"),
        ('a{b:url("\\1 https:x")}', "https:x"),
        ('a{content:"wss://a.example"}', "wss://a.example"),
    ],
)
def test_other_ways_to_lead_outside(styles: str, address: str) -> None:
    assert outside(styles) == [address]


@pytest.mark.parametrize(
    "styles",
    [
        f'/* url({OUT}) "{OUT}" */',
        f"/* never closed url({OUT})",
        "a::before{content:'//'}",
        'a::before{content:" // "}',
        'a::before{content:"Note: see https"}',
        "a{b:url(data:image/png;base64,AA//)}",
        "a{b:url(#wave)}",
        f"@namespace url({OUT});@namespace svg '{OUT}';a{{}}",
        f"a{{b:#url({OUT})}}",
        f"a{{b:1url({OUT})}}",
        f'a{{b:url(a" {OUT})}}',
        "a{b:url(a.png) url('b c.png')}",
    ],
)
def test_what_leads_nowhere(styles: str) -> None:
    assert outside(styles) == []


def test_an_address_in_a_string_is_no_file() -> None:
    styles = 'a{src:url(a.ttf) format("woff2");b:image-set("b.png" type("image/png"))}'
    assert [(one.value, one.loads) for one in css.addresses(styles)] == [
        ("a.ttf", True),
        ("woff2", False),
        ("b.png", True),
        ("image/png", False),
    ]


def test_an_import_is_found_anywhere() -> None:
    styles = '/* @import */ "@import" url(@import) @IMPORT"a" ; a{@\\69 mport url(b)}'
    found = [one for one in css.read(styles) if isinstance(one, css.Import)]
    assert [styles[one.start :][:8] for one in found] == ['@IMPORT"', "@\\69 mpo"]


PARTS = (
    *(" ", "/*", "/**/", "@import/*", "@import /**/", "url(", "url(a ", "url( ", 'url("', "url('"),
    *("url(a.png)", "image-set(", "image-set('", '"', "'", "\\", "\\a", "\\a ", "-", "--", "1"),
    *("1.", ".", "1e", "+", "#", "#a", "@", "@a", "(", "[", "{", ")", "}", ";", "a", "a(", "\n"),
    *("é", "\0"),
)


@pytest.mark.whole
@pytest.mark.parametrize("part", PARTS)
def test_styles_that_are_broken_all_through_take_no_longer(part: str) -> None:
    linear(lambda styles: [*css.read(styles)], lambda n: f"a{{b:{part * (n // len(part))}", 5_000)
