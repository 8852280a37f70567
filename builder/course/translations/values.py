"""The texts of YAML files that are translated: one table for all keys (``TEXTS``), and the search
for their values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from builder.base.immutable import immutable
from builder.course import ids, markdown
from builder.course.markdown import TextKind
from builder.course.scenarios.reading import SCENE_LEVEL
from builder.course.sources import PageFile, Step, YamlFile

_CourseKind = Literal["course title", "description", "about", "audience", "outcome", "owner"]
_SettingKind = Literal["rights", "reminder", "signatory", "logo", "organisation", "value", "label"]
_PageKind = Literal["module title", "page title", "signature", "record question", "reading"]
_QuestionKind = Literal["prompt", "hint", "feedback", "explanation", "quotation", "unit", "answers"]
_OptionKind = Literal["option", "option feedback"]
Kind = (
    TextKind
    | _CourseKind
    | _SettingKind
    | _PageKind
    | _QuestionKind
    | _OptionKind
    | Literal["caption", "picture"]
)
"""What a text of a course is, for translators."""

Form = Literal["plain", "line", "blocks", "answers"]
"""The form of a value: plain text, one line of Markdown, Markdown with blocks, or a list of
accepted answers."""

_NAME = "*"
"""In a path of keys: any key of a mapping. Its name is part of the id of the text's part."""
_ANY = "[]"
"""In a path of keys: any entry of a list, or the value itself if it is not a list."""
_ID = "[id]"
"""In a path of keys: any entry of a list; its ``id:`` is part of the id of the text's part."""


@immutable
class _Row:
    """A key whose value is translated: the path to it, the id of its part (with ``{}`` for each
    name or id in the path), its kind and form, and its maximum number of characters."""

    path: tuple[str, ...]
    part: str
    kind: Kind
    form: Form = "plain"
    limit: int | None = None


_COURSE = (
    _Row(("title",), "course/title", "course title", limit=200),
    _Row(("description",), "course/description", "description", limit=2000),
    _Row(("cover", "about"), "course/cover/about", "about"),
    _Row(("cover", "audience"), "course/cover/audience", "audience"),
    _Row(("cover", "outcomes", _ANY), "course/outcome", "outcome"),
    _Row(("cover", "picture_alt"), "course/cover/picture", "picture"),
    _Row(("owner",), "course/owner", "owner"),
    _Row(("rights",), "course/rights", "rights", limit=1000),
    _Row(("reminder",), "course/reminder", "reminder"),
    _Row(("certificate", "signed_by", _ANY), "course/signed-by", "signatory"),
    _Row(("refresher", "title"), "course/refresher", "course title", limit=200),
    _Row(("theme", "logo_alt"), "course/logo", "logo"),
    _Row(("variables", _NAME, "label"), "value/{}/label", "label"),
    _Row(("variables", _NAME, "value", _ANY), "value/{}", "value"),
    _Row(("references", _ANY, "organisation"), "course/organisation", "organisation"),
)
"""The texts of ``course.yaml``, apart from the titles of modules."""

_PAGE = (
    _Row(("title",), "/title", "page title"),
    _Row(("signature",), "/signature", "signature"),
)
"""The texts of a page's front matter; the id of a part follows that of the page."""

_RECORD = (
    _Row(("record", _ID, "question"), "record/{}", "record question", "line"),
    _Row(("record", _ID, "reading"), "record/{}/reading", "reading", "line"),
)

_OPTIONS = ("options", "items", "scale", "statements", "steps")
"""The keys of options and items in questions of all types."""

_QUESTION = (
    _Row(("material",), "/material", "paragraph", "blocks"),
    _Row(("prompt",), "", "prompt", "line"),
    _Row(("hint",), "/hint", "hint", "line"),
    *(
        row
        for key in _OPTIONS
        for row in (
            _Row((key, _ID, "text"), "/{}", "option", "line"),
            _Row((key, _ID, "feedback"), "/{}/feedback", "option feedback", "line"),
            _Row((key, _ID, "quote", _ANY), "/{}/quote", "quotation"),
        )
    ),
    _Row(("unit",), "/unit", "unit"),
    _Row(("answers",), "/answers", "answers", "answers", limit=255),
    *(
        _Row(("feedback", key), f"/feedback/{key}", "feedback", "line")
        for key in ("right", "partly", "wrong")
    ),
    _Row(("explanation",), "/explanation", "explanation", "line"),
    _Row(("quote", _ANY), "/quote", "quotation"),
)
"""The texts of a question; the id of a part follows that of the question."""


@immutable
class Value:
    """A text of a YAML file that is translated, with the path to it (``steps``).

    The other fields are those of a message; ``form`` says how the text is read.
    """

    steps: tuple[Step, ...]
    part: str
    kind: Kind
    form: Form
    text: str
    note: str = ""
    limit: int | None = None


