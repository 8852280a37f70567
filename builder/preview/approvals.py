"""The Approvals tab of the author's window: who has approved the parts of the page on view, what
has changed since, and the action that records an approval, as ``scorm-builder approve`` does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from builder import approving
from builder.approving import Entry, NotEditedError
from builder.base import temporary, transaction
from builder.course.approvals import ApprovalStatus
from builder.course.model import Course, Page
from builder.preview.desk import RefusedError
from builder.preview.stage import Stage

Json = dict[str, Any]

_OF_PAGE = ("page", "scenario", "record", "quiz")
"""First halves of the ids of the parts that a page has itself."""
_AROUND = ("course", "look")
_ERRORS = "The course has errors: mend them first."
_NO_NAME = "Write the name of the person who has read it, with at least two letters."


def of_page(stage: Stage, today: date, query: Mapping[str, list[str]]) -> list[Json] | None:
    """The parts of the page that the query names, in the language on view, each with its words and
    its approval; ``None`` while the course has errors."""
    view = stage.now
    course = view.judged.course if view.judged else None
    if view.sources is None or view.judged is None or course is None:
        return None
    name = query.get("page", [""])[0]
    page = next((one for one in course.pages if one.id == name), None)
    reading = approving.standing(stage.course, view.sources, view.judged, course, today)
    by_part = {one.part.id: one for one in reading.statuses}
    wanted = _parts_of(page, course, stage.language)
    return [_status(by_part[part], page) for part in wanted if part in by_part]


def _parts_of(page: Page | None, course: Course, language: str) -> Iterator[str]:
    """Yield the ids that the parts of a page may have in a language, an empty tag for the language
    of the course; ``None`` for what is around the pages, such as the cover."""
    suffix = f"@{language}" if language not in ("", course.language) else ""
    if page is None:
        yield from (f"{part}{suffix}" for part in _AROUND)
        yield f"interface@{language or course.language}"
        return
    yield from (f"{kind}/{page.id}{suffix}" for kind in _OF_PAGE)
    yield from (f"question/{question.id}{suffix}" for question in page.questions())


def _status(one: ApprovalStatus, page: Page | None) -> Json:
    approval = one.approval
    return {
        "part": one.part.id,
        "title": one.part.title,
        "words": one.part.words,
        "code": one.part.code,
        "state": one.state,
        "by": approval.by if approval else "",
        "on": approval.on.isoformat() if approval else "",
        "doubt": one.doubt.message if one.doubt else "",
        "changes": [
            {"before": each.before, "struck": each.struck, "new": each.new, "after": each.after}
            for each in one.changes()
        ],
        # A quiz shows one question at a time, and perhaps not all.
        "seen": page is None or page.kind != "quiz" or one.part.kind != "question",
    }


def record(folder: Path, today: date, request: Json) -> None:
    """Record that the person ``by`` has approved parts of the course in ``folder``.

    ``codes`` has the code of the words that the window has shown, by part id. Raises
    ``RefusedError`` if a part has other words now or cannot be approved, and if the approvals
    cannot be written; then nothing is recorded.
    """
    name = approving.clean_name(str(request["by"]))
    if not name:
        raise RefusedError(_NO_NAME)
    reading, _ = approving.read(folder, today)
    if reading is None:
        raise RefusedError(_ERRORS)
    statuses = {one.part.id: one for one in reading.statuses}
    entries = []
    for part, code in dict(request["codes"]).items():
        status = statuses.get(part)
        if status is None or status.part.code != code:
            raise RefusedError(
                f"{part} has changed since you saw it. Read it again, then approve it."
            )
        if status.doubt:
            raise RefusedError(status.doubt.message)
        entries.append(Entry(status.part, name, today))
    if not entries:
        raise RefusedError("Tick what has been read.")
    try:
        approving.write(reading, entries)
    except (NotEditedError, transaction.ExchangeError) as error:
        raise RefusedError(f"Nothing was recorded: {error}") from None
    except OSError as error:
        reason = temporary.reason(error)
        raise RefusedError(f"Nothing was recorded: {reason}.") from None
