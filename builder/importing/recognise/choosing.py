"""Recognises questions with options: choice, and true or false. Collects everything that marks the
right options: signs, formatting, answer lines, feedback and answer keys. If these contradict each
other, the question gets a doubt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from builder.base.immutable import immutable
from builder.importing.document.form import Mark, Option
from builder.importing.recognise.answers import (
    LetterBehind,
    NamedOptions,
    letter_behind,
    resolve_options,
)
from builder.importing.recognise.candidates import HABIT, Candidate, Choice, Draft
from builder.importing.recognise.inlines import (
    Inlines,
    cut,
    has_mark,
    joined,
    plain,
    trimmed,
    without_marks,
)
from builder.importing.recognise.lines import STAR, Label, parse_label
from builder.importing.recognise.steering import (
    CHOOSE,
    asks_for_all,
    judgement,
    truth_value,
    wanted_count,
    without_judged_pictures,
)
from builder.importing.recognise.words import EVERY, one_of

LOOKS: dict[Mark, str] = {
    "strong": "bold",
    "underline": "underlined",
    "highlight": "highlighted",
    "colour": "in another colour",
}
_LOOK_SOURCES: dict[Mark, str] = {
    "strong": "the bold letters",
    "underline": "the underlining",
    "highlight": "the highlighting",
    "colour": "the colour",
}
_SIGN_BEFORE = re.compile(rf"{STAR}\s*(?=\S)")
_SIGN_AFTER = re.compile(
    rf"\s*(?:{STAR}|[(\[]\s*{one_of(EVERY.correct)}\s*[!.]?\s*[)\]])\s*$", re.IGNORECASE
)


@immutable
class Offer:
    """An option without what marks it as right. `name` is the letter or number by which an answer
    names it, and `label` the label as shown. `marked` is whether a sign marked it, `cuts` are the
    removed words, and `looks` is the formatting of all its words that may mark it, such as bold."""

    name: str
    label: str
    inlines: Inlines
    marked: bool
    cuts: tuple[str, ...]
    looks: frozenset[Mark]

    @property
    def text(self) -> str:
        return " ".join(plain(self.inlines).split())


@immutable
class Evidence:
    """What a passage that may be a question says about its right options. `right` has their
    indexes; it is empty unless everything agrees. `sure` is true if there is a sign, an answer line
    or an entry in a key, and `looks` if some options are formatted differently. `reason` is the
    explanation that an answer adds, and `consumed` are the other words of answers."""

    offers: tuple[Offer, ...]
    right: frozenset[int]
    doubts: tuple[str, ...]
    sure: bool
    looks: bool
    reason: Inlines
    consumed: tuple[str, ...]


def offers_of(candidate: Candidate) -> tuple[Offer, ...]:
    """The options of a candidate (a passage that may be a question), without the signs that mark
    options as right."""
    offers = _without_own_letters(
        [_offer(choice, at, candidate.style) for at, choice in enumerate(candidate.choices)],
        any_gap=candidate.letters_behind,
    )
    labels = [parse_label(plain(offer.inlines)) for offer in offers]
    letters = [label.ordinal("letter") if label else 0 for label in labels]
    if letters != list(range(1, len(offers) + 1)):
        return tuple(offers)
    pairs = zip(offers, filter(None, labels), strict=True)
    return tuple(_without_letter(offer, label) for offer, label in pairs)


def _own_letter(offer: Offer) -> LetterBehind | None:
    """The letter behind an option that repeats the option's own, as in “b. 12  B”."""
    behind = letter_behind(plain(offer.inlines))
    own = behind is not None and behind.name == offer.name and (behind.apart or behind.capital)
    return behind if own else None


