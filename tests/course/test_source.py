"""The course says what its source says, in order, and no sentence of ours slips in unseen."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from builder.course import markdown
from tests.course import words

COURSE = Path(__file__).resolve().parent.parent.parent / "course"


def read_yaml(text: str) -> Any:
    """Every scalar as the author wrote it."""
    return yaml.load(text, Loader=yaml.BaseLoader)


SETTINGS = read_yaml((COURSE / "course.yaml").read_text("utf-8"))
FILES = [COURSE / "pages" / name for name in SETTINGS["pages"]]
QUESTIONS = [
    question
    for path in sorted((COURSE / "questions").glob("*.yaml"))
    for question in read_yaml(path.read_text("utf-8"))
]
NOTES = (COURSE / "SOURCE.md").read_text("utf-8")
_APPROVALS = COURSE / "approvals.yaml"
APPROVED = {
    one["part"]: f"{one['by']}, {one['on']}"
    for one in (read_yaml(_APPROVALS.read_text("utf-8")) if _APPROVALS.exists() else ())
}
AS_WRITTEN = {name: f"{{{{ {name} }}}}" for name in SETTINGS["variables"]}


class Page:
    """One page as a reader meets it: runs of text, in order, variables as they are written."""

    def __init__(self, path: Path) -> None:
        _, front, self.body = path.read_text("utf-8").split("---\n", 2)
        self.front = read_yaml(front)
        self.document = markdown.parse(self.body)
        self.id: str = self.front["id"]
        self.title: str = self.front["title"]
        self.checks = [block.argument for block in self.directives() if block.name == "check"]

    def directives(self) -> Iterator[markdown.Directive]:
        blocks = self.document.walk()
        return (block for block in blocks if isinstance(block, markdown.Directive))

    def prose(self) -> Iterator[markdown.Prose]:
        return (block for block in self.document.walk() if isinstance(block, markdown.Prose))

    def texts(self) -> Iterator[str]:
        """Title, text, callout titles; then each question of a record with its reading."""
        yield self.title
        for block in self.document.walk():
            if isinstance(block, markdown.Prose):
                yield from markdown.plain(block, AS_WRITTEN).splitlines()
            elif block.name != "check" and block.argument:
                yield block.argument
        for item in self.front.get("record", ()):
            yield item["question"]
            yield markdown.plain(markdown.inline(item["reading"]), AS_WRITTEN)
        if "signature" in self.front:
            yield self.front["signature"]


PAGES = {page.id: page for page in map(Page, FILES)}
UNSCORED = ("likert", "reflection")
each_page = pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
each_question = pytest.mark.parametrize(
    "question", QUESTIONS, ids=[question["id"] for question in QUESTIONS]
)


def expected(page: Page) -> list[str]:
    """The source's text for a page; the template supplies the other heads of the record's table."""
    return [
        line.local(AS_WRITTEN)
        for line in words.lines()
        if line.page == page.id
        and (line.part != "column" or line.text == page.front.get("signature"))
    ]


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?]) +", text)


def listed(page: Page) -> list[str]:
    """What SOURCE.md lists for a page under its authored sentences."""
    _, _, part = NOTES.partition("\n## Sentences that are not in the source\n")
    found = re.search(rf"^### [^\n]*`pages/{page.id}\.md`\n(.*?)(?=^##)", part, re.M | re.S)
    return re.findall(r"^- (.+)$", found[1], re.M) if found else []


def section(heading: str) -> str:
    """One part of SOURCE.md, to the next heading of the same level."""
    return NOTES.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def test_every_source_part_has_its_page_in_order() -> None:
    _, *started = words.STARTS.values()
    assert [page for page in PAGES if page not in words.AUTHORED_PAGES] == started
    assert [file.stem for file in FILES] == [*PAGES]
    assert {file.stem for file in (COURSE / "pages").iterdir()} == {*PAGES}


@each_page
def test_page_says_every_line_of_the_source_in_order(page: Page) -> None:
    source = expected(page)
    # The order of a record's table in the source is by rows, so that its head comes first.
    of_table = [page.front["signature"]] if "signature" in page.front else []
    shown = [text for text in page.texts() if text in source and text not in of_table]
    assert shown == [text for text in source if text not in of_table]
    assert all(text in [*page.texts()] for text in of_table)


def test_code_and_title_of_the_source_are_on_the_cover() -> None:
    code, title = (line.text for line in words.lines() if line.page == "cover")
    assert SETTINGS["title"] == title
    assert SETTINGS["cover"]["about"].startswith(f"{code}: ")
    assert not any({code, title} & set(page.texts()) for page in PAGES.values())


def test_titles_are_the_headings_of_the_source() -> None:
    titles = {line.page: line.text for line in words.lines() if line.part == "title"}
    assert {page: PAGES[page].title for page in titles} == titles


def test_source_lists_stay_lists_and_paragraphs_stay_paragraphs() -> None:
    items = {
        row.removeprefix("- ")
        for row in words.SOURCE.read_text("utf-8").replace("\n ", " ").splitlines()
        if row.startswith("- ")
    }
    in_lists: set[str] = set()
    in_paragraphs: set[str] = set()
    for page in PAGES.values():
        for prose in page.prose():
            for place, token in enumerate(prose.tokens):
                if token.type != "inline":
                    continue
                in_list = prose.tokens[place - 2].type == "list_item_open" if place > 1 else False
                text = markdown.plain(markdown.Prose((token,)), words.NAMES)
                (in_lists if in_list else in_paragraphs).add(text)
    source = {line.text for line in words.lines()}
    assert in_lists & source == items
    assert in_paragraphs & items == set()


@each_page
def test_every_other_sentence_is_listed_in_the_source_notes(page: Page) -> None:
    source = set(expected(page))
    others = [text for text in page.texts() if text not in source]
    assert [sentence for text in others for sentence in sentences(text)] == listed(page)


def test_unreadable_line_is_kept_in_the_notes_and_shown_nowhere() -> None:
    assert words.UNREADABLE in words.SOURCE.read_text("utf-8").splitlines()
    assert words.UNREADABLE in section("What is wrong or unclear in the source")
    said = [*(text for page in PAGES.values() for text in page.texts()), str(QUESTIONS)]
    assert [text for text in said if re.search("riganiot|paddatanie", text)] == []


@pytest.mark.parametrize("oddity", words.ODDITIES)
def test_slips_of_the_source_stay_and_are_noted(oddity: str) -> None:
    assert oddity in "\n".join(PAGES[words.ODDITIES[oddity]].texts())
    assert f"“{oddity}”" in section("What is wrong or unclear in the source")


def test_table_heads_of_the_source_are_the_record_s() -> None:
    columns = [line.text for line in words.lines() if line.part == "column"]
    assert columns[-1] == PAGES["induction-checklist"].front["signature"]
    assert columns[:-1] == ["Question", "Answer", "Date achieved", "Further reading"]


def test_local_values_match_source_unless_approved() -> None:
    invented = {
        name
        for name, variable in SETTINGS["variables"].items()
        if variable["value"]
        and variable["value"] != words.NAMES.get(name)
        and f"value/{name}" not in APPROVED
    }
    assert invented == set()


def test_every_variable_is_used_and_every_used_variable_exists() -> None:
    readings = (item["reading"] for page in PAGES.values() for item in page.front.get("record", ()))
    prose = [*(prose for page in PAGES.values() for prose in page.prose())]
    prose += map(markdown.inline, readings)
    assert {use.name for run in prose for use in run.variables} == {*SETTINGS["variables"]}


def test_addresses_are_those_of_the_source() -> None:
    in_source = re.findall(r"http\S+", words.SOURCE.read_text("utf-8"))
    links = [link for page in PAGES.values() for prose in page.prose() for link in prose.links]
    assert [link.target for link in links if "://" in link.target] == in_source
    assert [reference["url"] for reference in SETTINGS["references"]] == in_source


def test_no_page_shows_a_picture_as_the_first_page_promises() -> None:
    assert "There are no pictures" in PAGES["before-you-start"].body
    assert [page.id for page in PAGES.values() for prose in page.prose() if prose.images] == []


def test_first_page_says_whom_to_tell_after_at_most_sixty_words() -> None:
    before, contacts, _ = PAGES["before-you-start"].body.partition("::: contacts")
    assert contacts
    assert len(before.split()) <= 60


@each_page
def test_page_parses_without_a_fault(page: Page) -> None:
    assert page.document.faults == ()


def quotations(question: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Page and words of each quotation in a question and its parts, in the order written."""
    for quoted in (question, *question.get("options", ()), *question.get("items", ())):
        if "quote" in quoted:
            quote = quoted["quote"]
            texts = [quote] if isinstance(quote, str) else quote
            yield quoted["source"], [part for text in texts for part in text.split(" … ")]


