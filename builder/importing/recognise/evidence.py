"""Collects the evidence for the right options: signs, formatting, answer lines, answer keys.
Conflicting evidence becomes a doubt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from builder.base.immutable import immutable
from builder.importing.document.form import Mark
from builder.importing.recognise.answers import Named, named
from builder.importing.recognise.candidates import Candidate, Choice
from builder.importing.recognise.inlines import Inlines, cut, joined, plain, trimmed, wears, without
from builder.importing.recognise.labels import STAR, Label, typed
from builder.importing.recognise.steering import truth, wanted_count, wants_all
from builder.importing.recognise.words import EVERY, one_of

LOOKS: dict[Mark, str] = {
    "strong": "bold",
    "underline": "underlined",
    "highlight": "highlighted",
    "colour": "in another colour",
}
_LOOK_SAYS: dict[Mark, str] = {
    "strong": "the bold letters",
    "underline": "the underlining",
    "highlight": "the highlighting",
    "colour": "the colour",
}
_FRONT = re.compile(rf"{STAR}\s*(?=\S)")
_BACK = re.compile(
    rf"\s*(?:{STAR}|[(\[]\s*{one_of(EVERY.correct)}\s*[!.]?\s*[)\]])\s*$", re.IGNORECASE
)


_JUDGES = re.compile(
    rf"\s*(?:(?P<wrong>{one_of(EVERY.judged_wrong)})|(?P<right>{one_of(EVERY.judged_right)}))"
    r"\s*(?:[.!,;:–—-]|$)",
    re.IGNORECASE,
)


@immutable
class Offer:
    """An option without its marks. `name` is its name in an answer."""

    name: str
    label: str
    inlines: Inlines
    signed: bool
    cuts: tuple[str, ...]
    looks: frozenset[Mark]

    @property
    def text(self) -> str:
        return " ".join(plain(self.inlines).split())


@immutable
class Evidence:
    """The evidence for a candidate's options. `right` is only set if all evidence agrees. `sure`:
    there is a sign, an answer or a key. `looks`: some options have different formatting. `because`
    is the reason that an answer adds; `spent` is the rest of the answer's words."""

    offers: tuple[Offer, ...]
    right: frozenset[int]
    doubts: tuple[str, ...]
    sure: bool
    looks: bool
    because: Inlines
    spent: tuple[str, ...]


def offers_of(candidate: Candidate) -> tuple[Offer, ...]:
    """The options of a candidate, without signs for “right”."""
    offers = [_offer(choice, at, candidate.style) for at, choice in enumerate(candidate.choices)]
    labels = [typed(plain(offer.inlines)) for offer in offers]
    letters = [label.ordinal("letter") if label else 0 for label in labels]
    if letters != list(range(1, len(offers) + 1)):
        return tuple(offers)
    pairs = zip(offers, filter(None, labels), strict=True)
    return tuple(_unlettered(offer, label) for offer, label in pairs)


def _unlettered(offer: Offer, label: Label) -> Offer:
    """Remove a letter that was typed after an option's box, bullet or number."""
    return replace(
        offer,
        name=label.name,
        inlines=trimmed(cut(offer.inlines, label.width)),
        signed=offer.signed or label.starred,
        cuts=(*offer.cuts, label.shown),
    )


def _offer(choice: Choice, at: int, style: str) -> Offer:
    line = choice.line
    label = line.label
    inlines, cuts = line.inlines, [line.cut] if line.cut else []
    signed = bool(label and label.starred)
    text = plain(inlines)
    if found := _FRONT.match(text):
        cuts.append(found[0].strip())
        inlines, signed = trimmed(cut(inlines, found.end())), True
        text = plain(inlines)
    tail = max(len(text) - 40, 0)
    if (found := _BACK.search(text, tail)) and found.start() > 0:
        cuts.append(found[0].strip())
        inlines, signed = trimmed(cut(inlines, 0, found.start())), True
    whole = joined(part for part in (inlines, *choice.more) if part)
    looks = frozenset(mark for mark in LOOKS if wears(inlines or whole, mark))
    name = label.name if label and label.name else chr(ord("a") + at) if at < 26 else ""
    shown = label.shown if label else ""
    return Offer(name, shown, whole, signed, tuple(cuts), looks)


