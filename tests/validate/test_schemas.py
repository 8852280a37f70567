"""The JSON Schemas, held against what the builder itself refuses."""

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.cli.schema import KINDS
from builder.course.load import load
from builder.course.load.yaml import read as read_yaml
from builder.course.questions import TYPES
from builder.course.sources import PageFile, Sources, YamlFile
from builder.course.validate import approvals, bank, schemas, shape, validate
from builder.course.validate.shapes import PageShape
from builder.diagnostics.diagnostic import Diagnostic
from tests.conftest import ROOT
from tests.support import editor
from tests.validate.courses import GOOD, TODAY

Step = str | int
Path_ = tuple[Step, ...]

GOLDEN = ROOT / "tests" / "golden"
CASES = sorted(path for path in (GOLDEN / "diagnostics").iterdir() if path.is_dir())
WHOLE = [GOOD, ROOT / "course", ROOT / "tests/showcase", ROOT / "tests/chaos/course"]


def sources_of(folder: Path) -> Sources:
    sources, _ = load(folder)
    assert sources
    return sources


GOOD_SOURCES = sources_of(GOOD)


def files(folder: Path) -> Iterator[tuple[str, str, Path]]:
    """Every file of a folder that a schema is for: its kind, its path, where it is."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        kind = editor.kind_of(name)
        if kind and path.is_file():
            yield kind, name, path


@pytest.mark.parametrize("kind", schemas.SCHEMAS)
def test_a_schema_is_one_of_draft_7(kind: str) -> None:
    schema = schemas.SCHEMAS[kind]()
    jsonschema.Draft7Validator.check_schema(schema)
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"


def test_the_command_knows_every_schema() -> None:
    assert tuple(schemas.SCHEMAS) == KINDS


def mappings(schema: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(schema, dict):
        for name, part in schema.get("properties", {}).items():
            # Which keys a question has is told once, and not again for each condition.
            if schema.get("type") == "object":
                yield name, part
        for part in schema.values():
            yield from mappings(part)


@pytest.mark.parametrize("kind", schemas.SCHEMAS)
def test_every_key_is_described(kind: str) -> None:
    told = list(mappings(schemas.SCHEMAS[kind]()))
    assert len(told) > {"approvals": 4, "remarks": 11}.get(kind, 15)
    for name, part in told:
        assert re.fullmatch(r"[A-Z“`].*\.", part["description"]), name
        assert "``" not in part["description"]


@pytest.mark.parametrize("folder", WHOLE, ids=lambda folder: folder.relative_to(ROOT).as_posix())
def test_a_course_that_builds_passes(folder: Path) -> None:
    said = {
        name: editor.complaints(kind, editor.read(kind, path)) for kind, name, path in files(folder)
    }
    assert said
    assert {name: words for name, words in said.items() if words} == {}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_a_schema_refuses_the_builder_refuses(case: Path) -> None:
    expected = (case / "expected.txt").read_text("utf-8")
    refused = set(re.findall(r"^([^\s:]+)(?::\d+)*: error ", expected, re.MULTILINE))
    for kind, name, path in files(case / "in"):
        try:
            value = editor.read(kind, path)
        except (yaml.YAMLError, UnicodeDecodeError):
            assert name in refused
            continue
        if editor.complaints(kind, value):
            assert name in refused


# One value of every kind of file, rich in keys; texts as the author writes them.
COURSE = """
{id: good-course, title: A title, version: 1.0.0, language: en-GB, typography: by-language,
description: D, keywords: [k],
owner: O, rights: R, reminder: M, refresh_every: 12 months, trainee_names: given-name-first,
interface_unread: accepted,
reviewed_on: 2025-11-30, review_by: 2026-11-30,
pages: [start.md, {module: Learn, id: learn, pages: [{page: topic.md, locked: start.md},
quiz.md, {page: checklist.md, locked: {done: [start.md], passed: quiz.md}}],
locked: [start.md], test_out: {bank: all, count: 2, pass_mark: 80, attempts: 2,
always: [checklist.md, quiz.md]}}],
tracking: {pages: all, report: passed-failed, pass_mark: 80, attempts: 0, keep: best, score: yes,
mastery: none, failed: never, comments: no, journal: yes},
approvals: {required: [pages, questions], show_names: yes},
theme: {preset: forest, accent: "#0b5d6b", accent_dark: "#7fcbd6", logo: media/map.png, logo_alt: L,
logo_dark: media/map.png},
cover: {show: yes, about: A, audience: A, outcomes: [O], picture: media/map.png,
picture_alt: P},
certificate: {show: yes, signed_by: [A, B], shown_by_test: yes},
refresher: {title: R, quiz: no, record: no, certificate: yes},
variables: {board.name: {label: L, value: [V, W]}},
references: [{url: "https://www.example.org/help", organisation: E,
current: "https://www.example.org/help", checked_on: 2025-12-01}],
linked_files: [{file: media/map.png, reason: R}], help: [start.md],
quick_exit: {url: "https://www.example.org/out"}}
"""
PAGE = """
{id: a-page, was: [old], title: T, revision: 2, minor: [GVMF-HK84], kind: quiz, minutes: 3,
unsure: U,
questions: [one],
quiz: {draw: [{bank: b, tag: t, count: 2}], shuffle_questions: yes, shuffle_options: no,
feedback: at-end, retake: wrong, attempts: 2, pass_mark: 60, keep: last, weight: 0.5},
record: [{id: r, was: s, question: Q, reading: R, limit: 100}], signature: S,
shown_by_test: yes, start: a, complete: good, weight: 2, reveal: always}
"""
QUESTIONS = """
- {id: q1, type: choice, prompt: P, material: M, hint: H, feedback: {right: R, partly: P, wrong: W},
   explanation: E, tags: [t], was: [w], retired: [z], unsure: U, weight: 0.25, revision: 2,
   source: s, quote: [q], reveal: always, multiple: no,
   credit: all, shuffle: no,
   options: [{id: a, text: A, correct: yes, feedback: F, source: s, quote: q}, {id: b, text: B}]}