@each_question
def test_quotations_are_words_of_the_page_in_order(question: dict[str, Any]) -> None:
    assert question["type"] == "likert" or question["quote"]
    for source, parts in quotations(question):
        said = "\n".join(line.text for line in words.lines() if line.page == source)
        end = 0
        for part in parts:
            start = said.find(part, end)
            assert start >= 0, f"{source} does not say {part!r} (or not in this order)"
            end = start + len(part)


def test_practice_is_on_its_page_and_the_quiz_asks_other_questions() -> None:
    practice, bank = (
        read_yaml((COURSE / "questions" / f"{name}.yaml").read_text("utf-8"))
        for name in ("practice", "check")
    )
    assert [(check, page.id) for page in PAGES.values() for check in page.checks] == [
        (question["id"], question["source"]) for question in practice
    ]
    assert PAGES["check-your-understanding"].front["quiz"]["draw"] == [
        {"bank": "check", "count": "10"}
    ]
    assert len(bank) >= 24
    assert not {one["prompt"] for one in practice} & {one["prompt"] for one in bank}
    assert not {one["type"] for one in bank} & {*UNSCORED}


def test_practice_comes_after_the_text_of_its_page() -> None:
    for page in PAGES.values():
        blocks = [getattr(block, "name", "text") for block in page.document.blocks]
        at = blocks.index("check") if page.checks else len(blocks)
        assert set(blocks[at:]) <= {"check"}


