"""Parses steering lines, which tell the importer something about a question: “Answer: B”,
“Feedback: …”, “Hint: …”, “Points: 2”. Also parses such text in brackets in a prompt, and
recognises what a text asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from builder.base.immutable import immutable
from builder.importing.document.form import Image
from builder.importing.recognise.answers import option_letters
from builder.importing.recognise.inlines import Inlines, cut, plain, trimmed
from builder.importing.recognise.lines import Line
from builder.importing.recognise.words import EVERY, normalised, one_of, word_pattern

Kind = Literal[
    "answer",
    "right",
    "wrong",
    "partly",
    "explanation",
    "hint",
    "points",
    "kind",
    "title",
    "shuffle",
]


@immutable
class Steer:
    """A steering line, such as “Answer: B”: its kind, the text after the colon (`value`), and the
    text before it that is removed (`cut`)."""

    kind: Kind
    value: Inlines
    cut: str

    @property
    def text(self) -> str:
        return plain(self.value).strip()


_ANSWER_LETTER = re.compile(
    rf"\s*{one_of(EVERY.answer)}\s*\.?\s+(?=[A-Za-z](?:\s?[,&]\s?[A-Za-z])*\.?$)", re.IGNORECASE
)
"""An answer line without a colon: “Answer B”."""
_MAX_LETTERS = 40
"""Maximum number of characters of a text that may be a list of option letters."""
_SEVERAL = r"(?:\s*\(s\)|s)?"
_STOP = r"\s*(?:[:\uff1a=]|\s[-–—](?=\s))\s*"
_SIGN = r"(?:@|[→⇒➔➜►▶✓✔👉]\ufe0f?\s*)"
"""A sign that some people put before “Answer:”."""
_TICKED = "✅"
"""A ticked box, which some people put before “Answer:”."""


def _before_colon(words: Iterable[str], several: str = "") -> re.Pattern[str]:
    return re.compile(rf"\s*{_SIGN}?{one_of(words)}{several}{_STOP}", re.IGNORECASE)


_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("partly", _before_colon(EVERY.partly)),
    ("right", _before_colon(EVERY.right)),
    ("wrong", _before_colon(EVERY.wrong)),
    ("answer", _before_colon(EVERY.answer, _SEVERAL)),
    ("explanation", _before_colon(EVERY.explanation)),
    ("hint", _before_colon(EVERY.hint, r"\s*\d?")),
    ("points", _before_colon(EVERY.points)),
)
_PROPERTIES: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("kind", _before_colon(EVERY.kind)),
    ("title", _before_colon(EVERY.title)),
    ("shuffle", _before_colon(EVERY.shuffle)),
    ("points", _before_colon(EVERY.points)),
)
FEEDBACK_BUTTON = re.compile(
    r"[\s\ufffc]*(?P<words>(?:hide|view|show)\s+feedback)[\s\ufffc]*$", re.IGNORECASE
)
"""The button above feedback in the pages of some LMSs, which people paste into Word."""
_ANSWER_BUTTON = re.compile(r"\s*(?:view|show|see|hide)\s+answers?\W*$", re.IGNORECASE)
"""The button above an answer in the pages of quiz sites, which people paste into Word."""
_CODES = {
    "choice": "mc | multiple choice | tf | t/f | true/false | true or false",
    "choices": "ms | mr | ma | multi-select | multiple select | multiple answer | "
    "multiple answers | multiple response",
    "fill-in": "fib | fmb | f | fill in the blank | fill in the blanks | fill-in-the-blank | "
    "fill-in-blanks | fill in blanks | sa | short answer",
    "reflection": "e | wr | es | essay | written response | long answer",
    "matching": "mt | mat | match | matching",
    "sequencing": "ord | order | ordering | sequence | sequencing",
}
"""The names that converters of Word quizzes, such as Respondus and Qcon, have for each question
type. `choices` is a choice with several right options."""
_DECLARED = {code: kind for kind, codes in _CODES.items() for code in codes.split(" | ")}
_ANSWER_IS = re.compile(
    r"\s*(?:the\s+)?(?:correct|right)\s+answers?\s+(?:is|are)\s*:?\s*|"
    r"\s*la\s+(?:bonne\s+réponse|réponse\s+correcte)\s+est\s*:?\s*|"
    r"\s*yr\s+ateb\s+cywir\s+yw\s*:?\s*|\s*الإجابة\s+الصحيحة\s+هي\s*:?\s*",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"(?<![ \t])[ \t]*[(\[]\s*"
    rf"(?P<n>\d{{1,3}}(?:[.,]\d{{1,2}})?)\s*(?:{one_of(EVERY.points)}|pts?\.?)\s*[)\]]",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\s*(\d{1,3}(?:[.,]\d{1,2})?)\s*(?:\w+)?\s*")
_TRUTHS = EVERY.true + EVERY.false
_BRACKETED = re.compile(
    rf"\s*[(\[]\s*(?:{one_of(EVERY.answer)}{_STOP}(?P<answer>[^()\[\]]+)"
    rf"|(?P<truth>{one_of(_TRUTHS)}))\s*[)\]]\s*$",
    re.IGNORECASE,
)
_CHOICE = word_pattern(EVERY.true_or_false)


def steer_of(line: Line) -> Steer | None:
    """Parse a steering line below a prompt or an option, such as “Answer: B”; ``None`` for other
    lines."""
    label = line.label
    is_plain = label is None or label.style == "bullet" or label.text == _TICKED
    if line.block is not None or line.heading or not is_plain:
        return _answer_after_question(line)
    for kind, pattern in _KINDS:
        if found := pattern.match(line.text):
            return _steer(kind, line, found.end())
    if found := FEEDBACK_BUTTON.match(line.text):
        return Steer("explanation", (), found["words"])
    if _ANSWER_BUTTON.match(line.text):
        return Steer("answer", (), line.text.strip())
    if judged := _judged_response(line):
        return judged
    if found := _ANSWER_IS.match(line.text) or _ANSWER_LETTER.match(line.text):
        return _steer("answer", line, found.end())
    return None


_RESPONSE = re.compile(r"\s*_{2,}(?P<given>.*?)_{2,}\s*(?:\((?P<key>.*)\)\s*)?$")


def _judged_response(line: Line) -> Steer | None:
    """Parse what somebody typed into a gap, with a picture that says whether it was right, and the
    right answer in brackets if it was not; ``None`` for other lines."""
    inlines, said = without_judged_pictures(line.inlines)
    found = _RESPONSE.match(plain(inlines)) if said else None
    group = "given" if said == "right" else "key"
    if found is None or not found[group]:
        return None
    start, end = found.span(group)
    text = plain(inlines)
    return Steer("answer", trimmed(cut(inlines, start, end)), f"{text[:start]} {text[end:]}")


def property_of(line: Line) -> Steer | None:
    """Parse a steering line with the type, points or title of the question below it; ``None`` for
    other lines."""
    if line.block is not None or line.heading or line.label is not None:
        return None
    for kind, pattern in _PROPERTIES:
        if found := pattern.match(line.text):
            steer = _steer(kind, line, found.end())
            known = kind != "kind" or declared_kind(steer)
            return steer if steer.text and known else None
    return None


def declared_kind(steer: Steer) -> str:
    """The question type that a line such as “Type: MS” names; empty if it is unknown."""
    return _DECLARED.get(normalised(steer.text), "")


def _steer(kind: Kind, line: Line, end: int) -> Steer:
    value = trimmed(cut(line.inlines, end))
    text = plain(value).strip()
    if kind == "right" and len(text) <= _MAX_LETTERS and option_letters(text):
        kind = "answer"
    begin = f"{line.cut} {line.text[:end]}".strip()
    return Steer(kind, value, begin)


def _answer_after_question(line: Line) -> Steer | None:
    """Parse a line such as “A: because …” as the answer to “Q: …”; ``None`` for other lines. The
    caller has to check that no “B:” follows: if one does, the lines are options."""
    label = line.label
    if label and label.style == "letter" and label.name == "a" and line.cut.endswith(":"):
        return Steer("answer", line.inlines, line.cut)
    return None


def points_of(steer: Steer) -> str:
    """The number in a line such as “Points: 2”; empty if there is none."""
    found = _NUMBER.fullmatch(steer.text)
    return found[1].replace(",", ".") if found else ""


@immutable
class StrippedLine:
    """A line of a prompt after text in brackets was removed from it. `weight` is the number of
    points that the brackets gave, `answer` the answer (a word for true or false, or the text after
    “Answer:”), and `cut` are the other removed words."""

    inlines: Inlines
    weight: str = ""
    answer: Inlines = ()
    cut: tuple[str, ...] = ()


def strip_steering(inlines: Inlines) -> StrippedLine:
    """Remove “(2 points)” from anywhere in a line of a prompt, and “(Answer: B)” or “(True)” from
    its end."""
    weight, removed = "", []
    answer: Inlines = ()
    for _ in range(2):
        found = _POINTS.search(plain(inlines))
        if found and not weight:
            weight = found["n"].replace(",", ".")
            removed.append(found[0].strip())
            inlines = _remove_match(inlines, found)
        text = plain(inlines)
        found = _match_last_bracket(_BRACKETED, text)
        if found and not answer and not _CHOICE.search(found[0]):
            start, end = found.span("answer" if found["answer"] else "truth")
            answer = trimmed(cut(inlines, start, end))
            removed += [text[found.start() : start].strip(), text[end:].strip()]
            inlines = _remove_match(inlines, found)
    return StrippedLine(trimmed(inlines), weight, answer, tuple(removed))


def _match_last_bracket(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Match a pattern with the text from its last opening bracket to its end; ``None`` if the
    pattern does not match."""
    at = max(text.rfind("("), text.rfind("["))
    found = pattern.match(text, at) if at >= 0 else None
    return found if found and found.end() == len(text) else None


