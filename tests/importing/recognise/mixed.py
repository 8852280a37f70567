"""Documents of what questions, records and contacts are written with, put together from a seed:
often as people write it, often with something left out, doubled, or out of place."""

from __future__ import annotations

from random import Random

from builder.importing.document.form import (
    Block,
    Break,
    Cell,
    Document,
    Image,
    Inline,
    Item,
    Link,
    List,
    Mark,
    NoteMark,
    Paragraph,
    Place,
    Table,
    Text,
)

_PROMPTS = (
    "What is silk made of?", "Which of these shine?", "Silk shines.", "True or false: wax shines.",
    "Put these in order:", "Match the words to their meaning.", "The capital of Wales is ____.",
    "Silk is [soft].", "How many legs has a spider? (2 points)", "Silk shines. True / False",
    "Wash your hands", "Wax shines. (False)", "Who is told? (Answer: b)", "",
    "The [*] spins [*].", "[Cardiff, the Diff] is in [Wales].", "Select two that shine.",
    "Order the following sizes:", "What shines? Select all that apply.", "____ and ____ shine.",
    "Which shines? B", "It shines (B)",
)  # fmt: skip
_OPTIONS = (
    "silk",
    "wax",
    "wool (correct)",
    "stone*",
    "*glass",
    "True",
    "False",
    "wax and wool",
    "cat = miaow",
    "dog – bark",
    "4   B. 6",
    "12  B",
    "red A",
    "",
)
_STEERS = (
    "Answer: b", "Correct answer: a, c", "ANSWER: D", "Answer: silk", "Answer: b) wax",
    "Answer: a – since it shines", "Answer: 8", "Answer: ____", "Answer: c, a, b", "Answer: T",
    "Answer: True", "Answer: 1-B, 2-A", "Answer: mother or father", "Correct order: 2 → 1 → 3",
    "Answer: it is the thread that the caterpillars of some moths spin for their cocoons",
    "Feedback: It shines.", "Correct feedback: Well seen.", "Incorrect: No.", "Hint: a moth",
    "@feedback: Correct! It shines.", "Feedback: Incorrect.", "Type: MS", "Title: Cloth",
    "Randomize: true", "Type: ORD", "Answer: a) silk and b) wax", "Answer: silk; wool",
    "Answer: cat = miaow; dog = bark", "Answer: there are two:", "A1. wax", "A\t4",
    "That's right!", "Not quite.", "Right answer",
    "Explanation:", "Points: 3", "Réponse : b", "Ateb: a", "الإجابة: ب", "The correct answer is B.",
)  # fmt: skip
_KEYS = (
    "Answers", "Answer key:", "Answers: 1. b 2. c", "1. b", "2. a", "3) True", "1. b 2. c 3. a",
    "4. Cardiff", "Answers to part 1", "Part 1", "1. moth; silk", "2. cat = miaow; dog = bark",
    "Answers: 1. a, c 2. b", "3. one; two; three",
)  # fmt: skip
_PROSE = (
    "Silk is made by moths.", "True or false?", "Fill in the blanks.", "See the end.", "A. Smith",
    "Silk https://example.org/silk", "Wool www.example.org/wool", "https://example.org/more",
    "Phone: 01902 555555", "Name: Ann Lee", "Email: ann@example.org", "Ann Lee",
    "Manager's signature: ______ Date: ____", "Name: ______", "",
)  # fmt: skip
_TITLES = ("Quiz", "Silk", "Answers", "Question 3", "1. What is it?", "Part 1", "Contacts")
_MARKS: tuple[Mark, ...] = ("strong", "highlight", "underline", "colour", "emphasis")
_LISTED = (("a.", "b.", "c.", "d."), ("•",) * 4, ("i.", "ii.", "iii.", "iv."))
_TABLES = (
    (("Question", "Answer", "Date", "Further reading", "Signature"),
     ("What is silk?", "", "", "See the end", "")),
    (("No", "Topic", "Date", "Signed by"), ("1", "Silk", "", "")),
    (("Name", "Phone", "Email"), ("Ann Lee", "01902 555555", "ann@example.org")),
    (("Police", "999"), ("Ann Lee", "01902 555555")),
    (("Question", "Answer"), ("1", "b"), ("2", "a")),
    (("No", "Question", "A", "B", "Answer", "Feedback"), ("1", "What?", "silk", "wax", "b", "so")),
    (("1. cat", "A. bark"), ("2. dog", "B. miaow")),
    (("Silk", "https://example.org/silk"), ("Wool", "https://example.org/wool")),
    (("^What is silk?", "MC"), ("^Default mark:", "2"), ("#", "Answers", "Feedback", "Grade"),
     ("a.", "wax", "no", "0"), ("b.", "thread", "yes", "100"),
     ("", "General feedback:", "soft", "")),
    (("^Silk shines.", "TF"), ("", "Answers", "Feedback", "Grade"), ("", "True", "yes", "100"),
     ("", "False", "no", "0"), ("", "Tags:", "cloth, silk", "")),
    (("^What is it?", "SA"), ("", "Answers", "Feedback", "Grade"), ("", "silk", "", "100"),
     ("", "wax", "nearly", "50")),
    (("^Match them.", "MAT"), ("#", "Question", "Answer", ""), ("1.", "cat", "a.\tmiaow", "")),
    (("^Write about it.", "ES"), ("", "Template", "Graders", ""), ("", "begin", "see", "")),
)  # fmt: skip


