"""The catalogue of diagnostics: each code with its severity, its words and its explanation.

Messages and hints are templates; ``problem`` fills them in. A message says what is wrong, a hint
what to do about it. ``scorm-builder explain CODE`` prints the explanation.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from builder.diagnostics import Diagnostic, FileName, Position, Severity

ERROR = Severity.ERROR
WARNING = Severity.WARNING


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the catalogue. ``draft`` rules make the package a draft and stop a release."""

    code: str
    severity: Severity
    message: str
    hint: str
    explanation: str
    draft: bool = False


RULES = (
    # The folder and its files.
    Rule(
        "course-missing",
        ERROR,
        "{problem}.{did_you_mean}",
        "Name the folder that holds course.yaml: scorm-builder build FOLDER. If the file has "
        "another name, rename it; Windows may hide how names end.",
        "A course is a folder with a file course.yaml, which names the course and lists its "
        "pages in order.",
    ),
    Rule(
        "course-empty",
        ERROR,
        "The course has no page.",
        "List at least one file of pages/ under “pages:” in course.yaml.",
        "Only the pages listed under “pages:” are part of the course, in the order of the list.",
    ),
    Rule(
        "file-encoding",
        ERROR,
        "This file is not UTF-8 text{guess}.",
        "{fix}",
        "Course files are UTF-8 text. A file saved by an older Windows program may be in CP1252: "
        "its curly quotes and accents would come out wrong. Save it again as UTF-8.",
    ),
    Rule(
        "character-invisible",
        ERROR,
        "There is an invisible character here ({number}).",
        "Delete it: {how}.",
        "Control characters and unusual line ends cannot be seen, and browsers, YAML and LMSs "
        "each take them for something else.",
    ),
    Rule(
        "direction-open",
        ERROR,
        "{number} turns the direction of writing here, and nothing turns it back.",
        "Delete this invisible character, or put {closing} behind the words that it is for.",
        "Unicode has invisible characters that turn the direction of writing (UAX 9). One that is "
        "not closed also turns what follows in the interface, so that titles, buttons and numbers "
        "read otherwise than they are.",
    ),
    Rule(
        "file-unreadable",
        ERROR,
        "This cannot be read: {reason}.",
        "Put an ordinary file that you may read in its place, or delete it.",
        "The builder reads every file that the course uses.",
    ),
    Rule(
        "file-too-large",
        ERROR,
        "This file has {size} MB; {kind} has at most {limit} MB.",
        "Divide it into several pages or lists of questions, and put pictures into media/; save a "
        "drawing of this size as a PNG.",
        "A page of text has a few thousand characters. A file of millions is hardly one that an "
        "author wrote, and no browser would show it well.",
    ),
    Rule(
        "file-empty",
        ERROR,
        "This file is empty.",
        "Save or copy it again, or take it out of the pages that use it.",
        "An empty file is mostly a copy or a download that broke off. A trainee would see a broken "
        "image.",
    ),
    Rule(
        "file-repeated",
        ERROR,
        "The names of this file and of “{other}” differ only in {difference}.",
        "Rename one of the two, or delete it.",
        "Windows and macOS cannot tell such names apart: one file would take the place of the "
        "other, and the course would not be the same on every machine.",
    ),
    Rule(
        "file-changed",
        ERROR,
        "This file was changed while the package was made.",
        "Build again when no program is still writing it and no folder is being synchronised.",
        "A package holds its files as they were when the course was read: names and the digest are "
        "made from their content.",
    ),
    Rule(
        "file-refused",
        ERROR,
        "{problem}",
        "Take that out of the file, or leave the file out; an SVG can be saved as “plain SVG”, "
        "without scripts.",
        "Every package is opened and checked before it is put in its place. Nothing in it may load "
        "from outside it, and no image may run a script.",
    ),
    Rule(
        "file-name",
        ERROR,
        "An LMS would refuse the file name “{name}”: {reason}.",
        "Rename the file to “{suggestion}” and change the places that use it.",
        "LMSs and web servers disagree about capitals, spaces, accents and some endings. Names of "
        "lower-case letters, digits, hyphens, underscores and dots work everywhere.",
    ),
    Rule(
        "outside-course",
        ERROR,
        "“{path}” leads out of the course folder.",
        "Copy the file into the course folder and use its path from there.",
        "A course is complete in its folder, so that it builds the same on every machine. Paths "
        "with “..”, absolute paths, and links to files elsewhere are refused.",
    ),
    Rule(
        "output-unwritable",
        ERROR,
        "The package cannot be written here: {reason}.",
        "Choose another folder with -o, or make room in this one.",
        "The package is written beside its final place and renamed only when it is complete. "
        "A package that was there before is left as it was.",
    ),
    Rule(
        "file-ending",
        WARNING,
        "This file is not part of the course: its name ends in .txt.",
        "Rename it to “{name}”. Windows hides how names end: in its Explorer, choose View > Show > "
        "File name extensions.",
        "Some editors add .txt to the names of the files that they save. Pages end in .md, "
        "questions in .yaml.",
    ),
    Rule(
        "file-type",
        ERROR,
        "An LMS would refuse a file that ends in “{ending}”: {reason}.",
        "Use a file of another kind, such as PDF, or leave it out.",
        "LMSs refuse packages with files that could do harm or that they cannot serve.",
    ),
    # YAML.
    Rule(
        "yaml-syntax",
        ERROR,
        "{problem}",
        "{fix}",
        "YAML has a few traps: text that contains “: ” or starts with a special character needs "
        "quotes round it, and lines are indented with spaces, never with tabs.",
    ),
    Rule(
        "yaml-alias",
        ERROR,
        "YAML takes “{alias}” for an alias, which a course may not use.",
        "Put quotes round a text that starts with * or &. A value needed twice is written twice.",
        "Aliases make a file hard to follow, and a small file with aliases can grow without limit.",
    ),
    Rule(
        "yaml-comment",
        WARNING,
        "YAML takes “{comment}” for a comment and leaves it out.",
        "Put quotes round the whole text; or, if this is a comment, write two spaces before the # "
        "and one after it.",
        "In YAML, a # with a space before it starts a comment that goes on to the end of the line.",
    ),
    Rule(
        "duplicate-key",
        ERROR,
        "“{key}” is written twice; first on line {first}.",
        "{fix}",
        "A key may stand once in a mapping. With two, one of them would be silently ignored.",
    ),
    Rule(
        "front-matter",
        ERROR,
        "{problem}",
        "Start the page with a line ---, then its keys (title: …), then another line ---.",
        "Every page starts with its front matter: a few lines of YAML between two lines ---.",
    ),
    # Shape.
    Rule(
        "unknown-key",
        ERROR,
        "“{key}” is not a key that can stand here.{did_you_mean}",
        "{fix}",
        "A misspelt key would have no effect, so that it is an error. Between braces, YAML takes "
        "what follows a comma for a key of its own: a text with a comma needs quotes there.",
    ),
    Rule(
        "missing-key",
        ERROR,
        "“{key}” is missing.",
        "Add a line “{key}: …” here.",
        "Some keys have no sensible default.",
    ),
    Rule(
        "value-invalid",
        ERROR,
        "“{key}”: {problem}.{did_you_mean}",
        "{fix}",
        "Each key takes a certain kind of value: text, a number, yes or no, a date written "
        "2026-01-31, one of a few words, or a list.",
    ),
    Rule(
        "text-missing",
        ERROR,
        "The interface has no text “{key}” in {language}.",
        "Add it to templates/i18n/{tag}.json, or write another language in course.yaml.",
        "Every text of the interface is there in every language that a course can choose, so that "
        "no trainee meets half a sentence in another one. A text that counts has a form for each "
        "plural of the language.",
    ),
    # Structure.
    Rule(
        "duplicate-id",
        ERROR,
        "The id “{id}” is already used at {first}.",
        "Give this one an id of its own. Keep the ids of a course that trainees have started.",
        "Trainees' progress is kept by id, so that no two pages, and no two questions, may share "
        "one. Nor may two headings of a page, since links lead to them by their ids.",
    ),
    Rule(
        "was-there",
        ERROR,
        "“was:” names “{id}”, which is still there.",
        "List only ids under “was:” that nothing has any more, or delete this one.",
        "“was:” says under which id trainees' progress was kept before. While something still has "
        "that id, the progress is its own.",
    ),
    Rule(
        "was-repeated",
        ERROR,
        "“{id}” stands under another “was:”, at {first}.",
        "Keep it where trainees' progress belongs, and delete it in the other place.",
        "Progress that was kept under an id can be carried over to one successor.",
    ),
    Rule(
        "id-collision",
        ERROR,
        "The ids “{id}” and “{other}” ({first}) cannot be told apart in the saved state.",
        "Change the newer of the two ids a little.",
        "The saved state names each page and question by a short code made from its id and "
        "revision. Very rarely two different ids give the same code.",
    ),
    Rule(
        "page-unknown",
        ERROR,
        "There is no page “{page}”.{did_you_mean}",
        "Check the spelling, or add the page to pages/ and to “pages:” in course.yaml.",
        "A page is named by its file in “pages:”, and by its id elsewhere.",
    ),
    Rule(
        "page-unlisted",
        WARNING,
        "This page is not part of the course: course.yaml does not list it.",
        "Add “{name}” to “pages:” in course.yaml, or delete the file.",
        "Only the pages listed under “pages:” in course.yaml are part of the course.",
    ),
    Rule(
        "page-repeated",
        ERROR,
        "The page “{page}” is listed twice.",
        "Keep one of the two lines.",
        "A page stands once in a course.",
    ),
    Rule(
        "page-empty",
        WARNING,
        "This page has no content.",
        "Write something below the front matter, or take the page out of course.yaml.",
        "A trainee who opens an empty page thinks that something is broken.",
    ),
    Rule(
        "page-kind",
        ERROR,
        "A page of kind “{kind}” {problem}.",
        "{fix}",
        "“kind: quiz” goes with a list “questions:” or with a “draw:” under “quiz:”, “kind: "
        "record” with a list “record:”; an ordinary page has neither.",
    ),
    # Locks.
    Rule(
        "lock-unknown",
        ERROR,
        "There is no {what} “{name}”.{did_you_mean}",
        "Write the file of a page as under “pages:”, such as topic.md, or the title of a module.",
        "A lock names what is done first: pages by their files, modules by their titles, and under "
        "“passed:” quizzes by their files.",
    ),
    Rule(
        "lock-empty",
        ERROR,
        "This lock names nothing that could be done.",
        "List pages or modules under “locked:”, or delete it.",
        "A page or a module opens once everything that its lock names is done. “locked:” takes one "
        "name, a list of names, or “done:” and “passed:” with a list each.",
    ),
    Rule(
        "lock-quiz",
        ERROR,
        "“{page}” is no quiz, and cannot be passed.",
        "Write it under “done:”, or name a page with “kind: quiz”.",
        "Only a quiz has a pass mark. A page is done once it has been visited, a record once it is "
        "filled in, a quiz once it has been taken to its end.",
    ),
    Rule(
        "lock-open",
        ERROR,
        "“{page}” cannot be locked: {reason}.",
        "Take it out of what is locked.",
        "A course opens at its first page. Help and contacts are open at any time: whoever needs "
        "them does not have to finish anything first.",
    ),
    Rule(
        "lock-circle",
        ERROR,
        "“{page}” would never open: it waits for “{name}”, which {how}.",
        "Delete this name, or unlock what it waits for.",
        "What a page waits for must be within reach without that page.",
    ),
    Rule(
        "lock-untracked",
        ERROR,
        "With “pages: none” under “tracking:” nobody knows later whether “{page}” was visited.",
        "Write “pages: all”, or let the lock wait for a quiz or a record.",
        "Without “pages: all” only the place is kept between two visits: what had been open would "
        "be locked again.",
    ),
    # Questions.
    Rule(
        "question-unknown",
        ERROR,
        "There is no question “{question}”.{did_you_mean}",
        "Check the spelling, or add the question to a file in questions/.",
        "A check or a quiz names a question by its id.",
    ),
    Rule(
        "question-type",
        ERROR,
        "“{type}” is not a type of question.{did_you_mean}",
        "Types of question: {known}.",
        "The type says how a question is answered and what the LMS is told.",
    ),
    Rule(
        "question-unused",
        WARNING,
        "No page asks the question “{question}”.",
        "Add it to a page (::: check {question}) or to a quiz, or delete it.",
        "A question in questions/ is part of the course only where a page asks it.",
    ),
    Rule(
        "question-repeated",
        ERROR,
        "The question “{question}” is asked twice {where}.",
        "Keep one of the two.",
        "The saved state keeps one practice answer for each question, and one answer in each quiz.",
    ),
    Rule(
        "draw-source",
        ERROR,
        "This draw does not say what it draws from.",
        "Add “bank:” with the name of a file in questions/, or “tag:” with a tag of questions.",
        "A quiz draws some questions of a bank, of those with a tag, or of those of the bank that "
        "have the tag.",
    ),
    Rule(
        "draw-unknown",
        ERROR,
        "There is no {what} “{name}”.{did_you_mean}",
        "Check the spelling. A bank is a file in questions/, named without its ending; a tag "
        "stands under “tags:” of a question.",
        "A quiz draws questions from a bank, by a tag, or both.",
    ),
    Rule(
        "draw-short",
        ERROR,
        "This draw takes {count}, but there {left} to choose from{also}.",
        "Draw fewer, or add questions. Where draws share questions, put the narrower one first.",
        "A question comes up once in an attempt, so that each belongs to the first draw of its "
        "quiz that it fits. Those that the page lists, or asks for practice, belong to none.",
    ),
    Rule(
        "quiz-unscored",
        ERROR,
        "An attempt at this quiz may have no question that counts.",
        "Add a question that has a right answer, or ask these for practice on an ordinary page.",
        "Statements to agree with and reflections earn nothing: a quiz of nothing else would score "
        "0 and could never be passed.",
    ),
    Rule(
        "answer-missing",
        ERROR,
        "The question “{question}” has no right answer.",
        "Mark the right option with “correct: yes”; for true-false, write “answer: true” or "
        "“answer: false”; for numeric, write “answer:”, or “min:” and “max:”.",
        "A question that nobody can answer right can never be passed.",
    ),
    Rule(
        "answer-ambiguous",
        ERROR,
        "The question “{question}” has several right answers ({options}) but takes one.",
        "Add “multiple: yes”, or leave one “correct: yes”.",
        "With one choice, exactly one option is right.",
    ),
    Rule(
        "answer-too-long",
        ERROR,
        "“{answer}” takes {size} characters in {where}, and {limit} are the most.",
        "{fix}.",
        "An LMS takes 255 characters of an answer (SCORM 1.2, CMIString255). In the saved state a "
        "letter a–z, a digit or a space counts as one, any other character as three or more.",
    ),
    Rule(
        "answer-repeated",
        WARNING,
        "“{answer}” is the same answer as “{first}”.",
        "Delete one of the two, or take out of “forgive:” what tells them apart.",
        "Capitals and spaces are forgiven unless “forgive:” says otherwise, so that their variants "
        "need not be written. Trainees read every accepted answer in the feedback.",
    ),
    Rule(
        "number-range",
        ERROR,
        "The question “{question}” {problem}.",
        "{fix}.",
        "What is right is a number, with a tolerance if you like, or every number of a range.",
    ),
    Rule(
        "unscored-key",
        ERROR,
        "“{key}” has no effect here: a question of type “{type}” has no right answer.",
        "Delete it; “explanation:” is shown with every answer.",
        "What has no right answer earns and loses nothing, so that it has no weight, and no "
        "feedback for right or other answers.",
    ),
    Rule(
        "option-repeated",
        ERROR,
        "The id “{id}” is used twice in this list.",
        "Give each a letter or digit of its own, and never reuse one for something else.",
        "Reports in the LMS name an option by its id.",
    ),
    Rule(
        "option-retired",
        ERROR,
        "The option id “{id}” stands under “retired:”, so it meant another option once.",
        "Give this option a letter or digit that has never been used in this question.",
        "Reports in the LMS name an option by its id, also those of earlier versions.",
    ),
    Rule(
        "credit-partial",
        ERROR,
        "The question “{question}” has “credit: partial” but takes one option.",
        "Add “multiple: yes”, or delete “credit:”.",
        "Only with several right options can an answer be right in part.",
    ),
    Rule(
        "credit-unscored",
        ERROR,
        "The question “{question}” has “credit: partial” but nothing to earn.",
        "Write “needed: yes” in the steps that an answer is right with, or delete “credit:”.",
        "A performance question is scored only where at least one step is needed.",
    ),
    Rule(
        "match-unknown",
        ERROR,
        "There is no option “{option}” for this item to belong to.",
        "Write the id of one of the options of this question: {known}.",
        "In a matching question, each item says with “match:” which option it belongs to.",
    ),
    Rule(
        "option-plain",
        ERROR,
        "There is {lost} in this option, and a list to choose from shows plain text only.",
        "Write the option in words; images and links may stand in the prompt and in the items.",
        "The options of a matching question stand in drop-down lists, which every browser and "
        "screen reader knows how to use, but which show nothing but text.",
    ),
    Rule(
        "reflection-private",
        ERROR,
        "The question “{question}” keeps nothing, but reports what was written.",
        "Delete “report:”, or delete “keep: none”.",
        "“keep: none” promises trainees that not a word of their text leaves the page.",
    ),
    Rule(
        "quotation-missing",
        ERROR,
        "The page “{page}” does not say “{quote}”{order}.",
        "Copy the words from the page; “ … ” stands for words left out.",
        "Feedback says “The course says: …”. The words are checked, so that an edit of the page "
        "cannot leave a quotation behind that is no longer true.",
    ),
    # Prose.
    Rule(
        "directive-unknown",
        ERROR,
        "“::: {name}” is not a block.{did_you_mean}",
        "Blocks: {known}.",
        "A block starts with ::: and its name, and ends with a line :::.",
    ),
    Rule(
        "directive-unclosed",
        ERROR,
        "The block “::: {name}” is never closed.",
        "Add a line {fence} after its last line. A block in which others stand needs more colons "
        "than they have.",
        "A block ends with a line of as many colons as it starts with.",
    ),
    Rule(
        "directive-stray",
        ERROR,
        "A line {fence} closes a block, but none is open here.",
        "Delete the line, or write the block's name after the colons.",
        "A block starts with ::: and its name, and ends with a line :::.",
    ),
    Rule(
        "nesting-too-deep",
        ERROR,
        "Lists, quotations and blocks are nested too deeply here.",
        "Use fewer levels: what is deeper than this would not be shown.",
        "A hundred levels of lists, quotations and blocks are read; three are easy to follow.",
    ),
    Rule(
        "directive-argument",
        ERROR,
        "“::: {name}” {problem}.",
        "Write it like this: {example}",
        "After its name, a block may take a title or the id of a question.",
    ),
    Rule(
        "block-body",
        ERROR,
        "“::: {name}” {problem}.",
        "{fix}",
        "Some blocks have to consist of certain things: a figure starts with its image, tabs hold "
        "tabs. What else stood there would not be shown, or not be understood.",
    ),
    Rule(
        "block-misplaced",
        ERROR,
        "“::: {name}” can only stand in “::: {inside}”.",
        "Put it between the line “:::: {inside}”, with four colons, and a line “::::”.",
        "Some blocks are the parts of another. A block in which others stand has more colons than "
        "they have.",
    ),
    Rule(
        "material-misplaced",
        ERROR,
        "{what} cannot stand in the material of a question.",
        "Put it on the page. Material may have paragraphs, lists, tables, pictures, and these "
        "blocks: {blocks}.",
        "Material is what a question is about. It stands above the prompt, on a page or in a quiz, "
        "within their headings.",
    ),
    Rule(
        "block-hidden",
        ERROR,
        "“::: {name}” stands in “::: {inside}”, where trainees may never see it.",
        "Move it out of “::: {inside}”.",
        "What everybody has to read or to answer is never put where a trainee has to open it "
        "first: many never do.",
    ),
    Rule(
        "block-not-first",
        ERROR,
        "“::: {name}” does not stand first on its page.",
        "Move it to the top of the page, above everything else.",
        "A content note tells trainees what a page is about before they read any of it.",
    ),
    Rule(
        "help-missing",
        WARNING,
        "This content note cannot say where help is.",
        "Write “help:” in course.yaml with the page that says who helps.",
        "Before a page that may be hard to read, trainees learn what it is about, how long it "
        "takes, that they can stop, and where help is.",
    ),
    Rule(
        "html-ignored",
        WARNING,
        "The page will show “{text}” as text: HTML is not used in pages.",
        "Use Markdown, or put the text between backticks if it is meant to be read like this.",
        "Pages are Markdown. HTML in them is shown as it is written, so that no page can break "
        "the course or run a script.",
    ),
    Rule(
        "heading-skipped",
        ERROR,
        "A heading of level {level} follows {after}.",
        "Write it with {marks} instead.",
        "Screen readers list the headings of a page as an outline; a skipped level looks like a "
        "missing part (WCAG 1.3.1).",
    ),
    Rule(
        "heading-top",
        ERROR,
        "The page's own title is its only heading of level 1.",
        "Write ## for the headings in the page.",
        "Every page shows its title as its one heading of level 1.",
    ),
    Rule(
        "heading-empty",
        ERROR,
        "This heading has no text.",
        "Write the text behind the # marks, or delete the line.",
        "Screen readers list the headings of a page; an empty one is read as “heading” and no "
        "more (WCAG 2.4.6).",
    ),
    Rule(
        "heading-syntax",
        WARNING,
        "The page will show “{text}” as text: a heading has a space behind its # marks.",
        "Write “{mended}”.",
        "Markdown takes # marks for a heading only where a space follows them.",
    ),
    Rule(
        "table-too-large",
        ERROR,
        "This table is too large: one has at most {columns} columns, and all tables of a page have "
        "{cells} cells.",
        "Divide it into several tables on several pages, or offer it as a file to take away.",
        "No screen shows so wide a table, and no trainee reads so long a one.",
    ),
    Rule(
        "table-syntax",
        WARNING,
        "The page will show the “|” here as text: these lines are not a table yet.",
        "Below the table's first line write one such as | --- | --- |, with as many cells as the "
        "first line has, and leave an empty line above the table.",
        "Markdown takes lines for a table only where the second one has three hyphens for each "
        "cell of the first.",
    ),
    Rule(
        "table-header",
        ERROR,
        "A column of this table has no header.",
        "Write in the table's first line what each column holds. Only the first cell may be empty, "
        "and only where the first column is **bold** throughout: then it heads the rows.",
        "A screen reader reads the headers with each cell (WCAG 1.3.1). The first line of a table "
        "heads its columns; a first column in bold heads its rows.",
    ),
    Rule(
        "table-cells",
        ERROR,
        "This row has {cells} cells, but the table has {columns} columns: the last cells would be "
        "lost.",
        "Add a column to the first two lines of the table, or write \\| for a | that divides no "
        "cells.",
        "Markdown drops the cells of a row that no column takes.",
    ),
    Rule(
        "definition-stray",
        WARNING,
        "The page will show “: ” as text: no term stands above this definition.",
        "Write the term on a line of its own right above, at the start of a paragraph.",
        "A definition list is a line with a term, then a line that starts with “: ” and defines "
        "it.",
    ),
    Rule(
        "term-repeated",
        ERROR,
        "The term “{term}” is already defined at {first}.",
        "Delete one of the two definitions.",
        "A glossary says once what a word means, so that everybody reads the same wherever it is "
        "used.",
    ),
    Rule(
        "alt-missing",
        ERROR,
        "The image “{image}” has no text for people who cannot see it.",
        "Say what it shows between the square brackets: ![A map of the site]({image}). If it "
        'shows nothing that matters, write ![]({image} "decorative").',
        "A screen reader reads the text instead of the image (WCAG 1.1.1). It leaves out an image "
        "that is decorative; whether one is, only the author can say.",
    ),
    Rule(
        "words-missing",
        ERROR,
        "This has no words that a screen reader could say.",
        'Write words beside the picture; or delete “"decorative"” behind its address, and say '
        "between its square brackets what it shows.",
        "What trainees are asked, and what they choose from, needs a name (WCAG 4.1.2). An image "
        "that is decorative has none.",
    ),
    Rule(
        "alt-decorative",
        ERROR,
        "The image “{image}” is said to be decorative and has a text, too.",
        'Delete the text between the square brackets, or “"decorative"” behind the address.',
        "A screen reader leaves out an image that is decorative, so that nobody would read its "
        "text.",
    ),
    Rule(
        "captions-missing",
        ERROR,
        "The video “{title}” has no captions.",
        "Add a line “- [English](media/name.en.vtt)” to its list. Where nothing is to be heard, "
        "one caption says so.",
        "Captions are for everybody who cannot hear, or has no sound at work (WCAG 1.2.2). Many "
        "programs for videos save them as WebVTT, a file that ends in .vtt.",
    ),
    Rule(
        "captions-invalid",
        ERROR,
        "{problem}.",
        "{fix}.",
        "Captions are WebVTT: a line “WEBVTT”, then each caption after an empty line, a line of "
        "times above its words. A browser leaves out what it does not understand, without a word.",
    ),
    Rule(
        "transcript-missing",
        ERROR,
        "The {name} “{title}” has no transcript.",
        "Below its list and an empty line, write what is said in it and what else is to be seen "
        "or heard.",
        "A transcript is for everybody who cannot see or hear, who would rather read, or whose "
        "network is slow (WCAG 1.2.1, 1.2.3).",
    ),
    Rule(
        "media-kind",
        ERROR,
        "The name says that this file is {kind} in {ending}, but it is something else.",
        "Save it as {ending} with the program that made it: a new name changes no file.",
        "Images and recordings begin with certain bytes. These are others, so that browsers would "
        "not show it.",
    ),
    Rule(
        "image-damaged",
        ERROR,
        "This picture cannot be shown whole: {problem}.",
        "Save it again with the program that made it, or copy it again.",
        "A picture whose file ends too early is mostly a copy or a download that broke off. "
        "Browsers show a part of it, or none.",
    ),
    Rule(
        "image-title",
        WARNING,
        "“{title}” stands behind the address of an image, and is shown nowhere.",
        "Delete it; a caption is the title of a figure: ::: figure {title}",
        "Markdown's title of an image appears only under a mouse. Here, the only word that may "
        "stand there is “decorative”, for an image that shows nothing that matters.",
    ),
    Rule(
        "link-broken",
        ERROR,
        "The link leads nowhere: {problem}.{did_you_mean}",
        "{fix}",
        "Links lead to a page of the course, a heading on it, a file in media/, or a full address.",
    ),
    Rule(
        "link-active",
        ERROR,
        "“{file}” could run a program: in the browser, with the rights of the LMS, or on a "
        "trainee's computer.",
        "Offer it as a PDF or as a document. If it has to be this file, write its name and the "
        "reason under “linked_files:” in course.yaml.",
        "A web page or a script in a package runs where the LMS does, and could read or change "
        "what the LMS holds of whoever opens it. Only kinds of file that run nothing may be "
        "linked to as they are; for any other, course.yaml says “file:” and “reason:” under "
        "“linked_files:”, so that whoever reviews the course knows of it.",
    ),
    Rule(
        "image-external",
        ERROR,
        "The image would be loaded from another site ({address}).",
        "Save the image into media/, if its owner allows it, and write ![…](media/name.png).",
        "A package is complete: it loads nothing from elsewhere, so that it works in every "
        "network, and so that no other site learns who takes the course.",
    ),
    Rule(
        "image-type",
        ERROR,
        "“{file}” is not an image.",
        "Use an image ({known}), or write a link: [text](address), without the exclamation mark.",
        "Browsers show only certain kinds of file as images.",
    ),
    Rule(
        "link-syntax",
        WARNING,
        "The page will show “{text}” as text: this is not a whole link or image.",
        "Write [text](address), without a space in the address and without a variable in it.",
        "A link or an image with a space in its address, or without its last bracket, is shown as "
        "it is written.",
    ),
    Rule(
        "link-text",
        ERROR,
        "The link to “{target}” has no text.",
        "Write what it leads to between the square brackets: [Definition]({target}).",
        "A screen reader reads the text of a link (WCAG 2.4.4).",
    ),
    Rule(
        "link-ambiguous",
        WARNING,
        "“{text}” leads to two places on this page: here to {target}, at {first} to {other}.",
        "Say in the words of each link where it leads.",
        "A screen reader lists the links of a page without the sentences round them. The same "
        "words for two places do not say which is which (WCAG 2.4.4, read strictly).",
    ),
    Rule(
        "media-missing",
        ERROR,
        "There is no file “{file}”.{did_you_mean}",
        "Put the file into media/, or correct its name.",
        "Images and files are part of the course folder.",
    ),
    Rule(
        "media-unused",
        WARNING,
        "No page uses this file, so it is not part of the package.",
        "Delete it, or use it on a page.",
        "Only files that a page or the theme uses are packed, so that trainees download nothing "
        "in vain.",
    ),
    # The theme.
    Rule(
        "contrast-low",
        ERROR,
        "“{colour}” cannot be read well: its contrast is {ratio}:1 {where}, and text needs {least}"
        ":1.",
        "Write “{nearest}”, the nearest shade that passes, or a {way} one.",
        "Links, buttons and borders have the accent of the theme. Many people cannot read words "
        "that differ too little from what is behind them, nobody can in bright light (WCAG 1.4.3).",
    ),
    Rule(
        "logo-text",
        ERROR,
        "The logo has no text for people who cannot see it.",
        "Say whose it is with “logo_alt:” under “theme:”, or with “owner:” in course.yaml.",
        "A screen reader reads the text instead of the image (WCAG 1.1.1). It is the name of the "
        "organisation, without the word “logo”.",
    ),
    Rule(
        "theme-file",
        ERROR,
        "{problem}",
        "{fix}",
        "A theme's logo is an image of media/, its stylesheet one file that ends in .css. Each "
        "file that a trainee has to wait for makes a course slower to open.",
    ),
    Rule(
        "variable-syntax",
        ERROR,
        "“{text}” is not a whole variable, and would be shown as it is.",
        "Write two curly brackets before and two after the name: {{{{ name }}}}. Text that is "
        "meant to be read like this goes between backticks.",
        "A page uses a local value as {{ name }}. With a bracket too few it would be shown as "
        "text, and trainees would miss a contact or a name.",
    ),
    Rule(
        "variable-unknown",
        ERROR,
        "There is no variable “{name}”.{did_you_mean}",
        "Correct the name, or add it under “variables:” in course.yaml.",
        "A page uses a local value as {{ name }}; course.yaml gives it under “variables:”.",
    ),
    Rule(
        "variable-misplaced",
        ERROR,
        "“{use}” cannot stand in a title or in the course's description.",
        "Write the words themselves, or move the variable into the text of a page.",
        "Variables are filled in only in the text of pages and questions. Titles also stand in the "
        "contents, in the manifest and in the LMS's records.",
    ),
    # What makes a draft.
    Rule(
        "variable-unset",
        WARNING,
        "“{name}” is not set: {label}.",
        "Write its value after “value:”. Trainees now read “{shown}”.",
        "The builder never guesses a contact or an emergency route. While one is unset, the "
        "package is a draft, and a release is refused.",
        draft=True,
    ),
    Rule(
        "variable-unconfirmed",
        WARNING,
        "“{name}” is not confirmed: {label}.",
        "Check “{value}”, then write “confirmed_by:” and “confirmed_on:” below it.",
        "The value came with the course text and may be out of date. While it is not confirmed, "
        "the package is a draft, and a release is refused.",
        draft=True,
    ),
    Rule(
        "variable-unused",
        WARNING,
        "No page uses the variable “{name}”.",
        "Use it in a page as {{{{ {name} }}}}, or delete it.",
        "A variable that no page uses is never shown to a trainee.",
    ),
    Rule(
        "question-unapproved",
        WARNING,
        "The question “{question}” is not approved.",
        "Let the course's owner check it, then write “approved_by:” and “approved_on:” in it.",
        "Questions teach. Until the owner of the course has approved each one, the package is a "
        "draft, and a release is refused.",
        draft=True,
    ),
    Rule(
        "approval-incomplete",
        WARNING,
        "This has “{has}” but no “{lacks}”.",
        "Write “{lacks}:”, too.",
        "An approval or a confirmation names somebody and a day. With one of the two, it does not "
        "count: the package is a draft, and a release is refused.",
        draft=True,
    ),
    Rule(
        "tracking-unapproved",
        WARNING,
        "The pass mark of {pass_mark} % is not approved.",
        "Let the course's owner decide it, then write “approved_by:” and “approved_on:” under "
        "“tracking:”.",
        "The pass mark decides who has to take the quiz again. Until the owner has approved it, "
        "the package is a draft, and a release is refused.",
        draft=True,
    ),
    Rule(
        "mastery-conflict",
        ERROR,
        "“mastery: manifest” does not fit: {reason}.",
        "{fix}.",
        "With “mastery: manifest” the package names the pass mark, and an LMS may judge by it: "
        "when a trainee leaves, it puts “passed” or “failed” in the place of what the course has "
        "reported. That has to come to the same as what the trainee was shown.",
    ),
    Rule(
        "link-unchecked",
        WARNING,
        "The address {url} has not been checked.",
        "Open it, then write it under “references:” in course.yaml with “checked_on:”, and with "
        "“current:” if it has moved.",
        "Addresses move. While one is unchecked, the package is a draft, and a release is refused.",
        draft=True,
    ),
    Rule(
        "organisation-missing",
        WARNING,
        "Further reading does not say whose {url} is.",
        "Write “organisation:” under this address in “references:” in course.yaml.",
        "Trainees decide by the name of an organisation whether to trust a page and to open it.",
    ),
    Rule(
        "review-unset",
        WARNING,
        "The course has no date for its next review.",
        "Write “review_by:” in course.yaml, for example 2027-03-31.",
        "Guidance, contacts and the law change. Until the owner has set a date for the next "
        "review, the package is a draft, and a release is refused.",
        draft=True,
    ),
    Rule(
        "date-future",
        WARNING,
        "“{key}” is in the future: {day}.",
        "Write the day on which it was done.",
        "Nobody has checked, reviewed or approved anything on a day that is still to come. Until "
        "the date is mended, the package is a draft, and a release is refused.",
        draft=True,
    ),
    Rule(
        "review-overdue",
        WARNING,
        "The course was to be reviewed by {review_by}.",
        "Review it, then set “reviewed_on:” and a new “review_by:” in course.yaml.",
        "Guidance, contacts and the law change. A course that is overdue for review is a draft, "
        "and a release is refused.",
        draft=True,
    ),
    # Limits.
    Rule(
        "state-too-large",
        ERROR,
        "A trainee's progress could need {size} characters; SCORM 1.2 keeps 4096.",
        "{fix}",
        "SCORM 1.2 keeps at most 4096 characters of state for each trainee; some LMSs drop "
        "everything when there is more. The builder adds up the most that a trainee can do, and "
        "refuses a course that could lose an answer.",
    ),
    Rule(
        "state-near-limit",
        WARNING,
        "A trainee's progress could need {size} of the 4096 characters that SCORM 1.2 keeps.",
        "There is little room for more questions. {fix}",
        "SCORM 1.2 keeps at most 4096 characters of state for each trainee.",
    ),
    Rule(
        "text-too-long",
        ERROR,
        "“{key}” has {size} characters; the manifest takes at most {limit}.",
        "Shorten it.",
        "The manifest that an LMS reads limits its texts (IMS Content Packaging 1.1.2 and IMS "
        "metadata 1.2.1).",
    ),
    # What an edit costs trainees who have begun (build --since).
    Rule(
        "since-lost",
        WARNING,
        "Trainees who have begun lose something: {problem}",
        "{hint}, unless that is meant.",
        "The course is compared with the package that trainees have begun with. What they have "
        "done is kept by ids and revisions: “scorm-builder diff” says all that an edit means.",
    ),
    Rule(
        "since-odd",
        WARNING,
        "This edit looks like a mistake. {problem}",
        "{hint}",
        "The course is compared with the package that trainees have begun with. The edit would "
        "change what an answer means, or cost progress that it need not.",
    ),
    # A package that does not pass its own check.
    Rule(
        "package-zip",
        ERROR,
        "The package is not a zip that every LMS accepts: {problem}.",
        "Build the package again.",
        "SCORM 1.2 packages are plain zip files (PKZIP 2.04g): stored or deflated, not encrypted, "
        "without links, with the manifest at the root.",
    ),
    Rule(
        "package-foreign",
        ERROR,
        "This package cannot be read: {problem}.",
        "Name a zip that scorm-builder has made, as it was uploaded to the LMS.",
        "Packages are compared by the list of pages and questions in their course.json. A package "
        "of another tool has none.",
    ),
    Rule(
        "package-too-large",
        ERROR,
        "The package would hold {size} GB of files; a zip that every LMS can open takes about 2.",
        "Make the largest files smaller, or put them on a site of their own and link to them: "
        "{files}.",
        "Packages are zip files of SCORM 1.2's time (PKZIP 2.04g), which hold at most 2 GB.",
    ),
    Rule(
        "package-name",
        ERROR,
        "An LMS would refuse or rename “{name}”: {problem}.",
        "Build the package again.",
        "File names in a package are lower-case ASCII without spaces (SCORM 1.2).",
    ),
    Rule(
        "package-schema",
        ERROR,
        "The manifest breaks its schema: {problem}.",
        "Build the package again.",
        "The manifest follows IMS Content Packaging 1.1.2 and ADL SCORM 1.2.",
    ),
    Rule(
        "package-reference",
        ERROR,
        "The manifest does not hold together: {problem}.",
        "Build the package again.",
        "Identifiers are unique, and every reference names something that exists. The schemas "
        "cannot say so.",
    ),
    Rule(
        "package-value",
        ERROR,
        "The manifest has a wrong value: {problem}.",
        "Build the package again.",
        "Some values are fixed by SCORM 1.2 although the schemas accept any.",
    ),
    Rule(
        "package-files",
        ERROR,
        "The manifest and the zip do not agree: {problem}.",
        "Build the package again.",
        "Every file of a package is listed in its manifest, and every file listed is there.",
    ),
    Rule(
        "package-content",
        ERROR,
        "“{name}” would {problem}.",
        "Take that out of the file; an SVG can be saved as “plain SVG”, without scripts.",
        "Nothing in a package loads from outside it, and no image runs a script.",
    ),
    Rule(
        "package-policy",
        ERROR,
        "Nothing would keep “{name}” from loading from elsewhere: {problem}.",
        "Build the package again.",
        "Every page that the builder writes says which files it may load and run: those of the "
        "package. So a browser refuses what a check has missed.",
    ),
    Rule(
        "package-digest",
        ERROR,
        "The package's digest does not match its content.",
        "Build the package again.",
        "The digest is over the names and contents of all files. One that does not match means "
        "that the package was changed after it was built.",
    ),
)

