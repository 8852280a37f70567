"""Fill-in questions: trainees type a word or phrase, which must be one of the accepted answers."""

import unicodedata
from collections.abc import Collection, Iterator, Mapping
from typing import Annotated, Literal

from builder.base.patterns import late
from builder.course import letters, markdown
from builder.course.questions.base import JudgedShape, Question, Texts, as_list
from builder.course.questions.question_type import (
    Answering,
    AnswerLine,
    Extent,
    Fault,
    PackagedQuestion,
    QuestionType,
    WriteLine,
    describe_text,
)
from builder.course.shaping import Before, Limits, Shorthand

REPORTED = 255
"""Maximum length of a response that is reported to an LMS (CMIString255), in UTF-16 units."""

_ROOM = 60
_MAX_SHOWN = 40
_SPACE = late("[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
_ENDS = late(f"^{_SPACE.pattern}+|{_SPACE.pattern}+$")
_INVISIBLE = late(
    "[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]"
)
# Combining marks of Latin, Greek and Cyrillic, and the points of Hebrew and Arabic. In other
# scripts such marks are vowels.
_ACCENT = late(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670"
    "\u1ab0-\u1aff\u1dc0-\u1dff\ufe20-\ufe2f]"
)
_STYLES = str.maketrans(
    dict.fromkeys("\u2018\u2019\u02bc\u0060\u00b4", "'")
    | dict.fromkeys("\u201c\u201d\u201e", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
)

Forgivable = Literal["case", "spaces", "accents"]


class FillInShape(JudgedShape):
    """A trainee types one or a few words."""

    type: Literal["fill-in"]
    answers: Texts = ()
    """Every accepted answer; the feedback shows all of them."""
    forgive: Annotated[tuple[Forgivable, ...], Before(as_list), Shorthand(Forgivable)] = (
        "case",
        "spaces",
    )
    """Differences that do not matter: `case`, capitals; `spaces`, spaces between words; `accents`,
    marks on letters."""
    limit: Annotated[int, Limits(ge=10, le=765)] | None = None
    """Maximum number of characters of a saved answer; if left out, 60, or more for a longer right
    answer."""


def normalize_answer(text: str, forgive: Collection[str]) -> str:
    """Normalise a typed answer for comparison: two texts with the same result are the same answer.

    Always ignores Unicode composition (NFC), invisible characters, the styles of quotation marks
    and hyphens that phones insert, and spaces at the ends. ``forgive`` names what else is ignored:
    ``case``, letter case; ``spaces``, all spaces; ``accents``, marks on and under letters.
    ``templates/player/questions/fill-in.ts`` must give the same results.
    """
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).translate(_STYLES)
    if "case" in forgive:
        # Lower and then upper case, so that ẞ and ß, and the two small sigmas, become equal.
        text = text.lower().upper()
    if "accents" in forgive:
        text = _ACCENT.sub("", unicodedata.normalize("NFD", text))
    text = (_SPACE if "spaces" in forgive else _ENDS).sub("", text)
    return unicodedata.normalize("NFC", text)


_UNANSWERED = "Write “answers:”, and below it each right answer, such as “  - green”"
"""The fix that a message suggests if the question has no right answer."""


def _faults(shape: FillInShape) -> Iterator[Fault]:
    if not shape.answers:
        yield Fault("answer-missing", (), {"question": shape.id, "fix": _UNANSWERED})
    seen: dict[str, str] = {}
    for index, answer in enumerate(shape.answers):
        words = {"question": shape.id, "answer": _shorten(answer)}
        encoded, units = letters.room(answer), len(answer.encode("utf-16-le")) // 2
        if units > REPORTED:
            limits = {"size": str(units), "limit": str(REPORTED), "where": "the LMS"}
            yield Fault(
                "answer-too-long", ("answers", index), words | limits | {"fix": "Shorten it"}
            )
        elif shape.limit and encoded > shape.limit:
            limits = {"size": str(encoded), "limit": str(shape.limit), "where": "the saved state"}
            fix = {"fix": f"Shorten it, or write “limit: {encoded}”, or delete “limit:”"}
            yield Fault("answer-too-long", ("answers", index), words | limits | fix)
        same = normalize_answer(answer, shape.forgive)
        if same in seen:
            yield Fault("answer-repeated", ("answers", index), words | {"first": seen[same]})
        seen.setdefault(same, _shorten(answer))


def _shorten(answer: str) -> str:
    return answer if len(answer) <= _MAX_SHOWN else f"{answer[:_MAX_SHOWN]}…"


def usual_room(answers: Collection[str]) -> int:
    """The default maximum length of a saved response, in letters of the saved state: twice the
    longest accepted answer, and at least 60."""
    longest = max(map(letters.room, answers), default=0)
    return max(_ROOM, 2 * longest)


def _room(extent: Extent) -> int:
    return extent.limit or usual_room(extent.answers)


def _answering(shape: FillInShape, texts: Mapping[str, str]) -> Answering:
    extent = Extent(answers=shape.answers, limit=shape.limit)
    return Answering(
        patterns=shape.answers,
        right="; ".join(shape.answers),
        answer={"accepted": shape.answers, "forgive": shape.forgive, "room": _room(extent)},
        extent=extent,
        typed=True,
    )


def _is_valid_key(question: PackagedQuestion) -> bool:
    accepted = question.answer.get("accepted")
    return (
        isinstance(accepted, list)
        and bool(accepted)
        and all(isinstance(text, str) and text for text in accepted)
    )


def _answer_lines(question: Question, write: WriteLine) -> Iterator[AnswerLine]:
    yield from ((f"[x] {markdown.escape_words(one)}", None) for one in sorted(question.patterns))


FILL_IN = QuestionType(
    name="fill-in",
    interaction="fill-in",
    shape=FillInShape,
    faults=_faults,
    answering=_answering,
    is_valid_key=_is_valid_key,
    right_response=lambda question: str(question.answer["accepted"][0]),
    describe=describe_text,
    room=_room,
    answer_lines=_answer_lines,
    typed=True,
)
