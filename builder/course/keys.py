"""Computes the keys of pages, questions and record items: short hashes that name them in the saved
state of a trainee."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from typing import Literal

from builder.base.immutable import immutable

Kind = Literal["page", "question", "record", "scene", "shown"]
"""What a key names; ``shown`` is a page that a test-out has shown."""

_MAX_EARLIER = 20
"""Maximum number of earlier revisions whose keys are recognised."""


def key(kind: Kind, identifier: str, revision: int = 1) -> str:
    """The key of a page, question or record item in the saved state: a hash of its kind, id and
    revision, 24 bits as 4 characters."""
    return _short_digest(f"{kind}:{identifier}@{revision}", 4)


def _short_digest(text: str, size: int) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return base64.urlsafe_b64encode(digest[:9]).decode("ascii")[:size]


def edition(keys: Iterable[str]) -> str:
    """The edition of a course, a hash of all its keys: 12 bits as 2 characters.

    It does not depend on the wording, order and media of the course.
    """
    return _short_digest(" ".join(sorted(keys)), 2)


@immutable
class Former:
    """The earlier keys of a page, question or record item.

    ``same`` are its keys under earlier ids; progress saved under them still counts. ``changed`` are
    its keys in earlier revisions; trainees must read or answer it again.
    """

    same: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.same or self.changed)


NO_FORMER = Former()
"""The former keys of a page, question or record item that was never renamed or revised."""


def former(kind: Kind, identifier: str, revision: int, was: Sequence[str]) -> Former:
    """The former keys of a page, question or record item, the latest first.

    ``was`` are its earlier ids. Renaming does not change the revision number.
    """
    earlier = range(revision - 1, max(revision - 1 - _MAX_EARLIER, 0), -1)
    return Former(
        same=tuple(key(kind, name, revision) for name in was),
        changed=tuple(key(kind, name, old) for old in earlier for name in (identifier, *was)),
    )
