"""Imports one QTI 2 item. Questions of types that a course does not have are kept as text."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import replace

from builder.importing.banks import judging
from builder.importing.banks.making import join_lines, parse_weight, shorten
from builder.importing.banks.qti import drafts
from builder.importing.banks.qti.bank import FEEDBACK, Facts, QtiBank
from builder.importing.banks.qti.drafts import MOST, UNCLEAR, IdentifiedOption, ItemDraft, plain
from builder.importing.banks.qti.package import Part
from builder.importing.banks.qti.responses import Choice, Feedback, Line, Response, question_type
from builder.importing.banks.qti.two import declared, feedback
from builder.importing.banks.qti.two.declared import Declared
from builder.importing.banks.qti.two.presented import Shown, Texts
from builder.importing.banks.xml import Element
from builder.importing.document.form import Block, Option
from builder.importing.document.tally import words_of

_NOTHING = "Nothing says which answers are right."
_MANY = f"an item has more than {FEEDBACK} of them"
_UNSHOWN = "nothing says plainly when it is shown"


class Item:
    """Imports one item into the bank."""

    def __init__(self, qti: QtiBank, part: Part) -> None:
        self.part, self.item = part, part.root
        self.bank, self.qti = qti.bank, qti
        self.title = self.item.get("title") or ""
        self.place = part.place(self.item, self.title)
        self.declared = declared.declarations(self.item)
        self.texts = Texts(qti.reading(part), self.declared)
        self.feedback = Feedback()

    def put(self, weighed: str, above: tuple[Block, ...]) -> None:
        """Add the question to the bank, with the blocks ``above`` it; ``weighed`` is its weight in
        the test."""
        whole = copy.deepcopy(self.item.find("itemBody"))
        seen = self.texts.shown(self.item, self.place)
        for element, line in seen.left:
            self.qti.note(self.part.place(element), line)
        if not seen.responses:
            self.qti.add((*above, *seen.blocks))
            self.bank.consumed.append(self.title)
            return
        kind, why = self._kind(seen)
        self._sort_feedback(seen)
        draft = ItemDraft()
        if not why:
            draft = _DRAFTS[kind](self, seen.responses[0])
            why = draft.lost
        blocks = seen.blocks
        if why:
            draft = self._kept(seen)
            blocks = self._whole(whole)
        for key, line in self.feedback.keys.items():
            draft.feedback[key] = join_lines(draft.feedback.get(key, ()), line)
        points = parse_weight(weighed) or parse_weight(_points(self.item))
        kind = draft.kind or ("choice" if kind == "choices" else kind)
        facts = Facts(self.place, kind, self.title, points, (), why)
        self.qti.ask(facts, (*above, *blocks), draft)

    def _kind(self, seen: Shown) -> tuple[str, str]:
        if self.item.find("templateDeclaration") is not None:
            return "reflection", "its numbers or words are drawn anew for each trainee"
        one = seen.responses[0]
        if len(seen.responses) == 1 and not one.known:
            return "reflection", f"a course has no questions of the type “{one.tag}”"
        response = self._response(one)
        return question_type(seen.responses, bool(response.correct or response.mapping))

    def _response(self, one: Response) -> Declared:
        return self.declared.get(one.name) or Declared(one.name)

    def _sort_feedback(self, seen: Shown) -> None:
        """Assign feedback to options, answers or results; report feedback that is never shown."""
        names = frozenset(choice.name for one in seen.responses for choice in one.choices)
        shows = feedback.shows(self.item, names)
        said = [(one, *each) for one in seen.responses for c in one.choices for each in c.feedback]
        every = [(outcome, ident, line) for _, outcome, ident, line in said] + seen.feedback
        for one in self.item.iterchildren("modalFeedback"):
            place = self.part.place(one, self.title)
            outcome = "" if one.get("showHide") == "hide" else one.get("outcomeIdentifier") or ""
            every.append((outcome, one.get("identifier") or "", self.texts.line(one, place)))
        for _, _, line in every[FEEDBACK:]:
            self.bank.report("feedback", self.place, words_of(line), _MANY)
        for outcome, ident, line in every[:FEEDBACK]:
            wheres = list(dict.fromkeys(shows.get((outcome, ident), [])))
            if line and not wheres:
                self.bank.report("feedback", self.place, words_of(line), _UNSHOWN)
            for where in wheres if line else ():
                self.feedback.put(where, line)

    def _said(self, choice: Choice) -> Line:
        return self.feedback.options.get(choice.name, ())

    def choice(self, one: Response) -> ItemDraft:
        """Read a single-choice, multiple-choice or true-false question."""
        response = self._response(one)
        several = one.several
        options = [Option("", choice.line, False, self._said(choice)) for choice in one.choices]
        kept = [at for at, option in enumerate(options) if option.inlines or option.feedback]
        doubt = {declared.UNCLEAR: UNCLEAR, declared.NOTHING: _NOTHING}.get(response.way, "")
        marks = self._marks(response, [choice.name for choice in one.choices], several)
        offered = [options[at] for at in kept]
        if doubt:
            return ItemDraft(offered, doubts=[doubt])
        judged, doubts = judging.mark_by_percentage(
            offered, [marks[at] for at in kept], not several
        )
        if not several:
            return drafts.truth_or_choice(
                [IdentifiedOption("", option) for option in offered], judged, doubts
            )
        right = sum(option.right for option in judged)
        partial = response.way != declared.CORRECT and right > 1
        return ItemDraft(judged, doubts=doubts, partial=partial)

    def _marks(self, response: Declared, names: Sequence[str], several: bool) -> list[float]:
        """The percentage of the mark that each option earns."""
        if response.way == declared.CORRECT:
            correct = frozenset(response.correct)
            return [100.0 if name in correct else 0.0 for name in names]
        marks = [response.mapping.get(name, 0.0) for name in names]
        earned = [mark for mark in marks if mark > 0]
        whole = (response.most or sum(earned)) if several else max(earned, default=0)
        return [100 * mark / whole if whole else 0.0 for mark in marks]

    def _typed(self, response: Declared) -> list[judging.TypedAnswer]:
        marks = dict(response.mapping)
        if response.way == declared.CORRECT:
            marks = dict.fromkeys(response.correct, 1.0)
        best = max(marks.values(), default=0)
        return [
            judging.TypedAnswer(words, 100 * mark / best, self.feedback.answers.pop(words, ()))
            for words, mark in marks.items()
            if words and best > 0
        ]

    def fill_in(self, one: Response) -> ItemDraft:
        """Read a fill-in question."""
        response = self._response(one)
        if response.way == declared.UNCLEAR:
            words = ", ".join(f"“{shorten(word)}”" for word in response.correct)
            doubts = [f"{UNCLEAR} {words} is declared as right." if words else UNCLEAR]
            return ItemDraft(doubts=doubts, consumed=doubts)
        typed = self._typed(response)
        draft = drafts.fill_in(typed, self.feedback.answers, response.exact is True)
        lettered = any(answer.lower() != answer.upper() for answer in draft.answers)
        if response.exact is None and lettered:
            self.qti.capitals.append(self.place)
        return draft

    def numeric(self, one: Response) -> ItemDraft:
        """Read a numeric question."""
        response = self._response(one)
        if response.way in (declared.UNCLEAR, declared.NOTHING) or response.tolerance == ("", ""):
            return ItemDraft(doubts=[UNCLEAR if response.way != declared.NOTHING else _NOTHING])
        typed = self._typed(response)
        if response.tolerance:
            typed = [replace(each, words=_around(each.words, response.tolerance)) for each in typed]
        self.qti.leave_single(self.feedback, self.place)
        return drafts.numeric(typed)

    def matching(self, one: Response) -> ItemDraft:
        """Read a matching question; kept as text unless each left half has one right half."""
        response = self._response(one)
        rights = _right_pairs(response)
        lines = {choice.name: choice.line for choice in one.choices}
        left = [choice for choice in one.choices if choice.set == 0]
        second = [choice for choice in one.choices if choice.set > 0]
        if max(len(left), len(second), len(rights)) > MOST:
            return ItemDraft(lost=f"it has more than {MOST} things to choose from")
        pairs: list[tuple[Line, Line]] = []
        for choice in left:
            mine = [pair for pair in rights if choice.name in pair]
            others = {name for pair in mine for name in pair} - {choice.name}
            if len(mine) != 1 or len(others) != 1 or not others <= {each.name for each in second}:
                words = shorten(words_of(choice.line))
                return ItemDraft(lost=f"nothing says which one of the answers belongs to “{words}”")
            pairs.append((choice.line, lines[others.pop()]))
        paired = {plain(right) for _, right in pairs}
        pairs += [((), each.line) for each in second if plain(each.line) not in paired]
        mapped = response.way == declared.MAPPED
        marks = {mark for mark in response.mapping.values() if mark > 0 and mapped}
        offered = [each.line for each in second]
        draft = drafts.matching(pairs, offered, marks, self.place, self.bank)
        draft.partial = mapped
        self.qti.leave_single(self.feedback, self.place)
        return draft

    def sequencing(self, one: Response) -> ItemDraft:
        """Read an ordering question."""
        response = self._response(one)
        lines = {choice.name: choice.line for choice in one.choices}
        names = response.correct
        if response.way != declared.CORRECT or sorted(names) != sorted(lines) or not names:
            return ItemDraft(lost="nothing says plainly which order of all items is right")
        self.qti.leave_single(self.feedback, self.place)
        return drafts.sequencing(lines[name] for name in names)

    def reflection(self, one: Response) -> ItemDraft:
        """Read a question that is not marked."""
        return ItemDraft()

    def _kept(self, seen: Shown) -> ItemDraft:
        """The right answers and the feedback of a question that is kept as text."""
        draft = ItemDraft()
        words = {c.name: words_of(c.line) for one in seen.responses for c in one.choices}
        for response in self.declared.values():
            earning = [key for key, mark in response.mapping.items() if mark > 0]
            told = [_named(value, response, words) for value in response.correct or earning]
            name = f"{response.name}: " if len(self.declared) > 1 else ""
            if told:
                draft.answers.append(f"Right: {name}{' / '.join(dict.fromkeys(told))}")
        draft.feedback["explanation"] = join_lines(*self.feedback.single())
        return draft

    def _whole(self, body: Element) -> tuple[Block, ...]:
        for one in body.iter("feedbackInline", "feedbackBlock", "rubricBlock"):
            if one.tag != "rubricBlock" or "candidate" not in (one.get("view") or "candidate"):
                tail = one.tail
                one.clear()
                one.tail = tail
        return self.texts.whole(body, self.place)


def _named(value: str, response: Declared, words: dict[str, str]) -> str:
    """A right value, with option ids replaced by the options' text."""
    parts = value.split() if response.type.lower().endswith("pair") else [value]
    return " – ".join(" ".join(words.get(part, part).split()) for part in parts)


def _points(item: Element) -> str:
    for one in item.iterchildren("outcomeDeclaration"):
        value = one.findtext("defaultValue/value") or ""
        if one.get("identifier") == "MAXSCORE":
            return value.strip()
    score = item.find("outcomeDeclaration[@identifier='SCORE']")
    return (score.get("normalMaximum") or "") if score is not None else ""


def _right_pairs(response: Declared) -> list[list[str]]:
    if response.way == declared.CORRECT:
        return [pair.split() for pair in response.correct]
    if response.way == declared.MAPPED:
        return [pair.split() for pair, mark in response.mapping.items() if mark > 0]
    return []


def _around(value: str, tolerance: tuple[str, str]) -> str:
    below, above = (declared.number(size) for size in tolerance)
    middle = declared.number(value)
    if below is None or above is None or middle is None:
        return value
    return (
        f"{value}:{tolerance[0]}" if below == above else f"{middle - below:g}..{middle + above:g}"
    )


_DRAFTS = {
    "choice": Item.choice,
    "choices": Item.choice,
    "fill-in": Item.fill_in,
    "numeric": Item.numeric,
    "matching": Item.matching,
    "sequencing": Item.sequencing,
    "reflection": Item.reflection,
}
