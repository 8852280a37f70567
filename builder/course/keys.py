"""Computes the keys of pages, questions and record items in the saved state."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from typing import Literal

from builder.base.immutable import immutable

Kind = Literal["page", "question", "record"]

_MAX_EARLIER = 20
"""Maximum number of earlier revisions that are recognised."""


def key(kind: Kind, identifier: str, revision: int = 1) -> str:
    """The key of a page, question or record item in the state: 24 bits as 4 characters."""
    return _short_digest(f"{kind}:{identifier}@{revision}", 4)


def _short_digest(text: str, size: int) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return base64.urlsafe_b64encode(digest[:9]).decode("ascii")[:size]


def edition(keys: Iterable[str]) -> str:
    """A code for a set of keys: 12 bits as 2 characters.

    Independent of the wording, order and media of a course.
    """
    return _short_digest(" ".join(sorted(keys)), 2)


@immutable
class Former:
    """The earlier keys of something.

    ``same`` are keys under other ids, whose progress still counts. ``changed`` are keys of earlier
    revisions, which have to be read or answered again.
    """

    same: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.same or self.changed)


NO_FORMER = Former()
"""The former keys of something that was never renamed or revised."""


def former(kind: Kind, identifier: str, revision: int, was: Sequence[str]) -> Former:
    """The former keys of something with earlier ids, the latest first.

    A renamed thing keeps its revision number.
    """
    earlier = range(revision - 1, max(revision - 1 - _MAX_EARLIER, 0), -1)
    return Former(
        same=tuple(key(kind, name, revision) for name in was),
        changed=tuple(key(kind, name, old) for old in earlier for name in (identifier, *was)),
    )
