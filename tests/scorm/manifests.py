"""Manifests that say what they test: each is the plainest one with one thing changed."""

NAMESPACES = (
    'xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"'
    ' xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"'
    ' xmlns:imsmd="http://www.imsglobal.org/xsd/imsmd_rootv1p2p1"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
PLAIN = f"""<manifest {NAMESPACES} identifier="M" version="1.0">
  <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
  <organizations default="O">
    <organization identifier="O">
      <title>Course</title>
      <item identifier="I" identifierref="R" isvisible="true"><title>Part</title></item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="R" type="webcontent" href="index.html" adlcp:scormtype="sco">
      <file href="index.html"/>
    </resource>
  </resources>
</manifest>"""

VERSION = "<schemaversion>1.2</schemaversion>"
TITLE = "<title>Part</title>"
FILE = '<file href="index.html"/>'
ITEM = f'<item identifier="I" identifierref="R" isvisible="true">{TITLE}</item>'


def word(name: str, value: str) -> str:
    return (
        f"<imsmd:{name}><imsmd:source>{lang('LOMv1.0', 'x-none')}</imsmd:source>"
        f"<imsmd:value>{lang(value, 'x-none')}</imsmd:value></imsmd:{name}>"
    )


def lang(text: str, language: str = "en") -> str:
    return f'<imsmd:langstring xml:lang="{language}">{text}</imsmd:langstring>'


def text(name: str, *texts: str) -> str:
    return f"<imsmd:{name}>{''.join(map(lang, texts))}</imsmd:{name}>"


def lom(*categories: str) -> tuple[str, str]:
    return VERSION, f"{VERSION}<imsmd:lom>{''.join(categories)}</imsmd:lom>"


def in_item(*elements: str) -> tuple[str, str]:
    return TITLE, TITLE + "".join(elements)


TIME = "<imsmd:datetime>2026-01-31</imsmd:datetime>" + text("description", "Soon")
VCARD = "<imsmd:vcard>BEGIN:VCARD END:VCARD</imsmd:vcard>"
CATALOG = "<imsmd:catalog>C</imsmd:catalog>" + text("entry", "E")

GOOD = {
    "plain": ("", ""),
    "no metadata": (
        f"<metadata><schema>ADL SCORM</schema>{VERSION}</metadata>",
        "",
    ),
    "metadata empty": (f"<metadata><schema>ADL SCORM</schema>{VERSION}</metadata>", "<metadata/>"),
    "metadata elsewhere": (VERSION, f"{VERSION}<adlcp:location>md.xml</adlcp:location>"),
    "another edition, which only other checks see": (">1.2<", ">2004 3rd Edition<"),
    "no version": (' version="1.0"', ""),
    "version of 20": ('version="1.0"', f'version="{"1" * 20}"'),
    "xml:lang on the manifest": ('identifier="M"', 'identifier="M" xml:lang="en"'),
    "xml:base on the manifest": ('identifier="M"', 'identifier="M" xml:base="content/"'),
    "xml:base on the resources": ("<resources>", '<resources xml:base="content/">'),
    "no default": (' default="O"', ""),
    "default of nothing, which only other checks see": ('default="O"', 'default="X"'),
    "no organization": (
        f'<organization identifier="O">\n      <title>Course</title>\n      {ITEM}\n'
        "    </organization>",
        "",
    ),
    "organization without a title": ("<title>Course</title>", ""),
    "structure": ('identifier="O"', 'identifier="O" structure="flat"'),
    "title of 200": (TITLE, f"<title>{'é' * 200}</title>"),
    "title empty": (TITLE, "<title/>"),
    "items within items": (
        TITLE,
        f'{TITLE}<item identifier="I1"><item identifier="I2"><title>Deep</title></item></item>',
    ),
    "item metadata": in_item("<metadata><schema>ADL SCORM</schema></metadata>"),
    "item with a dangling reference": ('identifierref="R"', 'identifierref="X"'),
    "item hidden by 0": ('isvisible="true"', 'isvisible="0"'),
    "item parameters": ('isvisible="true"', 'parameters="?a=1#b"'),
    "item all of adlcp": in_item(
        '<adlcp:prerequisites type="aicc_script">I&amp;~O</adlcp:prerequisites>',
        "<adlcp:maxtimeallowed>0001:00:00.00</adlcp:maxtimeallowed>",
        "<adlcp:timelimitaction>exit,no message</adlcp:timelimitaction>",
        f"<adlcp:datafromlms>{'d' * 255}</adlcp:datafromlms>",
        "<adlcp:masteryscore>80</adlcp:masteryscore>",
    ),
    "item adlcp in another order": in_item(
        "<adlcp:masteryscore>80</adlcp:masteryscore>",
        "<adlcp:timelimitaction>continue,message</adlcp:timelimitaction>",
    ),
    "mastery score too high, which only other checks see": in_item(
        "<adlcp:masteryscore>200</adlcp:masteryscore>"
    ),
    "asset": ('scormtype="sco"', 'scormtype="asset"'),
    "no scormtype": (' adlcp:scormtype="sco"', ""),
    "no href": (' href="index.html" adlcp', " adlcp"),
    "no file": (FILE, ""),
    "file with metadata": (FILE, '<file href="a"><metadata/></file>'),
    "file with a space and an accent": (FILE, '<file href="a b/é%20.html"/>'),
    "dependency": (FILE, f'{FILE}<dependency identifierref="R"/>'),
    "a manifest within": (
        "</resources>",
        '</resources><manifest identifier="M2"><organizations/><resources/></manifest>',
    ),
    "lom empty": lom(),
    "lom general": lom(
        "<imsmd:general>",
        "<imsmd:identifier>reserved</imsmd:identifier>",
        text("title", "One", "Two"),
        f"<imsmd:catalogentry>{CATALOG}</imsmd:catalogentry>" * 2,
        "<imsmd:language>en</imsmd:language>" * 2,
        text("description", "D") + text("keyword", "K") * 3 + text("coverage", "C"),
        word("structure", "Linear") + word("aggregationlevel", "2"),
        "</imsmd:general>",
    ),
    "lom text among the elements": lom(
        "<imsmd:general>Text", text("title", "T"), "</imsmd:general>"
    ),
    "lom ends in another namespace": lom(
        "<imsmd:general>", text("title", "T"), "<title>Foreign</title></imsmd:general>"
    ),
    "lom lifecycle": lom(
        "<imsmd:lifecycle>",
        text("version", "1.0") + word("status", "Final"),
        f"<imsmd:contribute>{word('role', 'Author')}<imsmd:centity>{VCARD}</imsmd:centity>",
        f"<imsmd:date>{TIME}</imsmd:date></imsmd:contribute>",
        "</imsmd:lifecycle>",
    ),
    "lom metametadata": lom(
        "<imsmd:metametadata><imsmd:identifier>x</imsmd:identifier>",
        f"<imsmd:catalogentry>{CATALOG}</imsmd:catalogentry>",
        f"<imsmd:contribute>{word('role', 'Creator')}</imsmd:contribute>",
        "<imsmd:metadatascheme>ADL SCORM 1.2</imsmd:metadatascheme>",
        "<imsmd:language>en</imsmd:language></imsmd:metametadata>",
    ),
    "lom technical": lom(
        "<imsmd:technical><imsmd:format>text/html</imsmd:format><imsmd:size>1200</imsmd:size>",
        '<imsmd:location type="TEXT">Shelf 2</imsmd:location><imsmd:location>a</imsmd:location>',
        f"<imsmd:requirement>{word('type', 'Browser')}{word('name', 'Any')}",
        "<imsmd:minimumversion>1</imsmd:minimumversion>",
        "<imsmd:maximumversion>2</imsmd:maximumversion></imsmd:requirement>",
        text("installationremarks", "None") + text("otherplatformrequirements", "None"),
        f"<imsmd:duration>{TIME}</imsmd:duration></imsmd:technical>",
    ),
    "lom educational": lom(
        "<imsmd:educational>",
        *(
            word(name, "v")
            for name in (
                "interactivitytype",
                "learningresourcetype",
                "interactivitylevel",
                "semanticdensity",
                "intendedenduserrole",
                "context",
            )
        ),
        text("typicalagerange", "18-99") + word("difficulty", "easy"),
        f"<imsmd:typicallearningtime>{TIME}</imsmd:typicallearningtime>",
        text("description", "D") + "<imsmd:language>en</imsmd:language></imsmd:educational>",
    ),
    "lom rights": lom(
        "<imsmd:rights>",
        word("cost", "no") + word("copyrightandotherrestrictions", "yes"),
        text("description", "Free") + "</imsmd:rights>",
    ),
    "lom relation": lom(
        f"<imsmd:relation>{word('kind', 'IsPartOf')}",
        f"<imsmd:resource><imsmd:identifier>x</imsmd:identifier>{text('description', 'D')}",
        f"<imsmd:catalogentry>{CATALOG}</imsmd:catalogentry></imsmd:resource></imsmd:relation>",
    ),
    "lom annotation": lom(
        f"<imsmd:annotation><imsmd:person>{VCARD}</imsmd:person><imsmd:date>{TIME}</imsmd:date>",
        text("description", "D") + "</imsmd:annotation>",
    ),
    "lom classification": lom(
        f"<imsmd:classification>{word('purpose', 'Educational Objective')}",
        f"<imsmd:taxonpath><imsmd:source>{lang('S')}</imsmd:source>",
        f"<imsmd:taxon><imsmd:id>1</imsmd:id>{text('entry', 'E')}",
        "<imsmd:taxon><imsmd:id>2</imsmd:id></imsmd:taxon></imsmd:taxon></imsmd:taxonpath>",
        text("description", "D") + text("keyword", "K") + "</imsmd:classification>",
    ),
}

BAD = {
    "no identifier": (' identifier="M"', ""),
    "identifier starts with a digit": ('identifier="M"', 'identifier="1M"'),
    "identifier with a colon": ('identifier="M"', 'identifier="a:M"'),
    "identifier of an item is that of its organization": ('identifier="I"', 'identifier="O"'),
    "version of 21": ('version="1.0"', f'version="{"1" * 21}"'),
    "unknown attribute": ('identifier="M"', 'identifier="M" name="x"'),
    "unknown attribute of xml": ('identifier="M"', 'identifier="M" xml:space="preserve"'),
    "unknown attribute of adlcp": ("<resources>", '<resources adlcp:kind="x">'),
    "language that is none": ('identifier="M"', 'identifier="M" xml:lang="e_n"'),
    "text in the manifest": ("<resources>", "text<resources>"),
    "schema of 101": ("ADL SCORM", "A" * 101),
    "schemaversion of 21": (">1.2<", f">{'1' * 21}<"),
    "schemaversion before schema": (
        f"<schema>ADL SCORM</schema>{VERSION}",
        f"{VERSION}<schema>ADL SCORM</schema>",
    ),
    "metadata with an attribute": ("<metadata>", '<metadata xml:lang="en">'),
    "metadata twice": ("<organizations", "<metadata/><organizations"),
    "metadata after the organizations": ("<resources>", "<metadata/><resources>"),
    "organizations twice": ("<resources>", "<organizations/><resources>"),
    "no resources": (
        PLAIN[PLAIN.index("<resources>") : PLAIN.index("</resources>") + len("</resources>")],
        "",
    ),
    "default is no name": ('default="O"', 'default="O 1"'),
    "organization without an identifier": (' identifier="O"', ""),
    "structure of 201": ('identifier="O"', f'identifier="O" structure="{"s" * 201}"'),
    "title of 201": (TITLE, f"<title>{'é' * 201}</title>"),
    "title with an element": (TITLE, "<title><b>Part</b></title>"),
    "title twice": in_item(TITLE),
    "title after the items": (f"<title>Course</title>\n      {ITEM}", f"{ITEM}<title>C</title>"),
    "title after the mastery score": (
        TITLE,
        f"<adlcp:masteryscore>80</adlcp:masteryscore>{TITLE}",
    ),
    "item without an identifier": (' identifier="I"', ""),
    "item reference of 2001": ('identifierref="R"', f'identifierref="{"R" * 2001}"'),
    "item parameters of 1001": ('isvisible="true"', f'parameters="{"p" * 1001}"'),
    "item visible yes": ('isvisible="true"', 'isvisible="yes"'),
    "item metadata after adlcp": in_item("<adlcp:masteryscore>80</adlcp:masteryscore><metadata/>"),
    "item with an element nobody declares": in_item("<x:y xmlns:x='urn:x'/>"),
    "item with a file": in_item(FILE),
    "adlcp unknown": in_item("<adlcp:passingscore>80</adlcp:passingscore>"),
    "adlcp prerequisites without type": in_item("<adlcp:prerequisites>I</adlcp:prerequisites>"),
    "adlcp prerequisites of 201": in_item(
        f'<adlcp:prerequisites type="aicc_script">{"I" * 201}</adlcp:prerequisites>'
    ),
    "adlcp prerequisites in another language": in_item(
        '<adlcp:prerequisites type="javascript">I</adlcp:prerequisites>'
    ),
    "adlcp time of 14": in_item("<adlcp:maxtimeallowed>00001:00:00.00</adlcp:maxtimeallowed>"),
    "adlcp action with a space": in_item(
        "<adlcp:timelimitaction>exit, message</adlcp:timelimitaction>"
    ),
    "adlcp data of 256": in_item(f"<adlcp:datafromlms>{'d' * 256}</adlcp:datafromlms>"),
    "adlcp mastery score of 201": in_item(f"<adlcp:masteryscore>{'8' * 201}</adlcp:masteryscore>"),
    "adlcp location of 2001": (VERSION, f"<adlcp:location>{'l' * 2001}</adlcp:location>"),
    "adlcp schema of another edition": (VERSION, "<adlcp:schemaversion>1.3</adlcp:schemaversion>"),
    "adlcp scormtype in capitals": ('scormtype="sco"', 'scormtype="SCO"'),
    "adlcp scormType": ("adlcp:scormtype", "adlcp:scormType"),
    "scormtype without a namespace": ("adlcp:scormtype", "scormtype"),
    "resource without an identifier": (' identifier="R"', ""),
    "resource without a type": (' type="webcontent"', ""),
    "resource type of 1001": ("webcontent", "w" * 1001),
    "resource href of 2001": ('href="index.html" adlcp', f'href="{"h" * 2001}" adlcp'),
    "resources with metadata": ("<resources>", "<resources><metadata/>"),
    "file without href": (FILE, "<file/>"),
    "file after a dependency": (FILE, f'<dependency identifierref="R"/>{FILE}'),
    "dependency without a reference": (FILE, f"{FILE}<dependency/>"),
    "lom twice in one": lom("<imsmd:lom/>"),
    "lom categories in another order": lom("<imsmd:rights/><imsmd:general/>"),
    "lom general twice": lom("<imsmd:general/><imsmd:general/>"),
    "lom text in lom": lom("text"),
    "lom foreign in lom": lom("<title>T</title>"),
    "lom title without a langstring": lom(
        "<imsmd:general><imsmd:title>T</imsmd:title></imsmd:general>"
    ),
    "lom keyword before description": lom(
        "<imsmd:general>", text("keyword", "K"), text("description", "D"), "</imsmd:general>"
    ),
    "lom catalogentry without entry": lom(
        "<imsmd:general><imsmd:catalogentry><imsmd:catalog>C</imsmd:catalog>"
        "</imsmd:catalogentry></imsmd:general>"
    ),
    "lom value before source": lom(
        f"<imsmd:lifecycle><imsmd:status><imsmd:value>{lang('Final')}</imsmd:value>"
        f"<imsmd:source>{lang('LOMv1.0')}</imsmd:source></imsmd:status></imsmd:lifecycle>"
    ),
    "lom source with two langstrings": lom(
        f"<imsmd:lifecycle><imsmd:status><imsmd:source>{lang('a') * 2}</imsmd:source>"
        f"<imsmd:value>{lang('b')}</imsmd:value></imsmd:status></imsmd:lifecycle>"
    ),
    "lom contribute without a role": lom("<imsmd:lifecycle><imsmd:contribute/></imsmd:lifecycle>"),
    "lom size in words": lom("<imsmd:technical><imsmd:size>large</imsmd:size></imsmd:technical>"),
    "lom location of another type": lom(
        '<imsmd:technical><imsmd:location type="URL">a</imsmd:location></imsmd:technical>'
    ),
    "lom person without a vcard": lom("<imsmd:annotation><imsmd:person/></imsmd:annotation>"),
    "lom two taxons in one": lom(
        "<imsmd:classification><imsmd:taxonpath><imsmd:taxon/><imsmd:taxon/>"
        "</imsmd:taxonpath></imsmd:classification>"
    ),
    "lom langstring in no language": lom(
        f"<imsmd:general><imsmd:title>{lang('T', '')}</imsmd:title></imsmd:general>"
    ),
    "lom in the namespace of an older version": (
        VERSION,
        f'{VERSION}<lom xmlns="http://www.imsglobal.org/xsd/imsmd_v1p2"/>',
    ),
}


def changed(edit: tuple[str, str]) -> str:
    """The plain manifest with one thing changed."""
    before, after = edit
    assert not before or PLAIN.count(before) == 1, before
    return PLAIN.replace(before, after) if before else PLAIN
