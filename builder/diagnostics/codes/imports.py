"""Codes about imported documents."""

from __future__ import annotations

from builder.diagnostics.codes.rule import ERROR, WARNING, Rule

RULES = (
    # reading a Word file
    Rule(
        "word-format",
        ERROR,
        "This is {kind}, not a Word file that can be read.",
        "{way}; then import that file.",
        "Reads .docx files of Word 2007 and later, and .docm without its macros. The type is "
        "detected from the file's first bytes, not from its name.",
    ),
    Rule(
        "word-locked",
        ERROR,
        "This file is locked with a password.",
        "Open it in Word, choose File > Info > Protect Document > Encrypt with Password, delete "
        "the password there and save it under another name; then import that file.",
        "A file with a password is encrypted as a whole: without it nobody can read a word, and "
        "the builder asks for none.",
    ),
    Rule(
        "word-review",
        ERROR,
        "This is a review document, made of the course “{course}”: no course is made of it.",
        "Read what came back in it: scorm-builder review COURSE --read {file}",
        "“scorm-builder review” makes a document of a course for experts to read, and “--read” "
        "brings their comments and changes to the course. Its questions, answers and sheets to "
        "sign would come in as text of a second course.",
    ),
    Rule(
        "word-damaged",
        ERROR,
        "This Word file is damaged: {problem}.",
        "Open it in Word, let Word repair it, and save it under another name; or copy it once "
        "more from where it came from.",
        "A Word file is a zip with parts of XML in it. One that a copy or a download has cut "
        "short, or that a program has written wrongly, is not guessed at.",
    ),
    Rule(
        "word-too-large",
        ERROR,
        "This Word file is not read: {problem}.",
        "Divide it into several files and compress its pictures (File > Compress Pictures); then "
        "import them one after the other.",
        "How many files a document holds, how large they are unpacked, and how deep its tables "
        "stand in each other is bounded, since a small file can unpack to more than any machine "
        "has.",
    ),
    Rule(
        "word-part",
        WARNING,
        "This part of the Word file cannot be read: {problem}. The document is read without it.",
        "Look at what came of it: styles, lists, notes or comments may be missing. Where they "
        "are, open the file in Word, save it under another name, and import that.",
        "Styles, numbers of lists, notes and comments are parts of their own in a Word file. The "
        "text can be read without them, though not all that it means.",
    ),
    # reading a bank of questions
    Rule(
        "bank-format",
        ERROR,
        "This is {kind}: it is no question bank that can be read.",
        "{way}; then import that file.",
        "Banks of questions are read in the formats Aiken, GIFT, Moodle’s cloze, Moodle XML and "
        "QTI, as sheets in CSV and XLSX, and in Moodle’s backups and H5P packages. The format is "
        "detected from the file’s content, not from its name.",
    ),
    Rule(
        "bank-encoding",
        WARNING,
        "This file is not UTF-8: its letters were read as older programs on Windows write them.",
        "Look at letters with accents and at dashes in the course. Where they are wrong, save the "
        "file as UTF-8, and import it again.",
        "A file of text does not say how its letters are written. What is not UTF-8 is read as "
        "Windows-1252, which is right for most files from Western Europe and America.",
    ),
    Rule(
        "bank-damaged",
        ERROR,
        "This question bank cannot be read: {problem}.",
        "Export it once more from where it comes from; or open it in an editor and mend that line.",
        "What is written wrongly is not guessed at.",
    ),
    Rule(
        "bank-too-large",
        ERROR,
        "This question bank is not read: {problem}.",
        "Divide it into several files, and import each into a course of its own.",
        "How large a bank is, and how deep its parts nest, is bounded, so that no file can take "
        "all of a machine.",
    ),
    Rule(
        "bank-line",
        WARNING,
        "{problem}.",
        "{way}; or put it right in the course.",
        "A line of a bank that is written otherwise than its format has it is never dropped "
        "without a word, and never guessed at.",
        summary="A line of this bank is written otherwise than its format has it.",
        advice="Correct the line and import the bank again; or put it right in the course.",
    ),
    # making a course of what was read
    Rule(
        "import-empty",
        ERROR,
        "There is nothing in this document that a course could be made of.",
        "Open it and look whether it is the right one: it has no words and no pictures, or only "
        "such as are in its headers, comments and hidden text.",
        "A course has at least one page with something on it.",
    ),
)
