"""How Word files are divided: headings, lists and their numbers, pages, a table of contents."""

from __future__ import annotations

from tests.importing.word.files import (
    APART,
    BEGIN,
    END,
    HEADED,
    code,
    docx,
    field,
    item,
    level,
    numbered,
    numbering,
    p,
    r,
    style,
)


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
    body = "".join(p("x", properties=numbered(at + 1, 0)) + p("–") for at in range(len(lists) - 2))
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
        styles=HEADED,
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
        styles=HEADED + style("New", "New", "<w:pPr><w:pageBreakBefore/></w:pPr>"),
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
