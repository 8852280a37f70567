"""PO files: what is read of them, and what is reported of those that cannot be read."""

import polib
import pytest

from builder.course.load import po, text
from builder.course.sources import PoEntry, PoFile

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def read(content: str) -> PoFile:
    file, found = po.read(HEADER + content, "translations/pl.po")
    assert found == ()
    assert file is not None
    return file


def reported(content: str) -> list[str]:
    file, found = po.read(content, "translations/pl.po")
    assert file is None
    return [str(one) for one in found]


def test_an_entry() -> None:
    file = read('msgctxt "page/one"\nmsgid "Hello"\nmsgstr ""\n"Witaj "\n"świecie"\n')
    assert file.tag == "pl"
    assert file.entries == (
        PoEntry("page/one", "Hello", "Witaj świecie", fuzzy=False, obsolete=False, line=6),
    )


def test_fuzzy_obsolete_and_plural_entries() -> None:
    file = read(
        '#. paragraph\n#, fuzzy\n#| msgid "Old"\nmsgctxt "p"\nmsgid "New"\nmsgstr "Nowy"\n\n'
        'msgctxt "q"\nmsgid "one"\nmsgid_plural "many"\nmsgstr[0] "a"\nmsgstr[1] "b"\n\n'
        '#~ msgctxt "r"\n#~ msgid "Gone"\n#~ msgstr "Nie ma"\n'
    )
    fuzzy, plural, obsolete = file.entries
    assert (fuzzy.fuzzy, fuzzy.previous, fuzzy.line) == (True, "Old", 9)
    assert (plural.plural, plural.forms, plural.line) == ("many", ("a", "b"), 14)
    assert (obsolete.obsolete, obsolete.translation, obsolete.line) == (True, "Nie ma", 19)


def test_po_file_with_crlf_and_bom_is_read() -> None:
    raw = (
        (HEADER + 'msgctxt "p"\nmsgid "a"\nmsgstr "b"\n').replace("\n", "\r\n").encode("utf-8-sig")
    )
    content, found = text.decode(raw, "translations/pl.po")
    assert found == ()
    assert content is not None
    file, found = po.read(content, "translations/pl.po")
    assert found == ()
    assert file is not None
    assert [entry.translation for entry in file.entries] == ["b"]


def test_an_invalid_line_of_a_po_file_is_reported() -> None:
    assert reported('msgid "a"\nmsgstr "b\n') == [
        "translations/pl.po:2:1: error translation-syntax "
        'This is not a line of a PO file: msgstr "b.'
    ]
    assert reported('msgid "a"\nmsgstr "b "c" d"\n')[0].startswith("translations/pl.po:2:1: error")
    assert reported('msgstr "a"\nmsgstr "b"\n') == [
        "translations/pl.po:1:1: error translation-syntax The order of the lines is wrong here."
    ]


def test_another_charset() -> None:
    content = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=ISO-8859-2\\n"\n'
    assert reported(content) == [
        "translations/pl.po:3:1: error translation-charset "
        "The header says that this file is in the charset “ISO-8859-2”."
    ]
    file, found = po.read(content.replace("ISO-8859-2", "CHARSET"), "translations/pl.po")
    assert (file is not None, found) == (True, ())


def test_po_text_that_is_a_path_is_not_opened() -> None:
    assert reported(__file__)[0].startswith("translations/pl.po:1:1: error translation-syntax")


def test_too_many_messages_are_not_parsed() -> None:
    assert reported('msgid "a"\nmsgstr "b"\n' * 100_001) == [
        "translations/pl.po: error translation-syntax "
        "This file has 100,001 messages; at most 100,000 are read."
    ]


SIMPLE = '#. A title.\n#: pages/one.md\nmsgctxt "p"\nmsgid "One \\"1\\""\nmsgstr "Jeden\\n\\\\"'
OTHERS = (
    '# By hand.\nmsgctxt "q"\nmsgid "Two"\nmsgstr "Dwa"',
    'msgctxt "r"\nmsgid ""\n"Long"\nmsgstr "Długo"',
    '#, fuzzy\nmsgctxt "s"\nmsgid "Old"\nmsgstr "Stary"',
    'msgctxt "t"\nmsgid "None"\nmsgstr ""',
    'msgctxt "u"\nmsgid "A"\nmsgstr "B"\nmsgctxt "v"\nmsgid "C"\nmsgstr "D"',
    # Across empty lines: a text that continues, a flag, and a context.
    'msgctxt "w"\nmsgid "E"\nmsgstr "F"\n\n"G"',
    "#, fuzzy\n",
    'msgctxt "x"\n\nmsgid "H"\nmsgstr "I"',
    '#~ msgctxt "y"\n#~ msgid "J"\n#~ msgstr "K"',
)


@pytest.mark.parametrize("other", OTHERS)
def test_simple_po_entries_are_read_as_polib_reads_them(other: str) -> None:
    content = "\n\n".join((SIMPLE, other, SIMPLE.replace('"p"', '"z"')))
    lines = f"{HEADER}{content}\n"
    file = read(f"{content}\n")
    whole = polib.pofile(lines, encoding="utf-8", wrapwidth=0)
    assert [(one.part, one.text, one.translation, one.fuzzy) for one in file.entries] == [
        (one.msgctxt or "", one.msgid, one.msgstr, "fuzzy" in one.flags) for one in whole
    ]
    numbered = lines.split("\n")
    assert all("msgstr" in numbered[one.line - 1] for one in file.entries)
    assert file.headers == whole.metadata


def test_po_entry_after_simple_entries_keeps_its_line() -> None:
    simple = [f'msgctxt "page/{name}"\nmsgid "{name}"\nmsgstr "{name}"\n' for name in "ab"]
    fuzzy = '#, fuzzy\nmsgctxt "page/c"\nmsgid "c"\nmsgstr "c"\n'
    assert [entry.line for entry in read("\n".join([*simple, fuzzy])).entries] == [6, 10, 15]
