"""The words of the column “Type”, and the question types they mean."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from builder.exporting.spreadsheet import languages
from builder.exporting.spreadsheet.columns import plain


@dataclass(frozen=True, slots=True)
class Kind:
    """A word of the column “Type”.

    ``type`` is our question type. ``several``: whether trainees may choose several options;
    ``None`` if the right answers decide. ``also`` are equivalent words, normalised by ``plain``.
    """

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
"""Words of other sheets for a choice with one or several right answers."""

_MAX_LENGTH = 40
"""Maximum length of a word that is compared with known ones."""
_ALL = (*KINDS, EITHER)
_FOREIGN_WORDS = {
    plain(word): kind
    for kind in _ALL
    for word in languages.words(languages.TYPES.get(kind.word, ""))
}
_FOREIGN_WORDS.pop("", None)
_KNOWN = {
    **_FOREIGN_WORDS,
    **{name: kind for kind in _ALL for name in (plain(kind.word), *kind.also)},
}


def kind_of(written: str) -> Kind | None:
    """The kind named by a cell of the column “Type”, in any spelling variant; ``None`` if
    unknown."""
    return _KNOWN.get(plain(written))


# Cached, since a misspelled word is often copied down the column.
@lru_cache(maxsize=64)
def nearest_kind(written: str) -> Kind | None:
    """The kind whose name is most similar to a misspelled word; ``None`` if none is similar."""
    # Imported here, since most sheets do not need it.
    from difflib import get_close_matches

    word = plain(written)
    near = get_close_matches(word, _KNOWN, n=1, cutoff=0.8) if len(word) <= _MAX_LENGTH else []
    return _KNOWN[near[0]] if near else None


def word_of(type_: str, several: bool = False) -> str:
    """The word for the column “Type” for a question of one of our types."""
    if type_ == "choice":
        return (SEVERAL if several else SINGLE).word
    return next(kind.word for kind in KINDS if kind.type == type_)
