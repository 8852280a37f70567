"""The catalogue of diagnostics: every code is used, complete and printable."""

import re
from pathlib import Path

import pytest

from builder.diagnostics.codes import CATALOGUE, RULES, Known, Rule, did_you_mean, problem, renamed
from builder.diagnostics.diagnostic import FileName, Position, Severity

BUILDER = Path(__file__).parent.parent.parent / "builder"
SOURCES = {path: path.read_text("utf-8") for path in sorted(BUILDER.rglob("*.py"))}
CODES_IN_USE = {
    code
    for path, text in SOURCES.items()
    if path.parent.name != "codes"
    for code in re.findall(r'"([a-z]+(?:-[a-z]+)+)"', text)
}


def test_no_code_stands_twice() -> None:
    assert len(CATALOGUE) == len(RULES)


def test_codes_with_same_first_word_share_a_module() -> None:
    modules: dict[str, set[str]] = {}
    for path in sorted((BUILDER / "diagnostics/codes").glob("*.py")):
        for word in re.findall(r'^        "([a-z]+)-[a-z-]+",$', SOURCES[path], re.MULTILINE):
            modules.setdefault(word, set()).add(path.stem)
    scattered = {word for word, stems in modules.items() if len(stems) > 1}
    # A key is not an id, and a text of the interface not one of the manifest.
    assert scattered == {"duplicate", "text"}


def test_every_code_is_used() -> None:
    assert set(CATALOGUE) - CODES_IN_USE == set()


def test_every_code_used_is_in_the_catalogue() -> None:
    used = {
        code for text in SOURCES.values() for code in re.findall(r'\bproblem\(\s*"([^"]+)"', text)
    }
    assert used
    assert used - set(CATALOGUE) == set()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_rule_has_message_hint_and_explanation(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)+", rule.code)
    assert rule.message.rstrip("}").endswith((".", "{did_you_mean", "{problem"))
    assert rule.hint
    assert rule.explanation.endswith(".")
    # Only message and hint are templates.
    assert "{{{" not in rule.explanation


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_what_makes_a_draft_is_a_warning(rule: Rule) -> None:
    assert not rule.draft or rule.severity is Severity.WARNING


def test_a_problem_has_the_words_of_its_rule() -> None:
    found = problem("variable-unused", Position("course.yaml", 3, 5), name="board.name")
    assert str(found) == (
        "course.yaml:3:5: warning variable-unused No page uses the variable “board.name”."
    )
    assert found.hint == "Use it in a page as {{ board.name }}, or delete it."
    assert not found.draft


def test_message_about_huge_value_is_shortened() -> None:
    words = {"key": "limit", "problem": f"“{'a' * 1_000_000}” is too much", "fix": "Write 5"}
    found = problem("value-invalid", Position("course.yaml", 3, 5), **words, did_you_mean="")
    assert found.message.startswith("“limit”: “aaa")
    assert found.message.endswith("a…" + "a" * 87 + "” is too much.")
    assert len(found.message) == len("“limit”: .") + 401


def test_a_problem_without_its_words_is_a_bug() -> None:
    with pytest.raises(KeyError):
        problem("variable-unused", Position("course.yaml"))


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("minuts", " Did you mean “minutes”?"),
        ("titel", " Did you mean “title”?"),
        ("colour", ""),
        ("", ""),
    ],
)
def test_only_a_near_word_is_offered(word: str, sentence: str) -> None:
    assert did_you_mean(word, ["title", "minutes", "kind"]) == sentence


def test_thousands_of_unknown_words_take_no_longer_than_tens() -> None:
    known = Known(f"page-{number}" for number in range(1000))
    sentence = [known.did_you_mean(f"pagee-{number}") for number in range(1000)]
    assert sentence[:2] == [" Did you mean “page-0”?", " Did you mean “page-1”?"]
    # Each word is compared with every known one.
    assert [bool(one) for one in sentence] == [True] * 30 + [False] * 970
    assert known.did_you_mean("pagee-1") == " Did you mean “page-1”?"


def test_first_misspelling_gets_suggestion_among_many_words() -> None:
    known = Known([f"page-{number}" for number in range(Known.COMPARISONS)] + ["zebra"])
    assert known.did_you_mean("zebar") == " Did you mean “zebra”?"
    assert known.did_you_mean("zebrra") == ""


def test_very_long_words_are_not_compared() -> None:
    word = "x" * Known.LONGEST
    assert Known([word]).near(word) == word
    assert Known([word]).near(f"{word}x") is None
    assert Known([f"{word}x"]).near(word) is None


def test_renamed_files_are_renamed_throughout_a_problem() -> None:
    words = ("show “", FileName("media/a-1.png"), "”, which is not media/a-1.png")
    page = FileName("pages/one-2.js")
    found = problem("package-content", Position(page, 3), name=page, problem=words)
    assert str(found) == (
        "pages/one-2.js:3: error package-content “pages/one-2.js” would show “media/a-1.png”, "
        "which is not media/a-1.png."
    )
    again = renamed(found, {"media/a-1.png": "media/plans/a.png", "pages/one-2.js": "one.md"})
    # Words that only look like the name of a file stay as they are.
    assert str(again) == (
        "one.md:3: error package-content “one.md” would show “media/plans/a.png”, "
        "which is not media/a-1.png."
    )
    assert renamed(again, {"one.md": "two.md"}).message.startswith("“two.md” would show “media/pl")


def test_a_problem_that_names_no_file_moves_with_its_own() -> None:
    found = problem("file-changed", Position("media/a-1.png"))
    assert renamed(found, {"media/a-1.png": "media/a.png"}) == problem(
        "file-changed", Position("media/a.png")
    )
