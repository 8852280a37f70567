"""The shapes of ``course.yaml`` and of a page's front matter: keys, types, limits, defaults."""

# Without “from __future__ import annotations”: the annotations are evaluated, and strings would
# have to be compiled.
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Annotated, Any, Literal
from unicodedata import normalize

from builder.course.approvals import CODE_PATTERN
from builder.course.questions.base import VISIBLE_PATTERN, Id, Ids, Text, Texts, Weight, as_list
from builder.course.shaping import After, Before, Limits, Pattern, Shape, Shorthand

VERSION_PATTERN = r"^[0-9A-Za-z][0-9A-Za-z.+_-]{0,19}$"
LANGUAGE_PATTERN = r"^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?$"
VARIABLE_PATTERN = r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$"
ADDRESS_PATTERN = r"^https?://[^\s/]+\S*$"
REMARK_PATTERN = "^[2-9CDFGHJKMNPQRTVWXY]{4}-[2-9CDFGHJKMNPQRTVWXY]{4}$"
COLOUR_PATTERN = r"^#[0-9A-Fa-f]{6}$"

FileName = Annotated[Text, After(lambda name: normalize("NFC", name))]
"""The name of a file in the course, in Unicode NFC like the names of files that are read."""

FileNames = Annotated[Texts, After(lambda names: tuple(normalize("NFC", name) for name in names))]

Version = Annotated[str, Pattern(VERSION_PATTERN)]
"""The version: part of the package's name, and at most 20 characters in the manifest
(facts/scorm-1.2.md#manifest)."""

Language = Annotated[str, Pattern(LANGUAGE_PATTERN)]
"""A language tag as in HTML's ``lang``: language, script and region of RFC 5646.

Browsers know no further parts, and refuse some that they do not know.
"""

VariableName = Annotated[str, Pattern(VARIABLE_PATTERN)]
Address = Annotated[str, Pattern(ADDRESS_PATTERN)]
Colour = Annotated[str, Pattern(COLOUR_PATTERN, lower=True)]


class LockShape(Shape):
    """What is done first; see ``builder.course.model.Lock``."""

    done: Texts = ()
    """Pages by file and modules by id (or by title) that have to be done first."""
    passed: Texts = ()
    """Quizzes by file that have to be passed first."""


def _lock(value: Any) -> Any:
    return {"done": value} if isinstance(value, str | list) else value


Locked = Annotated[LockShape, Before(_lock), Shorthand(Texts)]
"""A lock; one name, or a list of names, means what has to be done."""


class ListedShape(Shape):
    """A page in the list of pages."""

    page: Text
    """The file in `pages/`."""
    locked: Locked | None = None
    """What has to be done before the page opens: one name or a list, pages by file and modules
    by id, or by title."""


def _listed(value: Any) -> Any:
    return {"page": value} if isinstance(value, str) else value


Listed = Annotated[ListedShape, Before(_listed), Shorthand(Text)]


class ModuleShape(Shape):
    """A named group of pages; ``module`` is empty for a page outside any."""

    module: Annotated[str, Pattern(f"^$|{VISIBLE_PATTERN}")]
    """The title of the group, as trainees see it in the contents."""
    id: Id | None = None
    """The module's name in the LMS; write one before you change its title."""
    pages: Annotated[tuple[Listed, ...], Limits(min_length=1)]
    """The pages of the group in their order."""
    locked: Locked | None = None
    """What has to be done before the module opens: one name or a list, pages by file and modules
    by id, or by title."""


def _entry(value: Any) -> Any:
    single = isinstance(value, str) or (isinstance(value, dict) and "page" in value)
    return {"module": "", "pages": [value]} if single else value


Entry = Annotated[ModuleShape, Before(_entry), Shorthand(Listed)]
"""An entry of the list of pages: a module, or one page."""


PassMark = Annotated[int, Limits(ge=0, le=100)]
Attempts = Annotated[int, Limits(ge=0, le=1000)]
Keep = Literal["best", "last"]


