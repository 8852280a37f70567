"""Makes a course from imported files and summarizes the result for each file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from builder.course.load import TEXT_LIMIT
from builder.importing.merging import memory
from builder.importing.reading import Read, RefusedError

if TYPE_CHECKING:
    from builder.importing.document.form import Pages, Volume
    from builder.importing.outcome import Imported
    from builder.importing.writing import Names, WrittenCourse


def volume_of(read: Read, pages: Pages) -> Volume:
    """The volume for one of the files from which a course is made."""
    from builder.importing.document import form

    return form.Volume(read.path.name, pages, read.document)


def write_course(volumes: Sequence[Volume], names: Names | None = None) -> WrittenCourse:
    """Write the course that these files make together. ``names`` has the ids that its parts had
    before. ``RefusedError`` if a file of the course would be too large to be read again."""
    from builder.importing import joining, writing

    document = joining.join(volumes)
    made = writing.write(document, volumes[0].stem, volumes[0].pages, _drawing_refusal, names)
    for path, text in made.texts.items():
        if (size := len(text.encode())) > TEXT_LIMIT:
            raise RefusedError(
                f"Nothing was imported: “{path}” would have {size / 1_000_000:.1f} MB, but a page "
                f"or a list of questions can have at most {TEXT_LIMIT // 1_000_000} MB. Divide the "
                "file that you import, or shorten its longest text."
            )
    return made


def _drawing_refusal(drawing: bytes) -> str:
    """Say what a drawing would do that is not allowed in a package; empty if it is safe."""
    from builder.package.verify import svg

    return next((words for _, words in svg.judge(drawing)), "")


def summarize(read: Sequence[Read], made: WrittenCourse) -> Imported:
    """Summarize what was imported from the files ``read``; ``made`` may contain further files."""
    from builder.importing import outcome

    files = []
    for one in read:
        # The words of each file are compared with a course made from that file alone.
        alone = made if len(made.levels) == 1 else write_course([volume_of(one, "auto")])
        words = outcome.compare_words(one.counts, one.document, alone)
        kinds = dict(alone.kinds)
        files.append(
            outcome.FileOutcome(one.path, words, one.counts.kinds, kinds, one.document.bank)
        )
    names = {"", *(one.path.name for one in read)}
    listed = tuple(one for one in made.listed if one.rest.place.file in names)
    return outcome.Imported(
        source=read[0].path,
        folder=None,
        made=replace(made, listed=listed),
        words=outcome.total_words(one.words for one in files),
        kinds=dict(sum((Counter(one.kinds) for one in files), Counter())),
        files=tuple(files),
    )


def memory_sources(volumes: Sequence[Volume], made: WrittenCourse) -> tuple[memory.Source, ...]:
    """The data to save for each file, so that one file can be imported again without the others."""
    from builder.importing.document import storage
    from builder.importing.writing import pictures

    gallery = pictures.Pictures(_drawing_refusal)
    several = len(volumes) > 1
    return tuple(
        memory.Source(
            volume.name,
            level,
            storage.to_json(volume.document, lambda image: gallery.file(image)[0])
            if several
            else "",
            volume.first_name,
        )
        for volume, level in zip(volumes, made.levels, strict=True)
    )
