"""The words code: a short hash of the exact words of a part, to be read from paper and typed."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from builder.base.patterns import late

_ALPHABET = "23456789CDFGHJKMNPQRTVWXY"
"""The characters of codes: none that look alike, and no vowels, so that no code is a word."""
_GROUP_LENGTH = 4
_GROUPS = 2
RULE = 2
"""Version of the rule that selects the words (docs/decisions/approvals-cover-exact-words.md).
Increment it when the rule changes, so that no earlier code counts as a current one."""
CODE_PATTERN = "^(?:[2-9CDFGHJKMNPQRTVWXYcdfghjkmnpqrtvwxy]{4}[ -]?){2}$"
"""Matches a code as people write it: in upper or lower case, with or without its hyphen."""


_HYPHEN = late("[\u2010-\u2015\u2212\ufe63\uff0d]")
_INVISIBLE = late("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def code_of(kind: str, words: str) -> str:
    """Compute the code of words, such as ``7KQ2-M9XR``; empty if there are none.

    Ignores white space and the Unicode form of accents. Line breaks count, except on a page, so
    that words cannot move from one option to another. ``kind`` is part of the hash, so that the
    title of a page does not have the code of a prompt.
    """
    lines = [" ".join(line.split()) for line in words.split("\n")]
    return _code(f"{RULE}\n{kind}", (" " if kind == "page" else "\n").join(filter(None, lines)))


def _code(kind: str, words: str) -> str:
    plain = unicodedata.normalize("NFC", words)
    if not plain:
        return ""
    number = int.from_bytes(hashlib.sha256(f"{kind}\n{plain}".encode()).digest())
    # Only these digits matter; dividing the whole hash would be slower.
    number %= len(_ALPHABET) ** (_GROUP_LENGTH * _GROUPS)
    letters = ""
    while len(letters) < _GROUP_LENGTH * _GROUPS:
        number, place = divmod(number, len(_ALPHABET))
        letters += _ALPHABET[place]
    return f"{letters[:_GROUP_LENGTH]}-{letters[_GROUP_LENGTH:]}"


def read_code(written: str) -> str:
    """Normalise a code that somebody has typed or copied; empty if it is not a code.

    Accepts any hyphen: documents contain non-breaking ones, and Word substitutes other characters.
    """
    plain = _HYPHEN.sub("-", "".join(_INVISIBLE.sub("", written).split()))
    return format_code(plain) if re.match(CODE_PATTERN, plain) else ""


def format_code(code: str) -> str:
    """Format a code that matches ``CODE_PATTERN`` as ``code_of`` does."""
    letters = code.upper().replace("-", "").replace(" ", "")
    return f"{letters[:_GROUP_LENGTH]}-{letters[_GROUP_LENGTH:]}"
