"""Compares the translations of two packages of a course.

The saved state of a trainee is the same in all languages, so no change of a translation costs
anybody anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from builder.course import interface
from builder.package.outline import Outline, Translation
from builder.updating.changes import Pair, Pairs, T

LanguageFate = Literal["kept", "new", "gone"]
"""What happens to a language: both packages have it, or only the new or the old one does."""


@dataclass(frozen=True, slots=True)
class LanguageChange:
    """What happened to the texts of a course in one language, apart from the source language.

    - ``pages``, ``questions`` and ``records``: the ids of pages, questions and record items that
      both packages have, and whose texts in this language differ.
    - ``accepted``: the ids of questions whose accepted answers in this language differ.
    - ``retitled``: whether the titles of the course or of a module differ.
    - ``draft``: whether the new package is a draft in this language.
    - ``untranslated``: the number of its texts in the new package that are in the source language;
      ``untranslated_before``: in the old package.
    """

    language: str
    fate: LanguageFate
    pages: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()
    retitled: bool = False
    draft: bool = False
    untranslated: int = 0
    untranslated_before: int = 0

    @property
    def changed(self) -> bool:
        """Whether anything differs in this language."""
        texts = (self.pages, self.questions, self.records, self.accepted, self.retitled)
        progress = self.untranslated != self.untranslated_before
        return self.fate != "kept" or progress or any(texts)

    @property
    def name(self) -> str:
        """The name of the language with its tag."""
        return interface.name_of(self.language)


def languages(old: Outline, new: Outline, matched: Pairs) -> tuple[LanguageChange, ...]:
    """What happened to each language, first those of the new package in its order. ``matched`` are
    the pages, questions and record items of both packages."""
    before = {one.language: one for one in old.translations}
    after = {one.language: one for one in new.translations}
    return (
        *(
            _kept(before[tag], now, old, new, matched)
            if tag in before
            else LanguageChange(tag, "new", draft=now.draft, untranslated=now.untranslated)
            for tag, now in after.items()
        ),
        *(LanguageChange(tag, "gone") for tag in before if tag not in (*after, new.language)),
    )


def _kept(
    was: Translation, now: Translation, old: Outline, new: Outline, matched: Pairs
) -> LanguageChange:
    return LanguageChange(
        language=now.language,
        fate="kept",
        pages=tuple(_changed(matched.pages, was.pages, now.pages)),
        questions=tuple(_changed(matched.questions, _words(was), _words(now))),
        records=tuple(_changed(matched.records, was.record, now.record)),
        accepted=tuple(_changed(matched.questions, _accepted(was, old), _accepted(now, new))),
        retitled=(was.title, was.modules) != (now.title, now.modules),
        draft=now.draft,
        untranslated=now.untranslated,
        untranslated_before=was.untranslated,
    )


def _changed(
    pairs: Sequence[Pair[T]], before: Mapping[str, object], after: Mapping[str, object]
) -> Iterator[str]:
    """Yield the new id of each item that both packages have and whose texts differ."""
    for pair in pairs:
        if pair.old and pair.new and before.get(pair.old.id) != after.get(pair.new.id):
            yield pair.new.id


def _words(translation: Translation) -> Mapping[str, object]:
    return {name: (one.prompt, one.texts) for name, one in translation.questions.items()}


def _accepted(translation: Translation, outline: Outline) -> Mapping[str, object]:
    """The accepted answers of each question with typed answers."""
    typed = {one.id: one for one in outline.questions if one.type == "fill-in"}
    return {
        name: sorted(one.patterns or typed[name].patterns)
        for name, one in translation.questions.items()
        if name in typed
    }
