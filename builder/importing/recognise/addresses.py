"""Finds web addresses, email addresses and phone numbers in texts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from builder.importing.document.form import Inline, Link
from builder.importing.recognise.inlines import plain

URL = re.compile(r"(?:https?://|www\.)[^\s<>\"“”]+[^\s<>\"“”.,;:!?)\]’']", re.IGNORECASE)
EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
PHONE = re.compile(r"\+?\(?\d[\d\s()./-]{1,22}\d(?:\s*(?:ext|x|est|poste)\.?\s*\d{1,6})?")


def outside(link: Link) -> bool:
    """Whether a link leads to a page outside the document."""
    return link.address.casefold().startswith(("http://", "https://"))


def calls(text: str) -> bool:
    """Whether a text has a phone number or an email address."""
    phone = PHONE.search(text)
    digits = sum(sign.isdecimal() for sign in phone[0]) if phone else 0
    return digits >= 3 or EMAIL.search(text) is not None


def written(inlines: Sequence[Inline]) -> str:
    """A text with the address of each link whose text does not show it."""
    parts = []
    for inline in inlines:
        words = plain((inline,))
        if isinstance(inline, Link):
            bare = re.sub(r"^(?:mailto:|tel:|https?://)", "", inline.address, flags=re.IGNORECASE)
            shown = bare.rstrip("/") in words or inline.address.startswith(("#", "tel:"))
            words = words if shown else f"{words} {bare}"
        parts.append(words)
    return " ".join("".join(parts).split())
