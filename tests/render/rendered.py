"""A small course as it is rendered, and parts of it."""

import json
import re
from typing import Any

from builder.course.model import Page, QuizRules, Tracking
from builder.package.artifacts import Member
from builder.package.plan import plan
from builder.package.render import render
from tests.support.courses import course, page, question


def text(members: list[Member], pattern: str) -> str:
    (found,) = [member for member in members if re.fullmatch(pattern, member.name)]
    return found.read().decode()


def chunk(members: list[Member], name: str) -> dict:
    source = text(members, rf"pages/{name}-[0-9a-f]{{10}}\.js")
    found = re.fullmatch(r'scormBuilder\.add\("page","([^"]+)",(.*)\);\n', source)
    assert found
    assert found[1] == name
    return json.loads(found[2])


def embedded(members: list[Member], name: str) -> dict:
    script = rf'<script type="application/json" id="{name}">(.*?)</script>'
    return json.loads(re.search(script, text(members, "index.html"))[1])


def outline(members: list[Member]) -> dict:
    """The whole list of pages, which comes behind the first view."""
    script = text(members, r"assets/outline-.*\.js")
    data = script.partition('scormBuilder.add("outline","",')[2]
    found: dict = json.loads(data.rpartition(")")[0])
    return found


def quizzes(*pages: Page, attempts: int = 2) -> list[dict]:
    tracking = Tracking("all", "passed-failed", 80, attempts)
    made = render(plan(course(*pages, tracking=tracking)))
    listed = outline(made)["pages"]
    return [one["quiz"] for one in listed if "quiz" in one]


def quiz_page(name: str, **rules: Any) -> Page:
    return page(name, kind="quiz", quiz=(question(name),), rules=QuizRules(**rules))


def shown(body: str, **fields: object) -> str:
    """The HTML of a page with this body, without its title."""
    made = chunk(render(plan(course(page("first"), page("second", body), **fields))), "second")
    return made["html"].partition("</h1>\n")[2]
