"""The line of an import: a file of another program, a document, a course; new or once more."""

from __future__ import annotations

import codecs
import os
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from builder import aside, starter
from builder.codes import problem
from builder.diagnostics import Diagnostic, Position, Severity
from builder.importers import again, given, memory
from builder.printing import quoted
from builder.slugs import slug

if TYPE_CHECKING:
    from builder.importers.form import Document, Pages, Volume
    from builder.importers.formats import Counts, Format
    from builder.importers.outcome import Imported
    from builder.importers.writing import Asked, Made, Names
    from builder.sources import PageFile


@dataclass(frozen=True, slots=True)
class Request:
    """What to import: ``source``, and behind it ``others``, into ``folder``, which is new or empty,
    or with ``again`` the course that was made of earlier versions of them. ``pages`` says which
    headings begin pages; ``None`` leaves it as it was, or to the document. Nothing is written for
    a ``dry_run``. ``today`` decides what is overdue. ``named`` is the format of all files where
    what stands in them does not tell. ``later`` says of banks that they are later versions, also
    where they have nothing in common with the earlier ones."""

    source: Path
    folder: Path
    pages: Pages | None
    today: date
    again: bool = False
    dry_run: bool = False
    others: tuple[Path, ...] = ()
    named: str = ""
    later: bool = False

    @property
    def sources(self) -> tuple[Path, ...]:
        """All files in their order."""
        return self.source, *self.others


class RefusedError(Exception):
    """Why nothing can be imported as it was asked for, as a sentence."""


class AnotherBankError(RefusedError):
    """A bank that has nothing in common with the one that it would be a later version of."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A file that was read, by both of its readers."""

    path: Path
    document: Document
    counts: Counts


def run(request: Request) -> tuple[Imported | None, tuple[Diagnostic, ...]]:
    """Make a course of files, or say why not. ``RefusedError`` where the command cannot be done as
    it was given."""
    _told_apart(request.sources)
    if no_files := tuple(given.no_files(request.sources)):
        return None, no_files
    forms = [_format(source, request.named) for source in request.sources]
    if not request.again and not request.dry_run and (wrong := starter.unfit(request.folder)):
        # Before a large document is read.
        raise RefusedError(_known(request) or wrong)
    found = [_read(path, form, request) for path, form in zip(request.sources, forms, strict=True)]
    problems = tuple(one for _, told in found for one in told)
    read = [one for one, _ in found if one is not None]
    if len(read) < len(found):
        return None, problems
    if request.again:
        return _again(request, read), problems
    read = _gathered(read, len(read))
    shelf = [_volume(one, request.pages or "auto") for one in read]
    made = _written(shelf)
    imported = _outcome(read, made)
    if request.dry_run:
        return imported, problems
    return _put(request, imported, shelf), problems


def _told_apart(sources: Sequence[Path]) -> None:
    """Files are known by their names when they are imported again."""
    names = Counter(source.name for source in sources)
    if twice := next((name for name, count in names.items() if count > 1), ""):
        raise RefusedError(
            f"“{twice}” is named twice: give one of the files another name, since each is known by "
            "its name when it is imported again."
        )


def _read(
    path: Path, form: Format, request: Request
) -> tuple[_Read | None, tuple[Diagnostic, ...]]:
    document, found = (form.named if request.named and form.named else form.read)(path)
    problems = given.placed(path, found)
    if document is None:
        return None, problems
    if not document.blocks:
        return None, (*problems, problem("import-empty", Position(path.as_posix())))
    if request.named and (wrong := _misnamed(path, form, document)):
        return None, (wrong,)
    return _Read(path, form.recognise(document), form.count(path)), problems


