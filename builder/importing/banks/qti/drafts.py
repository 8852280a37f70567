"""Drafts the answers of a question of each type, from one response of an item and its scoring."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from builder.base.immutable import immutable
from builder.importing.banks import judging
from builder.importing.banks.bank import Draft, shorten
from builder.importing.banks.qti import scoring as rules
from builder.importing.banks.qti.bank import Feedback, Line, QtiBank, Response, plain
from builder.importing.banks.qti.scoring import MAX_OPTIONS, UNCLEAR, Scoring
from builder.importing.document.form import Image, Option, Place, Text, words_of

_UNEQUAL = "The pairs earn different shares of the mark: here each earns the same."
_CAPITALS = "The right capitals are asked for here: write “forgive: spaces” if they matter."


@immutable
class Asked:
    """What a question is drafted from: a response of an item, its scoring, and its feedback.
    ``place`` is the position of the item in the file. ``names_wrong`` is true if the rules also
    name answers that earn nothing, for typed answers."""

    qti: QtiBank
    response: Response
    scoring: Scoring
    feedback: Feedback
    place: Place
    names_wrong: bool = False

    def options(self) -> list[tuple[str, Option]]:
        """The options with their ids. An option without a text has the text of its id, `true` or
        `false`, or none if it has feedback."""
        feedback = self.feedback.options
        return [
            (one.name, Option("", one.line, False, feedback.get(one.name, ())))
            for one in self.response.choices
            if one.line or one.name in ("true", "false") or feedback.get(one.name)
        ]


def choice(asked: Asked) -> Draft:
    """Draft a single-choice or true-false question, and mark the correct option."""
    names = [name for name, _ in asked.options()]
    options = [option for _, option in asked.options()]
    doubts = [asked.scoring.doubt]
    if not asked.scoring.doubt:
        try:
            response = asked.response.name
            marks = [asked.scoring.marks(response, [name]) for name in names[:MAX_OPTIONS]]
        except rules.UnclearError:
            doubts = [UNCLEAR]
        else:
            marks += [0.0] * (len(options) - len(marks))
            best = max(marks, default=0)
            alone = rules.partial_marks(asked.scoring)
            shares = [
                (100 * mark / best if best > 0 else 0) or alone.get(name, 0)
                for name, mark in zip(names, marks, strict=True)
            ]
            options, doubts = judging.mark_by_percentage(options, shares, True)
    return _truth_or_choice(names, options, doubts)


def _truth_or_choice(names: Sequence[str], options: list[Option], doubts: list[str]) -> Draft:
    """Draft a single-choice question, or a true-false question if the options are just “true” and
    “false”. ``names`` are the ids of the options."""
    texts = [words_of(one.inlines) for one in options]
    truths = [
        words.strip().lower() or name.lower() for words, name in zip(texts, names, strict=True)
    ]
    if sorted(truths) != ["false", "true"]:
        return Draft(options, doubts=doubts)
    draft = Draft(kind="true-false", doubts=doubts, consumed=texts)
    draft.answers += [word for word, one in zip(truths, options, strict=True) if one.right]
    for word, one in zip(truths, options, strict=True):
        if not one.feedback:
            continue
        key, line = ("right" if one.right else "wrong"), one.feedback
        if not draft.answers:
            key, line = "explanation", (Text(f"{word.capitalize()}: "), *line)
        draft.add_feedback(key, line)
    return draft


def choices(asked: Asked) -> Draft:
    """Draft a multiple-choice question, and mark the correct options."""
    names = [name for name, _ in asked.options()]
    options = [option for _, option in asked.options()]
    response, scoring = asked.response.name, asked.scoring
    if scoring.doubt or len(options) > MAX_OPTIONS:
        return Draft(options, doubts=[scoring.doubt] if scoring.doubt else [])
    try:
        right = rules.right_options(names, response, scoring)
        if not right:
            return Draft(options, doubts=[rules.NO_MARKS])
        alone = {name: scoring.marks(response, [name]) for name in names}
        whole = scoring.marks(response, right)
    except rules.UnclearError:
        return Draft(options, doubts=[UNCLEAR])
    earning = [alone[name] for name in right if alone[name] > 0]
    doubts = [judging.UNEQUAL] if earning and max(earning) > min(earning) else []
    marked = [
        replace(
            option,
            right=name in right,
            weight=f"{100 * alone[name] / whole:g}" if alone[name] < 0 else "",
        )
        for name, option in zip(names, options, strict=True)
    ]
    return Draft(marked, doubts=doubts, partial=bool(earning) and len(right) > 1)


def _scored(asked: Asked) -> Sequence[rules.Rule]:
    giving = asked.scoring.giving
    return [one for one in asked.scoring.scoring if one.wanted] if asked.names_wrong else giving


def fill_in(asked: Asked) -> Draft:
    """Draft a fill-in question."""
    used = _scored(asked)
    if asked.scoring.doubt == UNCLEAR or any(one.test.contains("unclear") for one in used):
        words = ", ".join(f"“{shorten(word)}”" for word in asked.scoring.declared)
        doubt = f"{UNCLEAR} {words} is declared as right." if words else UNCLEAR
        return Draft(doubts=[doubt], consumed=[doubt])
    found = dict.fromkeys(
        (replace(test, response="", index=""), one.marks or 0)
        for one in used
        for test in one.wanted
        if test.name in ("has", "like") and test.value
    )
    best = max((marks for _, marks in found), default=1)
    draft = judging.typed_draft(
        [
            judging.TypedAnswer(
                test.value,
                100 * marks / best,
                asked.feedback.answers.pop(test.value, ()),
            )
            for test, marks in found
            if test.name == "has" and best > 0
        ]
    )
    draft.doubts += [
        f"“{shorten(test.value)}” is right anywhere in an answer, or is a pattern: here every "
        "answer must be written out."
        for test, _ in found
        if test.name == "like"
    ]
    draft.doubts += [
        f"To “{shorten(words)}” the bank says “{shorten(words_of(line))}”: here only right "
        "answers are known."
        for words, line in asked.feedback.answers.items()
    ]
    exact = {test.exact for test, _ in found}
    draft.doubts += [_CAPITALS] if True in exact else []
    draft.consumed = [*draft.doubts]
    if exact <= {None} and any(answer.lower() != answer.upper() for answer in draft.answers):
        asked.qti.capitals.append(asked.place)
    return draft


def numeric(asked: Asked) -> Draft:
    """Draft a numeric question."""
    if asked.scoring.doubt:
        return Draft(doubts=[asked.scoring.doubt])
    used = _scored(asked)
    best = max((one.marks or 0 for one in used), default=1)
    typed_answers = []
    for one in used if best > 0 else ():
        numbers = rules.accepted_numbers(one)
        if not numbers:
            return Draft(doubts=[UNCLEAR])
        percent = 100 * (one.marks or 0) / best
        values = [test.value for test in one.wanted if test.name == "has"]
        lines = [asked.feedback.answers.pop(value, ()) for value in values or [one.wanted[0].value]]
        lines += [()] * (len(numbers) - len(lines))
        typed_answers += [
            judging.TypedAnswer(number, percent, line)
            for number, line in zip(numbers, lines, strict=False)
        ]
    asked.qti.report_single_feedback(asked.feedback, asked.place)
    return judging.numeric_draft(typed_answers, [test.value for one in used for test in one.tests])


def sequencing(asked: Asked) -> Draft:
    """Draft an ordering question, with its items in their correct order. The question is kept as
    text if that order is unclear."""
    lines = {one.name: one.line for one in asked.response.choices}
    names = [one.name for one in asked.response.choices]
    found = rules.right_order(asked.response.name, names, asked.scoring)
    if not found or asked.scoring.doubt:
        return Draft(lost="nothing says plainly which order of all items is right")
    asked.qti.report_single_feedback(asked.feedback, asked.place)
    return Draft(answers=[words for name in found if (words := plain(lines[name]))])


def matching(
    asked: Asked,
    halves: Sequence[tuple[Line, Line]],
    offered: Iterable[Line],
    marks: set[float],
    partial: bool,
) -> Draft:
    """Draft a matching question. The question is kept as text unless each left-hand half has a
    single matching right-hand half.

    ``halves`` are the left-hand halves of pairs with their right-hand halves, which are empty if
    unclear; ``offered`` are all right-hand halves that the file offers. ``marks`` are the different
    marks that the correct pairs earn; ``partial`` is true if each earns its own.
    """
    choices = [*offered] if len(halves) <= MAX_OPTIONS else []
    others: dict[str, Line] = {}
    for line in choices:
        others.setdefault(plain(line), line)
    if max(len(halves), len(others)) > MAX_OPTIONS:
        return Draft(lost=f"it has more than {MAX_OPTIONS} things to choose from")
    for label, line in halves:
        if not line:
            words = shorten(words_of(label))
            return Draft(lost=f"nothing says which of the answers belongs to “{words}”")
    used = {plain(line) for _, line in halves}
    pairs = [
        *halves,
        *(((), line) for words, line in others.items() if words and words not in used),
    ]
    draft = Draft(pairs=pairs, partial=partial)
    if len(marks) > 1:
        draft.doubts.append(_UNEQUAL)
        draft.consumed.append(_UNEQUAL)
    # Choices that are offered repeatedly appear only once.
    draft.consumed += map(plain, choices)
    for image in (one for _, line in pairs for one in line if isinstance(one, Image)):
        reason = "the right sides of pairs are text"
        asked.qti.bank.report("picture", asked.place, image.alternative or "", reason)
    asked.qti.report_single_feedback(asked.feedback, asked.place)
    return draft


DRAFTS: dict[str, Callable[[Asked], Draft]] = {
    "choice": choice,
    "true-false": choice,
    "choices": choices,
    "fill-in": fill_in,
    "numeric": numeric,
    "sequencing": sequencing,
    "reflection": lambda _: Draft(),
}
"""What drafts a question of each type, except a matching question."""
