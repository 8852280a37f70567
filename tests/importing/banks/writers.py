"""Banks that are drawn at random, and each as the formats write it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from hypothesis import strategies as st

from builder.exporting import spreadsheet

LETTERS = "ABCDEF"
_WORD = st.text(st.sampled_from("abcdefghijäßéñ*_{}~=#:<>&%\\[]$'\"-"), min_size=1, max_size=6)
_PHRASE = st.lists(_WORD, min_size=1, max_size=5).map(" ".join)


@dataclass(frozen=True)
class Asked:
    """A question with its answers, the first of which is right."""

    prompt: str
    answers: tuple[str, ...]


_ASKED = st.builds(
    Asked,
    # Words of letters alone in front keep a line from being anything but a question.
    st.tuples(st.text(st.sampled_from("klmnopqrst"), min_size=4, max_size=12), _PHRASE).map(
        " ".join
    ),
    st.lists(_PHRASE.map("x {}".format), min_size=2, max_size=5, unique=True).map(tuple),
)
BANKS = st.lists(_ASKED, min_size=1, max_size=6, unique_by=lambda one: one.prompt.split()[0])


def aiken(bank: list[Asked]) -> str:
    """A bank as Aiken has it."""
    parts = []
    for one in bank:
        options = [f"{letter}) {said}" for letter, said in zip(LETTERS, one.answers, strict=False)]
        parts.append("\n".join([one.prompt, *options, "ANSWER: A", ""]))
    return "\n".join(parts)


_STEERS = re.compile(r"[\\~=#{}:]")


def gift(bank: list[Asked]) -> str:
    """A bank as GIFT has it, of plain texts."""
    parts = ["$CATEGORY: $course$/top/Drawn", ""]
    for at, one in enumerate(bank):
        right, *others = (_STEERS.sub(r"\\\g<0>", said) for said in one.answers)
        prompt = _STEERS.sub(r"\\\g<0>", one.prompt)
        options = [f"={right}", *(f"~{other} # no: {at}" for other in others)]
        parts += [f"// question {at}", f"[plain]{prompt} {{", *options, "}", ""]
    return "\n".join(parts)


def moodle_xml(bank: list[Asked]) -> str:
    """A bank as Moodle XML has it, in HTML."""
    parts = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>"]
    for one in bank:
        options = [
            f'<answer fraction="{0 if at else 100}" format="html">'
            f"<text>{_html(said)}</text></answer>"
            for at, said in enumerate(one.answers)
        ]
        prompt = f"<p>{escape(one.prompt)}</p>"
        parts += [
            '<question type="multichoice"><single>true</single><questiontext format="html">',
            f"<text><![CDATA[{prompt}]]></text></questiontext>",
            *options,
            "</question>",
        ]
    return "\n".join([*parts, "</quiz>"])


def entries(bank: list[Asked]) -> list[spreadsheet.Entry]:
    """A bank as the rows of a sheet."""
    return [
        spreadsheet.Entry(
            "choice",
            one.prompt,
            options=tuple(
                spreadsheet.Option(said, right=not at) for at, said in enumerate(one.answers)
            ),
        )
        for one in bank
    ]


def csv(bank: list[Asked]) -> str:
    """A bank as a sheet has it, in CSV."""
    rows = list(map(spreadsheet.row, entries(bank)))
    return spreadsheet.csv_of(rows).decode("utf-8-sig").replace("\r\n", "\n")


def qti_1(bank: list[Asked]) -> str:
    """A bank as Canvas has it in QTI 1.2."""
    parts = ['<?xml version="1.0" encoding="UTF-8"?>', "<questestinterop><assessment>", "<section>"]
    for at, one in enumerate(bank):
        labels = [
            f'<response_label ident="{number}"><material><mattext texttype="text/plain">'
            f"{escape(said)}</mattext></material></response_label>"
            for number, said in enumerate(one.answers)
        ]
        parts += [
            f'<item ident="i{at}" title="Question"><presentation><material>',
            f'<mattext texttype="text/html">{_html(one.prompt)}</mattext></material>',
            '<response_lid ident="response1" rcardinality="Single"><render_choice>',
            *labels,
            "</render_choice></response_lid></presentation><resprocessing><respcondition>",
            '<conditionvar><varequal respident="response1">0</varequal></conditionvar>',
            '<setvar action="Set" varname="SCORE">100</setvar></respcondition></resprocessing>',
            "</item>",
        ]
    return "\n".join([*parts, "</section></assessment></questestinterop>"])


def qti_2(bank: list[Asked]) -> str:
    """The first question of a bank in QTI 2, whose files have one each."""
    one = bank[0]
    choices = [
        f'<simpleChoice identifier="c{number}">{escape(said)}</simpleChoice>'
        for number, said in enumerate(one.answers)
    ]
    lines = (
        '<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="i">',
        '<responseDeclaration identifier="R" cardinality="single" baseType="identifier">',
        "<correctResponse><value>c0</value></correctResponse></responseDeclaration><itemBody>",
        f'<p>{escape(one.prompt)}</p><choiceInteraction responseIdentifier="R" maxChoices="1">',
        *choices,
        "</choiceInteraction></itemBody></assessmentItem>",
    )
    return "\n".join(lines)


def _html(words: str) -> str:
    return escape(escape(words))


WRITERS = {
    "aiken": (aiken, "bank.txt"),
    "csv": (csv, "bank.csv"),
    "gift": (gift, "bank.gift"),
    "moodle-xml": (moodle_xml, "bank.xml"),
    "qti-1": (qti_1, "bank.xml"),
}