LONGEST_WORDS = 400
"""Characters of what fills a gap in a message; lists of all that can stand somewhere have fewer."""
_END = 100
"""Of them the last ones, since what is wrong with a value may follow it."""

CATALOGUE = {rule.code: rule for rule in RULES}


def problem(code: str, position: Position, **words: object) -> Diagnostic:
    """A diagnostic of the catalogue, its message and hint filled in with ``words``.

    A word in which files are named is a ``FileName``, or a tuple of texts and such names. Of a
    word of more than ``LONGEST_WORDS`` characters, such as a page of text in the place of a date,
    the beginning and the end are shown.
    """
    rule = CATALOGUE[code]
    naming = any(isinstance(word, FileName | tuple) for word in words.values())
    filled = {name: _shortened(word) for name, word in words.items()}
    return Diagnostic(
        position=position,
        code=code,
        message=rule.message.format(**filled),
        severity=rule.severity,
        hint=rule.hint.format(**filled),
        draft=rule.draft,
        words=words if naming else {},
    )


def renamed(found: Diagnostic, names: Mapping[str, str]) -> Diagnostic:
    """The same problem, with every file that it names, and the one that it stands in, as ``names``
    has them; what is not in them keeps its name."""
    path = found.position.path
    position = replace(found.position, path=names.get(path, path))
    if not found.words:
        return replace(found, position=position)
    words = {name: _named(word, names) for name, word in found.words.items()}
    return replace(problem(found.code, position, **words), severity=found.severity)


