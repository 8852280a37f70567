"""The approval status of each part of a course, and the changes of its words since an approval."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from fnmatch import fnmatchcase
from typing import Literal

from builder.base.immutable import immutable
from builder.course.approvals.parts import KINDS, Kind, Part, code_of, split_language
from builder.course.model import Approval
from builder.diagnostics.codes import Known, did_you_mean
from builder.diagnostics.diagnostic import Diagnostic

_WORD = re.compile(r"\[ \]|\S+")
"""Matches a word, or ``[ ]``, the mark before a wrong answer."""
_CONTEXT_WORDS = 3
"""Number of unchanged words that are quoted on each side of a change, to show where it is."""
_MAX_GAP = 3
"""Maximum number of unchanged words between two changes that are shown as one change."""
_MAX_CHANGES = 2
"""Maximum number of changes that a message quotes."""
_MAX_QUOTED = 80
"""Maximum number of characters of the old and of the new words that a message quotes."""
_MAX_COMPARED_WORDS = 400
"""Maximum number of words, without the common start and end of the two texts, that are compared one
by one. More words count as one change, since the time grows faster than their number."""


@immutable
class Change:
    """A change of words: ``struck`` was replaced by ``new`` (either may be empty).

    ``before`` and ``after`` are some unchanged words on each side.
    """

    before: str
    struck: str
    new: str
    after: str

    def old_words(self) -> str:
        """The old words, with the unchanged words on each side."""
        return " ".join(filter(None, (self.before, self.struck, self.after)))

    def new_words(self) -> str:
        """The new words, with the unchanged words on each side."""
        return " ".join(filter(None, (self.before, self.new, self.after)))


def changes(old: str, new: str) -> tuple[Change, ...]:
    """The changes of words from an old text to a new one, in order."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    return tuple(
        Change(
            before=" ".join(before[max(0, i - _CONTEXT_WORDS) : i]),
            struck=" ".join(before[i:j]),
            new=" ".join(after[k:m]),
            after=" ".join(before[j : j + _CONTEXT_WORDS]),
        )
        for i, j, k, m in _differing_ranges(before, after)
    )


Range = tuple[int, int, int, int]
"""Indexes of words that differ: start and end in the old words, start and end in the new words."""


def _differing_ranges(before: Sequence[str], after: Sequence[str]) -> Iterator[Range]:
    start = _common_prefix_length(before, after)
    most = min(len(before), len(after)) - start
    end = min(most, _common_prefix_length(before[::-1], after[::-1]))
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    if len(old) + len(new) > _MAX_COMPARED_WORDS:
        yield start, len(before) - end, start, len(after) - end
        return
    for i, j, k, m in _merge_ranges(SequenceMatcher(None, old, new, autojunk=False)):
        yield i + start, j + start, k + start, m + start


def _common_prefix_length(one: Sequence[str], other: Sequence[str]) -> int:
    """The number of words at the start of two texts, ``one`` and ``other``, that are equal in
    both."""
    for at, (word, its) in enumerate(zip(one, other, strict=False)):
        if word != its:
            return at
    return min(len(one), len(other))


def _merge_ranges(matcher: SequenceMatcher[str]) -> Iterator[Range]:
    """Yield the ranges of words that differ; ranges close together (``_MAX_GAP``) are merged."""
    run: Range | None = None
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            continue
        if run and i - run[1] <= _MAX_GAP:
            run = (run[0], j, run[2], m)
            continue
        if run:
            yield run
        run = i, j, k, m
    if run:
        yield run


def describe_changes(old: str, new: str) -> str:
    """Describe the changes from the old words of a part to new ones for a message: names the first
    changed settings and quotes the first changed texts, and counts the others."""
    before, old_text = _split_settings(old)
    after, new_text = _split_settings(new)
    found = [_describe_change(change) for change in changes(old_text, new_text)]
    for key in dict.fromkeys((*before, *after)):
        if before.get(key) != after.get(key):
            found.append(_describe_setting(key, before.get(key, ""), after.get(key, "")))
    first = "; ".join(found[:_MAX_CHANGES])
    more = len(found) - _MAX_CHANGES
    if not found:
        return "the words are the same, but their order or their lines differ"
    return f"{first}; and {more} more" if more > 0 else first


_SETTING = re.compile(
    r"(?:tracking\.)?(?P<key>refresher\.(?:title|quiz|record)|(?:locked\.)?(?:attempts|comments"
    r"|complete|credit|done|draw|failed|feedback|forgive|help|keep|keywords|locked|logo_alt|mastery"
    r"|minutes|multiple|owner|pages|pass_mark|passed|picture_alt|questions|reminder|report|retake|reveal|rights"
    r"|score|signature|signed_by|start|type|weight)): (?P<value>.+)"
)
"""Matches a line of the words that is a setting (see ``builder.course.approvals.wording``)."""


def _split_settings(words: str) -> tuple[dict[str, str], str]:
    """The settings in the words of a part, by name, and its other words. If a name occurs again,
    its line stays among the words."""
    settings: dict[str, str] = {}
    texts = []
    for line in words.split("\n"):
        setting = _SETTING.fullmatch(line)
        name = setting["key"].replace("_", " ").replace(".", " ") if setting else ""
        if setting and name not in settings:
            settings[name] = setting["value"]
        else:
            texts.append(line)
    return settings, "\n".join(texts)