def _without_own_letters(offers: list[Offer], *, any_gap: bool) -> list[Offer]:
    """The options without letters behind them that repeat their own. Such a letter marks the option
    as right unless all options have one. With ``any_gap``, a single space before the letter is
    enough; without, it may be a word, as in “Vitamin B”."""
    found = [_own_letter(offer) for offer in offers]
    any_gap = any_gap and not all(found)
    behind = [letter if letter and (letter.apart or any_gap) else None for letter in found]
    everywhere = all(behind)
    out = []
    for offer, letter in zip(offers, behind, strict=True):
        if letter is None:
            out.append(offer)
            continue
        words = plain(offer.inlines)[letter.start :].strip()
        out.append(
            replace(
                offer,
                inlines=trimmed(cut(offer.inlines, 0, letter.start)),
                marked=offer.marked or not everywhere,
                cuts=(*offer.cuts, words),
            )
        )
    return out


def find_letters_behind(candidates: Sequence[Candidate]) -> None:
    """Find out whether a document has the letter of the right option behind this option, or behind
    the question, and set ``letters_behind`` and ``letter_behind`` of its candidates, the passages
    that may be questions. A letter that may be a word counts only if at least three questions have
    one, and at least half of all: behind an option after a single space, and behind a question
    that has no question mark."""
    lettered = [each for each in candidates if each.choices and each.style == "letter"]
    own = [sum(map(bool, map(_own_letter, map(_plain_offer, each.choices)))) for each in lettered]
    any_gap = _is_habit([count == 1 for count in own])
    prompts = [_prompt_letter(each) for each in lettered]
    habit = _is_habit([letter is not None for letter in prompts])
    for each, letter in zip(lettered, prompts, strict=True):
        each.letters_behind = any_gap
        if letter is not None and (habit or letter.asked):
            text = plain(each.last.inlines)
            at = text.rfind(letter.name.upper())
            each.letter_behind = cut(each.last.inlines, at, at + 1)
            words = (text[letter.start : at].strip(), text[at + 1 :].strip())
            kept = trimmed(cut(each.last.inlines, 0, letter.start))
            each.last = replace(each.last, inlines=kept, cut=(*each.last.cut, *words))


def _plain_offer(choice: Choice) -> Offer:
    return _offer(choice, 0, "letter")


def _is_habit(found: Sequence[bool]) -> bool:
    return sum(found) >= HABIT and 2 * sum(found) >= len(found)


def _prompt_letter(candidate: Candidate) -> LetterBehind | None:
    """The capital letter behind the prompt of a candidate that is the letter of an option."""
    letter = letter_behind(plain(candidate.last.inlines))
    names = [each.line.label.name for each in candidate.choices if each.line.label]
    return letter if letter and letter.capital and letter.name in names else None


def _without_letter(offer: Offer, label: Label) -> Offer:
    """The option without a letter that was typed after its box, bullet or number; the letter
    becomes its name."""
    return replace(
        offer,
        name=label.name,
        inlines=trimmed(cut(offer.inlines, label.width)),
        marked=offer.marked or label.marked,
        cuts=(*offer.cuts, label.text),
    )


def _offer(choice: Choice, at: int, style: str) -> Offer:
    line = choice.line
    label = line.label
    inlines, said = without_judged_pictures(line.inlines)
    cuts = [line.cut] if line.cut else []
    signed = bool(label and label.marked) or said == "right"
    text = plain(inlines)
    if found := _SIGN_BEFORE.match(text):
        cuts.append(found[0].strip())
        inlines, signed = trimmed(cut(inlines, found.end())), True
        text = plain(inlines)
    tail = max(len(text) - 40, 0)
    if (found := _SIGN_AFTER.search(text, tail)) and found.start() > 0:
        cuts.append(found[0].strip())
        inlines, signed = trimmed(cut(inlines, 0, found.start())), True
    whole = joined(part for part in (inlines, *choice.more) if part)
    looks = frozenset(mark for mark in LOOKS if has_mark(inlines or whole, mark))
    name = label.name if label and label.name else chr(ord("a") + at) if at < 26 else ""
    label_text = label.text if label else ""
    return Offer(name, label_text, whole, signed, tuple(cuts), looks)


