"""PO files as other programs write them."""

POEDIT = """\
# Polish translation of the course.
# Ewa Nowak <ewa@example.org>, 2026.
msgid ""
msgstr ""
"Project-Id-Version: plants\\n"
"Report-Msgid-Bugs-To: \\n"
"PO-Revision-Date: 2026-11-20 10:01+0100\\n"
"Last-Translator: Ewa Nowak <ewa@example.org>\\n"
"Language-Team: \\n"
"Language: pl\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 "
"|| n%100>14) ? 1 : 2);\\n"
"X-Generator: Poedit 3.4.2\\n"
"X-Poedit-Bookmarks: 7,-1,-1,-1,-1,-1,-1,-1,-1,-1\\n"

#. A paragraph.
#: pages/one.md
msgctxt "page/one"
msgid ""
"Water the plants on Monday and on Thursday, but never in the evening, and not "
"too much."
msgstr ""
"Podlewaj rośliny w poniedziałek i w czwartek, ale nigdy wieczorem, i nie za "
"dużo."

# Checked with the gardener.
#. A paragraph.
#: pages/one.md
msgctxt "page/one"
msgid "Empty the saucer."
msgstr "Opróżnij podstawkę."

#~ msgctxt "page/one"
#~ msgid "Sing to the plants."
#~ msgstr "Śpiewaj roślinom."
"""
"""Poedit wraps at 79 characters, and keeps bookmarks in the header."""

WEBLATE = """\
# SOME DESCRIPTIVE TITLE.
# Ewa Nowak <ewa@example.org>, 2026.
msgid ""
msgstr ""
"Project-Id-Version: plants\\n"
"Report-Msgid-Bugs-To: \\n"
"POT-Creation-Date: 2026-11-14 15:54+0100\\n"
"PO-Revision-Date: 2026-11-25 15:23+0000\\n"
"Last-Translator: Ewa Nowak <ewa@example.org>\\n"
"Language-Team: Polish <https://weblate.example.org/projects/plants/course/pl/"
">\\n"
"Language: pl\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=3; plural=n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 "
"|| n%100>=20) ? 1 : 2;\\n"
"X-Generator: Weblate 5.9.2\\n"

#. A paragraph.
#: pages/one.md
#, read-only
msgctxt "page/one"
msgid ""
"Water the plants on Monday and on Thursday, but never in the evening, and not "
"too much."
msgstr ""
"Podlewaj rośliny w poniedziałek i w czwartek, ale nigdy wieczorem, i nie za "
"dużo."

#. A paragraph.
#: pages/one.md
#, fuzzy, no-wrap
#| msgctxt "page/one"
#| msgid "Empty the saucers."
msgctxt "page/one"
msgid "Empty the saucer."
msgstr "Opróżnij podstawki."

#, fuzzy
#~| msgctxt "page/one"
#~| msgid "Sing to plants."
#~ msgctxt "page/one"
#~ msgid "Sing to the plants."
#~ msgstr "Śpiewaj roślinom."
"""
"""Weblate has flags, and keeps the earlier text of obsolete messages."""

OMEGAT = """\
msgid ""
msgstr ""
"Project-Id-Version: plants\\n"
"PO-Revision-Date: 2026-11-25 15:23+0100\\n"
"Last-Translator: ewa\\n"
"Language-Team: Polish\\n"
"Language: pl\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && n%100<10 ? 1 : 2);\\n"

#. A paragraph.
#: pages/one.md
msgctxt "page/one"
msgid "Water the plants on Monday and on Thursday, but never in the evening, and not too much."
msgstr "Podlewaj rośliny w poniedziałek i w czwartek, ale nigdy wieczorem, i nie za dużo."

#. A paragraph.
#: pages/one.md
msgctxt "page/one"
msgid "Empty the saucer."
msgstr ""


"""
"""OmegaT does not wrap, and copies empty lines at the end."""

PROGRAMS = {"Poedit": POEDIT, "Weblate": WEBLATE, "OmegaT": OMEGAT}
