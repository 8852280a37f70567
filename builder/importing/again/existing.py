"""Reads the course into which files are imported, as its author has it now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from builder.base.immutable import immutable
from builder.course import load
from builder.course.load.discovery import BESIDE
from builder.course.sources import PageFile, Sources, Step, YamlFile
from builder.course.validate.shape import id_of
from builder.diagnostics.diagnostic import Severity
from builder.importing.again import memory
from builder.importing.again.memory import Memory
from builder.importing.reading import RefusedError
from builder.importing.writing import COURSE


@immutable
class Entry:
    """A question of the course: its file and line, and its keys as they are written."""

    path: str
    line: int
    keys: Mapping[str, object]


@immutable
class Existing:
    """A course as its author has it now, and ``before``, the memory of the last import.

    ``texts`` are its settings, pages and files of questions by path, and the files that an import
    has written beside them; ``raw`` are their bytes, and those of the memory. ``pages`` maps the
    current and former ids of each page to its path, and ``questions`` those of each question.
    ``taken`` are the ids in use by kind, as for ``Names``.
    """

    title: str
    texts: Mapping[str, str]
    raw: Mapping[str, bytes]
    pages: Mapping[str, str]
    questions: Mapping[str, Entry]
    taken: Mapping[str, frozenset[str]]
    modules: frozenset[str]
    before: Memory


def read(folder: Path) -> Existing:
    """Read the course in ``folder``. Raises ``RefusedError`` if it or the memory of its last import
    cannot be read."""
    # Loaded first, since loading repairs an interrupted import.
    sources, problems = load.load(folder)
    kept = _read_memory(folder)
    if sources is None or sources.failed:
        wrong = next((one for one in problems if one.severity is Severity.ERROR), None)
        reason = str(wrong or "no course.yaml").rstrip(".")
        raise RefusedError(f"The course in “{folder}” cannot be read: {reason}.")
    own = (COURSE, *sources.pages, *sources.questions)
    raw = {path: (folder / path).read_bytes() for path in (*own, *_beside(folder))}
    settings = sources.course.value if isinstance(sources.course.value, dict) else {}
    questions = dict(_questions(sources))
    return Existing(
        title=str(settings.get("title") or folder.name),
        texts={path: _decode(content) for path, content in raw.items()},
        raw=raw if kept is None else {**raw, memory.FILE_NAME: kept},
        pages={name: path for path, page in sources.pages.items() for name in _page_ids(page)},
        questions=questions,
        taken=_taken(sources, questions),
        modules=frozenset(_modules(settings.get("pages"))),
        before=_parse_memory(folder, kept),
    )


def unreadable_memory(folder: Path) -> RefusedError:
    """The refusal of an import if the memory of the last one cannot be read."""
    return RefusedError(
        f"“{folder / memory.FILE_NAME}” cannot be read. Without it, your edits cannot be told from "
        "changes in the document. Restore it from an earlier copy of the course."
    )


def _read_memory(folder: Path) -> bytes | None:
    file = folder / memory.FILE_NAME
    if not file.exists():
        return None
    try:
        # A pipe would block, and a device may have no end.
        if not file.is_file() or file.stat().st_size > memory.MAX_SIZE:
            raise OSError
        return file.read_bytes()
    except OSError as error:
        raise unreadable_memory(folder) from error


def _parse_memory(folder: Path, kept: bytes | None) -> Memory:
    if kept is None:
        return memory.NOTHING
    try:
        return memory.read(kept.decode("utf-8"))
    except (ValueError, memory.UnreadableMemoryError) as error:
        raise unreadable_memory(folder) from error


def _beside(folder: Path) -> Iterator[str]:
    """The paths of the files that imports have written beside others."""
    candidates = [folder / f"{COURSE}{BESIDE}"]
    for name in ("pages", "questions"):
        candidates += sorted((folder / name).rglob(f"*{BESIDE}"))
    for file in candidates:
        if file.is_file():
            yield file.relative_to(folder).as_posix()


def _decode(raw: bytes) -> str:
    text = raw.decode("utf-8-sig", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _page_ids(page: PageFile) -> Iterator[str]:
    """Yield the current id and the former ids of a page."""
    front = _front(page)
    written = front.get("id")
    yield written if isinstance(written, str) else id_of(Path(page.path).stem)
    yield from _former_ids(front)


def _front(page: PageFile) -> Mapping[str, object]:
    return page.front.value if isinstance(page.front.value, dict) else {}


def _former_ids(keys: Mapping[str, object]) -> Iterator[str]:
    was = keys.get("was")
    yield from (name for name in (was if isinstance(was, list) else [was]) if isinstance(name, str))


def _questions(sources: Sources) -> Iterator[tuple[str, Entry]]:
    for path, file in sources.questions.items():
        for at, keys in _entries(file):
            entry = Entry(path, file.place.find([at, "id"]).at.line, keys)
            written = keys.get("id")
            names = [written] if isinstance(written, str) else []
            yield from ((name, entry) for name in (*names, *_former_ids(keys)))


def _entries(file: YamlFile) -> Iterator[tuple[Step, Mapping[str, object]]]:
    if isinstance(file.value, list):
        yield from ((at, one) for at, one in enumerate(file.value) if isinstance(one, dict))


def _taken(sources: Sources, questions: Mapping[str, Entry]) -> Mapping[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for page in sources.pages.values():
        found["page"].update(_page_ids(page))
        found["record"].update(_ids_in(_front(page).get("record")))
    for name, entry in questions.items():
        found["question"].add(name)
        for kind in ("options", "items"):
            found[f"course {kind} {name}"].update(_ids_in(entry.keys.get(kind)))
    return {kind: frozenset(ids) for kind, ids in found.items()}


def _ids_in(entries: object) -> Iterator[str]:
    """The ids of the entries of a list."""
    for one in entries if isinstance(entries, list) else ():
        name = one.get("id") if isinstance(one, dict) else None
        if isinstance(name, str):
            yield name


def _modules(pages: object) -> Iterator[str]:
    return _ids_in([one for one in pages if "module" in one] if isinstance(pages, list) else [])
