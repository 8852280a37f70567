import re
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from builder.course.translations import Kind, Message
from builder.course.translations.values import Form
from builder.diagnostics.diagnostic import Position
from builder.translating import po_file, returned, xliff, xliff_reading
from builder.translating.comments import wanted
from builder.translating.markup import means_the_same, parse
from builder.translating.po_file import PoDocument
from builder.translating.returned import Merged
from builder.translating.update import update

LINK = "Ask **the [lead](lead.md)** or {{ name }}.[^why]"
POLISH = "Zapytaj **[kierownika](lead.md)** albo {{ name }}.[^why]"


def message(part: str, text: str, kind: Kind = "paragraph", limit: int | None = None) -> Message:
    form: Form = "answers" if kind == "answers" else "plain" if kind == "value" else "line"
    return Message(part, text, kind, Position("pages/one.md", 1, 1), "", limit, form)


def file(
    messages: Iterable[Message], translations: dict[str, str], fuzzy: tuple[str, ...] = ()
) -> PoDocument:
    """A PO file with these translations by text."""
    document = po_file.new({"Language": "pl"}, "A comment")
    update(document, [wanted(one) for one in messages])
    for entry in document.entries:
        entry.mark(stale=entry.po.msgid in fuzzy)
        entry.po.msgstr = translations.get(entry.po.msgid, "")
    return document


def written(messages: list[Message], document: PoDocument) -> str:
    entries = {one.key: one for one in document.entries}
    return xliff.write("plants", ("en-GB", "pl"), messages, entries).decode()


def read(content: str | bytes, messages: list[Message], document: PoDocument) -> tuple[Merged, ...]:
    raw = content.encode() if isinstance(content, str) else content
    units = xliff_reading.read(raw).units
    sent = tuple(returned.from_xliff(units, messages, document))
    return returned.merge(document, sent, messages)


def test_a_message_is_a_unit_with_protected_markup() -> None:
    messages = [message("page/one", LINK), message("question/q/a", "Yes & no", "option", 255)]
    assert (
        written(messages, file(messages, {LINK: POLISH}, fuzzy=(LINK,)))
        == """\
<?xml version='1.0' encoding='UTF-8'?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">
  <file original="pages/one.md" product-name="plants" source-language="en-GB" \
target-language="pl" datatype="plaintext">
    <body>
      <trans-unit id="bcd6e9db348842eff121" resname="page/one" restype="x-paragraph" \
xml:space="preserve">
        <source>Ask <g id="1" ctype="bold" equiv-text="**…**">the <g id="2" ctype="link" \
equiv-text="[…](lead.md)">lead</g></g> or <ph id="3" ctype="x-variable" \
equiv-text="{{ name }}">{{ name }}</ph>.<x id="4" ctype="x-footnote" equiv-text="[^why]"/></source>
        <target state="needs-review-translation">Zapytaj <g id="1" ctype="bold" \
equiv-text="**…**"><g id="2" ctype="link" equiv-text="[…](lead.md)">kierownika</g></g> albo \
<ph id="3" ctype="x-variable" equiv-text="{{ name }}">{{ name }}</ph>.<x id="4" \
ctype="x-footnote" equiv-text="[^why]"/></target>
        <note from="developer">A paragraph.</note>
      </trans-unit>
      <trans-unit id="2d16b8ebbecec00fd14e" resname="question/q/a" restype="x-option" \
xml:space="preserve" maxwidth="255" size-unit="char">
        <source>Yes &amp; no</source>
        <target state="needs-translation"/>
        <note from="developer">An option or item of a question. At most 255 characters.</note>
      </trans-unit>
    </body>
  </file>
</xliff>
"""
    )


def test_states_become_missing_stale_and_translated() -> None:
    texts = ["One", "Two", "Three"]
    messages = [message("page/one", text) for text in texts]
    document = file(messages, {"Two": "Dwa", "Three": "Trzy"}, fuzzy=("Two",))
    found = re.findall(r'state="([\w-]+)"', written(messages, document))
    assert found == ["needs-translation", "needs-review-translation", "final"]