class TrackingShape(Shape):
    """What counts, and what the LMS is told; see ``builder.course.model.Tracking``."""

    pages: Literal["all", "none"] = "all"
    """`all`: every page has to be visited. `none`: only the place is kept (long courses)."""
    report: Literal["passed-failed", "completed"] = "passed-failed"
    """The word that the LMS is told in the end: `passed-failed`, or `completed` whatever the
    score."""
    pass_mark: PassMark = 80
    """Percent of the score that pass."""
    attempts: Attempts = 0
    """Attempts at each quiz; 0 is no limit."""
    keep: Keep = "best"
    """Which score of a quiz counts: the `best` or the `last`."""
    score: bool = True
    """`no`: the LMS is told no score."""
    mastery: Literal["manifest", "none"] = "none"
    """`manifest`: the package tells the LMS the pass mark, by which it may judge for itself."""
    failed: Literal["after-last-attempt", "never"] = "after-last-attempt"
    """When the LMS is told that a trainee has failed: `after-last-attempt`, or `never`."""
    comments: bool = False
    """`yes`: trainees can comment on the course; it goes to the LMS with their names."""
    journal: bool = True
    """`no`: the browser keeps nothing of what the LMS could not be told."""


class ThemeShape(Shape):
    """How the course looks where it differs from others (``builder.course.model.Theme``)."""

    preset: Literal["lagoon", "forest", "indigo", "plum", "clay", "slate"] | None = None
    """Colours that go together, for light and dark screens."""
    accent: Colour | None = None
    """The colour of links and buttons, such as "#0b5d6b"; judged for contrast."""
    accent_dark: Colour | None = None
    """The same on a dark screen; follows from `accent` if left out."""
    logo: FileName | None = None
    """An image of `media/`, such as `media/logo.svg`."""
    logo_alt: Text | None = None
    """Whose logo it is; the owner, if left out."""
    logo_dark: FileName | None = None
    """The logo on a dark screen, an image of `media/`."""
    font: FileName | None = None
    """A font for all text, WOFF2 in `media/`."""
    font_bold: FileName | None = None
    """The same font in bold, WOFF2 in `media/`."""
    stylesheet: FileName | None = None
    """A style sheet of `media/`, such as `media/brand.css`, after the builder's own."""


class CoverShape(Shape):
    """The first view; what is left out is told from the rest of ``course.yaml``. See
    ``builder.course.model.Cover``."""

    show: bool = True
    """Whether there is a cover; without one, the course begins with its first page."""
    about: Text | None = None
    """What the course is; the description, if left out."""
    audience: Text | None = None
    """For whom it is."""
    outcomes: Texts = ()
    """What somebody who has done the course can do."""
    picture: FileName | None = None
    """An image of `media/`; without one, the cover has a quiet pattern of its own."""


class CertificateShape(Shape):
    """A sheet for those who have finished; see ``builder.course.model.Certificate``."""

    show: bool | None = None
    """Whether whoever finishes can print one. If left out, they can unless the course has a record
    or its saved state is near its limit."""
    signed_by: Annotated[Texts, Limits(max_length=2)] = ()
    """Who signs it, one or two, such as "Jo Smith, Head of Learning": each gets a line to sign on.
    If left out, nobody does."""


def _certificate(value: Any) -> Any:
    return value if isinstance(value, dict) else {"show": value}


Certificated = Annotated[CertificateShape, Before(_certificate), Shorthand(bool)]
"""A certificate; `yes` or `no` is whether there is one."""


class VariableShape(Shape):
    """A local value; several texts are joined by “; ”."""

    label: Text
    """What the value is, in words, for messages."""
    value: Texts | None = None
    """The value, one or several. While it is empty trainees read “Not set yet”, and the package is
    a draft."""


class ReferenceShape(Shape):
    """An address outside the course, and whose it is."""

    url: Address
    """The address in full, as pages link to it."""
    organisation: Text | None = None
    """Whose it is, as further reading shows it."""
    current: Address | None = None
    """Where it is now, if it has moved."""
    checked_on: date | None = None
    """The day on which somebody last opened it, such as 2026-01-31."""


class LinkedFileShape(Shape):
    """A file that may be linked to although it could run, and why."""

    file: Text
    """The file in `media/`, such as `media/form.html`."""
    reason: Text
    """Why it may be there."""


Approvable = Literal["pages", "questions", "records", "pass_mark", "values", "addresses"]


