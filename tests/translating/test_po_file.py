import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.translating import po_file
from builder.translating.update import Wanted, update
from tests.translating.po_texts import POEDIT, PROGRAMS, WEBLATE

WATER = "Water the plants on Monday and on Thursday, but never in the evening, and not too much."
SAUCER = "Empty the saucer."


def wanted(*texts: str, part: str = "page/one") -> list[Wanted]:
    return [Wanted(part, text, "A paragraph.", "pages/one.md") for text in texts]


@pytest.mark.parametrize("program", PROGRAMS)
def test_an_update_without_changes_leaves_the_bytes_alone(program: str) -> None:
    document = po_file.parse(PROGRAMS[program])
    done = update(document, wanted(WATER, SAUCER))
    assert not document.is_changed
    assert (done.new, done.changed, done.vanished) == (0, 0, 0)
    # Written anew, only empty lines at the end are gone.
    assert document.written().decode() == PROGRAMS[program].rstrip("\n") + "\n"


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_new_message_changes_no_other_line(program: str) -> None:
    document = po_file.parse(PROGRAMS[program])
    update(document, wanted(WATER, "Turn the pots.", SAUCER))
    assert document.is_changed
    new = """\
#. A paragraph.
#: pages/one.md
msgctxt "page/one"
msgid "Turn the pots."
msgstr ""

"""
    written = document.written().decode()
    assert new in written
    assert written.replace(new, "") == PROGRAMS[program].rstrip("\n") + "\n"
    assert written.index(new) < written.index(f'msgid "{SAUCER}"')


def test_comments_headers_and_flags_survive_a_change_of_their_entry() -> None:
    document = po_file.parse(POEDIT)
    update(document, wanted(WATER, "Empty the saucer at once."))
    written = document.written().decode()
    assert written.startswith(POEDIT[: POEDIT.index("# Checked")])
    assert (
        """\
# Checked with the gardener.
#. A paragraph.
#: pages/one.md
#, fuzzy
#| msgid "Empty the saucer."
msgctxt "page/one"
msgid "Empty the saucer at once."
msgstr "Opróżnij podstawkę."
"""
        in written
    )
    document = po_file.parse(WEBLATE)
    update(document, wanted(WATER, "Empty the saucer at once."))
    # The translation is still that of the text before the last two.
    assert """\
#, fuzzy, no-wrap
#| msgctxt "page/one"
#| msgid "Empty the saucers."
msgctxt "page/one"
msgid "Empty the saucer at once."
msgstr "Opróżnij podstawki."
""" in document.written().decode()


def test_long_texts_of_new_entries_are_not_wrapped() -> None:
    document = po_file.new({"Language": "pl"}, "A comment")
    update(document, wanted(WATER * 5))
    assert f'msgid "{WATER * 5}"\n' in document.written().decode()


def test_crlf_is_kept_and_bom_is_removed() -> None:
    document = po_file.parse(POEDIT, newline="\r\n")
    update(document, wanted(WATER))
    written = document.written()
    assert written.count(b"\r\n") == written.count(b"\n")
    assert not written.startswith(b"\xef\xbb\xbf")


def test_entries_know_the_lines_of_their_translations() -> None:
    document = po_file.parse(WEBLATE)
    rows = document.written().decode().split("\n")
    assert [rows[line - 1] for _, line in document.lines()] == [
        'msgstr ""',
        'msgstr "Opróżnij podstawki."',
        '#~ msgstr "Śpiewaj roślinom."',
    ]


TEXT = st.text(
    st.characters(
        codec="utf-8",
        exclude_categories=("Cc", "Cs", "Zl", "Zp"),
        exclude_characters="\ufeff\ufffe\uffff",
    ),
    min_size=1,
    max_size=60,
).filter(str.strip)
PARTS = st.sampled_from(["page/one", "page/two", "question/a", "question/a/b", "media/film.vtt"])
COURSES = st.lists(st.tuples(PARTS, TEXT, st.sampled_from(["", "x", "x\ny"])), max_size=6)
MSGFMT = shutil.which("msgfmt")


@pytest.mark.whole
@pytest.mark.skipif(MSGFMT is None, reason="gettext is not installed")
@settings(max_examples=25, deadline=None)
@given(COURSES, COURSES)
def test_gettext_accepts_every_file(
    tmp_path_factory: pytest.TempPathFactory,
    before: list[tuple[str, str, str]],
    after: list[tuple[str, str, str]],
) -> None:
    file = tmp_path_factory.getbasetemp() / "gettext.po"
    headers = {
        "Project-Id-Version": "plants",
        "PO-Revision-Date": "2026-11-29 00:00+0000",
        "Last-Translator": "Nobody yet",
        "Language-Team": "None",
        "Language": "pl",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    document = po_file.new(headers, "A comment")
    for course in (before, after):
        messages = {(part, text): Wanted(part, text, "An option.") for part, text, _ in course}
        update(document, list(messages.values()))
        for entry, (_, _, translation) in zip(document.entries, course, strict=False):
            if not entry.po.obsolete:
                entry.changed().msgstr = translation
        file.write_bytes(document.written())
        _accept(file)
        again = po_file.parse(document.written().decode())
        assert {one.key for one in again.entries if not one.po.obsolete} == messages.keys()
        assert again.written() == document.written()
        document = again


def _accept(file: Path) -> None:
    assert MSGFMT
    ran = subprocess.run(
        (MSGFMT, "--check", "-o", "/dev/null", str(file)), capture_output=True, text=True
    )
    assert (ran.returncode, ran.stderr) == (0, "")
