"""Word files as programs make them: with changes, headers and macros, strict, with odd names and
elements, empty."""

from __future__ import annotations

import io
import re
import zipfile

from tests.importing.word.files import (
    CHOICE,
    HEADED,
    PNG,
    TYPES,
    changed,
    docx,
    field,
    p,
    part,
    picture,
    r,
    relations,
    zipped,
)


def changes() -> bytes:
    deleted = (
        "<w:del w:id='1' w:author='Ann Author'><w:r><w:delText>{}</w:delText></w:r></w:del>".format
    )
    added = "<w:ins w:id='2' w:author='Ann Author'>{}</w:ins>".format
    mark_deleted = "<w:rPr><w:del w:id='3' w:author='Ann Author'/></w:rPr>"
    return docx(
        p("Water ", deleted("every day"), added(r("once a week") + deleted("or so")), ".")
        + p("First half, ", properties=mark_deleted)
        + p("second half.")
        + p(deleted("All of it."), properties=mark_deleted)
        + p("Here ", "<w:moveTo w:id='4'>" + r("moved words") + "</w:moveTo>")
        + p("<w:moveFrom w:id='5'>" + r("moved words") + "</w:moveFrom>", "from there")
        + p(r("Now bold", "<w:b/><w:rPrChange w:id='6'><w:rPr/></w:rPrChange>"))
        + p(added(r("A new paragraph.")), properties="<w:rPr><w:ins w:id='7'/></w:rPr>")
        + f"<w:ins w:id='8'>{p('a paragraph within')}</w:ins>"
        + f"<w:del w:id='9'>{p('<w:r><w:delText>gone</w:delText></w:r>')}</w:del>"
        + p("Last, its mark deleted", properties=mark_deleted),
    )


def edges() -> bytes:
    return docx(
        p("Commented", '<w:r><w:commentReference w:id="4"/></w:r>') + p("Text"),
        comments='<w:comment w:id="4" w:author="Ann Author">'
        + p("Is this so?")
        + p("Yes.")
        + "</w:comment>"
        '<w:comment w:id="5"><w:p/></w:comment>',
        header=p("Course ", picture('r:embed="logo"')) + p(CHOICE.format("wps", "", "")),
        footer=p("Page ", field("PAGE", r("1"))),
    )


def strict() -> bytes:
    content = docx(
        p("Strict ", r("bold", '<w:b w:val="true"/>'), style="H1")
        + p(picture('r:embed="pic"', 'descr="A dot"'))
        + p("Indented", properties='<w:ind w:start="36pt"/>'),
        ("pic", "image", "media/a.png"),
        styles=HEADED,
        word__media__a_dot_png=PNG,
    )
    return changed(
        content,
        **{
            name.replace("/", "__").replace(".", "_dot_"): _strict(content, name)
            for name in (
                "word/document.xml",
                "word/styles.xml",
                "_rels/.rels",
                "word/_rels/document.xml.rels",
            )
        },
    )


def _strict(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        text = archive.read(name).decode()
    return re.sub(
        r"http://schemas\.openxmlformats\.org/(wordprocessingml|officeDocument|drawingml)/2006/",
        r"http://purl.oclc.org/ooxml/\1/",
        text,
    )


def odd_names() -> bytes:
    """Parts elsewhere than usual, named with other slashes and capitals."""
    return zipped(
        {
            "[Content_Types].xml": TYPES.replace("/word/document.xml", "/Text/Main Part.xml"),
            "_rels/.rels": relations(("rId1", "officeDocument", "/text/main%20part.xml")),
            "Text/Main Part.xml": part(
                "document",
                f"<w:body>{p('Found')}{p(picture('r:embed=' + chr(34) + 'a' + chr(34)))}</w:body>",
            ),
            "Text\\_rels\\Main Part.xml.rels": relations(("a", "image", "..\\Media\\A.PNG")),
            "media/a.png": PNG,
            "../evil.xml": "<a/>",
            "/absolute.xml": "<a/>",
        }
    )


def odd_elements() -> bytes:
    return docx(
        "<w:smartTag w:element='x'><w:smartTagPr/>"
        + p("In a smart tag")
        + "</w:smartTag>"
        + "<w:customXml><w:customXmlPr/>"
        + p("<w:smartTag>" + r("word") + "</w:smartTag>")
        + "</w:customXml>"
        + r("A run without a paragraph")
        + p("<w:dir w:val='rtl'>" + r("turned") + "</w:dir>", "<w:bdo>" + r(" over") + "</w:bdo>")
        + "<w:unknown>"
        + p("In something new")
        + "</w:unknown>"
        + p("<w:proofErr/>", "proof", "<w:r><w:lastRenderedPageBreak/></w:r>", "<w:permStart/>"),
    )


def with_macros() -> bytes:
    """A file with macros, a large first letter, and words of the East."""
    large = '<w:framePr w:dropCap="drop" w:lines="3"/>'
    content = docx(
        p("O", properties=large)
        + p("nce upon a time")
        + p(
            r(
                "昔々あるところに、おじいさんとおばあさんが住んでいました。",
                '<w:lang w:eastAsia="ja-JP"/>',
            )
        ),
        ("vba", "vbaProject", "vbaProject.bin"),
        word__vbaProject_dot_bin=b"\xd0\xcf\x11\xe0",
    )
    macros = "application/vnd.ms-word.document.macroEnabled.main+xml"
    types = re.sub(r"application/vnd[^\"]+main\+xml", macros, TYPES)
    return changed(content, **{"[Content_Types]_dot_xml": types})


def empty() -> bytes:
    return docx("<w:p/><w:sectPr/>")