class ApprovalsShape(Shape):
    """What has to be approved, and whether trainees can learn by whom."""

    required: Annotated[tuple[Approvable, ...], Before(as_list), Shorthand(Approvable)] = (
        "questions",
        "pass_mark",
        "values",
    )
    """Kinds of words that somebody has to approve before a release: `pages`, `questions`,
    `records`, `pass_mark` (with all other rules of quizzes), `values`, `addresses`. Without an
    approval the package is a draft. With none, it calls itself “released without approvals”."""
    show_names: bool = False
    """`yes`: the package says who approved what; otherwise only what, and when."""


WordsCode = Annotated[str, Pattern(CODE_PATTERN)]


class ApprovalShape(Shape):
    """Who has read and approved which words: an entry of ``approvals.yaml``."""

    part: Text
    """What was approved, as “scorm-builder approve” lists it, such as `question/first-thing`."""
    by: Text
    """Who approved it."""
    on: date
    """The day on which they did, such as 2026-01-31."""
    code: WordsCode
    """The code of exactly the words that they read."""
    words: Text | None = None
    """The words that they read, so that a message can say what has changed since."""


RemarkId = Annotated[str, Pattern(REMARK_PATTERN)]


class RemarkShape(Shape):
    """What a reviewer remarked, and what became of it: an entry of ``remarks.yaml``."""

    id: RemarkId
    """The code of the remark, derived from what was remarked."""
    state: Literal["open", "done", "declined"]
    """`open`: the package is a draft; `done`: the course has what was asked for; `declined`: it
    will not have it, for a reason."""
    kind: Literal["comment", "reply", "change"]
    """A comment, a reply to one, or changed words."""
    by: Text | None = None
    """Who remarked it."""
    on: date | None = None
    """The day on which they did, such as 2026-01-31."""
    part: Text | None = None
    """The part of the course that it is about, by the grey code in the review document."""
    file: Text | None = None
    """The file in which these words stood when the document was read."""
    line: Annotated[int, Limits(ge=1)] | None = None
    """The line of that file."""
    about: Text | None = None
    """The words that it is about; in a change, those that were struck out."""
    added: Text | None = None
    """The words that a change put in their place."""
    text: Text | None = None
    """What a comment says."""
    reason: Text | None = None
    """Why it was declined."""


class QuickExitShape(Shape):
    """“Exit this page” on every page; without an address it leads to a page of the package."""

    url: Address | None = None
    """Where the link leads; without it, to a page of the package, a calendar."""


class CourseShape(Shape):
    """``course.yaml``."""

    id: Id
    """The course's name for LMSs and for all progress: never changed once trainees have started.
    Lower-case letters, digits and hyphens."""
    title: Text
    """The title as trainees see it."""
    version: Version
    """The version as trainees see it, in quotes, such as "1.0.0"; a part of the package's name."""
    language: Language = "en"
    """The language of the pages and of the interface, such as `en` or `en-GB`."""
    description: Text = ""
    """What the course is and for whom, for the list of courses in an LMS."""
    keywords: Texts = ()
    """Words by which people may look for the course."""
    owner: Text = ""
    """Who answers for the course."""
    rights: Text = ""
    """Who may use it."""
    reminder: Text = ""
    """A sentence under every field for free text, such as "Do not name a customer." If left out,
    there is none."""
    reviewed_on: date | None = None
    """The day of the last review, such as 2026-01-31."""
    review_by: date | None = None
    """The day of the next review, such as 2027-01-31. Without it, or past it, a course is a
    draft."""
    pages: tuple[Entry, ...] = ()
    """The pages in their order, at least one: files of `pages/`; “- module: TITLE” with `pages:` of
    its own makes a group."""
    tracking: TrackingShape = TrackingShape()
    """What counts, and what the LMS is told."""
    theme: ThemeShape = ThemeShape()
    """Colours, logo, fonts and style sheet of your own."""
    cover: CoverShape = CoverShape()
    """The first view: what the course is, how long it takes, and what for."""
    certificate: Certificated = CertificateShape()
    """A sheet that whoever finishes can print: `yes`, `no`, or a mapping."""
    typography: Literal["as-written", "by-language"] = "as-written"
    """Whether quotation marks, dashes and spaces are shown as written, or as the language of the
    course sets them."""
    trainee_names: Literal["as-sent", "given-name-first"] = "as-sent"
    """How certificate and record print a name that the LMS sends as “Jones, Sam”: `as-sent`, or
    `given-name-first`, as “Sam Jones”."""
    variables: Mapping[VariableName, VariableShape] = MappingProxyType({})
    """Local values, which pages show where they say {{ name }}."""
    references: tuple[ReferenceShape, ...] = ()
    """Addresses outside the course, and when each was last checked."""
    linked_files: tuple[LinkedFileShape, ...] = ()
    """Files that pages may link to although they could run, and why."""
    approvals: ApprovalsShape = ApprovalsShape()
    """What has to be approved before a release; the approvals stand in approvals.yaml."""
    help: FileNames = ()
    """Pages that “Help and contacts”, at the foot of every page, leads to below the contacts."""
    quick_exit: QuickExitShape | None = None
    """“Exit this page” on every page."""


