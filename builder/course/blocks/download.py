"""Downloads: ``::: download Title`` with a list of links to files."""

from __future__ import annotations

from builder.course import targets
from builder.course.blocks.base import Body, File, Part, read_lists
from builder.course.markdown import Directive, Element

_PROBLEM = "has an entry that is not one link to a file in media/"
_FIX = "Write each file on a separate line, like this: - [Its name](media/name.pdf)"


def read(block: Directive) -> Body:
    """Parse downloads: ``files``, each with a ``file`` and the ``note`` after its link."""
    files, faults = read_lists(block, _file, _PROBLEM, _FIX)
    return Body({"files": files}, faults)


def _file(entry: Element) -> Part | None:
    leading = entry.leading_link()
    if not leading or leading[2].links or not targets.is_file(leading[0].target):
        return None
    link, words, note = leading
    return {"file": File(link, words), "note": note}
