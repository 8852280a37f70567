"""The words code: a short name for exactly these words, to be read off paper and typed."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from builder.base.patterns import late

_ALPHABET = "23456789CDFGHJKMNPQRTVWXY"
"""No letter that looks like a digit or another letter, and no vowel, so that no code is a word."""
_GROUP = 4
_GROUPS = 2
RULE = 2
"""The number of the rule that selects the words (docs/decisions/approvals-cover-exact-words.md).
Raise it when the rule changes, so that no earlier code is taken for a current one."""
CODE_PATTERN = "^(?:[2-9CDFGHJKMNPQRTVWXYcdfghjkmnpqrtvwxy]{4}[ -]?){2}$"
"""A code as somebody may write it: in capital letters or small ones, with its hyphen or without."""


_HYPHEN = late("[\u2010-\u2015\u2212\ufe63\uff0d]")
_UNSEEN = late("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def code_of(kind: str, words: str) -> str:
    """The code of words, such as ``7KQ2-M9XR``; empty where there are none.

    It depends on the words and their order, and not on white space or on how accents are stored.
    Lines count too, except on a page: they keep an option from passing for the end of another one.
    ``kind`` keeps the title of a page from passing for a prompt.
    """
    lines = [" ".join(line.split()) for line in words.split("\n")]
    return _code(f"{RULE}\n{kind}", (" " if kind == "page" else "\n").join(filter(None, lines)))


def _code(kind: str, words: str) -> str:
    plain = unicodedata.normalize("NFC", words)
    if not plain:
        return ""
    number = int.from_bytes(hashlib.sha256(f"{kind}\n{plain}".encode()).digest())
    # The letters are of its end alone: the rest would be divided with it.
    number %= len(_ALPHABET) ** (_GROUP * _GROUPS)
    letters = ""
    while len(letters) < _GROUP * _GROUPS:
        number, place = divmod(number, len(_ALPHABET))
        letters += _ALPHABET[place]
    return f"{letters[:_GROUP]}-{letters[_GROUP:]}"


def read_code(written: str) -> str:
    """The code that somebody has typed or copied, as ``code_of`` writes it; empty for none.

    Whatever hyphen stands in it: documents show one at which no line ends, and Word puts others in
    place of what is typed.
    """
    plain = _HYPHEN.sub("-", "".join(_UNSEEN.sub("", written).split()))
    return normal(plain) if re.match(CODE_PATTERN, plain) else ""


def normal(code: str) -> str:
    """A code as ``code_of`` writes it, of one that fits ``CODE_PATTERN``."""
    letters = code.upper().replace("-", "").replace(" ", "")
    return f"{letters[:_GROUP]}-{letters[_GROUP:]}"
