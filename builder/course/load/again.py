"""Replaces texts in course sources that have already been read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from builder.course.load import front_matter, text, yaml
from builder.course.load.discovery import COURSE
from builder.course.sources import PageFile, Sources, YamlFile
from builder.diagnostics.diagnostic import Diagnostic


def again(
    sources: Sources, texts: Mapping[str, str]
) -> tuple[Sources | None, tuple[Diagnostic, ...]]:
    """The sources with the given texts, by path, and what is wrong with them.

    The sources are ``None`` if a text cannot be parsed. Writes nothing.
    """
    problems: list[Diagnostic] = []
    pages: dict[str, PageFile] = {}
    files: dict[str, YamlFile] = {}
    for path, written in texts.items():
        content, found = text.decode(written.encode(), path)
        problems.extend(found)
        if content is None:
            continue
        if path in sources.pages:
            page, found = front_matter.read(content, path)
            pages |= {path: page} if page else {}
        else:
            file, found = yaml.read(content, path)
            files |= {path: file} if file else {}
        problems.extend(found)
    if len(pages) + len(files) < len(texts):
        return None, tuple(problems)
    course = files.pop(COURSE, sources.course)
    changed = replace(
        sources,
        course=course,
        pages={**sources.pages, **pages},
        questions={**sources.questions, **files},
    )
    return changed, tuple(problems)
