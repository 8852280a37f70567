"""Outlines of any size: pages with a question each, in modules with a quiz and a record."""

from builder.course.keys import NO_FORMER, former, key
from builder.package.outline import Draw, Module, Page, Question, RecordItem, Rules
from builder.updating import Outline
from tests.updating.edited import OLD

_MODULE = 20
"""Pages of a module: the last is a quiz over its questions, the one before it a record."""


def asked(name: str, words: str) -> Question:
    return Question(
        id=name,
        key=key("question", name),
        former=NO_FORMER,
        revision=1,
        interaction="choice",
        retired=(),
        prompt=f"{words} What should you do first?",
        texts={"a": f"Stop, {name}", "b": f"Go on, {name}", "c": f"Ask about {name}"},
        right="a",
        room=1,
        type="choice",
        options=("a", "b", "c"),
        items=(),
        patterns=("a",),
        answer={"right": ["a"], "multiple": False, "credit": "all"},
        scored=True,
        weight=1,
        fingerprint=name,
        wording=name,
    )


def _page(at: int, questions: list[str], prefix: str, renamed: bool) -> Page:
    name = f"{prefix}{at}"
    place = at % _MODULE
    kind = {_MODULE - 1: "quiz", _MODULE - 2: "record"}.get(place, "page")
    quiz = tuple(questions[at - place : at + 1]) if kind == "quiz" else ()
    item = f"{name}-item"
    return Page(
        id=name,
        key=key("page", name),
        former=former("page", name, 1, [f"old-{name}"]) if renamed else NO_FORMER,
        revision=1,
        title=f"Page {name} of the course",
        kind=kind,
        minutes=2,
        file=f"pages/{name}.md",
        fingerprint=name,
        checks=() if kind == "quiz" else (questions[at],),
        quiz=quiz,
        record=(
            (RecordItem(item, key("record", item), NO_FORMER, 500, f"What about {name}?", name),)
            if kind == "record"
            else ()
        ),
        rules=Rules(
            attempts=3,
            pass_mark=80,
            alone=False,
            keep="best",
            weight=1,
            fixed=quiz[1:],
            draws=(Draw(1, quiz[:1]),),
            shuffle_questions=False,
            shuffle_options=False,
            feedback="at-once",
            retake="all",
        )
        if quiz
        else None,
    )


def sized(pages: int, prefix: str = "p", locked: bool = True, renamed: bool = False) -> Outline:
    """A course of so many pages, each module of which waits for the one before it."""
    questions = [f"{prefix}q{at}" for at in range(pages)]
    made = tuple(_page(at, questions, prefix, renamed) for at in range(pages))
    modules = []
    for number, start in enumerate(range(0, pages, _MODULE)):
        lock = {"modules": (f"Module {number - 1}",)} if locked and number else {}
        ids = tuple(one.id for one in made[start : start + _MODULE])
        modules.append(Module(f"Module {number}", ids, lock))
    return Outline(
        format=1,
        digest=prefix,
        id="sized",
        identifiers=OLD.identifiers,
        title="A course of any size",
        version="1.0.0",
        language="en",
        draft=False,
        worst_state=4000,
        tracking=OLD.tracking,
        modules=tuple(modules),
        pages=made,
        edition="AA",
        questions=tuple(asked(one, f"At {one} there is a spill.") for one in questions),
    )
