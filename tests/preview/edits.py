"""What an author does to a course, and what a cold build makes of it."""

import shutil
from collections.abc import Callable
from pathlib import Path

from hypothesis import strategies as st

from builder.base.cache import NO_CACHE, Cache
from builder.course import load, validate
from builder.diagnostics.diagnostic import Diagnostic, Places, tidy
from builder.package import archive, manifest, plan, render
from builder.package.artifacts import MANIFEST, Member
from builder.preview.warm import View
from tests.validate.courses import GOOD, TODAY

WORDS = """---
title: Words
---

::: glossary
Harm
: What hurts[^law], as [the topic](topic.md) says.

Lead
: Who is told; see [the list](checklist.md).
:::

::: take-a-break
:::

[^law]: By an "old" law.
"""
MORE = """
- id: how-many
  type: choice
  prompt: How many? See [the topic](topic.md#who-can-help) and {{ board.name }}.
  weight: 1
  options:
    - {id: a, text: One, correct: yes}
    - {id: b, text: Two <br>, feedback: Read again.}
"""
APPROVALS = """
- part: question/any-child
  by: Sam Lee
  on: 2025-12-01
  code: DM6Q-M933
"""
CHANGES = (
    ("course.yaml", "language: en\n", "language: en\ncover: {show: no}\n"),
    (
        "course.yaml",
        "  - checklist.md",
        "  - page: checklist.md\n    locked: {done: learn}\n  - words.md",
    ),
    ("pages/topic.md", "write it down.", "write it down: [harm](words.md#harm)."),
    ("pages/quiz.md", "  - any-child", "  - any-child\n  - how-many"),
)
TOGGLES = (
    ("course.yaml", "title: A good course", "title: Another course"),
    ("course.yaml", 'version: "1.0.0"', 'version: "1.0.1"'),
    ("course.yaml", "language: en", "language: fr"),
    ("course.yaml", "label: the safeguarding board", "label: whom to tell"),
    ("course.yaml", "value: Anytown Board", "value: Anytown Board "),
    ("course.yaml", "required: []", "required: [questions]"),
    ("approvals.yaml", "by: Sam Lee", "by: S. Lee"),
    ("approvals.yaml", "code: DM6Q-M933", "code: DM6Q-M932"),
    ("course.yaml", "  - start.md", "  - words.md\n  - start.md"),
    ("course.yaml", "\n  - words.md\n", "\n"),
    ("course.yaml", "pages: all", "pages: none"),
    ("course.yaml", "pass_mark: 50", "pass_mark: 40"),
    ("course.yaml", "language: en", "language: en\ntypography: by-language"),
    ("course.yaml", "cover: {show: no}\n", ""),
    ("course.yaml", "module: Learn\n", "module: To learn\n    id: learn\n"),
    ("course.yaml", "{done: learn}", "{done: Learn}"),
    ("course.yaml", "{done: learn}", "{done: nothing}"),
    ("course.yaml", "language: en", "language: en\nhelp: [topic.md]"),
    ("course.yaml", "checked_on: 2025-12-01", "checked_on: 2025-12-01\n    organisation: All"),
    ("course.yaml", "    checked_on", "    current: https://www.example.org/now\n    checked_on"),
    ("pages/topic.md", "title: The topic", "title: What it is about"),
    ("pages/topic.md", "[harm](words.md#harm)", "[lead](words.md#lead)"),
    ("pages/topic.md", "[harm](words.md#harm)", "harm"),
    ("pages/topic.md", "minutes: 2", "minutes: 20"),
    ("pages/topic.md", "## Who can help", "::: take-a-break\n:::\n\n## Who can help"),
    ("pages/topic.md", "## Who can help", '![](media/map.png "decorative")\n\n## Who can help'),
    ("pages/topic.md", "## Who can help", 'Said[^a] so.\n\n[^a]: By "all".\n\n## Who can help'),
    ("pages/topic.md", "Every child", "✎ Write on. Every child"),
    ("pages/start.md", "A map of the site", "map.png"),
    ("pages/start.md", "title: Start here", "id: begin\ntitle: Start here"),
    ("pages/start.md", "## What this is", "## What harm is: [harm](words.md#harm)"),
    ("pages/start.md", "Read ", "| a | b |\n|---|---|\n| c | d |\n\nRead "),
    ("pages/words.md", "What hurts", "What may hurt"),
    ("pages/words.md", "::: glossary", "First[^one].\n\n[^one]: One.\n\n::: glossary"),
    ("pages/words.md", 'an "old" law', "~~a law~~ <https://www.example.org/help>"),
    ("pages/words.md", "Harm\n", "Harm and neglect {#harm}\n"),
    ("pages/words.md", "title: Words", "title: All words"),
    ("pages/words.md", "glossary\nHarm\n", "glossary\nHarming\n"),
    ("pages/words.md", "::: glossary\nHarm\n", "## Harm {#harm}\n\n::: glossary\nHarming\n"),
    ("pages/words.md", "title: Words", "title: Words\nkind: quiz\nquestions: [how-many]"),
    ("pages/words.md", "[the topic](topic.md)", "[the start](start.md)"),
    ("pages/checklist.md", "title: Checklist", "title: Your list"),
    ("pages/checklist.md", "title: Checklist", "id: list\ntitle: Checklist"),
    ("questions/all.yaml", "- id: any-child", "# First of all\n\n- id: any-child"),
    ("questions/all.yaml", "  prompt: Whom", "  hint: Think.\n  prompt: Whom"),
    ("questions/all.yaml", "  weight: 1\n", ""),
    ("questions/all.yaml", "  weight: 1\n", "  weight: 1.50\n"),
    ("questions/all.yaml", "#who-can-help", "#nobody"),
    ("questions/all.yaml", "text: The board", "text: The board of [the topic](topic.md)"),
    ("questions/all.yaml", "prompt: Every child can", "prompt: Every child could"),
    ("questions/all.yaml", "id: how-many", "id: how-much"),
    ("questions/all.yaml", "how-many\n  type", "how-many\n  retired: [c]\n  type"),
    ("questions/all.yaml", "You need not be certain.", "Not # quite."),
    ("questions/all.yaml", ", feedback: Read again.", ""),
)
"""Words that an author changes, and changes back."""
LINES = (
    *("", "More words.", "## A heading", "[words](words.md#harm)", "[gone](gone.md)", "{{ x.y }}"),
    *("![A map](../media/map.png)", "[harm](words.md#harm) [help](https://www.example.org/help)"),
    *(
        "::: callout Note",
        ":::",
        "::: check how-many",
        "::: tabs",
        "{{ board.name }}",
        "<b>bold</b>",
    ),
    *("title: Another title", "id: topic", "kind: quiz", "minutes: 9", "revision: 2", "# comment"),
    *("Said[^law].", "[^law]: Here.", "✎ Write.", "![map.png](../media/map.png){width=50%}"),
    *("typography: by-language", "    id: learn", "    locked: {done: learn}"),
    *("  weight: 1", "  weight: 1.0", "  hint: Think.", "- id: how-many", "  shuffle: yes"),
    *("  prompt: Why?", "      feedback: No. # none", "  - id: [", '  prompt: "What?', "\tx: y"),
    *(
        "language: fr",
        "    value: Town",
        "  pages: none",
        "  - words.md",
        "draft: 1",
        "help: start.md",
    ),
)
"""What an author may type or paste, right or wrong."""

