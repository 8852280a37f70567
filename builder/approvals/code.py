"""The words code: a short name for exactly these words, to be read off paper and typed."""

from __future__ import annotations

import hashlib
import unicodedata

_ALPHABET = "23456789CDFGHJKMNPQRTVWXY"
"""No letter that looks like a digit or another letter, and no vowel, so that no code is a word."""
_GROUP = 4
_GROUPS = 2
CODE_PATTERN = "^(?:[2-9CDFGHJKMNPQRTVWXYcdfghjkmnpqrtvwxy]{4}[ -]?){2}$"
"""A code as somebody may write it: in capital letters or small ones, with its hyphen or without."""


def code_of(kind: str, words: str) -> str:
    """The code of words, such as ``7KQ2-M9XR``; empty where there are none.

    It depends on the words and their order, and not on how they stand in lines: on no white space,
    nor on how accents are stored. ``kind`` keeps the title of a page from passing for a prompt.
    """
    plain = unicodedata.normalize("NFC", " ".join(words.split()))
    if not plain:
        return ""
    number = int.from_bytes(hashlib.sha256(f"{kind}\n{plain}".encode()).digest())
    letters = ""
    while len(letters) < _GROUP * _GROUPS:
        number, place = divmod(number, len(_ALPHABET))
        letters += _ALPHABET[place]
    return f"{letters[:_GROUP]}-{letters[_GROUP:]}"


def normal(code: str) -> str:
    """A code as ``code_of`` writes it, of one that fits ``CODE_PATTERN``."""
    letters = code.upper().replace("-", "").replace(" ", "")
    return f"{letters[:_GROUP]}-{letters[_GROUP:]}"