class _Author:
    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self._paragraph = 0

    def document(self) -> Document:
        blocks = [block for _ in range(self._random.randint(1, 5)) for block in self._part()]
        if blocks and self._random.random() < 0.2:
            blocks.insert(self._random.randrange(len(blocks)), blocks[-1])
        return Document(tuple(blocks), language=self._random.choice(["en", "fr", "cy", ""]))

    def _part(self) -> list[Block]:
        kind = self._random.random()
        if kind < 0.5:
            return self._question()
        if kind < 0.65:
            lines = self._random.sample(_KEYS, self._random.randint(1, 4))
            return [self._paragraph_of(line) for line in lines]
        if kind < 0.8:
            return [self._paragraph_of(line) for line in self._some(_PROSE, 4)]
        if kind < 0.9:
            return [self._table()]
        return [self._paragraph_of(self._random.choice(_TITLES), self._random.randint(1, 3))]

    def _some(self, of: tuple[str, ...], most: int) -> list[str]:
        return [self._random.choice(of) for _ in range(self._random.randint(0, most))]

    def _question(self) -> list[Block]:
        prompt = self._random.choice(_PROMPTS)
        options = self._some(_OPTIONS, 4)
        steers = self._some(_STEERS, 3)
        number = self._random.randint(1, 4)
        style = self._random.choice(("{}) ", "{}. ", "({}) ", "*{}) "))
        if self._random.random() < 0.3:
            return [self._nested(number, prompt, options, steers)]
        lead = self._random.choice((f"{number}. ", f"Q{number}: ", f"{number}) ", ""))
        lines = [lead + prompt, *self._some(_PROSE, 1)]
        plainly = style.replace("*", "")
        apart = self._random.random() < 0.2
        for at, option in enumerate(options):
            one = style if self._random.random() < 0.4 else plainly
            label = one.format("abcdef"[at])
            lines += (label, option) if apart else (label + option,)
            lines += self._some(_STEERS, 1) if self._random.random() < 0.2 else []
        lines += steers
        if self._random.random() < 0.2:
            self._random.shuffle(lines)
        if self._random.random() < 0.2:
            return [self._paragraph_of("\n".join(lines))]
        blocks: list[Block] = [self._paragraph_of(line) for line in lines]
        if prompt.startswith("Match"):
            blocks.insert(1, self._table())
        return blocks

    def _nested(self, number: int, prompt: str, options: list[str], steers: list[str]) -> List:
        labels = self._random.choice(
            (("a.", "b.", "c.", "d."), ("•",) * 4, ("i.", "ii.", "iii.", "iv."))
        )
        inner = tuple(
            Item(label, (self._paragraph_of(option),))
            for label, option in zip(labels, options, strict=False)
        )
        blocks: list[Block] = [self._paragraph_of(prompt)]
        if inner:
            blocks.append(List(True, 1, inner, self._place()))
        blocks += [self._paragraph_of(steer) for steer in steers]
        first = Item(f"{number}.", tuple(blocks))
        second = Item(f"{number + 1}.", (self._paragraph_of(self._random.choice(_PROSE)),))
        items = (first, second) if self._random.random() < 0.5 else (first,)
        return List(True, number, items, self._place())

    def _table(self) -> Table:
        rows = [list(row) for row in self._random.choice(_TABLES)]
        if self._random.random() < 0.2:
            rows[-1][self._random.randrange(len(rows[-1]))] = self._random.choice(_PROSE)
        made = tuple(tuple(self._cell(words) for words in row) for row in rows)
        caption = self._inlines("Table 1") if self._random.random() < 0.1 else ()
        return Table(made, self._random.randint(0, 1), self._place(), caption)

    def _cell(self, words: str) -> Cell:
        across = 3 if words.startswith("^") else 1
        words = words.removeprefix("^")
        return Cell((self._paragraph_of(words),) if words else (), across)

    def _place(self) -> Place:
        self._paragraph += 1
        return Place("body", self._paragraph)

    def _paragraph_of(self, text: str, level: int = 0) -> Paragraph:
        return Paragraph(self._inlines(text), self._place(), level)

    def _inlines(self, text: str) -> tuple[Inline, ...]:
        out: list[Inline] = []
        for number, line in enumerate(text.split("\n")):
            if number:
                out.append(Break())
            marks = (
                frozenset({self._random.choice(_MARKS)}) if self._random.random() < 0.15 else None
            )
            cut = self._random.randint(0, len(line)) if self._random.random() < 0.2 else 0
            cut = cut if not line[cut - 1 : cut + 1].isalnum() else 0
            out += [Text(words, marks or frozenset()) for words in (line[:cut],) if words]
            out += [Text(words) for words in (line[cut:],) if words and cut]
            out += [Text(line, marks or frozenset())] if line and not cut else []
        chance = self._random.random()
        if chance < 0.03:
            out.append(Image(b"moth", "png", None, self._place()))
        elif chance < 0.06:
            out.append(NoteMark("7"))
        elif chance < 0.1:
            out.append(Link((Text(" more"),), "https://example.org/a"))
        return tuple(out)


def mixed(seed: int) -> Document:
    """A document that is the same for the same seed."""
    return _Author(seed).document()