def test_unchanged_xliff_changes_nothing() -> None:
    messages = [message("page/one", LINK), message("page/one", r"2 \* 3 &amp; 4")]
    document = file(messages, {LINK: POLISH, r"2 \* 3 &amp; 4": r"2 \* 3 i &quot;4&quot;"})
    document = po_file.parse(document.written().decode())
    found = read(written(messages, document), messages, document)
    assert [one.outcome for one in found] == ["unchanged", "unchanged"]
    assert not document.is_changed


def translate(content: str, target: str) -> str:
    """The file with a finished translation of its first unit."""
    return re.sub(
        r'<target state="[\w-]+"(?:/>|>.*?</target>)',
        lambda _: f'<target state="final">{target}</target>',
        content,
        count=1,
    )


def test_a_translation_takes_the_markup_of_the_source() -> None:
    messages = [message("page/one", LINK)]
    document = file(messages, {})
    target = (
        'O <ph id="3">{{ name }}</ph><x id="4"/> pyta '
        '<g id="1">się <g id="2" equiv-text="[…](evil.md)">kierownika</g></g> [x](y) *z*'
    )
    found = read(translate(written(messages, document), target), messages, document)
    assert [one.outcome for one in found] == ["taken"]
    assert document.entries[0].po.msgstr == (
        r"O {{ name }}[^why] pyta **się [kierownika](lead.md)** \[x\](y) \*z\*"
    )


@pytest.mark.parametrize(
    ("target", "text", "reason"),
    [
        ("Zapytaj", "Zapytaj", "it has lost “**…**”, “[…](lead.md)”, “{{ name }}”, “[^why]”"),
        (
            '<g id="1"><g id="2">a</g></g><ph id="3"/><x id="4"/><x id="9" equiv-text="{{ b }}"/>',
            "**[a](lead.md)**{{ name }}[^why]",
            "it has added “{{ b }}”",
        ),
        (
            '<g id="1"><g id="2">a</g></g><ph id="3"/><x id="4"/><ph id="3"/>',
            "**[a](lead.md)**{{ name }}[^why]{{ name }}",
            "it has added “<ph>”",
        ),
    ],
)
def test_lost_and_added_markup_makes_a_translation_stale(
    target: str, text: str, reason: str
) -> None:
    messages = [message("page/one", LINK)]
    document = file(messages, {})
    (found,) = read(translate(written(messages, document), target), messages, document)
    assert (found.outcome, found.reason) == ("taken as stale", reason)
    assert (document.entries[0].po.msgstr, document.entries[0].po.fuzzy) == (text, True)


def test_segments_and_line_ends_of_tools_do_not_matter() -> None:
    messages = [message("page/one", "One. Two.")]
    document = file(messages, {})
    target = '<mrk mtype="seg" mid="0">Raz.</mrk>\n    <mrk mtype="seg" mid="1">Dwa.</mrk>'
    read(translate(written(messages, document), target), messages, document)
    assert document.entries[0].po.msgstr == "Raz. Dwa."


def test_accepted_answers_keep_their_lines() -> None:
    messages = [message("question/q/answers", "cat\ndog", "answers", 255)]
    document = file(messages, {})
    read(translate(written(messages, document), "kot\npies\npsy"), messages, document)
    assert document.entries[0].po.msgstr == "kot\npies\npsy"


def test_a_stale_translation_stays_stale_in_a_tool_without_states() -> None:
    messages = [message("page/one", "One")]
    document = file(messages, {"One": "Raz"}, fuzzy=("One",))
    content = written(messages, document).replace(' state="needs-review-translation"', "")
    assert [one.outcome for one in read(content, messages, document)] == ["unchanged"]
    assert document.entries[0].po.fuzzy


