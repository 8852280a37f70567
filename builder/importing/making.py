"""What a course is made of, and what has come of its files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from builder.course.load import TEXT_LIMIT
from builder.importing.merging import memory
from builder.importing.reading import Read
from builder.importing.request import RefusedError

if TYPE_CHECKING:
    from builder.importing.document.form import Pages, Volume
    from builder.importing.outcome import Imported
    from builder.importing.writing import Made, Names


def volume_of(read: Read, pages: Pages) -> Volume:
    """A file as one of those that make a course together."""
    from builder.importing.document import form

    return form.Volume(read.path.name, pages, read.document)


def written(volumes: Sequence[Volume], names: Names | None = None) -> Made:
    """The course that files make together; ``names`` are those that its parts had before.
    ``RefusedError`` where a file of it would be too large to be read again."""
    from builder.importing import joining, writing

    document = joining.join(volumes)
    made = writing.write(document, volumes[0].stem, volumes[0].pages, _refused, names)
    for path, text in made.texts.items():
        if (size := len(text.encode())) > TEXT_LIMIT:
            raise RefusedError(
                f"Nothing was made: “{path}” would have {size / 1_000_000:.1f} MB, and a page or a "
                f"list of questions has at most {TEXT_LIMIT // 1_000_000} MB. Divide the file that "
                "you import, or shorten its longest text."
            )
    return made


def _refused(drawing: bytes) -> str:
    """What a drawing would do that no package may, in words; empty for nothing."""
    from builder.package.verify import svg

    return next((words for _, words in svg.judge(drawing)), "")


def outcome_of(read: Sequence[Read], made: Made) -> Imported:
    """What has come of files; ``made`` may have more than they."""
    from builder.importing import outcome

    files = []
    for one in read:
        # How much of a file has come over is told of it alone.
        alone = made if len(made.levels) == 1 else written([volume_of(one, "auto")])
        words = outcome.compare_words(one.counts, one.document, alone)
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


def kept_of(volumes: Sequence[Volume], made: Made) -> tuple[memory.Source, ...]:
    """What is to be kept of files, so that one of them can be imported again without the others."""
    from builder.importing.document import storage
    from builder.importing.writing import pictures

    gallery = pictures.Pictures(_refused)
    several = len(volumes) > 1
    return tuple(
        memory.Source(
            volume.name,
            level,
            storage.kept(volume.document, lambda image: gallery.file(image)[0]) if several else "",
            volume.first_name,
        )
        for volume, level in zip(volumes, made.levels, strict=True)
    )