- {id: q2, type: true-false, prompt: P, answer: true}
- {id: q3, type: fill-in, prompt: P, answers: [one, two], forgive: [case, accents], limit: 60}
- {id: q4, type: numeric, prompt: P, answer: 18, tolerance: 0.5, unit: days}
- {id: q5, type: likert, prompt: P, statements: [{id: a, text: A}],
   scale: [{id: a, text: A, feedback: F}, {id: b, text: B}]}
- {id: q6, type: matching, prompt: P, credit: partial, items: [{id: a, text: A, match: a},
   {id: b, text: B, match: a, feedback: F}], options: [{id: a, text: A}, {id: b, text: B}]}
- {id: q7, type: sequencing, prompt: P, items: [{id: a, text: A}, {id: b, text: B, feedback: F}]}
- {id: q8, type: performance, prompt: P, credit: partial, steps: [{id: a, text: A, needed: yes}]}
- {id: q9, type: reflection, prompt: P, limit: 100, keep: text, report: fill-in}
"""
APPROVALS = """
- {part: page/start, by: S, on: 2025-12-01, code: J7J4-XTC7, words: W,
   evidence: {file: a.docx, sha256: %s}}
- {part: question/any-child, by: S, on: 2025-12-01, code: f978k73m}
""" % ("0123456789abcdef" * 4)
BASES: dict[str, Any] = {
    kind: yaml.load(text, yaml.BaseLoader)
    for kind, text in {
        "course": COURSE,
        "page": PAGE,
        "questions": QUESTIONS,
        "approvals": APPROVALS,
    }.items()
}
"""Every scalar is its text, as the builder reads it."""


def parts(value: Any, at: Path_ = ()) -> Iterator[Path_]:
    """The way to each part of a value."""
    yield at
    if isinstance(value, dict | list):
        for step, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from parts(part, (*at, step))


def find(value: Any, way: Path_) -> Any:
    for step in way:
        value = value[step]
    return value


PLAIN = re.compile(r"[\w.+~#-][\w./+~#-]*|")


def written(value: Any, quoted: bool = False) -> str:
    """A value as a YAML file of one line, its scalars between quotes or plain where that can be."""
    if isinstance(value, dict):
        inside = (f"{json.dumps(key)}: {written(part, quoted)}" for key, part in value.items())
        return f"{{{', '.join(inside)}}}"
    if isinstance(value, list):
        # Nothing at all cannot stand in such a list.
        return f"[{', '.join(written(part or '', quoted or not part) for part in value)}]"
    if value is None:
        return ""
    plain = not quoted and PLAIN.fullmatch(value) and not value.startswith(("#", "-"))
    return value if plain or re.fullmatch(r"-[\d.]+", value) else json.dumps(value)


def refused(kind: str, text: str) -> list[Diagnostic]:
    """The errors that the builder finds in a file."""
    file, found = read_yaml(text, "course.yaml" if kind == "course" else f"{kind}.yaml")
    judge = {
        "course": judge_course,
        "page": judge_page,
        "questions": judge_questions,
        "approvals": judge_approvals,
    }[kind]
    problems = [*found, *(judge(file) if file else ())]
    return [problem for problem in problems if problem.severity == "error"]


def judge_course(file: YamlFile) -> Iterator[Diagnostic]:
    changed = Sources(
        file, GOOD_SOURCES.pages, GOOD_SOURCES.questions, GOOD_SOURCES.media, frozenset()
    )
    found = validate(changed, TODAY).diagnostics
    yield from (problem for problem in found if problem.position.path == "course.yaml")


def judge_page(file: YamlFile) -> Iterator[Diagnostic]:
    page = PageFile(file.path, file, "", 1)
    yield from shape.read(PageShape, page.front, {"title": "T"})[1]


def judge_questions(file: YamlFile) -> Iterator[Diagnostic]:
    changed = Sources(GOOD_SOURCES.course, {}, {file.path: file}, {})
    texts = {f"page.{word}": word for word in ("true", "false", *(f"agree-{n}" for n in "12345"))}
    yield from bank.read(changed, texts)[2]


def judge_approvals(file: YamlFile) -> Iterator[Diagnostic]:
    yield from approvals.read(file)[1]


@pytest.mark.parametrize("quoted", [False, True])
@pytest.mark.parametrize("kind", BASES)
def test_the_bases_pass_both(kind: str, quoted: bool) -> None:
    text = written(BASES[kind], quoted)
    assert refused(kind, text) == []
    assert editor.complaints(kind, editor.typed(text)) == []


def test_the_bases_have_every_key() -> None:
    for kind, base in BASES.items():
        used = {step for way in parts(base) for step in way if isinstance(step, str)}
        known = {name for name, _ in mappings(schemas.SCHEMAS[kind]())}
        # The range and the answer of a number exclude each other, as do theme and what is not here.
        # No question of the good course has a tag.
        assert known - used <= {"min", "max", "stylesheet", "font", "font_bold", "tag"}


def keys(value: Any) -> Iterator[Path_]:
    return (way for way in parts(value) if way and isinstance(way[-1], str))


def without(kind: str, way: Path_) -> tuple[Any, Any]:
    """A base without one of its keys, and the mapping that had it. Of questions only one."""
    value = copy.deepcopy(BASES[kind])
    parent = find(value, way[:-1])
    value = value if isinstance(value, dict) else [value[int(way[0])]]
    del parent[way[-1]]
    return value, parent


@pytest.mark.whole
@pytest.mark.parametrize("kind", BASES)
def test_a_misspelt_key_is_refused_by_both(kind: str) -> None:
    for way in keys(BASES[kind]):
        if way[:-1] == ("variables",):
            # Their names are the author's own.
            continue
        value, parent = without(kind, way)
        parent[f"{way[-1]}x"] = "a"
        text = written(value)
        assert refused(kind, text), text
        assert editor.complaints(kind, editor.typed(text)), text


@pytest.mark.whole
@pytest.mark.parametrize("kind", BASES)
def test_a_missing_key_is_refused_by_both_or_by_none(kind: str) -> None:
    """A key without a value, too: where none is needed, it counts as not written."""
    for way in keys(BASES[kind]):
        value, parent = without(kind, way)
        for text in (written(value), parent.update({way[-1]: None}) or written(value)):
            wrong = [problem for problem in refused(kind, text) if problem.code in SHAPES]
            assert bool(wrong) == bool(editor.complaints(kind, editor.typed(text))), text


SHAPES = ("missing-key", "unknown-key", "value-invalid", "course-empty", "question-type")

SCALARS = st.sampled_from(
    [
        *("yes", "No", "true", "TRUE", "on", "off", "y", "1", "0", "-3", "012", "1.0", "1.10"),
        *("0x10", "1e3", "8_0", "+7", ".5", "100", "101", "0.07", "2026-01-31", "2026-1-1", "a"),
        *("2026-13-45", "en", "EN", "de", "fr-CA", "A b", "Ünïcode", "٣", "#0b5d6b", "#0B5D6B"),
        *("https://www.example.org", "ftp://x", "all", "none", "choice", "\u00a0", " ", "\u200b"),
        *("start.md", "x" * 70, ".inf", "-.5", "1_000.5", "t", "F", "yess", "1.5", "64.0"),
    ]
)
OTHERS = st.one_of(
    SCALARS,
    st.none(),
    st.lists(SCALARS, max_size=3),
    st.dictionaries(st.sampled_from(["id", "page", "module", "text", "done", "url"]), SCALARS),
)


@st.composite
def changes(draw: st.DrawFn) -> tuple[str, str]:
    """A kind of file, and one with a few changes."""
    kind = draw(st.sampled_from(sorted(BASES)))
    value = copy.deepcopy(BASES[kind])
    value = [draw(st.sampled_from(value))] if isinstance(value, list) else value
    for _ in range(draw(st.integers(1, 2))):
        ways = [way for way in parts(value) if way]
        if not ways:
            break
        *way, last = draw(st.sampled_from(ways))
        parent = find(value, tuple(way))
        what = draw(st.sampled_from(["scalar", "scalar", "other", "delete", "copy", "wrap"]))
        if what == "delete":
            del parent[last]
        elif what == "copy" and isinstance(parent, list):
            parent.append(copy.deepcopy(parent[last]))
        elif what == "wrap":
            parent[last] = [parent[last]]
        else:
            parent[last] = draw(SCALARS if what == "scalar" else OTHERS)
    return kind, written(value, draw(st.booleans()))


@pytest.mark.whole
@settings(max_examples=150)
@given(changes())
def test_whatever_a_schema_refuses_the_builder_refuses(changed: tuple[str, str]) -> None:
    kind, text = changed
    said = editor.complaints(kind, editor.typed(text))
    if said:
        assert refused(kind, text), said


def test_null_is_the_one_word_that_needs_quotes() -> None:
    for text, right in (("null", False), ('"null"', True)):
        whole = f"id: a\ntitle: {text}\nversion: 1.0\npages: [start.md]\n"
        assert bool(editor.complaints("course", editor.typed(whole))) != right


def test_dates_and_words_of_yaml_1_1_pass_too() -> None:
    """Editors that read YAML 1.1 make dates and booleans of more words."""
    value = json.loads(json.dumps(yaml.safe_load(written(BASES["course"])), default=str))
    assert value["tracking"]["comments"] is False
    assert editor.complaints("course", value) == []


@pytest.mark.parametrize("name", TYPES)
def test_the_keys_of_a_question_are_those_of_its_type(name: str) -> None:
    [question] = (one for one in BASES["questions"] if one["type"] == name)
    for other in TYPES.keys() - {name}:
        text = written([question | {"type": other}])
        # What is right for two types is right for both judges.
        assert bool(refused("questions", text)) >= bool(
            editor.complaints("questions", editor.typed(text))
        )
