"""What stands between the lines of a Word file: tables, pictures, text boxes, embedded files."""

from __future__ import annotations

from tests.importing.word.files import (
    CHOICE,
    PNG,
    cell,
    docx,
    item,
    level,
    numbered,
    numbering,
    p,
    picture,
    r,
    row,
    style,
    table,
)

_EMF = b"\x01\0\0\0" + bytes(36) + b" EMF" + bytes(40)
_TIFF = b"II*\0" + bytes(20)
_SHAPE = (
    "<w:drawing><wp:anchor><wp:docPr id='1' name='Box' descr='{}'/><a:graphic><a:graphicData>"
    "<wps:wsp>{}</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
)


def _box(*blocks: str) -> str:
    return f"<wps:txbx><w:txbxContent>{''.join(blocks)}</w:txbxContent></wps:txbx>"


def _vml_box(*blocks: str) -> str:
    inside = f"<w:txbxContent>{''.join(blocks)}</w:txbxContent>"
    return f"<w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict>"


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


def boxes() -> bytes:
    shape = _SHAPE.format
    inner = CHOICE.format("wps", shape("", _box(p("Box in a box"))), _vml_box(p("twice")))
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
            CHOICE.format(
                "wps", shape("", _box(p("Box"), table(row("in it")))), _vml_box(p("Box"))
            ),
            "after",
        )
        + p(f"<w:r>{_vml_box(p('VML'), p('of two'))}</w:r>")
        + p(CHOICE.format("wps", shape("", _box(p("Outer ", inner))), ""))
        + p(CHOICE.format("nobody", r("never"), "<w:t>the fallback</w:t>"))
        + p(f"<w:r>{group}</w:r>")
        + p(art)
        + p("<w:r>" + shape("A red arrow", "<wps:spPr/>") + "</w:r>")
        + item("listed, with ")
        + p(f"<w:r>{_vml_box(p('of the item'))}</w:r>", properties=numbered(1, 0))
        + table(row(cell(p(f"<w:r>{_vml_box(p('in a cell'))}</w:r>")))),
        ("pic", "image", "media/a.png"),
        numbering=numbering(level(0, "decimal", "%1.")),
        word__media__a_dot_png=PNG,
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
        + p(
            file.replace('<o:OLEObject ProgID="Excel.Sheet.12" r:id="sheet"', "<w:control"),
            "A circle",
        )
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