def test_a_copied_source_text_is_not_a_translation() -> None:
    messages = [message("page/one", LINK)]
    document = file(messages, {})
    source = re.search(r"<source>(.*)</source>", written(messages, document))
    assert source
    content = translate(written(messages, document), source[1]).replace("final", "new")
    assert [one.outcome for one in read(content, messages, document)] == ["not translated"]


def test_another_finished_translation_is_a_conflict_and_stays() -> None:
    messages = [message("page/one", "One")]
    document = file(messages, {"One": "Raz"})
    (found,) = read(translate(written(messages, document), "Jeden"), messages, document)
    assert (found.outcome, found.sent.text, found.own) == ("conflict", "Jeden", "Raz")
    assert document.entries[0].po.msgstr == "Raz"


def test_a_conflict_says_which_markup_was_lost() -> None:
    messages = [message("page/one", "One {{ name }}")]
    document = file(messages, {"One {{ name }}": "Raz {{ name }}"})
    (found,) = read(translate(written(messages, document), "Jeden"), messages, document)
    assert (found.outcome, found.reason) == ("conflict", "it has lost “{{ name }}”")


def test_a_text_that_has_changed_since_is_taken_as_stale() -> None:
    before = [message("page/one/title", "One")]
    document = file(before, {"One": "Raz"})
    content = translate(written(before, document), "Jeden")
    now = [message("page/one/title", "Two")]
    update(document, [wanted(one) for one in now])
    (found,) = read(content, now, document)
    assert (found.outcome, found.reason) == ("outdated", "it was taken as stale")
    po = document.entries[0].po
    assert (po.msgid, po.msgstr, po.fuzzy, po.previous_msgid) == ("Two", "Jeden", True, "One")


def test_unknown_xliff_unit_is_kept_as_obsolete() -> None:
    messages = [message("page/one", "One"), message("page/one", "Two {{ name }}")]
    content = written(messages, file(messages, {"One": "Raz", "Two {{ name }}": "Dwa {{ name }}"}))
    document = file(messages[:1], {"One": "Raz"})
    found = read(content, messages[:1], document)
    assert [one.outcome for one in found] == ["unchanged", "unknown"]
    kept = document.entries[-1].po
    assert (kept.obsolete, kept.msgid) == (True, "Two {{ name }}")
    assert "{{ name }}" in kept.msgstr or "Dwa" in kept.msgstr


def test_a_file_of_another_course_is_refused() -> None:
    other = [message("page/other", "Other")]
    content = written(other, file(other, {"Other": "Inne"}))
    messages = [message("page/one", "One")]
    document = file(messages, {})
    with pytest.raises(returned.ForeignError):
        read(content, messages, document)
    assert len(document.entries) == 1


HEAD = '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">'
MANY = " ".join(f'a{number}="1"' for number in range(1001))
BOMB = '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]>'


@pytest.mark.parametrize(
    ("raw", "reason", "line"),
    [
        (f"{BOMB}{HEAD}</xliff>", "it has a DOCTYPE or an entity, which no XLIFF file needs", 1),
        (
            f'\n<!doctype xliff SYSTEM "file:///etc/passwd">{HEAD}</xliff>',
            "it has a DOCTYPE or an entity, which no XLIFF file needs",
            2,
        ),
        (f"{HEAD}&evil;</xliff>", "Entity 'evil' not defined", 1),
        ("<html></html>", "its first element is “html”, not “xliff”", 1),
        ('<xliff version="2.0"/>', "it is XLIFF 2.0, and only XLIFF 1.2 is read", 0),
        ("", "Document is empty", 1),
        (b"\xff\x00", "it is not UTF-8", 0),
        (HEAD, "Premature end of data in tag xliff line 1", 1),
        (f"<x {MANY}/>", "an element has too many attributes", 1),
        ("<a>" * 300 + "</a>" * 300, "its elements are nested too deeply", 1),
    ],
)
def test_hostile_and_damaged_files_are_refused(raw: str | bytes, reason: str, line: int) -> None:
    content = raw.encode() if isinstance(raw, str) else raw
    with pytest.raises(xliff_reading.NotXliffError, match=re.escape(reason)) as refused:
        xliff_reading.read(content)
    assert refused.value.line == line


