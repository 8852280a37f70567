"""Brings the catalogues of interface texts in line with the model: ``make catalogues``.

``templates/i18n/interface.pot`` has the keys, the English texts and comments for translators. Every
``TAG.po`` gets its order, texts and comments. A text whose English has changed becomes fuzzy, with
the earlier English; a new text is added without a translation, and a removed one is removed.
"""

from __future__ import annotations

from pathlib import Path

import polib

from builder.course.interface import LANGUAGES, MODEL, Language

FOLDER = Path(__file__).resolve().parent.parent / "templates/i18n"
_TRANSLATOR = "Last-Translator"
_REVISED = "PO-Revision-Date"
_UNKNOWN = {_REVISED: "2026-11-29 12:00+0000", _TRANSLATOR: "Not yet read by a speaker"}
"""Headers that ``msgfmt -c`` requires, for a catalogue that has none; others keep their values."""


def updated(language: Language, model: polib.POFile, catalogue: polib.POFile) -> str:
    """The text of a catalogue that has been brought in line with the model."""
    made = polib.POFile(wrapwidth=0)
    made.header = f"Interface texts in {language.name}."
    made.metadata = {
        "Project-Id-Version": "scorm-builder",
        **{name: catalogue.metadata.get(name, value) for name, value in _UNKNOWN.items()},
        "Language-Team": language.name,
        "Language": gettext_name(language),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": language.plural_forms,
    }
    earlier = {entry.msgctxt: entry for entry in catalogue if not entry.obsolete}
    for english in model:
        made.append(_translation(english, earlier.get(english.msgctxt), len(language.plurals)))
    return str(made).rstrip("\n") + "\n"


def gettext_name(language: Language) -> str:
    """The name of a language in gettext: its tag without a script, with an underscore."""
    return "_".join(subtag for subtag in language.tag.split("-") if len(subtag) < 4)


def _translation(
    english: polib.POEntry, earlier: polib.POEntry | None, forms: int
) -> polib.POEntry:
    made = polib.POEntry(
        msgctxt=english.msgctxt,
        msgid=english.msgid,
        msgid_plural=english.msgid_plural,
        comment=english.comment,
    )
    if english.msgid_plural:
        made.msgstr_plural = dict.fromkeys(range(forms), "") | (
            earlier.msgstr_plural if earlier else {}
        )
    if not earlier:
        return made
    made.msgstr, made.tcomment, made.flags = earlier.msgstr, earlier.tcomment, earlier.flags
    made.previous_msgid = earlier.previous_msgid
    made.previous_msgid_plural = earlier.previous_msgid_plural
    if (earlier.msgid, earlier.msgid_plural) != (english.msgid, english.msgid_plural):
        made.previous_msgid = earlier.msgid
        made.previous_msgid_plural = earlier.msgid_plural or None
        made.flags = sorted({*earlier.flags, "fuzzy"})
    return made


def main() -> None:
    """Update the catalogue of every language; create it if it does not exist."""
    model = polib.pofile(str(FOLDER / MODEL), wrapwidth=0)
    for language in LANGUAGES:
        if language.tag != "en":
            path = FOLDER / f"{language.tag}.po"
            catalogue = polib.pofile(str(path)) if path.exists() else polib.POFile()
            path.write_text(updated(language, model, catalogue), "utf-8")


if __name__ == "__main__":
    main()
