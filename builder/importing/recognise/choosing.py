"""Recognises questions with options: choice, and true or false."""

from __future__ import annotations

from builder.importing.document.form import Option
from builder.importing.recognise.candidates import Candidate, Choice, Draft
from builder.importing.recognise.evidence import Evidence, Offer, evidence_of
from builder.importing.recognise.inlines import Inlines, joined, plain
from builder.importing.recognise.steering import CHOOSE, asks_for_all, truth_value, wanted_count

_LETTERED = ("letter", "roman", "number")


def choice(candidate: Candidate) -> Draft | None:
    """A choice, or a true-false with its two words as options; the right answer may be unknown."""
    if len(candidate.choices) < 2:
        return None
    evidence = evidence_of(candidate)
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
    """`sure`, `maybe` (a question only among questions), or empty. Letters and one highlighted line
    are not enough: a list of steps with one step in bold looks the same."""
    asking, labelled = candidate.is_asking, candidate.is_labelled
    lettered = candidate.style in _LETTERED
    has_evidence = evidence.sure and (asking or labelled or lettered)
    if has_evidence and (lettered or asking or labelled):
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
    """A true-false. The feedback of its two options becomes that for right and wrong answers; if
    the right one is unknown, it stays a choice."""
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