def test_right_answer_is_not_the_longest_one_more_often_than_by_chance() -> None:
    """Nobody should find it by its length."""
    longest = [
        max(question["options"], key=lambda one: len(one["text"])).get("correct") == "yes"
        for question in QUESTIONS
        if question["type"] == "choice" and "multiple" not in question
    ]
    assert sum(longest) <= len(longest) / 3


def test_scenario_says_only_what_the_source_says_of_good_and_bad_decisions() -> None:
    page = PAGES["what-would-you-do"]
    source = " ".join(line.local(AS_WRITTEN) for line in words.lines())
    replies = re.findall(r"\{[a-z] \.\w+\} (.+)", page.body)
    endings = re.findall(r"::: ending \w+\n(.+)\n:::", page.body)
    noticed = re.findall(r"^- ([^\[\n]+)$", page.body, re.M)
    assert (len(replies), len(endings), len(noticed)) == (6, 2, 3)
    said = [sentence for text in (*replies, *endings) for sentence in sentences(text)]
    assert [text for text in (*said, *noticed) if text not in source] == []
    assert {line.page for line in words.lines() if line.text in noticed} == {"indicators"}
    assert page.front["unsure"]


def row(question: dict[str, Any]) -> str:
    """The question as SOURCE.md lists it: † marks a reversal."""
    if question["type"] == "true-false":
        right, wrong = ["True", "False"] if question["answer"] == "true" else ["False", "True"]
    elif question["type"] in UNSCORED:
        right = wrong = "Not scored"
    elif question["type"] == "fill-in":
        right, wrong = question["answers"], "Any other word"
    elif question["type"] == "numeric":
        right, wrong = f"{question['answer']} {question['unit']}", "Any other number"
    else:
        options = question["options"]
        right = "; ".join(option["text"] for option in options if option.get("correct") == "yes")
        wrong = "; ".join(
            f"{option['text']} †" for option in options if option.get("correct") != "yes"
        )
    approved = APPROVED.get(f"question/{question['id']}", "not approved")
    return f"| {question['id']} | {question['prompt']} | {right} | {wrong} | {approved} |"


def test_questions_and_their_approval_are_as_the_source_notes_say() -> None:
    rows = [line for line in section("The questions").splitlines() if line.startswith("| ")]
    assert rows[1:] == [row(question) for question in QUESTIONS]


def test_every_authored_reversal_is_marked_for_the_owner() -> None:
    marked = [
        line
        for path in (COURSE / "questions").glob("*.yaml")
        for line in path.read_text("utf-8").splitlines()
        if line.endswith("# authored reversal: needs the owner's approval most")
    ]
    assert len(marked) == len(re.findall("† ?[|;]", section("The questions")))
