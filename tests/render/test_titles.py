"""Titles are plain text, whatever their author writes."""

from dataclasses import replace

from builder.package.plan import plan
from builder.package.render import render
from tests.render.rendered import chunk
from tests.support.courses import course, page


def test_the_title_of_a_page_is_no_markup() -> None:
    made = render(plan(course(page("first"), replace(page("second"), title="Bells & <b>alarms"))))
    assert chunk(made, "second")["html"].startswith(
        '<h1 tabindex="-1">Bells &amp; &lt;b&gt;alarms</h1>\n'
    )