def _remove_match(inlines: Inlines, found: re.Match[str]) -> Inlines:
    return trimmed(cut(inlines, 0, found.start()) + cut(inlines, found.end()))


_JUDGEMENT = re.compile(
    rf"\s*(?:(?P<wrong>{one_of(EVERY.judged_wrong)})|(?P<right>{one_of(EVERY.judged_right)}))"
    r"\s*(?P<end>[.!,;:–—-]|$)",
    re.IGNORECASE,
)


def judgement(text: str) -> str:
    """``right`` or ``wrong`` if a text begins with a word for it, such as “Correct”; else empty."""
    found = _JUDGEMENT.match(text)
    if found is None:
        return ""
    return "right" if found["right"] else "wrong"


def is_judgement(text: str, *, alone: bool) -> bool:
    """Whether a line says that the option above it is right or wrong, such as “That's right!”.
    Without ``alone``, the reason may follow: “Not quite. Bees make it.”"""
    found = _JUDGEMENT.match(text)
    if found is None:
        return False
    return not text[found.end() :].strip(" .!") if alone else found["end"] in ("", ".", "!")


def judged_picture(image: Image) -> str:
    """``right`` or ``wrong`` if the alternative text of an image only says that an answer is;
    else empty."""
    text = normalised(image.alternative or "")
    return judgement(text) if text and len(text) <= _MAX_ALTERNATIVE else ""


