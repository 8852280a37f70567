"""The pseudo-language ``en-XA``: English words with accents, longer and in brackets.

It shows which parts of a page do not grow with their text, which texts cannot be translated (they
have no accents), and which are cut off (they have no bracket at the end).
"""

from __future__ import annotations

import re

PLACEHOLDER = re.compile(r"\{\w+\}")
"""A placeholder of an interface text, such as ``{n}``."""
_ACCENTED = str.maketrans(
    "ACDEGHIJKLNOPRSTUWYZacdefghijklnoprstuwyz",
    "ÅÇĐÉĜĤÎĴĶĻÑÖÞŔŠŢÛŴÝŽåçđéƒĝĥîĵķļñöþŕšţûŵýž",
)
_VOWEL = re.compile("[AEIOUaeiou]")
_SHORT = 20
"""Texts of at most this many characters grow most in other languages, so they get padding, too."""


def pseudo(text: str, kept: re.Pattern[str] = PLACEHOLDER) -> str:
    """Return ``text`` in the pseudo-language: vowels are doubled, letters get accents, and the
    whole is in brackets. A text without letters outside of ``kept`` is returned unchanged.

    What the pattern ``kept`` matches stays as it is.
    """
    if not re.search("[A-Za-z]", kept.sub("", text)):
        return text
    changed, end = [], 0
    for match in kept.finditer(text):
        changed += [_accented(text[end : match.start()]), match[0]]
        end = match.end()
    padding = "~" * (len(text) // 3) if len(text) <= _SHORT else ""
    return f"[{''.join(changed)}{_accented(text[end:])}{padding}]"


def _accented(text: str) -> str:
    return _VOWEL.sub(lambda vowel: vowel[0] + vowel[0].lower(), text).translate(_ACCENTED)
