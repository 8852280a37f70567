"""What is written in the other direction than its course: each text that stands by itself says so,
by one rule (``builder/course/markdown/typography.py``), and words inside another text are isolated.
"""

import json
import re
from dataclasses import replace
from functools import cache

import pytest
from lxml import html

from builder.course import markdown
from builder.course.model import Certificate, Cover, Lock, Module, Page, Variable
from builder.course.questions import Feedback, Item, Option, Quotation
from builder.package.artifacts import Member
from builder.package.plan import plan
from builder.package.render import render
from tests.support.courses import course, item, page, question

ARABIC = "تحدث مع المسؤول."
ENGLISH = "Tell your lead."
SET = {"en": (ARABIC, "rtl", "\u2067"), "ar": (ENGLISH, "ltr", "\u2066")}
"""By the language of the course: a text in the other direction, that direction, and how it begins
where only text can stand."""
LANGUAGES = pytest.mark.parametrize("language", SET)


@pytest.mark.parametrize(
    ("text", "usual", "turned"),
    [
        ("Moodle هو نظام لإدارة التعلم.", "ltr", "rtl"),
        ("Moodle هو نظام لإدارة التعلم.", "rtl", None),
        ("בטיחות ילדים", "ltr", "rtl"),
        ("بلاغ means a report.", "rtl", "ltr"),
        ("بلاغ means a report.", "ltr", None),
        ("12 + 3", "rtl", None),
        ("", "rtl", None),
    ],
)
def test_the_letters_that_there_are_more_of_decide(text, usual, turned) -> None:
    assert markdown.opposite_direction(text, usual) == turned
    begin = {"ltr": "\u2066", "rtl": "\u2067"}
    expected = f"{begin[turned]}{text}\u2069" if turned else text
    assert markdown.isolate(text, usual) == expected


def asked(text: str) -> Page:
    """A page whose practice question says the text in each of its places."""
    prose = markdown.inline(text)
    quotation = Quotation("first", (text,))
    options = tuple(Option(name, prose, name == "a", prose, None) for name in "ab")
    one = replace(
        question("one", quotation=quotation),
        prompt=prose,
        hint=prose,
        options=options,
        feedback=Feedback(prose, prose, prose),
        explanation=prose,
    )
    match = replace(
        one,
        id="match",
        type="matching",
        items=(Item("i", prose, prose, None),),
        answer={"right": {"i": "a"}},
    )
    scale = replace(
        one, id="scale", type="likert", items=match.items, answer={}, scored=False, quotation=None
    )
    body = "[12](first.md#term)\n\n::: check one\n\n::: check match\n\n::: check scale\n"
    return replace(page("asked", body, checks=(one, match, scale)), title=text)


@cache
def made(language: str) -> list[Member]:
    """A package in which every text is in the other direction than the interface."""
    text = SET[language][0]
    blocks = (
        f"{text}\n\n::: callout {text}\n{text}\n:::\n\n::: reveal {text}\n{text}\n:::\n\n"
        f"::: tabs {text}\n:::: tab {text}\n{text}\n::::\n:::: tab {text}\n{text}\n::::\n:::\n\n"
        f"::: flashcards {text}\n{text}\n: {text}\n:::\n\n"
        f"::: contacts {text}\n- {text} {{{{ lead }}}}\n- {{{{ lead }}}}\n:::\n\n"
        f"::: glossary {text}\n{text} {{#term}}\n: {text}\n:::\n\n"
        f"::: timeline {text}\n{text}\n: {text}\n:::\n\n| {text} |\n|--|\n| {text} |\n"
    )
    pages = (
        replace(page("first", blocks), title=text),
        asked(text),
        replace(
            page("record", "", kind="record", record=(item("one"),), signature=text), title=text
        ),
    )
    whole = course(
        *pages,
        language=language,
        title=text,
        owner=text,
        variables={"lead": Variable("lead", text, "1234567")},
        cover=Cover(about=text, audience=text, outcomes=(text,)),
        certificate=Certificate(signed_by=(text,)),
    )
    modules = (
        Module(text, pages[:1]),
        Module(f"{text} 2", pages[1:], Lock(modules=(text,))),
    )
    return render(plan(replace(whole, modules=modules)))


_GIVEN = r'(?m)^scormBuilder\.add\("(?!search").*?,(\{.*\})\);$'


def chunks(members: list[Member]) -> list[object]:
    """What the player is given, from each script of a package but the search."""
    found: list[str] = []
    for member in members:
        if member.name.endswith(".js"):
            found += re.findall(_GIVEN, member.read().decode())
    return [json.loads(data) for data in found]


def texts(data: object) -> list[str]:
    """Every text of what the player is given."""
    if isinstance(data, dict):
        return [text for value in data.values() for text in texts(value)]
    if isinstance(data, list):
        return [text for value in data for text in texts(value)]
    return [data] if isinstance(data, str) else []


def loose(markup: str, words: str, direction: str, begin: str) -> list[str]:
    """The texts that say the words, and of which nothing says in which direction they are."""
    isolated = re.compile(f"{begin}[^\u2069]*\u2069")
    return [
        node
        for node in html.fromstring(f"<div>{markup}</div>").xpath("//text()")
        if words in isolated.sub("", node)
        and node.getparent().xpath("(ancestor-or-self::*[@dir])[last()]/@dir") != [direction]
    ]


@LANGUAGES
def test_every_text_of_mixed_direction_states_its_direction(language: str) -> None:
    given = [text for data in chunks(made(language)) for text in texts(data)]
    assert sum(SET[language][0] in text for text in given) > 50
    assert [found for text in given for found in loose(text, *SET[language])] == []


@LANGUAGES
def test_the_first_view_says_it_too(language: str) -> None:
    index = next(one for one in made(language) if one.name == "index.html").read().decode()
    title = re.search("<title>(.*)</title>", index)
    main = re.search("(?s)<main.*</main>", index)
    data = re.findall('<script type="application/json"[^>]*>(.*?)</script>', index)
    assert title
    assert main
    shown = [title[1], main[0], *(text for one in data for text in texts(json.loads(one)))]
    assert sum(SET[language][0] in text for text in shown) == 6
    assert [found for text in shown for found in loose(text, *SET[language])] == []


@LANGUAGES
def test_a_lock_names_its_module_as_the_outline_does(language: str) -> None:
    outlines = [data for data in chunks(made(language)) if "modules" in data]
    first, second = outlines[0]["modules"]
    assert second["lock"] == {"modules": [first["title"]]}


@LANGUAGES
def test_manifest_data_has_no_direction_marks(language: str) -> None:
    whole = next(one for one in made(language) if one.name == "course.json").read().decode()
    assert not re.search("[\u2066\u2067\u2069]|dir=", whole)
    assert json.loads(whole)["title"] == SET[language][0]


def test_a_course_in_one_direction_says_nothing() -> None:
    members = render(plan(course(asked(ENGLISH), page("first"))))
    said = "".join(one.read().decode() for one in members)
    assert not re.search("[\u2066\u2067]", said)