def of_course(file: YamlFile) -> Iterator[Value]:
    """Yield the texts of ``course.yaml`` in the order of the course."""
    yield from _values(file.value, _COURSE)
    for steps, entry in module_entries(file.value):
        if isinstance(title := entry.get("module"), str) and title.strip():
            part = f"module/{module_id(entry)}"
            yield Value((*steps, "module"), part, "module title", "plain", title.strip())


def module_entries(value: object) -> Iterator[tuple[tuple[Step, ...], Mapping[str, object]]]:
    """Yield the entries with keys in the list of pages of ``course.yaml``, each after the path to
    it: its modules, and pages with a lock."""
    listed = value.get("pages") if isinstance(value, dict) else None
    for index, entry in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(entry, dict):
            yield ("pages", index), entry


def module_id(entry: Mapping[str, object]) -> str:
    """The id of a module in the list of pages: the one that the author wrote, or the one that is
    derived from its title."""
    written = entry.get("id")
    return written if isinstance(written, str) else ids.module_id(str(entry.get("module")))


def page_id(page: PageFile) -> str:
    """The id of a page: the one that the author wrote, or the one derived from its file name."""
    written = page.front.value.get("id") if isinstance(page.front.value, dict) else None
    return written if isinstance(written, str) else ids.page_id(page.path)


@immutable
class Parts:
    """The ids of the parts of a page's text: the page ``whole``, and in a scenario its scenes, each
    with the index of its first line."""

    whole: str
    scenes: tuple[tuple[int, str], ...] = ()

    def at(self, row: int) -> str:
        """The id of the part with this line."""
        before = [scene for first, scene in self.scenes if first <= row]
        return f"{self.whole}{SCENE}{before[-1]}" if before else self.whole


SCENE = "/scene/"
"""What is between the id of a page and that of its scene in the id of a part."""


def parts_of(page: PageFile) -> Parts:
    """The ids of the parts of a page's text."""
    return Parts(f"page/{page_id(page)}", tuple((row, name) for row, name, _ in scenes(page)))


def scenes(page: PageFile) -> tuple[tuple[int, str, tuple[str, ...]], ...]:
    """The line, the id and the earlier ids of each scene of a page; empty if it is no scenario."""
    front = page.front.value
    is_scenario = isinstance(front, dict) and front.get("kind") == "scenario"
    return markdown.headings(page.body, SCENE_LEVEL) if is_scenario else ()


def of_page(page: PageFile) -> Iterator[Value]:
    """Yield the texts of a page's front matter."""
    yield from _values(page.front.value, _PAGE, f"page/{page_id(page)}")
    yield from _values(page.front.value, _RECORD)


def of_question(entry: object) -> Iterator[Value]:
    """Yield the texts of one question, an entry of a file in ``questions/``; their paths start at
    the entry."""
    if isinstance(entry, dict) and isinstance(entry.get("id"), str):
        yield from _values(entry, _QUESTION, f"question/{entry['id']}")


def _values(value: object, rows: Sequence[_Row], start: str = "") -> Iterator[Value]:
    for row in rows:
        for steps, names, found, note in _find(value, row.path):
            text = _text(found, row.form)
            if text:
                part = start + row.part.format(*names)
                yield Value(steps, part, row.kind, row.form, text, note, row.limit)


def _text(value: object, form: Form) -> str:
    if form == "answers":
        listed = value if isinstance(value, list) else [value]
        texts = [one.strip() for one in listed if isinstance(one, str)]
        return "\n".join(filter(None, texts))
    return value.strip() if isinstance(value, str) else ""


_Found = tuple[tuple[Step, ...], tuple[str, ...], object, str]
"""A value: the path to it, the names and ids in the path, the value, and a note for translators."""

_RIGHT = "a right answer"


def _find(value: object, path: Sequence[str]) -> Iterator[_Found]:
    if not path:
        yield (), (), value, ""
        return
    key, *rest = path
    if key == _ANY and not isinstance(value, list):
        yield from _find(value, rest)
        return
    for step, name, part in _parts(value, key):
        note = _RIGHT if isinstance(part, dict) and _is_right(part) and rest == ["text"] else ""
        for steps, names, found, inner in _find(part, rest):
            yield (step, *steps), (*name, *names), found, inner or note


def _is_right(entry: Mapping[str, object]) -> bool:
    return str(entry.get("correct")).strip().lower() in ("yes", "true", "y", "on")


def _parts(value: object, key: str) -> Iterator[tuple[Step, tuple[str, ...], object]]:
    if key == _NAME and isinstance(value, dict):
        yield from ((name, (name,), part) for name, part in value.items())
    elif key in (_ANY, _ID) and isinstance(value, list):
        for index, part in enumerate(value):
            name = part.get("id") if isinstance(part, dict) else None
            if key == _ANY:
                yield index, (), part
            elif isinstance(name, str):
                yield index, (name,), part
    elif isinstance(value, dict) and key in value:
        yield key, (), value[key]
