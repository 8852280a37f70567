import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.course import markdown
from builder.course.translations import Kind, Message
from builder.course.translations.values import Form
from builder.diagnostics.diagnostic import Position
from builder.translating import pseudo_translation


def translated(
    text: str, form: Form = "line", kind: Kind = "paragraph", limit: int | None = None
) -> str:
    message = Message("page/one", text, kind, Position("a.md"), "", limit, form)
    return pseudo_translation.translate(message)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Water the plants on Mondays.", r"\[Ŵååţééŕ ţĥéé þļååñţš ööñ Mööñđååýš.\]"),
        ("Water", r"\[Ŵååţééŕ\~\]"),
        (
            "Ask the [lead](lead.md) or {{ name }} before 17:00.",
            r"\[Ååšķ ţĥéé [ļééååđ](lead.md) ööŕ {{ name }} bééƒööŕéé 17:00.\]",
        ),
        (
            "Read *this*, `code` and https://example.org/a",
            r"\[Ŕééååđ *ţĥîîš*, `code` ååñđ\] https://example.org/a",
        ),
        (
            "![A leaf](media/leaf.svg){width=50%}",
            r"![\[Åå ļééååƒ\~\~\]](media/leaf.svg){width=50%}",
        ),
        ("[Plan](media/plan.pdf)", r"[\[Þļååñ\~\]](media/plan.pdf)"),
        ("[Plan](media/plan.pdf): new", r"[\[Þļååñ](media/plan.pdf): ñééŵ\~\~\~\~\]"),
        ("**Monday**", r"**\[Mööñđååý\~\~\]**"),
        ("(5%, 60%) **Leaf** here", r"(5%, 60%) **\[Ļééååƒ** ĥééŕéé\~\~\~\~\]"),
        ("The cellar: {{ cellar }}", r"\[Ţĥéé çééļļååŕ\~\~\~\]: {{ cellar }}"),
        ("2 + 2 = 4", "2 + 2 = 4"),
        (r"Five \* two &amp; more than that", r"\[Fîîvéé \* ţŵöö &amp; mööŕéé ţĥååñ ţĥååţ\]"),
    ],
)
def test_words_change_and_markup_stays(text: str, expected: str) -> None:
    assert translated(text) == expected


def test_plain_text_keeps_addresses() -> None:
    text = "Please write to ann@example.org, room 5"
    made = "[Þļééååšéé ŵŕîîţéé ţöö ann@example.org, ŕööööm 5]"
    assert translated(text, "plain", "about") == made


def test_a_text_that_would_be_too_long_stays() -> None:
    assert translated("Once a week", limit=30) == r"\[Ööñçéé åå ŵééééķ\~\~\~\]"
    assert translated("Once a week", limit=20) == "Once a week"


def test_a_quotation_has_the_words_of_its_page() -> None:
    assert translated("Once a week", "plain", "quotation") == "Ööñçéé åå ŵééééķ"


def test_accepted_answers_stay() -> None:
    assert translated("cat\ndog", "answers", "answers") == "cat\ndog"


MARKUP = ("link", "image", "em", "strong", "variable", "code_inline", "address", "note_met")
PIECES = st.sampled_from(
    [
        *("*", "**", "_", "`", "[", "](a.md)", "![", "{{ a }}", "\\", "&amp;", "https://a.b/c"),
        *("abc", " ", "e", ".", "<br>", "[^n]", "~", "___", "1"),
    ]
)


@given(st.lists(PIECES, min_size=1, max_size=12).map("".join))
def test_the_markup_is_always_that_of_the_source(text: str) -> None:
    assert markup(translated(text)) == markup(text)


def markup(text: str) -> list[tuple[str, str]]:
    marks = markdown.marks(text)
    return [(one.kind, text[one.start : one.end]) for one in marks if one.kind in MARKUP]
