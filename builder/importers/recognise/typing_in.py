"""Questions without options: true or false, a gap, a word or a number to type, an open one."""

from __future__ import annotations

import re
from dataclasses import replace

from builder.importers.form import Paragraph, Text
from builder.importers.recognise.answers import alternatives, number
from builder.importers.recognise.candidates import Candidate
from builder.importers.recognise.inlines import OBJECT, Inlines, cut, plain, trimmed, wears
from builder.importers.recognise.making import Draft, said_words
from builder.importers.recognise.steering import BLANK, FILL, TRUE_OR_FALSE, truth
from builder.importers.recognise.words import EVERY, one_of, said

_WORDS, _CHARACTERS = 8, 60
"""What trainees can be asked to type letter by letter."""
_EITHER = re.compile(
    rf"\s*[(\[]?\s*(?P<true>{one_of(EVERY.true)})\s*(?:/|\||\s)\s*(?P<false>{one_of(EVERY.false)})"
    r"\s*[)\]]?\s*$",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\[(?P<answer>[^\[\]]{1,60})\]")
_OR = re.compile(r"\s(?:or|ou|neu|أو)\s", re.IGNORECASE)
_RULE = re.compile(r"[\s_.…]*")
_STATEMENT = 2
"""Words that a statement has at least."""


def either(candidate: Candidate) -> Draft | None:
    """True or false, without options in lines of their own."""
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
    """“True / False” at the end of a prompt: what stands before it, and which one looks right."""

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
    """Whether there is more than the words “true or false”."""
    rest = TRUE_OR_FALSE.sub(" ", candidate.text)
    return len(re.findall(r"\w+", rest)) >= _STATEMENT


def _led(candidate: Candidate) -> bool:
    """Whether a prompt begins with “True or false:”."""
    text = candidate.prompt[0].text
    found = TRUE_OR_FALSE.match(text)
    return bool(found and re.match(r"\s*[:?؟]\s*\w", text[found.end() :]))


def typed_in(candidate: Candidate) -> Draft | None:
    """A word, a number or a text in one's own words."""
    if candidate.choices:
        return None
    values = [value for _, value in candidate.sayings]
    among = candidate.labelled or candidate.quiz
    if candidate.heading and not (candidate.quiz or _asked(candidate)):
        return None
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
    firm = bool(candidate.number) or candidate.quiz
    sure = firm or not (casual or candidate.heading)
    if len(text) > _CHARACTERS or len(text.split()) > _WORDS or OBJECT in text:
        return _model(candidate, values, sure=sure) if among else None
    return _short(candidate, values, sure=sure)


def _asked(candidate: Candidate) -> bool:
    label = candidate.prompt[0].label
    return label is not None and label.style == "asked"


def _unanswered(candidate: Candidate) -> Draft | None:
    text = candidate.text
    lines = [steer for steer in candidate.answers if _RULE.fullmatch(steer.text)]
    if lines and candidate.asking:
        return _open(candidate)
    wanted = candidate.gaps or candidate.quiz or bool(FILL.search(text))
    gap = BLANK.search(text)
    if gap and wanted and text[gap.end() :].strip(" .") == "" and "?" in text[: gap.start()]:
        return _open(candidate)
    if gap and wanted:
        doubt = "No word is given for the gap: either it is missing, or this is a form to fill in."
        doubts = [candidate.unkeyed or doubt]
        return Draft("fill-in", candidate.labelled, doubts=doubts)
    told = candidate.labelled or candidate.gaps or FILL.search(text)
    return _bracketed(candidate) if wanted and told else None


def _open(candidate: Candidate) -> Draft:
    doubt = (
        "There is a line to write on and no answer: either trainees write in their own words and "
        "nobody marks it, or a right answer is missing."
    )
    doubts = [doubt, *([candidate.unkeyed] if candidate.unkeyed else [])]
    return Draft("reflection", candidate.labelled, doubts=doubts, spent=_rules(candidate))


def _rules(candidate: Candidate) -> list[str]:
    return said_words(candidate) + [s.text for s in candidate.answers if not s.text]


def _bracketed(candidate: Candidate) -> Draft | None:
    """“The capital of Wales is [Cardiff].”"""
    blocks = candidate.prompt_blocks()
    last = blocks[-1] if blocks else None
    if not isinstance(last, Paragraph):
        return None
    found = list(_BRACKET.finditer(plain(last.inlines)))
    if len(found) != 1 or OBJECT in found[0]["answer"]:
        return None
    start, end = found[0].span()
    rest = (*cut(last.inlines, 0, start), Text("____"), *cut(last.inlines, end))
    prompt = (*blocks[:-1], replace(last, inlines=rest))
    answer = found[0]["answer"].strip()
    return Draft("fill-in", candidate.labelled, prompt=prompt, answers=alternatives(answer))


def _model(candidate: Candidate, values: list[Inlines], *, sure: bool) -> Draft:
    """A long answer: nobody types it as it stands."""
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
    """Whether true or false is asked for, and the answer is one of these and more."""
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
    elif len(BLANK.findall(candidate.text)) > 1:
        doubts.append(
            f"There are several gaps and the answer “{words[0]}”: either it is a question for each "
            "gap, or one whose answer is all of it."
        )
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
    if doubts:
        return Draft("fill-in", sure, doubts=doubts, spent=words)
    if figure := number(words[0], candidate.language):
        return Draft("numeric", sure, answers=[figure], spent=words)
    return Draft("fill-in", sure, answers=alternatives(words[0]), spent=words[1:])
