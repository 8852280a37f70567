"""Formats an audit as an HTML file (``builder.cli.report.html_page``).

All text from the package is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from builder.audit import Audited, Finding, Verdict
from builder.audit.visit.record import Moment, Picture, Play
from builder.audit.visit.visiting import SCENARIOS
from builder.cli.report import comparison
from builder.cli.report.audit_text import (
    VERDICTS,
    describe_evidence,
    effects_by_lms,
    limits,
    made_for,
    megabytes,
    name_of,
    summary_sentence,
)
from builder.cli.report.html_page import escape_text, fact_rows, page
from builder.diagnostics.diagnostic import Severity

_SEVERITY_NAMES = {Severity.ERROR: "Error", Severity.WARNING: "Warning"}


def as_page(audited: Audited) -> str:
    """Format an audit as an HTML page; all text from the package is escaped."""
    facts = audited.facts
    title = facts.title or facts.name
    return page(
        "audit",
        f"Audit of {title}",
        heading=escape_text(title),
        summary=escape_text(summary_sentence(audited)),
        facts=fact_rows(_facts(audited)),
        verdicts="".join(_verdicts(audited)),
        findings="".join(_findings(audited)),
        way="".join(_path_section(audited)),
        limits="".join(f"<li>{escape_text(one)}</li>" for one in _limits(audited)),
    )


def _limits(audited: Audited) -> tuple[str, ...]:
    return limits(audited) or ("Parts that the simulated trainee did not try may still fail.",)


def _facts(audited: Audited) -> Iterator[tuple[str, str]]:
    facts = audited.facts
    yield from (
        ("File", facts.name),
        ("Made for", made_for(audited)),
        ("Made with", str(facts.tool) if facts.tool else "not known"),
        ("Launches", facts.launch),
        ("Identifier", facts.identifier),
        ("Files", f"{facts.files:,}; {megabytes(facts.size)} in all" if facts.files else ""),
        ("To upload", megabytes(facts.packed) if facts.packed else ""),
    )


def _verdicts(audited: Audited) -> Iterator[str]:
    for lms, verdict in audited.verdicts.items():
        codes = [one for one in audited.of_package if one.matters_in(lms)]
        links = ", ".join(
            f'<a href="#{_anchor(audited, one)}">{escape_text(one.code)}</a>'
            for one in _first_of_each(codes)
        )
        word = VERDICTS[verdict]
        name = escape_text(name_of(lms))
        yield (
            f'<tr><th scope="row">{name}</th><td><span class="{_style(verdict)}">{word}</span>'
            f"</td><td>{links or '–'}</td></tr>"
        )


def _style(verdict: Verdict) -> str:
    return verdict.value.replace(" ", "-")


def _first_of_each(findings: Iterable[Finding]) -> list[Finding]:
    """The first finding with each code."""
    return list({one.code: one for one in reversed(list(findings))}.values())[::-1]


def _anchor(audited: Audited, finding: Finding) -> str:
    return f"finding-{audited.findings.index(finding) + 1}"


def _findings(audited: Audited) -> Iterator[str]:
    if not audited.findings:
        yield "<p>Nothing was found.</p>"
    for one in audited.of_package:
        yield _finding(audited, one)
    if audited.of_systems:
        yield "<h2>Data that learning systems lose in any course</h2>"
        yield "<p>The package does not cause this.</p>"
    for one in audited.of_systems:
        yield _finding(audited, one)
    if audited.comparison:
        lines = escape_lines(comparison.text(audited.comparison))
        yield f"<h2>What the edit means for trainees</h2><pre>{lines}</pre>"


def escape_lines(text: str) -> str:
    """Escape a text of several lines for HTML, and remove its terminal styles."""
    import click

    return "\n".join(escape_text(line) for line in click.unstyle(text).split("\n"))


def _finding(audited: Audited, finding: Finding) -> str:
    effects = "".join(
        f"<li><strong>{escape_text(where)}:</strong> {escape_text(what)}</li>"
        for where, what in effects_by_lms(audited, finding)
    )
    evidence = "".join(f"<li><code>{escape_text(one)}</code></li>" for one in finding.evidence)
    says = escape_text(describe_evidence(finding))
    shows = f"<details><summary>Evidence: {says}</summary><ul>{evidence}</ul></details>"
    shows = shows if evidence else f"<p>Evidence: {says}.</p>"
    repeat = f"<p>To see it again: <code>{escape_text(finding.repeat)}</code></p>"
    return (
        f'<article id="{_anchor(audited, finding)}" class="{finding.severity.value}">'
        f"<h3><span>{_SEVERITY_NAMES[finding.severity]}</span> {escape_text(finding.message)}</h3>"
        f"<p><code>{escape_text(str(finding.position))}</code> · {escape_text(finding.code)}</p>"
        f"<h4>What happens</h4><ul>{effects}</ul>"
        f"<h4>What to do</h4><p>{escape_text(finding.hint)}</p>"
        f"{shows}{repeat if finding.repeat else ''}</article>"
    )


MOST_PICTURES = 90
MOST_BYTES = 4_000_000
"""Maximum total size of all screenshots on the page, in base64 characters."""
MOST_CALLS = 300
"""Maximum number of calls of the SCORM API that are shown per scenario."""

_BASE64 = re.compile(r"[A-Za-z0-9+/]+={0,2}")
_MOMENT_NAMES: Mapping[str, str] = {
    "opened": "as the course opens",
    "half": "before leaving half-way",
    "failing": "while it cannot be saved",
    "returned": "as the course opens again",
    "back": "where the trainee continues",
    "end": "at the end",
    "again": "as the finished course opens again",
}


def _path_section(audited: Audited) -> Iterator[str]:
    """Yield the section about the simulated trainee's path: a heading for each LMS, and a folded
    section for each scenario. Empty if the package was not run.

    All text from the package is escaped.
    """
    if not audited.plays:
        return
    yield "<h2>The trainee’s path</h2>"
    yield (
        "<p>What the simulated trainee saw and did, and what the course reported to the learning "
        "system.</p>"
    )
    pictures = _pictures_that_fit(audited.plays)
    for lms, plays in groupby(audited.plays, lambda one: one.lms):
        yield f"<h3>{escape_text(name_of(lms))}</h3>"
        for play in plays:
            yield _scenario(play, pictures[play.lms, play.scenario], len(_distinct(play)))


def _pictures_that_fit(plays: Sequence[Play]) -> Mapping[tuple[str, str], Sequence[Picture]]:
    """Select the screenshots that fit into the page, by LMS and scenario.

    Takes those of the first scenario in each LMS, then those of the next scenario, until the limits
    of their number and size are reached.
    """
    rank = {scenario: at for at, scenario in enumerate(SCENARIOS)}
    kept: dict[tuple[str, str], list[Picture]] = {}
    count, room = MOST_PICTURES, MOST_BYTES
    for play in sorted(plays, key=lambda one: rank[one.scenario]):
        pictures = kept.setdefault((play.lms, play.scenario), [])
        for picture in _distinct(play):
            fits = count > 0 and len(picture.image) <= room
            if fits and _BASE64.fullmatch(picture.image):
                pictures.append(picture)
                count, room = count - 1, room - len(picture.image)
    return kept


def _distinct(play: Play) -> list[Picture]:
    """The screenshots of a scenario, without consecutive duplicates."""
    return [next(same) for _, same in groupby(play.pictures, lambda one: one.image)]


def _scenario(play: Play, pictures: Sequence[Picture], taken: int) -> str:
    figures = "".join(_figure(play, one) for one in pictures)
    left_out = taken - len(pictures)
    more = f"<p>{_pictures(left_out)} left out.</p>" if left_out else ""
    return (
        f'<details class="way"><summary>{escape_text(play.scenario)}: '
        f"{escape_text(SCENARIOS[play.scenario])}</summary>"
        f'<div class="pictures">{figures}</div>{more}{_log(play)}</details>'
    )


def _pictures(count: int) -> str:
    return "1 picture is" if count == 1 else f"{count} pictures are"


def _figure(play: Play, picture: Picture) -> str:
    when = _MOMENT_NAMES.get(picture.moment, picture.moment)
    heading = f"“{picture.heading}”" if picture.heading else "a page without a heading"
    done = _steps_so_far(play, picture.step)
    return (
        f'<figure><img src="data:image/jpeg;base64,{picture.image}" width="500" height="360" '
        f'alt="{escape_text(f"{heading}, {when}{done}")}" loading="lazy">'
        f"<figcaption>{escape_text(_capitalise(when) + done)}</figcaption></figure>"
    )


def _steps_so_far(play: Play, count: int) -> str:
    """Summarise the simulated trainee's first ``count`` steps for a caption; empty if there are
    none."""
    if not count:
        return ""
    last = play.steps[count - 1].words
    things = "1 thing was done" if count == 1 else f"{count} things were done"
    return f"; {things}, the last: {last}"


def _log(play: Play) -> str:
    """Format the steps and moments of a scenario, each with the calls of the SCORM API until
    then."""
    lines = []
    begin = room = 0
    for name, until, lms_data in (*_timeline(play), ("Afterwards", len(play.calls), "")):
        calls = play.calls[begin:until]
        fit = calls[: max(0, MOST_CALLS - room)]
        room += len(calls)
        begin = max(begin, until)
        if calls or name != "Afterwards":
            items = "".join(f"<li><code>{escape_text(str(one))}</code></li>" for one in fit)
            below = f"<ol>{items}</ol>" if items else ""
            after = f"<p>{escape_text(lms_data)}</p>" if lms_data else ""
            lines.append(f"<li>{escape_text(name)}{below}{after}</li>")
    more = f"<p>{room - MOST_CALLS:,} more calls are left out.</p>" if room > MOST_CALLS else ""
    counted = "1 call" if len(play.calls) == 1 else f"{len(play.calls):,} calls"
    return (
        f'<details class="calls"><summary>What was done, and {counted}</summary>'
        f"<ol>{''.join(lines)}</ol>{more}</details>"
    )


def _timeline(play: Play) -> Iterator[tuple[str, int, str]]:
    """Yield the steps and moments of a scenario in order: what happened, the number of API calls
    until then, and, for a moment, the data that the LMS had stored (else empty)."""
    moments: list[Moment] = list(play.moments)
    for at, step in enumerate(play.steps):
        while moments and moments[0].step <= at:
            yield _moment(moments.pop(0))
        yield f"The trainee {step.words}", step.calls, ""
    for moment in moments:
        yield _moment(moment)


def _moment(moment: Moment) -> tuple[str, int, str]:
    lms_data = moment.held
    status = f"status “{lms_data.status}”" if lms_data.status else "no status"
    score = f", score {lms_data.score}" if lms_data.score else ""
    when = _MOMENT_NAMES.get(moment.name, "once the trainee has left")
    return _capitalise(when), moment.calls, f"The learning system has {status}{score}."


def _capitalise(words_of_it: str) -> str:
    return f"{words_of_it[0].upper()}{words_of_it[1:]}"
