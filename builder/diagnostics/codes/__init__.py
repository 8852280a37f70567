"""The catalogue of diagnostics: each code, such as ``link-broken``, with its severity, message and
explanation.

Each module has the codes of one subject: ``link-broken`` is in ``links.py``. The function
``problem`` makes a diagnostic; ``scorm-builder explain CODE`` prints the explanation of a code.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from builder.diagnostics.codes import (
    approvals,
    course,
    files,
    imports,
    limits,
    links,
    media,
    package,
    prose,
    questions,
    returned,
    reviews,
    scenarios,
    test_outs,
    theme,
    translations,
    variables,
)
from builder.diagnostics.codes.rule import Rule
from builder.diagnostics.diagnostic import Diagnostic, FileName, Position

__all__ = ["CATALOGUE", "RULES", "Known", "Rule", "did_you_mean", "problem", "renamed"]

RULES: tuple[Rule, ...] = (
    *files.RULES,
    *course.RULES,
    *questions.RULES,
    *test_outs.RULES,
    *prose.RULES,
    *scenarios.RULES,
    *media.RULES,
    *links.RULES,
    *theme.RULES,
    *variables.RULES,
    *translations.RULES,
    *returned.RULES,
    *approvals.RULES,
    *limits.RULES,
    *reviews.RULES,
    *package.RULES,
    *imports.RULES,
)

CATALOGUE = {rule.code: rule for rule in RULES}

LONGEST_WORD = 400
"""Maximum number of characters of a value in a message; longer than any list of allowed values."""
_END = 100
"""Number of characters that a shortened value keeps of its end, since the mistake may be there."""


def problem(code: str, position: Position, **words: object) -> Diagnostic:
    """Make a diagnostic with this code; ``words`` are the values of the placeholders in its message
    and hint.

    A value that names files must be a ``FileName``, or a tuple of texts and file names. A value of
    more than ``LONGEST_WORD`` characters, such as a page of text instead of a date, is shortened in
    the middle.
    """
    rule = CATALOGUE[code]
    naming = any(isinstance(word, FileName | tuple) for word in words.values())
    filled = {name: _shortened(word) for name, word in words.items()}
    return Diagnostic(
        position=position,
        code=code,
        message=rule.message.format(**filled),
        severity=rule.severity,
        hint=rule.hint.format(**filled),
        draft=rule.draft,
        words=words if naming else {},
    )


def renamed(diagnostic: Diagnostic, names: Mapping[str, str]) -> Diagnostic:
    """A copy of a diagnostic with other names for its own file and for the files in its message.

    ``names`` maps paths to new names; other files keep their names.
    """
    path = diagnostic.position.path
    position = replace(diagnostic.position, path=names.get(path, path))
    if not diagnostic.words:
        return replace(diagnostic, position=position)
    words = {name: _named(word, names) for name, word in diagnostic.words.items()}
    return replace(problem(diagnostic.code, position, **words), severity=diagnostic.severity)


def _named(word: object, names: Mapping[str, str]) -> object:
    if isinstance(word, tuple):
        return tuple(_named(part, names) for part in word)
    return FileName(names.get(word, word)) if isinstance(word, FileName) else word


def _shortened(word: object) -> object:
    if isinstance(word, tuple):
        word = "".join(word)
    if not isinstance(word, str) or len(word) <= LONGEST_WORD:
        return word
    return f"{word[: LONGEST_WORD - _END]}…{word[-_END:]}"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`` Did you mean “…”?`` with the word in ``known`` that is most similar to ``word``; empty if
    none is similar."""
    return Known(known).did_you_mean(word)


class Known:
    """A set of existing names, in which repeated searches find those similar to a wrong name.

    A comparison takes up to 20 microseconds, and a course may have thousands of names and as many
    mistakes. After ``COMPARISONS`` comparisons, searches find nothing: an author who has read some
    tens of suggestions knows what is wrong. Words longer than ``LONGEST`` characters are not
    compared.
    """

    COMPARISONS = 30_000
    LONGEST = 100

    def __init__(self, words: Iterable[str]) -> None:
        self._words = [word for word in words if len(word) <= self.LONGEST]
        self._left = self.COMPARISONS
        self._near: dict[str, str | None] = {}

    def near(self, word: str) -> str | None:
        """The most similar known word; ``None`` if none is similar."""
        if word not in self._near:
            self._near[word] = self._nearest(word)
        return self._near[word]

    def _nearest(self, word: str) -> str | None:
        if self._left <= 0 or len(word) > self.LONGEST:
            return None
        self._left -= len(self._words)
        # Imported on demand, since most builds need no suggestion.
        from difflib import get_close_matches

        near = get_close_matches(word, self._words, n=1, cutoff=0.6)
        return near[0] if near else None

    def did_you_mean(self, word: str) -> str:
        """`` Did you mean “…”?`` with the most similar known word; empty if none is similar."""
        near = self.near(word)
        return "" if near is None else f" Did you mean “{near}”?"