_MAX_ALTERNATIVE = 24


def without_judged_pictures(inlines: Inlines) -> tuple[Inlines, str]:
    """A line without pictures that say that an answer is right or wrong, and what they say:
    ``right``, ``wrong``, or nothing."""
    found = {id(one): judged_picture(one) for one in inlines if isinstance(one, Image)}
    said = set(filter(None, found.values()))
    if not said:
        return inlines, ""
    kept = tuple(one for one in inlines if not found.get(id(one)))
    return trimmed(kept), said.pop() if len(said) == 1 else ""


_QUESTION_MARK = re.compile(r"[?؟]")
_WRITING_VERB = re.compile(rf"\s*{one_of(EVERY.write)}(?!\w)", re.IGNORECASE)
BLANK = re.compile(r"_{3,}|\.{6,}|…{3,}|\[[ _]{0,8}\*[ _]{0,8}\]")
"""A gap to fill in. Some converters of Word quizzes write a gap as `[*]`."""
CHOOSE = word_pattern(EVERY.choose)
TRUE_OR_FALSE = _CHOICE
MATCH = word_pattern(EVERY.match)
ORDER = word_pattern(EVERY.order)
FILL = word_pattern(EVERY.fill)
_QUIZ = word_pattern(EVERY.quiz)
_NO_QUIZ = word_pattern(EVERY.no_quiz)


