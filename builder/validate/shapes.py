"""The shapes of ``course.yaml`` and of a page's front matter: keys, types, limits, defaults."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from unicodedata import normalize

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from builder.questions.base import VISIBLE_PATTERN, Day, Id, Ids, Shape, Text, Texts, Weight

VERSION_PATTERN = r"^[0-9A-Za-z][0-9A-Za-z.+_-]{0,19}$"
LANGUAGE_PATTERN = r"^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?$"
VARIABLE_PATTERN = r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$"
ADDRESS_PATTERN = r"^https?://[^\s/]+\S*$"
COLOUR_PATTERN = r"^#[0-9A-Fa-f]{6}$"

FileName = Annotated[Text, AfterValidator(lambda name: normalize("NFC", name))]
"""The name of a file in the course, accents put together as in the names that are read."""

FileNames = Annotated[
    Texts, AfterValidator(lambda names: tuple(normalize("NFC", name) for name in names))
]

Version = Annotated[str, StringConstraints(pattern=VERSION_PATTERN)]
"""Part of the package's name, and in the manifest at most 20 characters
(facts/scorm-1.2.md#manifest)."""

Language = Annotated[str, StringConstraints(pattern=LANGUAGE_PATTERN)]
"""A language tag as in HTML's ``lang``: a language, a script and a region of RFC 5646. Browsers
know no more parts, and refuse some that they do not know."""

VariableName = Annotated[str, StringConstraints(pattern=VARIABLE_PATTERN)]
Address = Annotated[str, StringConstraints(pattern=ADDRESS_PATTERN)]
Colour = Annotated[str, StringConstraints(pattern=COLOUR_PATTERN, to_lower=True)]


class LockShape(Shape):
    """What is done first; see ``builder.model.Lock``."""

    done: Texts = ()
    passed: Texts = ()


def _lock(value: Any) -> Any:
    return {"done": value} if isinstance(value, str | list) else value


Locked = Annotated[LockShape, BeforeValidator(_lock)]
"""A lock; one name, or a list of names, is what must be done."""


class ListedShape(Shape):
    """A page in the list of pages."""

    page: Text
    locked: Locked | None = None


def _listed(value: Any) -> Any:
    return {"page": value} if isinstance(value, str) else value


Listed = Annotated[ListedShape, BeforeValidator(_listed)]


class ModuleShape(Shape):
    """A named group of pages; ``module`` is empty for a page outside any."""

    module: Annotated[str, StringConstraints(pattern=f"^$|{VISIBLE_PATTERN}")]
    id: Id | None = None
    pages: Annotated[tuple[Listed, ...], Field(min_length=1)]
    locked: Locked | None = None


def _entry(value: Any) -> Any:
    single = isinstance(value, str) or (isinstance(value, dict) and "page" in value)
    return {"module": "", "pages": [value]} if single else value


Entry = Annotated[ModuleShape, BeforeValidator(_entry)]
"""An entry of the list of pages: a module, or one page."""


PassMark = Annotated[int, Field(ge=0, le=100)]
Attempts = Annotated[int, Field(ge=0, le=1000)]
Keep = Literal["best", "last"]


class TrackingShape(Shape):
    """What counts, and what the LMS is told; see ``builder.model.Tracking``."""

    pages: Literal["all", "none"] = "all"
    report: Literal["passed-failed", "completed"] = "passed-failed"
    pass_mark: PassMark = 80
    attempts: Attempts = 0
    keep: Keep = "best"
    score: bool = True
    mastery: Literal["manifest", "none"] = "none"
    failed: Literal["after-last-attempt", "never"] = "after-last-attempt"
    comments: bool = False
    journal: bool = True
    approved_by: Text | None = None
    approved_on: Day | None = None


class ThemeShape(Shape):
    """How the course looks where it does not look like every other; see ``builder.model.Theme``."""

    accent: Colour | None = None
    accent_dark: Colour | None = None
    logo: FileName | None = None
    logo_alt: Text | None = None
    stylesheet: FileName | None = None


class VariableShape(Shape):
    """A local value; several texts are joined by “; ”."""

    label: Text
    value: Texts | None = None
    confirmed_by: Text | None = None
    confirmed_on: Day | None = None


class ReferenceShape(Shape):
    """An address outside the course, and whose it is."""

    url: Address
    organisation: Text | None = None
    current: Address | None = None
    checked_on: Day | None = None


class LinkedFileShape(Shape):
    """A file that may be linked to although it could run, and why."""

    file: Text
    reason: Text


class QuickExitShape(Shape):
    """“Exit this page” on every page; without an address it leads to a page of the package."""

    url: Address | None = None


class CourseShape(Shape):
    """``course.yaml``."""

    id: Id
    title: Text
    version: Version
    language: Language = "en"
    description: Text = ""
    keywords: Texts = ()
    owner: Text = ""
    rights: Text = ""
    reviewed_on: Day | None = None
    review_by: Day | None = None
    pages: tuple[Entry, ...] = ()
    tracking: TrackingShape = TrackingShape()
    theme: ThemeShape = ThemeShape()
    typography: Literal["as-written", "by-language"] = "as-written"
    variables: dict[VariableName, VariableShape] = Field(default_factory=dict)
    references: tuple[ReferenceShape, ...] = ()
    linked_files: tuple[LinkedFileShape, ...] = ()
    help: FileNames = ()
    quick_exit: QuickExitShape | None = None


class RecordShape(Shape):
    """One question of a record. ``limit``: letters of its answer in the state; ``was``: ids that it
    had before."""

    id: Id
    was: Ids = ()
    question: Text
    reading: Text | None = None
    limit: Annotated[int, Field(ge=50, le=2000)] = 500


class DrawShape(Shape):
    """Some of the questions of a bank, of those with a tag, or of those of the bank with the tag.

    A bank is a file in ``questions/``, named without its ending.
    """

    bank: FileName | None = None
    tag: Id | None = None
    count: Annotated[int, Field(ge=1, le=200)]


class QuizShape(Shape):
    """How a quiz asks and counts; what is left out is as in ``tracking:``. See
    ``builder.model.QuizRules``."""

    draw: tuple[DrawShape, ...] = ()
    shuffle_questions: bool = False
    shuffle_options: bool = False
    feedback: Literal["at-once", "at-end", "never"] = "at-once"
    retake: Literal["all", "wrong"] = "all"
    attempts: Attempts | None = None
    pass_mark: PassMark | None = None
    keep: Keep | None = None
    weight: Weight = 1


class PageShape(Shape):
    """A page's front matter. ``minutes``: how long reading takes; ``was``: ids that the page had
    before, under which trainees have visited it."""

    id: Id | None = None
    was: Ids = ()
    title: Text
    revision: Annotated[int, Field(ge=1, le=9999)] = 1
    kind: Literal["page", "quiz", "record"] = "page"
    minutes: Annotated[int, Field(ge=1, le=600)] = 1
    questions: tuple[Id, ...] = ()
    quiz: QuizShape | None = None
    record: tuple[RecordShape, ...] = ()
    signature: Text = ""
