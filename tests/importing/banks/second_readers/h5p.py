"""What an H5P package holds, counted by a second reader: it goes through the JSON key by key."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from builder.base import zips
from builder.importing.document.tally import Counts

_LIBRARY = re.compile(r"H5P\.(\w+)")
_READ = frozenset(
    {
        *("question", "text", "taskDescription", "textField", "chosenFeedback", "tip"),
        *("notChosenFeedback", "feedbackOnCorrect", "feedbackOnWrong", "questions", "answers"),
        *("keyword", "feedback", "distractors"),
    }
)
"""Keys whose words a trainee reads."""
_SETTINGS = ("UI", "l10n", "behaviour", "confirmCheck", "confirmRetry", "copyright")
_BLANK = re.compile(r"\*[^*\n]+\*")


def count(path: Path) -> Counts:
    """Count what a package holds that its reader reads."""
    with zips.open_zip(path) as archive:
        main = json.loads(archive.read("h5p.json").decode("utf-8-sig")).get("mainLibrary", "")
        content = json.loads(archive.read("content/content.json").decode("utf-8-sig"))
    kinds: Counter[str] = Counter()
    words: list[str] = []
    for library, params in _contents({"library": main, "params": content}):
        found = _LIBRARY.match(library)
        kinds.update(_kinds(found[1] if found else "", params))
        words += _words(found[1] if found else "", params)
    return Counts({kind: number for kind, number in kinds.items() if number}, tuple(words))


def _contents(value: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if isinstance(value, dict):
        if isinstance(value.get("library"), str) and isinstance(value.get("params"), dict):
            yield value["library"], value["params"]
        for one in value.values():
            yield from _contents(one)
    elif isinstance(value, list):
        for one in value:
            yield from _contents(one)


def _kinds(name: str, params: Mapping[str, Any]) -> Counter[str]:
    if name == "MultiChoice":
        told = "chosenFeedback" in json.dumps(params) and bool(
            re.search(r'"chosenFeedback": "[^"]', json.dumps(params))
        )
        return Counter(
            {
                "questions": 1,
                "choice": 1,
                "options": len(params.get("answers", ())),
                "questions with feedback": int(told),
            }
        )
    if name == "TrueFalse":
        return Counter({"questions": 1, "true or false": 1})
    if name == "SingleChoiceSet":
        sets = params.get("choices", ())
        many = sum(len(one.get("answers", ())) for one in sets)
        return Counter({"questions": len(sets), "choice": len(sets), "options": many})
    if name == "Essay":
        return Counter({"questions": 1, "reflection": 1})
    if name == "Blanks":
        gaps = sum(len(_BLANK.findall(one)) for one in params.get("questions", ()))
        return Counter({"questions": gaps, "fill-in": gaps})
    if name == "DragText":
        gaps = len(_BLANK.findall(params.get("textField", "")))
        more = len(_BLANK.findall(params.get("distractors") or ""))
        return Counter({"questions": gaps, "choice": gaps, "options": gaps * (gaps + more)})
    return Counter()


def _words(name: str, params: Mapping[str, Any]) -> Iterator[str]:
    """The words of one content, without those of a content in it."""
    known = ("MultiChoice", "TrueFalse", "SingleChoiceSet", "Essay", "Blanks", "DragText")
    if name not in (*known, "AdvancedText", "Text"):
        return
    for key, said in _texts("", params):
        if key in _READ:
            yield from html.unescape(re.sub(r"<[^<>]*>", " ", said.replace("*", " "))).split()


def _texts(key: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, list):
        for one in value:
            yield from _texts(key, one)
    elif isinstance(value, dict) and key not in _SETTINGS:
        for name, one in value.items():
            yield from _texts(name, one)
