"""The shapes of ``course.yaml`` and of a page's front matter: keys, types, limits, defaults."""

# Without “from __future__ import annotations”: shapes evaluate the annotations, and strings would
# have to be compiled first.
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Annotated, Any, Literal
from unicodedata import normalize

from builder.course.approvals import CODE_PATTERN
from builder.course.languages import LANGUAGE_PATTERN
from builder.course.questions.base import VISIBLE_PATTERN, Id, Ids, Text, Texts, Weight, as_list
from builder.course.shaping import After, Before, Limits, Pattern, Shape, Shorthand

VERSION_PATTERN = r"^[0-9A-Za-z][0-9A-Za-z.+_-]{0,19}$"
INTERVAL_PATTERN = "^[1-9][0-9]{0,2} (days?|weeks?|months?|years?)$"
VARIABLE_PATTERN = r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$"
ADDRESS_PATTERN = r"^https?://[^\s/]+\S*$"
DIGEST_PATTERN = "^[0-9a-f]{64}$"
"""Matches a SHA-256 digest in hexadecimal."""
REMARK_PATTERN = "^[2-9CDFGHJKMNPQRTVWXY]{4}-[2-9CDFGHJKMNPQRTVWXY]{4}$"
COLOUR_PATTERN = r"^#[0-9A-Fa-f]{6}$"

FileName = Annotated[Text, After(lambda name: normalize("NFC", name))]
"""The name of a file in the course, in Unicode NFC like the names of files that are read."""

FileNames = Annotated[Texts, After(lambda names: tuple(normalize("NFC", name) for name in names))]

Version = Annotated[str, Pattern(VERSION_PATTERN)]
"""The version of a course, which is part of the package's name; the manifest allows 20 characters
(facts/scorm-1.2.md#manifest)."""

Language = Annotated[str, Pattern(LANGUAGE_PATTERN)]
"""A language tag as in HTML's ``lang``: language, script and region of RFC 5646.

Browsers do not know further parts of a tag, and reject some of them.
"""

Interval = Annotated[str, Pattern(INTERVAL_PATTERN)]
"""A time from one completion to the next, such as ``12 months``."""

WordsCode = Annotated[str, Pattern(CODE_PATTERN)]
"""A short code of words (``builder.course.approvals``), or of a change of words
(``builder.updating.refreshing``)."""

VariableName = Annotated[str, Pattern(VARIABLE_PATTERN)]
Address = Annotated[str, Pattern(ADDRESS_PATTERN)]
Colour = Annotated[str, Pattern(COLOUR_PATTERN, lower=True)]


class LockShape(Shape):
    """What trainees must do first; see ``builder.course.model.Lock``."""

    done: Texts = ()
    """Pages by file and modules by id (or by title) that must be done first."""
    passed: Texts = ()
    """Quizzes by file that must be passed first."""


def _lock(value: Any) -> Any:
    return {"done": value} if isinstance(value, str | list) else value


Locked = Annotated[LockShape, Before(_lock), Shorthand(Texts)]
"""A lock; a name or a list of names instead of keys is read as ``done``."""


PassMark = Annotated[int, Limits(ge=0, le=100)]
Attempts = Annotated[int, Limits(ge=0, le=1000)]
Keep = Literal["best", "last"]
WalkKeep = Literal["best", "last", "first"]


class DrawShape(Shape):
    """Some questions drawn from a bank, from those with a tag, or from those with both."""

    bank: FileName | None = None
    """A file in `questions/`, without its ending."""
    tag: Id | None = None
    """A tag under `tags:` of questions."""
    count: Annotated[int, Limits(ge=1, le=200)]
    """How many are drawn; each trainee and attempt gets different ones."""


class TestOutShape(DrawShape):
    """A test at the start of a module; see ``builder.course.model.TestOut``. Without ``bank`` and
    ``tag``, it asks questions whose ``source:`` is a page of the module."""

    pass_mark: PassMark | None = None
    """The pass mark, in percent; as under `tracking:` if left out."""
    attempts: Attempts = 3
    """How often a trainee may try; 0 means no limit."""
    always: FileNames = ()
    """Pages of the module that must be read whatever the result."""


