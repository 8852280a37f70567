"""Courses of questions drawn at random, and what a bank in each format says of a question: all that
is left out here, its format cannot say (docs/exporting.md)."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from builder.course import markdown
from builder.course.load import load
from builder.course.markdown import Prose, Resolver
from builder.course.model import Course
from builder.course.questions import Question
from builder.course.validate import validate

Asked = dict[str, Any]
TODAY = date(2026, 11, 26)
GIFT, XML, XLSX = "gift", "moodle-xml", "xlsx"
_WORDS = (
    *("fire", "door", "Exit", "50%", "a = b", "\\{x\\}", "a ~ b", "#1", "::", "//", "->", "3:4"),
    *("\\\\", "1 < 2", "R&D", "&amp;", "“so”", '"so"', "naïve", "[html]", "*soon*", "**now**"),
    *("`code`", "[site](https://example.org/a?b=1&c=2)", "H~2~O", "m^2^", "~~old~~", "T", "%50%"),
    *("=1+1", "+1", "@home", "=", "ß", "水", "אש"),
)
_TEXT = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=4).map(" ".join)
_PLAIN_WORDS = ("fire", "Exit", "50%", "a=b", "{", "}", "~", "#1", "*", "3:4", "\\", "T", "=1", "ß")
_PLAIN = st.lists(st.sampled_from(_PLAIN_WORDS), min_size=1, max_size=3).map(" ".join)
_NUMBER = st.decimals("-999", "999", places=2).map(str)
_MAYBE = st.one_of(st.none(), _TEXT)
_ID = st.from_regex(r"[a-z0-9][a-z0-9-]{0,63}", fullmatch=True)


def _filled(**keys: st.SearchStrategy[Any]) -> st.SearchStrategy[Asked]:
    """A mapping without the keys that are drawn as nothing."""
    made = st.fixed_dictionaries(keys)
    return made.map(lambda drawn: {key: one for key, one in drawn.items() if one is not None})


_BASE = {
    "prompt": _TEXT,
    "material": st.one_of(st.none(), _TEXT.map(lambda one: f"Read this.\n\n- {one}")),
    "hint": _MAYBE,
    "explanation": _MAYBE,
    "feedback": st.one_of(st.none(), _filled(right=_MAYBE, partly=_MAYBE, wrong=_MAYBE)),
    "tags": st.one_of(st.none(), st.lists(_ID, min_size=1, max_size=2, unique=True)),
    "weight": st.sampled_from((None, None, "0.01", "2.5", "100")),
}
_SCALE = st.lists(_filled(text=_TEXT, feedback=_MAYBE), min_size=2, max_size=4)


def _lettered(items: list[Asked]) -> list[Asked]:
    return [{"id": letter, **item} for letter, item in zip("abcdefgh", items, strict=False)]


def _differ(options: list[Asked]) -> bool:
    words = (markdown.plain(markdown.inline(one["text"]), {}) for one in options)
    return len({" ".join(one.casefold().split()) for one in words}) > 1


@st.composite
def _choice(draw: st.DrawFn) -> Asked:
    # A choice between options that all say the same comes back as its words.
    options = _lettered(draw(_SCALE.filter(_differ)))
    multiple = draw(st.booleans())
    chosen = st.integers(0, len(options) - 1)
    right = draw(st.sets(chosen, min_size=1)) if multiple else {draw(chosen)}
    for index in right:
        options[index]["correct"] = "yes"
    made: Asked = {"type": "choice", "options": options}
    if multiple:
        made["multiple"] = "yes"
        made["credit"] = draw(st.sampled_from(("partial", "all")))
    if draw(st.booleans()):
        made["shuffle"] = "no"
    return made


@st.composite
def _matching(draw: st.DrawFn) -> Asked:
    words = draw(
        st.lists(_PLAIN, min_size=2, max_size=4, unique_by=lambda one: " ".join(one.split()))
    )
    options = _lettered([{"text": escaped(one)} for one in words])
    items = _lettered(draw(st.lists(_filled(text=_TEXT, feedback=_MAYBE), min_size=2, max_size=3)))
    for item in items:
        item["match"] = draw(st.sampled_from(options))["id"]
    credit = draw(st.sampled_from(("partial", "all")))
    return {"type": "matching", "credit": credit, "items": items, "options": options}


@st.composite
def _numeric(draw: st.DrawFn) -> Asked:
    made: Asked = {"type": "numeric"}
    low, high = sorted((draw(_NUMBER), draw(_NUMBER)), key=float)
    way = draw(st.sampled_from(("answer", "tolerance", "range", "least", "most")))
    if way in ("answer", "tolerance"):
        made["answer"] = low
    if way == "tolerance":
        made["tolerance"] = str(abs(float(high)))
    if way in ("range", "least"):
        made["min"] = low
    if way in ("range", "most"):
        made["max"] = high
    if draw(st.booleans()):
        made["unit"] = "days"
    return made


def escaped(words: str) -> str:
    """Words as Markdown that shows just these."""
    return re.sub(r"([\\`*_{}\[\]<>~^|&#])", r"\\\1", words)


_ANSWERS = st.lists(
    _PLAIN, min_size=1, max_size=3, unique_by=lambda one: "".join(one.split()).lower()
)
_FORGIVEN = st.sampled_from((None, ["case"], ["spaces"], ["case", "spaces", "accents"]))
_ITEMS = st.lists(
    _filled(text=_PLAIN.map(escaped), feedback=_MAYBE),
    min_size=2,
    max_size=4,
    unique_by=lambda one: one["text"],
)
_STEPS = st.lists(
    _filled(text=_TEXT, feedback=_MAYBE, needed=st.sampled_from((None, "yes"))),
    min_size=1,
    max_size=3,
)
_KINDS = st.one_of(
    _choice(),
    _matching(),
    _numeric(),
    _filled(type=st.just("true-false"), answer=st.sampled_from(("true", "false"))),
    _filled(type=st.just("fill-in"), answers=_ANSWERS, forgive=_FORGIVEN),
    _filled(
        type=st.just("sequencing"),
        credit=st.sampled_from(("partial", "all")),
        items=_ITEMS.map(_lettered),
    ),
    _filled(
        type=st.just("likert"),
        statements=st.one_of(st.none(), st.lists(_filled(text=_TEXT), min_size=1).map(_lettered)),
        scale=st.one_of(st.none(), _SCALE.map(_lettered)),
    ),
    _filled(type=st.just("performance"), steps=_STEPS.map(_lettered)),
    _filled(type=st.just("reflection"), limit=st.sampled_from((None, "50", "700"))),
)


@st.composite
def questions(draw: st.DrawFn) -> list[Asked]:
    """Questions of any types, as a question file has them."""
    names = draw(st.lists(_ID, min_size=1, max_size=4, unique=True))
    drawn = [{"id": name, **draw(_filled(**_BASE)), **draw(_KINDS)} for name in names]
    for one in drawn:
        steps = one.get("steps", [{"needed": "yes"}])
        if one["type"] in ("likert", "reflection") or not any("needed" in step for step in steps):
            # Nothing is right there.
            one.pop("feedback", None)
            one.pop("weight", None)
    return drawn


def written(folder: Path, asked: list[Asked]) -> Path:
    """A course with a page that asks these questions."""
    (folder / "pages").mkdir(parents=True)
    (folder / "questions").mkdir()
    settings = {"id": "drawn", "title": "Drawn", "version": "1.0.0", "language": "en"}
    settings["pages"] = ["all.md"]  # type: ignore[assignment]
    checks = "\n\n".join(f"::: check {one['id']}" for one in asked)
    (folder / "course.yaml").write_text(json.dumps(settings), "utf-8")
    page = f"---\nid: all\ntitle: All of it\n---\n\n{checks}\n"
    (folder / "pages/all.md").write_text(page, "utf-8")
    (folder / "questions/bank.yaml").write_text(json.dumps(asked, ensure_ascii=False), "utf-8")
    return folder


def course(folder: Path) -> Course | None:
    """The course of a folder, or ``None`` where it is none."""
    sources, _ = load(folder)
    assert sources
    return validate(sources, TODAY).course


def shown(prose: Prose | None) -> str | None:
    """A text as HTML, spaces apart."""
    if prose is None:
        return None
    resolver = Resolver(
        link=lambda target: {"href": target},
        image=lambda target: {"src": target},
        variable=lambda name, _: name,
        values={},
    )
    written = " ".join(html.unescape(markdown.html(prose, resolver)).split())
    # Neighbours of one look are one.
    return re.sub(r"</(strong|em|del)> <\1>", " ", written)


def said(question: Question, form: str) -> Mapping[str, object]:
    """What a bank in a format says of a question, or of the one that comes back."""
    told: dict[str, object] = {
        "type": question.type,
        "prompt": shown(question.prompt),
        "above": _above(question, form),
        "explanation": shown(question.explanation),
        "tags": {*question.tags} - {"all-of-it"},
        **_ANSWERED[question.type](question, form),
    }
    if form != XLSX and (unit := question.answer.get("unit")):
        told["prompt"] = f"{told['prompt']} ({unit})"
    feedback = question.feedback
    whole = {"right": feedback.right, "partly": feedback.partly, "wrong": feedback.wrong}
    for key in _WHOLE[form].get(question.type, ()):
        told[key] = shown(whole[key])
    if form in (XML, XLSX):
        told["hint"] = shown(question.hint)
        told["weight"] = question.weight if question.type != "reflection" else 1
    if form == XLSX:
        told |= _exactly(question)
    return told


def _exactly(question: Question) -> Mapping[str, object]:
    """What only a sheet says."""
    parts = {"options": question.options, "items": question.items}
    said = {
        key: [(shown(one.text), shown(one.feedback)) for one in of] for key, of in parts.items()
    }
    if question.type == "matching":
        del said["options"]
    answer = {
        key: {*value} if key == "forgive" else value
        for key, value in question.answer.items()
        if key in ("from", "to", "unit", "forgive", "credit", "limit", "kept")
    }
    needed = [one.id in question.answer.get("needed", ()) for one in question.options]
    return {"said": said, "answer": answer, "needed": needed, "reveal": question.reveal}


def _above(question: Question, form: str) -> list[str]:
    blocks = question.material.walk() if question.material else ()
    texts = (re.sub(r"\s+", "", shown(one) or "") for one in blocks if isinstance(one, Prose))
    # A sheet has the words of lists, as paragraphs.
    return [re.sub(r"<[^<>]*>", "", text) if form == XLSX else text for text in texts]


def _options(question: Question, form: str) -> Mapping[str, object]:
    right = question.answer["right"]
    told: dict[str, object] = {
        "options": [
            (shown(one.text), one.id in right, shown(one.feedback)) for one in question.options
        ],
        "multiple": question.answer["multiple"],
    }
    if form in (XML, XLSX):
        told["shuffle"] = question.shuffle
    return told


def _truth(question: Question, form: str) -> Mapping[str, object]:
    return {"right": question.right}


def _typed(question: Question, form: str) -> Mapping[str, object]:
    exact = form in (XML, XLSX) and "case" not in question.answer["forgive"]
    return {
        "answers": [" ".join(one.split()) for one in question.answer["accepted"]],
        "exact": exact,
    }


def _number(question: Question, form: str) -> Mapping[str, object]:
    answer = question.answer
    if form == XLSX:
        return {}
    # A range without an end has the greatest number that can be typed.
    return {"from": answer["from"] or "-999999999", "to": answer["to"] or "999999999"}


def _pairs(question: Question, form: str) -> Mapping[str, object]:
    words = {one.id: shown(one.text) for one in question.options}
    right = question.answer["right"]
    pairs = [(shown(one.text), words[right[one.id]]) for one in question.items]
    return {"pairs": pairs, "options": {*words.values()}}


def _order(question: Question, form: str) -> Mapping[str, object]:
    items = [shown(one.text) for one in question.options]
    return {"items": items, "credit": question.answer["credit"]}


_ANSWERED = {
    "choice": _options,
    "true-false": _truth,
    "fill-in": _typed,
    "numeric": _number,
    "matching": _pairs,
    "sequencing": _order,
    **dict.fromkeys(("reflection", "likert", "performance"), lambda *_: {}),
}
"""What there is to answer, by type."""
_TYPED = dict.fromkeys(("true-false", "fill-in", "numeric"), ("right", "wrong"))
_CHOSEN = dict.fromkeys(("choice", "matching", "sequencing"), ("right", "partly", "wrong"))
_ALL = dict.fromkeys((*_TYPED, *_CHOSEN, "performance"), ("right", "partly", "wrong"))
_WHOLE = {GIFT: _TYPED, XML: _TYPED | _CHOSEN, XLSX: _ALL}
"""By format and type, what is said of a whole answer."""
ASKED = {
    GIFT: ("choice", "true-false", "fill-in", "numeric", "matching", "reflection"),
    XLSX: tuple(_ANSWERED),
    XML: ("choice", "true-false", "fill-in", "numeric", "matching", "sequencing", "reflection"),
}
"""By format, the types that it asks; of others it has the words."""
