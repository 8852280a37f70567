"""Parses answers that a document gives to its questions: letters or words of options, numbers, and
accepted texts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from builder.base.immutable import immutable
from builder.importing.recognise.inlines import Inlines, cut, plain, shorten, trimmed
from builder.importing.recognise.words import EVERY, normalised, one_of

_CONJUNCTION = re.compile(rf"\s(?:{one_of(EVERY.conjunction)})\s", re.IGNORECASE)
_SEPARATOR = re.compile(r"[\s,;&/+،()\[\]]+")
_LEADING_LETTER = re.compile(
    r"\s*[(\[]?(?P<letter>\w{1,4})\s*(?:[)\].:=]+\s*|\s[-–—]+\s+|,\s+(?=\w{2,}\s))"
)
_LETTERS_AND_REASON = re.compile(r"(?P<letters>[^:–—]{3,40}?)(?:\s*[:–—]|\s-|\.)\s+(?=\w{2})")
"""An answer with several letters and the reason: “B and D – since …”."""
_ROMAN = frozenset("ivx")


def option_letters(text: str) -> list[str]:
    """The letters or numbers of options, in lower case, in a text such as “B”, “a, c and d”, “1; 3”
    or “ACD”; empty if the text has anything else."""
    text = text.strip().rstrip(".")
    parts = [part for part in _SEPARATOR.split(_CONJUNCTION.sub(", ", text)) if part]
    names = [part.rstrip(".:").casefold() for part in parts]
    if len(names) == 1 and 1 < len(names[0]) <= 6 and names[0].isalpha() and text.isupper():
        names = list(names[0]) if not set(names[0]) <= _ROMAN else names
    return names if names and all(map(_is_option_name, names)) else []


def _is_option_name(name: str) -> bool:
    return len(name) == 1 or name.isdecimal() or (bool(name) and set(name) <= _ROMAN)


_LETTER_BEHIND = re.compile(
    r"(?P<gap>\s+|(?<=[?\u061f]))(?P<open>[(\[])?(?P<letter>[A-Za-z])(?(open)[)\]])\s*$"
)
_MAX_TAIL = 40
"""Number of characters at the end of a text in which a letter behind it is looked for."""


@immutable
class LetterBehind:
    """A letter at the end of a text that may not belong to it, as in “12  B” or “Which? B”. `name`
    is the letter in lower case, and `start` the position where the text before it ends. `apart` is
    whether a tab, a line end or several spaces are before it, `asked` whether a question mark is,
    and `capital` whether it is a capital letter."""

    name: str
    start: int
    apart: bool
    asked: bool
    capital: bool


def letter_behind(text: str) -> LetterBehind | None:
    """Find the letter behind a text; ``None`` if there is none, or nothing before it."""
    found = _LETTER_BEHIND.search(text, max(len(text) - _MAX_TAIL, 0))
    if found is None or not text[: found.start()].strip():
        return None
    gap, letter = found["gap"], found["letter"]
    return LetterBehind(
        name=letter.casefold(),
        start=found.start(),
        apart=not found["open"] and (len(gap) > 1 or gap in ("\t", "\n")),
        asked=not found["open"] and text[: found.start()].rstrip().endswith(("?", "\u061f")),
        capital=letter.isupper(),
    )


@immutable
class NamedOptions:
    """The indexes of the options that an answer names. `reason` is the explanation that the answer
    adds. If it is unclear which options are meant, `doubt` says why, and there are no options."""

    options: frozenset[int]
    reason: Inlines = ()
    doubt: str = ""


def resolve_options(value: Inlines, names: Sequence[str], texts: Sequence[str]) -> NamedOptions:
    """Find the options that the answer ``value`` names by their words or letters. ``names`` are the
    letters or numbers of the options, and ``texts`` their words, both in order."""
    text = plain(value)
    same = [at for at, words in enumerate(texts) if normalised(words) == normalised(text)]
    if same:
        return NamedOptions(frozenset(same[:1]))
    listed = option_letters(text)
    if several := _resolve_labelled(text, names, texts):
        return several
    if listed and all(name in names for name in listed):
        return _resolve_letters(listed, names, texts)
    if reasoned := _LETTERS_AND_REASON.match(text):
        listed_first = option_letters(reasoned["letters"])
        if len(listed_first) > 1 and all(name in names for name in listed_first):
            named_by = _resolve_letters(listed_first, names, texts)
            because = () if named_by.doubt else trimmed(cut(value, reasoned.end()))
            return NamedOptions(named_by.options, because, named_by.doubt)
    found = _LEADING_LETTER.match(text)
    if found and found["letter"].casefold() in names and found.end() < len(text):
        return _resolve_letter_and_words(value, found, names, texts)
    if listed:
        missing = next(name for name in listed if name not in names)
        return NamedOptions(frozenset(), doubt=_NO_OPTION.format(missing))
    return NamedOptions(frozenset(), doubt=_NO_SUCH_WORDS.format(shorten(text)))


_NO_OPTION = (
    "The answer given is {0}, but there is no option {0}: either the letter is wrong, or an option "
    "is missing."
)
_NO_SUCH_WORDS = (
    "The answer given is “{}”, but no option has this text: either an option is worded "
    "differently, or trainees should type the answer."
)
_DUPLICATE_NAME = (
    "The answer given is {0}, but two options are called {0}: it may be “{1}” or “{2}”."
)
_OTHER_WORDS = (
    "The answer given is {0} with the words “{1}”, but option {0} is “{2}”: either the letter or "
    "the words are right."
)


def _resolve_letters(
    listed: Sequence[str], names: Sequence[str], texts: Sequence[str]
) -> NamedOptions:
    for name in listed:
        places = [at for at, other in enumerate(names) if other == name]
        if len(places) > 1:
            doubt = _DUPLICATE_NAME.format(name, texts[places[0]], texts[places[1]])
            return NamedOptions(frozenset(), doubt=doubt)
    return NamedOptions(frozenset(names.index(name) for name in listed))


def _resolve_letter_and_words(
    value: Inlines, found: re.Match[str], names: Sequence[str], texts: Sequence[str]
) -> NamedOptions:
    """Find the option that the answer ``value`` names by a letter with the option's words (“b)
    Paris”), or with a reason (“b – since …”). ``found`` is the match of the letter; ``names`` and
    ``texts`` are as for ``resolve_options``."""
    letter = found["letter"].casefold()
    by_letter = _resolve_letters([letter], names, texts)
    rest = trimmed(cut(value, found.end()))
    words = plain(rest)
    others = [at for at, text in enumerate(texts) if normalised(text) == normalised(words)]
    if not others or by_letter.doubt:
        return NamedOptions(by_letter.options, () if by_letter.doubt else rest, by_letter.doubt)
    if set(others) & by_letter.options:
        return by_letter
    own = texts[names.index(letter)]
    return NamedOptions(frozenset(), doubt=_OTHER_WORDS.format(letter, words, own))


_LABELS = re.compile(r"(?<!\w)(?P<letter>[^\W_])[.)\]]\s+(?=\S)")
_TRAILING_CONJUNCTION = re.compile(
    rf"\s*[,;&+/]?\s*(?:{one_of(EVERY.conjunction)})?\s*[,;&+/]?\s*$"
)
_PARTIAL_MATCH = (
    "The answer is “{}”: it names several options, but not all of its words are those of an option."
)


def _resolve_labelled(text: str, names: Sequence[str], texts: Sequence[str]) -> NamedOptions | None:
    """Find the options that an answer names by their letters and words, as in “b) silk and d)
    wool”; ``None`` if the answer names at most one option this way. ``names`` and ``texts`` are as
    for ``resolve_options``."""
    found = [each for each in _LABELS.finditer(text) if each["letter"].casefold() in names]
    if len(found) < 2 or text[: found[0].start()].strip():
        return None
    ends = [each.start() for each in found[1:]] + [len(text)]
    chosen = set()
    for each, end in zip(found, ends, strict=True):
        at = names.index(each["letter"].casefold())
        rest = _TRAILING_CONJUNCTION.sub("", text[each.end() : end])
        if normalised(rest) != normalised(texts[at]):
            return NamedOptions(frozenset(), doubt=_PARTIAL_MATCH.format(shorten(text)))
        chosen.add(at)
    return NamedOptions(frozenset(chosen))


_NUMBER = r"[-\u2212]?\d[\d \u00a0\u202f.,\u066b\u066c]*"
_NUMERIC = re.compile(
    rf"(?P<low>{_NUMBER}?)\s*(?:(?P<off>±|\+/[-\u2212])\s*(?P<by>{_NUMBER})"
    rf"|(?:to|à|إلى)\s+(?P<high>{_NUMBER}))?\.?"
)


def parse_number(text: str, language: str) -> str:
    """Parse an answer that is a number, a number with a tolerance, or a range, and return it in the
    form of ``Question.answers``; empty if it is something else. In French (``language``), a comma
    is the decimal point."""
    found = _NUMERIC.fullmatch(text.strip())
    if not found:
        return ""
    low = _normalise_number(found["low"], language)
    other = found["by"] or found["high"]
    if not other or not low:
        return low
    second = _normalise_number(other, language)
    if not second:
        return ""
    return f"{low} ± {second}" if found["by"] else f"{low} to {second}"


_SIGNS = str.maketrans({"\u2212": "-", "\u066b": ".", "\u066c": None})
"""Minus sign, and the separators of Arabic numbers."""
_GROUPED = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d{1,6})?")
_PLAIN = re.compile(r"-?(?:0|[1-9]\d{0,8})(?:\.\d{1,6})?")


def _normalise_number(text: str, language: str) -> str:
    text = "".join(text.split()).translate(_SIGNS)
    text = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in text)
    if language.casefold().startswith("fr"):
        text = text.replace(",", ".") if text.count(",") == 1 else text
    elif _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    return text if _PLAIN.fullmatch(text) else ""


_ALTERNATIVES = re.compile(r"\s+/\s+|\s*[|;]\s*")


def alternatives(text: str) -> tuple[str, ...]:
    """The accepted answers in a text that separates them: “colour / color” gives two."""
    parts = (" ".join(part.split()) for part in _ALTERNATIVES.split(text))
    return tuple(dict.fromkeys(part for part in parts if part))