def test_files_in_utf_16_are_read() -> None:
    messages = [message("page/one", "One")]
    document = file(messages, {"One": "Ółż"})
    content = written(messages, document).replace("UTF-8", "UTF-16")
    assert [one.outcome for one in read(content.encode("utf-16"), messages, document)] == [
        "unchanged"
    ]


def test_the_file_is_well_formed_whatever_the_texts_are() -> None:
    texts = ["<&>\"'", "]]>", "\u202e\u00ad", "a\nb", "☃ {{ a }}", "x" * 5000]
    messages = [message("value/a", text, "value") for text in texts]
    content = written(messages, file(messages, {text: text for text in texts}))
    units = etree.fromstring(content.encode()).iter("{*}source")
    assert ["".join(one.itertext()) for one in units] == texts


def test_control_characters_of_a_po_file_are_left_out() -> None:
    messages = [message("page/one", "One")]
    document = file(messages, {"One": "R\baz\v"})
    document.entries[0].po.tcomment = "a\fb"
    content = written(messages, document)
    assert '<target state="final">Raz</target>' in content
    assert '<note from="translator">ab</note>' in content


PIECES = st.sampled_from(
    [
        *("*", "**", "_", "`a`", "[", "](a.md)", "![", "](b.png){width=5%}", "{{ a }}", "\\*"),
        *("&amp;", "<br>", "https://a.b/c", "<https://d.e>", "abc", "é", " ", ".", "<", "[^n]"),
        *("~", "~~", "___", "1.", "- ", "#", "|", "^"),
    ]
)
TEXTS = st.lists(PIECES, min_size=1, max_size=10).map("".join).map(str.strip).filter(bool)


@pytest.mark.whole
@given(TEXTS, TEXTS)
def test_a_round_trip_changes_nothing(source: str, translation: str) -> None:
    messages = [message("page/one", source)]
    document = file(messages, {source: translation})
    document = po_file.parse(document.written().decode())
    (found,) = read(written(messages, document), messages, document)
    assert (found.outcome, document.is_changed) == ("unchanged", False)


@given(TEXTS)
def test_a_target_copied_from_the_source_keeps_words_and_markup(source: str) -> None:
    messages = [message("page/one", source)]
    document = file(messages, {})
    copied = re.search(r"<source>(.*)</source>", written(messages, document), re.DOTALL)
    assert copied
    (found,) = read(translate(written(messages, document), copied[1]), messages, document)
    made = parse(document.entries[0].po.msgstr, True)
    # Neighbours that cannot stand together in Markdown are reported.
    assert means_the_same(made, parse(source, True)) or found.outcome == "taken as stale"


def test_a_translation_that_nobody_has_approved_is_stale() -> None:
    messages = [message("page/one", "One")]
    document = file(messages, {})
    content = translate(written(messages, document), "Raz")
    content = content.replace("<trans-unit ", '<trans-unit approved="no" ')
    assert [one.outcome for one in read(content, messages, document)] == ["taken as stale"]
    assert document.entries[0].po.fuzzy


def test_a_po_message_without_its_part_is_found_by_its_text() -> None:
    messages = [message("page/one", "One"), message("page/two", "One"), message("page/two", "Two")]
    document = file(messages, {})
    back = po_file.parse('msgid ""\nmsgstr ""\n\nmsgid "One"\nmsgstr "Raz"\n')
    merged = returned.merge(document, returned.from_po(back, messages), messages)
    assert [(one.sent.key, one.outcome) for one in merged] == [
        (("page/one", "One"), "taken"),
        (("page/two", "One"), "taken"),
    ]
    assert [entry.po.msgstr for entry in document.entries] == ["Raz", "Raz", ""]