class RecordShape(Shape):
    """One question of a record."""

    id: Id
    """Its name, for good: answers are kept by it."""
    was: Ids = ()
    """Ids that it had before: trainees keep what they wrote."""
    question: Text
    """What trainees are asked: one line of Markdown."""
    reading: Text | None = None
    """Where to read about it, such as `"[Title](page.md)"`."""
    limit: Annotated[int, Limits(ge=50, le=2000)] = 500
    """Characters of the answer as they are saved."""


class DrawShape(Shape):
    """Some of the questions of a bank, of those with a tag, or of those of both."""

    bank: FileName | None = None
    """A file in `questions/`, without its ending."""
    tag: Id | None = None
    """A tag under `tags:` of questions."""
    count: Annotated[int, Limits(ge=1, le=200)]
    """How many are drawn, others for each trainee and attempt."""


class QuizShape(Shape):
    """How a quiz asks and counts; what is left out is as in ``tracking:``. See
    ``builder.course.model.QuizRules``."""

    draw: tuple[DrawShape, ...] = ()
    """A list; each entry takes `count:` questions from a `bank:`, by a `tag:`, or both: others for
    each trainee and attempt. A question belongs to the first draw that it fits."""
    shuffle_questions: bool = False
    """`yes`: the questions come in an order of each trainee's own."""
    shuffle_options: bool = False
    """`yes`: the options come in an order of each trainee's own, but for questions with
    `shuffle: no`."""
    feedback: Literal["at-once", "at-end", "never"] = "at-once"
    """`at-once` after each answer, `at-end` after the last, or `never`: the score alone."""
    retake: Literal["all", "wrong"] = "all"
    """What another attempt asks: `all`, or only what was `wrong`."""
    attempts: Attempts | None = None
    """Attempts at this quiz, 0 for no limit; as under `tracking:` if left out."""
    pass_mark: PassMark | None = None
    """Percent that pass this quiz, which then has to be passed by itself; those without reach the
    course's together."""
    keep: Keep | None = None
    """Which score counts, the `best` or the `last`; as under `tracking:` if left out."""
    weight: Weight = 1
    """How much the quiz counts in the score of the course: 0.01 to 100, in hundredths."""


class PageShape(Shape):
    """A page's front matter."""

    id: Id | None = None
    """The page's name, for good: progress goes by it. Its file name, without a number in front, if
    left out."""
    was: Ids = ()
    """Ids that the page had before: trainees who read it then have read it."""
    title: Text
    """The title as trainees see it, the page's first heading."""
    revision: Annotated[int, Limits(ge=1, le=9999)] = 1
    """Raise it only when trainees have to read the page again."""
    kind: Literal["page", "quiz", "record"] = "page"
    """`page`; `quiz`, which asks questions for score; `record`, which keeps answers and dates and
    prints a sheet to sign."""
    minutes: Annotated[int, Limits(ge=1, le=600)] = 1
    """How long the page takes."""
    unsure: Texts = ()
    """What nobody has decided yet about the page, in a sentence or several. Until it is deleted the
    package is a draft."""
    questions: tuple[Id, ...] = ()
    """Of a quiz: the ids of questions that are in every attempt."""
    quiz: QuizShape | None = None
    """Of a quiz: rules of its own, and what it draws."""
    record: tuple[RecordShape, ...] = ()
    """Of a record: what it asks."""
    signature: Text = ""
    """Of a record: what stands above the line to sign."""
