"""Formats what reports say about a course's questions as an HTML file
(``builder.cli.report.html_page``).

All text from packages and reports is escaped. Each chart has its numbers in a table beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from builder.base.printing import format_count
from builder.cli.report.html_page import escape_text, fact_rows, page
from builder.cli.report.results_text import (
    ANSWERS,
    ROWS,
    hundredths,
    nothing_found,
    percent,
    quiz_lines,
)
from builder.results.analysis import QuestionResult, Results
from builder.results.figures import RARE, OptionFigures
from builder.results.grouping import SPLITS
from builder.results.privacy import SMALLEST
from builder.results.quizzes import QuizFigures

_SPLIT_NAMES = dict(zip(SPLITS, ("Version", "Language", "Month", "Report"), strict=True))
_BAR_HEIGHT = 20
_PAIRED_BAR_HEIGHT = 13
"""Height of each of two bars with one label."""
_GAP = 6
_LABEL_WIDTH = 60
_BAR_WIDTH = 240


def as_page(results: Results) -> str:
    """Format the results as an HTML page."""
    return page(
        "results",
        f"Results of {results.title}",
        "The report has no names; groups of fewer than five people are pooled.",
        heading=escape_text(f"Results of {results.title}"),
        facts=fact_rows(_facts(results)),
        notes="".join(f"<p>Note: {escape_text(one)}</p>" for one in results.notes),
        summary="".join(_summary(results)),
        quizzes="".join(map(_quiz, results.quizzes)) or "<p>No quiz has figures.</p>",
        questions="".join(_question(one) for one in results.questions),
        rows="".join(_rows(results)),
    )


def _facts(results: Results) -> Iterator[tuple[str, str]]:
    yield "Versions", ", ".join(one.label for one in results.packages)
    yield "Reports", ", ".join(results.reports)
    yield "Rows", f"{sum(results.rows.values()):,}, of which {results.rows['counted']:,} count"
    yield "Questions", f"{len(results.questions):,}"


def _summary(results: Results) -> Iterator[str]:
    found = sorted(results.questions, key=lambda one: one.urgency)
    with_statements = [one for one in found if one.statements]
    if not with_statements:
        yield f"<p>{escape_text(' '.join(nothing_found(results)))}</p>"
        return
    yield '<ol class="said">'
    for one in with_statements:
        said = escape_text("; ".join(each.finding for each in one.statements))
        link = f'<a href="#{escape_text(one.asked.id)}">{escape_text(one.asked.prompt)}</a>'
        yield f"<li>{link}<br>{said}.</li>"
    yield "</ol>"


def _quiz(quiz: QuizFigures) -> str:
    labels = [f"{at * 10}–{at * 10 + 9 if at < 9 else 100} %" for at in range(10)]
    score_chart = _chart("People by their score", labels, [(quiz.bins, "bar", "people")])
    score_table = _table(
        "People by their score",
        ("Score", "People"),
        zip(labels, quiz.bins, strict=True),
        about=quiz.title,
    )
    marks = [f"{mark} %" + (" (present)" if mark == quiz.pass_mark else "") for mark in quiz.marks]
    rates = [round(share * 100) for share in quiz.marks.values()]
    mark_table = _table(
        "Who would pass at another mark",
        ("Mark", "Pass"),
        zip(marks, (f"{rate} %" for rate in rates), strict=True),
        about=quiz.title,
    )
    groups = _table(
        "By group",
        ("By", "Group", "People", "Mean score", "Would pass", "Alpha"),
        (
            (
                _SPLIT_NAMES[one.split],
                one.name,
                f"{one.people:,}",
                percent(one.mean),
                percent(one.passed),
                "" if one.alpha is None else f"{one.alpha:.2f}",
            )
            for one in quiz.groups
        ),
        words=2,
        about=quiz.title,
    )
    return (
        f"<section><h3>{escape_text(quiz.title)}</h3><dl>{fact_rows(quiz_lines(quiz))}</dl>"
        f'<div class="pair">{score_chart}{score_table}</div>'
        f'<div class="pair">{_mark_chart(marks, rates)}{mark_table}</div>'
        f"{groups if quiz.groups else ''}</section>"
    )


def _mark_chart(marks: Sequence[str], rates: Sequence[int]) -> str:
    return _chart("Who would pass at another mark, in percent", marks, [(rates, "bar", "percent")])


def _chart(
    title: str,
    labels: Sequence[str],
    series: Sequence[tuple[Sequence[int], str, str]],
) -> str:
    """A chart of horizontal bars, one row for each label with a bar for each of the ``series``:
    values, class and name. The table beside it has the same numbers for screen readers."""
    most = max((value for values, _, _ in series for value in values), default=0) or 1
    thickness = _BAR_HEIGHT if len(series) == 1 else _PAIRED_BAR_HEIGHT
    row_height = thickness * len(series) + _GAP
    label_width = max(_LABEL_WIDTH, 8 * max(map(len, labels), default=0))
    parts = []
    for row, label in enumerate(labels):
        top = row * row_height
        middle = top + (row_height - _GAP) // 2 + 4
        parts.append(f'<text x="0" y="{middle}">{escape_text(label)}</text>')
        for at, (values, style, _) in enumerate(series):
            width = round(values[row] / most * _BAR_WIDTH, 1)
            y = top + at * thickness
            parts.append(
                f'<rect class="{style}" x="{label_width}" y="{y}" width="{width}" '
                f'height="{thickness}"/>'
                f'<text x="{label_width + width + 4}" y="{y + thickness // 2 + 4}">'
                f"{values[row]:,}</text>"
            )
    height = len(labels) * row_height
    legend = "".join(
        f' <span class="{style}">■</span> {name}' for _, style, name in series if len(series) > 1
    )
    return (
        f"<figure><figcaption>{escape_text(title)}{legend}</figcaption>"
        f'<svg role="img" aria-label="{escape_text(title)}; the table has the numbers" '
        f'viewBox="0 0 {label_width + _BAR_WIDTH + 50} {height}">'
        f'<line class="line" x1="{label_width}" x2="{label_width}" y1="0" y2="{height}"/>'
        f"{''.join(parts)}</svg></figure>"
    )


def _table(
    caption: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[object]],
    words: int = 1,
    about: str = "",
) -> str:
    """A table that can be scrolled sideways.

    The first columns, as many as ``words``, have text, the others numbers. ``about`` names the
    question or quiz of the table for screen readers.
    """
    name = f"{caption}: {about}" if about else caption

    def style(at: int) -> str:
        return "" if at < words else ' class="n"'

    head = "".join(
        f'<th scope="col"{style(at)}>{escape_text(one)}</th>' for at, one in enumerate(heads)
    )
    body = "".join(
        "<tr>"
        + "".join(
            f'<th scope="row">{escape_text(str(cell))}</th>'
            if at == 0
            else f"<td{style(at)}>{escape_text(str(cell))}</td>"
            for at, cell in enumerate(row)
        )
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape_text(name)}"><table>'
        f"<caption>{escape_text(caption)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )


def _question(one: QuestionResult) -> str:
    urgent = any(each.kind in ("key", "negative") for each in one.statements)
    style = "urgent" if urgent else "look" if one.statements else ""
    place = f" · <code>{escape_text(str(one.place))}</code>" if one.place else ""
    said = "".join(
        f"<li><strong>{escape_text(each.finding)}.</strong> {escape_text(each.advice)}.</li>"
        for each in one.statements
    )
    answered_on = (
        f"<p>The page with the answer: “{escape_text(one.answered_on)}”.</p>"
        if one.answered_on
        else ""
    )
    return (
        f'<article id="{escape_text(one.asked.id)}" class="{style}">'
        f"<h3>{escape_text(one.asked.prompt)}</h3>"
        f"<p><code>{escape_text(one.asked.id)}</code> · {one.asked.use}{place}</p>"
        f"{f'<ul class=said>{said}</ul>' if said else ''}{answered_on}"
        f"{''.join(_figures(one))}</article>"
    )


def _figures(one: QuestionResult) -> Iterator[str]:
    found = one.figures
    if found.people < SMALLEST:
        yield "<p>Fewer than five people answered it, so that it has no figures.</p>"
        return
    yield f"<dl>{fact_rows(_facts_of(one))}</dl>"
    if found.options:
        yield _options(one)
    if one.typed or one.typed_others:
        yield _typed(one)
    if found.groups:
        groups = _table(
            "By group",
            ("By", "Group", "People", "Right", "Tells apart", "Options"),
            (
                (
                    _SPLIT_NAMES[group.split],
                    group.name,
                    f"{group.people:,}",
                    percent(group.facility),
                    hundredths(group.discrimination),
                    ", ".join(f"{name}: {count:,}" for name, count in group.chosen.items()),
                )
                for group in found.groups
            ),
            words=2,
            about=one.asked.id,
        )
        summary = "By version, language, month and report"
        yield f"<details><summary>{summary}</summary>{groups}</details>"


def _typed(one: QuestionResult) -> str:
    spoken = any(each.language for each in one.typed)
    words = ["Answer", "Language"] if spoken else ["Answer"]
    rows = [
        (
            each.text or "(empty)",
            *([each.language] if spoken else []),
            f"{each.people:,}",
            percent(each.result),
        )
        for each in one.typed
    ]
    if one.typed_others:
        rows.append(("other answers", *([""] if spoken else []), f"{one.typed_others:,}", ""))
    heads = [*words, "People", "Right"]
    return _table("What people typed", heads, rows, len(words), about=one.asked.id)


def _facts_of(one: QuestionResult) -> Iterator[tuple[str, str]]:
    found = one.figures
    yield "Answered by", format_count(found.people, "person", "people")
    if found.only_present_words:
        yield "Words", "the present ones; answers to earlier words are left out"
    if found.only_earlier_words:
        yield "Words", "no answer is known to be to the present ones"
    if one.asked.judged:
        yield "Right", percent(found.facility)
        if found.again:
            yield "Right at the last try", percent(found.last_facility)
    if found.discrimination is not None:
        interval = found.interval
        between = (
            f" (probably {hundredths(interval[0])} to {hundredths(interval[1])})"
            if interval
            else " (too few to say how sure that is)"
        )
        yield "Tells apart", hundredths(found.discrimination) + between
    if found.seconds is not None:
        yield "Median time", f"{found.seconds:g} seconds"
    if found.outside:
        words = f"{format_count(found.outside, 'answer')} in unfinished or mixed quizzes"
        yield "Not counted", words


def _options(one: QuestionResult) -> str:
    found = one.figures
    upper, lower = found.halves
    labels = [option.id for option in found.options]
    heads = ["Option", "Chosen", "Upper", "Lower"] if upper else ["Option", "Chosen"]
    caption = f"Of {upper:,} in the upper and {lower:,} in the lower half" if upper else "Options"
    rows = []
    for option in found.options:
        cells = [_option_words(option, found.people), f"{option.chosen:,}"]
        rows.append([*cells, f"{option.upper:,}", f"{option.lower:,}"] if upper else cells)
    chart = (
        _chart(
            "How many chose each option",
            labels,
            [
                ([option.upper for option in found.options], "bar", "upper half"),
                ([option.lower for option in found.options], "other", "lower half"),
            ],
        )
        if upper
        else _chart(
            "How many chose each option",
            labels,
            [([option.chosen for option in found.options], "bar", "people")],
        )
    )
    return (
        f'<div class="pair options">{chart}{_table(caption, heads, rows, about=one.asked.id)}</div>'
    )


def _option_words(option: OptionFigures, people: int) -> str:
    marks = [
        "right" if option.right else "",
        "under 5 %" if not option.right and option.chosen < RARE * people else "",
    ]
    said = ", ".join(filter(None, marks))
    words = f"{option.id}: {option.text}"
    return f"{words} ({said})" if said else words


def _rows(results: Results) -> Iterator[str]:
    rows = [
        (words, f"{results.rows[fate]:,}") for fate, words in ROWS.items() if results.rows[fate]
    ]
    rows.append(("all", f"{sum(results.rows.values()):,}"))
    yield _table("Rows of the reports", ("What happened", "Rows"), rows)
    answers = [
        (words, f"{results.answers[kind]:,}")
        for kind, words in ANSWERS.items()
        if results.answers[kind]
    ]
    answers.append(("all", f"{sum(results.answers.values()):,}"))
    yield _table("Answers of the reports", ("What happened", "Answers"), answers)
    if results.unknown:
        unknown = ((name, f"{count:,}") for name, count in results.unknown.items())
        yield _table("Answers to questions that no package has", ("Id", "Answers"), unknown)
    if results.named:
        people = (
            (person, f"{name}, row {row:,}: {ROWS[fate]}")
            for name, row, person, fate in results.named
        )
        yield _table("People whose rows do not count", ("Person", "Row"), people, words=2)
