"""What rules let pass, and where they stop: the golden folders show what they refuse."""

import shutil
import time
from pathlib import Path

import pytest

from tests.support.golden import GOOD, judged
from tests.validate.courses import changed, judge

QUESTIONS = "questions/all.yaml"
QUOTE = "quote: Every child can be at risk."


def codes(folder: Path) -> list[str]:
    return [one.code for one in judge(folder)[1]]


@pytest.mark.parametrize(
    "quote",
    [
        "You don't need to be certain.",
        "You don’t need to be certain.",
        "You   don't need … to be … certain.",
        "Every child ... certain.",
        "Tell Anytown Board what worries you",
        "Remember You don't need",
        "Who can help",
        "The topic",
    ],
)
def test_a_quotation_may_differ_in_spaces_and_quotation_marks(tmp_path: Path, quote: str) -> None:
    folder = changed(tmp_path / "course", (QUESTIONS, QUOTE, f'quote: "{quote}"'))
    assert codes(folder) == []


@pytest.mark.parametrize(
    "quote",
    [
        "every child can be at risk.",
        "Every child can be at risk!",
        "Every … children",
        "certain. … Every child",
        "{{ board.name }}",
        "{#who-can-help}",
        "any-child",
        "https://www.example.org",
    ],
)
def test_a_quotation_is_what_a_trainee_reads(tmp_path: Path, quote: str) -> None:
    folder = changed(tmp_path / "course", (QUESTIONS, QUOTE, f'quote: "{quote}"'))
    assert codes(folder) == ["quotation-missing"]


def test_option_quotes_question_page_or_its_own_source(tmp_path: Path) -> None:
    feedback = "feedback: You need not be certain."
    own = f"{feedback}\n      source: start\n      quote: Read the topic first"
    assert codes(changed(tmp_path / "own", (QUESTIONS, feedback, own))) == []
    shared = f"{feedback}\n      quote: write it down"
    assert codes(changed(tmp_path / "shared", (QUESTIONS, feedback, shared))) == []


@pytest.mark.parametrize(
    "link",
    [
        "[x](topic.md)",
        "[x](topic.md#who-can-help)",
        "[x](../pages/topic.md)",
        "[x](#what-this-is)",
        "[x](../media/map.png)",
        "[x](media/map.png)",
        "[x](mailto:sam@example.org)",
        "[x](tel:+441234)",
        "[{{ board.name }}](topic.md)",
        "[![A map](media/map.png)](topic.md)",
        "<https://www.example.org/help>",
        "`[x](nowhere.md)`",
    ],
)
def test_links_that_lead_somewhere(tmp_path: Path, link: str) -> None:
    assert codes(changed(tmp_path / "course", ("pages/start.md", "Read", f"{link} Read"))) == []


@pytest.mark.parametrize(
    ("link", "code"),
    [
        ("[x](topic)", "link-broken"),
        ("[x](/topic.md)", "outside-course"),
        ("[x](..)", "link-broken"),
        ("[x](../course.yaml)", "link-broken"),
        ("[x](#who-can-help)", "link-broken"),
        ("[x](media/)", "link-broken"),
        ("[x](ftp://example.org)", "link-broken"),
        ("![x](topic.md)", "image-type"),
        ("![ ](media/map.png)", "alt-missing"),
        ("[![](media/map.png)](topic.md)", "alt-missing"),
        ("[x](https://other.example.org)", "link-unchecked"),
        ("[x](HTTPS://www.example.org/help)", "link-unchecked"),
    ],
)
def test_links_and_images_that_do_not(tmp_path: Path, link: str, code: str) -> None:
    found = codes(changed(tmp_path / "course", ("pages/start.md", "Read", f"{link} Read")))
    assert code in found


def test_unchecked_address_is_reported_once(tmp_path: Path) -> None:
    twice = "[a](http://b.example) and [b](http://b.example). Read"
    assert codes(changed(tmp_path / "course", ("pages/start.md", "Read", twice))) == [
        "link-unchecked"
    ]


