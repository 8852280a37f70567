"""Files to take away: ``::: download Title`` and a list of links."""

from __future__ import annotations

from collections.abc import Iterator

from builder import targets
from builder.bodies.base import Body, File, Part, wrong
from builder.markdown import Directive, Element, Prose, elements

_PROBLEM = "has an entry that is not one link to a file of media/"
_FIX = "Write each file on a line of its own, like this: - [Its name](media/name.pdf)"


def read(block: Directive) -> Body:
    """``files``: each a ``file``, with a ``note`` that stands behind its link."""
    files: list[Part] = []
    faults = []
    for line, entry in _entries(block):
        found = entry and entry.leading_link()
        if found and not found[2].links and targets.is_file(found[0].target):
            link, words, note = found
            files.append({"file": File(link, words), "note": note})
        else:
            faults.append(wrong(block, line, _PROBLEM, _FIX))
    return Body({"files": tuple(files)}, tuple(faults))


def _entries(block: Directive) -> Iterator[tuple[int, Element | None]]:
    """Where each entry stands, and its one paragraph."""
    for part in block.blocks:
        if not isinstance(part, Prose):
            yield part.line, None
            continue
        for element in elements(part):
            for item in element.inside() if element.kind == "bullet_list" else (element,):
                inside = item.inside() if item.kind == "list_item" else (item,)
                alone = len(inside) == 1 and inside[0].kind == "paragraph"
                yield item.line, inside[0] if alone else None
