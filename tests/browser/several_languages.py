"""The small course with a word to type, in English, Arabic and French."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from builder.course.model import Course, Cover, Module, Tracking
from builder.package.plan import plan
from tests.browser.player_course import QUIZ, SEVERAL, unpacked
from tests.support.courses import course, item, page, question, translated

WORD = replace(
    question("word"),
    type="fill-in",
    interaction="fill-in",
    options=(),
    answer={"accepted": ["fire"], "forgive": ["case"], "room": 60},
    patterns=("fire",),
    right="fire",
    room=60,
)
ACCEPTED = {"ar": "نار", "fr": "feu", "pl": "ogień"}
PAGES = (
    page("first", "Keep calm.\n\n::: check word\n", checks=(WORD,)),
    page(
        "second",
        "Look.\n\n::: reveal More\nHidden.\n:::\n\n::: check several\n\n" + "Words.\n\n" * 40,
        checks=(SEVERAL,),
    ),
    page("quiz", "Ready?", kind="quiz", quiz=QUIZ),
    page("record", "Fill in.", kind="record", record=(item("one", 120),)),
)


def write_languages(
    folder: Path, tags: Iterable[str] = ("ar", "fr"), cover: bool = True, **fields: Any
) -> Path:
    """The files of the course, with translations, as an LMS unpacks them."""
    tracking = Tracking("all", "passed-failed", 80, 2)
    values = {"tracking": tracking, "cover": Cover(about="About it") if cover else None}
    made = course(*PAGES, **(values | fields))
    return unpacked(folder, plan(in_languages(made, *tags)))


def write_untranslated(folder: Path) -> Path:
    """The files of a course in English and French, whose module and second page have no French
    title."""
    made = course(*PAGES)
    named = replace(made, modules=(Module("Part one", made.pages),))
    french, *_ = in_languages(named, "fr").translations
    first, second, *others = french.pages
    pages = (first, replace(second, title="Second"), *others)
    untranslated = frozenset({"Part one", "Second"})
    draft = replace(french, modules=(Module("Part one", pages),), untranslated=untranslated)
    return unpacked(folder, plan(replace(named, translations=(draft,))))


def in_languages(made: Course, *tags: str) -> Course:
    """The course with translations."""
    others = tuple(_with_words(translated(made, tag), tag) for tag in tags)
    return replace(made, translations=others)


def _with_words(made: Course, tag: str) -> Course:
    """The typed question accepts the word of the language."""

    def own(asked: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(
            replace(one, answer={**one.answer, "accepted": [ACCEPTED[tag]]})
            if one.id == "word"
            else one
            for one in asked
        )

    modules = tuple(
        replace(
            module,
            pages=tuple(replace(one, checks=own(one.checks)) for one in module.pages),
        )
        for module in made.modules
    )
    return replace(made, modules=modules, questions=own(made.questions))