def test_link_in_question_is_resolved_on_asking_page(tmp_path: Path) -> None:
    linked = (QUESTIONS, "feedback: You need", 'feedback: "[Read](#who-can-help). You need')
    closed = (QUESTIONS, "not be certain.\n", 'not be certain."\n')
    asked_on_quiz = changed(tmp_path / "quiz", linked, closed)
    assert codes(asked_on_quiz) == ["link-broken"]
    asked_on_topic = changed(
        tmp_path / "topic",
        linked,
        closed,
        ("course.yaml", "pass_mark: 50", "pass_mark: 100"),
        ("pages/quiz.md", "  - who-to-tell\n", ""),
        ("pages/topic.md", "::: check any-child", "::: check any-child\n\n::: check who-to-tell"),
    )
    assert codes(asked_on_topic) == []


@pytest.mark.parametrize(
    ("name", "reason", "suggestion"),
    [
        ("Plan.png", "it has capital letters", "plan.png"),
        ("my map (2).PNG", "it has a space", "my-map-2.png"),
        ("größe.png", "it has characters other than a–z, 0–9, . _ -", "groe.png"),
        ("地図.png", "it has characters other than a–z, 0–9, . _ -", "file.png"),
        ("-map.png", "it starts with a hyphen, or ends with a dot", "map.png"),
        ("con.png", "it is a reserved name on Windows", "con-1.png"),
        ("a" * 100 + ".png", "it is longer than 100 characters", "a" * 80 + ".png"),
    ],
)
def test_a_file_name_that_an_lms_would_refuse(
    tmp_path: Path, name: str, reason: str, suggestion: str
) -> None:
    use = f"![A map](<../media/{name}>)\n\nRead"
    folder = changed(tmp_path / "course", ("pages/start.md", "Read", use))
    shutil.copy(folder / "media/map.png", folder / "media" / name)
    [one] = judge(folder)[1]
    assert (one.code, one.position.path) == ("file-name", f"media/{name}")
    assert one.message.endswith(f": {reason}.")
    assert f"“{suggestion}”" in one.hint


def test_name_of_unused_file_is_not_checked(tmp_path: Path) -> None:
    folder = changed(tmp_path / "course")
    (folder / "media/Original Photo.PSD").write_bytes(b"large")
    assert codes(folder) == ["media-unused"]


def test_an_empty_file_that_no_page_uses_is_not_judged(tmp_path: Path) -> None:
    folder = changed(tmp_path / "course")
    (folder / "media/empty.png").touch()
    assert codes(folder) == ["media-unused"]


@pytest.mark.parametrize("name", ["a.PHP", "a.zip", "a.mjs", "a.exe", "a.dat"])
def test_a_kind_of_file_that_an_lms_would_refuse(tmp_path: Path, name: str) -> None:
    link = f"[x](media/{name}) Read"
    folder = changed(tmp_path / "course", ("pages/start.md", "Read", link))
    (folder / "media" / name).write_bytes(b"x")
    assert codes(folder) == ["file-type"]


@pytest.mark.parametrize(
    "headings",
    [
        "## A\n\n### B\n\n#### C\n\n## D",
        "## A\n\n### B\n\n::: callout C\n### D\n:::\n\n### E",
        "A\n=\n".replace("=", "-"),
    ],
)
def test_outlines_without_gaps(tmp_path: Path, headings: str) -> None:
    changes = ("pages/topic.md", "## Who can help {#who", f"{headings}\n\n## Who can help {{#who")
    assert codes(changed(tmp_path / "course", changes)) == []


def test_a_heading_may_be_a_variable(tmp_path: Path) -> None:
    heading = "## {{ board.name }}\n\nRead"
    assert codes(changed(tmp_path / "course", ("pages/start.md", "Read", heading))) == []


def test_pages_that_are_not_listed_are_not_judged(tmp_path: Path) -> None:
    folder = changed(
        tmp_path / "course", ("pages/draft.md", "", "---\nkind: odd\n---\n# {{ x }}\n")
    )
    assert codes(folder) == ["page-unlisted"]


def test_the_same_questions_may_be_in_two_quizzes(tmp_path: Path) -> None:
    quiz = "---\ntitle: Again\nkind: quiz\nquestions: [any-child]\n---\n"
    folder = changed(
        tmp_path / "course",
        ("course.yaml", "      - quiz.md\n", "      - quiz.md\n      - again.md\n"),
        ("pages/again.md", "", quiz),
    )
    assert codes(folder) == []


