"""The trainee's way in the page of an audit: pictures with words, the call log, and its bounds."""

from __future__ import annotations

import re
from dataclasses import replace

from builder.audit import Audited, Facts
from builder.audit.visit.record import Play
from builder.cli.report import audit_formats as report
from builder.cli.report import audit_page
from tests.audit.visit.visited_plays import halfway

NONE = Audited(Facts("course.zip"), ("moodle", "strict"), ())


def visited(*plays: Play) -> Audited:
    return replace(NONE, visited=True, plays=plays)


def test_each_picture_has_alt_text_with_place_and_actions() -> None:
    page = report.as_page(visited(halfway("moodle")))
    assert re.findall(r'<img [^>]*?alt="([^"]*)"', page) == [
        "“Hand &lt;i&gt;washing&lt;/i&gt;”, as the course opens",
        "“Hand &lt;i&gt;washing&lt;/i&gt;”, before leaving half-way; 1 thing was done, the last: "
        "presses “Next”",
    ]


def test_log_lists_calls_below_each_action() -> None:
    page = report.as_page(visited(halfway("moodle")))
    [log] = re.findall(r'<details class="calls">.*?</details>', page)
    assert "<summary>What was done, and 3 calls</summary>" in log
    lines = re.findall(r"<(?:li|code|p)>([^<]+)", log.replace("&quot;", "'"))
    assert lines == [
        "As the course opens",
        "LMSInitialize('') → 'true'",
        "The learning system has status “incomplete”.",
        "The trainee presses “Next”",
        "LMSSetValue('cmi.core.lesson_location', '&lt;b&gt;2&lt;/b&gt;') → 'true'",
        "LMSCommit('') → 'false', error 101",
        "Before leaving half-way",
        "The learning system has status “incomplete”, score 50.",
    ]


def test_what_is_no_picture_is_left_out() -> None:
    page = report.as_page(visited(halfway("moodle", image='"><script>')))
    assert "<img" not in page
    assert "<script" not in page
    assert "<p>2 pictures are left out.</p>" in page


def test_picture_limit_is_shared_between_learning_systems() -> None:
    many = [replace(halfway(lms, pictures=60), lms=lms) for lms in ("moodle", "strict")]
    first = replace(halfway("strict", pictures=3), scenario="glance")
    page = report.as_page(visited(*many, first))
    assert page.count("<img ") == audit_page.MOST_PICTURES
    assert "<p>33 pictures are left out.</p>" in page


def test_the_pictures_of_a_page_have_a_bound_of_bytes() -> None:
    large = "A" * (audit_page.MOST_BYTES // 3 - 4)
    page = report.as_page(visited(halfway("moodle", pictures=5, image=large)))
    assert page.count("<img ") == 3
    assert len(page) < audit_page.MOST_BYTES + 50_000


def test_a_long_log_is_cut_and_says_so() -> None:
    one = halfway("moodle")
    calls = tuple(replace(one.calls[0], order=n) for n in range(audit_page.MOST_CALLS + 1_200))
    page = report.as_page(visited(replace(one, calls=calls)))
    assert page.count("LMSInitialize") == audit_page.MOST_CALLS
    assert "<p>1,200 more calls are left out.</p>" in page


def test_other_reports_have_no_pictures() -> None:
    audited = visited(halfway("moodle"))
    for form in ("text", "json", "sarif", "junit"):
        assert "/9j/" not in report.FORMATS[form](audited)


def test_without_a_visit_there_is_no_way() -> None:
    assert "The trainee’s path" not in report.as_page(NONE)