def _gathered(read: Sequence[_Read], files: int) -> list[_Read]:
    """Files of which none has more categories than a course of so many has room for."""
    from builder.importers import gathering

    most = max(gathering.MOST // files, 1)
    return [replace(one, document=gathering.gathered(one.document, most)) for one in read]


def _misnamed(path: Path, form: Format, document: Document) -> Diagnostic | None:
    """What to say of a bank without a question, which has been called a bank of this format."""
    from builder.importers import formats
    from builder.importers.form import Paragraph

    if not document.bank or not all(isinstance(one, Paragraph) for one in document.blocks):
        return None
    told = formats.bank_of(path)
    way = "Look into it, and name its format behind “--from”"
    if told is not None and told is not form:
        way = f"Leave out “--from”: what stands in it says that it is {told.name}"
    kind = f"a file without any question in {form.name}"
    return problem("bank-format", Position(path.as_posix()), kind=kind, way=way)


def _volume(read: _Read, pages: Pages) -> Volume:
    from builder.importers import form

    return form.Volume(read.path.name, pages, read.document)


def _known(request: Request) -> str:
    """Why a folder cannot take a new course that an import has made before; empty for any other."""
    if not (request.folder / memory.FILE).is_file():
        return ""
    return (
        f"“{request.folder}” has a course that an import made. To bring what has changed into it: "
        f"scorm-builder import {' '.join(map(str, request.sources))} --into {request.folder}"
    )


def _format(source: Path, named: str) -> Format:
    from builder.importers import formats

    form = formats.named(named, source) if named else formats.format_of(source)
    if form is None and named:
        known = ", ".join(formats.names())
        raise RefusedError(f"“{named}” is no format that can be imported: {known}.")
    if form is None:
        known = "; ".join(f"{one.name} ({', '.join(one.endings)})" for one in formats.FORMATS)
        raise RefusedError(
            f"“{source.name}” is none of the formats that can be imported: {known}. If it is one "
            "of these all the same, name the format behind “--from”."
        )
    return form


def _written(shelf: Sequence[Volume], names: Names | None = None) -> Made:
    from builder.importers import joining, writing

    document = joining.join(shelf)
    return writing.write(document, shelf[0].stem, shelf[0].pages, _refused, names)


def _refused(drawing: bytes) -> str:
    """What a drawing would do that no package may, in words; empty for nothing."""
    from builder.verify import svg

    return next((words for _, words in svg.judge(drawing)), "")


def _outcome(read: Sequence[_Read], made: Made) -> Imported:
    """What has come of files; ``made`` may have more than they."""
    from builder.importers import outcome

    files = []
    for one in read:
        # How much of a file has come over is told of it alone.
        alone = made if len(made.levels) == 1 else _written([_volume(one, "auto")])
        words = outcome.words_of(one.counts, one.document, alone)
        kinds = dict(alone.kinds)
        files.append(outcome.Filed(one.path, words, one.counts.kinds, kinds, one.document.bank))
    names = {"", *(one.path.name for one in read)}
    listed = tuple(one for one in made.listed if one.rest.place.file in names)
    return outcome.Imported(
        source=read[0].path,
        folder=None,
        made=replace(made, listed=listed),
        words=outcome.total(one.words for one in files),
        kinds=dict(sum((Counter(one.kinds) for one in files), Counter())),
        files=tuple(files),
    )


def _put(request: Request, imported: Imported, shelf: Sequence[Volume]) -> Imported:
    from builder.validate import schemas

    made = imported.made
    editing = starter.editing({name: schemas.text(name) for name in schemas.SCHEMAS})
    files: dict[str, str | bytes] = {**made.texts, **made.pictures, **editing}
    files[memory.FILE] = memory.write(memory.of(made, _kept_of(shelf, made)))
    try:
        problems = starter.put(
            files, request.folder, lambda folder: _problems(folder, request), _yes
        )
    except starter.NotMadeError as error:
        raise RefusedError(str(error)) from error
    return replace(imported, folder=request.folder, problems=problems)


def _kept_of(shelf: Sequence[Volume], made: Made) -> tuple[memory.Source, ...]:
    """What is to be kept of files, so that one of them can be imported again without the others."""
    from builder.importers import keeping
    from builder.importers.writing import pictures

    gallery = pictures.Pictures(_refused)
    several = len(shelf) > 1
    return tuple(
        memory.Source(
            volume.name,
            level,
            keeping.kept(volume.document, lambda image: gallery.file(image)[0]) if several else "",
            volume.first_name,
        )
        for volume, level in zip(shelf, made.levels, strict=True)
    )


def _yes(problems: object) -> bool:
    """Whether what was made is put in its place: always, since it has every word."""
    return True


def _problems(folder: Path, request: Request) -> tuple[Diagnostic, ...]:
    from builder import load, validate

    sources, unreadable = load.load(folder)
    if sources is None:
        return unreadable
    return (*unreadable, *validate.validate(sources, request.today).diagnostics)


def _again(request: Request, read: Sequence[_Read]) -> Imported:
    """Bring what has changed in the files into the course that was made of them."""
    from builder.importers import keeping, matching, shelf, writing

    course, before = _course(request)
    read = _gathered(read, max(len(read), len(before.sources)))
    documents = {one.path.name: one.document for one in read}
    try:
        volumes = shelf.bound(before, documents, request.pages)
        plain = _written(volumes)
        if not request.later:
            _compared(request, before, documents, plain)
    except shelf.UnknownError as error:
        raise RefusedError(str(error)) from error
    except keeping.UnreadableError as error:
        raise _forgotten(request.folder) from error
    known = matching.known(before, plain)
    names = writing.Names(known, _taken(before, course), course.pages)
    made = _written(volumes, names)
    imported = replace(_outcome(read, made), later=shelf.later_version(before, documents))
    brought = again.bring(before, made, course)
    if request.dry_run:
        return replace(imported, merged=brought.merged())
    now = memory.of(made, _kept_of(volumes, made))
    problems = _replace(_Merged(brought, made, before, now, course), request)
    return replace(imported, folder=request.folder, problems=problems, merged=brought.merged())


def _compared(
    request: Request, before: memory.Memory, documents: Mapping[str, Document], plain: Made
) -> None:
    """Refuse a bank of which no question is one that came of its file before. ``plain`` is what
    all files make together."""
    from builder.importers import form, keeping, matching, shelf

    def asked(name: str, document: Document) -> Sequence[Asked]:
        return _written([form.Volume(name, "auto", document)]).questions

    for name, source in shelf.earlier(before, documents):
        if not documents[name].bank:
            continue
        now = plain.questions if len(plain.levels) == 1 else asked(name, documents[name])
        kept = source.document
        old = asked(source.name, keeping.document(kept)) if kept else before.questions
        if now and old and not matching.share(old, now):
            raise AnotherBankError(_another(request, before, name, source.name))


def _another(request: Request, before: memory.Memory, name: str, earlier: str) -> str:
    path = next(path for path in request.sources if path.name == name)
    known = [source.name for source in before.sources] or [earlier]
    own = path if name not in known else path.with_stem(f"{path.stem}-2")
    added = " ".join(map(quoted, [*known, str(own)]))
    into = quoted(str(request.folder))
    first = "give it another name and name" if name in known else "name"
    return (
        f"“{name}” has no question in common with the “{earlier}” that this course was made of: it "
        f"looks like another bank. Nothing was changed. To add it to the course, {first} all "
        f"files: scorm-builder import {added} --into {into}; to make a course of it "
        f"alone: scorm-builder import {quoted(str(path))} -o {slug(own.stem) or 'course'}"
    )


def _course(request: Request) -> tuple[again.Course, memory.Memory]:
    """A course as its author has it, and what was imported into it before."""
    from builder import load

    folder = request.folder
    try:
        before = memory.read(_kept(folder / memory.FILE))
    except FileNotFoundError as error:
        raise RefusedError(
            f"“{folder}” was not made by an import: it has no {memory.FILE}. Make a course of "
            f"“{request.source.name}” in a new folder, with “-o”."
        ) from error
    except (OSError, ValueError, memory.ForgottenError) as error:
        raise _forgotten(folder) from error
    sources, problems = load.load(folder)
    if sources is None or sources.failed:
        wrong = next((one for one in problems if one.severity is Severity.ERROR), None)
        why = str(wrong or "no course.yaml").rstrip(".")
        raise RefusedError(f"The course in “{folder}” cannot be read: {why}.")
    texts = {
        path: _text(folder / path) for path in ("course.yaml", *sources.pages, *sources.questions)
    }
    pages = {name: path for path, page in sources.pages.items() for name in _ids(page)}
    return again.Course(texts, pages), before


def _forgotten(folder: Path) -> RefusedError:
    return RefusedError(
        f"“{folder / memory.FILE}” cannot be read any more: without it nobody can tell your edits "
        "from the document's. Take it from an earlier copy of the course."
    )


def _kept(file: Path) -> str:
    """What an import has kept. ``OSError`` where that is no file of such a kind."""
    if not file.exists():
        raise FileNotFoundError(file)
    if not file.is_file() or file.stat().st_size > memory.MOST:
        raise OSError
    return file.read_text("utf-8")


def _text(file: Path) -> str:
    return file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def _ids(page: PageFile) -> Iterator[str]:
    """The id of a page, and those that it had before."""
    from builder.validate.shape import id_of

    front = page.front.value if isinstance(page.front.value, dict) else {}
    written, was = front.get("id"), front.get("was")
    yield written if isinstance(written, str) else id_of(Path(page.path).stem)
    for name in was if isinstance(was, list) else [was]:
        if isinstance(name, str):
            yield name


def _taken(before: memory.Memory, course: again.Course) -> dict[str, frozenset[str]]:
    from builder.importers import matching

    taken = matching.taken(before)
    return {**taken, "page": taken["page"] | course.pages.keys()}


@dataclass(frozen=True, slots=True)
class _Merged:
    """What an import again has come to: what was ``made`` and ``brought`` into the course, and what
    was remembered ``before`` and is ``now``."""

    brought: again.Again
    made: Made
    before: memory.Memory
    now: memory.Memory
    course: again.Course


def _files(merged: _Merged, folder: Path) -> Iterator[tuple[str, str | bytes]]:
    """The files of a course that are to be put in the place of others: texts, pictures that texts
    name and the course does not have, and last what is kept of the import."""
    brought = merged.brought
    yield from brought.texts.items()
    said = "\n".join(brought.texts.values()) if merged.made.pictures else ""
    for path, content in merged.made.pictures.items():
        if path in said and not (folder / path).exists():
            yield path, content
    kept = again.remembered(merged.before, merged.now, merged.course, brought.left)
    yield memory.FILE, memory.write(kept)


def _replace(merged: _Merged, request: Request) -> tuple[Diagnostic, ...]:
    """Put what was merged into the course: all of it, or nothing. A file that would have an error
    which it has not had stays as its author has it."""
    folder, brought = request.folder, merged.brought
    known = _problems(folder, request)
    try:
        with aside.folder(folder) as own:
            while True:
                new = own / f"new-{len(brought.left)}"
                shutil.copytree(folder, new, ignore=_LEFT, copy_function=_linked)
                files = dict(_files(merged, folder))
                for path, content in files.items():
                    _put_aside(new / path, content, folder / path)
                problems = _problems(new, request)
                fault = _fault(known, problems)
                if fault is None:
                    break
                if fault.position.path not in brought.texts:
                    raise RefusedError(
                        "Nothing was changed: what the document says would not fit the course as "
                        f"it is now. {fault}"
                    )
                brought.leave(fault.position.path)
            aside.exchange([(new / path, folder / path) for path in files], own / "old")
    except OSError as error:
        raise RefusedError(f"Nothing was changed in “{folder}”: {_why(error)}.") from error
    return problems


_LEFT = shutil.ignore_patterns(".scorm-builder-*", ".git", "dist")


def _linked(source: str, target: str) -> None:
    # A course may have large recordings, of which nothing changes.
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _put_aside(file: Path, content: str | bytes, old: Path) -> None:
    """Write a file with the line ends and the beginning of the one that it takes the place of."""
    if isinstance(content, str):
        before = old.read_bytes() if old.exists() else b""
        content = content.replace("\n", "\r\n") if b"\r\n" in before else content
        mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
        content = mark + content.encode()
    file.parent.mkdir(parents=True, exist_ok=True)
    # A link leads to the author's own file.
    file.unlink(missing_ok=True)
    file.write_bytes(content)


def _fault(before: Iterable[Diagnostic], now: Iterable[Diagnostic]) -> Diagnostic | None:
    """An error that there was not."""
    known = Counter((one.code, one.position.path) for one in before)
    for one in now:
        if one.severity is Severity.ERROR:
            if not known[one.code, one.position.path]:
                return one
            known[one.code, one.position.path] -= 1
    return None


def _why(error: OSError) -> str:
    if isinstance(error, shutil.Error):
        # Of a link that leads round, the first of many names is enough.
        return "a file in it cannot be copied, or a link leads back into it"
    return aside.REASONS.get(error.errno or 0, error.strerror or str(error))
