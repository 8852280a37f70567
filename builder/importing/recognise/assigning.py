"""Assigns the answers of answer keys to numbered questions."""

from __future__ import annotations

from collections.abc import Sequence

from builder.importing.recognise.candidates import Candidate, Entry
from builder.importing.recognise.inlines import plain
from builder.importing.recognise.keys import Found, Key
from builder.importing.recognise.words import said


def groups_of(candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    """Divide numbered candidates into runs with rising numbers."""
    out: list[list[Candidate]] = []
    for candidate in candidates:
        if not candidate.number:
            continue
        if not out or candidate.number <= out[-1][-1].number:
            out.append([])
        out[-1].append(candidate)
    return out


def assign(found: Sequence[Found], groups: Sequence[Sequence[Candidate]], titles: Titles) -> None:
    """Give each candidate the entry of a key that has its number."""
    done = 0
    for place in found:
        before = [n for n, group in enumerate(groups) if group[0].begin < place.begin]
        waiting = [groups[n] for n in before if n >= done]
        done = len(before)
        keys = [key for key in place.keys if key.entries]
        _assign(keys, waiting, titles)


class Titles:
    """The headings above candidates, for finding a key by its title."""

    def __init__(self, sections: Sequence[str]) -> None:
        self._sections = [said(section) for section in sections]

    def names(self, key: Key, group: Sequence[Candidate]) -> bool:
        """Whether the key's title matches the heading above the group."""
        section = self._sections[group[0].section]
        title = said(key.title)
        return bool(section and title and (section in title or title in section))


def _assign(keys: list[Key], groups: list[Sequence[Candidate]], titles: Titles) -> None:
    rest, left = [], list(groups)
    for key in keys:
        own = [group for group in left if titles.names(key, group)]
        if len(own) == 1:
            _give(key, own)
            left.remove(own[0])
        else:
            rest.append(key)
    if len(rest) == len(left):
        for key, group in zip(rest, left, strict=True):
            _give(key, [group])
        return
    for key in rest:
        _give(key, left)


def _give(key: Key, groups: Sequence[Sequence[Candidate]]) -> None:
    by_number: dict[int, list[Candidate]] = {}
    for group in groups:
        for candidate in group:
            by_number.setdefault(candidate.number, []).append(candidate)
    entries = {entry.number: entry for entry in key.entries}
    for number, candidates in by_number.items():
        entry = entries.get(number)
        for candidate in candidates:
            _tell(candidate, entry, sure=len(candidates) == 1)


def _tell(candidate: Candidate, entry: Entry | None, *, sure: bool) -> None:
    if entry is None:
        if candidate.key is None:
            candidate.unkeyed = (
                f"The key has no answer to question {candidate.number}: either it was left out, "
                "or it stands under another number."
            )
    elif not sure or candidate.key is not None:
        candidate.key, candidate.unsure = None, entry
        candidate.unkeyed = (
            f"The key says “{plain(entry.value).strip()}” of question {candidate.number}, and "
            "there are several with this number: this one may be meant, or another."
        )
    else:
        candidate.key = entry
