"""Documents of others, read to make a course of them."""

from __future__ import annotations

from builder.codes.rule import ERROR, WARNING, Rule

RULES = (
    # reading a Word file
    Rule(
        "word-format",
        ERROR,
        "This is {kind}, not a Word file that can be read.",
        "{way}; then import that file.",
        "Word files are read that Word has written since 2007: .docx, and .docm, whose macros are "
        "not looked at. What a file is, is told by what it begins with, not by its name.",
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
