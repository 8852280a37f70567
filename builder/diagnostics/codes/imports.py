"""Diagnostics about imported documents and question banks."""

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
        "A file with a password is completely encrypted: it cannot be read without the password, "
        "and the builder does not ask for one.",
    ),
    Rule(
        "word-review",
        ERROR,
        "This is a review document of the course “{course}”: it cannot be imported as a course.",
        "Read its comments and changes: scorm-builder review COURSE --read {file}",
        "“scorm-builder review” writes a document from a course for experts to read, and “--read” "
        "brings their comments and changes back into the course. An import would turn its "
        "questions, answers and sheets to sign into the text of a second course.",
    ),
    Rule(
        "word-damaged",
        ERROR,
        "This Word file is damaged: {problem}.",
        "Open it in Word, let Word repair it, and save it under another name; or copy it again "
        "from where you got it.",
        "A Word file is a zip file that contains XML. The builder does not try to repair an "
        "incomplete or invalid one.",
    ),
    Rule(
        "word-too-large",
        ERROR,
        "This Word file exceeds a limit: {problem}.",
        "Divide it into several files and compress its pictures (File > Compress Pictures); then "
        "import them one after the other.",
        "The builder limits the number of files in a document, their unpacked size, and how deeply "
        "tables are nested, because a small file can unpack to more than any computer can hold.",
    ),
    Rule(
        "word-part",
        WARNING,
        "This part of the Word file cannot be read: {problem}. The import ignored it.",
        "Check the result: styles, lists, notes or comments may be missing. If so, open the file "
        "in Word, save it under another name, and import that file.",
        "A Word file has separate parts for styles, list numbers, notes and comments. The text can "
        "be read without them, but headings or lists may be lost.",
    ),
    # reading a bank of questions
    Rule(
        "bank-format",
        ERROR,
        "This is {kind}. It cannot be read as a question bank.",
        "{way}; then import that file.",
        "The builder reads question banks in the formats Aiken, GIFT, Moodle’s cloze, Moodle XML "
        "and QTI, spreadsheets in CSV and XLSX, Moodle’s backups, and H5P packages. The format is "
        "detected from the file’s content, not from its name.",
    ),
    Rule(
        "bank-encoding",
        WARNING,
        "This file is not UTF-8: it was read as Windows-1252, which older Windows programs write.",
        "Check letters with accents and dashes in the course. If they are wrong, save the file as "
        "UTF-8, and import it again.",
        "A text file does not name its encoding. If it is not UTF-8, it is read as Windows-1252, "
        "which is right for most files from Western Europe and America.",
    ),
    Rule(
        "bank-damaged",
        ERROR,
        "This question bank cannot be read: {problem}.",
        "Export it again from the program that made it; or open it in an editor and correct that "
        "line.",
        "The builder does not guess what invalid text means.",
    ),
    Rule(
        "bank-too-large",
        ERROR,
        "This question bank exceeds a limit: {problem}.",
        "Divide it into several files, and import each into a separate course.",
        "The builder limits the size of a bank and the depth of its nesting, so that no file can "
        "use up the memory of a computer.",
    ),
    Rule(
        "bank-line",
        WARNING,
        "{problem}.",
        "{way}; or correct it in the course.",
        "A line that does not follow the format is always reported, and the builder does not guess "
        "what it means.",
        summary="A line of this bank does not follow its format.",
        advice="Correct the line and import the bank again; or correct it in the course.",
    ),
    # reading a story
    Rule(
        "import-story",
        ERROR,
        "This story in Twee cannot be imported: {problem}.",
        "{way}; then import that file.",
        "Reads Twee 3, in which each passage starts with a line such as “:: The call”. A file can "
        "have 1 MB and 1,000 passages. A scenario has no conditions: what a story shows only under "
        "a condition, such as “<<if $calm>>”, would be shown to everybody.",
    ),
    Rule(
        "import-line",
        WARNING,
        "{problem}.",
        "{way}, and import the story again into a new course; or change the scenario in the "
        "course.",
        "A scenario needs scenes with different names, links that lead to scenes, and a way to "
        "each scene from the start. A passage or link that does not fit is left out or becomes "
        "text, and the import reports its line in the Twee file.",
        summary="This line of the story does not fit a scenario.",
        advice="Correct the line and import the story again; or change the scenario in the course.",
    ),
    # writing a course from an imported document
    Rule(
        "import-empty",
        ERROR,
        "This file has no content for a course.",
        "Check that it is the right file: it has no questions, no text and no images, apart from "
        "any in headers, comments and hidden text.",
        "A course needs at least one page with content.",
    ),
)