def _evidence_of(candidate: Candidate) -> Evidence:
    """What a candidate (a passage that may be a question) says about its right options, and the
    doubts that remain."""
    offers = offers_of(candidate)
    signs = frozenset(at for at, offer in enumerate(offers) if offer.marked)
    looks = [
        (says, frozenset(at for at, offer in enumerate(offers) if mark in offer.looks))
        for mark, says in _LOOK_SOURCES.items()
    ]
    everybody = frozenset(range(len(offers)))
    claims = [("the sign beside it", signs), *looks]
    claims = [claim for claim in claims if claim[1] and claim[1] != everybody]
    if signs == everybody and asks_for_all(candidate.text):
        claims.append(("the sign beside it", signs))
    sayings = [
        (source, value, _resolve(value, offers)) for source, value in candidate.answer_sources
    ]
    doubts = [naming.doubt for *_, naming in sayings if naming.doubt]
    claims += [(source, naming.options) for source, _, naming in sayings if not naming.doubt]
    judged = [_judgement(each) for each in candidate.choices]
    below = [each for each in candidate.choices if each.feedback and not each.feedback[0].cut]
    lines = any(_judgement(each) == "right" for each in below)
    if "right" in judged and (lines or all(judged)):
        claims.append(("the feedback", _indexes_of(judged, "right")))
    elif claims and (clash := _contradiction(judged, claims[0][1], offers)):
        doubts.append(clash)
    wanted = wanted_count(candidate.text)
    claims = _combine_answer_lines(claims, len(candidate.answers), wanted)
    right = claims[0][1] if claims and not doubts else frozenset()
    if len({options for _, options in claims}) > 1:
        doubts.append(_disagreement(claims, offers))
        right = frozenset()
    elif right and wanted and len(right) != wanted:
        doubts.append(_WRONG_COUNT.format(wanted, _option_names(right, offers)))
        right = frozenset()
    if not claims and not doubts:
        doubts.append(candidate.key_doubt or _no_evidence(offers))
    return Evidence(
        offers=_without_marking_looks(offers),
        right=right,
        doubts=tuple(doubts),
        sure=bool(sayings) or bool(signs and signs != everybody) or lines,
        looks=any(options and options != everybody for _, options in looks),
        reason=joined(naming.reason for *_, naming in sayings if naming.reason),
        consumed=tuple(_without_reason(value, naming.reason) for _, value, naming in sayings),
    )


_WRONG_COUNT = (
    "The question asks trainees to select {}, but {} is marked as right: mark all that are right, "
    "or change the number."
)


_FEEDBACK_CONTRADICTS = (
    "The feedback of {0} says that it is {1}, but it is marked as {2}: change the mark or the "
    "feedback."
)


def _judgement(each: Choice) -> str:
    """``right`` or ``wrong`` if the feedback of an option begins with a word for it, such as
    “Correct”; else empty."""
    return judgement(plain(each.feedback[0].value)) if each.feedback else ""


def _indexes_of(judged: Sequence[str], word: str) -> frozenset[int]:
    return frozenset(at for at, one in enumerate(judged) if one == word)


def _contradiction(judged: Sequence[str], right: frozenset[int], offers: Sequence[Offer]) -> str:
    """A doubt if the feedback of an option says the opposite of how it is marked; else empty.
    ``judged`` is what the feedback of each option says, and ``right`` are the indexes of the
    options marked as right."""
    for at in sorted(_indexes_of(judged, "right") - right | _indexes_of(judged, "wrong") & right):
        other = "wrong" if judged[at] == "right" else "right"
        return _FEEDBACK_CONTRADICTS.format(
            _option_names(frozenset({at}), offers), judged[at], other
        )
    return ""