Act = Callable[[Path], object]
Staged = tuple[dict[str, Member] | None, tuple[Diagnostic, ...], Places | None]


def base(folder: Path) -> Path:
    """The good course with a glossary and a question whose texts know their places."""
    shutil.copytree(GOOD, folder)
    (folder / "pages" / "words.md").write_text(WORDS, "utf-8")
    with (folder / "questions" / "all.yaml").open("a", encoding="utf-8") as file:
        file.write(MORE)
    (folder / "approvals.yaml").write_text(APPROVALS, "utf-8")
    for name, old, new in CHANGES:
        text = (folder / name).read_text("utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new), "utf-8")
    return folder


def staged(folder: Path, cache: Cache = NO_CACHE) -> Staged:
    """The files of a course, made by the stages alone, what they say, and where its parts stand."""
    sources, found = load.load(folder, cache)
    if sources is None:
        return None, tidy(found), None
    judged = validate.validate(sources, TODAY, cache)
    diagnostics = tidy((*found, *judged.diagnostics))
    if judged.course is None:
        return None, diagnostics, judged.places
    planned = plan.plan(judged.course)
    members = render.render(planned, cache)
    listing = manifest.build(planned, [member.name for member in members])
    sealed, _ = archive.seal([*members, Member(MANIFEST, listing)])
    return {member.name: member for member in sealed}, diagnostics, judged.places


def contents(members: object) -> dict[str, bytes]:
    return {name: member.read() for name, member in members.items()}


def reported(found: tuple[Diagnostic, ...]) -> list[tuple[object, ...]]:
    # Diagnostics are equal without their hints.
    return [(one, one.severity, one.hint, one.draft, one.words) for one in found]


def checked(view: View, course: Path, before: View) -> View:
    """The view, which is that of a cold build after another one."""
    made, found, places = staged(course)
    assert view.places == (before.places if places is None else places)
    assert reported(view.diagnostics) == reported(found)
    assert view.good == (made is not None)
    now, then = contents(view.files), contents(before.files)
    assert now == (then if made is None else contents(made))
    assert view.changed == {name for name in now | then if now.get(name) != then.get(name)}
    return view


@st.composite
def acts(draw: st.DrawFn) -> Act:
    """One thing that an author does to a file of the course, or to several."""
    what = draw(st.sampled_from(ACTS))
    return what(draw)


def _toggled(draw: st.DrawFn) -> Act:
    change = draw(st.sampled_from(TOGGLES))
    return lambda course: toggle(course, *change)


def toggle(course: Path, name: str, old: str, new: str) -> None:
    text = (course / name).read_text("utf-8")
    back = new in text and (old in new or old not in text)
    changed = text.replace(new, old, 1) if back else text.replace(old, new, 1)
    (course / name).write_text(changed, "utf-8")


def _lines(draw: st.DrawFn) -> Act:
    pick, row = draw(st.integers(0, 99)), draw(st.integers(0, 99))
    new = draw(st.lists(st.sampled_from(LINES), max_size=2))
    taken = draw(st.integers(0, 2))

    def act(course: Path) -> None:
        file = _file(course, pick)
        lines = file.read_text("utf-8").split("\n")
        at = row % len(lines)
        lines[at : at + taken] = new
        file.write_text("\n".join(lines), "utf-8")

    return act


def _half(draw: st.DrawFn) -> Act:
    pick, part = draw(st.integers(0, 99)), draw(st.integers(0, 9))

    def act(course: Path) -> None:
        file = _file(course, pick)
        text = file.read_text("utf-8")
        file.write_text(text[: len(text) * part // 10], "utf-8")

    return act


def _renamed(draw: st.DrawFn) -> Act:
    pick, also = draw(st.integers(0, 99)), draw(st.booleans())

    def act(course: Path) -> None:
        file = _file(course, pick)
        file.rename(file.with_name(f"new-{file.name}"[-30:]))
        listed = course / "course.yaml"
        if also and listed.exists():
            text = listed.read_text("utf-8")
            listed.write_text(text.replace(file.name, f"new-{file.name}"[-30:]), "utf-8")

    return act


def _deleted(draw: st.DrawFn) -> Act:
    pick = draw(st.integers(0, 99))
    return lambda course: _file(course, pick).unlink()


def _beside(draw: st.DrawFn) -> Act:
    name = draw(st.sampled_from(("more.yaml", "pages/notes.txt", "pages/nul.md", "notes.md")))

    def act(course: Path) -> None:
        (course / name).parent.mkdir(exist_ok=True)
        (course / name).write_text("---\ntitle: More\n---\n", "utf-8")

    return act


def _drawn(draw: st.DrawFn) -> Act:
    size = draw(st.integers(1, 9))

    def act(course: Path) -> None:
        head = (GOOD / "media" / "map.png").read_bytes()
        (course / "media").mkdir(exist_ok=True)
        (course / "media" / "map.png").write_bytes(head[:16] + bytes([0, 0, 0, size]) + head[20:])

    return act


def _undone(draw: st.DrawFn) -> Act:
    def act(course: Path) -> None:
        shutil.rmtree(course)
        base(course)

    return act


ACTS = (*[_toggled] * 6, _lines, _half, _renamed, _deleted, _beside, _drawn, _undone, _undone)


def _file(course: Path, pick: int) -> Path:
    found = sorted(path for path in course.rglob("*") if path.suffix in (".md", ".yaml"))
    return found[pick % len(found)] if found else course / "course.yaml"
