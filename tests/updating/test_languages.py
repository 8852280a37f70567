"""What a change of a translation means for trainees: nothing that they did is lost."""

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import click
import pytest

from builder import updating
from builder.cli.report import comparison as report
from builder.cli.report import rehearsal as rehearsal_report
from builder.cli.report import saved as saved_report
from builder.course.state import State, encode
from builder.package.outline import Outline, PageText, QuestionTexts, Translation, Wording
from builder.updating import LanguageChange, commands, compare, explain, rehearse, stages, trainees
from builder.updating.exports import Row
from tests.support.golden import GOOD
from tests.support.translations import write_po
from tests.updating.edited import FIRST, OLD, QUOTED, RECORD, SEVERAL, named, page, pages

ITEM = RECORD.record[0]


def translation(tag: str = "fr", source: Outline = OLD) -> Translation:
    return Translation(
        language=tag,
        title=f"{source.title} ({tag})",
        draft=False,
        modules=tuple(module.title for module in source.modules),
        pages={one.id: PageText(one.title, one.fingerprint) for one in source.pages},
        questions={
            one.id: QuestionTexts(one.prompt, one.texts, one.right) for one in source.questions
        },
        record={item.id: item.text for one in source.pages for item in one.record},
    )


FR = translation()


def spoken(*translations: Translation, source: Outline = OLD) -> Outline:
    return replace(source, translations=translations)


BEFORE = spoken(FR)


def of_pages(**texts: PageText) -> Translation:
    return replace(FR, pages={**FR.pages, **texts})


def of_question(name: str, **fields: object) -> Translation:
    changed = replace(FR.questions[name], **fields)  # type: ignore[arg-type]
    return replace(FR, questions={**FR.questions, name: changed})