def _named(word: object, names: Mapping[str, str]) -> object:
    if isinstance(word, tuple):
        return tuple(_named(part, names) for part in word)
    return FileName(names.get(word, word)) if isinstance(word, FileName) else word


def _shortened(word: object) -> object:
    if isinstance(word, tuple):
        word = "".join(word)
    if not isinstance(word, str) or len(word) <= LONGEST_WORDS:
        return word
    return f"{word[: LONGEST_WORDS - _END]}…{word[-_END:]}"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`` Did you mean “…”?``, or nothing where no known word is near."""
    return Known(known).did_you_mean(word)


class Known:
    """Known words, asked again and again for the one that is near to a word.

    A comparison takes up to 20 microseconds, and a course may have thousands of names and as many
    mistakes. After ``COMPARISONS`` of them, nothing is near any more: an author who has read some
    tens of suggestions knows what is wrong. Nor are words compared that are longer than
    ``LONGEST`` characters.
    """

    COMPARISONS = 30_000
    LONGEST = 100

    def __init__(self, words: Iterable[str]) -> None:
        self._words = [word for word in words if len(word) <= self.LONGEST]
        self._left = self.COMPARISONS
        self._near: dict[str, str | None] = {}

    def near(self, word: str) -> str | None:
        """The known word that is nearest to this one, if any is near at all."""
        if word not in self._near:
            self._near[word] = self._nearest(word)
        return self._near[word]

    def _nearest(self, word: str) -> str | None:
        if self._left <= 0 or len(word) > self.LONGEST:
            return None
        self._left -= len(self._words)
        near = difflib.get_close_matches(word, self._words, n=1, cutoff=0.6)
        return near[0] if near else None

    def did_you_mean(self, word: str) -> str:
        """`` Did you mean “…”?``, or nothing where no known word is near."""
        near = self.near(word)
        return "" if near is None else f" Did you mean “{near}”?"