def _combine_answer_lines(
    claims: list[tuple[str, frozenset[int]]], lines: int, wanted: int
) -> list[tuple[str, frozenset[int]]]:
    """Combine answer lines that name one right option each into one claim, if there are as many as
    the question asks for. A claim is its source and the indexes of the options that the source says
    are right. ``lines`` is the number of answer lines, and ``wanted`` the number of options to
    select."""
    named = frozenset[int]().union(*(options for _, options in claims))
    single = all(len(options) == 1 for _, options in claims)
    if wanted > 1 and single and len(claims) == lines == len(named) == wanted:
        return [("the answer lines", named)]
    return claims


def _without_marking_looks(offers: tuple[Offer, ...]) -> tuple[Offer, ...]:
    """The options without formatting that only some of them have, since this formatting marks the
    right options."""
    everywhere = frozenset.intersection(*(offer.looks for offer in offers))
    return tuple(
        replace(offer, inlines=without_marks(offer.inlines, offer.looks - everywhere))
        for offer in offers
    )


def _without_reason(value: Inlines, because: Inlines) -> str:
    """The words of an answer without the reason at its end (``because``)."""
    words = plain(value).strip()
    return words[: len(words) - len(plain(because))].strip() if because else words


def _resolve(value: Inlines, offers: Sequence[Offer]) -> NamedOptions:
    texts = [offer.text for offer in offers]
    truths = [truth_value(text, letters=True) for text in texts]
    answer = truth_value(plain(value), letters=True)
    if sorted(truths) == ["false", "true"] and answer:
        return NamedOptions(frozenset({truths.index(answer)}))
    return resolve_options(value, [offer.name for offer in offers], texts)


def _option_names(options: frozenset[int], offers: Sequence[Offer]) -> str:
    names = [offers[at].name or f"“{offers[at].text}”" for at in sorted(options)]
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def _disagreement(claims: Sequence[tuple[str, frozenset[int]]], offers: Sequence[Offer]) -> str:
    sources_by_options: dict[frozenset[int], list[str]] = {}
    for source, options in claims:
        sources_by_options.setdefault(options, []).append(source)
    readings = [
        f"{_option_names(options, offers)} by {' and '.join(sources)}"
        for options, sources in sources_by_options.items()
    ]
    return f"The right answer is {', but '.join(readings)}: only one of these can be right."


def _no_evidence(offers: Sequence[Offer]) -> str:
    for mark, look in LOOKS.items():
        if all(mark in offer.looks for offer in offers):
            return (
                f"All options are {look}: either all of them are right, or the formatting means "
                "nothing and none is marked."
            )
    if all(offer.marked for offer in offers):
        return "All options are marked as right: either all of them are, or the marks mean nothing."
    return (
        "No option is marked as right: either the mark is missing, or this is a list and not a "
        "question."
    )


_LETTERED = ("letter", "roman", "number")


def choice(candidate: Candidate) -> Draft | None:
    """The choice that a candidate, a passage that may be a question, would become; a true-false if
    its options are the words for true and false. The right answer may be unknown. ``None`` if the
    candidate is neither."""
    if len(candidate.choices) < 2:
        return None
    evidence = _evidence_of(candidate)
    likely = _likelihood(candidate, evidence)
    if not likely:
        return None
    sure = likely == "sure"
    truths = [truth_value(offer.text, letters=True) for offer in evidence.offers]
    if sorted(truths) == ["false", "true"]:
        return _true_false_draft(candidate, evidence, truths, sure=sure)
    feedback = {"explanation": evidence.reason} if evidence.reason else {}
    several = candidate.declared_kind == "choices" or asks_for_all(candidate.text)
    return Draft(
        kind="choice",
        sure=sure,
        options=[
            _option(offer, each, right=at in evidence.right)
            for at, (offer, each) in enumerate(zip(evidence.offers, candidate.choices, strict=True))
        ],
        several=several or wanted_count(candidate.text) > 1,
        doubts=evidence.doubts,
        consumed=_consumed_words(candidate, evidence),
        feedback=feedback,
    )


