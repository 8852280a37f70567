"""Joins the approved parts of a package to the names in files of approvals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from builder.base.immutable import immutable
from builder.course.load import text, yaml
from builder.course.model import Approval
from builder.course.validate import approvals
from builder.package.outline import Outline
from builder.package.outline.model import Wording
from builder.results.reading.tables import ReportError

NO_NAME = "name not in the package"
NOT_GIVEN = "not approved"


@immutable
class Approved:
    """A part of a version: who approved its words, and on which day; ``by`` is ``NOT_GIVEN`` if
    nobody has, and ``NO_NAME`` if neither the package nor a file of approvals has the name.
    ``document`` names the returned document that the approval rests on, empty without one."""

    part: str
    title: str
    code: str
    by: str
    on: str
    document: str = ""


def read(path: Path) -> tuple[Approval, ...]:
    """Read a file such as ``approvals.yaml``. Raises ``ReportError``."""
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise ReportError(f"“{path.name}” cannot be read: {reason}.") from error
    decoded, problems = text.decode(content, path.name)
    if decoded is not None:
        file, problems = yaml.read(decoded, path.name)
        found, more = approvals.read(file)
        problems = (*problems, *more)
        if file is not None and not problems:
            return found
    first = problems[0]
    raise ReportError(f"{first.position.path}:{first.position.line}: {first.message} {first.hint}")


def of(outline: Outline, given: Iterable[Approval]) -> Iterator[Approved]:
    """Yield every part of a version with its approval.

    A part that was renamed has the same code, since codes depend on words and not on ids.
    """
    known: dict[tuple[str, str], list[Approval]] = {}
    for one in given:
        known.setdefault((_kind(one.part), one.code), []).append(one)
    for part in outline.wording:
        names = known.get((_kind(part.part), part.code), ())
        yield Approved(part.part, title_of(outline, part.part), part.code, *_who(part, names))


def _kind(part: str) -> str:
    return part.partition("/")[0]


def _who(part: Wording, given: Sequence[Approval]) -> tuple[str, str, str]:
    """Who approved a part, on which day, and with which document."""
    on = part.approved_on
    same = [one for one in given if not on or one.on.isoformat() == on]
    if part.approved_by:
        named = [one for one in same if one.by == part.approved_by]
        return part.approved_by, on, _document(named)
    if chosen := sorted(same or given, key=lambda one: one.on)[-1:]:
        return chosen[0].by, chosen[0].on.isoformat(), _document(chosen)
    return (NO_NAME, on, "") if on else (NOT_GIVEN, "", "")


def _document(approvals_: Sequence[Approval]) -> str:
    found = next((one.evidence for one in approvals_ if one.evidence), None)
    return f"{found.file}, SHA-256 {found.sha256}" if found else ""


def title_of(outline: Outline, part: str) -> str:
    """What a part is called in the course."""
    kind, _, name = part.partition("/")
    pages = {page.id: page.title for page in outline.pages}
    if kind in ("page", "record", "quiz"):
        return pages.get(name, name)
    if kind == "question":
        return next((one.prompt for one in outline.questions if one.id == name), name)
    return outline.title if kind == "course" else name
