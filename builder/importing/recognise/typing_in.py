"""Recognises questions without options: true or false, gaps to fill in, a word or number to type,
and open questions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from builder.importing.document.form import Block, Inline, Paragraph, Text
from builder.importing.recognise.answers import alternatives, parse_number
from builder.importing.recognise.candidates import Candidate, Draft, answer_texts
from builder.importing.recognise.inlines import OBJECT, Inlines, cut, has_mark, plain, trimmed
from builder.importing.recognise.steering import (
    BLANK,
    FILL,
    TRUE_OR_FALSE,
    asks_in_words,
    truth_value,
)
from builder.importing.recognise.words import EVERY, normalised, one_of

_WORDS, _GAP_WORDS, _CHARACTERS = 4, 7, 60
"""Limits for an answer that trainees type exactly: the number of words for a question, that for a
gap, and the number of characters for both."""
_MIN_SENTENCE = 3
"""An answer with at least this number of words that ends with a full stop is a sentence."""
_TRUE_OR_FALSE_END = re.compile(
    rf"\s*[(\[]?\s*(?P<true>{one_of(EVERY.true)})\s*(?:/|\||\s)\s*(?P<false>{one_of(EVERY.false)})"
    r"\s*[)\]]?\s*$",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\[(?P<answer>[^\[\]*_]{1,120})\]")
_NOT_AN_ANSWER = re.compile(r"\s*(?:see|cf|sic|e\.g|i\.e|voir|gweler)(?!\w)|\W*$", re.IGNORECASE)
"""Text in square brackets that is not the answer for a gap."""
_FULL_STOP = re.compile(r"(?<=[^\W\d_]{3})\.$")
"""The full stop of a sentence. The full stop at the end of “p.m.” belongs to the answer."""
_COMMA = re.compile(r"\s*,\s+")
_PARTS = re.compile(r"\s*;\s*")
_OR = re.compile(r"\s(?:or|ou|neu|أو)\s", re.IGNORECASE)
_RULED_LINE = re.compile(r"[\s_.…]*")
_MIN_STATEMENT = 2
"""Minimum number of words of a statement that is true or false."""


def true_false(candidate: Candidate) -> Draft | None:
    """The true-false that a candidate, a passage that may be a question, would become if its
    options are not in lines of their own; ``None`` if it is something else."""
    if candidate.choices:
        return None
    tail = _find_tail(candidate)
    expected = bool(TRUE_OR_FALSE.search(candidate.text)) or candidate.truths or tail is not None
    claims = [
        (source, truth_value(plain(v), letters=expected)) for source, v in candidate.answer_sources
    ]
    if tail is not None and tail.right:
        claims.append(("the look of the word", tail.right))
    if not expected and not (claims and (candidate.is_labelled or candidate.quiz)):
        return None
    if any(not word for _, word in claims) or not _has_statement(candidate):
        return None
    if not claims and not (candidate.is_labelled or _starts_with_true_false(candidate)):
        return None
    words = {word for _, word in claims}
    doubts = [candidate.key_doubt] if candidate.key_doubt and not claims else []
    if not claims:
        doubts.append(
            "Nothing says whether this is true or false: either the answer is missing, or this is "
            "not a question."
        )
    elif len(words) > 1:
        readings = ", but ".join(f"{word} by {source}" for source, word in claims)
        doubts.append(f"The right answer is {readings}: only one of these can be right.")
    consumed = answer_texts(candidate)
    prompt = None
    if tail is not None:
        prompt = (*candidate.prompt_blocks()[:-1], tail.paragraph)
        consumed.append(tail.cut)
    return Draft(
        kind="true-false",
        sure=candidate.is_labelled or candidate.quiz or expected,
        prompt=prompt,
        answers=list(words) if len(words) == 1 else [],
        doubts=doubts,
        consumed=consumed,
    )


class _TrueFalseTail:
    """The words “True / False” at the end of a prompt: the last paragraph without them, the words
    as written (`cut`), and which of them is marked as right by its formatting (`right`, empty if
    neither is)."""

    def __init__(self, paragraph: Paragraph, found: re.Match[str]) -> None:
        whole = paragraph.inlines
        self.paragraph = replace(paragraph, inlines=trimmed(cut(whole, 0, found.start())))
        self.cut = found[0].strip()
        is_highlighted = {
            word: any(
                has_mark(cut(whole, *found.span(word)), mark)
                for mark in ("strong", "underline", "highlight", "colour")
            )
            for word in ("true", "false")
        }
        both = is_highlighted["true"] == is_highlighted["false"]
        self.right = "" if both else "true" if is_highlighted["true"] else "false"


def _find_tail(candidate: Candidate) -> _TrueFalseTail | None:
    blocks = candidate.prompt_blocks()
    if not blocks or not isinstance(blocks[-1], Paragraph):
        return None
    text = plain(blocks[-1].inlines)
    start = max(len(text) - 40, 0)
    found = _TRUE_OR_FALSE_END.search(text, start)
    if not found or not text[: found.start()].strip() or found.start("true") == 0:
        return None
    return (
        _TrueFalseTail(blocks[-1], found) if not text[found.start("true") - 1].isalnum() else None
    )


def _has_statement(candidate: Candidate) -> bool:
    """Whether the prompt has a statement in addition to the words “true or false”."""
    rest = TRUE_OR_FALSE.sub(" ", candidate.text)
    return len(re.findall(r"\w+", rest)) >= _MIN_STATEMENT


def _starts_with_true_false(candidate: Candidate) -> bool:
    """Whether a prompt begins with “True or false:”."""
    text = candidate.prompt[0].text
    found = TRUE_OR_FALSE.match(text)
    return bool(found and re.match(r"\s*[:?؟]\s*\w", text[found.end() :]))


def typed_in(candidate: Candidate) -> Draft | None:
    """The fill-in, numeric or reflection that a candidate, a passage that may be a question, would
    become; ``None`` if it is none of these."""
    if candidate.choices:
        return None
    values = [value for _, value in candidate.answer_sources]
    among = candidate.is_labelled or candidate.quiz
    if candidate.heading and not (candidate.quiz or _has_question_label(candidate)):
        return None
    if candidate.declared_kind == "reflection" and not values:
        return Draft("reflection", sure=True)
    if not values:
        return _without_answer(candidate) if among else None
    if not (among or candidate.is_asking):
        return None
    text = plain(values[0]).strip()
    if _RULED_LINE.fullmatch(text):
        return _written_answer(candidate) if among and candidate.is_asking else None
    if len(text) == 1 and text.isalpha():
        return None
    casual = any(steer.cut.casefold().startswith("a:") for steer in candidate.answers)
    if (candidate.faq or casual) and not candidate.quiz:
        # The answers to frequent questions are there to be read.
        return None
    sure = bool(candidate.number) or candidate.quiz or not candidate.heading
    if len(BLANK.findall(candidate.text)) > 1 and len(values) == 1:
        return _gaps_with_key(candidate, plain(values[0]).strip(), sure=sure)
    if candidate.model or candidate.declared_kind == "reflection" or _is_long(candidate, text):
        return _model_answer(candidate, values, sure=sure) if among else None
    return _short_answer(candidate, values, sure=sure)


def _is_long(candidate: Candidate, text: str) -> bool:
    """Whether an answer is too long for trainees to type it exactly."""
    if OBJECT in text or "\n" in text:
        return True
    count = len(text.split())
    if count >= _MIN_SENTENCE and text.endswith("."):
        return True
    most = _GAP_WORDS if BLANK.search(candidate.text) else _WORDS
    each = _alternatives(candidate, text)
    return any(len(one) > _CHARACTERS or len(one.split()) > most for one in each)


def _alternatives(candidate: Candidate, text: str) -> tuple[str, ...]:
    """The accepted answers in the text of an answer. Commas separate accepted answers only in a
    document for a converter of Word quizzes, or if the parts between them are variants of the same
    words."""
    found = alternatives(text)
    if candidate.for_converter or _are_variants(text):
        found = tuple(part for one in found for part in _COMMA.split(one) if part)
    return tuple(dict.fromkeys(_FULL_STOP.sub("", one) for one in found))


def _are_variants(text: str) -> bool:
    """Whether two of the parts between commas are variants of the same words: “US dollar, dollar”
    or “Thanksgiving, Thanksgiving day”, but not “Mexico City, Mexico”."""
    parts = [part.casefold() for part in _COMMA.split(text.strip()) if part]
    pairs = [(one, other) for at, one in enumerate(parts) for other in parts[at + 1 :]]
    return any(
        _without_spaces(one) == _without_spaces(other)
        or one.endswith(f" {other}")
        or other.startswith(f"{one} ")
        for one, other in pairs
    )


def _without_spaces(text: str) -> str:
    return "".join(text.split()).casefold()


def writes_variants(text: str) -> bool:
    """Whether a line has brackets with several variants of the answer for a gap, separated by
    commas. Commas then separate accepted answers in the whole document."""
    return any(_are_variants(found["answer"]) for found in _BRACKET.finditer(text))


def _has_question_label(candidate: Candidate) -> bool:
    label = candidate.prompt[0].label
    return label is not None and label.style == "asked"


def _without_answer(candidate: Candidate) -> Draft | None:
    text = candidate.text
    lines = [steer for steer in candidate.answers if _RULED_LINE.fullmatch(steer.text)]
    if lines and candidate.is_asking:
        return _written_answer(candidate)
    fill = candidate.gaps or candidate.declared_kind == "fill-in" or bool(FILL.search(text))
    wanted = fill or candidate.quiz
    gap = BLANK.search(text)
    if gap and wanted and text[gap.end() :].strip(" .") == "" and "?" in text[: gap.start()]:
        return _written_answer(candidate)
    if gap and wanted:
        doubt = "No word is given for the gap: either it is missing, or this is a form to fill in."
        doubts = [candidate.key_doubt or doubt]
        return Draft("fill-in", candidate.is_labelled, doubts=doubts)
    if wanted and (candidate.is_labelled or fill):
        return _gaps_in_brackets(candidate, sure=candidate.is_labelled)
    stated = candidate.number and not candidate.is_asking and not asks_in_words(text)
    return _gaps_in_brackets(candidate, sure=False) if stated else None


def _written_answer(candidate: Candidate) -> Draft:
    doubt = (
        "There is a line to write on but no answer: either trainees write in their own words and "
        "nobody marks it, or a right answer is missing."
    )
    doubts = [doubt, *([candidate.key_doubt] if candidate.key_doubt else [])]
    return Draft(
        "reflection", candidate.is_labelled, doubts=doubts, consumed=_ruled_lines(candidate)
    )


def _ruled_lines(candidate: Candidate) -> list[str]:
    return answer_texts(candidate) + [s.text for s in candidate.answers if not s.text]


def _gaps_in_brackets(candidate: Candidate, *, sure: bool) -> Draft | None:
    """A fill-in whose answers are in square brackets, such as “The capital of Wales is [Cardiff].”;
    ``None`` if the last paragraph has no such brackets. ``sure`` is true if the candidate certainly
    is a question."""
    blocks = candidate.prompt_blocks()
    last = blocks[-1] if blocks else None
    if not isinstance(last, Paragraph):
        return None
    text = plain(last.inlines)
    found = list(_BRACKET.finditer(text))
    if not found or any(
        OBJECT in one["answer"] or _NOT_AN_ANSWER.match(one["answer"]) for one in found
    ):
        return None
    if BLANK.search(text):
        return None
    prompt = (*blocks[:-1], _with_gaps(last, [one.span() for one in found]))
    return _fill_in(candidate, [one["answer"].strip() for one in found], prompt, sure=sure)


def _gaps_with_key(candidate: Candidate, value: str, *, sure: bool) -> Draft:
    """A fill-in with several gaps whose answers are all in one text, ``value``, such as “silk;
    glass”. ``sure`` is true if the candidate certainly is a question."""
    blocks = candidate.prompt_blocks()
    spans = [gap.span() for gap in BLANK.finditer(plain(_last_line(blocks)))]
    for cut_at in (_PARTS, _COMMA):
        parts = [part for part in cut_at.split(value) if part]
        if len(parts) == len(spans):
            prompt = (*blocks[:-1], _with_gaps(_last_paragraph(blocks), spans))
            return _fill_in(candidate, parts, prompt, sure=sure)
    doubt = (
        f"There are several gaps and the answer “{value}”: either each gap is a question of its "
        "own, or this is the answer for all of them together."
    )
    return Draft("fill-in", sure, doubts=[doubt], consumed=answer_texts(candidate))


def _last_paragraph(blocks: Sequence[Block]) -> Paragraph:
    last = blocks[-1]
    assert isinstance(last, Paragraph)
    return last


def _last_line(blocks: Sequence[Block]) -> Inlines:
    return blocks[-1].inlines if blocks and isinstance(blocks[-1], Paragraph) else ()


def _with_gaps(paragraph: Paragraph, spans: Sequence[tuple[int, int]]) -> Paragraph:
    """The paragraph with gaps instead of the text between these pairs of positions."""
    rest: list[Inline] = []
    at = 0
    for start, end in spans:
        rest += (*cut(paragraph.inlines, at, start), Text("____"))
        at = end
    return replace(paragraph, inlines=(*rest, *cut(paragraph.inlines, at)))


def _fill_in(
    candidate: Candidate, values: Sequence[str], prompt: tuple[Block, ...], *, sure: bool
) -> Draft:
    """A fill-in with one or more gaps in ``prompt``. ``values`` has the text of the answers for
    each gap. ``sure`` is true if the candidate certainly is a question."""
    each = [_alternatives(candidate, value) for value in values]
    doubts = [
        f"The answer is “{value}”: either each of the words between commas is right, or it is one "
        "answer with all these words."
        for value, accepted in zip(values, each, strict=True)
        if any(_COMMA.search(one) for one in accepted)
    ]
    if doubts:
        return Draft("fill-in", sure, prompt=prompt, doubts=doubts, consumed=values)
    if len(each) > 1:
        return Draft("fill-in", sure, prompt=prompt, gaps=each)
    return Draft("fill-in", sure, prompt=prompt, answers=each[0])


def _model_answer(candidate: Candidate, values: list[Inlines], *, sure: bool) -> Draft:
    """A reflection for a question whose answer is too long for trainees to type it exactly. The
    answer, of which ``values`` are the lines, becomes the explanation. ``sure`` is true if the
    candidate certainly is a question."""
    doubt = (
        "The answer is too long to be typed letter by letter: either trainees write in their own "
        "words and then read it, which is how it was imported, or a short answer is wanted."
    )
    return Draft(
        kind="reflection",
        sure=sure,
        doubts=[doubt],
        consumed=[plain(value) for value in values[1:]],
        feedback={"explanation": values[0]},
    )


def _is_true_false_with_reason(candidate: Candidate, answer: str) -> bool:
    """Whether a candidate asks for true or false, and the answer is one of these words with more
    text after it."""
    expected = _find_tail(candidate) is not None or TRUE_OR_FALSE.search(candidate.text)
    first, *more = re.findall(r"\w+", answer) or [""]
    return bool(expected and more and truth_value(first, letters=False))


def _short_answer(candidate: Candidate, values: list[Inlines], *, sure: bool) -> Draft:
    words = answer_texts(candidate)
    doubts = []
    if len({normalised(text) for text in words}) > 1:
        readings = ", but ".join(
            f"“{text}” by {source}"
            for (source, _), text in zip(candidate.answer_sources, words, strict=True)
        )
        doubts.append(f"The right answer is {readings}: only one of these can be right.")
    elif _is_true_false_with_reason(candidate, words[0]):
        doubts.append(
            f"The answer to a true or false question is “{words[0]}”: either its first word is the "
            "answer and the rest explains it, or trainees should type all of it."
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
        return Draft("fill-in", sure, doubts=doubts, consumed=words)
    prompt = _prompt_with_gap(candidate)
    if figure := parse_number(words[0], candidate.language):
        return Draft("numeric", sure, prompt=prompt, answers=[figure], consumed=words)
    answers = _alternatives(candidate, words[0])
    return Draft("fill-in", sure, prompt=prompt, answers=answers, consumed=words[1:])


def _prompt_with_gap(candidate: Candidate) -> tuple[Block, ...] | None:
    """The prompt with a gap as courses write it instead of each “[*]”; ``None`` if its last line
    has no “[*]”."""
    blocks = candidate.prompt_blocks()
    spans = [gap.span() for gap in BLANK.finditer(plain(_last_line(blocks))) if gap[0][0] == "["]
    return (*blocks[:-1], _with_gaps(_last_paragraph(blocks), spans)) if spans else None
