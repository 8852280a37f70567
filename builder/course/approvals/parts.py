"""The parts of a course that people read and approve, and the codes of their words.

The code is a short hash of the words of a part, such as ``7KQ2-M9XR``.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Literal

from builder.base.cache import NO_CACHE, Cache
from builder.base.immutable import immutable, unfolding
from builder.base.patterns import late
from builder.course import targets
from builder.course.approvals import wording
from builder.course.approvals.wording import Names
from builder.course.interface import PSEUDO
from builder.course.model import EMERGENCY, Course, Page, Reference, Variable
from builder.course.questions import Question

_ALPHABET = "23456789CDFGHJKMNPQRTVWXY"
"""The characters of codes: none that look alike, and no vowels, so that no code is a word."""
_GROUP_LENGTH = 4
_GROUPS = 2
RULE = 2
"""Version of the rule for the words of a part (docs/decisions/approvals-cover-exact-words.md).

Increment it when the rule changes, so that no code from an earlier version counts as current.
"""
CODE_PATTERN = "^(?:[2-9CDFGHJKMNPQRTVWXYcdfghjkmnpqrtvwxy]{4}[ -]?){2}$"
"""Matches a code as people write it: in upper or lower case, with or without its hyphen."""


_HYPHEN = late("[\u2010-\u2015\u2212\ufe63\uff0d]")
_INVISIBLE = late("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def code_of(kind: str, words: str) -> str:
    """Compute the code of words, such as ``7KQ2-M9XR``; empty if the words are empty.

    The code does not depend on the amount of white space or the Unicode form of accents. Except on
    a page, it depends on the line breaks, so that it changes when words move from one option to
    another. ``kind``, the kind of the part, is hashed too, so that a page and a question with the
    same words have different codes.
    """
    lines = [" ".join(line.split()) for line in words.split("\n")]
    return short_code(
        f"{RULE}\n{kind}", (" " if kind == "page" else "\n").join(filter(None, lines))
    )


def short_code(kind: str, words: str) -> str:
    """The short code of words as they are; empty without words. Equal words of two kinds have
    different codes."""
    plain = unicodedata.normalize("NFC", words)
    if not plain:
        return ""
    number = int.from_bytes(hashlib.sha256(f"{kind}\n{plain}".encode()).digest())
    # The code needs only the last digits of the hash; dividing the whole number would be slower.
    number %= len(_ALPHABET) ** (_GROUP_LENGTH * _GROUPS)
    letters = ""
    while len(letters) < _GROUP_LENGTH * _GROUPS:
        number, place = divmod(number, len(_ALPHABET))
        letters += _ALPHABET[place]
    return f"{letters[:_GROUP_LENGTH]}-{letters[_GROUP_LENGTH:]}"


def version_code(version: str, codes: Iterable[tuple[str, str]]) -> str:
    """The version of a course with the code of all its words, such as ``1.1.0 7KQ2-M9XR``.

    ``codes`` are the ids of the parts with the codes of their words. Two packages with the same
    version and different words have different codes. The player reports it in each visit
    (``templates/player/lms/version.ts``), so it must not depend on the rule for words of the
    builder that reads a package.
    """
    lines = sorted(f"{part} {code}" for part, code in codes)
    return " ".join(filter(None, (version, short_code("version", "\n".join(lines)))))


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


Kind = Literal["page", "question", "scenario", "record", "pass_mark", "value", "address"]
KINDS: dict[str, Kind] = {
    "pages": "page",
    "questions": "question",
    "scenarios": "scenario",
    "records": "record",
    "pass_mark": "pass_mark",
    "values": "value",
    "addresses": "address",
}
"""The kinds of parts by their plural, in the order of lists. A part of kind ``pass_mark`` contains
all rules of its quiz."""


@unfolding
class Part:
    """A part of a course that can be approved.

    ``id`` is its kind and its own id, such as ``question/firm-evidence``. ``title`` describes it
    for people. ``words`` are what is approved: every text of the part that trainees can see, one on
    each line, and the rules by which trainees are judged. Local values appear in the words by name,
    since they are parts of their own. A local value that is not set has no words, and cannot be
    approved.
    """

    id: str
    kind: Kind
    title: str
    words: str

    @cached_property
    def code(self) -> str:
        """The code of the words (see ``code_of``); empty if there are no words."""
        return code_of(self.kind, self.words)


def is_part(name: str) -> bool:
    """Whether a name has the form of a part's id or of a kind, such as ``questions``; the part need
    not exist."""
    kind = name.partition("/")[0].partition("@")[0].replace("-", "_")
    return kind in (*KINDS, *KINDS.values(), "quiz", "interface")


_TRANSLATED = ("page", "question", "scenario", "record", "value")
"""The kinds of parts whose words depend on the language."""


def parts(course: Course, cache: Cache = NO_CACHE) -> tuple[Part, ...]:
    """Every part of a course and of its translations, sorted by kind, and then in the order of the
    course.

    The parts and their words do not depend on approvals, on the draft status, or on the theme.
    """
    found = [*_parts(course, cache)]
    for translation in course.translations:
        found += translated_parts(translation, cache.scope(translation.language))
    order = list(KINDS.values())
    return tuple(sorted(found, key=lambda part: order.index(part.kind)))


def translated_parts(translation: Course, cache: Cache = NO_CACHE) -> tuple[Part, ...]:
    """Every part of a translated course that is approved in its language, such as
    ``question/firm-evidence@pl``; none of the pseudo-language, which is only for tests."""
    tag = translation.language
    if tag == PSEUDO.tag:
        return ()
    own = (part for part in _parts(translation, cache) if part.kind in _TRANSLATED)
    return tuple(
        part if part.id == f"interface@{tag}" else _in_language(part, tag, cache) for part in own
    )


def _in_language(part: Part, tag: str, cache: Cache) -> Part:
    # Cached with its code, which is computed on demand.
    return cache.get_or_compute(
        ("part of a language", part.id),
        (part.id, part.title, part.words),
        lambda: Part(f"{part.id}@{tag}", part.kind, part.title, part.words),
    )


def split_language(part: str) -> tuple[str, str]:
    """The id of a part without its language, and the tag of the language, empty for the source."""
    name, sign, tag = part.rpartition("@")
    # An address may have the sign, too.
    return (name, tag) if sign and not part.startswith("address/") else (part, "")


def _parts(course: Course, cache: Cache) -> tuple[Part, ...]:
    names = wording.names(course)
    # One comparison of all names, rather than one for each page and question.
    known = cache.get_or_compute("part names", (names,), lambda: names)
    read = [_kept_page(page, course, known, cache) for page in course.pages]
    return (
        Part("course", "page", course.title, wording.course(course, known)),
        *_interface(course),
        *(part for page in read for part in page.parts),
        *(_kept_question(question, known, cache) for question in course.questions),
        *_quizzes(course),
        *_values(course, read),
        *_addresses(course, read),
    )


def _interface(course: Course) -> Iterator[Part]:
    if course.interface:
        words = "\n".join(f"{key}: {text}" for key, text in sorted(course.interface.items()))
        title = "The course's own texts of the interface"
        yield Part(f"interface@{course.language}", "page", title, words)


@immutable
class _Page:
    """The parts of a page, and the names of local values and the addresses outside the course that
    the page and its questions use."""

    parts: tuple[Part, ...]
    values: tuple[str, ...]
    addresses: tuple[str, ...]


def _kept_page(page: Page, course: Course, known: Names, cache: Cache) -> _Page:
    captions = {path: course.captions[path] for path in page.media() if path in course.captions}
    given = page, captions, known
    return cache.get_or_compute(
        ("page words", page.id), given, lambda: _page(page, captions, known)
    )


def _page(page: Page, captions: Mapping[str, str], known: Names) -> _Page:
    texts = tuple(page.prose())
    record = Part(f"record/{page.id}", "record", page.title, wording.record(page, known))
    kind: Kind = "scenario" if page.scenario else "page"
    return _Page(
        parts=(
            Part(f"{kind}/{page.id}", kind, page.title, wording.page(page, captions, known)),
            *((record,) if page.record else ()),
        ),
        values=tuple(use.name for text in texts for use in text.variables),
        addresses=tuple(
            link.target for text in texts for link in text.links if targets.is_address(link.target)
        ),
    )


def _kept_question(question: Question, known: Names, cache: Cache) -> Part:
    def make() -> Part:
        title = wording.line(question.prompt)
        return Part(f"question/{question.id}", "question", title, wording.question(question, known))

    return cache.get_or_compute(("question words", question.id), (question, known), make)


def _quizzes(course: Course) -> Iterator[Part]:
    for page in course.pages:
        if page.kind == "quiz":
            words = wording.quiz(page, course.tracking)
            yield Part(f"quiz/{page.id}", "pass_mark", page.title, words)


def _values(course: Course, pages: Sequence[_Page]) -> Iterator[Part]:
    # The help view always shows this value.
    used = {EMERGENCY, *(name for page in pages for name in page.values)}
    for variable in course.variables.values():
        if variable.name in used:
            yield _value(variable)


def _value(variable: Variable) -> Part:
    return Part(f"value/{variable.name}", "value", variable.label, wording.value(variable))


def _addresses(course: Course, pages: Sequence[_Page]) -> Iterator[Part]:
    linked = (address for page in pages for address in page.addresses)
    exits = [course.quick_exit.url] if course.quick_exit and course.quick_exit.url else []
    for address in dict.fromkeys([*linked, *exits]):
        yield _address(course.references.get(address) or Reference(address, None, None))


def _address(reference: Reference) -> Part:
    words = filter(None, (reference.url, reference.current, reference.organisation))
    title = reference.organisation or reference.url
    return Part(f"address/{reference.url}", "address", title, "\n".join(words))
