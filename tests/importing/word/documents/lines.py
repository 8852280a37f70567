"""What stands in a line of a Word file: looks, links, notes, signs, fields, controls, what is
hidden or written from the right."""

from __future__ import annotations

from tests.importing.word.files import (
    APART,
    BEGIN,
    END,
    HEADED,
    PNG,
    code,
    docx,
    field,
    p,
    picture,
    r,
    style,
)


def marks() -> bytes:
    styles = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:color w:val="333333"/></w:rPr></w:rPrDefault>'
        "</w:docDefaults>"
        + HEADED
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


def broken_fields() -> bytes:
    return docx(
        p(BEGIN, code("TOC"), "a field that never ends")
        + p("Text that stays")
        + p(END, END, END, "ends without a beginning"),
    )
