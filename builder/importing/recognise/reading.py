"""Reads candidates, passages that may be questions, from the lines of a document: a prompt, its
options, and steering lines such as “Answer: B”."""

from __future__ import annotations

import re
from collections.abc import Sequence

from builder.importing.document.form import Mark, Table, Text
from builder.importing.recognise.candidates import HABIT, Candidate, Choice
from builder.importing.recognise.inlines import has_mark, joined, plain, trimmed
from builder.importing.recognise.lines import Label, Line, Style
from builder.importing.recognise.option_tables import TableOptions, options_in_table
from builder.importing.recognise.steering import (
    MATCH,
    Steer,
    asks,
    is_judgement,
    property_of,
    steer_of,
    strip_steering,
)
from builder.importing.recognise.words import normalised

_OPTION_FEEDBACK = ("explanation", "right", "wrong")
_MAX_QUESTION = 200
"""Number of characters above which a line without a label, such as a number, is prose."""
_MAX_OPTION = 150
"""Maximum number of characters of an option without a label."""
_OPTION_LINES = 4
"""Number of lines below an option among which the next option is looked for."""
_PROMPT_LINES = 8
"""Maximum number of lines of a numbered prompt, which limits the time for long texts."""


def _lines_above_questions(lines: Sequence[Line]) -> dict[int, int]:
    """A mapping from the index of each line with the type, points or title of the question below it
    to the index of that question's first line.

    “Points: 3” alone may also belong to the question above it. It counts as part of the question
    below it only if all such lines in the document, from the first question on, can belong to the
    questions below them.
    """
    runs: list[tuple[list[int], int]] = []
    run: list[int] = []
    first, below = -1, False
    for at, line in enumerate(lines):
        if line.empty:
            continue
        inside = at > 0 and lines[at - 1].granule == line.granule
        if property_of(line) is not None and not (inside and not run):
            run.append(at)
            continue
        label = line.label
        begins = label is not None and label.style in ("number", "asked") and not line.heading
        first = at if begins and first < 0 else first
        if run and begins:
            runs.append((run, at))
        below = below or bool(run and not begins)
        run = []
    kinds = {steer.kind for own, _ in runs for at in own if (steer := property_of(lines[at]))}
    above = len(runs) > 1 and runs[0][1] == first and not (below or run)
    sure = above or bool(kinds - {"points"})
    return {at: begin for own, begin in runs if sure for at in own}


def _give_last_option_feedback(candidate: Candidate, first: int) -> None:
    """Move feedback from the question to its last option, if the feedback directly follows that
    option and all other options have feedback. ``first`` is the index in ``steers`` of the first
    line after the options."""
    have_feedback = [bool(each.feedback) for each in candidate.choices]
    if not have_feedback or have_feedback[-1] or not all(have_feedback[:-1]):
        return
    last = candidate.choices[-1]
    if len(candidate.steers) > first and candidate.steers[first].kind in _OPTION_FEEDBACK:
        last.feedback.append(candidate.steers.pop(first))


_PAIR_SIGN = re.compile(r"\S\s+==\s+\S")
_PAIR_SIGNS = re.compile(r"\S\s+(?:==?|→|=>|->|⇒)\s+\S")
_MAX_UNLABELLED = 6
_REGULAR = 3
"""Minimum number of lines below each question of a document for these to count as options only
because there are always as many of them."""
_LOOKS: tuple[Mark, ...] = ("strong", "underline", "highlight", "colour")


def _unlabelled_count(prompt: Sequence[Line]) -> int:
    """The number of lines at the end of a numbered prompt that may be options without labels: two
    to six short lines below the line that asks; 0 if there are none."""
    asking = next((at for at, line in enumerate(prompt) if _ends_asking(line)), len(prompt))
    rest = prompt[asking + 1 :]
    short = all(
        line.block is None and line.text and len(line.text) <= _MAX_OPTION and not asks(line.text)
        for line in rest
    )
    return len(rest) if short and 2 <= len(rest) <= _MAX_UNLABELLED else 0


def _ends_asking(line: Line) -> bool:
    return asks(line.text) or line.text.rstrip().endswith((":", "\uff1a"))


def _is_one_different(lines: Sequence[Line]) -> bool:
    """Whether some of the lines, but not all, have a formatting that may mark the right answer."""
    counts = (sum(has_mark(line.inlines, mark) for line in lines) for mark in _LOOKS)
    return any(0 < count < len(lines) for count in counts)


