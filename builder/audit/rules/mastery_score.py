"""A mastery score that is no mark."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.audit.rules.rule import (
    ANYWHERE,
    SCORM_12,
    WARNING,
    Fault,
    Package,
    Rule,
)

_NUMBER = re.compile(r"\d+(?:\.\d+)?|\.\d+")
_ZERO = frozenset(("moodle", "totara"))
_OTHERS = frozenset((ANYWHERE,))


def _judge(package: Package) -> Iterator[Fault]:
    manifest = package.manifest
    if manifest is None:
        return
    for element in manifest.all("masteryscore"):
        score = (element.text or "").strip()
        place = manifest.at(element)
        if score and not _NUMBER.fullmatch(score):
            yield Fault(place, {"score": score, "problem": "that is not a number"}, only=_OTHERS)
        elif score and float(score) > 100:
            yield Fault(place, {"score": score, "problem": "scores end at 100"}, only=_OTHERS)
        elif score and float(score) == 0:
            words = {"score": score, "problem": "everybody passes, and Moodle takes it for none"}
            yield Fault(place, words, only=_ZERO)


RULE = Rule(
    code="mastery-score",
    severity=WARNING,
    message="The mastery score is “{score}”: {problem}.",
    hint=(
        "Write a number from 0 to 100, or take the element out, so that the course’s own "
        "result holds."
    ),
    explanation=(
        "By the mastery score an LMS judges for itself whether somebody has passed. The "
        "schema takes any text."
    ),
    effects={
        ANYWHERE: "LMSs read such a value in different ways, so that who passes differs, too",
        "moodle": "“0” counts as no mark at all",
        "totara": "“0” counts as no mark at all",
    },
    summary="The mastery score is no mark.",
    source="facts/scorm-1.2.md#manifest",
    wrong="<adlcp:masteryscore>80%</adlcp:masteryscore>",
    right="<adlcp:masteryscore>80</adlcp:masteryscore>",
    judge=_judge,
    kinds=SCORM_12,
)
