"""Reads one item of QTI 2. Types that a course does not have are kept in their words."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import replace

from builder.importers.banks import judging
from builder.importers.banks.making import joined, shown, weight
from builder.importers.banks.qti.package import Part
from builder.importers.banks.qti.shelf import (
    FEEDBACK,
    MOST,
    UNEQUAL,
    Facts,
    Shelf,
    Taken,
    only_words,
    plain,
)
from builder.importers.banks.qti.two import declared, feedback
from builder.importers.banks.qti.two.declared import Declared
from builder.importers.banks.qti.two.presented import Choice, Interaction, Shown, Texts
from builder.importers.banks.xml import Element
from builder.importers.form import Block, Inline, Option, Text
from builder.importers.tally import said as words_of

_KINDS = {
    "choiceInteraction": "choice",
    "inlineChoiceInteraction": "choice",
    "textEntryInteraction": "fill-in",
    "extendedTextInteraction": "reflection",
    "orderInteraction": "sequencing",
    "matchInteraction": "matching",
}
_UNCLEAR = "The rules by which answers are marked say more than which of them are right."
_NOTHING = "Nothing says which answers are right."
_MANY = f"an item has more than {FEEDBACK} of them"
_UNSHOWN = "nothing says plainly when it is shown"
_CAPITALS = "The right capitals are asked for here: write “forgive: spaces” if they matter."


class Item:
    """One item, and what is made of it."""

    def __init__(self, shelf: Shelf, part: Part) -> None:
        self.part, self.item = part, part.root
        self.bank, self.shelf = shelf.bank, shelf
        self.texts = Texts(self.shelf.reading(part))
        self.title = self.item.get("title") or ""
        self.place = part.place(self.item, self.title)
        self.declared = declared.declarations(self.item)
        self.told: dict[str, list[tuple[Inline, ...]]] = {}
        self.answers: dict[str, tuple[Inline, ...]] = {}

    def put(self, weighed: str, above: tuple[Block, ...]) -> None:
        """Put the question onto the shelf, with what stands ``above`` it; ``weighed`` is what the
        test says that it is worth."""
        whole = copy.deepcopy(self.item.find("itemBody"))
        seen = self.texts.shown(self.item, self.place)
        for element, line in seen.left:
            self.shelf.note(self.part.place(element), line)
        if not seen.interactions:
            self.shelf.add((*above, *seen.blocks))
            self.bank.consumed.append(self.title)
            return
        kind, why = self._kind(seen)
        modal = self._feedback(seen)
        draft = Taken()
        if not why:
            draft = _DRAFTS[kind](self, seen.interactions[0])
            why = draft.lost
        blocks = seen.blocks
        if why:
            draft = self._kept(seen)
            blocks = self._whole(whole)
        for key, lines in modal.items():
            draft.feedback[key] = joined(draft.feedback.get(key, ()), *lines)
        points = weight(weighed) or weight(_points(self.item))
        facts = Facts(self.place, draft.kind or kind, self.title, points, (), why)
        self.shelf.ask(facts, (*above, *blocks), draft)

    def _kind(self, seen: Shown) -> tuple[str, str]:
        if self.item.find("templateDeclaration") is not None:
            return "reflection", "its numbers or words are drawn anew for each trainee"
        if len(seen.interactions) > 1:
            return "reflection", "it asks for several things at once"
        (one,) = seen.interactions
        kind = _KINDS.get(one.tag, "")
        if not kind:
            return "reflection", f"a course has no questions of the type “{one.tag}”"
        response = self._response(one)
        if kind in ("fill-in", "reflection"):
            if declared.is_numeric(response):
                return "numeric", ""
            marked = response.correct or response.mapping
            return ("fill-in" if marked or kind == "fill-in" else kind), ""
        return kind, ""

    def _response(self, one: Interaction) -> Declared:
        return self.declared.get(one.response) or Declared(one.response)

    def _feedback(self, seen: Shown) -> dict[str, list[tuple[Inline, ...]]]:
        """What is said of answers, sorted by when it is shown; what nothing shows is listed."""
        names = frozenset(choice.name for one in seen.interactions for choice in one.choices)
        shows = feedback.shows(self.item, names)
        found: dict[str, list[tuple[Inline, ...]]] = {}
        said = [
            (one, *each) for one in seen.interactions for c in one.choices for each in c.feedback
        ]
        every = [(outcome, ident, line) for _, outcome, ident, line in said] + seen.feedback
        for one in self.item.iterchildren("modalFeedback"):
            place = self.part.place(one, self.title)
            outcome = "" if one.get("showHide") == "hide" else one.get("outcomeIdentifier") or ""
            every.append((outcome, one.get("identifier") or "", self.texts.line(one, place)))
        for _, _, line in every[FEEDBACK:]:
            self.bank.leave("feedback", self.place, words_of(line), _MANY)
        for outcome, ident, line in every[:FEEDBACK]:
            wheres = list(dict.fromkeys(shows.get((outcome, ident), [])))
            if line and not wheres:
                self.bank.leave("feedback", self.place, words_of(line), _UNSHOWN)
            for where, name in wheres if line else ():
                if where == "option":
                    self.told.setdefault(name, []).append(line)
                elif where == "answer":
                    self.answers[name] = joined(self.answers.get(name, ()), line)
                else:
                    found.setdefault(name, []).append(line)
        return found

    def _said(self, choice: Choice) -> tuple[Inline, ...]:
        return joined(*self.told.get(choice.name, ()))

    def _unplaced(self) -> None:
        lines = [line for each in self.told.values() for line in each]
        for line in (*lines, *self.answers.values()):
            reason = "a question of this type has no feedback of single answers"
            self.bank.leave("feedback", self.place, words_of(line), reason)

    def choice(self, one: Interaction) -> Taken:
        """Options of which one or some are chosen, or true and false."""
        response = self._response(one)
        several = response.several
        if one.response not in self.declared:
            several = one.most not in ("", "1")
        options = [Option("", choice.line, False, self._said(choice)) for choice in one.choices]
        kept = [at for at, option in enumerate(options) if option.inlines or option.feedback]
        doubt = {declared.UNCLEAR: _UNCLEAR, declared.NOTHING: _NOTHING}.get(response.way, "")
        marks = self._marks(response, [choice.name for choice in one.choices], several)
        offered = [options[at] for at in kept]
        if doubt:
            return Taken(offered, doubts=[doubt])
        judged, doubts = judging.by_shares(offered, [marks[at] for at in kept], not several)
        truth = [] if several else _truth(one)
        if truth:
            return _as_truth(truth, judged, doubts)
        right = sum(option.right for option in judged)
        partial = several and response.way != declared.CORRECT and right > 1
        return Taken(judged, doubts=doubts, partial=partial)

    def _marks(self, response: Declared, names: Sequence[str], several: bool) -> list[float]:
        """What each option earns, in percent."""
        if response.way == declared.CORRECT:
            correct = frozenset(response.correct)
            return [100.0 if name in correct else 0.0 for name in names]
        marks = [response.mapping.get(name, 0.0) for name in names]
        earned = [mark for mark in marks if mark > 0]
        whole = (response.most or sum(earned)) if several else max(earned, default=0)
        return [100 * mark / whole if whole else 0.0 for mark in marks]

    def _typed(self, response: Declared) -> list[judging.Typed]:
        marks = dict(response.mapping)
        if response.way == declared.CORRECT:
            marks = dict.fromkeys(response.correct, 1.0)
        best = max(marks.values(), default=0)
        return [
            judging.Typed(words, 100 * mark / best, self.answers.pop(words, ()))
            for words, mark in marks.items()
            if words and best > 0
        ]

    def fill_in(self, one: Interaction) -> Taken:
        """Words that are typed."""
        response = self._response(one)
        if response.way == declared.UNCLEAR:
            words = ", ".join(f"“{shown(word)}”" for word in response.correct)
            doubts = [f"{_UNCLEAR} {words} is declared as right." if words else _UNCLEAR]
            return Taken(doubts=doubts, spent=doubts)
        answers, said, doubts = judging.typed(self._typed(response))
        doubts += [
            f"To “{shown(words)}” the bank says “{shown(words_of(line))}”: here only right answers "
            "are known."
            for words, line in self.answers.items()
        ]
        if response.exact:
            doubts.append(_CAPITALS)
        elif response.exact is None and any(answer.lower() != answer.upper() for answer in answers):
            self.shelf.capitals.append(self.place)
        return Taken(answers=answers, feedback=said, doubts=doubts, spent=doubts)

    def numeric(self, one: Interaction) -> Taken:
        """A number with its tolerance."""
        response = self._response(one)
        if response.way in (declared.UNCLEAR, declared.NOTHING) or response.tolerance == ("", ""):
            return Taken(doubts=[_UNCLEAR if response.way != declared.NOTHING else _NOTHING])
        typed = self._typed(response)
        if response.tolerance:
            typed = [replace(each, words=_around(each.words, response.tolerance)) for each in typed]
        answers, said, doubts = judging.numbers(typed)
        self._unplaced()
        return Taken(answers=answers, feedback=said, doubts=doubts, spent=doubts)

    def matching(self, one: Interaction) -> Taken:
        """Pairs, where the right ones give each of the first set one of the second."""
        response = self._response(one)
        draft = Taken(partial=response.way == declared.MAPPED)
        rights = _right_pairs(response)
        lines = {choice.name: choice.line for choice in one.choices}
        left = [choice for choice in one.choices if choice.set == 0]
        second = [choice for choice in one.choices if choice.set > 0]
        if max(len(left), len(second), len(rights)) > MOST:
            draft.lost = f"it has more than {MOST} things to choose from"
            return draft
        for choice in left:
            mine = [pair for pair in rights if choice.name in pair]
            others = {name for pair in mine for name in pair} - {choice.name}
            if len(mine) != 1 or len(others) != 1 or not others <= {each.name for each in second}:
                words = shown(words_of(choice.line))
                draft.lost = f"nothing says which one of the answers belongs to “{words}”"
                return draft
            draft.pairs.append((choice.line, lines[others.pop()]))
        marks = {mark for mark in response.mapping.values() if mark > 0}
        if response.way == declared.MAPPED and len(marks) > 1:
            draft.doubts.append(UNEQUAL)
            draft.spent.append(UNEQUAL)
        used = {plain(right) for _, right in draft.pairs}
        draft.pairs += [((), each.line) for each in second if plain(each.line) not in used]
        # What is matched twice stands there once.
        draft.spent += [plain(each.line) for each in second]
        only_words(draft, self.place, self.bank)
        self._unplaced()
        return draft

    def sequencing(self, one: Interaction) -> Taken:
        """Items in their right order."""
        response = self._response(one)
        lines = {choice.name: choice.line for choice in one.choices}
        names = response.correct
        if response.way != declared.CORRECT or sorted(names) != sorted(lines) or not names:
            return Taken(lost="nothing says plainly which order of all items is right")
        self._unplaced()
        return Taken(answers=[words for words in (plain(lines[name]) for name in names) if words])

    def reflection(self, one: Interaction) -> Taken:
        """Words that nobody marks."""
        return Taken()

    def _kept(self, seen: Shown) -> Taken:
        """What is right of a question that is kept, and what is said of its answers."""
        draft = Taken()
        words = {c.name: words_of(c.line) for one in seen.interactions for c in one.choices}
        for response in self.declared.values():
            earning = [key for key, mark in response.mapping.items() if mark > 0]
            told = [_named(value, response, words) for value in response.correct or earning]
            name = f"{response.name}: " if len(self.declared) > 1 else ""
            if told:
                draft.answers.append(f"Right: {name}{' / '.join(dict.fromkeys(told))}")
        lines = [line for each in self.told.values() for line in each]
        draft.feedback["explanation"] = joined(*lines, *self.answers.values())
        return draft

    def _whole(self, body: Element) -> tuple[Block, ...]:
        for one in body.iter("feedbackInline", "feedbackBlock", "rubricBlock"):
            if one.tag != "rubricBlock" or "candidate" not in (one.get("view") or "candidate"):
                tail = one.tail
                one.clear()
                one.tail = tail
        return self.texts.whole(body, self.place)


def _named(value: str, response: Declared, words: dict[str, str]) -> str:
    """A value that is right, with the words of the options that it names."""
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


def _truth(one: Interaction) -> list[str]:
    words = [words_of(choice.line).strip().lower() for choice in one.choices]
    return words if sorted(words) == ["false", "true"] else []


def _as_truth(truth: Sequence[str], options: Sequence[Option], doubts: list[str]) -> Taken:
    made = Taken(kind="true-false", doubts=doubts, spent=[words_of(o.inlines) for o in options])
    made.answers += [word for word, option in zip(truth, options, strict=True) if option.right]
    for word, option in zip(truth, options, strict=True):
        if option.feedback:
            sure = bool(made.answers)
            key = ("right" if option.right else "wrong") if sure else "explanation"
            line = option.feedback if sure else (Text(f"{word.capitalize()}: "), *option.feedback)
            made.feedback[key] = joined(made.feedback.get(key, ()), line)
    return made


_DRAFTS = {
    "choice": Item.choice,
    "fill-in": Item.fill_in,
    "numeric": Item.numeric,
    "matching": Item.matching,
    "sequencing": Item.sequencing,
    "reflection": Item.reflection,
}