class ListedShape(Shape):
    """A page in the list of pages."""

    page: Text
    """The file in `pages/`."""
    locked: Locked | None = None
    """What must be done before the page opens: one name or a list, pages by file and modules by
    id, or by title."""


def _listed(value: Any) -> Any:
    return {"page": value} if isinstance(value, str) else value


Listed = Annotated[ListedShape, Before(_listed), Shorthand(Text)]


class ModuleShape(Shape):
    """A named group of pages; ``module`` is empty for a page outside any."""

    module: Annotated[str, Pattern(f"^$|{VISIBLE_PATTERN}")]
    """The title of the group, as trainees see it in the contents."""
    id: Id | None = None
    """The module's id in the LMS; write one before you change its title."""
    pages: Annotated[tuple[Listed, ...], Limits(min_length=1)]
    """The pages of the group, in order."""
    locked: Locked | None = None
    """What must be done before the module opens: one name or a list, pages by file and modules by
    id, or by title."""
    test_out: TestOutShape | None = None
    """A test at the start of the module: trainees who pass it need not read the module."""


def _entry(value: Any) -> Any:
    single = isinstance(value, str) or (
        isinstance(value, dict) and "page" in value and "module" not in value
    )
    return {"module": "", "pages": [value]} if single else value


Entry = Annotated[ModuleShape, Before(_entry), Shorthand(Listed)]
"""An entry of the list of pages: a module, or one page."""


class TrackingShape(Shape):
    """What is tracked, and what is reported to the LMS; see ``builder.course.model.Tracking``."""

    pages: Literal["all", "none"] = "all"
    """`all`: every page must be visited. `none`: only the current page is saved (long courses)."""
    report: Literal["passed-failed", "completed"] = "passed-failed"
    """The final status reported to the LMS: `passed-failed`, or `completed` whatever the score."""
    pass_mark: PassMark = 80
    """The pass mark, in percent of the score."""
    attempts: Attempts = 0
    """Attempts at each quiz; 0 means no limit."""
    keep: Keep = "best"
    """Which score of a quiz counts: the `best` or the `last`."""
    score: bool = True
    """`no`: no score is reported to the LMS."""
    mastery: Literal["manifest", "none"] = "none"
    """`manifest`: the package tells the LMS the pass mark, and the LMS may set the status by it."""
    failed: Literal["after-last-attempt", "never"] = "after-last-attempt"
    """When a failure is reported to the LMS: `after-last-attempt`, or `never`."""
    comments: bool = False
    """`yes`: trainees can comment on the course; comments go to the LMS with their names."""
    journal: bool = True
    """`no`: the browser does not save data that the LMS has not accepted yet."""


class ThemeShape(Shape):
    """The look of the course, where it differs from the default (see
    ``builder.course.model.Theme``)."""

    preset: Literal["lagoon", "forest", "indigo", "plum", "clay", "slate"] | None = None
    """Colours that go together, for light and dark screens."""
    accent: Colour | None = None
    """The colour of links and buttons, such as "#0b5d6b"; its contrast is checked."""
    accent_dark: Colour | None = None
    """The same on a dark screen; if left out, it is derived from `accent`."""
    logo: FileName | None = None
    """An image in `media/`, such as `media/logo.svg`."""
    logo_alt: Text | None = None
    """The name of the organisation; if left out, the owner."""
    logo_dark: FileName | None = None
    """The logo on a dark screen, an image in `media/`."""
    font: FileName | None = None
    """A font for all text, WOFF2 in `media/`."""
    font_bold: FileName | None = None
    """The same font in bold, WOFF2 in `media/`."""
    stylesheet: FileName | None = None
    """A style sheet in `media/`, such as `media/brand.css`, which is applied after the
    builder's."""


class CoverShape(Shape):
    """The cover page; keys left out are derived from the rest of ``course.yaml``. See
    ``builder.course.model.Cover``."""

    show: bool = True
    """Whether there is a cover; without one, the course begins with its first page."""
    about: Text | None = None
    """What the course is; if left out, the description."""
    audience: Text | None = None
    """Who the course is for."""
    outcomes: Texts = ()
    """What trainees can do after the course."""
    picture: FileName | None = None
    """An image in `media/`; without one, the cover shows a pattern."""
    picture_alt: Text | None = None
    """What the picture shows, for people who cannot see it; if left out, it is decoration."""


