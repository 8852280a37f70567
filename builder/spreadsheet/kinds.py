"""What stands in the column “Type”, and which type of question it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from builder.spreadsheet import languages
from builder.spreadsheet.columns import plain


@dataclass(frozen=True, slots=True)
class Kind:
    """A word of the column “Type”. ``type`` is a question type of ours, ``several`` whether
    trainees choose as many options as they like: ``None`` where the right answers say so. ``also``
    are words that mean the same, as ``plain`` makes them."""

    word: str
    type: str
    several: bool | None = None
    also: tuple[str, ...] = ()


SINGLE = Kind(
    "single answer",
    "choice",
    False,
    ("singlechoice", "singleselect", "oneanswer", "onechoice", "radio", "radiobuttons", "dropdown"),
)
SEVERAL = Kind(
    "multiple answers",
    "choice",
    True,
    (
        "multipleanswer",
        "severalanswers",
        "multipleresponse",
        "multipleselect",
        "multiselect",
        "mrq",
        "checkbox",
        "checkboxes",
    ),
)
KINDS = (
    SINGLE,
    SEVERAL,
    Kind("true-false", "true-false", also=("trueorfalse", "tf", "yesno", "truefalsequestion")),
    Kind(
        "fill-in",
        "fill-in",
        also=(
            "fillintheblank",
            "fillintheblanks",
            "fillinblank",
            "fillinthegap",
            "fib",
            "blank",
            "shortanswer",
            "shorttext",
            "typein",
        ),
    ),
    Kind("numeric", "numeric", also=("number", "numerical")),
    Kind("matching", "matching", also=("match", "pairs", "draganddrop", "matchingpairs")),
    Kind("sequencing", "sequencing", also=("sequence", "order", "ordering", "ranking", "sorting")),
    Kind("likert", "likert", also=("likertscale", "scale", "rating", "survey")),
    Kind("performance", "performance", also=("task", "steps", "checklist", "practicaltask")),
    Kind(
        "reflection",
        "reflection",
        also=(
            "essay",
            "freetext",
            "longtext",
            "openended",
            "openquestion",
            "opentext",
            "longanswer",
        ),
    ),
)
"""The words to choose from, in the order in which a sheet explains them."""
EITHER = Kind("choice", "choice", None, ("multiplechoice", "mcq", "mc", "multichoice", "quiz"))
"""Words that other sheets have for a choice, whether one or several are right."""

_LONGEST = 40
"""Letters of a name that is compared."""
_ALL = (*KINDS, EITHER)
_ELSEWHERE = {
    plain(word): kind
    for kind in _ALL
    for word in languages.words(languages.TYPES.get(kind.word, ""))
}
_ELSEWHERE.pop("", None)
_KNOWN = {**_ELSEWHERE, **{name: kind for kind in _ALL for name in (plain(kind.word), *kind.also)}}


def kind_of(written: str) -> Kind | None:
    """The kind that a cell of the column “Type” names, however it is written."""
    return _KNOWN.get(plain(written))


# Whoever has mistyped one has often copied it down the column.
@lru_cache(maxsize=64)
def nearest_kind(written: str) -> Kind | None:
    """The kind that somebody may have meant who has mistyped its name."""
    # Most sheets ask for nothing.
    from difflib import get_close_matches

    word = plain(written)
    near = get_close_matches(word, _KNOWN, n=1, cutoff=0.8) if len(word) <= _LONGEST else []
    return _KNOWN[near[0]] if near else None


def word_of(type_: str, several: bool = False) -> str:
    """What the column “Type” says of a question of one of our types."""
    if type_ == "choice":
        return (SEVERAL if several else SINGLE).word
    return next(kind.word for kind in KINDS if kind.type == type_)