class Reader:
    """Finds the passages among lines that may be questions. Each line is examined a limited number
    of times.

    A line such as “That's right!” below the last option belongs to that option only if the document
    has such lines between options, too; otherwise it may belong to the whole question."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._steers = [steer_of(line) for line in lines]
        self._above = _lines_above_questions(lines)
        self._tables: dict[int, TableOptions | None] = {}
        self._unlabelled = self._has_unlabelled_options()
        self._judged = any(
            is_judgement(line.text, alone=False) and self._is_between_options(at)
            for at, line in enumerate(lines)
        )

    def _is_between_options(self, at: int) -> bool:
        """Whether the line of index ``at`` has no label, and a further option follows it."""
        following = self._lines[at + 1 : at + 1 + _OPTION_LINES]
        label = next((line.label for line in following if line.label), None)
        return self._lines[at].label is None and label is not None and label.ordinal("letter") > 1

    def read(self, start: int) -> Candidate | None:
        """Read the candidate, a passage that may be a question, that begins with the line of index
        ``start``; ``None`` if none does."""
        begin = self._above.get(start, start)
        line = self._lines[begin]
        if not self._may_begin(begin) or self._is_prose(begin):
            return None
        numbered = line.label is not None and line.label.style in ("number", "asked")
        asked = line.label is not None and line.label.style == "asked"
        prompt, at = self._read_prompt(begin, long=asked or (numbered and not line.heading))
        above = (property_of(each) for each in self._lines[start:begin])
        candidate = Candidate(
            begin=start,
            end=at,
            lines=[],
            number=line.label.ordinal("number") if numbered and line.label else 0,
            prompt=prompt,
            first=strip_steering(prompt[0].inlines),
            last=strip_steering(prompt[-1].inlines),
            lines_above=tuple(steer for steer in above if steer is not None),
        )
        if not plain(candidate.first.inlines).strip() and len(prompt) == 1:
            return None
        at = self._take_table(candidate, at)
        at = self._read_pair_lines(candidate, at)
        at = self._read_steering(candidate, at)
        self._take_unlabelled_options(candidate)
        if candidate.table is None and not candidate.answers and not candidate.choices:
            at = self._read_table(candidate, at)
            at = self._read_choices(candidate, at) if not candidate.choices else at
            at = self._read_second_list(candidate, at)
            at = self._take_model_answer(candidate, at)
        count_before = len(candidate.steers)
        at = self._read_steering(candidate, at)
        _give_last_option_feedback(candidate, count_before)
        at = self._shorten_prompt(candidate, begin) if candidate.only_prompt else at
        candidate.end = self._granule_end(begin, at)
        candidate.lines = list(self._lines[start : candidate.end])
        return candidate if candidate.end == at else None

    def _shorten_prompt(self, candidate: Candidate, begin: int) -> int:
        """Shorten the prompt of a candidate that has nothing else to its first line with text, and
        return the index of the line after it."""
        end = begin + 1
        kept = 1
        if not candidate.prompt[0].text:
            kept = 2
            while self._lines[end].empty:
                end += 1
            end += 1
        del candidate.prompt[kept:]
        candidate.last = strip_steering(candidate.prompt[-1].inlines)
        return end

    def _may_begin(self, at: int) -> bool:
        line = self._lines[at]
        if line.block is not None or line.empty or self._steers[at] is not None:
            return False
        if at and self._lines[at - 1].granule == line.granule:
            return False
        label = line.label
        return label is None or label.style in ("number", "asked", "bullet")

    def _is_prose(self, at: int) -> bool:
        """Whether the line of index ``at`` is too long for a question without a number, and is
        followed by nothing that belongs to a question, such as options."""
        line = self._lines[at]
        following = self._lines[at + 1] if at + 1 < len(self._lines) else None
        if len(line.text) <= _MAX_QUESTION or line.label is not None:
            return False
        if following is None or following.empty or following.granule == line.granule:
            return following is None
        plain_line = following.label is None and following.block is None
        return plain_line and self._steers[at + 1] is None

    def _read_prompt(self, begin: int, *, long: bool) -> tuple[list[Line], int]:
        """Read the lines of the prompt that begins with the line of index ``begin``, and return
        these lines and the index of the line after them. Without ``long``, only lines of the same
        granule, such as a list item, continue the prompt."""
        prompt = [self._lines[begin]]
        at = begin + 1
        while at < len(self._lines) and at - begin < _PROMPT_LINES:
            line = self._lines[at]
            if line.empty:
                at += 1
                continue
            same = line.granule == prompt[0].granule or self._is_line_above_table(prompt[0], at)
            if line.label is not None or self._steers[at] is not None or line.heading:
                break
            if at in self._above:
                break
            if not (same or long) or not isinstance(line.block, Table | None):
                break
            if self._table_options(at) is not None and not MATCH.search(prompt[0].text):
                break
            prompt.append(line)
            at += 1
        return prompt, at

    def _take_table(self, candidate: Candidate, at: int) -> int:
        """If the prompt asks to match things, give the candidate the table at the end of the
        prompt, or the table at the line of index ``at``, which follows the prompt. Returns the
        index of the next line to read."""
        if not MATCH.search(candidate.text):
            return at
        last = candidate.prompt[-1]
        if isinstance(last.block, Table):
            candidate.table = last.block
            candidate.prompt.pop()
            candidate.last = strip_steering(candidate.prompt[-1].inlines)
        elif at < len(self._lines) and isinstance(self._lines[at].block, Table):
            block = self._lines[at].block
            candidate.table = block if isinstance(block, Table) else None
            at += 1
        return at

    def _read_pair_lines(self, candidate: Candidate, at: int) -> int:
        """Give the candidate the pairs in lines without labels, such as “cat == miaow”, at the end
        of its prompt or from the line of index ``at`` on. Returns the index of the next line to
        read."""
        sign = _PAIR_SIGNS if MATCH.search(candidate.text) else _PAIR_SIGN
        inside = [line for line in candidate.prompt[1:] if sign.search(line.text)]
        if len(inside) > 1 and candidate.prompt[-len(inside) :] == inside:
            candidate.choices = list(map(Choice, inside))
            self._cut_prompt(candidate, len(candidate.prompt) - len(inside))
        end, below = at, []
        while not inside and self._is_plain_line(end) and sign.search(self._lines[end].text):
            below.append(self._lines[end])
            end += 1
            while end < len(self._lines) and self._lines[end].empty:
                end += 1
        if len(below) > 1:
            candidate.choices = list(map(Choice, below))
            at = end
        candidate.style = "bullet" if candidate.choices else candidate.style
        return at

    def _take_unlabelled_options(self, candidate: Candidate) -> None:
        """Turn the lines at the end of a numbered prompt into options if they are options without
        labels: one of them is the answer, or the document has several such questions in which some
        of these lines are formatted differently."""
        count = _unlabelled_count(candidate.prompt)
        if not count or candidate.choices:
            return
        lines = candidate.prompt[-count:]
        answers = {normalised(steer.text) for steer in candidate.answers}
        if not self._unlabelled and not answers & {normalised(line.text) for line in lines}:
            return
        candidate.choices = list(map(Choice, lines))
        candidate.style = "bullet"
        candidate.unlabelled = True
        self._cut_prompt(candidate, len(candidate.prompt) - count)

    def _cut_prompt(self, candidate: Candidate, kept: int) -> None:
        del candidate.prompt[kept:]
        candidate.last = strip_steering(candidate.prompt[-1].inlines)

    def _has_unlabelled_options(self) -> bool:
        """Whether the document has several numbered questions whose options have no labels: some of
        these options are formatted differently, or most questions have the same number of them."""
        sizes: list[int] = []
        different = 0
        for at, line in enumerate(self._lines):
            if line.label is None or line.label.style not in ("number", "asked") or line.heading:
                continue
            prompt, _ = self._read_prompt(at, long=True)
            size = _unlabelled_count(prompt)
            sizes.append(size)
            different += bool(size) and _is_one_different(prompt[-size:])
        common = max(sizes, key=sizes.count, default=0)
        regular = common >= _REGULAR and sizes.count(common) * 4 >= len(sizes) * 3
        return max(different, sizes.count(common) if regular else 0) >= HABIT

    def _table_options(self, at: int) -> TableOptions | None:
        """The options in the table that the line of index ``at`` consists of; ``None`` if it is
        anything else."""
        if at not in self._tables:
            self._tables[at] = options_in_table(self._lines[at])
        return self._tables[at]

    def _is_line_above_table(self, first: Line, at: int) -> bool:
        """Whether the line of index ``at`` is in the same paragraph as ``first``, and a table of
        options in which pictures say what is right is directly below this paragraph."""
        if first.paragraph is None or self._lines[at].place != first.place:
            return False
        for below in range(at, min(at + _PROMPT_LINES, len(self._lines))):
            if self._lines[below].place != first.place and not self._lines[below].empty:
                found = self._table_options(below)
                return found is not None and found.pictured
        return False

    def _read_table(self, candidate: Candidate, at: int) -> int:
        """Read the options in the table at the line of index ``at`` into the candidate. Returns the
        index of the next line to read."""
        found = self._table_options(at) if at < len(self._lines) else None
        if found is None:
            return at
        candidate.choices = [Choice(line) for line in found.lines]
        candidate.pictured = found.pictured
        styles = {line.label.style if line.label else "bullet" for line in found.lines}
        candidate.style = styles.pop() if len(styles) == 1 else "bullet"
        if found.feedback or found.cut:
            candidate.steers.append(Steer("explanation", found.feedback, found.cut))
        return at + 1

    def _read_choices(self, candidate: Candidate, at: int) -> int:
        """Read options with consecutive labels, from the line of index ``at`` on, into the
        candidate; fewer than two do not count. Returns the index of the next line to read."""
        style = self._option_style(candidate, at)
        if style is None:
            return at
        start, last, choices = at, 0, candidate.choices
        while at < len(self._lines):
            line = self._lines[at]
            beside = not choices or line.depth == choices[0].line.depth
            ordinal = self._ordinal(line, style, last) if beside else 0
            if line.empty:
                at += 1
            elif ordinal:
                if style == "number" and self._is_next_question(candidate, at):
                    break
                choices.append(Choice(line))
                last = ordinal
                at += 1
            elif at in self._above:
                break
            elif choices and (step := self._continue_option(choices[-1], at, style, last)):
                at += step
            else:
                break
        candidate.style = style
        if len(choices) < 2 or not self._are_options(candidate, at):
            choices.clear()
            return start
        while self._lines[at - 1].empty:
            at -= 1
        return self._read_last_reason(choices, at)

    def _read_last_reason(self, choices: list[Choice], at: int) -> int:
        """Read the lines from index ``at`` on that give the reason below a judgement of the last
        option, such as “That's right!”: at most as many as another option has. Returns the index of
        the next line to read."""
        if not choices[-1].feedback or choices[-1].feedback[-1].cut:
            return at
        most = max(len(choice.feedback) for choice in choices[:-1])
        while len(choices[-1].feedback) < most:
            while at < len(self._lines) and self._lines[at].empty:
                at += 1
            if not self._is_plain_line(at) or at in self._above or self._begins_question(at):
                break
            choices[-1].feedback.append(Steer("explanation", self._lines[at].inlines, ""))
            at += 1
        while self._lines[at - 1].empty:
            at -= 1
        return at

    def _begins_question(self, at: int) -> bool:
        """Whether the line of index ``at``, which has no label, asks something, or has the first of
        a series of options below it."""
        below = next((line for line in self._lines[at + 1 :] if not line.empty), None)
        label = below.label if below else None
        first = label is not None and 1 in (label.ordinal("letter"), label.ordinal("number"))
        return first or asks(self._lines[at].text)

    def _read_second_list(self, candidate: Candidate, at: int) -> int:
        """Read the second list of a matching, from the line of index ``at`` on, into the candidate:
        letters below numbers, or numbers below letters if an answer follows. Returns the index of
        the next line to read."""
        if not candidate.choices or not MATCH.search(candidate.text):
            return at
        style = self._other_style(candidate, at)
        others: list[Choice] = []
        end = at
        while style is not None and end < len(self._lines):
            line = self._lines[end]
            if self._ordinal(line, style, len(others)) != len(others) + 1:
                break
            others.append(Choice(line))
            end += 1
        steer = self._steers[end] if end < len(self._lines) else None
        is_answered = steer is not None and steer.kind == "answer"
        is_question = candidate.is_labelled or MATCH.match(candidate.text.lstrip()) is not None
        if not (is_answered or is_question):
            return at
        if len(others) < len(candidate.choices) or not (is_answered or style == "letter"):
            return at
        candidate.second_list = others
        return end

    def _other_style(self, candidate: Candidate, at: int) -> Style | None:
        label = self._lines[at].label if at < len(self._lines) else None
        if label is None or candidate.style not in ("letter", "number"):
            return None
        other: Style = "number" if candidate.style == "letter" else "letter"
        return other if label.ordinal(other) == 1 else None

    def _option_style(self, candidate: Candidate, at: int) -> Style | None:
        if at >= len(self._lines) or (label := self._lines[at].label) is None:
            return None
        line, prompt = self._lines[at], candidate.prompt[0]
        if label.ordinal("letter") == 1:
            return "letter"
        if label.ordinal("roman") == 1:
            return "roman"
        if label.style in ("box", "bullet"):
            apart = prompt.label is None or prompt.label.style != label.style
            return label.style if apart or line.depth > prompt.depth else None
        if label.style != "number" or label.ordinal("number") != 1:
            return None
        apart = prompt.label is None or prompt.label.style == "asked" or line.depth > prompt.depth
        # Numbers that start again directly below a numbered question belong to its options, unless
        # they are questions of another part.
        directly = all(one.place == prompt.place for one in candidate.prompt)
        restarts = candidate.number > 0 and directly and not asks(line.text)
        return "number" if apart or restarts else None

    def _is_next_question(self, candidate: Candidate, at: int) -> bool:
        """Whether the line of index ``at``, which may be the next of a candidate's numbered
        options, is the next question instead: it is in another list than the options, or numbers
        start again below it."""
        line, prompt = self._lines[at], candidate.prompt[0]
        label = line.label
        if prompt.label is None or prompt.label.style != "number" or line.depth > prompt.depth:
            return False
        if label is None or label.style != "number" or not candidate.choices:
            return False
        if label.ordinal("number") != len(candidate.choices) + 1:
            return True
        if label.ordinal("number") != candidate.number + 1:
            return False
        previous = candidate.choices[-1].line
        if previous.listed and (line.block_index != previous.block_index or not line.listed):
            return True
        below = next((one.label for one in self._lines[at + 1 :] if one.label), None)
        return below is not None and below.style == "number" and below.ordinal("number") == 1

    def _are_options(self, candidate: Candidate, at: int) -> bool:
        """Whether the numbered lines of a candidate are options; ``at`` is the index of the line
        after them. Below a prompt without a number, numbered lines are questions of their own,
        unless one answer follows all of them."""
        prompt, option = candidate.prompt[0], candidate.choices[0].line
        if candidate.style != "number" or prompt.label or option.depth > prompt.depth:
            return True
        if at >= len(self._lines):
            return False
        steer, label = self._steers[at], self._lines[at].label
        if MATCH.search(candidate.text) and label is not None and label.ordinal("letter") == 1:
            return True
        return steer is not None and steer.kind == "answer"

    def _ordinal(self, line: Line, style: Style, last: int) -> int:
        """The position of a line in a series of options whose labels have this style; 0 if it does
        not belong to the series. ``last`` is the position of the option before it, or 0."""
        label: Label | None = line.label
        if label is None or line.heading:
            return 0
        if style in ("box", "bullet"):
            return last + 1 if label.style == style else 0
        ordinal = label.ordinal(style)
        first = last == 0 and ordinal == 1
        return ordinal if first or (last and last <= ordinal <= last + 2) else 0

    def _continue_option(self, choice: Choice, at: int, style: Style, last: int) -> int:
        """Add the line of index ``at`` to an option if it is the option's feedback, or text before
        the next option. ``style`` is the style of the options' labels, and ``last`` the position of
        this option in the series. Returns the number of lines added."""
        line, steer = self._lines[at], self._steers[at]
        if line.block is not None or line.heading or (line.label is not None and steer is None):
            return 0
        alone = not choice.line.text and line.paragraph is not None
        if steer is None and alone and (not choice.more or line.place == choice.line.place):
            # The label of the option is alone on its line, and the option's text is below it.
            choice.more.append(line.inlines)
            return 1
        inside = line.granule == choice.line.granule and line.depth >= choice.line.depth
        inside = inside and not self._belongs_to_question(choice.line, at)
        follows = self._next_option_follows(at, style, last)
        judged = self._judged and is_judgement(line.text, alone=not follows)
        if steer is None and judged:
            choice.feedback.append(Steer("explanation", line.inlines, ""))
            return 1
        if not inside and not follows:
            return 0
        if steer is None and choice.feedback:
            choice.feedback.append(Steer("explanation", line.inlines, ""))
        elif steer is None:
            choice.more.append(line.inlines)
        elif steer.kind not in _OPTION_FEEDBACK:
            return 0
        elif not steer.text and self._is_plain_line(at + 1):
            value = trimmed(self._lines[at + 1].inlines)
            choice.feedback.append(Steer(steer.kind, value, steer.cut))
            return 2
        else:
            choice.feedback.append(steer)
        return 1

    def _next_option_follows(self, at: int, style: Style, last: int) -> bool:
        """Whether the next option of a series, whose labels have this ``style``, follows the line
        of index ``at``, possibly after more lines without labels. ``last`` is the position of the
        last option read."""
        for line in self._lines[at + 1 : at + 1 + _OPTION_LINES]:
            if self._ordinal(line, style, last):
                return True
            if line.block is not None or line.heading or line.label is not None:
                return False
        return False

    def _belongs_to_question(self, option: Line, at: int) -> bool:
        """Whether the line of index ``at``, in the same list item as ``option``, belongs to the
        question that contains the options, and not to the option."""
        return self._lines[at].depth < option.depth or not option.listed

    def _read_steering(self, candidate: Candidate, at: int) -> int:
        """Read steering lines, such as “Answer: B”, from the line of index ``at`` on, into the
        candidate, and skip the empty lines between them. Returns the index of the line after
        them."""
        end = at
        while at < len(self._lines):
            steer = self._steers[at]
            if steer is None and not self._lines[at].empty:
                break
            if at in self._above or (steer is not None and self._is_first_option(at)):
                break
            at += 1
            if steer is None:
                continue
            if not steer.text and self._is_plain_line(at):
                steer = Steer(steer.kind, trimmed(self._lines[at].inlines), steer.cut)
                at += 1
            if steer.kind == "answer" and steer.text.endswith(":"):
                steer, at = self._read_answer_list(candidate, steer, at)
            candidate.steers.append(steer)
            end = at
        return end

    def _read_answer_list(self, candidate: Candidate, steer: Steer, at: int) -> tuple[Steer, int]:
        """Read an answer line (``steer``) that ends with a colon and continues as a list, which
        starts at the line of index ``at``. Returns the complete answer, and the index of the line
        after it. A list that starts with the number of the next question is not part of the
        answer."""
        first = self._lines[at] if at < len(self._lines) else None
        label = first.label if first else None
        if first is None or label is None or label.ordinal("number") == candidate.number + 1 > 1:
            return steer, at
        parts, style = [steer.value], label.style
        while at < len(self._lines) and (label := self._lines[at].label) is not None:
            line = self._lines[at]
            counted = style != "number" or label.ordinal("number") == len(parts)
            if label.style != style or not counted or line.depth != first.depth:
                break
            if self._steers[at] is not None:
                break
            parts.append((Text(f"{line.cut} "), *line.inlines) if line.cut else line.inlines)
            at += 1
        return Steer(steer.kind, joined(parts), steer.cut), at

    def _take_model_answer(self, candidate: Candidate, at: int) -> int:
        """Take the line of index ``at``, with a letter, as the answer of the numbered question
        above it, if no second line with a letter follows. Returns the index of the next line to
        read."""
        written = candidate.is_asking or candidate.declared_kind == "reflection"
        if candidate.choices or not candidate.is_labelled or not written:
            return at
        line = self._lines[at] if at < len(self._lines) else None
        if line is None or line.label is None or line.label.ordinal("letter") != 1 or line.heading:
            return at
        following = next((one for one in self._lines[at + 1 :] if not one.empty), None)
        if following is not None and following.label and following.label.ordinal("letter"):
            return at
        if self._steers[at] is not None or not line.text or line.label.marked:
            return at
        candidate.steers.append(Steer("answer", line.inlines, line.cut))
        candidate.model = True
        return at + 1

    def _is_first_option(self, at: int) -> bool:
        """Whether the line of index ``at`` is the first of several options with letters, and not an
        answer that starts with “A:”."""
        label = self._lines[at].label
        following = self._lines[at + 1].label if at + 1 < len(self._lines) else None
        return bool(
            label and label.style == "letter" and following and following.ordinal("letter") == 2
        )

    def _is_plain_line(self, at: int) -> bool:
        if at >= len(self._lines):
            return False
        line = self._lines[at]
        plain_line = line.block is None and line.label is None and not line.heading
        return plain_line and bool(line.text) and self._steers[at] is None

    def _granule_end(self, begin: int, end: int) -> int:
        """The index of the first line after the granule, the smallest replaceable piece, that
        contains the line before ``end``."""
        lines = self._lines
        while end < len(lines) and lines[end].granule == lines[end - 1].granule:
            end += 1
        return end
