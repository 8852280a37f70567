"""Word files of the tests' own making, part by part, for what no library writes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from builder.importing import word
from builder.importing.document.form import Document
from builder.importing.word.names import SPACES

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
DECLARED = " ".join(
    f'xmlns:{prefix}="{space}"'
    for prefix, space in SPACES.items()
    if prefix not in ("xml", "rel", "ct", "dc")
)
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/></Types>'
)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def relations(*rows: tuple[str, str, str] | tuple[str, str, str, bool]) -> str:
    """Relationships: id, kind, target, and whether it is outside."""
    inside = "".join(
        f'<Relationship Id="{row[0]}" Type="{_OFFICE}/{row[1]}" Target={quoteattr(row[2])}'
        + (' TargetMode="External"/>' if len(row) > 3 else "/>")
        for row in rows
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{inside}</Relationships>'


def part(root: str, inside: str) -> str:
    """A part of WordprocessingML: ``document``, ``styles`` …"""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {DECLARED}>{inside}</w:{root}>'


def docx(
    body: str,
    *related: tuple[str, str, str] | tuple[str, str, str, bool],
    **parts: str | bytes,
) -> bytes:
    """A file of a body. ``styles``, ``numbering``, ``footnotes`` and so on are the insides of those
    parts; what is ``related`` comes with ids of the test's own choice."""
    known = {name: inside for name, inside in parts.items() if name in _KNOWN}
    rows = [(f"own{at}", name, f"{name}.xml") for at, name in enumerate(known)]
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relations(("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": relations(*rows, *related),
    }
    for name, inside in known.items():
        members[f"word/{name}.xml"] = part(_KNOWN[name], str(inside))
    members |= {
        name.replace("__", "/").replace("_dot_", "."): content
        for name, content in parts.items()
        if name not in _KNOWN
    }
    return zipped(members)


def zipped(members: Mapping[str, str | bytes], packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", packed) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def changed(content: bytes, **members: str | bytes | None) -> bytes:
    """The same zip with other members; ``None`` takes one away."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        found: dict[str, str | bytes] = {one: archive.read(one) for one in archive.namelist()}
    for name, new in members.items():
        name = name.replace("__", "/").replace("_dot_", ".")
        if new is None:
            del found[name]
        else:
            found[name] = new
    return zipped(found)


def read(content: bytes, folder: Path) -> Document:
    """The document that a file comes to, without a problem."""
    document, found = word.read(written(content, folder))
    assert found == ()
    assert document is not None
    return document


def written(content: bytes, folder: Path, name: str = "hand-out.docx") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


# Pieces of a body


def r(words: str, properties: str = "") -> str:
    """A run."""
    before = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{before}<w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def p(*runs: str, style: str = "", properties: str = "") -> str:
    """A paragraph of runs; what is no XML is a run of its own."""
    called = f'<w:pStyle w:val="{style}"/>' if style else ""
    before = f"<w:pPr>{called}{properties}</w:pPr>" if called or properties else ""
    inside = "".join(one if one.startswith("<") else r(one) for one in runs)
    return f"<w:p>{before}{inside}</w:p>"


def item(words: str, list_id: int = 1, level: int = 0, properties: str = "") -> str:
    """A paragraph of a list."""
    numbered = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return p(words, properties=numbered + properties)


BEGIN, APART, END = (
    f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
)
"""A field begins, its code ends, its result ends."""


def code(words: str) -> str:
    """A run of a field's code."""
    return f'<w:r><w:instrText xml:space="preserve">{escape(words)}</w:instrText></w:r>'


def field(words: str, result: str) -> str:
    """A field with a result, of runs."""
    return f"{BEGIN}{code(words)}{APART}{result}{END}"


def cell(*blocks: str, properties: str = "") -> str:
    inside = "".join(one if one.startswith("<") else p(one) for one in blocks)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside or '<w:p/>'}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    inside = "".join(one if one.startswith("<w:tc>") else cell(one) for one in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inside}</w:tr>"


def table(*rows: str, properties: str = "") -> str:
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid/>{''.join(rows)}</w:tbl>"


def picture(relation: str, told: str = "") -> str:
    """A picture of DrawingML with its alternative text."""
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" {told}/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        '<pic:nvPicPr><pic:cNvPr id="0" name="a.png"/></pic:nvPicPr><pic:blipFill>'
        f"<a:blip {relation}/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline>"
        "</w:drawing></w:r>"
    )


def level(at: int, form: str, text: str, properties: str = "", left: int | None = None) -> str:
    """A level of a list."""
    moved = 720 * (at + 1) if left is None else left
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{properties}'
        f'<w:lvlText w:val="{text}"/><w:pPr><w:ind w:left="{moved}" w:hanging="360"/></w:pPr>'
        "</w:lvl>"
    )


def numbering(*lists: str) -> str:
    """Lists with the ids 1, 2 … of these levels."""
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{at}">{levels}</w:abstractNum>'
        for at, levels in enumerate(lists, 1)
    )
    return abstract + "".join(
        f'<w:num w:numId="{at}"><w:abstractNumId w:val="{at}"/></w:num>'
        for at in range(1, len(lists) + 1)
    )


def style(identity: str, called: str, inside: str = "", kind: str = "paragraph") -> str:
    return (
        f'<w:style w:type="{kind}" w:styleId="{identity}"><w:name w:val="{called}"/>{inside}'
        "</w:style>"
    )


def numbered(list_id: int, at: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{list_id}"/></w:numPr>'


HEADED = style("H1", "heading 1", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr>')
"""A style of headings."""
CHOICE = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="{}">{}</mc:Choice>'
    "<mc:Fallback>{}</mc:Fallback></mc:AlternateContent></w:r>"
)
"""What a program asks for, its alternative, and what stands in for that."""
_KNOWN = {
    "styles": "styles",
    "numbering": "numbering",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "comments": "comments",
    "header": "hdr",
    "footer": "ftr",
}