class CertificateShape(Shape):
    """A certificate for trainees who have finished; see ``builder.course.model.Certificate``."""

    show: bool | None = None
    """Whether trainees who finish can print one. If left out, they can, unless the course has
    a record or its saved state is near its limit."""
    signed_by: Annotated[Texts, Limits(max_length=2)] = ()
    """One or two signatories, such as "Jo Smith, Head of Learning"; each gets a signature line. If
    left out, nobody signs."""
    shown_by_test: bool = False
    """`yes`: it lists the modules that the trainee did not read because they passed a test-out."""


def _certificate(value: Any) -> Any:
    return value if isinstance(value, dict) else {"show": value}


Certificated = Annotated[CertificateShape, Before(_certificate), Shorthand(bool)]
"""A certificate; `yes` or `no` says whether there is one."""


class RefresherShape(Shape):
    """What a refresher has (``build --refresher``); see
    ``builder.course.model.RefresherRules``."""

    title: Text
    """The title of the refresher, with its year, such as `Fire safety: refresher 2027`. The
    certificate has it too."""
    quiz: bool = True
    """`no`: the refresher leaves out the quizzes of the course."""
    record: bool = True
    """`no`: the refresher leaves out the records of the course."""
    certificate: bool | None = None
    """Whether trainees who finish the refresher can print a certificate; if left out, as in the
    course."""


class VariableShape(Shape):
    """A local value; several texts are joined by “; ”."""

    label: Text
    """What the value is, in words, for messages."""
    value: Texts | None = None
    """The value, one or several. While it is empty, trainees read “Not set yet”, and the package is
    a draft."""


class ReferenceShape(Shape):
    """An address outside the course, and its organisation."""

    url: Address
    """The address in full, as pages link to it."""
    organisation: Text | None = None
    """The organisation behind it, as further reading shows it."""
    current: Address | None = None
    """The new address, if it has moved."""
    checked_on: date | None = None
    """The day on which somebody last opened it, such as 2026-01-31."""


class LinkedFileShape(Shape):
    """A file that pages may link to although it could run, and why."""

    file: Text
    """The file in `media/`, such as `media/form.html`."""
    reason: Text
    """Why the course needs it."""


Approvable = Literal[
    "pages", "questions", "scenarios", "records", "pass_mark", "values", "addresses"
]


class ApprovalsShape(Shape):
    """What must be approved, and whether the package names who approved it."""

    required: Annotated[tuple[Approvable, ...], Before(as_list), Shorthand(Approvable)] = (
        "questions",
        "scenarios",
        "pass_mark",
        "values",
    )
    """Kinds of text that somebody must approve before a release: `pages`, `questions`,
    `scenarios`, `records`, `pass_mark` (with all other rules of quizzes), `values`, `addresses`.
    Until all are approved, the package is a draft. With an empty list, the package calls itself
    “released without approvals”."""
    show_names: bool = False
    """`yes`: the package says who approved what; `no`: only what was approved, and when."""


class EvidenceShape(Shape):
    """The returned document that an approval rests on."""

    file: Text
    """The name of the document's file."""
    sha256: Annotated[str, Pattern(DIGEST_PATTERN)]
    """The SHA-256 digest of the file, by which anyone can check that they have the same one."""


class ApprovalShape(Shape):
    """An approval of a text by a person: an entry of ``approvals.yaml``."""

    part: Text
    """What was approved, as “scorm-builder approve” lists it, such as `question/first-thing`."""
    by: Text
    """The person who approved it."""
    on: date
    """The date, such as 2026-01-31."""
    code: WordsCode
    """The code of exactly the text that they read."""
    words: Text | None = None
    """The text that they read, so that a message can say what has changed since."""
    evidence: EvidenceShape | None = None
    """The returned document that had this text, if the approval was recorded with --document."""


RemarkId = Annotated[str, Pattern(REMARK_PATTERN)]


