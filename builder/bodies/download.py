"""Files to take away: ``::: download Title`` and a list of links."""

from __future__ import annotations

from builder import targets
from builder.bodies.base import Body, File, Part, listed, wrong
from builder.markdown import Directive

_PROBLEM = "has an entry that is not one link to a file of media/"
_FIX = "Write each file on a line of its own, like this: - [Its name](media/name.pdf)"


def read(block: Directive) -> Body:
    """``files``: each a ``file``, with a ``note`` that stands behind its link."""
    files: list[Part] = []
    faults = []
    for line, entry in listed(block):
        found = entry and entry.leading_link()
        if found and not found[2].links and targets.is_file(found[0].target):
            link, words, note = found
            files.append({"file": File(link, words), "note": note})
        else:
            faults.append(wrong(block, line, _PROBLEM, _FIX))
    return Body({"files": tuple(files)}, tuple(faults))
