"""Recognises questions without options: true or false, gaps, a word or number to type, open
questions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from builder.importing.document.form import Block, Inline, Paragraph, Text
from builder.importing.recognise.answers import alternatives, number
from builder.importing.recognise.candidates import Candidate, Draft, said_words
from builder.importing.recognise.inlines import OBJECT, Inlines, cut, plain, trimmed, wears
from builder.importing.recognise.steering import BLANK, FILL, TRUE_OR_FALSE, asks_in_words, truth
from builder.importing.recognise.words import EVERY, one_of, said

_WORDS, _GAP_WORDS, _CHARACTERS = 4, 7, 60
"""Limits for an answer that trainees type letter by letter: words for a question, words for a gap,
characters."""
_SENTENCE = 3
"""Minimum number of words of a sentence: an answer of at least as many that ends with a full
stop."""
_EITHER = re.compile(
    rf"\s*[(\[]?\s*(?P<true>{one_of(EVERY.true)})\s*(?:/|\||\s)\s*(?P<false>{one_of(EVERY.false)})"
    r"\s*[)\]]?\s*$",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\[(?P<answer>[^\[\]*_]{1,120})\]")
_ASIDE = re.compile(r"\s*(?:see|cf|sic|e\.g|i\.e|voir|gweler)(?!\w)|\W*$", re.IGNORECASE)
"""Text in brackets that is not an answer."""
_STOPPED = re.compile(r"(?<=[^\W\d_]{3})\.$")
"""The full stop of a sentence; the one of “p.m.” belongs to the answer."""
_COMMA = re.compile(r"\s*,\s+")
_PARTS = re.compile(r"\s*;\s*")
_OR = re.compile(r"\s(?:or|ou|neu|أو)\s", re.IGNORECASE)
_RULE = re.compile(r"[\s_.…]*")
_STATEMENT = 2
"""Minimum number of words of a statement."""


def either(candidate: Candidate) -> Draft | None:
    """A true-false without options in lines of their own."""
    if candidate.choices:
        return None
    tail = _tail(candidate)
    expected = bool(TRUE_OR_FALSE.search(candidate.text)) or candidate.truths or tail is not None
    claims = [(source, truth(plain(v), letters=expected)) for source, v in candidate.sayings]
    if tail is not None and tail.right:
        claims.append(("the look of the word", tail.right))
    if not expected and not (claims and (candidate.labelled or candidate.quiz)):
        return None
    if any(not word for _, word in claims) or not _statement(candidate):
        return None
    if not claims and not (candidate.labelled or _led(candidate)):
        return None
    words = {word for _, word in claims}
    doubts = [candidate.unkeyed] if candidate.unkeyed and not claims else []
    if not claims:
        doubts.append(
            "Nothing says whether this is true or false: either the answer is missing, or it is "
            "no question."
        )
    elif len(words) > 1:
        readings = ", but ".join(f"{word} by {source}" for source, word in claims)
        doubts.append(f"The right answer is {readings}: one of them holds.")
    spent = said_words(candidate)
    prompt = None
    if tail is not None:
        prompt = (*candidate.prompt_blocks()[:-1], tail.paragraph)
        spent.append(tail.cut)
    return Draft(
        kind="true-false",
        sure=candidate.labelled or candidate.quiz or expected,
        prompt=prompt,
        answers=list(words) if len(words) == 1 else [],
        doubts=doubts,
        spent=spent,
    )


class _Tail:
    """“True / False” at the end of a prompt: the prompt before it, and the word whose formatting
    marks it as right."""

    def __init__(self, paragraph: Paragraph, found: re.Match[str]) -> None:
        whole = paragraph.inlines
        self.paragraph = replace(paragraph, inlines=trimmed(cut(whole, 0, found.start())))
        self.cut = found[0].strip()
        wearing = {
            word: any(
                wears(cut(whole, *found.span(word)), mark)
                for mark in ("strong", "underline", "highlight", "colour")
            )
            for word in ("true", "false")
        }
        both = wearing["true"] == wearing["false"]
        self.right = "" if both else "true" if wearing["true"] else "false"


def _tail(candidate: Candidate) -> _Tail | None:
    blocks = candidate.prompt_blocks()
    if not blocks or not isinstance(blocks[-1], Paragraph):
        return None
    text = plain(blocks[-1].inlines)
    start = max(len(text) - 40, 0)
    found = _EITHER.search(text, start)
    if not found or not text[: found.start()].strip() or found.start("true") == 0:
        return None
    return _Tail(blocks[-1], found) if not text[found.start("true") - 1].isalnum() else None


def _statement(candidate: Candidate) -> bool:
    """Whether the prompt has more than the words “true or false”."""
    rest = TRUE_OR_FALSE.sub(" ", candidate.text)
    return len(re.findall(r"\w+", rest)) >= _STATEMENT


def _led(candidate: Candidate) -> bool:
    """Whether a prompt begins with “True or false:”."""
    text = candidate.prompt[0].text
    found = TRUE_OR_FALSE.match(text)
    return bool(found and re.match(r"\s*[:?؟]\s*\w", text[found.end() :]))


def typed_in(candidate: Candidate) -> Draft | None:
    """A fill-in, numeric or reflection."""
    if candidate.choices:
        return None
    values = [value for _, value in candidate.sayings]
    among = candidate.labelled or candidate.quiz
    if candidate.heading and not (candidate.quiz or _asked(candidate)):
        return None
    if candidate.declared == "reflection" and not values:
        return Draft("reflection", sure=True)
    if not values:
        return _unanswered(candidate) if among else None
    if not (among or candidate.asking):
        return None
    text = plain(values[0]).strip()
    if _RULE.fullmatch(text):
        return _open(candidate) if among and candidate.asking else None
    if len(text) == 1 and text.isalpha():
        return None
    casual = any(steer.cut.casefold().startswith("a:") for steer in candidate.answers)
    if (candidate.faq or casual) and not candidate.quiz:
        # The answers to frequent questions are there to be read.
        return None
    sure = bool(candidate.number) or candidate.quiz or not candidate.heading
    if len(BLANK.findall(candidate.text)) > 1 and len(values) == 1:
        return _gaps_with_key(candidate, plain(values[0]).strip(), sure=sure)
    if candidate.model or candidate.declared == "reflection" or _is_long(candidate, text):
        return _model(candidate, values, sure=sure) if among else None
    return _short(candidate, values, sure=sure)


def _is_long(candidate: Candidate, text: str) -> bool:
    """Whether an answer is too long to be typed letter by letter."""
    if OBJECT in text or "\n" in text:
        return True
    count = len(text.split())
    if count >= _SENTENCE and text.endswith("."):
        return True
    most = _GAP_WORDS if BLANK.search(candidate.text) else _WORDS
    each = _alternatives(candidate, text)
    return any(len(one) > _CHARACTERS or len(one.split()) > most for one in each)


def _alternatives(candidate: Candidate, text: str) -> tuple[str, ...]:
    """Split an answer into accepted alternatives. Commas separate them only if the document is
    known to use them so."""
    found = alternatives(text)
    if candidate.typed_so or _alike(text):
        found = tuple(part for one in found for part in _COMMA.split(one) if part)
    return tuple(dict.fromkeys(_STOPPED.sub("", one) for one in found))


def _alike(text: str) -> bool:
    """Whether the parts between commas mean the same: “US dollar, dollar”, “Thanksgiving,
    Thanksgiving day”; not “Mexico City, Mexico”."""
    parts = [part.casefold() for part in _COMMA.split(text.strip()) if part]
    pairs = [(one, other) for at, one in enumerate(parts) for other in parts[at + 1 :]]
    return any(
        _squeezed(one) == _squeezed(other)
        or one.endswith(f" {other}")
        or other.startswith(f"{one} ")
        for one, other in pairs
    )


def _squeezed(text: str) -> str:
    return "".join(text.split()).casefold()


def writes_variants(text: str) -> bool:
    """Whether a line has a gap's answer in brackets in several variants. Then commas separate
    accepted answers in the whole document."""
    return any(_alike(found["answer"]) for found in _BRACKET.finditer(text))


def _asked(candidate: Candidate) -> bool:
    label = candidate.prompt[0].label
    return label is not None and label.style == "asked"


def _unanswered(candidate: Candidate) -> Draft | None:
    text = candidate.text
    lines = [steer for steer in candidate.answers if _RULE.fullmatch(steer.text)]
    if lines and candidate.asking:
        return _open(candidate)
    fill = candidate.gaps or candidate.declared == "fill-in" or bool(FILL.search(text))
    wanted = fill or candidate.quiz
    gap = BLANK.search(text)
    if gap and wanted and text[gap.end() :].strip(" .") == "" and "?" in text[: gap.start()]:
        return _open(candidate)
    if gap and wanted:
        doubt = "No word is given for the gap: either it is missing, or this is a form to fill in."
        doubts = [candidate.unkeyed or doubt]
        return Draft("fill-in", candidate.labelled, doubts=doubts)
    if wanted and (candidate.labelled or fill):
        return _bracketed(candidate, sure=candidate.labelled)
    stated = candidate.number and not candidate.asking and not asks_in_words(text)
    return _bracketed(candidate, sure=False) if stated else None


def _open(candidate: Candidate) -> Draft:
    doubt = (
        "There is a line to write on and no answer: either trainees write in their own words and "
        "nobody marks it, or a right answer is missing."
    )
    doubts = [doubt, *([candidate.unkeyed] if candidate.unkeyed else [])]
    return Draft("reflection", candidate.labelled, doubts=doubts, spent=_rules(candidate))


def _rules(candidate: Candidate) -> list[str]:
    return said_words(candidate) + [s.text for s in candidate.answers if not s.text]


def _bracketed(candidate: Candidate, *, sure: bool) -> Draft | None:
    """A fill-in such as “The capital of Wales is [Cardiff].”"""
    blocks = candidate.prompt_blocks()
    last = blocks[-1] if blocks else None
    if not isinstance(last, Paragraph):
        return None
    text = plain(last.inlines)
    found = list(_BRACKET.finditer(text))
    if not found or any(OBJECT in one["answer"] or _ASIDE.match(one["answer"]) for one in found):
        return None
    if BLANK.search(text):
        return None
    prompt = (*blocks[:-1], _gapped(last, [one.span() for one in found]))
    return _filled(candidate, [one["answer"].strip() for one in found], prompt, sure=sure)


def _gaps_with_key(candidate: Candidate, value: str, *, sure: bool) -> Draft:
    """A fill-in with several gaps, and one line with the answers for all: “silk; glass”."""
    blocks = candidate.prompt_blocks()
    spans = [gap.span() for gap in BLANK.finditer(plain(_line(blocks)))]
    for cut_at in (_PARTS, _COMMA):
        parts = [part for part in cut_at.split(value) if part]
        if len(parts) == len(spans):
            prompt = (*blocks[:-1], _gapped(_paragraph(blocks), spans))
            return _filled(candidate, parts, prompt, sure=sure)
    doubt = (
        f"There are several gaps and the answer “{value}”: either it is a question for each "
        "gap, or one whose answer is all of it."
    )
    return Draft("fill-in", sure, doubts=[doubt], spent=said_words(candidate))


def _paragraph(blocks: Sequence[Block]) -> Paragraph:
    last = blocks[-1]
    assert isinstance(last, Paragraph)
    return last


def _line(blocks: Sequence[Block]) -> Inlines:
    return blocks[-1].inlines if blocks and isinstance(blocks[-1], Paragraph) else ()


def _gapped(paragraph: Paragraph, spans: Sequence[tuple[int, int]]) -> Paragraph:
    """Replace parts of a paragraph by gaps."""
    rest: list[Inline] = []
    at = 0
    for start, end in spans:
        rest += (*cut(paragraph.inlines, at, start), Text("____"))
        at = end
    return replace(paragraph, inlines=(*rest, *cut(paragraph.inlines, at)))


def _filled(
    candidate: Candidate, values: Sequence[str], prompt: tuple[Block, ...], *, sure: bool
) -> Draft:
    """A fill-in with one or more gaps, and the answers for each."""
    each = [_alternatives(candidate, value) for value in values]
    doubts = [
        f"The answer is “{value}”: either each of the words between commas is right, or it is one "
        "answer with all these words."
        for value, accepted in zip(values, each, strict=True)
        if any(_COMMA.search(one) for one in accepted)
    ]
    if doubts:
        return Draft("fill-in", sure, prompt=prompt, doubts=doubts, spent=values)
    if len(each) > 1:
        return Draft("fill-in", sure, prompt=prompt, gaps=each)
    return Draft("fill-in", sure, prompt=prompt, answers=each[0])


def _model(candidate: Candidate, values: list[Inlines], *, sure: bool) -> Draft:
    """A reflection for an answer that is too long to be typed as it is."""
    doubt = (
        "The answer is too long to be typed letter by letter: either trainees write in their own "
        "words and then read it, which is how it came over, or a short answer is wanted."
    )
    return Draft(
        kind="reflection",
        sure=sure,
        doubts=[doubt],
        spent=[plain(value) for value in values[1:]],
        feedback={"explanation": values[0]},
    )


def _reasoned(candidate: Candidate, answer: str) -> bool:
    """Whether the question asks for true or false, and the answer is one of these with more
    text."""
    expected = _tail(candidate) is not None or TRUE_OR_FALSE.search(candidate.text)
    first, *more = re.findall(r"\w+", answer) or [""]
    return bool(expected and more and truth(first, letters=False))


def _short(candidate: Candidate, values: list[Inlines], *, sure: bool) -> Draft:
    words = said_words(candidate)
    doubts = []
    if len({said(text) for text in words}) > 1:
        readings = ", but ".join(
            f"“{text}” by {source}"
            for (source, _), text in zip(candidate.sayings, words, strict=True)
        )
        doubts.append(f"The right answer is {readings}: one of them holds.")
    elif _reasoned(candidate, words[0]):
        doubts.append(
            f"The answer is “{words[0]}” to what is true or false: either its first word is the "
            "answer and the others say why, or trainees are to type all of it."
        )
    elif _OR.search(words[0]):
        doubts.append(
            f"The answer is “{words[0]}”: either each of the two is right, or it is one answer "
            "with all these words."
        )
    elif any(_COMMA.search(one) for one in _alternatives(candidate, words[0])):
        doubts.append(
            f"The answer is “{words[0]}”: either each of the words between commas is right, or it "
            "is one answer with all these words."
        )
    if doubts:
        return Draft("fill-in", sure, doubts=doubts, spent=words)
    prompt = _starless(candidate)
    if figure := number(words[0], candidate.language):
        return Draft("numeric", sure, prompt=prompt, answers=[figure], spent=words)
    answers = _alternatives(candidate, words[0])
    return Draft("fill-in", sure, prompt=prompt, answers=answers, spent=words[1:])


def _starless(candidate: Candidate) -> tuple[Block, ...] | None:
    """The prompt with “[*]” replaced by a normal gap; ``None`` if it has none."""
    blocks = candidate.prompt_blocks()
    spans = [gap.span() for gap in BLANK.finditer(plain(_line(blocks))) if gap[0][0] == "["]
    return (*blocks[:-1], _gapped(_paragraph(blocks), spans)) if spans else None