def asks(text: str) -> bool:
    """Whether a text asks something, that is, has a question mark, a gap, or an instruction to
    choose."""
    return bool(_QUESTION_MARK.search(text) or BLANK.search(text) or CHOOSE.search(text))


def asks_in_words(text: str) -> bool:
    """Whether a text begins with a question word, or with an instruction to write something."""
    return _WRITING_VERB.match(text) is not None


_ARRANGE = re.compile(rf"\s*{one_of(EVERY.arrange)}(?!\w)", re.IGNORECASE)
_NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "two | dau | dwy | deux | 2 | اثنين | إجابتين | خيارين",
            "three | tri | tair | trois | 3 | ثلاثة | ثلاث",
            "four | pedwar | pedair | quatre | 4 | أربعة | أربع",
            "five | pump | cinq | 5 | خمسة | خمس",
        ),
        start=2,
    )
    for word in words.split(" | ")
}
_COUNT = re.compile(
    rf"(?<!\w){one_of(EVERY.count)}\s+(?:(?:the|any|exactly|les)\s+)?"
    rf"(?:(?:correct|right|best)\s+)?(?P<count>{one_of(_NUMBERS)})(?!\w)",
    re.IGNORECASE,
)
_ALL = re.compile(
    rf"(?<!\w)(?:{one_of(EVERY.count)})\s+(?:all|every|bob|toutes|tous)(?!\w)|"
    r"all\s+that\s+apply|plusieurs\s+réponses|كل\s+ما\s+ينطبق",
    re.IGNORECASE,
)


def asks_to_arrange(text: str) -> bool:
    """Whether a text asks to put things into order."""
    return _ARRANGE.match(text) is not None and ORDER.search(text) is not None


def wanted_count(text: str) -> int:
    """The number of options to select, as in “Select two”; 0 if the text does not say."""
    found = _COUNT.search(text)
    return _NUMBERS[found["count"].casefold()] if found else 0


def asks_for_all(text: str) -> bool:
    """Whether a text asks to select all that apply."""
    return _ALL.search(text) is not None


def truth_value(text: str, *, letters: bool) -> str:
    """``true`` or ``false`` if the text is a word for it; else empty. A single letter, such as “T”,
    counts only with ``letters``."""
    word = normalised(text)
    if len(word) == 1 and not letters:
        return ""
    if word in EVERY.true:
        return "true"
    return "false" if word in EVERY.false else ""


def announces_faq(title: str) -> bool:
    """Whether a heading announces frequently asked questions and their answers."""
    return bool(_NO_QUIZ.search(title))


def announces_quiz(title: str) -> bool:
    """Whether a heading announces the questions of a quiz."""
    return bool(_QUIZ.search(title)) and not _NO_QUIZ.search(title) and "?" not in title
