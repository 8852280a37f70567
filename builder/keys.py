"""What names pages, questions and record items in the saved state, now and before an edit."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from typing import Literal

from builder.immutable import immutable

Kind = Literal["page", "question", "record"]

_EARLIER = 20
"""How many revisions back an earlier one is still recognised."""


def key(kind: Kind, identifier: str, revision: int = 1) -> str:
    """The 24 bits that name a page, a question or a record item in the state: 4 characters."""
    return _short(f"{kind}:{identifier}@{revision}", 4)


def _short(text: str, size: int) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return base64.urlsafe_b64encode(digest[:9]).decode("ascii")[:size]


def edition(keys: Iterable[str]) -> str:
    """The 12 bits that tell one set of keys from another: 2 characters. Wording, order and media
    of a course leave it as it is."""
    return _short(" ".join(sorted(keys)), 2)


@immutable
class Former:
    """The keys that something had before: those whose progress counts as its own (``same``, other
    ids), and those of earlier revisions, which have to be read or answered again (``changed``)."""

    same: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.same or self.changed)


NO_FORMER = Former()
"""The former keys of what has never been renamed and never been revised."""


def former(kind: Kind, identifier: str, revision: int, was: Sequence[str]) -> Former:
    """The former keys of something that ``was`` called otherwise, the latest first.

    A revision goes with what it belongs to: renamed, it keeps its number.
    """
    earlier = range(revision - 1, max(revision - 1 - _EARLIER, 0), -1)
    return Former(
        same=tuple(key(kind, name, revision) for name in was),
        changed=tuple(key(kind, name, old) for old in earlier for name in (identifier, *was)),
    )
