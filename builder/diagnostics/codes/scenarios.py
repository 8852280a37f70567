"""Diagnostics about scenarios: their scenes, choices and endings, and the proof of their paths."""

from __future__ import annotations

from builder.diagnostics.codes.rule import ERROR, WARNING, Rule

_LINK = "- [What the trainee does](#next-scene){{a .good}} What happens then."
_EXPLAINED_LINK = _LINK.replace("{{", "{").replace("}}", "}")
_MARK = (
    "A choice is a link at the start of a list item, with a mark directly after it: "
    f"{_EXPLAINED_LINK} The mark has the id of the choice, one character from a to z or 0 to 9, "
    "and its quality: good, fair or poor. LMS reports and saved progress contain the id, so never "
    "change it, and never give it to another choice of the scene."
)
_ENDING = (
    "“::: ending good” (or fair, or poor) ends a path: it is the last thing in its scene, with a "
    "text between it and the line “:::”."
)

RULES = (
    Rule(
        "scene-unnamed",
        ERROR,
        "The scene “{title}” has no id.",
        "Write the id after the heading: ## {title} {{#{id}}}",
        "A choice names its next scene by id, and saved progress contains the id. So keep the id "
        "when you change the heading.",
    ),
    Rule(
        "scene-id",
        ERROR,
        "“{id}” cannot be the id of a scene.",
        "Use lower-case letters, digits and hyphens, at most 64: {{#{plain}}}",
        "LMS reports contain the id of a scene, and some LMSs reject other characters.",
    ),
    Rule(
        "scene-unknown",
        ERROR,
        "This choice leads to the scene “{id}”, which does not exist.{did_you_mean}",
        "Write the id of a scene of this page after “#”, one of: {known}. Or add the scene: "
        "## Heading {{#{id}}}",
        "A choice can lead only to a scene of its own page.",
    ),
    Rule(
        "scene-open",
        ERROR,
        "This scene has no choices and no ending, so trainees cannot go on.",
        "Add an ending, “::: ending good”, its text and “:::”, or a list of choices, such as: "
        "{choice}",
        "Every path through a scenario must end. A scene that you will write later can have an "
        "ending for now, and a sentence that says so.",
        advice="Add an ending, “::: ending good”, its text and “:::”, or a list of choices, such "
        f"as: {_EXPLAINED_LINK}",
    ),
    Rule(
        "scene-both",
        ERROR,
        "This scene has choices and an ending.",
        "Delete one of them, or move the ending into a scene of its own and let a choice lead "
        "there.",
        "A scene either goes on or ends. In a scene with both, nobody can tell whether it is over.",
    ),
    Rule(
        "scene-continues",
        ERROR,
        "The scene goes on after its {after}.",
        "Move this text above the {after}. If it belongs to a choice, write it in the list item. "
        "If it belongs to an ending, write it between “::: ending” and “:::”. The heading of the "
        "next scene starts with ##.",
        "A scene is read from top to bottom, and its choices or its ending are the last thing in "
        "it. Choices are buttons on the screen: nobody would look for text after them.",
    ),
    Rule(
        "scene-question",
        ERROR,
        "The scene “{id}” and a practice question on this page have the same id.",
        "Give the scene another id. If trainees have started the course, keep the old one as well: "
        "## Heading {{#new-id was={id}}}",
        "LMS reports name a decision by its page and scene, and an answer by its page and "
        "question. With one id for both, nobody could tell them apart.",
    ),
    Rule(
        "scene-link",
        ERROR,
        "This link leads to a scene of a scenario, but only a choice can open a scene.",
        "Link to the page of the scenario: ({page})",
        "A trainee who opens a scene from elsewhere has not made the decisions before it.",
    ),
    Rule(
        "scene-unreachable",
        ERROR,
        "No path from “{start}” leads to the scene “{id}”.",
        "Let a choice lead to it: ({example}), or delete the scene.",
        "Nobody would ever see this scene. “scorm-builder preview” shows the map of a scenario.",
        advice="Let a choice lead to the scene, or delete it.",
    ),
    Rule(
        "scene-endless",
        ERROR,
        "No path from the scene “{id}” leads to an ending: all go round in a circle.",
        "In one of these scenes, add a choice that leads to an ending: {scenes}.",
        "A path may return to an earlier scene, but only if there is also a way to an ending. "
        "Otherwise trainees could never finish.",
    ),
    Rule(
        "scenes-too-many",
        ERROR,
        "This scenario has {count} scenes; {limit} are possible.",
        "Divide it into several pages of kind “scenario”.",
        "The path of a trainee is part of the saved progress, which has a limit of 4096 "
        "characters.",
    ),
    Rule(
        "scenario-start",
        ERROR,
        "“start:” names the scene “{id}”, which does not exist.{did_you_mean}",
        "Write the id of a scene of this page, one of: {known}. Without “start:”, the first scene "
        "is the start.",
        "“start:” is the id of the scene in which a scenario begins.",
    ),
    Rule(
        "scenario-empty",
        ERROR,
        "This scenario has no scenes.",
        "Write a heading with an id for each scene, such as “## The call {{#call}}”, and below it "
        "the text and the choices. Or delete “kind: scenario”.",
        "A scene starts with a heading of level 2. Text above the first scene is its introduction.",
    ),
    Rule(
        "scenario-good",
        ERROR,
        "No path reaches a good ending, but this scenario has “complete: good”.",
        "Mark an ending as good: “::: ending good”. Or delete “complete:”, so that every ending "
        "completes the scenario.",
        "With “complete: good”, trainees finish only at a good ending, so a path must lead to one.",
    ),
    Rule(
        "scenario-rule-unused",
        WARNING,
        "“{key}:” has no effect: {reason}.",
        "{fix}",
        "A scenario with a weight counts in the score of the course. By default trainees can try "
        "as many ways as they like, and the best one counts.",
        advice="Add “weight:”, or delete “attempts:” and “keep:”.",
    ),
    Rule(
        "scenario-decisive",
        WARNING,
        "One decision can fail a trainee: after “{choice}” in “{scene}” (line {line}), the best "
        "possible result is {best}%, and the pass mark is {mark}%{more}.",
        "{fix}, or lower “weight:” or the pass mark.",
        "Where one way counts, a single poor decision may cost the pass although everything else "
        "is right. The best of several ways is fairer, and it is the default.",
        summary="Where one way counts, one decision can fail a trainee.",
        advice="Delete “attempts:” and “keep:”, so that the best way counts.",
    ),
    Rule(
        "scenario-notes",
        ERROR,
        "A scenario cannot have footnotes.",
        "Write the note into the text, or into a block such as “::: reveal More”.",
        "Footnotes are at the end of a page, and a scenario shows one scene at a time.",
    ),
    Rule(
        "choice-unnamed",
        ERROR,
        "The choice “{text}” {problem}.",
        "Write {mark} directly after the link{note}.",
        _MARK,
        summary="A choice has no id, two marks, or a mark that cannot be read.",
        advice="Write a mark such as {a .good} directly after the link.",
    ),
    Rule(
        "choice-id",
        ERROR,
        "“{id}” cannot be the id of a choice.",
        "Use one character from a to z or 0 to 9; “{free}” is free.",
        _MARK,
    ),
    Rule(
        "choice-repeated",
        ERROR,
        "Two choices of this scene have the id “{id}”.",
        "Give the newer one another id; “{free}” is free.",
        _MARK,
    ),
    Rule(
        "choice-quality",
        ERROR,
        "The choice “{id}” {problem}.{did_you_mean}",
        "Write one of three: {{{id} .good}}, {{{id} .fair}} or {{{id} .poor}}.",
        _MARK,
        summary="A choice has no quality, or an unknown one.",
    ),
    Rule(
        "choice-unlinked",
        ERROR,
        "This item in a list of choices leads nowhere.",
        "Start it with a link to a scene and a mark, as in [words](#scene){{a .good}}, or move it "
        "to a list of its own above the choices.",
        _MARK,
    ),
    Rule(
        "choice-elsewhere",
        ERROR,
        "This choice leads to “{target}”, outside its page.",
        "A choice can lead only to a scene of its own page: “#” and the id of the scene. Link to "
        "other pages from the text of a scene or an ending.",
        "A scenario is one page, and every path through it ends on that page.",
    ),
    Rule(
        "choice-misplaced",
        ERROR,
        "A choice cannot be {where}.",
        f"Write choices as a list at the end of a scene, on a page with “kind: scenario”: {_LINK}",
        _MARK,
        summary="A choice is in the wrong place.",
        advice="Write choices as a list at the end of a scene, on a page with “kind: scenario”.",
    ),
    Rule(
        "choices-too-many",
        ERROR,
        "This scene has {count} choices; 36 are possible.",
        "Divide the scene into two.",
        "Each choice has an id of one character.",
    ),
    Rule(
        "ending-quality",
        ERROR,
        "The quality of this ending is “{quality}”; it must be good, fair or poor.{did_you_mean}",
        "Write “::: ending good”, “::: ending fair” or “::: ending poor”.",
        _ENDING,
    ),
    Rule(
        "ending-repeated",
        ERROR,
        "This scene has two endings.",
        "Delete one of them, or move it into a scene of its own.",
        _ENDING,
    ),
    Rule(
        "ending-misplaced",
        ERROR,
        "This ending is outside a scene.",
        "Move it to the end of a scene, outside all other blocks, on a page with “kind: scenario”.",
        _ENDING,
    ),
)
