"""Style sheets, drawings, captions and pictures of nobody's making, drawn from a seed.

Each is put together of pieces of the grammars, mostly broken, so that a reader meets texts that no
author would write. ``THOROUGH`` in the environment multiplies how many there are.
"""

import os
import random
from collections.abc import Iterator

OUT = "http://127.0.0.1:9/"
"""An address outside; nothing answers there."""
_MORE = int(os.environ.get("THOROUGH", "1"))

_CSS = (
    *(f"url({OUT}a)", f'url("{OUT}b")', f"'{OUT}c'", f'"{OUT}d"', f"image-set('{OUT}e' 1x)"),
    *(f"u\\72l({OUT}f)", "url(//127.0.0.1:9/g)", "url(\\2f\\2f 127.0.0.1:9/h)"),
    *("url('/\t/127.0.0.1:9/i')", "url(\\/\\/127.0.0.1:9/j)", "'http:127.0.0.1:9/k'"),
    *("image-set(", "-webkit-image-set(", "src(", "image(", "url(", "var(--a)", "format('woff')"),
    *("1x", "2x", ",", ";", ":", "{", "}", "(", ")", "[", "]", "/*", "*/", "/**/", '"', "'", "\\"),
    *(
        "\\\n",
        "\n",
        "\t",
        " ",
        "\\22 ",
        "\\27 ",
        "\\28 ",
        "\\29 ",
        "\\2f*",
        "<!--",
        "-->",
        "-",
        "#",
    ),
    *("@import ", "@namespace ", "@media all{", "@font-face{font-family:f;src:", "@supports(a:b){"),
    *("p{", "p{background:", "p{--a:", "p{background-image:", "p{cursor:", "p{content:", "}p{"),
    *("p{list-style:", "p{mask:", "p{border-image:", "p{filter:", "p{font-family:f}", "!important"),
    *("data:image/png;base64,AA==", "url(data:image/png;base64,AA==)", "red", "1", "1e", "é", "\0"),
)
_SVG = (
    *(f'<image href="{OUT}a"/>', f"<use href='{OUT}b#a'/>", f'<rect fill="url({OUT}c)"/>'),
    *("<script>parent.ran=1</script>", "<script>", "</script>", "<style>", "</style>", "<![CDATA["),
    *("]]>", "<!--", "-->", "<g>", "</g>", "<rect ", "/>", ">", "onload='parent.ran=1'", "<a "),
    *("<svg onload='parent.ran=1'/>", "<set attributeName='href' to='javascript:parent.ran=1'/>"),
    *("<foreignObject>", "</foreignObject>", "<h:script xmlns:h='http://www.w3.org/1999/xhtml'>"),
    *("href='javascript:parent.ran=1'", f"style='fill:url({OUT}d)'", "&lt;", "&#60;", "é"),
    *("<metadata>", "</metadata>", "<title>t</title>", "fill='red'", "x='1'"),
    f"<?xml-stylesheet href='{OUT}e'?>",
    *("<use href='data:image/svg+xml,x#a'/>", "<image href='data:image/svg+xml,x'/>"),
    *("<text>a</text>", "<circle r='1'/>", "<path d='M0 0L1 1'/>", "<defs/>", "<g/>", " ", "\n"),
)
_FIRST = (
    *("", "", "", "\ufeff", "<?xml version='1.0'?>", "<?xml version='1.0' encoding='UTF-8'?>"),
    *("<?xml version='1.0' encoding='JOHAB'?>", "<?xml version='1.0' encoding='CP936'?>"),
    *(
        "<!DOCTYPE svg>",
        "<!DOCTYPE svg [<!ATTLIST svg onload CDATA 'parent.ran=1'>]>",
        "<!-- a -->",
    ),
)


def styles(count: int) -> Iterator[str]:
    """Style sheets."""
    for seed in range(count * _MORE):
        draw = random.Random(f"css {seed}")
        yield "".join(draw.choices(_CSS, k=draw.randint(1, 14)))


def drawings(count: int) -> Iterator[bytes]:
    """SVG images, of which about a third is well formed."""
    for seed in range(count * _MORE):
        draw = random.Random(f"svg {seed}")
        inside = "".join(draw.choices(_SVG, k=draw.randint(0, 5)))
        root = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
        yield f"{draw.choice(_FIRST)}{root}{inside}</svg>".encode("utf-8", "replace")


def mutated(good: bytes, count: int) -> Iterator[bytes]:
    """A good file with bytes changed, doubled and taken away, and cut short."""
    for seed in range(count * _MORE):
        draw = random.Random(f"bytes {seed} {len(good)}")
        damaged = bytearray(good)
        for _ in range(draw.randint(1, 6)):
            at = draw.randrange(len(damaged) + 1)
            doubled = damaged[at : at + 9]
            piece = draw.choice(
                (b"", draw.randbytes(draw.randint(1, 4)), b"\0" * 4, b"\xff" * 4, doubled)
            )
            damaged[at : at + draw.randint(0, 9)] = piece
        yield bytes(damaged[: draw.choice((len(damaged), draw.randrange(len(damaged) + 1)))])