class RemarkShape(Shape):
    """A remark by a reviewer, and its state: an entry of ``remarks.yaml``."""

    id: RemarkId
    """The code of the remark, derived from what was remarked."""
    state: Literal["open", "done", "declined"]
    """`open`: the package is a draft; `done`: the course follows the remark; `declined`: the course
    does not follow it, for a reason."""
    kind: Literal["comment", "reply", "change"]
    """A comment, a reply to a comment, or changed text."""
    by: Text | None = None
    """The person who made the remark."""
    on: date | None = None
    """The date, such as 2026-01-31."""
    part: Text | None = None
    """The part of the course that it is about, by the grey code in the review document."""
    file: Text | None = None
    """The file that contained this text when the document was read."""
    line: Annotated[int, Limits(ge=1)] | None = None
    """The line of that file."""
    about: Text | None = None
    """The text that the remark is about; for a change, the text that was struck out."""
    added: Text | None = None
    """The text that a change puts in its place."""
    text: Text | None = None
    """The text of a comment."""
    reason: Text | None = None
    """Why it was declined."""


class QuickExitShape(Shape):
    """“Exit this page” on every page; without an address it opens a page of the package."""

    url: Address | None = None
    """The address that the link opens; without it, the link opens a calendar in the package."""


class CourseShape(Shape):
    """``course.yaml``."""

    id: Id
    """The id of the course in LMSs and in saved progress: never change it once trainees have
    started. Lower-case letters, digits and hyphens."""
    title: Text
    """The title as trainees see it."""
    version: Version
    """The version as trainees see it, in quotes, such as "1.0.0"; a part of the package's name."""
    language: Language = "en"
    """The language of the pages and of the interface, such as `en` or `en-GB`."""
    interface_unread: Literal["accepted"] | None = None
    """`accepted`: the course may be released although no speaker of a language has read the
    interface's texts in that language yet."""
    description: Text = ""
    """What the course is and who it is for, for the list of courses in an LMS."""
    keywords: Texts = ()
    """Words that people may use to search for the course."""
    owner: Text = ""
    """Who is responsible for the course."""
    rights: Text = ""
    """Who may use it."""
    reminder: Text = ""
    """A sentence under every field for free text, such as "Do not name a customer." If left out,
    there is none."""
    reviewed_on: date | None = None
    """The date of the last review, such as 2026-01-31."""
    review_by: date | None = None
    """The date of the next review, such as 2027-01-31. Without it, or after it, a course is a
    draft."""
    refresh_every: Interval | None = None
    """How long a completion counts, such as `12 months`: `scorm-builder results --evidence` says
    for each person when the course is due again. It changes nothing for trainees."""
    pages: tuple[Entry, ...] = ()
    """The pages in order, at least one: files in `pages/`; “- module: TITLE” with its own `pages:`
    makes a group."""
    tracking: TrackingShape = TrackingShape()
    """What is tracked, and what is reported to the LMS."""
    theme: ThemeShape = ThemeShape()
    """Your own colours, logo, fonts and style sheet."""
    cover: CoverShape = CoverShape()
    """The cover page: what the course is, how long it takes, and its goals."""
    certificate: Certificated = CertificateShape()
    """A certificate that trainees who finish can print: `yes`, `no`, or a mapping."""
    refresher: RefresherShape | None = None
    """What `scorm-builder build --refresher` makes for people who completed an earlier version."""
    typography: Literal["as-written", "by-language"] = "as-written"
    """Whether quotation marks, dashes and spaces are shown as written, or as the language of the
    course sets them."""
    trainee_names: Literal["as-sent", "given-name-first"] = "given-name-first"
    """How the certificate and the record print a name that the LMS sends as “Jones, Sam”:
    `given-name-first`, as “Sam Jones”, or `as-sent`."""
    variables: Mapping[VariableName, VariableShape] = MappingProxyType({})
    """Local values; pages show a value where they have {{ name }}."""
    references: tuple[ReferenceShape, ...] = ()
    """Addresses outside the course, and when each was last checked."""
    linked_files: tuple[LinkedFileShape, ...] = ()
    """Files that pages may link to although they could run, and why."""
    approvals: ApprovalsShape = ApprovalsShape()
    """What must be approved before a release; the approvals are in approvals.yaml."""
    help: FileNames = ()
    """Pages that “Help and contacts”, at the foot of every page, lists below the contacts."""
    quick_exit: QuickExitShape | None = None
    """“Exit this page” on every page."""