def _likelihood(candidate: Candidate, evidence: Evidence) -> str:
    """How likely it is that a candidate is a question: `sure`, `maybe` (only in a section with
    questions), or empty. ``evidence`` is what the candidate says about its right options. Letters
    and a formatted line are not enough, since a list of steps with one step in bold looks the
    same."""
    asking, labelled = candidate.is_asking, candidate.is_labelled
    lettered = candidate.style in _LETTERED
    has_evidence = evidence.sure and (asking or labelled or lettered)
    if has_evidence and (lettered or asking or labelled):
        return "sure"
    if candidate.pictured and evidence.sure and (asking or not candidate.heading):
        return "sure"
    if candidate.unlabelled and labelled and not candidate.faq:
        return "sure"
    if candidate.heading:
        return "maybe" if evidence.looks and asking and not candidate.faq else ""
    if candidate.declared_kind in ("choice", "choices"):
        return "sure"
    if evidence.looks and asking and (lettered or labelled or candidate.quiz):
        return "sure"
    if evidence.looks and candidate.quiz and labelled and lettered:
        return "sure"
    if lettered and asking and (labelled or CHOOSE.search(candidate.text)):
        return "sure"
    if candidate.style == "box" and CHOOSE.search(candidate.text) and labelled:
        return "sure"
    if _is_true_false(evidence) and (labelled or candidate.truths or candidate.quiz):
        return "sure"
    return "maybe" if lettered and (asking or (labelled and evidence.looks)) else ""


def _is_true_false(evidence: Evidence) -> bool:
    truths = [truth_value(offer.text, letters=True) for offer in evidence.offers]
    return sorted(truths) == ["false", "true"]


def _option(offer: Offer, each: Choice, *, right: bool) -> Option:
    feedback = joined(steer.value for steer in each.feedback)
    return Option(offer.label, offer.inlines, right, feedback)


def _consumed_words(candidate: Candidate, evidence: Evidence) -> list[str]:
    out = [words for offer in evidence.offers for words in offer.cuts]
    out += [steer.cut for each in candidate.choices for steer in each.feedback]
    return [*out, *evidence.consumed]


def _true_false_draft(
    candidate: Candidate, evidence: Evidence, truths: list[str], *, sure: bool
) -> Draft | None:
    """The true-false that a candidate would become. The feedback of its two options becomes the
    feedback for right and for wrong answers. If there is such feedback and the right answer is
    unknown, the candidate becomes a choice. ``truths`` has ``true`` or ``false`` for each option,
    and ``sure`` is true if the candidate certainly is a question."""
    answer = truths[min(evidence.right)] if len(evidence.right) == 1 else ""
    feedback_texts: dict[str, Inlines] = {"explanation": evidence.reason} if evidence.reason else {}
    for at, each in enumerate(candidate.choices):
        value = joined(steer.value for steer in each.feedback)
        if value and answer:
            feedback_texts["right" if at in evidence.right else "wrong"] = value
        elif value:
            return _unanswered_choice(candidate, evidence, sure=sure)
    return Draft(
        kind="true-false",
        sure=sure,
        answers=[answer] if answer else [],
        doubts=evidence.doubts,
        consumed=[
            *_consumed_words(candidate, evidence),
            *(plain(o.inlines) for o in evidence.offers),
        ],
        feedback=feedback_texts,
    )


def _unanswered_choice(candidate: Candidate, evidence: Evidence, *, sure: bool) -> Draft:
    pairs = zip(evidence.offers, candidate.choices, strict=True)
    return Draft(
        kind="choice",
        sure=sure,
        options=[_option(offer, each, right=False) for offer, each in pairs],
        doubts=evidence.doubts,
        consumed=_consumed_words(candidate, evidence),
        feedback={"explanation": evidence.reason} if evidence.reason else {},
    )