def test_ids_of_pages_questions_and_records_do_not_meet(tmp_path: Path) -> None:
    folder = changed(tmp_path / "course", ("pages/checklist.md", "- id: signs", "- id: topic"))
    assert codes(folder) == []


def test_each_problem_is_reported_once_in_file_order(tmp_path: Path) -> None:
    folder = changed(
        tmp_path / "course",
        (QUESTIONS, "text: No one", 'text: "{{ nobody }}"'),
        ("pages/topic.md", "::: check any-child", "::: check any-child\n\n::: check who-to-tell"),
    )
    (folder / "pages/start.md").write_text("---\ntitle: Start\n---\n# A\n[](x.md)\n", "utf-8")
    _, found = judge(folder)
    assert [f"{one.position} {one.code}" for one in found] == [
        "pages/start.md:4:1 heading-top",
        "pages/start.md:5:4 link-broken",
        "pages/start.md:5:4 link-text",
        "questions/all.yaml:16:14 variable-unknown",
    ]


def test_invalid_reference_does_not_mark_others_unchecked(tmp_path: Path) -> None:
    bad = "references:\n  - url: www.example.org\n"
    assert codes(changed(tmp_path / "course", ("course.yaml", "references:\n", bad))) == [
        "value-invalid"
    ]


def test_one_bad_variable_is_not_called_unknown(tmp_path: Path) -> None:
    folder = changed(
        tmp_path / "course", ("course.yaml", "    label: the safeguarding board\n", "")
    )
    found = codes(folder)
    assert "missing-key" in found
    assert "variable-unknown" not in found


def test_a_question_with_a_bad_key_is_not_called_unknown(tmp_path: Path) -> None:
    folder = changed(tmp_path / "course", (QUESTIONS, "  type: choice", "  type: choise"))
    assert codes(folder) == ["question-type"]


def test_a_page_with_bad_front_matter_is_still_judged(tmp_path: Path) -> None:
    folder = changed(
        tmp_path / "course",
        ("pages/topic.md", "minutes: 2", "minutes: many"),
        ("pages/topic.md", "## Who", "#### Who"),
    )
    assert codes(folder) == ["value-invalid", "heading-skipped"]


ZERO_WIDTH = "\u200b\u200d\u2060\u00ad"


@pytest.mark.parametrize("blank", [ZERO_WIDTH, "&#8203;", "\u2800\u3164", "\u3000\u200e"])
@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("## {}\n\nRead", "heading-empty"),
        ("![{}](media/map.png) Read", "alt-missing"),
        ("[{}](topic.md) Read", "link-text"),
    ],
)
def test_what_cannot_be_seen_is_no_text(tmp_path: Path, blank: str, words: str, code: str) -> None:
    change = ("pages/start.md", "Read", words.format(blank))
    assert codes(changed(tmp_path / "course", change)) == [code]


@pytest.mark.parametrize("text", ["👩\u200d🏫", "नमस्\u200dते", "\u200f子供\u200f", "–"])
def test_text_with_characters_that_cannot_be_seen_is_text(tmp_path: Path, text: str) -> None:
    folder = changed(
        tmp_path / "course",
        ("pages/start.md", "title: Start here", f"title: {text}"),
        ("pages/start.md", "Read", f"## {text}\n\n[{text}](topic.md) Read"),
    )
    assert codes(folder) == []


@pytest.mark.parametrize(
    ("body", "empty"),
    [
        ("```\nls\n```", False),
        ("    ls", False),
        ("> ```\n> ls\n> ```", False),
        ("| A |\n|---|\n| b |", False),
        ("## A", False),
        ("![A map](media/map.png)", False),
        ("{{ board.name }}", False),
        ("::: check any-child", False),
        ("", True),
        (" \n\n", True),
        (ZERO_WIDTH, True),
        ("[x]: topic.md", True),
    ],
)
def test_page_without_visible_content_is_reported_empty(
    tmp_path: Path, body: str, empty: bool
) -> None:
    folder = changed(
        tmp_path / "course",
        ("course.yaml", "  - start.md\n", "  - start.md\n  - more.md\n"),
        ("pages/topic.md", "::: check any-child", "" if "check" in body else "::: check any-child"),
        ("pages/more.md", "", f"---\ntitle: More\n---\n{body}\n"),
    )
    assert codes(folder) == (["page-empty"] if empty else [])


