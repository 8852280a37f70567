"""Word files of all kinds, each made by a function; ``tests/golden/word/`` holds what is read of
each. Where python-docx can make one, it does; the others are written by hand."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

from docx import Document
from docx.enum.text import WD_BREAK, WD_COLOR_INDEX
from docx.oxml.ns import qn
from docx.shared import RGBColor

from tests.importers.word.files import (
    APART,
    BEGIN,
    END,
    PNG,
    TYPES,
    cell,
    changed,
    code,
    docx,
    field,
    item,
    level,
    numbering,
    p,
    part,
    picture,
    r,
    relations,
    row,
    style,
    table,
    zipped,
)

_EMF = b"\x01\0\0\0" + bytes(36) + b" EMF" + bytes(40)
_TIFF = b"II*\0" + bytes(20)
_CHOICE = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="{}">{}</mc:Choice>'
    "<mc:Fallback>{}</mc:Fallback></mc:AlternateContent></w:r>"
)
_SHAPE = (
    "<w:drawing><wp:anchor><wp:docPr id='1' name='Box' descr='{}'/><a:graphic><a:graphicData>"
    "<wps:wsp>{}</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
)
_HEADED = style("H1", "heading 1", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr>')


def _box(*blocks: str) -> str:
    return f"<wps:txbx><w:txbxContent>{''.join(blocks)}</w:txbxContent></wps:txbx>"


def _vml_box(*blocks: str) -> str:
    inside = f"<w:txbxContent>{''.join(blocks)}</w:txbxContent>"
    return f"<w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict>"


def _saved(document: object) -> bytes:
    file = io.BytesIO()
    document.save(file)  # type: ignore[attr-defined]
    return file.getvalue()


def headings() -> bytes:
    styles = "".join(
        (
            *(style(f"Heading{at}", f"heading {at}", _outline(at - 1)) for at in range(1, 10)),
            style("Unit", "Unit head", '<w:basedOn w:val="Heading2"/>'),
            style("berschrift3", "Überschrift 3"),
            style("Titre", "Titre"),
            style("Prose", "Prose", '<w:basedOn w:val="Heading1"/>' + _outline(9)),
        )
    )
    body = "".join(p(f"Heading {at}", style=f"Heading{at}") for at in range(1, 10))
    return docx(
        body
        + p("Based on heading 2", style="Unit")
        + p("Called so in German", style="berschrift3")
        + p("A title in French", style="Titre")
        + p("Prose, whatever it is based on", style="Prose")
        + p("Said by itself", properties='<w:outlineLvl w:val="3"/>')
        + p("Prose by itself", style="Heading1", properties='<w:outlineLvl w:val="9"/>')
        + p("Prose with an outline level. " * 8, properties='<w:outlineLvl w:val="0"/>')
        + p("A style that is not there", style="Nowhere")
        + p("", style="Heading1"),
        styles=styles,
    )


def _outline(at: int) -> str:
    return f'<w:pPr><w:outlineLvl w:val="{at}"/></w:pPr>'


def by_python_docx() -> bytes:
    document = Document()
    document.core_properties.title = "Watering  plants"
    document.core_properties.author = "Sam Jones"
    document.add_heading("Watering plants", 0)
    document.add_heading("Why", 1)
    paragraph = document.add_paragraph("Plants need ")
    paragraph.add_run("water").bold = True
    paragraph.add_run(", ").italic = True
    run = paragraph.add_run("light")
    run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    run = paragraph.add_run(" and air")
    run.font.color.rgb = RGBColor(0xC0, 0, 0)
    run.font.underline = True
    paragraph.add_run("2").font.subscript = True
    document.add_paragraph("A quotation.", style="Intense Quote")
    for words in ("First", "Second"):
        document.add_paragraph(words, style="List Number")
    document.add_paragraph("Within", style="List Bullet 2")
    grid = document.add_table(3, 3, style="Table Grid")
    for at, one in enumerate(grid.rows[0].cells):
        one.text = f"Head {at}"
    grid.cell(1, 0).merge(grid.cell(2, 0)).text = "Down"
    grid.cell(1, 1).merge(grid.cell(1, 2)).text = "Across"
    grid.cell(2, 1).add_table(1, 1).cell(0, 0).text = "Within"
    document.add_picture(io.BytesIO(PNG))
    document.add_paragraph("Figure 1: A dot", style="Caption")
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    document.add_heading("Then", 2)
    document.sections[0].header.paragraphs[0].text = "Course of 2026"
    return _saved(document)


def marks() -> bytes:
    styles = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:color w:val="333333"/></w:rPr></w:rPrDefault>'
        "</w:docDefaults>"
        + _HEADED
        + style("Right", "Right answer", '<w:rPr><w:b/><w:color w:val="00AA00"/></w:rPr>')
        + style("Quote", "Quote", "<w:rPr><w:i/></w:rPr>")
        + style("Strong", "Strong", "<w:rPr><w:b/></w:rPr>", "character")
        + style("Link", "Hyperlink", '<w:rPr><w:u w:val="single"/></w:rPr>', "character")
        + style("Code", "HTML Code", "", "character")
    )
    strong = '<w:rStyle w:val="Strong"/>'
    return docx(
        p("Heads are bold and say nothing", style="H1")
        + p("A head with ", r("one word", "<w:i/>"), " in italic", style="H1")
        + p(
            "Bold by its style, ",
            r("not here", strong),
            ", ",
            r("nor here", '<w:b w:val="0"/>'),
            style="Right",
        )
        + p("Italic because it is a quotation", style="Quote")
        + p(r("strong", strong), " ", r("gone", "<w:strike/>"), " ", r("twice", "<w:dstrike/>"))
        + p(
            "H",
            r("2", '<w:vertAlign w:val="subscript"/>'),
            "O, m",
            r("2", '<w:vertAlign w:val="superscript"/>'),
        )
        + p(
            r("pen", '<w:highlight w:val="yellow"/>'),
            " ",
            r("fill", '<w:shd w:fill="FFFF00"/>'),
            " ",
            r("no pen", '<w:highlight w:val="none"/>'),
            " ",
            r("grey", '<w:shd w:fill="EEEEEE"/>'),
        )
        + p(
            r("red", '<w:color w:val="FF0000"/>'),
            " ",
            r("black", '<w:color w:val="000000"/>'),
            " ",
            r("auto", '<w:color w:val="auto"/>'),
            " ",
            r("under", '<w:u w:val="wave"/>'),
        )
        + p(
            r("ls -l", '<w:rFonts w:ascii="Courier New"/>'),
            " ",
            r("cd", '<w:rStyle w:val="Code"/>'),
            " ",
            r("no link", '<w:rStyle w:val="Link"/>'),
        )
        + p(r("غامق", "<w:rtl/><w:bCs/>"), " ", r("not bold", "<w:bCs/>"))
        + p(
            r("One", "<w:b/>"),
            r(" look", "<w:b/>"),
            r(" of three runs", "<w:b/><w:lang w:val='en'/>"),
        ),
        styles=styles,
    )


def lists() -> bytes:
    bullet = '<w:rPr><w:rFonts w:ascii="{}"/></w:rPr>'.format
    decimals = (
        level(0, "decimal", "%1.") + level(1, "lowerLetter", "%2)") + level(2, "lowerRoman", "%3.")
    )
    bullets = (
        level(0, "bullet", "\uf0b7").replace("<w:pPr>", bullet("Symbol") + "<w:pPr>")
        + level(1, "bullet", "o").replace("<w:pPr>", bullet("Courier New") + "<w:pPr>")
        + level(2, "bullet", "\uf0a7").replace("<w:pPr>", bullet("Wingdings") + "<w:pPr>")
    )
    letters = level(0, "upperLetter", "%1.", left=1080)
    restarted = (
        '<w:num w:numId="9"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    heads = level(0, "decimal", "%1") + level(1, "decimal", "%1.%2")
    plain = level(0, "none", "")
    styles = (
        style("Step", "Step", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
        + style("N1", "heading 1", '<w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr>')
        + style(
            "N2",
            "heading 2",
            '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="4"/></w:numPr></w:pPr>',
        )
    )
    return docx(
        p("Numbers", style="N1")
        + p("Within", style="N2")
        + item("one")
        + item("one a", level=1)
        + item("one b", level=1)
        + item("one b i", level=2)
        + item("two")
        + item("two a", level=1)
        + p("goes on with two a", properties='<w:ind w:left="1440"/>')
        + p("goes on with two", properties='<w:ind w:left="720"/>')
        + item("three")
        + p("Prose between")
        + p("counted on, by a style", style="Step")
        + item("begins again", 9)
        + item("second", 9)
        + p("Bullets", style="N1")
        + item("dot", 2)
        + item("ring", 2, 1)
        + item("square", 2, 2)
        + item("dot", 2)
        + p("Two lists by their indent", style="N2")
        + item("Question?", 9)
        + item("Answer", 3)
        + item("Other answer", 3)
        + item("Question?", 9)
        + p("No number: ", properties='<w:numPr><w:numId w:val="0"/></w:numPr>', style="Step")
        + item("Only indented", 5)
        + item("No such list", 77)
        + item("Begins deep", 2, 2),
        numbering=numbering(decimals, bullets, letters, heads, plain) + restarted,
        styles=styles,
    )


def numerals() -> bytes:
    forms = (
        *("decimalZero", "upperRoman", "lowerRoman", "upperLetter", "ordinal", "cardinalText"),
        *("ordinalText", "chicago", "decimalEnclosedCircle", "hebrew1", "arabicAlpha", "nonsense"),
    )
    starts = ("1", "4", "28", "2000000000")
    lists = [
        level(0, form, "%1").replace('<w:start w:val="1"/>', f'<w:start w:val="{start}"/>')
        for form in forms
        for start in starts
    ]
    lists.append(level(0, "upperRoman", "%1") + level(1, "decimal", "%1.%2", "<w:isLgl/>"))
    lists.append(level(0, "decimal", "%1") + level(1, "decimal", "%2", '<w:lvlRestart w:val="0"/>'))
    body = "".join(p("x", properties=_numbered(at + 1, 0)) + p("–") for at in range(len(lists) - 2))
    last = len(lists)
    return docx(
        body
        + item("roman", last - 1)
        + item("as decimals", last - 1, 1)
        + p("–")
        + item("one", last)
        + item("1", last, 1)
        + item("two", last)
        + item("goes on", last, 1),
        numbering=numbering(*lists),
    )


def _numbered(list_id: int, at: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{list_id}"/></w:numPr>'


def numbers_by_links() -> bytes:
    """A list whose levels are those of a style of lists, and headings counted in a field."""
    linked = (
        f'<w:abstractNum w:abstractNumId="1"><w:styleLink w:val="L"/>{level(0, "decimal", "§ %1")}'
        '</w:abstractNum><w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="L"/>'
        '</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="2"/></w:num>'
        '<w:abstractNum w:abstractNumId="3">'
        + level(0, "decimal", "%1.", '<w:pStyle w:val="A"/>')
        + level(1, "lowerLetter", "%2.", '<w:pStyle w:val="B"/>')
        + '</w:abstractNum><w:num w:numId="6"><w:abstractNumId w:val="3"/></w:num>'
    )
    numbered = '<w:pPr><w:numPr><w:numId w:val="6"/></w:numPr></w:pPr>'
    return docx(
        item("linked", 5)
        + item("linked", 5)
        + p("Prose")
        + p("level by style", style="A")
        + p("level by style", style="B"),
        numbering=linked,
        styles=style("A", "A", numbered) + style("B", "B", numbered),
    )


def tables() -> bytes:
    headed = (
        '<w:style w:type="table" w:styleId="Grid"><w:name w:val="Grid Table"/>'
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr>'
        '<w:tblStylePr w:type="firstCol"><w:rPr><w:b/></w:rPr></w:tblStylePr></w:style>'
    )
    down, covered = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    looks = '<w:tblStyle w:val="Grid"/><w:tblLook w:val="{}"/>'.format
    return docx(
        table(
            row(
                cell("Both", properties='<w:gridSpan w:val="2"/>'), "C", properties="<w:tblHeader/>"
            ),
            row("A", "B", "C", properties="<w:tblHeader/>"),
            row(cell("Down", properties=down), "2", cell("Two across, two down", properties=down)),
            row(cell("hidden words", properties=covered), "3", cell(properties=covered)),
            row("last", properties='<w:gridBefore w:val="2"/>'),
            properties='<w:tblCaption w:val="Told to few"/>',
        )
        + p("Styled")
        + table(row("Name", "Age"), row("Sam", "8"), properties=looks("00A0"))
        + p("Not styled")
        + table(row("Name", "Age"), row("Sam", "8"), properties=looks("0000"))
        + p("Nested")
        + table(row(cell("Out", table(row("In", cell(item("listed"), "and on")))), "B"))
        + p("Controls and changes")
        + table(
            f"<w:sdt><w:sdtContent>{row('in a control')}</w:sdtContent></w:sdt>",
            row("deleted", properties="<w:del/>"),
            row("added", properties="<w:ins/>"),
            f"<w:tr><w:sdt><w:sdtContent>{cell('a cell')}</w:sdtContent></w:sdt></w:tr>",
        )
        + table(
            row(
                cell("old", properties='<w:hMerge w:val="restart"/>'),
                cell("way", properties='<w:hMerge w:val="continue"/>'),
            )
        ),
        styles=headed,
        numbering=numbering(level(0, "decimal", "%1.")),
    )


def captions() -> bytes:
    styles = style("Caption", "caption")
    count = '<w:fldSimple w:instr=" SEQ Table "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    return docx(
        p("Table ", count, r(": Above"), style="Caption")
        + table(row("a"))
        + p("Prose")
        + table(row("b"))
        + p("Below", style="Caption")
        + p(picture('r:embed="pic"'))
        + p("Of the picture", style="Caption")
        + table(row("c")),
        ("pic", "image", "media/a.png"),
        styles=styles,
        word__media__a_dot_png=PNG,
    )


def pictures() -> bytes:
    vml = (
        '<w:r><w:pict><v:shape alt="Old way"><v:imagedata r:id="pic" o:title="scan7"/></v:shape>'
        "</w:pict></w:r>"
    )
    decorative = '<a:extLst><a:ext><adec:decorative val="1"/></a:ext></a:extLst></wp:docPr>'
    plain = picture('r:embed="pic"', 'descr="Told too"').replace(
        "/><a:graphic>", f">{decorative}<a:graphic>"
    )
    return docx(
        p(picture('r:embed="pic"', 'descr="A dot"'))
        + p("Words ", picture('r:embed="pic"'), " round it")
        + p(picture('r:embed="pic"', 'title="Only a title"'))
        + p(plain)
        + p(vml)
        + p(picture('r:embed="drawn"', 'descr="A drawing"'))
        + p(picture('r:embed="scan"'))
        + p(picture('r:embed="text"', 'descr="No picture"'))
        + p(picture('r:link="far"', 'descr="Far"'))
        + p(picture('r:embed="gone"'))
        + p(picture('r:embed="out"'))
        + p(picture('r:embed="nowhere"'))
        + p(picture('r:embed="pic"', 'hidden="1" descr="Hidden"')),
        ("pic", "image", "media/a.jpeg"),
        ("drawn", "image", "media/b.emf"),
        ("scan", "image", "media/c.png"),
        ("text", "image", "media/d.png"),
        ("far", "image", "https://example.org/e.jpg?size=2", True),
        ("gone", "image", "media/gone.png"),
        ("out", "image", "../../etc/passwd"),
        word__media__a_dot_jpeg=PNG,
        word__media__b_dot_emf=_EMF,
        word__media__c_dot_png=_TIFF,
        word__media__d_dot_png=b"Hello, world",
    )


def links() -> bytes:
    web = '<w:hyperlink r:id="{}"{}>{}</w:hyperlink>'.format
    blue = '<w:color w:val="0000FF"/><w:u w:val="single"/>'
    return docx(
        p("See ", web("web", "", r("the ", blue) + r("site", "<w:b/>")), ".")
        + p(
            web("web", ' w:anchor="top"', r("its top")), " ", web("", ' w:anchor="here"', r("here"))
        )
        + p(web("gone", "", r("a link to nothing")))
        + p(
            '<w:bookmarkStart w:id="1" w:name="here"/>',
            "A bookmark",
            '<w:bookmarkStart w:id="2" w:name="_GoBack"/>',
        )
        + '<w:bookmarkStart w:id="3" w:name="between"/>'
        + p(field('HYPERLINK "https://example.org/a b" \\o "Tip"', r("complex")))
        + p(field('HYPERLINK \\l "here"', r("to the bookmark")))
        + p(
            '<w:fldSimple w:instr="HYPERLINK &quot;mailto:a@b.org&quot;">'
            f"{r('simple')}</w:fldSimple>",
        )
        + p(
            "As ",
            field("REF here \\h", r("a bookmark")),
            " says on page ",
            field("PAGEREF here", r("4")),
        )
        + p(BEGIN, code("HYPERLINK "), code('"https://example.org"'), APART, "begins here")
        + p("and ends here", END, ", not here")
        + p(field('IF 1 = 1 "' + "yes", r("nested ") + field("PAGE", r("7"))))
        + p(
            BEGIN,
            code("IF "),
            BEGIN,
            code("MERGEFIELD a"),
            APART,
            r("never shown"),
            END,
            code(" = 1"),
            APART,
            r("shown"),
            END,
        )
        + p(
            BEGIN,
            code('SYMBOL 252 \\f "Wingdings"'),
            END,
            " ",
            BEGIN,
            code("MACROBUTTON Run Press here"),
            END,
        )
        + p(web("web", "", picture('r:embed="pic"'))),
        ("web", "hyperlink", "https://example.org/x", True),
        ("pic", "image", "media/a.png"),
        word__media__a_dot_png=PNG,
    )


def notes() -> bytes:
    mark = '<w:r><w:{}Reference w:id="{}"/></w:r>'.format
    note = '<w:{0} w:id="{1}"{3}>{2}</w:{0}>'.format
    own = "<w:r><w:footnoteRef/></w:r>"
    return docx(
        p(
            "One",
            mark("footnote", 7),
            " two",
            mark("endnote", 2),
            " three",
            mark("footnote", 3),
            ".",
        )
        + p("Once more", mark("footnote", 7)),
        footnotes=note("footnote", -1, p(), ' w:type="separator"')
        + note("footnote", 3, p(own, " Second to be named"), "")
        + note("footnote", 7, p(own, " First to be named") + p("in two paragraphs"), "")
        + note("footnote", 9, p("Nobody names it"), ""),
        endnotes=note("endnote", 2, p("At the end"), ""),
    )


def boxes() -> bytes:
    shape = _SHAPE.format
    inner = _CHOICE.format("wps", shape("", _box(p("Box in a box"))), _vml_box(p("twice")))
    group = (
        "<w:drawing><wp:inline><wp:docPr id='3' name='G'/><wpg:wgp><wps:wsp>"
        + _box(p("left"))
        + "</wps:wsp><pic:pic><pic:nvPicPr><pic:cNvPr id='1' name='x' descr='In a group'/>"
        "</pic:nvPicPr><pic:blipFill><a:blip r:embed='pic'/></pic:blipFill></pic:pic></wpg:wgp>"
        "</wp:inline></w:drawing>"
    )
    art = '<w:r><w:pict><v:shape><v:textpath string="Word Art"/></v:shape></w:pict></w:r>'
    return docx(
        p(
            "Before ",
            _CHOICE.format(
                "wps", shape("", _box(p("Box"), table(row("in it")))), _vml_box(p("Box"))
            ),
            "after",
        )
        + p(f"<w:r>{_vml_box(p('VML'), p('of two'))}</w:r>")
        + p(_CHOICE.format("wps", shape("", _box(p("Outer ", inner))), ""))
        + p(_CHOICE.format("nobody", r("never"), "<w:t>the fallback</w:t>"))
        + p(f"<w:r>{group}</w:r>")
        + p(art)
        + p("<w:r>" + shape("A red arrow", "<wps:spPr/>") + "</w:r>")
        + item("listed, with ")
        + p(f"<w:r>{_vml_box(p('of the item'))}</w:r>", properties=_numbered(1, 0))
        + table(row(cell(p(f"<w:r>{_vml_box(p('in a cell'))}</w:r>")))),
        ("pic", "image", "media/a.png"),
        numbering=numbering(level(0, "decimal", "%1.")),
        word__media__a_dot_png=PNG,
    )


def signs() -> bytes:
    sym = '<w:r><w:sym w:font="{}" w:char="{}"/></w:r>'.format
    return docx(
        p(
            sym("Wingdings", "F0FC"),
            " ",
            sym("Wingdings", "F0A8"),
            " ",
            sym("Wingdings", "F0FE"),
            " ",
            sym("Symbol", "F061"),
            " ",
            sym("Wingdings 2", "F052"),
            " ",
            sym("Wingdings", "F0E0"),
            " ",
            sym("Unknown", "263A"),
            sym("Wingdings", "nonsense"),
            sym("Wingdings", "F0FFFFFF"),
        )
        + p(r("\uf0fc done", '<w:rFonts w:ascii="Wingdings"/>'))
        + p(r("l", '<w:rFonts w:ascii="Symbol"/>'), "-calculus")
        + p("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/><w:t>d</w:t></w:r>")
        + p(
            "<w:r><w:t>co</w:t><w:noBreakHyphen/><w:t>op, soft</w:t><w:softHyphen/>"
            "<w:t>ly</w:t></w:r>"
        )
        + p(
            "<w:r><w:t>  trimmed </w:t></w:r>",
            r(" kept\nhere "),
            "end",
        )
        + p(
            "<w:ruby><w:rubyPr/><w:rt>"
            + r("かん")
            + "</w:rt><w:rubyBase>"
            + r("漢")
            + "</w:rubyBase></w:ruby>"
        ),
    )


def controls() -> bytes:
    def control(properties: str, content: str) -> str:
        return (
            f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"
        )

    choices = (
        '<w:dropDownList><w:listItem w:displayText="Yes" w:value="1"/><w:listItem w:value="No"/>'
        "</w:dropDownList>"
    )
    box = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/>'
        "<w:checked/></w:checkBox></w:ffData></w:fldChar></w:r>"
        "<w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    list_ = box.replace(
        '<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>',
        '<w:ddList><w:result w:val="1"/><w:listEntry w:val="Red"/><w:listEntry w:val="Blue"/>'
        "</w:ddList>",
    ).replace("FORMCHECKBOX", "FORMDROPDOWN")
    return docx(
        control("", p("A block") + p("of two"))
        + p("Chosen: ", control(choices, r("Yes")))
        + p("Date: ", control("<w:showingPlcHdr/><w:date/>", r("Click to enter a date.")))
        + control("<w:showingPlcHdr/>", p("Click here."))
        + p(control("<w14:checkbox><w14:checked w14:val='1'/></w14:checkbox>", r("☒")), " done")
        + p(box, " old box, ", list_, " old list")
        + p(field("FORMTEXT", r("typed"))),
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
        header=p("Course ", picture('r:embed="logo"')) + p(_CHOICE.format("wps", "", "")),
        footer=p("Page ", field("PAGE", r("1"))),
    )


def equations() -> bytes:
    t = "<m:r><m:t>{}</m:t></m:r>".format
    e = "<m:e>{}</m:e>".format
    square = f"<m:sSup>{e(t('x'))}<m:sup>{t('2')}</m:sup></m:sSup>"
    half = f"<m:f><m:num>{t('a+b')}</m:num><m:den>{t('2')}</m:den></m:f>"
    root = f"<m:rad><m:deg/>{e(t('x+1'))}</m:rad>"
    total = (
        '<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>'
        + t("i=1")
        + "</m:sub><m:sup>"
        + t("n")
        + f"</m:sup>{e(t('i'))}</m:nary>"
    )
    rows = f"<m:mr>{e(t('1'))}{e(t('0'))}</m:mr><m:mr>{e(t('0'))}{e(t('1'))}</m:mr>"
    brackets = "<m:dPr><m:begChr m:val='['/><m:endChr m:val=']'/></m:dPr>"
    matrix = f"<m:d>{brackets}{e(f'<m:m>{rows}</m:m>')}</m:d>"
    function = f"<m:func><m:fName>{t('sin')}</m:fName>{e(t('x'))}</m:func>"
    return docx(
        p("Where ", f"<m:oMath>{square}</m:oMath>", " is the area.")
        + f"<m:oMathPara><m:oMath>{t('y=')}{half}</m:oMath></m:oMathPara>"
        + p(f"<m:oMathPara><m:oMath>{root}{t('+')}{total}</m:oMath></m:oMathPara>")
        + p(f"<m:oMath>{matrix}{function}</m:oMath>")
        + p(BEGIN, code("EQ \\f(1;2)"), END, "a field"),
    )


def hidden() -> bytes:
    styles = style("Secret", "Secret", "<w:rPr><w:vanish/></w:rPr>") + style(
        "Whisper", "Whisper", "<w:rPr><w:vanish/></w:rPr>", "character"
    )
    return docx(
        p("Seen ", r("not seen", "<w:vanish/>"), " seen")
        + p("A whole paragraph", style="Secret")
        + p(
            r("hidden by a style", '<w:rStyle w:val="Whisper"/>'),
            r("shown all the same", '<w:rStyle w:val="Whisper"/><w:vanish w:val="0"/>'),
        ),
        styles=styles,
    )


def embedded() -> bytes:
    graphic = (
        "<w:r><w:drawing><wp:inline><wp:docPr id='1' name='C' descr='{}'/>"
        "<a:graphic>{}</a:graphic></wp:inline></w:drawing></w:r>"
    ).format
    chart = (
        "<c:chartSpace xmlns:c='http://schemas.openxmlformats.org/drawingml/2006/chart' "
        "xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'><a:t>Rain in mm</a:t>"
        "<c:cat><c:strRef><c:strCache><c:pt><c:v>May</c:v></c:pt></c:strCache></c:strRef></c:cat>"
        "<c:val><c:numRef><c:numCache><c:pt><c:v>42</c:v></c:pt></c:numCache></c:numRef></c:val></c:chartSpace>"
    )
    art = (
        "<dgm:dataModel xmlns:dgm='http://schemas.openxmlformats.org/drawingml/2006/diagram' "
        "xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'><dgm:pt><a:t>Sow</a:t></dgm:pt>"
        "<dgm:pt><a:t>Water</a:t></dgm:pt></dgm:dataModel>"
    )
    file = (
        '<w:r><w:object><v:shape><v:imagedata r:id="pic"/></v:shape>'
        '<o:OLEObject ProgID="Excel.Sheet.12" r:id="sheet"/></w:object></w:r>'
    )
    return docx(
        p("A chart: ", graphic("Rain", '<c:chart r:id="chart"/>'))
        + p(graphic("", '<dgm:relIds r:dm="art"/>'))
        + p("A file: ", file)
        + p('<w:r><w:object><w:control r:id="x" w:name="Button1"/></w:object></w:r>', "A control")
        + p(file.replace("Excel.Sheet.12", "Equation.3"))
        + p(
            graphic(
                "A film",
                "<pic:pic><pic:blipFill><a:blip r:embed='pic'><a:extLst><a:ext><wp15:webVideoPr "
                "embeddedHtml='&lt;iframe src=&quot;https://example.org/film&quot;>'/></a:ext>"
                "</a:extLst></a:blip></pic:blipFill></pic:pic>",
            )
        )
        + '<w:altChunk r:id="page"/>',
        ("chart", "chart", "charts/chart1.xml"),
        ("art", "diagramData", "diagrams/data1.xml"),
        ("pic", "image", "media/a.png"),
        ("sheet", "package", "embeddings/a.xlsx"),
        ("page", "aFChunk", "page.html"),
        word__charts__chart1_dot_xml=chart,
        word__diagrams__data1_dot_xml=art,
        word__media__a_dot_png=PNG,
        word__embeddings__a_dot_xlsx=b"PK",
        word__page_dot_html="<p>Hello</p>",
    )


def contents() -> bytes:
    begin = BEGIN + code('TOC \\o "1-3"') + APART
    line = '<w:hyperlink w:anchor="_Toc1">{}</w:hyperlink>'.format(
        r("First") + "<w:r><w:tab/></w:r>" + field("PAGEREF _Toc1", r("1"))
    )
    gallery = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
        "</w:sdtPr><w:sdtContent>"
        + p("Contents", style="H1")
        + p(begin, line)
        + p(END)
        + "</w:sdtContent></w:sdt>"
    )
    return docx(
        gallery
        + p('<w:bookmarkStart w:id="1" w:name="_Toc1"/>', "First", style="H1")
        + p(begin, "without a control")
        + p("in two lines", END)
        + p("Text after it")
        + p(begin, "never ends")
        + p("Second", style="H1")
        + p("Text that stays")
        + p(END),
        styles=_HEADED,
    )


def pages() -> bytes:
    section = "<w:sectPr>{}</w:sectPr>".format
    page = '<w:r><w:br w:type="page"/></w:r>'
    return docx(
        p("One", page, "two", page)
        + p("three", properties=section(""))
        + p("not a page", properties=section('<w:type w:val="continuous"/>'))
        + p("a page", properties="<w:pageBreakBefore/>")
        + p(page)
        + p("A head ", page, "in two", style="H1")
        + p("A column<", '<w:r><w:br w:type="column"/></w:r>', "goes on", style="New")
        + section('<w:type w:val="nextPage"/>'),
        styles=_HEADED + style("New", "New", "<w:pPr><w:pageBreakBefore/></w:pPr>"),
    )


def arabic() -> bytes:
    styles = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-US" w:bidi="ar-SA"/></w:rPr>'
        "</w:rPrDefault></w:docDefaults>"
    )
    return docx(
        p(r("سقاية النباتات", "<w:rtl/>"), properties="<w:bidi/>")
        + p(r("مرة في الأسبوع", "<w:rtl/><w:b/><w:bCs/>"), properties="<w:bidi/>")
        + p("One English line"),
        styles=styles,
    )


def strict() -> bytes:
    content = docx(
        p("Strict ", r("bold", '<w:b w:val="true"/>'), style="H1")
        + p(picture('r:embed="pic"', 'descr="A dot"'))
        + p("Indented", properties='<w:ind w:start="36pt"/>'),
        ("pic", "image", "media/a.png"),
        styles=_HEADED,
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


def broken_fields() -> bytes:
    return docx(
        p(BEGIN, code("TOC"), "a field that never ends")
        + p("Text that stays")
        + p(END, END, END, "ends without a beginning"),
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


def quotes_and_titles() -> bytes:
    styles = "".join(
        (
            style("T", "Title"),
            style("S", "Untertitel"),
            style("Q", "Quote"),
            style("I", "Intensives Zitat"),
            style("Own", "House quotation", '<w:basedOn w:val="Q"/>'),
            style("N", "Normal").replace("<w:style ", '<w:style w:default="1" '),
            style("L", "List Paragraph", '<w:basedOn w:val="N"/>'),
            style("Loop1", "Loop 1", '<w:basedOn w:val="Loop2"/>'),
            style("Loop2", "Loop 2", '<w:basedOn w:val="Loop1"/>'),
        )
    )
    return docx(
        "".join(
            p(f"Style {one}", style=one) for one in ("T", "S", "Q", "I", "Own", "N", "L", "Loop1")
        ),
        styles=styles,
    )


def hand_out() -> bytes:
    """What courses are made of: questions with lettered answers, and a checklist to sign."""
    document = Document()
    document.add_heading("Induction", 1)
    document.add_paragraph("Read this on your first day.")
    for at, words in enumerate(("Where is the first-aid box?", "Who is the safety lead?"), 1):
        document.add_paragraph(f"{at}. {words}")
        for letter, answer in zip(
            "abc", ("In the hall", "In the shed", "Nobody knows"), strict=True
        ):
            run = document.add_paragraph().add_run(f"{letter}) {answer}")
            run.bold = letter == "a"
    grid = document.add_table(3, 4)
    for at, head in enumerate(("Question", "Answer", "Date", "Further reading")):
        grid.cell(0, at).text = head
    grid.cell(1, 0).text = "I know where the box is."
    grid.cell(2, 0).text = "Signature:"
    properties = grid.rows[0]._tr.get_or_add_trPr()
    properties.append(properties.makeelement(qn("w:tblHeader"), {}))
    return _saved(document)


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


DOCUMENTS: tuple[Callable[[], bytes], ...] = (
    *(
        headings,
        by_python_docx,
        marks,
        lists,
        numerals,
        numbers_by_links,
        tables,
        captions,
        pictures,
    ),
    *(links, notes, boxes, signs, controls, changes, edges, equations, hidden, embedded, contents),
    *(pages, arabic, strict, odd_names, broken_fields, odd_elements, quotes_and_titles, hand_out),
    with_macros,
    empty,
)