def evidence_of(candidate: Candidate) -> Evidence:
    """Collect all evidence for the right options, and the doubts that it leaves."""
    offers = offers_of(candidate)
    signs = frozenset(at for at, offer in enumerate(offers) if offer.signed)
    looks = [
        (says, frozenset(at for at, offer in enumerate(offers) if mark in offer.looks))
        for mark, says in _LOOK_SAYS.items()
    ]
    everybody = frozenset(range(len(offers)))
    claims = [("the sign beside it", signs), *looks]
    claims = [claim for claim in claims if claim[1] and claim[1] != everybody]
    if signs == everybody and wants_all(candidate.text):
        claims.append(("the sign beside it", signs))
    sayings = [(source, value, _named(value, offers)) for source, value in candidate.sayings]
    doubts = [naming.unclear for *_, naming in sayings if naming.unclear]
    claims += [(source, naming.options) for source, _, naming in sayings if not naming.unclear]
    judged = [_judged(each) for each in candidate.choices]
    if all(judged) and "right" in judged:
        claims.append(("the feedback", _where(judged, "right")))
    elif claims and (clash := _clash(judged, claims[0][1], offers)):
        doubts.append(clash)
    wanted = wanted_count(candidate.text)
    claims = _together(claims, len(candidate.answers), wanted)
    right = claims[0][1] if claims and not doubts else frozenset()
    if len({options for _, options in claims}) > 1:
        doubts.append(_disagree(claims, offers))
        right = frozenset()
    elif right and wanted and len(right) != wanted:
        doubts.append(_COUNTED.format(wanted, _names(right, offers)))
        right = frozenset()
    if not claims and not doubts:
        doubts.append(candidate.unkeyed or _silence(offers))
    return Evidence(
        offers=_plainly(offers),
        right=right,
        doubts=tuple(doubts),
        sure=bool(sayings) or bool(signs and signs != everybody),
        looks=any(options and options != everybody for _, options in looks),
        because=joined(naming.because for *_, naming in sayings if naming.because),
        spent=tuple(_spent(value, naming.because) for _, value, naming in sayings),
    )


_COUNTED = (
    "The question tells trainees to select {}, but {} is marked as right: mark all that are right, "
    "or change the number."
)


_CLASH = (
    "The feedback of {0} says that it is {1}, but it is marked as {2}: change the mark or the "
    "feedback."
)


def _judged(each: Choice) -> str:
    """``right`` or ``wrong`` if the feedback of an option begins with such a word; else empty."""
    found = _JUDGES.match(plain(each.feedback[0].value)) if each.feedback else None
    if found is None:
        return ""
    return "right" if found["right"] else "wrong"


def _where(judged: Sequence[str], word: str) -> frozenset[int]:
    return frozenset(at for at, one in enumerate(judged) if one == word)


def _clash(judged: Sequence[str], right: frozenset[int], offers: Sequence[Offer]) -> str:
    """A doubt if the feedback of an option contradicts its mark; else empty."""
    for at in sorted(_where(judged, "right") - right | _where(judged, "wrong") & right):
        other = "wrong" if judged[at] == "right" else "right"
        return _CLASH.format(_names(frozenset({at}), offers), judged[at], other)
    return ""


def _together(
    claims: list[tuple[str, frozenset[int]]], lines: int, wanted: int
) -> list[tuple[str, frozenset[int]]]:
    """Combine answer lines with one option each, if there are as many as the question asks for."""
    named = frozenset[int]().union(*(options for _, options in claims))
    single = all(len(options) == 1 for _, options in claims)
    if wanted > 1 and single and len(claims) == lines == len(named) == wanted:
        return [("the answer lines", named)]
    return claims


def _plainly(offers: tuple[Offer, ...]) -> tuple[Offer, ...]:
    """Remove the formatting that marks the right options."""
    everywhere = frozenset.intersection(*(offer.looks for offer in offers))
    return tuple(
        replace(offer, inlines=without(offer.inlines, offer.looks - everywhere)) for offer in offers
    )


def _spent(value: Inlines, because: Inlines) -> str:
    """The words of an answer without the reason at its end."""
    words = plain(value).strip()
    return words[: len(words) - len(plain(because))].strip() if because else words


def _named(value: Inlines, offers: Sequence[Offer]) -> Named:
    texts = [offer.text for offer in offers]
    truths = [truth(text, letters=True) for text in texts]
    said = truth(plain(value), letters=True)
    if sorted(truths) == ["false", "true"] and said:
        return Named(frozenset({truths.index(said)}))
    return named(value, [offer.name for offer in offers], texts)


def _names(options: frozenset[int], offers: Sequence[Offer]) -> str:
    names = [offers[at].name or f"“{offers[at].text}”" for at in sorted(options)]
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def _disagree(claims: Sequence[tuple[str, frozenset[int]]], offers: Sequence[Offer]) -> str:
    said: dict[frozenset[int], list[str]] = {}
    for source, options in claims:
        said.setdefault(options, []).append(source)
    readings = [
        f"{_names(options, offers)} by {' and '.join(sources)}" for options, sources in said.items()
    ]
    return f"The right answer is {', but '.join(readings)}: one of them holds."


def _silence(offers: Sequence[Offer]) -> str:
    for mark, look in LOOKS.items():
        if all(mark in offer.looks for offer in offers):
            return (
                f"All options are {look}: either all of them are right, or that is only how they "
                "look and none is marked."
            )
    if all(offer.signed for offer in offers):
        return "All options are marked as right: either all of them are, or the marks mean nothing."
    return (
        "No option is marked as the right one: either the mark is missing, or this is a list and "
        "no question."
    )
