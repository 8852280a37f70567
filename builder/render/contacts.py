"""The value of a contact: what can be called, written to or opened becomes a link."""

from __future__ import annotations

from html import escape
from unicodedata import decimal

from markupsafe import Markup

from builder.model import Variable
from builder.patterns import late

_BETWEEN = late(r"([,\u060c]\s+)")
"""A comma, also that of Arabic."""
_MAIL = late(r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\".]{2,}")
_ADDRESS = late(r"https?://\S+")
_PHONE = late(r"\+?[\d(][\d ().\u2010\u2011-]*\d")
_SHORT = late(r"\d+(?: \d+)*")
_DAY = late(r"\d{4}-\d{2}-\d{2}")
_NATIONAL = late(r"\(0\)")
_FEWEST = (3, 7)
"""Digits of the shortest telephone number: one that is only digits, and any other, since “10-12”
is hours."""


def values(value: str, new_tab: str) -> list[Markup]:
    """Each text of a value, with its telephone numbers, mail and web addresses as links.

    These are what stands between commas, whole: “Sam Lee, 01234 567890”. ``new_tab`` is HTML that
    is put behind the text of a link that opens a new tab.
    """
    return [
        Markup("").join(_linked(part, new_tab) for part in _BETWEEN.split(text))
        for text in texts(value)
    ]


def texts(value: str) -> list[str]:
    """Each text of a value: “01234 567890; out of hours 01234 567891” are two."""
    return value.split("; ")


def label(variable: Variable) -> str:
    """What a value is, as a page says it that has no words of its own for it."""
    return variable.label[:1].upper() + variable.label[1:]


def _linked(part: str, new_tab: str) -> Markup:
    words = escape(part)
    if _MAIL.fullmatch(part):
        return Markup(f'<a href="mailto:{words}">{words}</a>')
    if _ADDRESS.fullmatch(part):
        return Markup(f'<a href="{words}" target="_blank" rel="noopener">{words}{new_tab}</a>')
    number = _number(part)
    if number:
        # A telephone number stands from left to right in every script, on one line.
        shown = words.replace(" ", "\u00a0")
        return Markup(f'<a href="tel:{number}" dir="ltr">{shown}</a>')
    return Markup(words)


def _number(part: str) -> str:
    """The telephone number that a text is, as ``tel:`` takes it (RFC 3966); empty for none."""
    if not _PHONE.fullmatch(part) or _DAY.fullmatch(part):
        return ""
    # The 0 in brackets is for callers within the country.
    whole = _NATIONAL.sub("", part) if part.startswith("+") else part
    digits = "".join(str(decimal(sign)) for sign in whole if sign.isdecimal())
    if len(digits) < _FEWEST[0 if _SHORT.fullmatch(part) else 1]:
        return ""
    return ("+" if part.startswith("+") else "") + digits