def test_explicit_heading_id_takes_precedence_over_generated_id(
    tmp_path: Path,
) -> None:
    headings = "## One {#two}\n\n## Two\n\n## Two\n\nRead"
    assert codes(changed(tmp_path / "course", ("pages/start.md", "Read", headings))) == []


@pytest.mark.parametrize("language", ["en", "EN", "en-GB", "en-Latn", "en-Latn-GB", "en-419"])
def test_language_tags(tmp_path: Path, language: str) -> None:
    change = ("course.yaml", "language: en", f"language: {language}")
    assert codes(changed(tmp_path / "course", change)) == []


@pytest.mark.parametrize(
    "language",
    ["en-GB-GB", "en-england-england", "en-GB-oed", "en_GB", "en-", "en-GB-Latn", "en-Latn-Latn"],
)
def test_language_tags_that_a_browser_may_refuse(tmp_path: Path, language: str) -> None:
    change = ("course.yaml", "language: en", f"language: {language}")
    assert codes(changed(tmp_path / "course", change)) == ["value-invalid"]


def test_a_quotation_with_very_many_spaces_is_judged_at_once(tmp_path: Path) -> None:
    spaces = " " * 100_000
    quote = f'quote: "Every{spaces}child …{spaces}at risk."'
    folder = changed(tmp_path / "course", (QUESTIONS, QUOTE, quote))
    start = time.process_time()
    assert codes(folder) == []
    # Looking at each space once for each other space would take half a minute.
    assert time.process_time() - start < 3


def test_a_title_of_very_many_brackets_is_judged_at_once(tmp_path: Path) -> None:
    title = "{" * 100_000
    folder = changed(tmp_path / "course", ("pages/start.md", "Start here", f'"{title}"'))
    start = time.process_time()
    assert codes(folder) == []
    assert time.process_time() - start < 3


def test_invalid_id_of_a_page_is_not_suggested(tmp_path: Path) -> None:
    changes = (
        (QUESTIONS, "source: topic", "source: law-and-rights"),
        ("pages/Law_and_rights.md", "", "---\ntitle: Law\n---\nIt holds.\n"),
        ("course.yaml", "  - checklist.md", "  - checklist.md\n  - Law_and_rights.md"),
    )
    _, found = judge(changed(tmp_path / "course", *changes))
    unknown = [one for one in found if one.code == "page-unknown"]
    assert unknown
    assert [str(one) for one in unknown if "Did you mean" in str(one)] == []


@pytest.mark.parametrize("written", ["id: Any-Child", "title: any-child"])
def test_question_without_valid_id_is_the_only_problem(tmp_path: Path, written: str) -> None:
    _, found = judge(changed(tmp_path / "course", (QUESTIONS, "id: any-child", written)))
    assert {one.position.path for one in found} == {QUESTIONS}
    assert "question-unknown" not in {one.code for one in found}


def test_large_image_is_reported_with_its_size(tmp_path: Path) -> None:
    folder = tmp_path / "course"
    shutil.copytree(GOOD, folder)
    with (folder / "media/map.png").open("ab") as file:
        file.write(bytes(6_000_000))
    assert [str(one) for one in judged(folder) if one.code == "image-large"] == [
        "media/map.png: warning image-large The image “media/map.png” has 6 MB: on a slow "
        "connection, trainees wait minutes for it."
    ]


@pytest.mark.parametrize(("size", "reported"), [(100_000, []), (149_600, ["150 KB"])])
def test_large_cover_picture_is_reported_with_its_size(
    tmp_path: Path, size: int, reported: list[str]
) -> None:
    covered = ("course.yaml", "pages:\n  - s", "cover:\n  picture: media/map.png\npages:\n  - s")
    folder = changed(tmp_path / "course", covered)
    picture = folder / "media/map.png"
    picture.write_bytes(picture.read_bytes().ljust(size, b"\0"))
    assert [str(one) for one in judged(folder) if one.code == "picture-large"] == [
        "course.yaml:13:12: warning picture-large The picture on the "
        f"cover, “media/map.png”, has {one}: on a slow connection, it comes long after the words."
        for one in reported
    ]