def _describe_setting(name: str, old: str, new: str) -> str:
    was, now = (text if text.isdecimal() else _quote(text) for text in (old, new))
    if not old:
        return f"{name} {now} was added"
    return f"{name} {was} → {now}" if new else f"{name} {was} was deleted"


def _describe_change(change: Change) -> str:
    if change.struck and change.new:
        return f"{_quote(change.old_words())} → {_quote(change.new_words())}"
    verb = "deleted" if change.struck else "added"
    where = f" before {_quote(change.after)}" if change.after else ""
    where = f" after {_quote(change.before)}" if change.before else where
    return f"{_quote(change.struck or change.new)} was {verb}{where}"


def _quote(words: str) -> str:
    return f"“{words}”" if len(words) <= _MAX_QUOTED else f"“{words[:_MAX_QUOTED]}…”"


Validity = Literal["approved", "stale", "damaged"]
"""Whether an approval is valid. ``approved``: the current words were approved. ``stale``: the words
have changed since. ``damaged``: the words in the approval do not match the code in it."""
State = Validity | Literal["open", "unset", "unsure", "unwritten", "untranslated"]
"""The approval state of a part: the validity of its approval, or ``open``: no approval. ``unset``:
a local value without words to approve. ``unsure``: the part has something undecided.
``unwritten``: the author still has to write a text of the part. ``untranslated``: some of its text
is still in the source language."""
_DOUBTFUL: Mapping[str, State] = {
    "approval-undecided": "unsure",
    "approval-unwritten": "unwritten",
    "approval-untranslated": "untranslated",
}
"""The state of a part that cannot be approved yet, by the code of the reason."""


def validity(part: Part, approval: Approval) -> Validity:
    """Whether an approval of a part is valid for the part's current words."""
    if is_damaged(part.kind, approval):
        return "damaged"
    return "approved" if approval.code == part.code else "stale"


def is_damaged(kind: Kind, approval: Approval) -> bool:
    """Whether the words of an approval of a part of this kind do not match the approval's code."""
    return bool(approval.words) and approval.code != code_of(kind, approval.words)


@immutable
class ApprovalStatus:
    """A part with its approval, ``None`` if it has none.

    ``required`` is true if the course may not be released without an approval of the part.
    ``doubt`` is the reason why the part cannot be approved yet, ``None`` if it can.
    """

    part: Part
    required: bool
    approval: Approval | None
    doubt: Diagnostic | None = None

    @property
    def state(self) -> State:
        """The approval state of the part with its current words."""
        if not self.part.words:
            return "unset"
        if self.doubt:
            return _DOUBTFUL[self.doubt.code]
        if self.approval is None:
            return "open"
        return validity(self.part, self.approval)

    def changes(self) -> tuple[Change, ...]:
        """The changes of the words since the part was approved; empty if there are none, or if the
        approval does not contain the approved words."""
        if self.state != "stale" or self.approval is None or not self.approval.words:
            return ()
        return changes(self.approval.words, self.part.words)


class UnknownPartError(Exception):
    """No part matches ``name``; the text says so, and suggests a similar name if there is one."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__(text)
        self.name = name


def approval_statuses(
    parts: Sequence[Part],
    approvals: Mapping[str, Approval],
    required: Collection[Kind],
    doubts: Mapping[str, Diagnostic],
) -> tuple[ApprovalStatus, ...]:
    """The approval status of every part, in the order of the parts.

    ``required`` are the kinds of parts that a release needs approvals for. ``approvals`` are by the
    id of their part, and so are ``doubts``, the reasons why a part cannot be approved yet.
    """
    return tuple(
        ApprovalStatus(part, part.kind in required, approvals.get(part.id), doubts.get(part.id))
        for part in parts
    )


def select_parts(
    statuses: Sequence[ApprovalStatus], names: Sequence[str]
) -> tuple[ApprovalStatus, ...]:
    """The statuses of the parts that ``names`` select, in the order of the parts.

    A name is the id of a part, a kind such as ``questions``, or a pattern such as
    ``question/first-*``. A kind or pattern selects parts of the source language only, unless it
    ends with the tag of another language, as ``questions@pl`` does. Raises ``UnknownPartError`` for
    a name that matches no part.
    """
    wanted = {one.part.id for name in names for one in _match(statuses, name)}
    return tuple(one for one in statuses if one.part.id in wanted)


def _match(statuses: Sequence[ApprovalStatus], name: str) -> Iterator[ApprovalStatus]:
    found = [one for one in statuses if _matches(one.part, name)]
    if not found:
        raise UnknownPartError(name, f"The course has no “{name}”.{_suggest(statuses, name)}")
    yield from found


def _suggest(statuses: Sequence[ApprovalStatus], name: str) -> str:
    """A sentence that suggests a part with a similar name; empty if there is none.

    A name with a kind, such as ``question/frist``, is compared only with ids of that kind: never
    with the kind ``questions``, which would approve all questions.
    """
    ids = [one.part.id for one in statuses]
    kind, slash, wanted = name.partition("/")
    if not slash:
        return did_you_mean(name, [*KINDS, *ids])
    start = kind + slash
    same = [one.removeprefix(start) for one in ids if one.startswith(start)]
    near = Known(same).near(wanted)
    return f" Did you mean “{start}{near}”?" if near else ""


def _matches(part: Part, name: str) -> bool:
    (own, language), (wanted, tag) = split_language(part.id), split_language(name)
    pattern = "*" in wanted and fnmatchcase(own, wanted.replace("[", "[[]"))
    same = language == tag and (part.kind == KINDS.get(wanted) or pattern)
    return part.id == name or same