CHANGES = {
    "nothing": (FR, LanguageChange("fr", "kept"), ["As before."]),
    "a page": (
        of_pages(first=PageText(FIRST.title, "other")),
        LanguageChange("fr", "kept", pages=("first",)),
        ["Changed texts: 1 page. Trainees keep everything."],
    ),
    "a prompt and an option": (
        replace(
            of_question("quoted", prompt="Qui ?"),
            questions={
                **of_question("quoted", prompt="Qui ?").questions,
                "several": replace(FR.questions["several"], texts={"a": "Un"}),
            },
        ),
        LanguageChange("fr", "kept", questions=("quoted", "several")),
        ["Changed texts: 2 questions. Trainees keep everything."],
    ),
    "an item and the title": (
        replace(FR, title="Le cours", record={**FR.record, ITEM.id: "Quoi ?"}),
        LanguageChange("fr", "kept", records=(ITEM.id,), retitled=True),
        [
            "Changed texts: 1 record item, the titles of the course or of its modules. Trainees "
            "keep everything."
        ],
    ),
    "a draft": (
        replace(FR, draft=True),
        LanguageChange("fr", "kept", draft=True),
        ["It is a draft.", "As before."],
    ),
    "texts that are not translated": (
        replace(FR, draft=True, untranslated=2),
        LanguageChange("fr", "kept", draft=True, untranslated=2),
        ["Still in the source language: 2 texts (0 before).", "It is a draft."],
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_changed_translation_loses_nothing_and_says_so(name: str) -> None:
    now, change, sentences = CHANGES[name]
    found = compare(BEFORE, spoken(now))
    assert found.languages == (change,)
    assert [*updating.meaning(change, found.new)] == sentences
    assert (found.lost, found.safe) == (False, True)
    assert found.changed is change.changed
    for group, words in trainees(found).items():
        assert words == trainees(compare(BEFORE, BEFORE))[group]


def test_a_new_language_can_be_chosen() -> None:
    found = compare(BEFORE, spoken(FR, translation("ar")))
    assert found.languages == (LanguageChange("fr", "kept"), LanguageChange("ar", "new"))
    assert (found.lost, found.changed) == (False, True)
    assert [*updating.meaning(found.languages[1], found.new)] == [
        "It is new. Trainees can choose it at any time, and keep their progress and scores."
    ]


def test_without_a_language_trainees_continue_in_that_of_the_course() -> None:
    found = compare(spoken(translation("cy"), FR), BEFORE)
    assert found.languages == (LanguageChange("fr", "kept"), LanguageChange("cy", "gone"))
    assert found.lost is False
    assert [*updating.meaning(found.languages[1], found.new)] == [
        "It was removed. Trainees who chose it continue in English (en), and keep their "
        "progress and their scores."
    ]
    assert trainees(found)["half_way"] == (
        *trainees(compare(BEFORE, BEFORE))["half_way"],
        "Those who chose Welsh (cy) continue in English (en), and keep everything that they did.",
    )


def test_a_renamed_page_is_compared_under_its_new_id() -> None:
    renamed = page(FIRST, **named("page", "begin", was=("first",)))
    texts = {"begin": FR.pages["first"], **FR.pages}
    del texts["first"]
    found = compare(BEFORE, spoken(replace(FR, pages=texts), source=renamed))
    assert found.languages == (LanguageChange("fr", "kept"),)


def test_a_new_page_is_not_a_change_of_a_translation() -> None:
    new = replace(FIRST, **named("page", "new"))
    source = pages(*OLD.pages, new)
    assert compare(BEFORE, spoken(translation(source=source), source=source)).languages == (
        LanguageChange("fr", "kept"),
    )


def test_other_accepted_answers_apply_from_now_on() -> None:
    typed = replace(QUOTED, type="fill-in", patterns=("yes",))
    source = replace(OLD, questions=(typed, SEVERAL))
    before = spoken(of_question("quoted", patterns=("oui",)), source=source)
    after = spoken(of_question("quoted", patterns=("oui", "bien sûr")), source=source)
    [change] = compare(before, after).languages
    assert change == LanguageChange("fr", "kept", accepted=("quoted",))
    assert [*updating.meaning(change, after)] == [
        "Changed accepted answers: quoted. They apply to answers from now on; saved results do not "
        "change."
    ]


def test_an_approval_of_a_translation_that_is_lost_is_listed() -> None:
    approved = replace(FR, wording=(Wording("page/first@fr", "2222-2222", "2026-01-01"),))
    changed = replace(FR, wording=(Wording("page/first@fr", "3333-3333"),))
    source = replace(OLD, wording=(Wording("page/first", "4444-4444"),))
    found = compare(spoken(approved, source=source), spoken(changed, source=source))
    assert [(one.part, one.fate) for one in found.approvals] == [("page/first@fr", "stale")]


def test_the_report_has_a_section_and_json_for_languages() -> None:
    found = compare(spoken(translation("cy"), FR), spoken(of_pages(first=PageText("Raz", "other"))))
    sections = click.unstyle(report.text(found)).split("\n\n")
    [section] = (one for one in sections if one.startswith("Languages"))
    assert section == (
        "Languages\n"
        "  French (fr)  Changed texts: 1 page. Trainees keep everything.\n"
        "  Welsh (cy)   It was removed. Trainees who chose it continue in English (en), and "
        "keep their\n"
        "               progress and their scores."
    )
    assert [
        (one["language"], one["fate"], one["pages"])
        for one in json.loads(report.as_json(found))["languages"]
    ] == [("fr", "kept", ["first"]), ("cy", "gone", [])]


def test_single_language_comparison_has_no_languages_section() -> None:
    assert "Languages" not in report.text(compare(OLD, OLD))


STATE = State("ATTEMPT1", 1, "incomplete", FIRST.key, language="cy")


def test_rehearsal_reports_trainees_whose_language_was_removed() -> None:
    rows = [Row("one", encode(STATE)), Row("two", encode(replace(STATE, language="fr")))]
    found = rehearse(spoken(translation("cy"), FR), BEFORE, rows)
    assert [one.language for one in found.trainees] == ["cy", ""]
    assert found.whole
    assert (
        "Chose Welsh (cy), which was removed, and continue in the language of the course "
        "(1 trainee)" in click.unstyle(rehearsal_report.text(found, details=False))
    )


def test_stages_of_a_translated_course_keep_everything() -> None:
    after = spoken(of_pages(first=PageText("Raz", "other")))
    assert rehearse(BEFORE, after, tuple(stages(BEFORE))).whole


@pytest.mark.parametrize(
    ("chosen", "outline", "line"),
    [
        (
            "fr",
            spoken(translation("cy")),
            "English (en); French (fr) was chosen, which this package does not have",
        ),
        ("cy", spoken(translation("cy")), "  Language    Welsh (cy)\n"),
        ("", spoken(translation("cy")), "  Language    English (en)\n"),
    ],
)
def test_the_explanation_of_a_state_names_the_language(
    chosen: str, outline: Outline, line: str
) -> None:
    text = saved_report.text(explain(outline, encode(replace(STATE, language=chosen)), False))
    assert line in text


def test_a_course_in_one_language_names_none() -> None:
    assert "Language" not in saved_report.text(
        explain(OLD, encode(replace(STATE, language="")), False)
    )


def test_translations_of_two_folders_are_compared(tmp_path: Path) -> None:
    old, new = (Path(shutil.copytree(GOOD, tmp_path / name)) for name in ("old", "new"))
    for folder in (old, new):
        write_po(folder, "cy", lambda one: one.text)
    write_po(old, "ar", lambda one: one.text)
    texts = (new / "translations/cy.po").read_text("utf-8")
    for text, other in (("Quiz", "Cwis"), ("Whom do you tell?", "Wrth bwy?")):
        assert f'msgstr "{text}"' in texts
        texts = texts.replace(f'msgstr "{text}"', f'msgstr "{other}"')
    (new / "translations/cy.po").write_text(texts, "utf-8")
    found, problems = commands.diff(old, new, date(2026, 1, 31), 2)
    assert (found is not None, problems) == (True, ())
    assert found
    assert (found.lost, found.safe) == (False, True)
    assert [(one.language, one.fate, one.untranslated) for one in found.languages] == [
        ("cy", "kept", 0),
        ("ar", "gone", 0),
    ]
    assert found.languages[0].pages == ("quiz",)
    assert len(found.languages[0].questions) == 1
