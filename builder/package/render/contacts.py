"""Renders the value of a contact, with links for telephone numbers, mail and web addresses. Also
finds the organisations to name with further reading."""

from __future__ import annotations

from html import escape
from unicodedata import decimal

from markupsafe import Markup

from builder.base.patterns import late
from builder.course.blocks import Reading
from builder.course.model import Course, Variable

_COMMA = late(r"([,\u060c]\s+)")
"""Matches a comma, also the Arabic one, with the space after it."""
_MAIL = late(r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\".]{2,}")
_ADDRESS = late(r"https?://\S+")
_PHONE = late(r"\+?[\d(][\d ().\u2010\u2011-]*\d")
_SHORT = late(r"\d+(?: \d+)*")
_DAY = late(r"\d{4}-\d{2}-\d{2}")
_NATIONAL = late(r"\(0\)")
_MIN_DIGITS = (3, 7)
"""Minimum number of digits of a telephone number: first if it has only digits and spaces, then if
it has other characters, since “10-12” is hours."""


def values(value: str, new_tab: str) -> list[Markup]:
    """The texts of a contact's value as HTML, with telephone numbers, mail and web addresses as
    links.

    A text may be several parts separated by commas, such as “Sam Lee, 01234 567890”; a part becomes
    a link as a whole. ``new_tab`` is HTML that is appended to links that open a new tab.
    """
    return [
        Markup("").join(_as_link(part, new_tab) for part in _COMMA.split(text))
        for text in texts(value)
    ]


def texts(value: str) -> list[str]:
    """Split a contact's value into its texts: “01234 567890; out of hours 01234 567891” has two."""
    return value.split("; ")


def label(variable: Variable) -> str:
    """The label of a variable with a capital letter, for a contact to which a page gives no label
    of its own."""
    return variable.label[:1].upper() + variable.label[1:]


def _as_link(part: str, new_tab: str) -> Markup:
    words = escape(part)
    if _MAIL.fullmatch(part):
        return Markup(f'<a href="mailto:{words}">{words}</a>')
    if _ADDRESS.fullmatch(part):
        return Markup(f'<a href="{words}" target="_blank" rel="noopener">{words}{new_tab}</a>')
    number = _phone_number(part)
    if number:
        # A telephone number is written from left to right in every script, on one line.
        one_line = words.replace(" ", "\u00a0")
        return Markup(f'<a href="tel:{number}" dir="ltr">{one_line}</a>')
    return Markup(words)


def _phone_number(part: str) -> str:
    """The telephone number in the form for ``tel:`` links (RFC 3966), if ``part`` is one as a
    whole; otherwise empty."""
    if not _PHONE.fullmatch(part) or _DAY.fullmatch(part):
        return ""
    # The 0 in brackets is for callers within the country.
    whole = _NATIONAL.sub("", part) if part.startswith("+") else part
    digits = "".join(str(decimal(sign)) for sign in whole if sign.isdecimal())
    if len(digits) < _MIN_DIGITS[0 if _SHORT.fullmatch(part) else 1]:
        return ""
    return ("+" if part.startswith("+") else "") + digits


def unnamed_organisation(course: Course, reading: Reading, title: str) -> str:
    """The organisation that publishes an item of further reading; empty if the organisation is
    unknown, or if ``title``, the text of the link, already names it."""
    reference = course.references.get(reading.link.target)
    organisation = (reference and reference.organisation) or ""
    return "" if organisation.casefold() in title.casefold() else organisation
