"""Diagnostics about translations: the PO files in translations/, and their messages."""

from __future__ import annotations

from builder.diagnostics.codes.rule import ERROR, WARNING, Rule

LEAVE_OUT = " Or build without this language: --complete-languages-only."
"""The end of a hint, for a build that has not left out the language yet."""

RULES = (
    Rule(
        "translation-syntax",
        ERROR,
        "{problem}.",
        "{fix}",
        "A translation is a PO file, as gettext defines it. Programs such as Poedit, Weblate and "
        "OmegaT write such files. One wrong line makes the rest of the file unreadable.",
        summary="This line is not valid in a PO file.",
        advice="Correct the line, or open the file in Poedit and save it again.",
    ),
    Rule(
        "translation-charset",
        ERROR,
        "The header says that this file is in the charset “{charset}”.",
        "Save it as UTF-8: in Poedit, Translation > Properties > Charset. Then the header has "
        "“charset=UTF-8”.",
        "A translation must be in UTF-8, which has the characters of every language. If the file "
        "were read in another charset, accented letters would become other characters.",
    ),
    Rule(
        "translation-name",
        ERROR,
        "“{name}” {problem}.",
        "{fix}.",
        "The name of a file in translations/ is the tag of its language (BCP 47): the language in "
        "lower case, such as pl.po. It can have a script or a region, as in pa-Guru.po and "
        "pt-PT.po.",
        summary="The name of this file is not the tag of a language into which the course can be "
        "translated.",
        advice="Rename the file after the language of its texts, such as pl.po.",
    ),
    Rule(
        "translation-other-course",
        ERROR,
        "This file is the translation of the course “{other}”, and no message in it fits “{own}”.",
        "Move it into the folder of that course. If it belongs here, write “Project-Id-Version: "
        "{own}” in its header.",
        "The header of a PO file names the project that it was made for. None of its messages is "
        "in this course, so nothing would be translated.",
    ),
    Rule(
        "translation-repeated",
        ERROR,
        "“{text}” of this part is already translated in line {first}.",
        "Delete one of the two messages.",
        "A part of a course has each text once. Only the first of two translations would be used.",
    ),
    Rule(
        "translation-unknown",
        WARNING,
        "{problem}",
        "Update the file: scorm-builder translate COURSE {language}",
        "A message belongs to the part of the course under “msgctxt” and is the translation of "
        "exactly the text under “msgid”. Both come from the course, so do not edit them. An update "
        "finds translations whose source has changed.",
        summary="This message is no text of the course, or the course has changed the text.",
        advice="Update the file: scorm-builder translate COURSE LANGUAGE",
    ),
    Rule(
        "translation-context",
        WARNING,
        "{count} messages of this file have no line “msgctxt”, so they are not used: a tool has "
        "dropped these lines.",
        "Read the file again, which finds the parts of the course by the texts: scorm-builder "
        "translate COURSE {language} --read {file}",
        "“msgctxt” names the part of the course to which a message belongs, such as a page.",
        summary="Messages of this file have no line “msgctxt”, so they are not used.",
        advice="Read the file again, which finds the parts of the course by the texts: "
        "scorm-builder translate COURSE --read FILE",
    ),
    Rule(
        "translation-copied",
        WARNING,
        "{same} of the {total} translations in this file are the same as their source.",
        "Translate them. If the program of a translator has copied the source texts, empty these "
        "translations.",
        "A copied text counts as translated, so that the course seems to be complete, and trainees "
        "read it in the wrong language.",
    ),
    Rule(
        "translation-different",
        ERROR,
        "The translation {problem}.",
        "{fix}.",
        "A translation must have the links, images, local values, footnotes and blanks of its "
        "source, so that trainees of every language get the same course. The targets of links stay "
        "as they are; only their text is translated.",
        summary="The translation lacks something that its source has, or adds something.",
        advice="Copy the link, image, variable, footnote, blank or placeholder from the source.",
    ),
    Rule(
        "translation-plurals",
        ERROR,
        "“Plural-Forms: {header}” does not number the forms as the builder does.",
        "Write “Plural-Forms: {forms}” here. Then write the forms of each message with a number in "
        "this order: {categories}.",
        "The header says which of msgstr[0], msgstr[1] and so on belongs to which number. The "
        "builder takes them in the order of the language's plural categories (Unicode CLDR), which "
        "differs from gettext's in some languages. With another order, trainees would read the "
        "form for one number with another number.",
        summary="The header numbers the plural forms differently from the builder.",
        advice="Write the header that the message shows, and the forms in its order.",
    ),
    Rule(
        "translation-number",
        WARNING,
        "A number differs: the source has {source}, the translation has {translation}.",
        "Check dates, doses, telephone numbers and times of day, and correct what is wrong.",
        "A wrong number in a translation, such as that of an emergency service, can do harm. "
        "Separators and digits of another script are not compared.",
    ),
    Rule(
        "translation-short",
        WARNING,
        "This translation has {translation} characters, its source {source}.",
        "Check whether the end is missing, and add it.",
        "Text is easily cut off when it is copied. No language says in a fifth of the characters "
        "what another one says.",
    ),
    Rule(
        "translation-incomplete",
        WARNING,
        "{problem}.",
        "Translate what is missing and check what is stale (“fuzzy”), for example in Poedit."
        + LEAVE_OUT,
        "Trainees read a text without a current translation in the source language. Until all "
        "texts are translated, the package is a draft in this language, and a release is refused.",
        draft=True,
        summary="Some texts of this language are not translated, or their translation is stale.",
    ),
    Rule(
        "interface-unread",
        WARNING,
        "{problem} the interface's texts in {language} yet.",
        "Let a speaker of the language read the course in the preview. Then write "
        "“interface_unread: accepted” in course.yaml. Correct texts in "
        "translations/interface/.",
        "The builder's own words, such as those of buttons and messages, were translated, but no "
        "speaker of the language has confirmed them. A release is refused until the course accepts "
        "this. A file translations/interface/LANGUAGE.po replaces or completes any of these texts.",
        draft=True,
    ),
)