class RecordShape(Shape):
    """One question of a record."""

    id: Id
    """Its permanent id: answers are saved by it."""
    was: Ids = ()
    """Its earlier ids: trainees keep what they wrote."""
    question: Text
    """What trainees are asked: one line of Markdown."""
    reading: Text | None = None
    """Where to read about it, such as `"[Title](page.md)"`."""
    limit: Annotated[int, Limits(ge=50, le=2000)] = 500
    """Maximum number of characters of the saved answer."""


class QuizShape(Shape):
    """How a quiz asks and scores; keys left out are as in ``tracking:``. See
    ``builder.course.model.QuizRules``."""

    draw: tuple[DrawShape, ...] = ()
    """A list; each entry draws `count:` questions from a `bank:`, by a `tag:`, or both: different
    ones for each trainee and attempt. A question belongs to the first draw that matches it."""
    shuffle_questions: bool = False
    """`yes`: each trainee gets the questions in a different order."""
    shuffle_options: bool = False
    """`yes`: each trainee gets the options in a different order, except in questions with
    `shuffle: no`."""
    feedback: Literal["at-once", "at-end", "never"] = "at-once"
    """`at-once` after each answer, `at-end` after the last, or `never`: only the score."""
    retake: Literal["all", "wrong"] = "all"
    """What another attempt asks: `all` questions, or only those answered `wrong`."""
    attempts: Attempts | None = None
    """Attempts at this quiz, 0 for no limit; as under `tracking:` if left out."""
    pass_mark: PassMark | None = None
    """The quiz's own pass mark in percent, which trainees must reach in this quiz. Quizzes without
    one count together towards the course's pass mark."""
    keep: Keep | None = None
    """Which score counts, the `best` or the `last`; as under `tracking:` if left out."""
    weight: Weight = 1
    """How much the quiz counts in the score of the course: 0.01 to 100, in hundredths."""


class PageShape(Shape):
    """A page's front matter."""

    id: Id | None = None
    """The page's permanent id: progress is saved by it. If left out, it is the file name without
    the number in front."""
    was: Ids = ()
    """Earlier ids of the page: its progress is kept."""
    title: Text
    """The title as trainees see it, the page's first heading."""
    revision: Annotated[int, Limits(ge=1, le=9999)] = 1
    """Raise it only if trainees must read the page again."""
    minor: Annotated[tuple[WordsCode, ...], Before(as_list), Shorthand(WordsCode)] = ()
    """Codes of changes that refreshers do not ask people to read, such as the correction of a typo,
    as `scorm-builder diff` shows them."""
    kind: Literal["page", "quiz", "record", "scenario"] = "page"
    """`page`; `quiz`, which asks questions for a score; `record`, which saves answers and dates and
    prints a sheet to sign; `scenario`, a story of scenes in which trainees choose."""
    minutes: Annotated[int, Limits(ge=1, le=600)] = 1
    """How long the page takes."""
    unsure: Texts = ()
    """What is undecided about the page, in one or more sentences. Until it is deleted, the package
    is a draft."""
    questions: tuple[Id, ...] = ()
    """For a quiz: the ids of questions that are in every attempt."""
    quiz: QuizShape | None = None
    """For a quiz: its own rules, and what it draws."""
    record: tuple[RecordShape, ...] = ()
    """For a record: its questions."""
    signature: Text = ""
    """For a record: the text above the signature line."""
    start: Text | None = None
    """For a scenario: the id of the scene where it starts. If left out, its first scene."""
    complete: Literal["ending", "good"] | None = None
    """For a scenario: what completes it, any `ending`, or only a `good` one. If left out, any."""
    weight: Weight | None = None
    """For a scenario: how much it counts in the score of the course, 0.01 to 100. If left out, it
    is practice."""
    attempts: Attempts | None = None
    """For a scenario with a weight: how many ways through it count, 0 for no limit. If left out,
    there is no limit; `tracking:` changes nothing here."""
    keep: WalkKeep | None = None
    """For a scenario with a weight: which way counts, the `best`, the `last`, or the `first`, with
    the first decision in each scene. If left out, the best."""
    reveal: Literal["always", "never"] | None = None
    """For a scenario: whether a decision shows at once how good it is, by a word and a sign,
    `always` or `never`. If left out, never; the list at an ending shows it in any case."""
    shown_by_test: bool = False
    """For a record, `yes`: its sheet lists the modules that the trainee did not read because they
    passed a test-out."""
